//! Credentials and what becomes of them, as rows for programs.

use std::io;

use crate::cli::rows;
use crate::domain::account::Account;
use crate::domain::root_credentials::{CredentialKind, RootCredential};

/// One credential, or one kind of them that could not be read.
#[derive(serde::Serialize)]
pub(super) struct Row {
    id: String,
    name: String,
    kind: &'static str,
    /// What AWS names it by; null for the password, and where it is not known.
    credential: Option<String>,
    status: &'static str,
    cause: Option<String>,
    /// Whether a read afterwards shows it; null if there was none.
    still_there: Option<bool>,
}

impl Row {
    /// What became of one credential, or would.
    pub(super) fn of(account: &Account, credential: &RootCredential, status: &'static str) -> Self {
        let named = match credential {
            RootCredential::Password => None,
            RootCredential::AccessKey(id) | RootCredential::SigningCertificate(id) | RootCredential::MfaDevice(id) => {
                Some(id.clone())
            }
        };
        Self { credential: named, ..Self::of_kind(account, credential.kind(), status, None) }
    }

    /// What is said of a whole kind.
    pub(super) fn of_kind(
        account: &Account,
        kind: CredentialKind,
        status: &'static str,
        cause: Option<String>,
    ) -> Self {
        let (id, name, kind) = (account.id.to_string(), account.name.clone(), word(kind));
        Self { id, name, kind, credential: None, status, cause, still_there: None }
    }

    /// With why it is so, and what was read afterwards.
    pub(super) fn with(self, cause: Option<String>, still_there: Option<bool>) -> Self {
        Self { cause, still_there, ..self }
    }
}

fn word(kind: CredentialKind) -> &'static str {
    match kind {
        CredentialKind::Password => "password",
        CredentialKind::AccessKey => "access_key",
        CredentialKind::SigningCertificate => "signing_certificate",
        CredentialKind::MfaDevice => "mfa_device",
    }
}

/// One array.
pub(super) fn json(all: &[Row]) -> io::Result<String> {
    rows::json(&all)
}

/// A header and a line for each.
pub(super) fn csv(all: &[Row]) -> io::Result<String> {
    let head = ["account_id", "name", "kind", "credential", "status", "cause", "still_there"];
    let cells = |row: &Row| {
        vec![
            row.id.clone(),
            row.name.clone(),
            row.kind.to_owned(),
            row.credential.clone().unwrap_or_default(),
            row.status.to_owned(),
            row.cause.clone().unwrap_or_default(),
            row.still_there.map(|there| there.to_string()).unwrap_or_default(),
        ]
    };
    rows::csv(&head, all.iter().map(cells))
}
