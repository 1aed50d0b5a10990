//! `rootdeck recovery`: whether the root mailbox can set a root password.

use super::arguments::{Arguments, Form, OpenOrClose, Recovery};
use super::context::{Answer, CommandContext};
use super::environment::{Environment, configuration, rules};
use super::error::{CliError, Done, Exit};
use super::output::{self, print_error};
use super::rows::{self, Column};
use crate::domain::account::Account;
use crate::domain::api_error::ApiError;
use crate::domain::recovery::LeftOpen;
use crate::domain::root_change::RootChange;
use crate::domain::root_credentials::{AuditDepth, Password, Presence};
use crate::domain::write::{Seen, WriteOutcome, Written};
use crate::words::api_error::headline;

/// Does what is asked.
pub(super) async fn run(arguments: &Arguments, wanted: &Recovery) -> Done {
    match wanted {
        Recovery::Allow(wanted) => allow(arguments, wanted).await,
        Recovery::Close(wanted) => close(arguments, wanted).await,
        Recovery::List { output } => list(arguments, *output).await,
    }
}

async fn allow(arguments: &Arguments, wanted: &OpenOrClose) -> Done {
    wanted.consent.check()?;
    let context = CommandContext::read(arguments).await?;
    let account = context.find(&wanted.account)?;
    let change = RootChange::AllowPasswordRecovery;
    context.announce(account, &change, &wanted.consent).await?;
    print_error(&format!("the root mailbox is {}", account.email));
    wanted.consent.ask(&account.id.to_string()).await?;
    let written = context.write(account, change.clone(), wanted.consent.reason.clone()).await;
    judge(&context, account, &change, &written)
}

async fn close(arguments: &Arguments, wanted: &OpenOrClose) -> Done {
    wanted.consent.check()?;
    let context = CommandContext::read(arguments).await?;
    let account = context.find(&wanted.account)?;
    let change = RootChange::ClosePasswordRecovery;
    context.announce(account, &change, &wanted.consent).await?;
    print_error(&format!("the root mailbox is {}", account.email));
    match context.engine.audit(account, AuditDepth::Deep).await.password {
        // A recovery that was closed elsewhere is closed here once more, for the journal.
        Presence::Absent if is_left_open(&context, account).await => {
            print_error("no login profile is seen; this notes that it is closed");
        }
        Presence::Absent => {
            return output::line(&format!("{}: recovery is already closed, AWS shows it", account.id));
        }
        Presence::Present(password) => print_error(&format!("this would go: {}", login_profile(password))),
        Presence::Unknown(fault) => {
            print_error("whether there is a login profile is not known");
            context.print_api_error(&fault);
        }
    }
    wanted.consent.ask(&account.id.to_string()).await?;
    let written = context.write(account, change.clone(), wanted.consent.reason.clone()).await;
    judge(&context, account, &change, &written)
}

/// Whether the journal of this machine says that it was allowed and not closed again.
async fn is_left_open(context: &CommandContext, account: &Account) -> bool {
    context.engine.left_open().await.is_ok_and(|left| left.iter().any(|one| one.account == account.id))
}

fn login_profile(password: Option<Password>) -> String {
    let since = password.and_then(|password| password.created).map(|at| format!(" of {at}")).unwrap_or_default();
    format!("the login profile{since}, with the password if one was set")
}

/// Says what was seen, and ends as done only if that is what was wanted.
fn judge(context: &CommandContext, account: &Account, change: &RootChange, written: &Written) -> Done {
    let judged = context.judge(&written.outcome, change.task());
    let opened = *change == RootChange::AllowPasswordRecovery;
    let seen = match &written.seen {
        Seen::LoginProfile(Presence::Present(_)) => Some(true),
        Seen::LoginProfile(Presence::Absent) => Some(false),
        Seen::LoginProfile(Presence::Unknown(fault)) => {
            let unread = format!("what AWS shows now could not be read: {}", headline(fault));
            if let Err(error) = judged {
                return Err(error.and(unread));
            }
            print_error(&unread);
            None
        }
        _ => None,
    };
    let answer = judged?;
    if let WriteOutcome::AlreadySo(fault) = &written.outcome {
        return already(account, opened, seen, fault);
    }
    match answer {
        // Even if the answer was lost: what is seen is what was wanted.
        _ if seen == Some(opened) => {
            let word = if opened { "allowed" } else { "closed" };
            output::line(&format!("{}: recovery is {word}, AWS shows it", account.id))
        }
        Answer::Taken => Err(CliError::unknown(format!("{}: AWS took it, and does not show it", account.id))),
        Answer::Lost => Exit::Unknown.end(),
    }
}

/// It was so already: AWS refused it, and nothing was changed from here. Done, unless AWS shows the
/// opposite now.
fn already(account: &Account, opened: bool, seen: Option<bool>, fault: &ApiError) -> Done {
    let code = fault.code.as_deref().unwrap_or("-");
    if seen == Some(!opened) {
        let why = format!("{}: AWS answered {code}, and now shows the opposite", account.id);
        return Err(CliError::unknown(why));
    }
    let state = if opened {
        "root has a login profile already: a password is set, or recovery was allowed before"
    } else {
        "recovery is already closed: root has no login profile"
    };
    output::line(&format!("{}: {state}; nothing was changed (AWS: {code})", account.id))
}

async fn list(arguments: &Arguments, form: Form) -> Done {
    let loaded = configuration(arguments);
    let place = Environment::new(arguments, rules(arguments, &loaded));
    let left_open = place.left_open().await.map_err(|fault| CliError::failed(fault.message))?;
    print_error("by the journal of this machine; only an audit tells whether they still are");
    output::deliver(rows::write(form, &columns(), &left_open))
}

fn columns() -> Vec<Column<'static, LeftOpen>> {
    vec![
        Column::new("account_id", |one: &LeftOpen| one.account.to_string()).json_name("id").head("ACCOUNT"),
        Column::new("since", |one: &LeftOpen| one.since).head("SINCE"),
        Column::new("by", |one: &LeftOpen| one.by.clone()).head("BY"),
    ]
}
