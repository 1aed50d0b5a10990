//! Credentials and what becomes of them, as rows.

use std::io;

use crate::cli::arguments::Form;
use crate::cli::rows::{self, Cell, Column, fields as f};
use crate::domain::account::Account;
use crate::domain::credential_age::CredentialDates;
use crate::domain::root_credentials::{CredentialKind, LastUsed, RootCredential};
use crate::words::columns::audit::last_use_cell;

pub(in crate::cli) struct Row {
    id: String,
    name: String,
    kind: &'static str,
    /// What AWS names it by; null for the password, and where it is not known.
    credential: Option<String>,
    status: &'static str,
    message: Option<String>,
    /// Whether a read afterwards shows it; null if there was none.
    still_there: Option<bool>,
    dates: CredentialDates,
    /// What people are shown: the credential, and what is to be said of it. Nothing of a whole kind.
    shown: Option<(String, String)>,
}

impl Row {
    pub(super) fn of(account: &Account, credential: &RootCredential, status: &'static str, said: &str) -> Self {
        let named = match credential {
            RootCredential::Password => None,
            RootCredential::AccessKey(id) | RootCredential::SigningCertificate(id) | RootCredential::MfaDevice(id) => {
                Some(id.clone())
            }
        };
        let shown = Some((credential.to_string(), said.to_owned()));
        Self { credential: named, shown, ..Self::of_kind(account, credential.kind(), status, None) }
    }

    pub(super) fn of_kind(
        account: &Account,
        kind: CredentialKind,
        status: &'static str,
        message: Option<String>,
    ) -> Self {
        let (id, name, kind) = (account.id.to_string(), account.name.clone(), kind.as_str());
        Self {
            id,
            name,
            kind,
            credential: None,
            status,
            message,
            still_there: None,
            dates: CredentialDates::default(),
            shown: None,
        }
    }

    /// Not in the table.
    pub(super) fn for_programs(self) -> Self {
        Self { shown: None, ..self }
    }

    pub(super) fn dated(self, dates: CredentialDates) -> Self {
        Self { dates, ..self }
    }

    pub(super) fn with(self, message: Option<String>, still_there: Option<bool>) -> Self {
        Self { message, still_there, ..self }
    }
}

/// `heads` are above the credential and what is said of it. The table has no line for a whole kind.
pub(super) fn form(form: Form, heads: [&str; 2], all: &[Row]) -> io::Result<String> {
    let listed = all.iter().filter(|row| form != Form::Table || row.shown.is_some());
    rows::write(form, &columns(heads), listed)
}

pub(in crate::cli) fn columns([credential, said]: [&str; 2]) -> Vec<Column<'_, Row>> {
    vec![
        Column::new(f::ACCOUNT_ID, |row: &Row| row.id.clone()).head("ACCOUNT"),
        Column::new(f::ACCOUNT_NAME, |row: &Row| row.name.clone()).head("NAME"),
        Column::new(f::CREDENTIAL, |row: &Row| row.kind),
        Column::new(f::CREDENTIAL_ID.or_null(), |row: &Row| row.credential.clone())
            .head(credential)
            .shown(|row| row.shown.as_ref().map(|(credential, _)| credential.clone()).unwrap_or_default()),
        Column::new(f::DELETION_STATUS, |row: &Row| row.status),
        Column::new(f::MESSAGE.or_null(), |row: &Row| row.message.clone()),
        Column::new(f::STILL_THERE.or_null(), |row: &Row| row.still_there),
        Column::new(f::CREDENTIAL_CREATED.or_null(), |row: &Row| row.dates.created),
        Column::json_only(f::LAST_USED.or_unknown().or_null(), |row: &Row| {
            row.dates.last_used.as_ref().map(last_use_cell)
        }),
        Column::csv_only("last_used", |row: &Row| match &row.dates.last_used {
            None => Cell::Null,
            Some(LastUsed::Never) => "never".into(),
            Some(LastUsed::Used { at, .. }) => (*at).into(),
            Some(LastUsed::Unknown(_)) => "unknown".into(),
        }),
        Column::new(f::CREDENTIAL_STATUS.or_null(), |row: &Row| row.dates.aws_status.clone()),
        Column::table_only(said, |row: &Row| row.shown.as_ref().map(|(_, said)| said.clone())),
    ]
}
