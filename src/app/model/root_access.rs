use std::collections::BTreeMap;

use crate::app::command_id::{CommandId, DisabledReason};
use crate::app::dialog::{Next, Step};
use crate::app::dialogs::root_audit::AskAudit;
use crate::app::dialogs::root_deletion::{Asking, DeleteDialog, Stage};
use crate::app::focus::Focus;
use crate::app::model::Model;
use crate::app::notification::Notification;
use crate::app::state::choices::{RootWish, SkippedAccount};
use crate::app::state::root_access::Deletion;
use crate::app::state::root_state::RootState;
use crate::app::state::runs::RunKind;
use crate::domain::account::{Account, AccountId};
use crate::domain::permit::{Refusal, permit_task, skipped_in_root_access};
use crate::domain::root_credentials::{AuditDepth, RootAudit};
use crate::domain::run::Run;
use crate::domain::task_policy::TaskPolicy;

impl Model {
    /// More may be known now than when the dialog opened.
    pub(in crate::app) fn audit_confirmed(&mut self, ask: &AskAudit) -> Option<Next> {
        let wish = RootWish::Audit(ask.depth, ask.all());
        if let Err(why) = self.can_task(wish.task(), wish.accounts()) {
            return Some(Next::Refuse(CommandId::Audit, why));
        }
        let Ok((accounts, skipped)) = self.targets(wish.task(), wish.accounts()) else {
            // A feature was turned off meanwhile.
            return Some(Next::Wish(wish));
        };
        self.root.unasked = ask.unasked;
        self.begin_audit(ask.depth, accounts, skipped.len());
        None
    }

    /// Whether `task` can be done in at least one of `accounts`, or a dialog can open its gate.
    pub(in crate::app) fn can_task<'a>(
        &self,
        task: TaskPolicy,
        accounts: impl IntoIterator<Item = &'a AccountId>,
    ) -> Result<(), DisabledReason> {
        if self.in_progress.is_some() {
            return Err(DisabledReason::RunInProgress);
        }
        let mut first = None;
        for account in accounts.into_iter().filter_map(|id| self.accounts.get(*id)) {
            match permit_task(task, account.id, &self.facts(Some(account))) {
                Ok(()) => return Ok(()),
                Err(refusal) if refusal.is_of_account() => first = first.or(Some(refusal)),
                Err(refusal) => {
                    let closed = DisabledReason::Refusal(refusal);
                    return self.gate(&closed).unwrap_or(Err(closed)).map(|_| ());
                }
            }
        }
        Err(first.map_or_else(|| self.no_account(), DisabledReason::Refusal))
    }

    pub(in crate::app) fn can_audit_any(&self) -> Result<(), DisabledReason> {
        self.can_task(TaskPolicy::AuditRootCredentials, self.accounts.keys())
    }

    pub(in crate::app) fn can_steer(&self) -> Result<(), DisabledReason> {
        self.in_progress.as_ref().map(|_| ()).ok_or(DisabledReason::NoRun)
    }

    /// Those of `ids` that `task` can be done in, and those that are skipped; or what blocks all of them.
    pub(in crate::app) fn targets(
        &self,
        task: TaskPolicy,
        ids: &[AccountId],
    ) -> Result<(Vec<Account>, Vec<SkippedAccount>), Refusal> {
        let (mut accounts, mut skipped) = (Vec::new(), Vec::new());
        for account in ids.iter().filter_map(|id| self.accounts.get(*id)) {
            match permit_task(task, account.id, &self.facts(Some(account))) {
                Ok(()) => accounts.push(account.clone()),
                Err(reason) if reason.is_of_account() => skipped.push(SkippedAccount { account: account.id, reason }),
                Err(refusal) => return Err(refusal),
            }
        }
        Ok((accounts, skipped))
    }

    pub(in crate::app) fn begin_audit(&mut self, depth: AuditDepth, accounts: Vec<Account>, skipped: usize) {
        self.out.notify(Notification::AuditStarted(accounts.iter().map(|account| account.id).collect(), skipped));
        self.start_run(Run::Audit { accounts, depth }, RunKind::Audit(depth));
    }

    pub(in crate::app) fn look_beforehand(&mut self, dialog: &mut DeleteDialog) -> Option<Next> {
        // More may be known now than when the dialog opened.
        let ids: Vec<AccountId> = dialog.accounts.iter().map(|account| account.id).collect();
        let why = match self.targets(TaskPolicy::DeleteRootCredentials, &ids) {
            _ if self.in_progress.is_some() => DisabledReason::RunInProgress,
            Err(refusal) => DisabledReason::Refusal(refusal),
            Ok((accounts, _)) if accounts.is_empty() => DisabledReason::NothingSelected,
            Ok((accounts, skipped)) => {
                self.journal_skipped(&skipped);
                let run = Run::Audit { accounts: accounts.clone(), depth: AuditDepth::Deep };
                dialog.stage = Stage::Reading(self.start_run(run, RunKind::DryRun));
                dialog.form.focus = Focus::Cancel;
                dialog.accounts = accounts;
                dialog.skipped.extend(skipped);
                return None;
            }
        };
        Some(Next::Refuse(CommandId::DeleteCredentials, why))
    }

    /// Sends exactly what the dialog showed. This is the only place that does.
    pub(in crate::app) fn delete_confirmed(&mut self, asking: &Asking, reason: Option<String>) -> Step {
        let refused = asking.plans.iter().find_map(|plan| {
            permit_task(TaskPolicy::DeleteRootCredentials, plan.account.id, &self.facts(Some(&plan.account))).err()
        });
        let why = if self.in_progress.is_some() {
            Some(DisabledReason::RunInProgress)
        } else {
            refused.map(DisabledReason::Refusal)
        };
        if let Some(why) = why {
            return Step::Stay(Some(Next::Refuse(CommandId::DeleteCredentials, why)));
        }
        // Nothing of what was chosen exists: they were marked for no more than this.
        self.unmark(asking.nothing.iter().copied());
        let plans = asking.plans.clone();
        let run = Run::DeleteCredentials { plans: plans.clone(), reason };
        let id = self.start_run(run, RunKind::Deletion);
        self.root.deletion = Some(Deletion { run: id, plans, results: BTreeMap::new(), ended: false });
        Step::Done(Some(Next::Results(id)))
    }

    pub(in crate::app) fn has_results(&self) -> Result<(), DisabledReason> {
        self.root.deletion.as_ref().map(|_| ()).ok_or(DisabledReason::NoDeletion)
    }

    /// Why centralized root access skips this account, if it does.
    pub(crate) fn skipped(&self, account: &Account) -> Option<Refusal> {
        skipped_in_root_access(account, self.organization.value())
    }

    pub(crate) fn root_state(&self, account: &Account) -> RootState {
        RootState::of(self.root.audit(account.id), self.skipped(account).is_some(), self.now)
    }

    /// The same, with findings that need no second factor first.
    pub(in crate::app) fn root_order(&self, account: &Account) -> (RootState, bool) {
        let guarded = !self.root.audit(account.id).is_some_and(RootAudit::lacks_mfa);
        (self.root_state(account), guarded)
    }
}
