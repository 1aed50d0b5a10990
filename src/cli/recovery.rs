//! `rootdeck recovery`: whether the root mailbox can set a root password.

use super::Exit;
use super::arguments::{Arguments, Form, OpenOrClose, Recovery};
use super::ground::Ground;
use super::output::{self, complain};
use super::place::{RunPlace, configuration, rules};
use super::rows::{self, Column};
use crate::domain::account::Account;
use crate::domain::fault::Fault;
use crate::domain::recovery::LeftOpen;
use crate::domain::root_change::RootChange;
use crate::domain::root_credentials::{AuditDepth, Password, Presence};
use crate::domain::write::{Outcome, Seen, Written};
use crate::words::fault::headline;

/// Does what is asked.
pub(super) async fn run(arguments: &Arguments, wanted: &Recovery) -> Exit {
    let done = match wanted {
        Recovery::Allow(wanted) => allow(arguments, wanted).await,
        Recovery::Close(wanted) => close(arguments, wanted).await,
        Recovery::List { output } => list(arguments, *output).await,
    };
    done.unwrap_or_else(|exit| exit)
}

async fn allow(arguments: &Arguments, wanted: &OpenOrClose) -> Result<Exit, Exit> {
    wanted.consent.check()?;
    let ground = Ground::read(arguments).await?;
    let account = ground.find(&wanted.account)?;
    let change = RootChange::AllowPasswordRecovery;
    ground.announce(account, &change, &wanted.consent).await?;
    complain(&format!("the root mailbox is {}", account.email));
    wanted.consent.ask(&account.id.to_string()).await?;
    let written = ground.write(account, change.clone(), wanted.consent.reason.clone()).await;
    judge(&ground, account, &change, &written)
}

async fn close(arguments: &Arguments, wanted: &OpenOrClose) -> Result<Exit, Exit> {
    wanted.consent.check()?;
    let ground = Ground::read(arguments).await?;
    let account = ground.find(&wanted.account)?;
    let change = RootChange::ClosePasswordRecovery;
    ground.announce(account, &change, &wanted.consent).await?;
    complain(&format!("the root mailbox is {}", account.email));
    match ground.engine.audit(account, AuditDepth::Deep).await.password {
        // A recovery that was closed elsewhere is closed here once more, for the journal.
        Presence::Absent if is_left_open(&ground, account).await => {
            complain("no login profile is seen; this notes that it is closed");
        }
        Presence::Absent => {
            return Ok(print(&format!("{}: recovery is already closed, AWS shows it", account.id)));
        }
        Presence::Present(password) => complain(&format!("this would go: {}", login_profile(password))),
        Presence::Unknown(fault) => {
            complain("whether there is a login profile is not known");
            ground.complain_of(&fault);
        }
    }
    wanted.consent.ask(&account.id.to_string()).await?;
    let written = ground.write(account, change.clone(), wanted.consent.reason.clone()).await;
    judge(&ground, account, &change, &written)
}

/// Whether the journal of this machine says that it was allowed and not closed again.
async fn is_left_open(ground: &Ground, account: &Account) -> bool {
    ground.engine.left_open().await.is_ok_and(|left| left.iter().any(|one| one.account == account.id))
}

fn login_profile(password: Option<Password>) -> String {
    let since = password.and_then(|password| password.created).map(|at| format!(" of {at}")).unwrap_or_default();
    format!("the login profile{since}, with the password if one was set")
}

/// Says what was seen, and ends as done only if that is what was wanted.
fn judge(ground: &Ground, account: &Account, change: &RootChange, written: &Written) -> Result<Exit, Exit> {
    let judged = ground.judge(&written.outcome, change.task());
    let opened = *change == RootChange::AllowPasswordRecovery;
    let seen = match &written.seen {
        Seen::LoginProfile(Presence::Present(_)) => Some(true),
        Seen::LoginProfile(Presence::Absent) => Some(false),
        Seen::LoginProfile(Presence::Unknown(fault)) => {
            complain(&format!("what AWS shows now could not be read: {}", headline(fault)));
            None
        }
        _ => None,
    };
    if let (Outcome::AlreadySo(fault), Ok(())) = (&written.outcome, &judged) {
        return Ok(already(account, opened, seen, fault));
    }
    match (seen, judged) {
        // The answer was lost, and what is seen is what was wanted.
        (Some(there), Ok(()) | Err(Exit::Unknown)) if there == opened => {
            let word = if opened { "allowed" } else { "closed" };
            Ok(print(&format!("{}: recovery is {word}, AWS shows it", account.id)))
        }
        (_, Ok(())) => {
            complain(&format!("{}: AWS took it, and does not show it", account.id));
            Ok(Exit::Unknown)
        }
        (_, Err(exit)) => Err(exit),
    }
}

/// It was so already: AWS refused it, and nothing was changed from here. Done, unless AWS shows the
/// opposite now.
fn already(account: &Account, opened: bool, seen: Option<bool>, fault: &Fault) -> Exit {
    let code = fault.code.as_deref().unwrap_or("-");
    if seen == Some(!opened) {
        complain(&format!("{}: AWS answered {code}, and now shows the opposite", account.id));
        return Exit::Unknown;
    }
    let state = if opened {
        "root has a login profile already: a password is set, or recovery was allowed before"
    } else {
        "recovery is already closed: root has no login profile"
    };
    print(&format!("{}: {state}; nothing was changed (AWS: {code})", account.id))
}

fn print(text: &str) -> Exit {
    output::deliver(Ok(format!("{text}\n")))
}

async fn list(arguments: &Arguments, form: Form) -> Result<Exit, Exit> {
    let loaded = configuration(arguments);
    let place = RunPlace::new(arguments, rules(arguments, &loaded));
    let left_open = place.left_open().await.map_err(|fault| {
        complain(&fault.message);
        Exit::Failed
    })?;
    complain("by the journal of this machine; only an audit tells whether they still are");
    Ok(output::deliver(rows::write(form, &columns(), &left_open)))
}

fn columns() -> Vec<Column<'static, LeftOpen>> {
    vec![
        Column::new("account_id", |one: &LeftOpen| one.account.to_string()).json_name("id").head("ACCOUNT"),
        Column::new("since", |one: &LeftOpen| one.since).head("SINCE"),
        Column::new("by", |one: &LeftOpen| one.by.clone()).head("BY"),
    ]
}
