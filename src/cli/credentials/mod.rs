//! `rootdeck credentials`: deleting root credentials, with a look before and the proof after.

mod forms;
mod plan;
mod proof;

use std::collections::BTreeMap;

use jiff::Timestamp;

pub(super) use forms::columns;

use super::arguments::{Arguments, Consent, Credentials, Form};
use super::bulk;
use super::context::{CommandContext, Needs};
use super::error::{CliError, Done, Exit};
use super::find::given_or_all;
use super::output::{self, print_note};
use crate::domain::account::{Account, AccountId};
use crate::domain::change::Danger;
use crate::domain::credential_age::AgeLimits;
use crate::domain::journal::Subject;
use crate::domain::root_credentials::{AuditDepth, RootAudit};
use crate::domain::run::{Run, RunReport};
use crate::domain::task_policy::TaskPolicy;
use crate::words::cli::credentials as words;
use crate::words::root_access::{GONE_FOR_GOOD, nothing_to_delete};

pub(super) async fn run(arguments: &Arguments, wanted: &Credentials) -> Done {
    let Credentials::Delete(wanted) = wanted;
    if !wanted.dry_run {
        wanted.consent.check()?;
    }
    let which = given_or_all(arguments, &wanted.accounts)?;
    let context = CommandContext::read_which(arguments, &which, Needs::Switches).await?;
    context.engine.give_reason(wanted.consent.reason.as_deref());
    let accounts = context.members(&which)?;
    // A look changes nothing, so a dry run needs no more than that is permitted.
    let task = if wanted.dry_run { TaskPolicy::AuditRootCredentials } else { TaskPolicy::DeleteRootCredentials };
    check_each(&context, &accounts, task, &wanted.consent).await?;
    if !wanted.dry_run {
        context.can_record().await?;
    }
    context.print_alarms(!wanted.dry_run && !wanted.consent.yes);
    let audits = audit(&context, &accounts).await?;
    let limits = AgeLimits { older_than: wanted.older_than, unused_for: wanted.unused_for };
    let looked = plan::Looked::new(&accounts, &audits, (&wanted.only, limits), context.engine.now());
    looked.print(&context, &wanted.consent);
    if wanted.dry_run {
        output::deliver(looked.form(*wanted.output))?;
    } else {
        looked.announce(&wanted.consent);
    }
    let unread = if looked.unread() == 0 { Exit::Done } else { Exit::Some };
    if wanted.dry_run {
        return unread.end();
    }
    let Some(token) = looked.token() else {
        print_note(nothing_to_delete(looked.unread()));
        if *wanted.output != Form::Table {
            output::deliver(looked.form(*wanted.output))?;
        }
        return unread.end();
    };
    wanted.consent.tell(GONE_FOR_GOOD);
    wanted.consent.ask(&token).await?;
    let run = Run::DeleteCredentials { plans: looked.plans.clone(), reason: wanted.consent.reason.clone() };
    let worked = bulk::work(&context.engine, run, "delete").await;
    let proof = proof::Proof::new(&looked.plans, worked);
    proof.print_causes(&context);
    output::deliver(proof.form(
        *wanted.output,
        looked.other_rows(),
        |account, credential| looked.dates_of(account, credential),
        Timestamp::now(),
    ))?;
    proof.exit().end()?;
    unread.end()
}

/// Whether a session for `task` may be opened in each; nothing is done if it may not in one.
async fn check_each(context: &CommandContext, accounts: &[&Account], task: TaskPolicy, consent: &Consent) -> Done {
    let mut ends: Option<CliError> = None;
    for &account in accounts {
        let danger = if task.is_reading() { Danger::Mild } else { Danger::Severe };
        let permitted = context.permit(task, account);
        if let Err(refusal) = permitted.and_then(|()| context.permit_reason(danger, consent.reason.as_deref())) {
            let error = if task.is_reading() {
                context.refusal(&refusal, task)
            } else {
                let reason = consent.reason.clone();
                context.refuse(&refusal, task, &Subject { reason, ..Subject::of_session(Some(account.id), task) }).await
            };
            ends.iter().for_each(CliError::print);
            ends = Some(error.below(words::heading(&account.name, account.id)));
        }
    }
    ends.map_or(Ok(()), Err)
}

async fn audit(context: &CommandContext, accounts: &[&Account]) -> Result<BTreeMap<AccountId, RootAudit>, CliError> {
    let accounts = accounts.iter().map(|&account| account.clone()).collect();
    let worked = bulk::work(&context.engine, Run::Audit { accounts, depth: AuditDepth::Deep }, "audit").await;
    if worked.interrupted {
        return Err(CliError::interrupted(words::NOTHING_DELETED));
    }
    let audited = worked.reports.into_iter().filter_map(|(report, _)| match report {
        RunReport::Audited(id, audit) => Some((id, *audit)),
        _ => None,
    });
    Ok(audited.collect())
}
