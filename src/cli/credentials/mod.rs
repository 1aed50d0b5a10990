//! `rootdeck credentials`: deleting root credentials, with a look before and the proof after.

mod forms;
mod plan;
mod proof;

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::Exit;
use super::arguments::{Arguments, Consent, Credentials, DeleteCredentials, Form};
use super::bulk;
use super::ground::Ground;
use super::output::{self, complain};
use crate::domain::account::{Account, AccountId};
use crate::domain::journal::Subject;
use crate::domain::root_credentials::{AuditDepth, RootAudit};
use crate::domain::run::{Run, RunReport};
use crate::domain::task_policy::TaskPolicy;
use crate::words::root_access::{GONE_FOR_GOOD, nothing_to_delete};

/// Does what is asked.
pub(super) async fn run(arguments: &Arguments, wanted: &Credentials) -> Exit {
    let Credentials::Delete(wanted) = wanted;
    delete(arguments, wanted).await.unwrap_or_else(|exit| exit)
}

async fn delete(arguments: &Arguments, wanted: &DeleteCredentials) -> Result<Exit, Exit> {
    if !wanted.dry_run {
        wanted.consent.check()?;
    }
    let ground = Ground::read(arguments).await?;
    let accounts = ground.find_each(&wanted.accounts)?;
    // A look changes nothing, so a dry run needs no more than that is permitted.
    let task = if wanted.dry_run { TaskPolicy::AuditRootCredentials } else { TaskPolicy::DeleteRootCredentials };
    check_each(&ground, &accounts, task, &wanted.consent).await?;
    if !wanted.dry_run {
        ground.can_record().await?;
    }
    ground.tell_alarms();
    let audits = audit(&ground, &accounts).await?;
    let looked = plan::Looked::new(&accounts, &audits, &wanted.only);
    looked.tell(&ground);
    if wanted.dry_run {
        output_of(looked.form(wanted.output))?;
    } else {
        looked.announce();
    }
    let unread = if looked.unread() == 0 { Exit::Done } else { Exit::Some };
    if wanted.dry_run {
        return Ok(unread);
    }
    let Some(token) = looked.token() else {
        complain(nothing_to_delete(looked.unread()));
        if wanted.output != Form::Table {
            output_of(looked.form(wanted.output))?;
        }
        return Ok(unread);
    };
    complain(GONE_FOR_GOOD);
    wanted.consent.ask(&token).await?;
    let run = Run::DeleteCredentials { plans: looked.plans.clone(), reason: wanted.consent.reason.clone() };
    let worked = bulk::work(&ground.engine, run, "delete").await;
    let proof = proof::Proof::new(&looked.plans, worked);
    proof.tell_causes(&ground);
    output_of(proof.form(wanted.output, looked.unread_rows(), Timestamp::now()))?;
    Ok(match proof.exit() {
        Exit::Done => unread,
        exit => exit,
    })
}

/// Prints, and goes on if that worked.
fn output_of(text: std::io::Result<String>) -> Result<(), Exit> {
    match output::deliver(text) {
        Exit::Done => Ok(()),
        failed => Err(failed),
    }
}

/// Whether a session for `task` may be opened in each; nothing is done if it may not in one.
async fn check_each(ground: &Ground, accounts: &[&Account], task: TaskPolicy, consent: &Consent) -> Result<(), Exit> {
    let mut ends = Ok(());
    for &account in accounts {
        if let Err(refusal) = ground.permit(task, account) {
            complain(&format!("{} ({}):", account.name, account.id));
            ends = Err(if task.is_reading() {
                ground.complain_of_refusal(&refusal, task)
            } else {
                let reason = consent.reason.clone();
                ground.refuse(&refusal, task, &Subject { reason, ..Subject::of_session(Some(account.id), task) }).await
            });
        }
    }
    ends
}

/// A deep audit of each account.
async fn audit(ground: &Ground, accounts: &[&Account]) -> Result<BTreeMap<AccountId, RootAudit>, Exit> {
    let accounts = accounts.iter().map(|&account| account.clone()).collect();
    let worked = bulk::work(&ground.engine, Run::Audit { accounts, depth: AuditDepth::Deep }, "audit").await;
    if worked.interrupted {
        complain("nothing was deleted");
        return Err(Exit::Interrupted);
    }
    let audited = worked.reports.into_iter().filter_map(|(report, _)| match report {
        RunReport::Audited(id, audit) => Some((id, *audit)),
        _ => None,
    });
    Ok(audited.collect())
}
