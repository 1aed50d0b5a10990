//! What each section of a report says.

use super::block::{Block, Row};
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiError;
use crate::domain::contacts::{Contact, Contacts};
use crate::domain::recovery::LeftOpen;
use crate::domain::report::exception::ExceptionState;
use crate::domain::report::{Comparison, FindingName, Reading, Report, ReportedAccount, Source};
use crate::domain::root_credentials::{AuditDepth, Presence, RootAudit};
use crate::domain::root_feature::{RootFeature, RootFeatures};
use crate::domain::root_finding::{RootFinding, Severity};
use crate::domain::sign_in::LastSignIn;
use crate::words::api_error::headline;
use crate::words::audit_difference::difference;
use crate::words::cli::audit::{certificate_line, key_line};
use crate::words::root_access::{accounts as accounts_of, depth_help};
use crate::words::root_finding::{device, evidence, references};
use crate::words::time::utc_second;
use crate::words::{contacts as contact_words, root_finding};

pub(super) fn title(report: &Report) -> String {
    format!("Root users of the organization {}", report.organization)
}

pub(super) fn facts(report: &Report) -> Block {
    let count = |is: fn(&ReportedAccount) -> bool| report.accounts.iter().filter(|account| is(account)).count();
    let mut facts = vec![
        ("Organization", report.organization.clone()),
        ("Management account", report.management_account.to_string()),
        ("Made at", utc_second(report.made)),
        ("Made by", report.caller.clone()),
        ("Made with", format!("rootdeck {}", report.version)),
        ("Endpoint", report.endpoint.clone().unwrap_or_default()),
        ("Centralized root access", features(report)),
        ("Audit", depth(report.depth)),
        ("Accounts", accounts_of(report.accounts.len())),
        ("Wholly read", count(ReportedAccount::is_read).to_string()),
        ("Partly read or unread", count(is_unread).to_string()),
        ("Skipped", count(|account| matches!(account.reading, Reading::Skipped(_))).to_string()),
        ("Contacts", if report.has_contacts { "read" } else { "not read (--contacts)" }.to_owned()),
        ("Exceptions", report.exceptions_file.clone().unwrap_or_else(|| "none".to_owned())),
        ("Compared with", report.comparison.as_ref().map_or_else(|| "nothing".to_owned(), source)),
    ];
    facts.retain(|(_, value)| !value.is_empty());
    Block::Facts(facts)
}

fn is_unread(account: &ReportedAccount) -> bool {
    !account.is_read() && !matches!(account.reading, Reading::Skipped(_))
}

fn depth(depth: AuditDepth) -> String {
    match depth {
        AuditDepth::Quick => format!("quick: {}", depth_help(depth)),
        AuditDepth::Deep => "deep: credentials with their age and last use".to_owned(),
    }
}

fn features(report: &Report) -> String {
    let is_on = |feature| report.features.as_ref().and_then(|features| features.is_on(feature));
    let words = RootFeature::ALL.map(|feature| {
        let state = match is_on(feature) {
            Some(true) => "on",
            Some(false) => "off",
            None => "unknown",
        };
        format!("{feature} {state}")
    });
    words.join(", ")
}

fn source(comparison: &Comparison) -> String {
    match &comparison.source {
        Source::File { path, made } => format!("the report in {path}, made at {}", utc_second(*made)),
        Source::History(at) => format!("the audits on this machine as of {}", utc_second(*at)),
    }
}

pub(super) fn summary(report: &Report) -> Vec<Block> {
    let row = |severity: Severity| Row {
        severity: Some(severity),
        cells: vec![
            severity.to_string(),
            report.count_open(severity).to_string(),
            report.count_excepted(severity).to_string(),
        ],
    };
    let rows = Severity::ALL.into_iter().map(row).collect();
    let mut blocks = vec![Block::Table { head: &["Severity", "Open findings", "With an exception"], rows }];
    let unread = report.accounts.iter().filter(|account| is_unread(account)).count();
    if unread > 0 {
        let text =
            format!("{} could not be wholly read. Their root users may have more findings.", accounts_of(unread));
        blocks.push(Block::Paragraph(text));
    }
    blocks
}

pub(super) fn open(report: &Report) -> Vec<Block> {
    let mut all: Vec<_> = report.open().collect();
    all.sort_by_key(|(account, name)| (name.severity(), *name, account.id));
    if all.is_empty() {
        return vec![Block::Paragraph("None.".to_owned())];
    }
    let row = |(account, name): (&ReportedAccount, FindingName)| Row {
        severity: Some(name.severity()),
        cells: vec![
            name.severity().to_string(),
            name.as_str().to_owned(),
            account.id.to_string(),
            account.name.clone(),
            shown_by(report, account, name),
        ],
    };
    let rows = all.into_iter().map(row).collect();
    vec![Block::Table { head: &["Severity", "Finding", "Account", "Name", "Evidence"], rows }]
}

/// What shows a finding.
pub(super) fn shown_by(report: &Report, account: &ReportedAccount, name: FindingName) -> String {
    match name {
        FindingName::Root(finding) => {
            let shown = account.audit().map(|audit| evidence(finding, audit, report.made)).unwrap_or_default();
            let is_of_password =
                matches!(finding, RootFinding::Password | RootFinding::PasswordWithoutMfa | RootFinding::NoHardwareMfa);
            match report.recovery_of(account.id).filter(|_| is_of_password) {
                Some(open) => format!("{shown}; {}", recovery(open, report)),
                None => shown,
            }
        }
        FindingName::Contact(_) => "AWS has no security contact".to_owned(),
        FindingName::CentralizedAccessOff => match &report.features {
            Some(RootFeatures::NeedTrustedAccess) => "trusted access for iam.amazonaws.com is off".to_owned(),
            _ => format!("{} is off", RootFeature::RootCredentialsManagement),
        },
        FindingName::ExpiredException => {
            let of_account = report.exceptions.iter().filter(|one| one.exception.account == account.id);
            let expired = of_account.filter(|one| one.state == ExceptionState::Expired);
            let words = expired.map(|one| format!("{} until {}", one.exception.finding.as_str(), one.exception.until));
            words.collect::<Vec<_>>().join("; ")
        }
    }
}

/// Why a login profile may be meant to be there: AWS shows it while the recovery of the password is allowed.
fn recovery(open: &LeftOpen, report: &Report) -> String {
    let until = match open.until {
        Some(until) if open.is_expired(report.made) => format!("until {} (past its end)", utc_second(until)),
        Some(until) => format!("until {}", utc_second(until)),
        None => "without an end".to_owned(),
    };
    let reason = open.reason.as_ref().map(|reason| format!(", reason: {reason}")).unwrap_or_default();
    format!("password recovery allowed since {} {until} by {}{reason}", utc_second(open.since), open.by)
}

/// What a finding is called, why it matters, and what to do about it.
pub(super) fn about(name: FindingName) -> [&'static str; 3] {
    match name {
        FindingName::Root(finding) => {
            [root_finding::title(finding), root_finding::meaning(finding), root_finding::fix(finding)]
        }
        FindingName::Contact(finding) => {
            [contact_words::title(finding), contact_words::meaning(finding), contact_words::fix(finding)]
        }
        FindingName::CentralizedAccessOff => [
            "Centralized root access is off",
            "Of the organization, so of its management account. Nobody can see or delete the root credentials of member \
             accounts without signing in to each as root.",
            "Enable it: rootdeck trust enable iam.amazonaws.com, then rootdeck features enable RootCredentialsManagement.",
        ],
        FindingName::ExpiredException => [
            "Exception expired",
            "A finding was accepted until a day that has passed. It is open again.",
            "Fix the finding, or have the exception attested again.",
        ],
    }
}

pub(super) fn meanings(report: &Report) -> Vec<Block> {
    let is_found =
        |name: &FindingName| report.accounts.iter().any(|account| account.findings.iter().any(|one| one.name == *name));
    let rows: Vec<Row> = FindingName::all().into_iter().filter(is_found).map(meaning).collect();
    if rows.is_empty() { Vec::new() } else { vec![Block::Table { head: MEANINGS, rows }] }
}

pub(crate) const MEANINGS: &[&str] = &["Finding", "Severity", "Meaning", "Fix", "Known as"];

/// A row of the table with [`MEANINGS`].
pub(crate) fn meaning(name: FindingName) -> Row {
    let [title, meaning, fix] = about(name);
    Row::plain(vec![
        name.as_str().to_owned(),
        name.severity().to_string(),
        format!("{title}. {meaning}"),
        fix.to_owned(),
        references(&name.references()),
    ])
}

pub(super) fn exceptions(report: &Report) -> Vec<Block> {
    if report.exceptions.is_empty() {
        return Vec::new();
    }
    let rows = report.exceptions.iter().map(|one| {
        let exception = &one.exception;
        Row::plain(vec![
            exception.account.to_string(),
            exception.finding.as_str().to_owned(),
            exception.reason.clone(),
            exception.attested_by.clone(),
            exception.until.to_string(),
            state(one.state).to_owned(),
        ])
    });
    let rows = rows.collect();
    vec![Block::Table { head: &["Account", "Finding", "Reason", "Attested by", "Until", "State"], rows }]
}

/// By the journal of this machine; nothing where there are none.
pub(super) fn recoveries(report: &Report) -> Vec<Block> {
    let Some(all) = &report.recoveries else {
        return vec![Block::Paragraph("Unknown: the journal of this machine could not be read.".to_owned())];
    };
    if all.is_empty() {
        return Vec::new();
    }
    let until = |one: &LeftOpen| {
        let late = if one.is_expired(report.made) { " (past its end)" } else { "" };
        one.until.map_or_else(|| "no end".to_owned(), |until| format!("{}{late}", utc_second(until)))
    };
    let row = |one: &LeftOpen| {
        let reason = one.reason.clone().unwrap_or_default();
        Row::plain(vec![one.account.to_string(), utc_second(one.since), until(one), one.by.clone(), reason])
    };
    let note = "Allowed on this machine and not closed on it, by its journal.".to_owned();
    let rows = all.iter().map(row).collect();
    let table = Block::Table { head: &["Account", "Allowed", "Until", "By", "Reason"], rows };
    vec![Block::Paragraph(note), table]
}

pub(crate) fn state(state: ExceptionState) -> &'static str {
    match state {
        ExceptionState::Applies => "applies",
        ExceptionState::Expired => "expired: the finding is open again",
        ExceptionState::NoFinding => "matches nothing: the account has no such finding",
        ExceptionState::Unread => "unknown: what decides it was not read",
        ExceptionState::NoAccount => "matches nothing: the organization has no such account",
        ExceptionState::NotReported => "not checked: the account is not in this report",
    }
}

pub(super) fn changes(report: &Report) -> Vec<Block> {
    let Some(comparison) = &report.comparison else { return Vec::new() };
    let name = |id| report.accounts.iter().find(|account| account.id == id).map_or("", |account| account.name.as_str());
    let mut rows = Vec::new();
    for change in &comparison.changes {
        let what = if change.is_new { "new finding" } else { "resolved" };
        rows.push(Row {
            severity: change.is_new.then(|| change.name.severity()),
            cells: vec![
                change.account.to_string(),
                name(change.account).to_owned(),
                format!("{what}: {}", change.name.as_str()),
            ],
        });
    }
    for (id, one) in &comparison.differences {
        rows.push(Row::plain(vec![id.to_string(), name(*id).to_owned(), difference(one, utc_second)]));
    }
    let mut blocks = vec![Block::Paragraph(format!("Since {}.", source(comparison)))];
    if rows.is_empty() {
        blocks.push(Block::Paragraph("No changes.".to_owned()));
    } else {
        blocks.push(Block::Table { head: &["Account", "Name", "Change"], rows });
    }
    let ids = |all: &[AccountId]| all.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    if !comparison.unread_then.is_empty() {
        let text = format!("Unknown before, so what they have counts as new: {}.", ids(&comparison.unread_then));
        blocks.push(Block::Paragraph(text));
    }
    for (name, accounts) in &comparison.undecided {
        let accounts: Vec<AccountId> = accounts.iter().copied().collect();
        let text =
            format!("Not decided by both, so neither new nor resolved: {} in {}.", name.as_str(), ids(&accounts));
        blocks.push(Block::Paragraph(text));
    }
    if !comparison.missing_now.is_empty() {
        blocks.push(Block::Paragraph(format!("Not in this report: {}.", ids(&comparison.missing_now))));
    }
    blocks
}

/// What of an account is not known, and why; things that have one cause are together.
pub(super) fn causes(account: &ReportedAccount) -> Vec<(String, String)> {
    let mut all = match &account.reading {
        Reading::NotAudited(why) => vec![("root user".to_owned(), why.clone())],
        Reading::Skipped(why) => vec![("root user (skipped)".to_owned(), why.clone())],
        Reading::Audited(audit, _) => of_audit(audit),
    };
    if let Some(known) = &account.last_known {
        let found = RootFinding::of(&known.value, known.at);
        let names: Vec<&str> = found.into_iter().map(RootFinding::as_str).collect();
        let names = if names.is_empty() { "no findings".to_owned() } else { names.join(", ") };
        all.push(("last known".to_owned(), format!("{names}, by the audit of {}", utc_second(known.at))));
    }
    if let Some(why) = &account.contacts_skipped {
        all.push(("contacts".to_owned(), why.clone()));
    }
    let errors = account.contacts.iter().flat_map(Contacts::errors);
    all.extend(errors.take(1).map(|error| ("contacts".to_owned(), headline(error))));
    all
}

fn of_audit(audit: &RootAudit) -> Vec<(String, String)> {
    let parts = [
        ("password", audit.password.error()),
        ("access keys", audit.access_keys.error()),
        ("MFA devices", audit.mfa_devices.error()),
        ("signing certificates", audit.signing_certificates.error()),
        ("last sign-in", audit.last_sign_in.error()),
    ];
    let mut by_cause: Vec<(&ApiError, Vec<&str>)> = Vec::new();
    for (what, error) in parts.into_iter().filter_map(|(what, error)| Some((what, error?))) {
        match by_cause.iter_mut().find(|(known, _)| (known.kind, &known.code) == (error.kind, &error.code)) {
            Some((_, things)) => things.push(what),
            None => by_cause.push((error, vec![what])),
        }
    }
    let mut all: Vec<_> = by_cause.into_iter().map(|(error, things)| (things.join(", "), headline(error))).collect();
    if audit.last_sign_in == LastSignIn::NotAsked {
        all.push(("last sign-in".to_owned(), "not read by the audit on this machine".to_owned()));
    }
    all
}

pub(super) fn unread(report: &Report) -> Vec<Block> {
    let row = |account: &ReportedAccount| {
        let cells = |(what, why)| Row::plain(vec![account.id.to_string(), account.name.clone(), what, why]);
        causes(account).into_iter().map(cells).collect::<Vec<_>>()
    };
    let rows: Vec<Row> = report.accounts.iter().flat_map(row).collect();
    if rows.is_empty() {
        return vec![Block::Paragraph("Everything was read.".to_owned())];
    }
    vec![Block::Table { head: &["Account", "Name", "What", "Cause"], rows }]
}

pub(super) fn accounts(report: &Report) -> Vec<Block> {
    let row = |account: &ReportedAccount| {
        let Reading::Audited(audit, at) = &account.reading else { return None };
        let [password, keys, mfa, certificates] = found(audit);
        let first = vec![account.id.to_string(), account.name.clone(), account.email.clone(), sign_in(audit)];
        let rest = vec![password, keys, mfa, certificates, utc_second(*at)];
        Some(Row::plain([first, rest].concat()))
    };
    let rows: Vec<Row> = report.accounts.iter().filter_map(row).collect();
    let head =
        &["Account", "Name", "Email", "Last sign-in", "Password", "Access keys", "MFA", "Certificates", "Audited"];
    if rows.is_empty() { Vec::new() } else { vec![Block::Table { head, rows }] }
}

fn sign_in(audit: &RootAudit) -> String {
    match &audit.last_sign_in {
        LastSignIn::NotAsked => "not read".to_owned(),
        LastSignIn::Never => "none on record".to_owned(),
        LastSignIn::At(at) => utc_second(*at),
        LastSignIn::Unknown(_) => "unknown".to_owned(),
    }
}

fn found(audit: &RootAudit) -> [String; 4] {
    fn cell<T>(presence: &Presence<T>, details: impl Fn(&T) -> String) -> String {
        match presence {
            Presence::Absent => "none".to_owned(),
            Presence::Present(None) => "present".to_owned(),
            Presence::Present(Some(found)) => details(found),
            Presence::Unknown(_) => "unknown".to_owned(),
        }
    }
    let each = |all: Vec<String>| all.join("; ");
    [
        cell(&audit.password, |password| match password.created {
            Some(at) => format!("created {}", utc_second(at)),
            None => "present".to_owned(),
        }),
        cell(&audit.access_keys, |keys| each(keys.iter().map(key_line).collect())),
        cell(&audit.mfa_devices, |devices| each(devices.iter().map(device).collect())),
        cell(&audit.signing_certificates, |all| each(all.iter().map(certificate_line).collect())),
    ]
}

pub(super) fn contacts(report: &Report) -> Vec<Block> {
    fn cell<T>(contact: &Contact<T>, words: impl Fn(&T) -> String) -> String {
        match contact {
            Contact::NotRead => String::new(),
            Contact::Absent => "none".to_owned(),
            Contact::Present(contact) => words(contact),
            Contact::Unknown(_) => "unknown".to_owned(),
        }
    }
    let row = |account: &ReportedAccount| {
        let contacts = account.contacts.as_ref()?;
        let [security, operations, billing] =
            contacts.alternates().map(|(_, contact)| cell(contact, contact_words::alternate));
        let primary = cell(&contacts.primary, contact_words::primary);
        let cells = vec![account.id.to_string(), account.name.clone(), security, operations, billing, primary];
        Some(Row::plain(cells))
    };
    let rows: Vec<Row> = report.accounts.iter().filter_map(row).collect();
    let head = &["Account", "Name", "Security", "Operations", "Billing", "Primary"];
    if rows.is_empty() { Vec::new() } else { vec![Block::Table { head, rows }] }
}
