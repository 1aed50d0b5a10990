//! Work on many accounts at once.

use std::sync::{Arc, Mutex, PoisonError};

use futures::stream::{self, StreamExt};
use jiff::Timestamp;
use tokio::sync::watch;

use super::delete::in_order;
use super::gate::{Gate, Report, tell};
use super::operation_context::OperationContext;
use crate::domain::account::{Account, AccountId};
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::change::Change;
use crate::domain::client_error::{ClientError, Work as Interrupted};
use crate::domain::contacts::ContactKind;
use crate::domain::deletion::{DeletionCall, DeletionPlan, DeletionResult};
use crate::domain::quota::Priority;
use crate::domain::root_credentials::{AuditDepth, RootAudit};
use crate::domain::run::{Acceptance, Run, RunReport, Steering};
use crate::domain::write::{WriteOutcome, WriteRequest};
use crate::engine::shared::{Clock, Engine};

/// A session and its reads take about half a second if AWS is an ocean away, so this many keep up the pace of
/// `AssumeRoot` (20 a second); more would only wait.
const AUDITS_AT_ONCE: usize = 12;

/// Few, so that whoever sees the first ones fail and stops has stopped nearly all of it.
const DELETIONS_AT_ONCE: usize = 2;

/// How many email changes are asked about at once. The pace, not this, is the limit.
pub(in crate::engine) const ASKED_AT_ONCE: usize = 4;

/// How many accounts are asked for their contacts at once. The pace, not this, is the limit.
const CONTACTS_AT_ONCE: usize = 8;

/// How many contacts and names are changed at once, each with its read afterwards. The pace, not this, is the limit.
const CHANGES_AT_ONCE: usize = 2;

impl Engine {
    /// Works through many accounts and reports each as it is done; the last report is `Ended`.
    ///
    /// Accounts that can't be the target (management, not `ACTIVE`, protected from writes) are reported with the reason
    /// and never called. One that a stop came before is not reported. Where deletions have begun, the rest is
    /// `NotAttempted` and the account is audited all the same. Once AWS has refused a session for a reason that holds
    /// for all accounts (a closed gate, expired credentials), the others are unknown for that reason and not called.
    /// Dropping the returned future is a stop. What a person asks for meanwhile goes first.
    pub async fn run(
        &self,
        run: Run,
        steering: watch::Receiver<Steering>,
        clock: impl Fn() -> Timestamp + Send + Sync + 'static,
        report: impl Fn(RunReport) + Send + Sync + 'static,
    ) {
        let (wanted, until_dropped) = watch::channel(());
        let gate = Gate { steering, wanted: until_dropped };
        let report: Report = Arc::new(report);
        let (engine, reported, left) = (self.clone(), Arc::clone(&report), Mutex::new(None));
        let with_rate: Report = Arc::new(move |news| {
            reported(news);
            let now = engine.clients().pace.slowed();
            let before = std::mem::replace(&mut *left.lock().unwrap_or_else(PoisonError::into_inner), now);
            if before != now {
                reported(RunReport::Slowed(now));
            }
        });
        let work = self.at(Priority::Batch).work_through(run, gate, Arc::new(clock), with_rate);
        if tokio::spawn(work).await.is_err() {
            tracing::error!("a run was cut off");
        }
        report(RunReport::Ended);
        drop(wanted);
    }

    async fn work_through(self, run: Run, gate: Gate, clock: Clock, report: Report) {
        // Once, not for each of the first accounts, which report their own errors.
        self.bound_organization().await.ok();
        let engine = self.clone();
        let reason = match &run {
            Run::DeleteCredentials { reason, .. }
            | Run::ChangeAccounts { reason, .. }
            | Run::AcceptEmailChanges { reason, .. } => reason.clone(),
            Run::Audit { .. } => self.reason(),
            Run::AskEmailChanges { .. } | Run::ReadContacts { .. } | Run::StartEmailChanges { .. } => None,
        };
        let context = OperationContext::new(&self, Arc::clone(&clock), reason).on(run.accounts());
        let throttled = context.throttled();
        match run {
            Run::Audit { accounts, depth } => {
                let audited = |account| gate.clone().open(self.clone().audited(account, depth, context.clone()));
                let work = stream::iter(accounts.into_iter().map(audited));
                tell(work.buffer_unordered(AUDITS_AT_ONCE), throttled, &*report).await;
            }
            Run::DeleteCredentials { plans, .. } => {
                let deleted = |plan| gate.clone().open(self.clone().deleted(plan, gate.clone(), context.clone()));
                let work = stream::iter(plans.into_iter().map(deleted));
                tell(work.buffer_unordered(DELETIONS_AT_ONCE), throttled, &*report).await;
            }
            Run::AskEmailChanges { accounts } => {
                let asked = |account| gate.clone().open(self.clone().asked(account));
                let work = stream::iter(accounts.into_iter().map(asked));
                tell(work.buffer_unordered(ASKED_AT_ONCE), throttled, &*report).await;
            }
            Run::ReadContacts { accounts, kinds } => {
                let read = |account| gate.clone().open(self.clone().contacts_read(account, kinds.clone()));
                let work = stream::iter(accounts.into_iter().map(read));
                tell(work.buffer_unordered(CONTACTS_AT_ONCE), throttled, &*report).await;
            }
            Run::ChangeAccounts { items, .. } => {
                let changed =
                    |(account, change)| gate.clone().open(self.clone().changed(account, change, context.clone()));
                tell(stream::iter(items.into_iter().map(changed)).buffered(CHANGES_AT_ONCE), throttled, &*report).await;
            }
            Run::StartEmailChanges { plan, accounts, skipped, resend } => {
                self.start_plan(plan, accounts, (skipped, resend), gate, clock, &*report).await;
            }
            Run::AcceptEmailChanges { items, .. } => {
                let accepted = |item| gate.clone().open(self.clone().accepted(item, context.clone()));
                tell(stream::iter(items.into_iter().map(accepted)).buffered(1), throttled, &*report).await;
            }
        }
        engine.audits_kept().await;
    }

    async fn audited(self, account: Account, depth: AuditDepth, context: OperationContext) -> RunReport {
        let id = account.id;
        // In a task of its own, so that a panic in one account does not affect the others.
        let work = async move { self.audit_for((&account).into(), depth, &context).await };
        let audit = tokio::spawn(work).await.unwrap_or_else(|_| RootAudit::unknown(depth, &cut_off()));
        RunReport::Audited(id, Box::new(audit))
    }

    async fn deleted(self, plan: DeletionPlan, mut gate: Gate, context: OperationContext) -> RunReport {
        let (account, credentials) = (plan.account.id, plan.credentials.clone());
        let work = async move { self.delete_credentials(plan, &mut gate, &context).await };
        let (results, audit) = tokio::spawn(work).await.unwrap_or_else(|_| {
            let audit = RootAudit::unknown(AuditDepth::Deep, &cut_off());
            let unknown = |credential| {
                DeletionResult::proved_by(credential, DeletionCall::Made(WriteOutcome::Unknown(cut_off())), &audit)
            };
            (in_order(credentials).into_iter().map(unknown).collect(), audit)
        });
        RunReport::Deleted { account, results, audit: Box::new(audit) }
    }

    async fn asked(self, account: AccountId) -> RunReport {
        RunReport::EmailChange(account, self.email_change(account).await)
    }

    async fn contacts_read(self, account: AccountId, kinds: Vec<ContactKind>) -> RunReport {
        RunReport::Contacts(account, Box::new(self.contacts(account, &kinds).await))
    }

    async fn accepted(self, item: Acceptance, context: OperationContext) -> RunReport {
        let change = item.change();
        self.changed(item.account, change, context).await
    }

    async fn changed(self, account: Account, change: Change, context: OperationContext) -> RunReport {
        let request = WriteRequest::new(change.clone(), Some(account), context.reason.clone());
        let sent = context.now();
        let written = self.write_on(request, context).await;
        RunReport::Written(Box::new(change), sent, Box::new(written))
    }
}

fn cut_off() -> ApiError {
    ApiError::client("sts:AssumeRoot", ApiErrorKind::Local, ClientError::Interrupted(Interrupted::Account))
}
