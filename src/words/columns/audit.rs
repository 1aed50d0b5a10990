//! The columns of an audit.

use jiff::Timestamp;

use crate::domain::account::Account;
use crate::domain::audit_difference::AuditDifference;
use crate::domain::mfa_device::MfaDevice;
use crate::domain::root_credentials::{
    AccessKey, AuditDepth, CredentialKind, LastUsed, Password, Presence, RootAudit, SigningCertificate,
};
use crate::domain::root_finding::RootFinding;
use crate::domain::sign_in::LastSignIn;
use crate::words::api_error::{headline, short};
use crate::words::audit_difference::differences;
use crate::words::cli::audit as words;
use crate::words::fields as f;
use crate::words::root_access::depth;
use crate::words::root_finding;
use crate::words::rows::{Cell, Column};
use crate::words::schema::{Field, record};
use crate::words::time::{ago, utc_second};

pub(crate) struct Row<'a> {
    pub(crate) account: &'a Account,
    pub(crate) found: Found,
    /// Where the account is by name, or why that is not known.
    pub(crate) path: Result<String, String>,
    /// What the audit before had not found, where that is asked for.
    pub(crate) new: Option<News>,
}

/// What is different from the audit before.
pub(crate) struct News {
    pub(crate) findings: Vec<RootFinding>,
    /// Its time, if there was one.
    pub(crate) since: Option<Timestamp>,
    pub(crate) differences: Vec<AuditDifference>,
}

pub(crate) enum Found {
    Audited(Box<RootAudit>, Timestamp),
    /// And why, where there is a reason.
    NotAudited(Option<&'static str>),
    /// AWS opens no root session in it, and why.
    Skipped(String),
}

/// What a row says as a whole, in the order the rows are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    Finding,
    Unknown,
    Clean,
    NotAudited,
    Skipped,
}

impl Row<'_> {
    pub(crate) fn audit(&self) -> Option<&RootAudit> {
        match &self.found {
            Found::Audited(audit, _) => Some(audit),
            Found::NotAudited(_) | Found::Skipped(_) => None,
        }
    }

    pub(crate) fn verdict(&self, now: Timestamp) -> Verdict {
        match &self.found {
            Found::Audited(audit, _) => match RootFinding::any(audit, now) {
                Some(true) => Verdict::Finding,
                Some(false) if audit.error().is_none() => Verdict::Clean,
                Some(false) | None => Verdict::Unknown,
            },
            Found::NotAudited(_) => Verdict::NotAudited,
            Found::Skipped(_) => Verdict::Skipped,
        }
    }
}

type Columns<'a> = Vec<Column<'static, Row<'a>>>;

pub(crate) fn columns<'a>(of: AuditDepth, now: Timestamp) -> Columns<'a> {
    let heads = match of {
        AuditDepth::Quick => ["PASSWORD", "KEYS", "MFA", "CERTIFICATES"],
        AuditDepth::Deep => ["PASSWORD", "ACCESS KEYS", "MFA DEVICES", "SIGNING CERTIFICATES"],
    };
    let known = [
        Column::new(f::ACCOUNT_ID, |row: &Row<'_>| row.account.id.to_string()).head("ACCOUNT"),
        Column::new(f::ACCOUNT_NAME, |row: &Row<'_>| row.account.name.clone()).head("NAME"),
        Column::new(f::EMAIL.or_null(), |row: &Row<'_>| Some(row.account.email.clone()).filter(|it| !it.is_empty())),
        Column::new(f::STATE, |row: &Row<'_>| row.account.state.as_str()),
        Column::new(f::PATH.or_unknown(), |row: &Row<'_>| row.path.clone().map_or_else(Cell::Unknown, Cell::Text)),
        Column::new(f::AUDIT_STATUS, status),
        Column::new(f::MESSAGE.or_null(), message),
        Column::new(f::DEPTH.or_null(), |row: &Row<'_>| row.audit().map(|audit| depth(audit.depth))),
        Column::new(f::AUDITED_AT.or_null(), audited_at),
        Column::json_only(f::FINDING_FLAG.or_null(), move |row: &Row<'_>| {
            row.audit().and_then(|audit| RootFinding::any(audit, now))
        }),
        Column::json_only(f::NEW_FINDINGS.or_null(), |row: &Row<'_>| {
            row.new.as_ref().map(|new| Cell::list(&new.findings, |one| one.as_str().into()))
        }),
        Column::csv_only(f::NEW_FINDINGS.name, |row: &Row<'_>| row.new.as_ref().map(|new| names(&new.findings))),
        Column::csv_only("finding", move |row: &Row<'_>| {
            row.audit().map(|audit| or_unknown(RootFinding::any(audit, now)))
        }),
        Column::json_only(f::PASSWORD_WITHOUT_MFA.or_null(), |row: &Row<'_>| {
            row.audit().and_then(password_without_mfa)
        }),
    ];
    let shown = (0..)
        .zip(heads)
        .map(|(place, head)| Column::table_only(head, move |row: &Row<'_>| shown(row, now).into_iter().nth(place)));
    let shown = shown.chain([Column::table_only("LAST SIGN-IN", move |row: &Row<'_>| {
        row.audit().map_or(Cell::Null, |audit| sign_in_shown(audit, now).into())
    })]);
    let found = kind_columns(
        (f::PASSWORD, "password_created"),
        |audit| &audit.password,
        password_cell,
        |password| password.created.into(),
    );
    let found = found
        .chain(kind_columns(
            (f::ACCESS_KEYS, "access_key_details"),
            |audit| &audit.access_keys,
            |keys| Cell::list(keys, key_cell),
            |keys| words::each(keys, words::key_line).into(),
        ))
        .chain(kind_columns(
            (f::MFA_DEVICES, "mfa_device_details"),
            |audit| &audit.mfa_devices,
            |devices| Cell::list(devices, device_cell),
            |devices| words::each(devices, |device| device.serial.clone()).into(),
        ))
        .chain(kind_columns(
            (f::SIGNING_CERTIFICATES, "signing_certificate_details"),
            |audit| &audit.signing_certificates,
            |all| Cell::list(all, certificate_cell),
            |all| words::each(all, words::certificate_line).into(),
        ));
    let last = [
        Column::csv_only("password_without_mfa", |row: &Row<'_>| {
            row.audit().map(|audit| or_unknown(password_without_mfa(audit)))
        }),
        Column::json_only(f::LAST_SIGN_IN.or_null().or_unknown(), |row: &Row<'_>| row.audit().map(sign_in_cell)),
        Column::csv_only(f::LAST_SIGN_IN.name, |row: &Row<'_>| row.audit().map(sign_in_plain)),
        Column::json_only(f::ROOT_FINDINGS.or_null(), move |row: &Row<'_>| {
            row.audit().map(|audit| findings_cell(audit, now))
        }),
        Column::csv_only(f::ROOT_FINDINGS.name, move |row: &Row<'_>| {
            row.audit().map(|audit| names(&RootFinding::of(audit, now)))
        }),
        Column::json_only(f::CHANGES_SINCE.or_null(), |row: &Row<'_>| row.new.as_ref().and_then(|new| new.since)),
        Column::json_only(f::CHANGES.or_null(), |row: &Row<'_>| {
            row.new.as_ref().map(|new| Cell::list(&new.differences, difference_cell))
        }),
        Column::csv_only(f::CHANGES_SINCE.name, |row: &Row<'_>| row.new.as_ref().and_then(|new| new.since)),
        Column::csv_only(f::CHANGES.name, |row: &Row<'_>| row.new.as_ref().map(changes)),
        Column::csv_only("mfa_device_kinds", |row: &Row<'_>| row.audit().map(device_kinds)),
    ];
    known.into_iter().chain(shown).chain(found).chain(last).collect()
}

pub(super) fn sign_in_cell(audit: &RootAudit) -> Cell {
    let (status, time) = match &audit.last_sign_in {
        LastSignIn::NotAsked => ("not_read", None),
        LastSignIn::Never => ("never", None),
        LastSignIn::At(at) => ("signed_in", Some(*at)),
        LastSignIn::Unknown(error) => return Cell::Unknown(headline(error)),
    };
    record([(f::SIGN_IN_STATUS, status.into()), (f::TIME, time.into())])
}

/// Also without a password: the date stays.
fn sign_in_shown(audit: &RootAudit, now: Timestamp) -> String {
    match &audit.last_sign_in {
        LastSignIn::NotAsked => "? not read".to_owned(),
        LastSignIn::Never => "-".to_owned(),
        LastSignIn::At(at) => ago(*at, now),
        LastSignIn::Unknown(error) => format!("? {}", short(error.kind)),
    }
}

/// The time, or why there is none.
pub(super) fn sign_in_plain(audit: &RootAudit) -> Cell {
    match &audit.last_sign_in {
        LastSignIn::NotAsked => Cell::Null,
        LastSignIn::Never => "never".into(),
        LastSignIn::At(at) => Some(*at).into(),
        LastSignIn::Unknown(_) => "unknown".into(),
    }
}

/// The names of findings, for CSV.
pub(super) fn names(all: &[RootFinding]) -> String {
    all.iter().map(|one| one.as_str()).collect::<Vec<_>>().join(" ")
}

fn changes(new: &News) -> String {
    differences(&new.differences, utc_second)
}

fn device_kinds(audit: &RootAudit) -> String {
    let kinds = audit.mfa_devices.details().into_iter().flatten().map(|device| device.kind().as_str());
    kinds.collect::<Vec<_>>().join(" ")
}

/// What is different from the audit before, for the table of an audit that asks for it.
pub(crate) fn changes_column<'a>() -> Column<'static, Row<'a>> {
    Column::table_only("CHANGES", |row: &Row<'_>| row.new.as_ref().map(changes)).cut_at_end()
}

pub(super) fn difference_cell(one: &AuditDifference) -> Cell {
    record([
        (f::DIFFERENCE, one.word.as_str().into()),
        (f::CREDENTIAL, one.kind.as_str().into()),
        (f::CREDENTIAL_ID, one.id.as_ref().into()),
        (f::TIME, one.at.into()),
    ])
}

pub(super) fn findings_cell(audit: &RootAudit, now: Timestamp) -> Cell {
    Cell::list(&RootFinding::of(audit, now), |finding| finding_cell(*finding, audit, now))
}

fn finding_cell(finding: RootFinding, audit: &RootAudit, now: Timestamp) -> Cell {
    record([
        (f::ROOT_FINDING_NAME, finding.as_str().into()),
        (f::SEVERITY, finding.severity().as_str().into()),
        (f::EVIDENCE, root_finding::evidence(finding, audit, now).into()),
        (f::FIX, root_finding::fix(finding).into()),
        (f::REFERENCES, Cell::list(&finding.references(), |it| root_finding::reference(*it).into())),
    ])
}

/// JSON nests the details of a kind, or why it is not known; CSV has them in a column of their own.
fn kind_columns<'a, T: 'static>(
    (field, details): (Field, &'static str),
    of: fn(&RootAudit) -> &Presence<T>,
    nested: fn(&T) -> Cell,
    plain: fn(&T) -> Cell,
) -> impl Iterator<Item = Column<'static, Row<'a>>> {
    let json = move |row: &Row<'_>| row.audit().map(|audit| presence(of(audit), nested));
    let word = move |row: &Row<'_>| row.audit().map(|audit| word(of(audit)));
    let plain = move |row: &Row<'_>| row.audit().and_then(|audit| of(audit).details()).map(plain);
    let json = Column::json_only(field.or_null().or_unknown(), json);
    [json, Column::csv_only(field.name, word), Column::csv_only(details, plain)].into_iter()
}

/// What is known of an account in words, in the same order as [`words::found`].
fn shown(row: &Row<'_>, now: Timestamp) -> [String; 4] {
    match row.audit() {
        Some(audit) => words::found(audit, now),
        None => std::array::from_fn(|_| words::NOT_AUDITED.to_owned()),
    }
}

/// What is there, what is not, or why that is not known.
fn presence<T>(presence: &Presence<T>, details: fn(&T) -> Cell) -> Cell {
    let (status, found) = match presence {
        Presence::Absent => ("absent", None),
        Presence::Present(found) => ("present", found.as_ref()),
        Presence::Unknown(error) => return Cell::Unknown(headline(error)),
    };
    record([(f::PRESENCE, status.into()), (f::FOUND_DETAILS, found.map(details).into())])
}

fn password_cell(password: &Password) -> Cell {
    record([(f::CREATED, password.created.into())])
}

pub(crate) fn last_use_cell(last_used: &LastUsed) -> Cell {
    let used = |status: &str, time: Option<Timestamp>, [service, region]: [Option<&String>; 2]| {
        record([
            (f::USE_STATUS, status.into()),
            (f::TIME, time.into()),
            (f::SERVICE, service.into()),
            (f::REGION, region.into()),
        ])
    };
    match last_used {
        LastUsed::Never => used("never", None, [None, None]),
        // A sign-in has neither.
        LastUsed::Used { at, service, region } => {
            used("used", Some(*at), [service, region].map(|text| Some(text).filter(|text| !text.is_empty())))
        }
        LastUsed::Unknown(error) => Cell::Unknown(headline(error)),
    }
}

fn key_cell(key: &AccessKey) -> Cell {
    record([
        (f::CREDENTIAL_ID, (&key.id).into()),
        (f::STATUS, (&key.status).into()),
        (f::CREATED, key.created.into()),
        (f::LAST_USED, last_use_cell(&key.last_used)),
    ])
}

fn device_cell(device: &MfaDevice) -> Cell {
    record([
        (f::CREDENTIAL_ID, (&device.serial).into()),
        (f::MFA_KIND, device.kind().as_str().into()),
        (f::ENABLED, device.enabled.into()),
    ])
}

fn certificate_cell(one: &SigningCertificate) -> Cell {
    record([
        (f::CREDENTIAL_ID, (&one.id).into()),
        (f::STATUS, (&one.status).into()),
        (f::UPLOADED, one.uploaded.into()),
    ])
}

fn status(row: &Row<'_>) -> &'static str {
    match &row.found {
        Found::Audited(audit, _) if audit.error().is_some() => "unknown",
        Found::Audited(..) => "audited",
        Found::NotAudited(_) => "not_audited",
        Found::Skipped(_) => "skipped",
    }
}

fn message(row: &Row<'_>) -> Option<String> {
    match &row.found {
        Found::Audited(audit, _) => audit.error().map(headline),
        Found::NotAudited(why) => why.map(ToOwned::to_owned),
        Found::Skipped(why) => Some(why.clone()),
    }
}

fn audited_at(row: &Row<'_>) -> Option<Timestamp> {
    match &row.found {
        Found::Audited(_, at) => Some(*at),
        Found::NotAudited(_) | Found::Skipped(_) => None,
    }
}

/// Whether the password alone signs root in; `None` if what could tell was not read.
fn password_without_mfa(audit: &RootAudit) -> Option<bool> {
    match (audit.has(CredentialKind::Password), audit.has(CredentialKind::MfaDevice)) {
        (Some(false), _) | (_, Some(true)) => Some(false),
        (Some(true), Some(false)) => Some(true),
        (None, _) | (_, None) => None,
    }
}

fn or_unknown(known: Option<bool>) -> Cell {
    known.map_or_else(|| "unknown".into(), Cell::Flag)
}

fn word<T>(presence: &Presence<T>) -> &'static str {
    match presence {
        Presence::Absent => "absent",
        Presence::Present(_) => "present",
        Presence::Unknown(_) => "unknown",
    }
}
