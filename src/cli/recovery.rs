//! `rootdeck recovery`: whether the root mailbox can set a root password.

use super::arguments::{Arguments, Form, OpenOrClose, Recovery};
use super::context::{Answer, CommandContext, Needs};
use super::environment::{Environment, configuration};
use super::error::{CliError, Done, Exit};
use super::find::names;
use super::output::{self, print_error, print_note};
use super::rows::{self, Column, fields as f};
use crate::domain::account::Account;
use crate::domain::api_error::ApiError;
use crate::domain::change::Change;
use crate::domain::recovery::LeftOpen;
use crate::domain::root_change::RootChange;
use crate::domain::root_credentials::{AuditDepth, Presence};
use crate::domain::write::{Seen, WriteOutcome};
use crate::words::api_error::headline;
use crate::words::cli::policy::now_unread;
use crate::words::cli::recovery as words;
use crate::words::record::message;

pub(super) async fn run(arguments: &Arguments, wanted: &Recovery) -> Done {
    match wanted {
        Recovery::Allow(wanted) => allow(arguments, wanted).await,
        Recovery::Close(wanted) => close(arguments, wanted).await,
        Recovery::List { output } => list(arguments, **output).await,
    }
}

async fn allow(arguments: &Arguments, wanted: &OpenOrClose) -> Done {
    wanted.consent.check()?;
    let context = CommandContext::read_about(arguments, std::slice::from_ref(&wanted.account), Needs::Switches).await?;
    let account = context.find(&wanted.account)?;
    let change = RootChange::AllowPasswordRecovery;
    context.announce(account, &change, &wanted.consent).await?;
    print_error(&words::root_mailbox(&account.email));
    wanted.consent.ask(&account.id.to_string()).await?;
    send(&context, account, change, wanted).await
}

async fn close(arguments: &Arguments, wanted: &OpenOrClose) -> Done {
    wanted.consent.check()?;
    let context = CommandContext::read_about(arguments, std::slice::from_ref(&wanted.account), Needs::Switches).await?;
    let account = context.find(&wanted.account)?;
    let change = RootChange::ClosePasswordRecovery;
    context.announce(account, &change, &wanted.consent).await?;
    print_error(&words::root_mailbox(&account.email));
    match context.engine.audit(account, AuditDepth::Deep).await.password {
        // A recovery that was closed elsewhere is closed here once more, for the journal.
        Presence::Absent if is_left_open(&context, account).await => {
            print_error(words::NOTES_CLOSED);
        }
        Presence::Absent => return output::line(&words::is_closed_already(account.id)),
        Presence::Present(password) => print_error(&words::would_go(password.and_then(|password| password.created))),
        Presence::Unknown(error) => {
            print_error(words::LOGIN_PROFILE_UNKNOWN);
            context.print_api_error(&error);
        }
    }
    wanted.consent.ask(&account.id.to_string()).await?;
    send(&context, account, change, wanted).await
}

async fn is_left_open(context: &CommandContext, account: &Account) -> bool {
    context.engine.left_open().await.is_ok_and(|left| left.iter().any(|one| one.account == account.id))
}

async fn send(context: &CommandContext, account: &Account, change: RootChange, wanted: &OpenOrClose) -> Done {
    let (task, opened) = (change.task(), change == RootChange::AllowPasswordRecovery);
    let change = Change::Root { account: account.id, change };
    let written = context.write(CommandContext::request(change, Some(account), &wanted.consent)).await;
    let judged = context.judge(&written.outcome, task);
    let seen = match &written.seen {
        Seen::LoginProfile(Presence::Present(_)) => Some(true),
        Seen::LoginProfile(Presence::Absent) => Some(false),
        Seen::LoginProfile(Presence::Unknown(error)) => {
            let unread = now_unread(headline(error));
            if let Err(error) = judged {
                return Err(error.and(unread));
            }
            print_error(&unread);
            None
        }
        _ => None,
    };
    let answer = judged?;
    if let WriteOutcome::AlreadySo(error) = &written.outcome {
        return already(account, opened, seen, error);
    }
    match answer {
        // Even if the answer was lost: what is seen is what was wanted.
        _ if seen == Some(opened) => {
            let word = if opened { "allowed" } else { "closed" };
            output::line(&words::recovery_is(account.id, word))
        }
        Answer::Taken => Err(CliError::unknown(words::taken_and_not_shown(account.id))),
        Answer::Lost => Exit::Unknown.end(),
    }
}

/// AWS refused it as already so. Done, unless AWS shows the opposite now.
fn already(account: &Account, opened: bool, seen: Option<bool>, error: &ApiError) -> Done {
    let code = error.code.as_deref().unwrap_or("-");
    if seen == Some(!opened) {
        return Err(CliError::unknown(words::shows_the_opposite(account.id, code)));
    }
    let state = if opened { words::ALLOWED_ALREADY } else { words::CLOSED_ALREADY };
    output::line(&words::nothing_changed(account.id, state, code))
}

async fn list(arguments: &Arguments, form: Form) -> Done {
    let stored = Environment::new(arguments, &configuration(arguments)).stored(None).await;
    let stored = stored.map_err(|error| CliError::failed(message(&error.message)))?;
    print_note(words::BY_THE_JOURNAL);
    let names = names(stored.listing.as_ref().map(|(_, accounts)| accounts.as_slice()).unwrap_or_default());
    let rows = stored.left_open.into_iter().map(|left| (names.get(&left.account).cloned(), left));
    output::deliver(rows::write(form, &columns(), &rows.collect::<Vec<_>>()))
}

/// One that is open, and the name of its account, if the last listing has it.
type Named = (Option<String>, LeftOpen);

pub(super) fn columns() -> Vec<Column<'static, Named>> {
    vec![
        Column::new(f::ACCOUNT_ID, |(_, one): &Named| one.account.to_string()).head("ACCOUNT"),
        Column::new(f::ACCOUNT_NAME.or_null(), |(name, _): &Named| name.clone())
            .head("NAME")
            .shown(|(name, _)| name.clone().unwrap_or_else(|| "?".to_owned())),
        Column::new(f::SINCE, |(_, one): &Named| one.since).head("SINCE"),
        Column::new(f::CALLER_ARN, |(_, one): &Named| one.by.clone()).head("BY"),
    ]
}
