//! What is different between two audits, in words.

use jiff::Timestamp;

use crate::domain::audit_difference::{AuditDifference, DifferenceWord};
use crate::domain::root_credentials::CredentialKind;

/// `new access key AKIA1 (created …)`; `time` says how times are written.
pub(crate) fn difference(one: &AuditDifference, time: impl Fn(Timestamp) -> String) -> String {
    let id = one.id.as_ref().map(|id| format!(" {id}")).unwrap_or_default();
    let at = one.at.map(time);
    let thing = thing(one.kind, one.id.is_some());
    match (one.word, one.kind) {
        (DifferenceWord::New, _) => {
            let made = at.map(|at| format!(" ({} {at})", made(one.kind))).unwrap_or_default();
            format!("new {thing}{id}{made}")
        }
        (DifferenceWord::Gone, _) => format!("{thing}{id} deleted"),
        (DifferenceWord::Used, CredentialKind::Password) => format!("root signed in {}", at.unwrap_or_default()),
        (DifferenceWord::Used, _) => format!("{thing}{id} used {}", at.unwrap_or_default()),
    }
}

fn thing(kind: CredentialKind, is_one: bool) -> &'static str {
    match (kind, is_one) {
        (CredentialKind::Password, _) => "password",
        (CredentialKind::AccessKey, true) => "access key",
        (CredentialKind::AccessKey, false) => "access keys",
        (CredentialKind::SigningCertificate, true) => "signing certificate",
        (CredentialKind::SigningCertificate, false) => "signing certificates",
        (CredentialKind::MfaDevice, true) => "MFA device",
        (CredentialKind::MfaDevice, false) => "MFA devices",
    }
}

fn made(kind: CredentialKind) -> &'static str {
    match kind {
        CredentialKind::Password | CredentialKind::AccessKey => "created",
        CredentialKind::SigningCertificate => "uploaded",
        CredentialKind::MfaDevice => "enabled",
    }
}

/// All of them, one after the other.
pub(crate) fn differences(all: &[AuditDifference], time: impl Fn(Timestamp) -> String) -> String {
    all.iter().map(|one| difference(one, &time)).collect::<Vec<_>>().join("; ")
}
