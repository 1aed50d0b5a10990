//! The one way of a write.
//!
//! 1. The organization is known and the records are bound to it; [`permit`] says yes.
//! 2. The journal has the intention, and the records have the new address of an email change, unless the same change is
//!    pending already. Whatever fails up to here, nothing is sent.
//! 3. The call, held back to the quota, is sent once: no write of this program carries a client token. A change in a
//!    member account goes out through a root session, which is journaled as well; without one it is not sent.
//! 4. The records and the journal have the outcome. If that fails, the entry stays `intended`: cut off.
//! 5. The state is read again: "done" is what is seen then. The record of an email change and the journal follow where
//!    the answer was lost or a failure and the change is seen to be done, and where AWS said yes and does not show it,
//!    until a later read does.
//!
//! The record of a start that AWS accepted is pending. Refused, or broken before it reached AWS, it failed, and
//! [`StartRecords::set_progress`] restores an open change from before, whatever its address: a second start that AWS
//! refuses must not cost the address of the first. Unknown, it stays unconfirmed beside the one before, until a report
//! that is not older shows it pending, or AWS accepts a password for the address of the one before.
//!
//! [`StartRecords::set_progress`]: crate::domain::records::StartRecords::set_progress

use std::time::Duration;

use jiff::Timestamp;

use super::journal::{Subject, conclusion};
use super::progress;
use super::root::{Member, OperationContext, Sent};
use super::shared::Engine;
use crate::aws::account::Taken;
use crate::aws::{account, iam, organizations};
use crate::domain::account::AccountId;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::change::{Change, Switch};
use crate::domain::client_error::{ClientError, Work};
use crate::domain::email::EmailAddress;
use crate::domain::email_change::{EmailChangeStatus, Over, StartedEmailChange, StartedProgress};
use crate::domain::journal::{Conclusion, JournalOutcome, OutcomeCause};
use crate::domain::organization::Organization;
use crate::domain::permit::{Refusal, permit};
use crate::domain::resolution::{Doubt, Verdict, judge_by_seen};
use crate::domain::root_change::RootChange;
use crate::domain::write::{Seen, WriteOutcome, WriteRequest, Written};

/// The waits before AWS is asked again for what it accepted and does not show.
const AGAIN: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(2)];

impl Engine {
    /// Makes a confirmed change and returns its outcome. It runs to its end even if the returned future is dropped.
    /// `clock` is for the times in journal and records.
    pub async fn write(&self, request: WriteRequest, clock: impl Fn() -> Timestamp + Send + Sync + 'static) -> Written {
        let context = OperationContext::new(self, std::sync::Arc::new(clock), request.reason.clone());
        self.write_on(request, context).await
    }

    pub(super) async fn write_on(&self, request: WriteRequest, context: OperationContext) -> Written {
        self.write_with_request_id(request, context).await.0
    }

    pub(super) async fn write_with_request_id(
        &self,
        request: WriteRequest,
        context: OperationContext,
    ) -> (Written, Option<String>) {
        let operation = request.change.operation();
        let write = Write::new(self, request, context);
        tokio::spawn(write.run()).await.unwrap_or_else(|_| {
            let error = ApiError::client(operation, ApiErrorKind::Local, ClientError::Interrupted(Work::Write));
            (Written { outcome: WriteOutcome::Unknown(error), seen: Seen::Nothing }, None)
        })
    }

    /// The organization, read if it is unknown, with the records bound to it.
    pub(super) async fn bound_organization(&self) -> Result<Organization, ApiError> {
        let known = self.known().organization.clone();
        let organization = match known {
            Some(organization) => organization,
            None => self.organization().await?,
        };
        self.bind(&organization).await?;
        Ok(organization)
    }
}

pub(super) struct Write {
    engine: Engine,
    request: WriteRequest,
    context: OperationContext,
}

impl Write {
    pub(super) fn new(engine: &Engine, request: WriteRequest, context: OperationContext) -> Self {
        Self { engine: engine.clone(), request, context }
    }

    async fn run(self) -> (Written, Option<String>) {
        let begun = self.context.now();
        let Sent { mut outcome, went_out, entry, request_id } = self.make().await;
        if !went_out {
            return (Written { outcome, seen: Seen::Nothing }, request_id);
        }
        let mut seen = self.look().await;
        let mut verdict = self.judge(entry, begun, &outcome, &seen).await;
        if self.is_shown_at_once() {
            for pause in AGAIN {
                if !outcome.is_yes() || !matches!(verdict, Verdict::NotDone(_)) {
                    break;
                }
                tokio::time::sleep(pause).await;
                seen = self.look().await;
                verdict = self.judge(entry, begun, &outcome, &seen).await;
            }
        }
        self.note_seen(&outcome, &seen).await;
        if let Some(entry) = entry {
            self.conclude_as_seen(entry, &outcome, &verdict).await;
        }
        outcome = self.outcome_as_seen(outcome, &verdict).await;
        (Written { outcome, seen }, request_id)
    }

    fn is_shown_at_once(&self) -> bool {
        match &self.request.change {
            Change::StartEmailChange { .. } | Change::AcceptEmailChange { .. } | Change::Account { .. } => true,
            Change::Root { change, .. } => {
                matches!(change, RootChange::AllowPasswordRecovery | RootChange::ClosePasswordRecovery)
            }
            _ => false,
        }
    }

    async fn judge(&self, entry: Option<i64>, begun: Timestamp, outcome: &WriteOutcome, seen: &Seen) -> Verdict {
        if let (Change::StartEmailChange { .. }, true, Seen::Email { report: Ok(report), .. }) =
            (&self.request.change, outcome.is_yes(), seen)
            && report.status == EmailChangeStatus::Pending
        {
            // AWS accepted it and shows a change, but whether a resend renews its time is unknown.
            return Verdict::Open(Doubt::OtherTime);
        }
        let later = match entry {
            Some(entry) if !outcome.is_yes() => self.engine.changes_beside(entry).await,
            _ => Vec::new(),
        };
        judge_by_seen(begun, &self.request.change, seen, &later, self.context.now())
    }

    /// Everything except the read afterwards.
    pub(super) async fn make(&self) -> Sent {
        let held_back = |outcome| Sent { outcome, request_id: None, went_out: false, entry: None };
        let organization = self.engine.bound_organization().await;
        if let Err(refusal) = self.permit(organization.as_ref().ok()) {
            if organization.is_ok() {
                self.engine.journal_refusal(&self.subject(), self.context.now(), &refusal).await;
            }
            return held_back(WriteOutcome::NotPermitted(refusal));
        }
        let prepared = match organization {
            Ok(_) if self.lacks_code() => Err(WriteOutcome::Failed(self.not_sendable())),
            Ok(_) => self.prepare().await,
            Err(error) => Err(WriteOutcome::Failed(error)),
        };
        match prepared {
            Ok(entry) => self.carry_out(entry).await,
            Err(outcome) => held_back(outcome),
        }
    }

    fn permit(&self, organization: Option<&Organization>) -> Result<(), Refusal> {
        let org_role = self.engine.known().org_role.clone();
        let account = self.request.account.as_ref();
        permit(&self.request.change, &self.engine.facts(organization, org_role.as_ref(), account))?;
        let danger = self.request.change.danger().on(self.context.accounts);
        self.engine.rules().permit_reason(danger, self.request.reason.as_deref())
    }

    fn subject(&self) -> Subject {
        let subject = Subject::of(&self.request.change, self.request.reason.clone());
        let subject = Subject { change: subject.change.ending(self.request.until), ..subject };
        match self.context.place() {
            Some((plan, line)) => Subject { change: subject.change.in_plan(plan.0, line), ..subject },
            None => subject,
        }
    }

    /// Records what is about to happen; the number of its journal entry, or the outcome if nothing is to be sent.
    async fn prepare(&self) -> Result<i64, WriteOutcome> {
        let subject = self.subject();
        self.engine.journal_lasts().await.map_err(WriteOutcome::Failed)?;
        let intend = || async { self.engine.intend(&subject, self.context.now()).await.map_err(WriteOutcome::Failed) };
        let Some(start) = self.start_record() else { return intend().await };
        let mut over = if self.request.resend { Over::Anything } else { Over::Nothing };
        loop {
            over = self.engine.may_start(&start, over, &self.context).await?;
            let entry = intend().await?;
            let (change, allowed) = (start.clone(), over.clone());
            let concluded = match self.engine.keep(move |records| records.claim_start(&change, &allowed)).await {
                Ok(None) => return Ok(entry),
                Ok(Some(_)) => Conclusion::of_cause(
                    JournalOutcome::Refused,
                    OutcomeCause::AnotherWasFirst,
                    "another rootdeck was quicker; nothing was sent",
                ),
                Err(error) if self.engine.goes_on_without(&error) => return Ok(entry),
                Err(error) => {
                    let failed = WriteOutcome::Failed(error);
                    self.engine.conclude(entry, &subject, self.context.now(), conclusion(&failed, None)).await;
                    return Err(failed);
                }
            };
            self.engine.conclude(entry, &subject, self.context.now(), concluded).await;
        }
    }

    fn start_record(&self) -> Option<StartedEmailChange> {
        let Change::StartEmailChange { account, old, new } = &self.request.change else { return None };
        Some(StartedEmailChange {
            account: *account,
            old: old.clone(),
            new: new.clone(),
            by: Some(self.engine.caller().arn.clone()),
            started: self.context.now(),
            progress: StartedProgress::Unconfirmed,
        })
    }

    fn member(&self, id: AccountId) -> Member<'_> {
        Member { id, account: self.request.account.as_ref() }
    }

    async fn carry_out(&self, entry: i64) -> Sent {
        let sent = match &self.request.change {
            Change::Root { account, change } => {
                let present = &self.request.present;
                self.engine.change_root(self.member(*account), change, present, &self.context).await
            }
            _ => match self.call().await {
                Ok(taken) => {
                    self.engine.forget_gates(&self.request.change);
                    Sent::answered(WriteOutcome::Taken(taken.status), taken.request_id)
                }
                Err(error) => Sent::faulted(error, WriteOutcome::from_fault),
            },
        };
        // Before reading again, which takes a while: if the program is killed meanwhile, an accepted start must not
        // stay unconfirmed, nor its entry `intended`.
        self.note_outcome(&sent.outcome, sent.went_out).await;
        let concluded = conclusion(&sent.outcome, sent.request_id.clone());
        self.engine.conclude(entry, &self.subject(), self.context.now(), concluded).await;
        Sent { entry: Some(entry), ..sent }
    }

    /// The journal follows what was read afterwards: that settles a lost answer or a failure, and an acceptance that
    /// AWS does not show proves nothing yet. A later read may settle what is still open.
    async fn conclude_as_seen(&self, entry: i64, outcome: &WriteOutcome, verdict: &Verdict) {
        match (outcome, verdict) {
            (WriteOutcome::Unknown(error) | WriteOutcome::Failed(error), Verdict::Done(note)) if may_be_done(error) => {
                let cause = OutcomeCause::SeenAfterwards;
                self.conclude_with(entry, JournalOutcome::Ok, cause, note.clone()).await;
            }
            (WriteOutcome::Taken(_) | WriteOutcome::AlreadySo(_), Verdict::NotDone(note)) => {
                let cause = OutcomeCause::NotSeenAfterwards;
                self.conclude_with(entry, JournalOutcome::Unknown, cause, format!("AWS said yes; {note}")).await;
                self.engine.await_look(entry, &self.request.change).await;
            }
            (WriteOutcome::Unknown(_), _) => self.engine.await_look(entry, &self.request.change).await,
            _ => {}
        }
    }

    async fn outcome_as_seen(&self, outcome: WriteOutcome, verdict: &Verdict) -> WriteOutcome {
        match (&self.request.change, outcome, verdict) {
            // What failed and is verified was done.
            (_, WriteOutcome::Failed(error), Verdict::Done(_)) if may_be_done(&error) => WriteOutcome::Unknown(error),
            (Change::StartEmailChange { account, .. }, WriteOutcome::Failed(error), _) if may_be_done(&error) => {
                self.never_started(*account).await;
                WriteOutcome::Failed(error)
            }
            (change, WriteOutcome::Taken(_), Verdict::NotDone(note)) if change.email_of().is_some() => {
                let to = match change {
                    Change::StartEmailChange { .. } => StartedProgress::Unconfirmed,
                    _ => StartedProgress::Pending,
                };
                if let Some(account) = change.email_of() {
                    self.set_back(account, to).await;
                }
                let error = ClientError::NotSeen(note.clone());
                WriteOutcome::Unknown(ApiError::client(change.operation(), ApiErrorKind::NotFromAws, error))
            }
            (_, outcome, _) => outcome,
        }
    }

    pub(super) async fn conclude_as_proved(&self, entry: i64, outcome: &WriteOutcome, is_gone: bool) {
        let verdict = if is_gone {
            Verdict::Done("seen afterwards: it is gone".to_owned())
        } else {
            Verdict::NotDone("seen afterwards: it is still there".to_owned())
        };
        self.conclude_as_seen(entry, outcome, &verdict).await;
    }

    async fn conclude_with(&self, entry: i64, outcome: JournalOutcome, cause: OutcomeCause, note: String) {
        let conclusion = Conclusion::of_cause(outcome, cause, note);
        self.engine.conclude(entry, &self.subject(), self.context.now(), conclusion).await;
    }

    async fn call(&self) -> Result<Taken, ApiError> {
        let clients = self.engine.clients();
        let switched = |request_id| Taken { status: None, request_id };
        match &self.request.change {
            Change::Switch { which: Switch::TrustedAccess(service), on } => {
                organizations::set_trusted_access(clients, service, *on).await.map(switched)
            }
            Change::Switch { which: Switch::RootFeature(feature), on } => {
                iam::set_root_feature(clients, *feature, *on).await.map(switched)
            }
            Change::Delegation { account, service, register } => {
                organizations::set_delegate(clients, *account, service, *register).await.map(switched)
            }
            Change::StartEmailChange { account, new, .. } => account::start_email_change(clients, *account, new).await,
            Change::AcceptEmailChange { account, new, otp: Some(otp) } => {
                account::accept_email_change(clients, *account, new, otp).await
            }
            Change::Account { account, change, .. } => self.engine.change_account(*account, change).await.map(switched),
            // `make` refuses the one; `carry_out` makes the other through a root session.
            Change::AcceptEmailChange { otp: None, .. } | Change::Root { .. } => Err(self.not_sendable()),
        }
    }

    fn lacks_code(&self) -> bool {
        matches!(self.request.change, Change::AcceptEmailChange { otp: None, .. })
    }

    fn not_sendable(&self) -> ApiError {
        let why = if self.lacks_code() { ClientError::NeedsCode } else { ClientError::NeedsRootSession };
        ApiError::client(self.request.change.operation(), ApiErrorKind::Local, why)
    }

    async fn look(&self) -> Seen {
        let engine = &self.engine;
        match &self.request.change {
            Change::Switch { which: Switch::TrustedAccess(_), .. } => {
                Seen::TrustedAccess(engine.trusted_access().await)
            }
            Change::Switch { which: Switch::RootFeature(_), .. } => Seen::RootFeatures(engine.root_features().await),
            Change::Delegation { .. } => Seen::Delegates(engine.delegated_administrators().await),
            Change::StartEmailChange { account, .. } | Change::AcceptEmailChange { account, .. } => {
                let clients = engine.clients();
                let report = account::email_change(clients, *account);
                let (report, email) = tokio::join!(report, engine.primary_email(*account));
                Seen::Email { report, email }
            }
            Change::Account { account, change, .. } => engine.read_back_account(*account, change).await,
            Change::Root { account, change } => {
                engine.read_back_root(self.member(*account), change, &self.context).await
            }
        }
    }

    async fn note_outcome(&self, outcome: &WriteOutcome, went_out: bool) {
        match &self.request.change {
            Change::StartEmailChange { account, .. } => match outcome {
                WriteOutcome::Taken(status) => {
                    let progress = progress::answered(StartedProgress::Pending, status.as_ref());
                    self.set_progress(*account, progress).await;
                }
                WriteOutcome::Unknown(_) => {}
                // A later read may show it anyway.
                WriteOutcome::Failed(error) if went_out && may_be_done(error) => {}
                WriteOutcome::AlreadySo(_)
                | WriteOutcome::NotPermitted(_)
                | WriteOutcome::Refused(_)
                | WriteOutcome::Failed(_) => {
                    self.never_started(*account).await;
                }
            },
            // A refused password changes nothing: the right one can still be entered.
            Change::AcceptEmailChange { account, new, .. } => {
                if let WriteOutcome::Taken(status) = outcome {
                    let progress = progress::answered(StartedProgress::Accepted, status.as_ref());
                    self.note_accepted(*account, new, progress).await;
                }
            }
            _ => {}
        }
    }

    /// Moves the record of the start with the address `new`, which AWS accepted.
    ///
    /// AWS has one change per account, so a later open start with another address is over: it never came about, or
    /// somebody else has started `new` over it. Left open, it would pass for what AWS reports from now on.
    async fn note_accepted(&self, account: AccountId, new: &EmailAddress, progress: StartedProgress) {
        while let Some(newest) = self.newest(account).await {
            let is_ours = new.same_mailbox(newest.new.as_str());
            if newest.progress.is_final() && !is_ours {
                return;
            }
            let noted = self.set_progress(account, if is_ours { progress } else { StartedProgress::Failed }).await;
            if is_ours || !noted {
                return;
            }
        }
    }

    async fn note_seen(&self, outcome: &WriteOutcome, seen: &Seen) {
        let (Seen::Email { report: Ok(report), .. }, Some(account)) = (seen, self.request.change.account()) else {
            return;
        };
        // The answer is lost, and a password was accepted: it was this one.
        if let (Change::AcceptEmailChange { new, .. }, WriteOutcome::Unknown(_)) = (&self.request.change, outcome)
            && report.status == EmailChangeStatus::Accepted
        {
            self.note_accepted(account, new, StartedProgress::Accepted).await;
        }
        self.engine.follow(account, report).await;
    }

    async fn newest(&self, account: AccountId) -> Option<StartedEmailChange> {
        self.engine.newest_start(account).await.unwrap_or_else(|error| {
            tracing::error!(message = error.message, "the records of email changes could not be read");
            None
        })
    }

    async fn never_started(&self, account: AccountId) {
        report(self.engine.keep(move |records| records.never_started(account)).await);
    }

    async fn set_back(&self, account: AccountId, progress: StartedProgress) {
        report(self.engine.keep(move |records| records.set_back(account, progress)).await);
    }

    /// Returns whether that was stored.
    async fn set_progress(&self, account: AccountId, progress: StartedProgress) -> bool {
        let set = self.engine.keep(move |records| records.set_progress(account, progress)).await;
        let kept = set.is_ok();
        report(set);
        kept
    }
}

/// Whether a change that failed this way may have been made. AWS does not make what it throttles.
fn may_be_done(error: &ApiError) -> bool {
    error.kind.leaves_outcome_unknown() || error.kind == ApiErrorKind::Other
}

fn report(kept: Result<(), ApiError>) {
    if let Err(error) = kept {
        tracing::error!(message = error.message, "the record of an email change could not be brought up to date");
    }
}
