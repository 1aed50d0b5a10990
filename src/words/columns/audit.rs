//! The columns of an audit.

use jiff::Timestamp;

use crate::domain::account::Account;
use crate::domain::api_error::ApiError;
use crate::domain::root_credentials::{
    AccessKey, AuditDepth, CredentialKind, LastUsed, MfaDevice, Password, Presence, RootAudit, SigningCertificate,
};
use crate::words::api_error::headline;
use crate::words::cli::audit as words;
use crate::words::root_access::depth;
use crate::words::rows::{Cell, Column};

pub(crate) struct Row<'a> {
    pub(crate) account: &'a Account,
    pub(crate) found: Found,
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

    pub(crate) fn verdict(&self) -> Verdict {
        match &self.found {
            Found::Audited(audit, _) if audit.is_finding() => Verdict::Finding,
            Found::Audited(audit, _) if audit.error().is_some() => Verdict::Unknown,
            Found::Audited(..) => Verdict::Clean,
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
        Column::new("account_id", |row: &Row<'_>| row.account.id.to_string()).json_name("id").head("ACCOUNT"),
        Column::new("name", |row: &Row<'_>| row.account.name.clone()).head("NAME"),
        Column::new("state", |row: &Row<'_>| row.account.state.as_str()),
        // `audited`, `unknown` (not wholly read), `not_audited` or `skipped`.
        Column::new("status", status),
        Column::new("cause", cause),
        Column::new("depth", |row: &Row<'_>| row.audit().map(|audit| depth(audit.depth))),
        Column::new("audited_at", audited_at),
        // Whether root can sign in or call.
        Column::json_only("finding", |row: &Row<'_>| row.audit().and_then(finding)),
        Column::csv_only("finding", |row: &Row<'_>| row.audit().map(|audit| or_unknown(finding(audit)))),
        Column::json_only("password_without_mfa", |row: &Row<'_>| row.audit().and_then(password_without_mfa)),
    ];
    let shown = (0..)
        .zip(heads)
        .map(|(place, head)| Column::table_only(head, move |row: &Row<'_>| shown(row, now).into_iter().nth(place)));
    let found = kind_columns(
        ["password", "password_created"],
        |audit| &audit.password,
        password_cell,
        |password| password.created.into(),
    );
    let found = found
        .chain(kind_columns(
            ["access_keys", "access_key_details"],
            |audit| &audit.access_keys,
            |keys| Cell::list(keys, key_cell),
            |keys| words::each(keys, words::key_line).into(),
        ))
        .chain(kind_columns(
            ["mfa_devices", "mfa_device_details"],
            |audit| &audit.mfa_devices,
            |devices| Cell::list(devices, device_cell),
            |devices| words::each(devices, |device| device.serial.clone()).into(),
        ))
        .chain(kind_columns(
            ["signing_certificates", "signing_certificate_details"],
            |audit| &audit.signing_certificates,
            |all| Cell::list(all, certificate_cell),
            |all| words::each(all, words::certificate_line).into(),
        ));
    let last = Column::csv_only("password_without_mfa", |row: &Row<'_>| {
        row.audit().map(|audit| or_unknown(password_without_mfa(audit)))
    });
    known.into_iter().chain(shown).chain(found).chain([last]).collect()
}

/// JSON nests the details of a kind, or why it is not known; CSV has them in a column of their own.
fn kind_columns<'a, T: 'static>(
    [name, details]: [&'static str; 2],
    of: fn(&RootAudit) -> &Presence<T>,
    nested: fn(&T) -> Cell,
    plain: fn(&T) -> Cell,
) -> impl Iterator<Item = Column<'static, Row<'a>>> {
    let json = move |row: &Row<'_>| row.audit().map(|audit| presence(of(audit), nested));
    let word = move |row: &Row<'_>| row.audit().map(|audit| word(of(audit)));
    let plain = move |row: &Row<'_>| row.audit().and_then(|audit| of(audit).details()).map(plain);
    [Column::json_only(name, json), Column::csv_only(name, word), Column::csv_only(details, plain)].into_iter()
}

/// What is known of an account in words, in the same order as [`words::found`].
fn shown(row: &Row<'_>, now: Timestamp) -> [String; 4] {
    match row.audit() {
        Some(audit) => words::found(audit, now),
        None => std::array::from_fn(|_| words::NOT_AUDITED.to_owned()),
    }
}

/// What is there, what is not, or why that is not known. `details` is null after a quick audit.
fn presence<T>(presence: &Presence<T>, details: fn(&T) -> Cell) -> Cell {
    Cell::Record(match presence {
        Presence::Absent => vec![("status", "absent".into())],
        Presence::Present(found) => vec![("status", "present".into()), ("details", found.as_ref().map(details).into())],
        Presence::Unknown(error) => return Cell::Unknown(headline(error)),
    })
}

fn password_cell(password: &Password) -> Cell {
    Cell::Record(vec![("created", password.created.into())])
}

fn key_cell(key: &AccessKey) -> Cell {
    let last_used = match &key.last_used {
        LastUsed::Never => Cell::Record(vec![("status", "never".into())]),
        LastUsed::Used { at, service, region } => Cell::Record(vec![
            ("status", "used".into()),
            ("at", (*at).into()),
            ("service", service.into()),
            ("region", region.into()),
        ]),
        LastUsed::Unknown(error) => Cell::Unknown(headline(error)),
    };
    Cell::Record(vec![
        ("id", (&key.id).into()),
        ("status", (&key.status).into()),
        ("created", key.created.into()),
        ("last_used", last_used),
    ])
}

fn device_cell(device: &MfaDevice) -> Cell {
    Cell::Record(vec![("serial", (&device.serial).into()), ("enabled", device.enabled.into())])
}

fn certificate_cell(one: &SigningCertificate) -> Cell {
    Cell::Record(vec![("id", (&one.id).into()), ("status", (&one.status).into()), ("uploaded", one.uploaded.into())])
}

fn status(row: &Row<'_>) -> &'static str {
    match &row.found {
        Found::Audited(audit, _) if audit.error().is_some() => "unknown",
        Found::Audited(..) => "audited",
        Found::NotAudited(_) => "not_audited",
        Found::Skipped(_) => "left_out",
    }
}

fn cause(row: &Row<'_>) -> Option<String> {
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

/// Whether root can sign in or call; `None` if what could tell was not read.
fn finding(audit: &RootAudit) -> Option<bool> {
    let unread: [Option<&ApiError>; 3] =
        [audit.password.error(), audit.access_keys.error(), audit.signing_certificates.error()];
    match audit.is_finding() {
        true => Some(true),
        false if unread.iter().any(Option::is_some) => None,
        false => Some(false),
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
