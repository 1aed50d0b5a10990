//! An audit as a table, as JSON and as CSV.

use std::io;

use jiff::Timestamp;
use serde::Serialize;

use super::{Found, Row};
use crate::cli::rows;
use crate::domain::fault::Fault;
use crate::domain::root_credentials::{
    AccessKey, AuditDepth, CredentialKind, LastUsed, MfaDevice, Password, Presence, RootAudit, SigningCertificate,
};
use crate::words::fault::{headline, short};
use crate::words::time::ago;
use crate::words::time::utc_second;

// --- The table ---

/// Columns for people, without the accounts that are left out.
pub(super) fn table(rows: &[Row<'_>], depth: AuditDepth, now: Timestamp) -> String {
    let cells = |row: &Row<'_>| {
        let account = [row.account.id.to_string(), row.account.name.clone()];
        let found = match &row.found {
            Found::Audited(audit, _) => words(audit, now),
            Found::NotAudited => std::array::from_fn(|_| "? not audited".to_owned()),
            Found::LeftOut(_) => return None,
        };
        Some([&account[..], &found[..]].concat())
    };
    let head = match depth {
        AuditDepth::Quick => ["ACCOUNT", "NAME", "PASSWORD", "KEYS", "MFA", "CERTIFICATES"],
        AuditDepth::Deep => ["ACCOUNT", "NAME", "PASSWORD", "ACCESS KEYS", "MFA DEVICES", "SIGNING CERTIFICATES"],
    };
    rows::columns(&head, rows.iter().filter_map(cells).collect())
}

/// What an audit found, in words: password, keys, MFA devices, certificates.
pub(in crate::cli) fn words(audit: &RootAudit, now: Timestamp) -> [String; 4] {
    [
        cell(&audit.password, |password| {
            password.created.map_or("yes".to_owned(), |at| format!("set {}", ago(at, now)))
        }),
        cell(&audit.access_keys, |keys| each(keys, |key| key_words(key, now))),
        if audit.lacks_mfa() {
            "!! none".to_owned()
        } else {
            cell(&audit.mfa_devices, |devices| each(devices, |device| device.serial.clone()))
        },
        cell(&audit.signing_certificates, |certificates| {
            each(certificates, |one| dated(&format!("{} {}", one.id, one.status), "uploaded", one.uploaded, now))
        }),
    ]
}

fn cell<T>(presence: &Presence<T>, details: impl Fn(&T) -> String) -> String {
    match presence {
        Presence::Absent => "-".to_owned(),
        Presence::Present(None) => "yes".to_owned(),
        Presence::Present(Some(found)) => details(found),
        Presence::Unknown(fault) => format!("? {}", short(fault.kind)),
    }
}

fn each<T>(all: &[T], words: impl Fn(&T) -> String) -> String {
    all.iter().map(words).collect::<Vec<_>>().join("; ")
}

fn dated(what: &str, verb: &str, at: Option<Timestamp>, now: Timestamp) -> String {
    at.map_or_else(|| what.to_owned(), |at| format!("{what}, {verb} {}", ago(at, now)))
}

fn key_words(key: &AccessKey, now: Timestamp) -> String {
    let used = match &key.last_used {
        LastUsed::Never => "never used".to_owned(),
        LastUsed::Used { at, service, .. } => format!("used {} ({service})", ago(*at, now)),
        LastUsed::Unknown(fault) => format!("last use ? {}", short(fault.kind)),
    };
    format!("{}, {used}", dated(&format!("{} {}", key.id, key.status), "made", key.created, now))
}

// --- JSON ---

#[derive(Serialize)]
struct RowJson<'a> {
    id: String,
    name: &'a str,
    state: &'a str,
    /// `audited`, `unknown` (not wholly read), `not_audited` or `left_out`.
    status: &'static str,
    cause: Option<String>,
    depth: Option<&'static str>,
    #[serde(serialize_with = "crate::cli::rows::seconds")]
    audited_at: Option<Timestamp>,
    /// Whether root can sign in or call; null if that is not known.
    finding: Option<bool>,
    /// Whether there is a password and no MFA device; null if that is not known.
    password_without_mfa: Option<bool>,
    password: Option<Cell<PasswordJson>>,
    access_keys: Option<Cell<Vec<KeyJson>>>,
    mfa_devices: Option<Cell<Vec<DeviceJson>>>,
    signing_certificates: Option<Cell<Vec<CertificateJson>>>,
}

/// What is there, what is not, or why that is not known.
#[derive(Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
enum Cell<T: Serialize> {
    Absent,
    /// `details` is null after a quick audit.
    Present {
        details: Option<T>,
    },
    Unknown {
        cause: String,
    },
}

#[derive(Serialize)]
struct PasswordJson {
    #[serde(serialize_with = "crate::cli::rows::seconds")]
    created: Option<Timestamp>,
}

#[derive(Serialize)]
struct KeyJson {
    id: String,
    status: String,
    #[serde(serialize_with = "crate::cli::rows::seconds")]
    created: Option<Timestamp>,
    last_used: UseJson,
}

#[derive(Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
enum UseJson {
    Never,
    Used {
        #[serde(serialize_with = "crate::cli::rows::seconds")]
        at: Timestamp,
        service: String,
        region: String,
    },
    Unknown {
        cause: String,
    },
}

#[derive(Serialize)]
struct DeviceJson {
    serial: String,
    #[serde(serialize_with = "crate::cli::rows::seconds")]
    enabled: Option<Timestamp>,
}

#[derive(Serialize)]
struct CertificateJson {
    id: String,
    status: String,
    #[serde(serialize_with = "crate::cli::rows::seconds")]
    uploaded: Option<Timestamp>,
}

/// One array, an object for each account.
pub(super) fn json(rows: &[Row<'_>]) -> io::Result<String> {
    rows::json(&rows.iter().map(RowJson::of).collect::<Vec<_>>())
}

impl<'a> RowJson<'a> {
    fn of(row: &'a Row<'_>) -> Self {
        let audit = row.audit();
        Self {
            id: row.account.id.to_string(),
            name: &row.account.name,
            state: row.account.state.as_str(),
            status: status(row),
            cause: cause(row),
            depth: audit.map(|audit| depth(audit.depth)),
            audited_at: audited_at(row),
            finding: audit.and_then(finding),
            password_without_mfa: audit.and_then(password_without_mfa),
            password: audit.map(|audit| Cell::of(&audit.password, PasswordJson::of)),
            access_keys: audit.map(|audit| Cell::of(&audit.access_keys, |keys| keys.iter().map(KeyJson::of).collect())),
            mfa_devices: audit
                .map(|audit| Cell::of(&audit.mfa_devices, |devices| devices.iter().map(DeviceJson::of).collect())),
            signing_certificates: audit.map(|audit| {
                Cell::of(&audit.signing_certificates, |all| all.iter().map(CertificateJson::of).collect())
            }),
        }
    }
}

impl<T: Serialize> Cell<T> {
    fn of<F>(presence: &Presence<F>, details: impl Fn(&F) -> T) -> Self {
        match presence {
            Presence::Absent => Self::Absent,
            Presence::Present(found) => Self::Present { details: found.as_ref().map(details) },
            Presence::Unknown(fault) => Self::Unknown { cause: headline(fault) },
        }
    }
}

impl PasswordJson {
    fn of(password: &Password) -> Self {
        Self { created: password.created }
    }
}

impl KeyJson {
    fn of(key: &AccessKey) -> Self {
        let last_used = match &key.last_used {
            LastUsed::Never => UseJson::Never,
            LastUsed::Used { at, service, region } => {
                UseJson::Used { at: *at, service: service.clone(), region: region.clone() }
            }
            LastUsed::Unknown(fault) => UseJson::Unknown { cause: headline(fault) },
        };
        Self { id: key.id.clone(), status: key.status.clone(), created: key.created, last_used }
    }
}

impl DeviceJson {
    fn of(device: &MfaDevice) -> Self {
        Self { serial: device.serial.clone(), enabled: device.enabled }
    }
}

impl CertificateJson {
    fn of(one: &SigningCertificate) -> Self {
        Self { id: one.id.clone(), status: one.status.clone(), uploaded: one.uploaded }
    }
}

fn depth(depth: AuditDepth) -> &'static str {
    match depth {
        AuditDepth::Quick => "quick",
        AuditDepth::Deep => "deep",
    }
}

fn status(row: &Row<'_>) -> &'static str {
    match &row.found {
        Found::Audited(audit, _) if audit.fault().is_some() => "unknown",
        Found::Audited(..) => "audited",
        Found::NotAudited => "not_audited",
        Found::LeftOut(_) => "left_out",
    }
}

fn cause(row: &Row<'_>) -> Option<String> {
    match &row.found {
        Found::Audited(audit, _) => audit.fault().map(headline),
        Found::NotAudited => Some("interrupted".to_owned()),
        Found::LeftOut(why) => Some(why.clone()),
    }
}

fn audited_at(row: &Row<'_>) -> Option<Timestamp> {
    match &row.found {
        Found::Audited(_, at) => Some(*at),
        Found::NotAudited | Found::LeftOut(_) => None,
    }
}

/// Whether root can sign in or call; `None` if what could tell was not read.
fn finding(audit: &RootAudit) -> Option<bool> {
    let unread: [Option<&Fault>; 3] =
        [audit.password.fault(), audit.access_keys.fault(), audit.signing_certificates.fault()];
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

// --- CSV ---

/// A header and a line for each account.
pub(super) fn csv(rows: &[Row<'_>]) -> io::Result<String> {
    let head = [
        "account_id",
        "name",
        "state",
        "status",
        "cause",
        "depth",
        "audited_at",
        "finding",
        "password",
        "password_created",
        "access_keys",
        "access_key_details",
        "mfa_devices",
        "mfa_device_details",
        "signing_certificates",
        "signing_certificate_details",
        "password_without_mfa",
    ];
    rows::csv(&head, rows.iter().map(line))
}

fn line(row: &Row<'_>) -> Vec<String> {
    let audit = row.audit();
    let mut cells = vec![
        row.account.id.to_string(),
        row.account.name.clone(),
        row.account.state.as_str().to_owned(),
        status(row).to_owned(),
        cause(row).unwrap_or_default(),
        audit.map(|audit| depth(audit.depth).to_owned()).unwrap_or_default(),
        time(audited_at(row)),
        audit.map(|audit| finding(audit).map_or("unknown".to_owned(), |yes| yes.to_string())).unwrap_or_default(),
    ];
    match audit {
        Some(audit) => {
            let password = audit.password.details().map(|password| time(password.created));
            cells.extend([word(&audit.password), password.unwrap_or_default()]);
            cells.extend([word(&audit.access_keys), details(&audit.access_keys, key_line)]);
            cells.extend([word(&audit.mfa_devices), details(&audit.mfa_devices, |device| device.serial.clone())]);
            let certificate =
                |one: &SigningCertificate| format!("{} {} uploaded {}", one.id, one.status, time(one.uploaded));
            cells.extend([word(&audit.signing_certificates), details(&audit.signing_certificates, certificate)]);
            cells.push(password_without_mfa(audit).map_or("unknown".to_owned(), |yes| yes.to_string()));
        }
        None => cells.extend(std::iter::repeat_n(String::new(), 9)),
    }
    cells
}

fn word<T>(presence: &Presence<T>) -> String {
    match presence {
        Presence::Absent => "absent",
        Presence::Present(_) => "present",
        Presence::Unknown(_) => "unknown",
    }
    .to_owned()
}

fn details<T>(presence: &Presence<Vec<T>>, words: impl Fn(&T) -> String) -> String {
    presence.details().map(|all| each(all, words)).unwrap_or_default()
}

fn key_line(key: &AccessKey) -> String {
    let used = match &key.last_used {
        LastUsed::Never => "never used".to_owned(),
        LastUsed::Used { at, service, region } => format!("used {at} {service} {region}"),
        LastUsed::Unknown(fault) => format!("last use unknown: {}", headline(fault)),
    };
    format!("{} {} created {} {used}", key.id, key.status, time(key.created))
}

fn time(at: Option<Timestamp>) -> String {
    at.map(utc_second).unwrap_or_default()
}
