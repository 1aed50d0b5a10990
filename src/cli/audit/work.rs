//! Auditing accounts: which ones, what is known of them, and what came of it.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::kept::KeptAudits;
use crate::cli::bulk::Worked;
use crate::cli::context::CommandContext;
use crate::cli::error::{CliError, Done};
use crate::cli::output::{print_error, print_note};
use crate::domain::account::{Account, AccountId};
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::permit::Refusal;
use crate::domain::remote_data::Known;
use crate::domain::root_credentials::{AuditDepth, RootAudit};
use crate::domain::run::{Run, RunReport};
use crate::domain::task_policy::TaskPolicy;
use crate::words::cli::audit as words;
use crate::words::cli::status::NOT_CHECKED;
use crate::words::columns::audit::{Found, Row};
use crate::words::refusal::refusal as refusal_words;
use crate::words::time::ago;

type Answered<'a> = Vec<(&'a Account, Known<RootAudit>)>;

pub(in crate::cli) struct Sorted<'a> {
    /// The accounts to look at.
    pub(in crate::cli) taken: Vec<&'a Account>,
    /// Those whose kept audit answers.
    pub(in crate::cli) answered: Answered<'a>,
    /// Those that AWS opens no root session in.
    pub(in crate::cli) skipped: Skipped<'a>,
    /// Those that no session may be opened in before something of the organization is enabled.
    pub(in crate::cli) gated: Vec<(&'a Account, Refusal)>,
}

type Skipped<'a> = Vec<(&'a Account, String)>;

impl Sorted<'_> {
    /// Says what is skipped, what comes from this machine, and what alarms will see; an error if nothing is left.
    pub(in crate::cli) fn announce(&self, context: &CommandContext, is_named: bool) -> Done {
        print_skipped(&self.skipped);
        if self.taken.is_empty() && self.answered.is_empty() && self.gated.is_empty() && is_named {
            return Err(CliError::not_ready(words::NONE_AUDITED));
        }
        if !self.taken.is_empty() {
            context.print_alarms(false);
        }
        if let Some(oldest) = self.answered.iter().map(|(_, known)| known.at).min() {
            print_note(&words::from_kept(self.answered.len(), &ago(oldest, context.engine.now())));
        }
        Ok(())
    }

    pub(in crate::cli) fn run(&self, depth: AuditDepth) -> Run {
        Run::Audit { accounts: self.taken.iter().map(|&account| account.clone()).collect(), depth }
    }
}

/// # Errors
/// Why no session may be opened at all.
pub(in crate::cli) fn sort_out<'a>(
    context: &CommandContext,
    accounts: &[&'a Account],
    kept: &KeptAudits,
    depth: AuditDepth,
) -> Result<Sorted<'a>, CliError> {
    let sorted = sort_out_behind_gates(context, accounts, kept, depth)?;
    match sorted.gated.first() {
        Some((_, refusal)) => Err(context.refusal(refusal, TaskPolicy::AuditRootCredentials)),
        None => Ok(sorted),
    }
}

/// The same where centralized root access that is off is a finding, and stops nothing.
pub(in crate::cli) fn sort_out_behind_gates<'a>(
    context: &CommandContext,
    accounts: &[&'a Account],
    kept: &KeptAudits,
    depth: AuditDepth,
) -> Result<Sorted<'a>, CliError> {
    let task = TaskPolicy::AuditRootCredentials;
    let mut sorted = Sorted { taken: Vec::new(), answered: Vec::new(), skipped: Vec::new(), gated: Vec::new() };
    for &account in accounts {
        let answer = kept.answer(account.id, depth).cloned();
        match (context.permit(task, account), answer) {
            (Err(refusal @ (Refusal::RootOfManagement | Refusal::NotActive(_))), _) => {
                sorted.skipped.push((account, refusal_words(&refusal)));
            }
            // It needs no session, so nothing has to be open for one.
            (_, Some(known)) => sorted.answered.push((account, known)),
            (Ok(()), None) => sorted.taken.push(account),
            (Err(refusal), None) if refusal.gate().is_some() => sorted.gated.push((account, refusal)),
            (Err(refusal), None) => return Err(context.refusal(&refusal, task)),
        }
    }
    Ok(sorted)
}

pub(super) fn row(account: &Account, found: Found) -> Row<'_> {
    Row { account, found, path: Err(NOT_CHECKED.to_owned()), new: None }
}

pub(super) fn row_of<'a>(taken: &[&'a Account], report: &RunReport, at: Timestamp) -> Option<Row<'a>> {
    let RunReport::Audited(id, audit) = report else { return None };
    let account = taken.iter().find(|account| account.id == *id)?;
    Some(row(account, Found::Audited(audit.clone(), at)))
}

/// A row for each account.
pub(in crate::cli) fn of_each<'a>(
    taken: &[&'a Account],
    answered: Answered<'a>,
    skipped: Skipped<'a>,
    worked: Worked,
) -> Vec<Row<'a>> {
    let mut found: BTreeMap<AccountId, (Box<RootAudit>, Timestamp)> = BTreeMap::new();
    for (report, at) in worked.reports {
        if let RunReport::Audited(id, audit) = report {
            found.insert(id, (audit, at));
        }
    }
    let audited = taken.iter().map(|&account| {
        let found = found
            .remove(&account.id)
            .map_or(Found::NotAudited(Some(words::INTERRUPTED)), |(audit, at)| Found::Audited(audit, at));
        row(account, found)
    });
    let mut rows: Vec<Row<'a>> = audited.collect();
    let of_kept = |(account, known): (&'a Account, Known<RootAudit>)| {
        row(account, Found::Audited(Box::new(known.value), known.at))
    };
    rows.extend(answered.into_iter().map(of_kept));
    rows.extend(skipped.into_iter().map(|(account, why)| row(account, Found::Skipped(why))));
    rows
}

fn print_skipped(skipped: &[(&Account, String)]) {
    let mut reasons: BTreeMap<&str, Vec<AccountId>> = BTreeMap::new();
    for (account, why) in skipped {
        reasons.entry(why).or_default().push(account.id);
    }
    for (why, ids) in reasons {
        print_note(&words::skipped(words::list(&ids), why));
    }
}

/// Says what could not be read, each reason once.
pub(in crate::cli) fn print_unknown<'a>(rows: impl IntoIterator<Item = &'a Row<'a>>, context: &CommandContext) {
    let mut reasons: Vec<(&ApiError, Vec<AccountId>)> = Vec::new();
    for row in rows {
        let Some(error) = row.audit().and_then(RootAudit::error) else { continue };
        let reason = |error: &ApiError| -> (&'static str, ApiErrorKind, Option<String>) {
            (error.operation, error.kind, error.code.clone())
        };
        match reasons.iter_mut().find(|(other, _)| reason(other) == reason(error)) {
            Some((_, ids)) => ids.push(row.account.id),
            None => reasons.push((error, vec![row.account.id])),
        }
    }
    for (error, ids) in reasons {
        print_error(&words::not_read(words::list(&ids)));
        context.print_api_error(error);
    }
}

/// Whether an account was audited and not wholly read.
pub(in crate::cli) fn is_unread(row: &Row<'_>) -> bool {
    row.audit().is_some_and(|audit| audit.error().is_some())
}
