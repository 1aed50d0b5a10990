//! What the engine writes down on this machine, whatever keeps it.

use jiff::Timestamp;

use crate::domain::account::{Account, AccountId};
use crate::domain::api_error::ApiError;
use crate::domain::email_change::{EmailChangeReport, JournaledStart, Over, StartedEmailChange, StartedProgress};
use crate::domain::email_plan::{EmailPlan, NewPlan, PlanId, PlanItem};
use crate::domain::finding::Finding;
use crate::domain::journal::{Binding, Conclusion, Intention, JournalEntry, JournalStep};
use crate::domain::recovery::LeftOpen;
use crate::domain::root_credentials::{Password, Presence, RootAudit};
use crate::store::ScopedStore;

/// The records of one organization. The calls may block for a short while: the engine makes them
/// on threads for that. All errors are faults of kind `Local`.
pub trait Records: Send + Sync {
    /// Ties what is kept to an organization. Nothing else is written before that.
    ///
    /// # Errors
    /// If the records can't be opened, or are those of another organization.
    fn bind(&self, binding: &Binding) -> Result<(), ApiError>;

    /// Whether what is recorded outlives the program, where that is meant: what leaves no other trace
    /// on this machine must not be done otherwise.
    ///
    /// # Errors
    /// Why it does not.
    fn lasting(&self) -> Result<(), ApiError> {
        Ok(())
    }

    /// Takes away what is older than it is to be kept.
    fn take_away_old(&self, now: Timestamp) {
        let _ = now;
    }

    /// Keeps a start whose call is about to go out; it becomes the newest of its account. One from
    /// before must not be lost while this one is `Unconfirmed`.
    ///
    /// # Errors
    /// If it is not surely kept. The call must not go out then.
    fn record_start(&self, change: &StartedEmailChange) -> Result<(), ApiError>;

    /// The same, unless the newest start of its account stands for it already and may not be taken the
    /// place of: then that one, and nothing is kept. Of several rootdecks that ask at once, one goes ahead.
    ///
    /// # Errors
    /// If it is not surely kept. The call must not go out then.
    fn claim_start(&self, change: &StartedEmailChange, over: &Over) -> Result<Option<StartedEmailChange>, ApiError> {
        let newest = self.started()?.into_iter().find(|newest| newest.account == change.account);
        if !over.allows(change, newest.as_ref()) {
            return Ok(newest);
        }
        self.record_start(change).map(|()| None)
    }

    /// Notes how far the newest start of `account` is known to have come. `Failed` for one that is
    /// `Unconfirmed` means that it never came about: an open one from before, with its own address
    /// and time, is the newest again.
    ///
    /// # Errors
    /// If it can't be kept.
    fn set_progress(&self, account: AccountId, progress: StartedProgress) -> Result<(), ApiError>;

    /// Forgets the newest start of `account`, which never came about; an open one from before is the
    /// newest again.
    ///
    /// # Errors
    /// If it can't be forgotten.
    fn never_started(&self, account: AccountId) -> Result<(), ApiError> {
        self.set_progress(account, StartedProgress::Failed)
    }

    /// Sets the newest start of `account` back to `progress`, unless it is over: what it was taken to have
    /// come to, AWS does not show.
    ///
    /// # Errors
    /// If it can't be kept.
    fn set_back(&self, account: AccountId, progress: StartedProgress) -> Result<(), ApiError> {
        let _ = (account, progress);
        Ok(())
    }

    /// The newest start of each account.
    ///
    /// # Errors
    /// If they can't be read.
    fn started(&self) -> Result<Vec<StartedEmailChange>, ApiError>;

    /// Forgets every start of `account`.
    ///
    /// # Errors
    /// If they are not surely forgotten.
    fn forget(&self, account: AccountId) -> Result<(), ApiError>;

    /// Takes what AWS reported at `at` of the newest change of `account`: one that is open and was not
    /// started from here is kept as an alarm until AWS reports that it is over.
    ///
    /// # Errors
    /// If it can't be kept.
    fn note_report(&self, account: AccountId, report: &EmailChangeReport, at: Timestamp) -> Result<(), ApiError> {
        let _ = (account, report, at);
        Ok(())
    }

    /// Keeps audits and when they were made, each as the newest of its account unless a later one is kept.
    ///
    /// # Errors
    /// If they can't be kept.
    fn save_audits(&self, audits: &[(AccountId, Timestamp, RootAudit)]) -> Result<(), ApiError> {
        let _ = audits;
        Ok(())
    }

    /// Takes what was read of the login profile of root alone into the audit that is kept of the account.
    ///
    /// # Errors
    /// If it can't be kept.
    fn note_login_profile(&self, account: AccountId, login: &Presence<Password>) -> Result<(), ApiError> {
        let _ = (account, login);
        Ok(())
    }

    /// What the listings showed to be otherwise than before, and nobody has read yet.
    ///
    /// # Errors
    /// If it can't be read.
    fn findings(&self) -> Result<Vec<Finding>, ApiError> {
        Ok(Vec::new())
    }

    /// Notes that the findings of these numbers were read.
    ///
    /// # Errors
    /// If it can't be kept.
    fn acknowledge(&self, findings: &[i64]) -> Result<(), ApiError> {
        let _ = findings;
        Ok(())
    }

    /// Keeps a plan that was confirmed; its number.
    ///
    /// # Errors
    /// If it is not surely kept. Nothing of it must be sent then.
    fn save_plan(&self, plan: &NewPlan, at: Timestamp, by: &str) -> Result<PlanId, ApiError>;

    /// The plans, newest first: those that are open, and the newest `recent` others.
    ///
    /// # Errors
    /// If they can't be read.
    fn plans(&self, recent: usize) -> Result<Vec<EmailPlan>, ApiError>;

    /// One plan, if it is kept.
    ///
    /// # Errors
    /// If it can't be read.
    fn plan(&self, id: PlanId) -> Result<Option<EmailPlan>, ApiError>;

    /// Brings an item of a plan from where it was seen to be to where it is now, unless somebody else
    /// has moved it meanwhile; whether it was moved. Of several that try, one does.
    ///
    /// # Errors
    /// If it is not surely kept.
    fn move_item(&self, plan: PlanId, before: &PlanItem, after: &PlanItem) -> Result<bool, ApiError>;

    /// The entries of the journal about an operation on an account, newest first.
    ///
    /// # Errors
    /// If they can't be read.
    fn entries_about(&self, account: AccountId, operation: &str) -> Result<Vec<JournalEntry>, ApiError> {
        let about = |entry: &JournalEntry| entry.account == Some(account) && entry.operation == operation;
        Ok(self.entries(usize::MAX)?.into_iter().filter(about).collect())
    }

    /// The newest entries of the journal, newest first, at most `limit`.
    ///
    /// # Errors
    /// If they can't be read.
    fn entries(&self, limit: usize) -> Result<Vec<JournalEntry>, ApiError>;

    /// Journals that a change is about to be made; its number.
    ///
    /// # Errors
    /// If it is not surely kept. The change must not be made then.
    fn intend(&self, entry: &Intention) -> Result<i64, ApiError>;

    /// Journals what came of it.
    ///
    /// # Errors
    /// If it can't be kept.
    fn conclude(&self, id: i64, at: Timestamp, conclusion: &Conclusion) -> Result<(), ApiError>;

    /// Journals several lines together, each with a result of its own: the number of the entry. Where
    /// keeping something surely takes a while, it takes that once for all of them.
    fn journal(&self, steps: &[JournalStep]) -> Vec<Result<i64, ApiError>> {
        let one = |step: &JournalStep| match step {
            JournalStep::Intend(intention) => self.intend(intention),
            JournalStep::Conclude(id, at, conclusion) => self.conclude(*id, *at, conclusion).map(|()| *id),
        };
        steps.iter().map(one).collect()
    }

    /// The entries since then whose end is not known, newest first.
    ///
    /// # Errors
    /// If they can't be read.
    fn open_entries(&self, since: Timestamp) -> Result<Vec<JournalEntry>, ApiError> {
        let is_one = |entry: &JournalEntry| entry.is_open() && entry.at >= since;
        Ok(self.entries(usize::MAX)?.into_iter().filter(is_one).collect())
    }

    /// Journals what was found out about an entry whose end is not known; whether it still was not. Another
    /// program, or the one that wrote the entry, may have been quicker.
    ///
    /// # Errors
    /// If it can't be kept.
    fn settle(&self, id: i64, at: Timestamp, conclusion: &Conclusion) -> Result<bool, ApiError> {
        self.conclude(id, at, conclusion).map(|()| true)
    }

    /// The accounts whose password recovery was allowed, as far as the journal knows, and not closed
    /// again.
    ///
    /// # Errors
    /// If the journal can't be read.
    fn left_open(&self) -> Result<Vec<LeftOpen>, ApiError>;

    /// The starts of email changes that went out, or may have, and that nothing accepted since, as far as the
    /// journal knows.
    ///
    /// # Errors
    /// If the journal can't be read.
    fn journaled_starts(&self) -> Result<Vec<JournaledStart>, ApiError>;

    /// Keeps a complete listing of the organization.
    ///
    /// # Errors
    /// If it can't be kept.
    fn save_listing(&self, accounts: &[Account], at: Timestamp) -> Result<(), ApiError>;
}

impl Records for ScopedStore {
    fn bind(&self, binding: &Binding) -> Result<(), ApiError> {
        Self::bind(self, binding)
    }

    fn lasting(&self) -> Result<(), ApiError> {
        Self::lasting(self)
    }

    fn take_away_old(&self, now: Timestamp) {
        Self::take_away_old(self, now);
    }

    fn record_start(&self, change: &StartedEmailChange) -> Result<(), ApiError> {
        Self::record_start(self, change)
    }

    fn claim_start(&self, change: &StartedEmailChange, over: &Over) -> Result<Option<StartedEmailChange>, ApiError> {
        Self::claim_start(self, change, over)
    }

    fn never_started(&self, account: AccountId) -> Result<(), ApiError> {
        Self::never_started(self, account)
    }

    fn set_back(&self, account: AccountId, progress: StartedProgress) -> Result<(), ApiError> {
        Self::set_back(self, account, progress)
    }

    fn set_progress(&self, account: AccountId, progress: StartedProgress) -> Result<(), ApiError> {
        Self::set_progress(self, account, progress)
    }

    fn started(&self) -> Result<Vec<StartedEmailChange>, ApiError> {
        Self::started(self)
    }

    fn forget(&self, account: AccountId) -> Result<(), ApiError> {
        Self::forget(self, account)
    }

    fn note_report(&self, account: AccountId, report: &EmailChangeReport, at: Timestamp) -> Result<(), ApiError> {
        Self::note_report(self, account, report, at)
    }

    fn save_audits(&self, audits: &[(AccountId, Timestamp, RootAudit)]) -> Result<(), ApiError> {
        Self::save_audits(self, audits)
    }

    fn note_login_profile(&self, account: AccountId, login: &Presence<Password>) -> Result<(), ApiError> {
        Self::note_login_profile(self, account, login)
    }

    fn findings(&self) -> Result<Vec<Finding>, ApiError> {
        Self::findings(self)
    }

    fn acknowledge(&self, findings: &[i64]) -> Result<(), ApiError> {
        Self::acknowledge(self, findings)
    }

    fn save_plan(&self, plan: &NewPlan, at: Timestamp, by: &str) -> Result<PlanId, ApiError> {
        Self::save_plan(self, plan, at, by)
    }

    fn plans(&self, recent: usize) -> Result<Vec<EmailPlan>, ApiError> {
        Self::plans(self, recent)
    }

    fn plan(&self, id: PlanId) -> Result<Option<EmailPlan>, ApiError> {
        Self::plan(self, id)
    }

    fn move_item(&self, plan: PlanId, before: &PlanItem, after: &PlanItem) -> Result<bool, ApiError> {
        Self::move_item(self, plan, before, after)
    }

    fn entries_about(&self, account: AccountId, operation: &str) -> Result<Vec<JournalEntry>, ApiError> {
        self.journal_about(account, operation)
    }

    fn entries(&self, limit: usize) -> Result<Vec<JournalEntry>, ApiError> {
        self.journal(limit)
    }

    fn intend(&self, entry: &Intention) -> Result<i64, ApiError> {
        Self::intend(self, entry)
    }

    fn conclude(&self, id: i64, at: Timestamp, conclusion: &Conclusion) -> Result<(), ApiError> {
        Self::conclude(self, id, at, conclusion)
    }

    fn journal(&self, steps: &[JournalStep]) -> Vec<Result<i64, ApiError>> {
        Self::journal_together(self, steps)
    }

    fn open_entries(&self, since: Timestamp) -> Result<Vec<JournalEntry>, ApiError> {
        Self::open_entries(self, since)
    }

    fn settle(&self, id: i64, at: Timestamp, conclusion: &Conclusion) -> Result<bool, ApiError> {
        Self::settle(self, id, at, conclusion)
    }

    fn left_open(&self) -> Result<Vec<LeftOpen>, ApiError> {
        Self::left_open(self)
    }

    fn journaled_starts(&self) -> Result<Vec<JournaledStart>, ApiError> {
        Self::journaled_starts(self)
    }

    fn save_listing(&self, accounts: &[Account], at: Timestamp) -> Result<(), ApiError> {
        Self::save_listing(self, accounts, at)
    }
}
