//! The run over many accounts that is under way: how far it is, how fast, and steering it.

use crate::app::model::Model;
use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::effect::{Effect, RunId};
use super::notification::Notification;
use super::{App, View};
use crate::domain::account::AccountId;
use crate::domain::credential_change::{CredentialChange, CredentialChangeKind};
use crate::domain::root_credentials::{AuditDepth, RootAudit};
use crate::domain::run::{Run, RunReport, Steering};

/// What a run is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunKind {
    /// An audit that somebody asked for.
    Audit(AuditDepth),
    /// The deep audit that shows what a deletion would delete.
    DryRun,
    /// The deletion of root credentials.
    Deletion,
    /// Asking AWS where email changes stand.
    AskEmailChanges,
    /// Starting the email changes of a plan.
    StartEmailChanges,
    /// Accepting email changes with the passwords of pasted mails.
    AcceptEmailChanges,
}

impl RunKind {
    /// The view that shows it.
    #[must_use]
    pub fn view(self) -> View {
        match self {
            Self::Audit(_) | Self::DryRun | Self::Deletion => View::RootAccess,
            Self::AskEmailChanges | Self::StartEmailChanges | Self::AcceptEmailChanges => View::EmailChanges,
        }
    }

    /// Whether it changes anything.
    #[must_use]
    pub fn is_writing(self) -> bool {
        match self {
            Self::Deletion | Self::StartEmailChanges | Self::AcceptEmailChanges => true,
            Self::Audit(_) | Self::DryRun | Self::AskEmailChanges => false,
        }
    }
}

/// A run under way. Its times are those of the messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunUnderWay {
    /// Its number.
    pub id: RunId,
    /// What it is for.
    pub kind: RunKind,
    /// The accounts that have not been reported on.
    pub awaited: BTreeSet<AccountId>,
    /// The accounts that have been.
    pub done: BTreeSet<AccountId>,
    /// How many of those root can sign in or call in.
    pub findings: usize,
    /// How many of those could not be read, or not wholly.
    pub unread: usize,
    /// How many of its changes did not surely succeed.
    pub failed: usize,
    /// The calls that were throttled and tried again.
    pub throttled: u64,
    /// Of its accounts those that were marked for it, and of them those that it was done in.
    marked: BTreeSet<AccountId>,
    succeeded: BTreeSet<AccountId>,
    /// What was wanted of it last.
    pub steering: Steering,
    started: Timestamp,
    /// When it was last reported on.
    last: Timestamp,
    paused_at: Option<Timestamp>,
    paused: SignedDuration,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunSummary {
    /// What it was for.
    pub kind: RunKind,
    /// The accounts reported on.
    pub done: usize,
    /// All of them.
    pub total: usize,
    /// How many root can sign in or call in.
    pub findings: usize,
    /// How many of those the filter of view 3 hides.
    pub hidden: usize,
    /// How many could not be read, or not wholly.
    pub unread: usize,
    /// How many of its changes did not surely succeed.
    pub failed: usize,
}

impl RunUnderWay {
    fn new(id: RunId, kind: RunKind, accounts: BTreeSet<AccountId>, now: Timestamp) -> Self {
        Self {
            id,
            kind,
            awaited: accounts,
            done: BTreeSet::new(),
            findings: 0,
            unread: 0,
            failed: 0,
            throttled: 0,
            marked: BTreeSet::new(),
            succeeded: BTreeSet::new(),
            steering: Steering::GoOn,
            started: now,
            last: now,
            paused_at: None,
            paused: SignedDuration::ZERO,
        }
    }

    /// All its accounts.
    #[must_use]
    pub fn total(&self) -> usize {
        self.awaited.len() + self.done.len()
    }

    /// The time one account took so far, pauses aside; `None` before there is one.
    #[must_use]
    pub fn per_account(&self) -> Option<SignedDuration> {
        let done = i32::try_from(self.done.len()).ok().filter(|done| *done > 0)?;
        let spent = self.last.duration_since(self.started).saturating_sub(self.paused);
        (spent > SignedDuration::ZERO).then(|| spent / done)
    }

    /// The accounts in ten seconds, which shows one decimal of the rate per second.
    #[must_use]
    pub fn per_ten_seconds(&self) -> Option<i128> {
        let each = self.per_account()?.as_millis().max(1);
        Some(10_000 / each)
    }

    /// The time that is left at the rate so far.
    #[must_use]
    pub fn left(&self) -> Option<SignedDuration> {
        let left = i32::try_from(self.awaited.len()).ok()?;
        self.per_account().map(|each| each.saturating_mul(left))
    }

    /// Notes that an account was reported on; whether it was awaited.
    fn take(&mut self, account: AccountId, now: Timestamp) -> bool {
        let awaited = self.awaited.remove(&account);
        if awaited {
            self.done.insert(account);
            self.last = now;
        }
        awaited
    }

    /// Takes what was found in an account; whether it was awaited.
    fn apply_audit(&mut self, account: AccountId, audit: &RootAudit, now: Timestamp) -> bool {
        let awaited = self.take(account, now);
        if awaited {
            self.findings += usize::from(audit.is_finding());
            self.unread += usize::from(audit.fault().is_some());
        }
        awaited
    }

    /// Notes whether it was done in an account.
    fn note(&mut self, account: AccountId, done: bool) {
        if done {
            self.succeeded.insert(account);
        }
    }

    fn summary(&self) -> RunSummary {
        RunSummary {
            kind: self.kind,
            done: self.done.len(),
            total: self.total(),
            findings: self.findings,
            hidden: 0,
            unread: self.unread,
            failed: self.failed,
        }
    }
}

impl Model {
    /// Starts a run. Only one is under way at a time: who asks has seen to that.
    pub(super) fn start_run(&mut self, run: Run, kind: RunKind) -> RunId {
        let id = self.out.run_id();
        let accounts = run.account_ids().into_iter().collect();
        let mut under_way = RunUnderWay::new(id, kind, accounts, self.now);
        if under_way.awaited.is_subset(&self.root.marks) {
            under_way.marked.clone_from(&under_way.awaited);
        }
        self.under_way = Some(under_way);
        self.out.push(Effect::Run(id, Box::new(run)));
        id
    }

    /// How many findings of an audit the filter of view 3 hides.
    fn hidden_findings(&self, run: &RunUnderWay) -> usize {
        let is_finding = |id: &&AccountId| self.root.audit(**id).is_some_and(RootAudit::is_finding);
        run.done.iter().filter(is_finding).filter(|id| !self.is_let_by(&self.root.filter, **id)).count()
    }

    /// Pauses the run, or lets it go on.
    pub(super) fn pause(&mut self) {
        let now = self.now;
        let Some(run) = &mut self.under_way else { return };
        run.steering = match run.steering {
            Steering::GoOn => {
                run.paused_at = Some(now);
                Steering::Pause
            }
            Steering::Pause => {
                if let Some(since) = run.paused_at.take() {
                    run.paused = run.paused.saturating_add(now.duration_since(since));
                }
                Steering::GoOn
            }
            Steering::Stop => return,
        };
        self.out.push(Effect::Steer(run.id, run.steering));
    }

    /// Has nothing new started; what is under way is finished.
    pub(super) fn stop_run(&mut self) {
        if let Some(run) = self.under_way.as_mut().filter(|run| run.steering != Steering::Stop) {
            run.steering = Steering::Stop;
            self.out.push(Effect::Steer(run.id, Steering::Stop));
        }
    }

    /// Whether a run is under way that changes something.
    pub(crate) fn is_run_writing(&self) -> bool {
        self.under_way.as_ref().is_some_and(|run| run.kind.is_writing())
    }
}

impl App {
    /// Takes news of a run. What was found is kept whichever run found it; how far it is counts for
    /// the one under way only.
    pub(super) fn run_report(&mut self, id: RunId, report: RunReport) {
        let now = self.model.now;
        let current = self.model.under_way.as_mut().filter(|run| run.id == id);
        match report {
            RunReport::Audited(account, audit) => {
                if let Some(run) = current
                    && run.apply_audit(account, &audit, now)
                {
                    run.note(account, audit.fault().is_none());
                }
                self.model.root.apply_audit(account, *audit, now);
                self.model.mark_filtered_dirty();
            }
            RunReport::Deleted { account, results, audit } => {
                if let Some(run) = current
                    && run.apply_audit(account, &audit, now)
                {
                    let failed = results.iter().filter(|result| !result.verdict().is_gone()).count();
                    run.failed += failed;
                    run.note(account, failed == 0);
                }
                for result in &results {
                    if result.may_have_changed() {
                        let kind = CredentialChangeKind::Deleted(result.credential.kind());
                        self.model.root.note_change(CredentialChange { account, kind, at: now });
                    }
                }
                if let Some(deletion) = self.model.root.deletion.as_mut().filter(|deletion| deletion.run == id) {
                    deletion.results.insert(account, results);
                }
                self.model.root.apply_audit(account, *audit, now);
                self.model.mark_filtered_dirty();
            }
            RunReport::EmailChange(account, result) => {
                if let Some(run) = current
                    && run.take(account, now)
                {
                    run.unread += usize::from(result.is_err());
                    run.note(account, result.is_ok());
                }
                self.model.apply_email_change(account, result);
            }
            RunReport::Written(change, sent, written) => {
                let account = change.account();
                let trouble = self.organization_written(None, *change, *written, sent);
                let Some(account) = account else { return };
                if let Some(run) = self.model.under_way.as_mut().filter(|run| run.id == id)
                    && run.take(account, now)
                {
                    run.failed += usize::from(trouble.is_some());
                    run.note(account, trouble.is_none());
                }
                self.model.note_acceptance(id, account, trouble);
            }
            RunReport::PlanKept(plan) => self.model.plan_kept(id, plan),
            RunReport::PlanItem(report) => {
                let account = report.item.account;
                let failed = self.apply_item(id, *report);
                if let Some(run) = self.model.under_way.as_mut().filter(|run| run.id == id)
                    && run.take(account, now)
                {
                    run.failed += usize::from(failed);
                    run.note(account, !failed);
                }
            }
            RunReport::Halted(fault) => self.model.plan_halted(id, fault),
            RunReport::Throttled(calls) => {
                if let Some(run) = current {
                    run.throttled = calls;
                }
            }
            RunReport::Ended => {
                if current.is_some() {
                    self.end_run();
                }
            }
        }
    }

    fn end_run(&mut self) {
        let Some(run) = self.model.under_way.take() else { return };
        if let (RunKind::Audit(depth), Some(each)) = (run.kind, run.per_account()) {
            self.model.root.set_pace(depth, each);
        }
        if let Some(deletion) = self.model.root.deletion.as_mut().filter(|deletion| deletion.run == run.id) {
            deletion.ended = true;
        }
        if let Some(all) = self.model.acceptances.as_mut().filter(|all| all.run == run.id) {
            all.ended = true;
        }
        if run.kind == RunKind::DryRun {
            self.show_plan(&run);
        } else {
            let hidden = self.model.hidden_findings(&run);
            self.model.out.notify(Notification::RunEnded(RunSummary { hidden, ..run.summary() }));
            self.model.unmark(run.marked.intersection(&run.succeeded).copied());
        }
        self.model.plan_ended(run.id);
        self.leave_when_done();
    }
}
