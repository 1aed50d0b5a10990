//! All that is known of one account: AWS's answers, and what this machine keeps of it, with its age.

use std::fmt::Write;

use jiff::Timestamp;

use crate::cli::arguments::{Arguments, OneForm, ShowAccount};
use crate::cli::context::{CommandContext, Needs};
use crate::cli::email::{apply_report, emails_of};
use crate::cli::error::Done;
use crate::cli::output::{self, print_error};
use crate::cli::rows::{self, Cell, Column, fields as f, parts};
use crate::domain::account::{Account, AccountState};
use crate::domain::address_finding::{AddressBook, AddressFinding};
use crate::domain::finding::Finding;
use crate::domain::permit::{Refusal, Rules};
use crate::domain::recovery::LeftOpen;
use crate::domain::remote_data::Known;
use crate::domain::root_credentials::{AuditDepth, RootAudit};
use crate::domain::stored::Stored;
use crate::words::address_finding;
use crate::words::api_error::headline;
use crate::words::cli::accounts as words;
use crate::words::cli::recovery::until;
use crate::words::columns::accounts::{address_cell, finding_cell, path};
use crate::words::columns::{audit, email_changes};
use crate::words::findings::head;
use crate::words::refusal::refusal as refusal_words;
use crate::words::time::{ago, left};

/// How wide the labels are.
const LABEL: usize = 16;

pub(in crate::cli) struct Shown<'a> {
    account: &'a Account,
    path: Result<String, String>,
    is_management: Option<bool>,
    /// `None` for the management account, whose email is not changed here.
    change: Option<email_changes::Row>,
    audit: Option<Known<RootAudit>>,
    findings: Vec<Finding>,
    /// What is wrong with its primary email, and what that is judged by.
    addresses: (AddressBook, Vec<AddressFinding>),
    left_open: Option<LeftOpen>,
}

pub(super) async fn run(arguments: &Arguments, wanted: &ShowAccount) -> Done {
    let named = std::slice::from_ref(&wanted.account);
    let context = CommandContext::read_about(arguments, named, Needs::Organization).await?;
    let account = context.find(&wanted.account)?;
    let is_management = context.management_account().map(|management| management == account.id);
    let asked =
        async { if is_management == Some(true) { None } else { Some(context.engine.email_change(account.id).await) } };
    let accounts = [account];
    let (units, report) = tokio::join!(context.engine.unit_names_of(&accounts), asked);
    // Why it can't be read was told at the start.
    let stored = context.stored().await.unwrap_or_default();
    let now = context.engine.now();
    let mut shown = Shown { is_management, ..of_stored(account, &stored) };
    shown.addresses = addresses(account, &context.kept_accounts().await, context.engine.rules());
    shown.path = path(account, &units.as_ref().map_err(headline));
    shown.change = report.map(|report| {
        let mut facts = emails_of(stored).get(account.id).cloned().unwrap_or_default();
        apply_report(&mut facts, report, now);
        email_changes::Row::new(account.id, Some(account.name.clone()), facts)
    });
    if let Err(error) = &units {
        print_error(&words::unknown(headline(error)));
    }
    output::deliver(match *wanted.output {
        OneForm::Table => Ok(text(&shown, now)),
        OneForm::Json => rows::object(&columns(now), &shown),
    })
}

fn of_stored<'a>(account: &'a Account, stored: &Stored) -> Shown<'a> {
    let id = account.id;
    let audit = stored.audits.iter().find(|record| record.account == id).map(|record| record.newest.clone());
    let findings = stored.findings.iter().filter(|finding| finding.account == id).cloned().collect();
    let left_open = stored.left_open.iter().find(|left| left.account == id).cloned();
    let path = Err(words::NO_PATHS.to_owned());
    let addresses = (AddressBook::default(), Vec::new());
    Shown { account, path, is_management: None, change: None, audit, findings, addresses, left_open }
}

/// Beside the others of the last listing, where one is kept.
fn addresses(account: &Account, listed: &[Account], rules: &Rules) -> (AddressBook, Vec<AddressFinding>) {
    let others = listed.iter().filter(|other| other.id != account.id);
    let book = AddressBook::of(others.chain([account]), rules);
    let found = book.findings(account);
    (book, found)
}

fn audit_row<'a>(shown: &'a Shown<'_>, known: &Known<RootAudit>) -> audit::Row<'a> {
    let found = audit::Found::Audited(Box::new(known.value.clone()), known.at);
    audit::Row { account: shown.account, found, path: shown.path.clone(), new: None }
}

pub(in crate::cli) fn columns<'a>(now: Timestamp) -> Vec<Column<'static, Shown<'a>>> {
    let reported = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    vec![
        Column::new(f::ACCOUNT_ID, |shown: &Shown<'_>| shown.account.id.to_string()),
        Column::new(f::ACCOUNT_NAME.or_null(), move |shown: &Shown<'_>| reported(&shown.account.name)),
        Column::new(f::EMAIL.or_null(), move |shown: &Shown<'_>| reported(&shown.account.email)),
        Column::new(f::STATE, |shown: &Shown<'_>| shown.account.state.as_str()),
        Column::new(f::MANAGEMENT.or_null(), |shown: &Shown<'_>| shown.is_management),
        Column::new(f::PATH.or_unknown(), |shown: &Shown<'_>| {
            shown.path.clone().map_or_else(Cell::Unknown, Cell::Text)
        }),
        Column::new(f::UNIT_IDS.or_null(), |shown: &Shown<'_>| {
            shown.account.unit_ids.as_deref().map(|ids| Cell::list(ids, Cell::from))
        }),
        Column::new(f::JOINED.or_null(), |shown: &Shown<'_>| shown.account.joined),
        Column::new(f::JOINED_METHOD.or_null(), |shown: &Shown<'_>| {
            shown.account.joined_method.as_ref().map(|method| method.as_str().to_owned())
        }),
        Column::new(f::EMAIL_CHANGE.or_null(), move |shown: &Shown<'_>| {
            let cell = |row| parts(&email_changes::columns(now), row, &f::EMAIL_CHANGE_PARTS);
            shown.change.as_ref().map(cell)
        }),
        Column::new(f::AUDIT.or_null(), move |shown: &Shown<'_>| {
            let cell = |known: &Known<RootAudit>| {
                let columns = audit::columns(AuditDepth::Deep, now);
                parts(&columns, &audit_row(shown, known), &f::AUDIT_PARTS)
            };
            shown.audit.as_ref().map(cell)
        }),
        Column::new(f::FINDINGS, |shown: &Shown<'_>| Cell::list(&shown.findings, finding_cell)),
        Column::new(f::ADDRESS_FINDINGS, |shown: &Shown<'_>| Cell::list(&shown.addresses.1, |one| address_cell(*one))),
        Column::new(f::RECOVERY_OPEN_SINCE.or_null(), |shown: &Shown<'_>| {
            shown.left_open.as_ref().map(|open| open.since)
        }),
        Column::new(f::RECOVERY_OPEN_UNTIL.or_null(), |shown: &Shown<'_>| {
            shown.left_open.as_ref().and_then(|open| open.until)
        }),
    ]
}

fn text(shown: &Shown<'_>, now: Timestamp) -> String {
    let account = shown.account;
    let or_unknown = |text: &str| if text.is_empty() { "?".to_owned() } else { text.to_owned() };
    let management =
        if shown.is_management == Some(true) { format!(" ({})", words::MANAGEMENT) } else { String::new() };
    let mut lines = vec![
        ("Account", format!("{}{management}", account.id)),
        ("Name", or_unknown(&account.name)),
        (words::PRIMARY_EMAIL, or_unknown(&account.email)),
        ("State", account.state.as_str().to_owned()),
        ("Path", shown.path.clone().unwrap_or_else(words::unknown)),
        ("Joined", words::joined(account)),
    ];
    if let Some(change) = &shown.change {
        lines.push((words::EMAIL_CHANGE, change_text(change, now)));
    }
    match &shown.audit {
        Some(known) => lines.extend(words::audited(&known.value, known.at, now)),
        None => lines.push(("Audited", not_audited(account, shown.is_management))),
    }
    let recovery = |open: &LeftOpen| {
        let since = words::recovery_open(open.since);
        let until = open.until.map(|_| format!(", until {}", until(open.until, now))).unwrap_or_default();
        ("Recovery", format!("{since}{until}"))
    };
    lines.extend(shown.left_open.as_ref().map(recovery));
    let finding =
        |finding: &Finding| ("Finding", format!("{}, {}", head(finding.difference.kind()), ago(finding.seen, now)));
    lines.extend(shown.findings.iter().map(finding));
    let (book, found) = &shown.addresses;
    lines.extend(found.iter().map(|one| ("Address", address_finding::sentence(*one, book, account))));
    if account.state == AccountState::Active && shown.is_management != Some(true) {
        lines.push((words::BEFORE_CLOSING, address_finding::BEFORE_CLOSING.to_owned()));
    } else if account.state != AccountState::Active {
        lines.push((words::PRIMARY_EMAIL, address_finding::NOT_REUSABLE.to_owned()));
    }
    lines.into_iter().fold(String::new(), |mut text, (label, value)| {
        writeln!(text, "{}", rows::labelled(&format!("{label:<LABEL$}"), &value)).ok();
        text
    })
}

/// Names a command only where it can audit the account.
fn not_audited(account: &Account, is_management: Option<bool>) -> String {
    let refusal = if is_management == Some(true) {
        Refusal::RootOfManagement
    } else if account.state != AccountState::Active {
        Refusal::NotActive(account.state.clone())
    } else {
        return words::not_yet_audited(account.id);
    };
    words::never_audited(refusal_words(&refusal))
}

fn change_text(change: &email_changes::Row, now: Timestamp) -> String {
    if change.is_quiet(now) {
        return words::NO_CHANGE.to_owned();
    }
    if let Some(cause) = change.cause() {
        return words::unknown(cause);
    }
    let new = change.new_email(now).map(|new| format!(" to {new}")).unwrap_or_default();
    let expires = change.expires(now).map(|at| format!(", {}", left(at.duration_since(now)))).unwrap_or_default();
    words::change(change.word(now), new, expires)
}
