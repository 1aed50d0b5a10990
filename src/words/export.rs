//! What a view shows, in the form that was asked for: as its subcommand prints it.

use std::io;

use super::cli::status::NOT_CHECKED;
use super::columns::{accounts, audit, email_changes, journal, mails, status, switches};
use super::refusal::refusal;
use super::rows::{self, Column, known, why_unknown};
use crate::domain::export::{EmailChangeRow, Export, ExportForm, RootAccessRow};
use crate::domain::root_credentials::AuditDepth;

/// For a file; spreadsheets take it for UTF-8.
pub(crate) fn file(form: ExportForm, export: &Export) -> io::Result<String> {
    text(Written { form, is_file: true }, export)
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
        Export::Accounts { accounts, units, findings } => {
            let units = known(units).ok_or_else(|| why_unknown(units));
            let findings = findings.as_ref().map(|all| accounts::by_account(all));
            let findings = findings.ok_or_else(|| NOT_CHECKED.to_owned());
            written.of(&accounts::columns(&accounts::Beside { units, findings }), accounts)
        }
        Export::EmailChanges(all, now) => {
            let row = |row: &EmailChangeRow| email_changes::Row::new(row.id, row.name.clone(), row.facts.clone());
            written.of(&email_changes::columns(*now), &all.iter().map(row).collect::<Vec<_>>())
        }
        Export::RootAccess(all, now) => {
            written.of(&audit::columns(AuditDepth::Deep, *now), &all.iter().map(audit_row).collect::<Vec<_>>())
        }
        Export::Organization(state) => written.of(&switches::all_columns(), &switches::rows(state)),
        Export::Readiness(all) if written.form == ExportForm::Json => rows::json_of(&status::of(all)),
        Export::Readiness(all) => written.of(&status::columns(), &status::rows(all)),
        Export::Journal(entries) => written.of(&journal::columns(), &journal::rows(entries)),
        Export::Mailbox(all) => written.of(&mails::columns(), all),
    }
}

fn audit_row(row: &RootAccessRow) -> audit::Row<'_> {
    let found = match (&row.skipped, &row.audit) {
        (Some(why), _) => audit::Found::Skipped(refusal(why)),
        (None, Some(known)) => audit::Found::Audited(Box::new(known.value.clone()), known.at),
        (None, None) => audit::Found::NotAudited(None),
    };
    audit::Row { account: &row.account, found }
}
