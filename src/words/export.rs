//! What a view shows, in the form that was asked for: as its subcommand prints it.

use std::io;

use super::cli::status::NOT_CHECKED;
use super::columns::{accounts, audit, email_changes, journal, mails, status, switches};
use super::refusal::refusal;
use super::rows::{self, Column, known, why_unknown};
use crate::domain::export::{EmailChangeRow, Export, ExportForm, RootAccessRow};
use crate::domain::organization::UnitNames;
use crate::domain::root_credentials::AuditDepth;

/// For a file; spreadsheets take it for UTF-8.
pub(crate) fn file(form: ExportForm, export: &Export) -> io::Result<String> {
    text(Written { form, is_file: true }, export)
}

/// For a clipboard that is reached through the terminal.
pub(crate) fn too_large(bytes: usize) -> String {
    format!("too large to copy: save a file instead ({} KB)", bytes / 1000)
}

pub(crate) fn copy(form: ExportForm, export: &Export) -> io::Result<String> {
    text(Written { form, is_file: false }, export)
}

#[derive(Clone, Copy)]
struct Written {
    form: ExportForm,
    is_file: bool,
}

impl Written {
    fn of<R>(self, columns: &[Column<'_, R>], all: &[R]) -> io::Result<String> {
        match self.form {
            ExportForm::Json => rows::json(columns, all),
            ExportForm::Csv if self.is_file => rows::csv_file(columns, all),
            ExportForm::Csv => rows::csv(columns, all),
        }
    }
}

fn text(written: Written, export: &Export) -> io::Result<String> {
    match export {
        Export::Accounts { accounts, units, findings, addresses } => {
            let units = known(units).ok_or_else(|| why_unknown(units));
            let findings = findings.as_ref().map(|all| accounts::by_account(all));
            let findings = findings.ok_or_else(|| NOT_CHECKED.to_owned());
            written.of(
                &accounts::columns(&accounts::Beside {
                    units,
                    findings,
                    addresses: Ok(addresses.clone()),
                    shows_addresses: false,
                }),
                accounts,
            )
        }
        Export::EmailChanges(all, now) => {
            let row = |row: &EmailChangeRow| email_changes::Row::new(row.id, row.name.clone(), row.facts.clone());
            written.of(&email_changes::columns(*now), &all.iter().map(row).collect::<Vec<_>>())
        }
        Export::RootAccess { rows, units, now } => {
            let units = known(units).ok_or_else(|| why_unknown(units));
            let rows: Vec<_> = rows.iter().map(|row| audit_row(row, &units)).collect();
            written.of(&audit::columns(AuditDepth::Deep, *now), &rows)
        }
        Export::Organization(state) => written.of(&switches::all_columns(), &switches::rows(state)),
        Export::Readiness(all) if written.form == ExportForm::Json => rows::object(&status::object_columns(), &**all),
        Export::Readiness(all) => written.of(&status::columns(), &status::rows(all)),
        Export::Journal { entries, names } => {
            let rows = journal::rows(entries, entries, names);
            written.of(&journal::columns(), &rows)
        }
        Export::Mailbox(all) => written.of(&mails::columns(), all),
    }
}

fn audit_row<'a>(row: &'a RootAccessRow, units: &Result<&UnitNames, String>) -> audit::Row<'a> {
    let found = match (&row.skipped, &row.audit) {
        (Some(why), _) => audit::Found::Skipped(refusal(why)),
        (None, Some(known)) => audit::Found::Audited(Box::new(known.value.clone()), known.at),
        (None, None) => audit::Found::NotAudited(None),
    };
    audit::Row { account: &row.account, found, path: accounts::path(&row.account, units), new: None }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use serde_json::{Value, json};

    use super::*;
    use crate::domain::account::{Account, AccountState};
    use crate::domain::api_error::{ApiError, ApiErrorKind};
    use crate::domain::export::OrganizationState;
    use crate::domain::mail::Mail;
    use crate::domain::remote_data::RemoteData;
    use crate::domain::root_credentials::{AuditDepth, RootAudit};
    use crate::domain::trusted_access::{DelegatedAdministrator, ServicePrincipal, TrustedAccess};

    fn account() -> Account {
        Account {
            id: "444455556666".parse().expect("an id"),
            name: "=sandbox".into(),
            email: "aws@example.com".into(),
            state: AccountState::Active,
            joined: None,
            joined_method: None,
            unit_ids: Some([].into()),
        }
    }

    fn denied<T>() -> RemoteData<T> {
        RemoteData::Failed(ApiError::new("organizations:List", ApiErrorKind::AccessDenied, "no"), None)
    }

    fn read(export: &Export) -> Value {
        let text = file(ExportForm::Json, export).expect("json");
        assert_eq!(text, copy(ExportForm::Json, export).expect("json"));
        serde_json::from_str(&text).expect("a value")
    }

    #[test]
    fn what_was_not_read_is_unknown_in_an_export() {
        let export = Export::Accounts {
            accounts: vec![account()],
            units: denied(),
            findings: None,
            addresses: std::collections::HashMap::new(),
        };
        let rows = read(&export);
        let unknown = |cause: &str| json!({ "status": "unknown", "cause": cause });
        assert_eq!(rows[0]["path"], unknown("organizations:List: no"));
        assert_eq!(rows[0]["findings"], unknown("not checked"));
        let csv = file(ExportForm::Csv, &export).expect("csv");
        let expected = "\u{feff}account_id,account_name,email,state,path,joined,joined_method,address_findings\r\n\
                        444455556666,'=sandbox,aws@example.com,ACTIVE,unknown,,,\r\n";
        assert_eq!(csv, expected);
        assert!(
            copy(ExportForm::Csv, &export).expect("csv").starts_with("account_id,account_name"),
            "no mark in a clipboard"
        );
    }

    #[test]
    fn an_account_that_was_not_audited_is_neither_clean_nor_skipped() {
        let (audit, skipped) = (None, None);
        let unaudited = RootAccessRow { account: account(), audit, skipped };
        let error = ApiError::new("sts:AssumeRoot", ApiErrorKind::DeniedByScp, "no");
        let known = crate::domain::remote_data::Known {
            value: RootAudit::unknown(AuditDepth::Quick, &error),
            at: Timestamp::UNIX_EPOCH,
        };
        let unread = RootAccessRow { audit: Some(known), ..unaudited.clone() };
        let rows =
            read(&Export::RootAccess { rows: vec![unaudited, unread], units: denied(), now: Timestamp::UNIX_EPOCH });
        assert_eq!((&rows[0]["status"], &rows[0]["finding"]), (&json!("not_audited"), &Value::Null));
        assert_eq!((&rows[1]["status"], &rows[1]["password"]["status"]), (&json!("unknown"), &json!("unknown")));
    }

    #[test]
    fn the_organization_is_exported_with_what_could_not_be_read() {
        let at = Timestamp::UNIX_EPOCH;
        let delegate = DelegatedAdministrator {
            account: account().id,
            name: "security".into(),
            services: vec![(ServicePrincipal::iam(), None)],
        };
        let state = OrganizationState {
            trusted: RemoteData::known(TrustedAccess::default(), at),
            features: denied(),
            delegates: RemoteData::known(vec![delegate], at),
        };
        let rows = read(&Export::Organization(Box::new(state.clone())));
        assert_eq!(rows.as_array().map(Vec::len), Some(2 + 2 + 1));
        assert_eq!((&rows[0]["kind"], &rows[0]["status"]), (&json!("trusted_access"), &json!("off")));
        assert_eq!(rows[2]["status"]["status"], "unknown");
        assert_eq!(
            (&rows[4]["service"], &rows[4]["account_id"]),
            (&json!("iam.amazonaws.com"), &json!("444455556666"))
        );
        // No delegated administrators and unread ones are told apart.
        let unread = read(&Export::Organization(Box::new(OrganizationState { delegates: denied(), ..state })));
        assert_eq!((&unread[4]["kind"], &unread[4]["service"]), (&json!("delegated_administrator"), &Value::Null));
        assert_eq!(unread[4]["status"]["status"], "unknown");
    }

    #[test]
    fn a_mail_is_exported_without_its_code() {
        let mail = Mail {
            to: "a@example.com".into(),
            subject: "Verify".into(),
            body: "code 123456".into(),
            sent: Timestamp::UNIX_EPOCH,
        };
        let export = Export::Mailbox(vec![mail]);
        for form in [ExportForm::Csv, ExportForm::Json] {
            let text = file(form, &export).expect("text");
            assert!(text.contains("a@example.com") && !text.contains("123456"), "{text}");
        }
    }
}
