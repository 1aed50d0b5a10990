//! Forgetting an email change on this machine.

use super::known::{cached_facts, open};
use crate::cli::arguments::{Arguments, Consent, ForgetEmail};
use crate::cli::context::{CommandContext, Needs};
use crate::cli::error::{CliError, Done};
use crate::cli::output;
use crate::cli::rows::{self, Column, fields as f};
use crate::domain::account::Account;
use crate::domain::permit::Refusal;
use crate::words::cli::email as words;
use crate::words::email::FORGETTING;
use crate::words::record::message;

pub(super) async fn forget(arguments: &Arguments, wanted: &ForgetEmail) -> Done {
    let consent = Consent { yes: wanted.yes, reason: None };
    consent.check()?;
    let context =
        CommandContext::read_about(arguments, std::slice::from_ref(&wanted.account), Needs::Organization).await?;
    if context.engine.rules().read_only {
        // Its address is kept nowhere else.
        return Err(context.refusal(&Refusal::ReadOnly, None));
    }
    let account = context.find(&wanted.account)?;
    let facts = cached_facts(&context, account.id).await?;
    if facts.started.is_none() {
        let row = Forgotten { account: account.clone(), new: None, status: "nothing_saved" };
        return output::deliver(rows::result(*wanted.output, &words::nothing_kept(account.id), &columns(), &row));
    }
    let new = facts.started.as_ref().map(|change| change.new.to_string());
    consent.tell(&words::forget(account.id, &account.name));
    for change in open(&facts) {
        consent.tell(&words::not_over(&change.new, change.started));
    }
    if !open(&facts).is_empty() {
        consent.tell(FORGETTING);
    }
    consent.agree().await?;
    let forgotten = context.engine.forget_email_change(account.id).await;
    forgotten.map_err(|error| CliError::failed(message(&error.message)))?;
    let row = Forgotten { account: account.clone(), new, status: "forgotten" };
    output::deliver(rows::result(*wanted.output, &words::forgotten(account.id), &columns(), &row))
}

/// What was forgotten of an account.
pub(in crate::cli) struct Forgotten {
    account: Account,
    new: Option<String>,
    status: &'static str,
}

pub(in crate::cli) fn columns() -> Vec<Column<'static, Forgotten>> {
    vec![
        Column::new(f::ACCOUNT_ID, |row: &Forgotten| row.account.id.to_string()),
        Column::new(f::ACCOUNT_NAME, |row: &Forgotten| row.account.name.clone()),
        Column::new(f::NEW_EMAIL.or_null(), |row: &Forgotten| row.new.clone()),
        Column::new(f::FORGET_STATUS, |row: &Forgotten| row.status),
    ]
}
