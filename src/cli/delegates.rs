//! `rootdeck delegated-admins`: the accounts that administer a service in place of the management account.

use std::time::Duration;

use super::arguments::{Arguments, Delegates, Form, ListSwitches, SetDelegate};
use super::connection::configuration_with_problems_printed;
use super::context::{Answer, CommandContext, Needs, print};
use super::environment::Environment;
use super::error::{CliError, Done};
use super::output;
use super::rows::{self, Cell, Column, fields as f};
use super::waiting::look_again;
use crate::domain::account::Account;
use crate::domain::api_error::ApiError;
use crate::domain::change::{Change, SEEN_WITHIN};
use crate::domain::permit::{Refusal, permit};
use crate::domain::trusted_access::DelegatedAdministrator;
use crate::domain::write::{Seen, WriteOutcome};
use crate::engine::journal::Subject;
use crate::words::api_error::headline;
use crate::words::cli::delegates as words;
use crate::words::cli::switches as switch_words;
use crate::words::columns::switches::{delegate_columns, delegate_rows};

pub(super) async fn run(arguments: &Arguments, wanted: &Delegates) -> Done {
    match wanted {
        Delegates::List(wanted) => list(arguments, wanted).await,
        Delegates::Register(wanted) => set(arguments, wanted, true).await,
        Delegates::Deregister(wanted) => set(arguments, wanted, false).await,
    }
}

async fn list(arguments: &Arguments, wanted: &ListSwitches) -> Done {
    let place = Environment::new(arguments, &configuration_with_problems_printed(arguments));
    let delegates = place.ask(arguments, async |engine, _| engine.delegated_administrators().await).await?;
    output::deliver(rows::write(*wanted.output, &delegate_columns(), &delegate_rows(&delegates)))
}

async fn set(arguments: &Arguments, wanted: &SetDelegate, register: bool) -> Done {
    let SetDelegate { account, service, turning } = wanted;
    let consent = &turning.consent;
    consent.check()?;
    let mut context = CommandContext::read_about(arguments, std::slice::from_ref(account), Needs::Emails).await?;
    context.read_delegates().await;
    let account = context.find(account)?;
    let change = Change::Delegation { account: account.id, service: service.clone(), register };
    let permitted = permit(&change, &context.facts(Some(account)));
    match permitted.and_then(|()| context.permit_reason(change.danger(), consent.reason.as_deref())) {
        Ok(()) => {}
        Err(Refusal::AlreadyDelegate(is)) => {
            let said = if is { words::is_already(account.id, service) } else { words::is_none(account.id, service) };
            return deliver(wanted, account, status(is), Some(false), &said);
        }
        Err(refusal) => {
            return Err(context.refuse(&refusal, None, &Subject::of(&change, consent.reason.clone())).await);
        }
    }
    context.can_record().await?;
    print(&change, Some(account), consent);
    context.print_command(&change);
    consent.ask(&account.id.to_string()).await?;
    let written = context.write(CommandContext::request(change, Some(account), consent)).await;
    let changed = match (context.judge(&written.outcome, None)?, &written.outcome) {
        (Answer::Taken, WriteOutcome::AlreadySo(_)) => Some(false),
        (Answer::Taken, _) => Some(true),
        (Answer::Lost, _) => None,
    };
    let why = match follow(&context, wanted, account, register, written.seen).await? {
        Ok(is) if is == register => {
            let said = if register { words::is(account.id, service) } else { words::is_not(account.id, service) };
            return deliver(wanted, account, status(is), changed, &said);
        }
        Ok(_) => words::not_shown(account.id, service, context.again(&["delegated-admins", "list"])),
        Err(error) => words::unread(account.id, service, headline(&error)),
    };
    if *turning.output != Form::Table {
        deliver(wanted, account, Cell::Unknown(why.clone()), None, "").unwrap_or_else(|error| error.print());
    }
    Err(CliError::unknown(why))
}

/// Looks again until AWS shows what was set, refuses to tell, or the time is over; whether the account is registered.
async fn follow(
    context: &CommandContext,
    wanted: &SetDelegate,
    account: &Account,
    register: bool,
    seen: Seen,
) -> Result<Result<bool, ApiError>, CliError> {
    let is_one = |delegates: Vec<DelegatedAdministrator>| {
        delegates.iter().any(|one| one.account == account.id && one.administers(&wanted.service))
    };
    let read = async || context.engine.delegated_administrators().await.map(is_one);
    let first = match seen {
        Seen::Delegates(delegates) => delegates.map(is_one),
        _ => read().await,
    };
    let limit = SEEN_WITHIN.unsigned_abs();
    let within = if wanted.turning.no_wait { Duration::ZERO } else { limit };
    let waiting = |waited| switch_words::waiting(waited, limit.as_secs());
    let is_settled = |shown: &Result<bool, ApiError>| match shown {
        Ok(is) => *is == register,
        Err(error) => error.kind.is_refusal() || error.kind.is_about_credentials(),
    };
    let looked = look_again(first, within, waiting, is_settled, read).await;
    let look = || switch_words::sent_not_shown(context.again(&["delegated-admins", "list"]));
    looked.ok_or_else(|| CliError::interrupted(look()))
}

/// What an account is afterwards.
pub(super) struct Outcome {
    account: Account,
    service: String,
    status: Cell,
    changed: Option<bool>,
}

fn status(is_registered: bool) -> Cell {
    if is_registered { "registered" } else { "not_registered" }.into()
}

fn deliver(wanted: &SetDelegate, account: &Account, status: Cell, changed: Option<bool>, said: &str) -> Done {
    let row = Outcome { account: account.clone(), service: wanted.service.to_string(), status, changed };
    output::deliver(rows::result(*wanted.turning.output, said, &columns(), &row))
}

pub(super) fn columns() -> Vec<Column<'static, Outcome>> {
    vec![
        Column::new(f::ACCOUNT_ID, |row: &Outcome| row.account.id.to_string()),
        Column::new(f::ACCOUNT_NAME, |row: &Outcome| row.account.name.clone()),
        Column::new(f::SERVICE, |row: &Outcome| row.service.clone()),
        Column::new(f::DELEGATION_STATUS.or_unknown(), |row: &Outcome| row.status.clone()),
        Column::new(f::CHANGED.or_null(), |row: &Outcome| row.changed),
    ]
}
