//! What the engine writes down on this machine, whatever keeps it.

use jiff::Timestamp;

use crate::domain::account::{Account, AccountId};
use crate::domain::email_change::{EmailChangeReport, JournaledStart, Over, StartedEmailChange, StartedProgress};
use crate::domain::email_plan::{EmailPlan, NewPlan, PlanId, PlanItem};
use crate::domain::fault::Fault;
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
    fn bind(&self, binding: &Binding) -> Result<(), Fault>;

    /// Whether what is recorded outlives the program, where that is meant: what leaves no other trace
    /// on this machine must not be done otherwise.
    ///
    /// # Errors
    /// Why it does not.
    fn lasting(&self) -> Result<(), Fault> {
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
    fn record_start(&self, change: &StartedEmailChange) -> Result<(), Fault>;

    /// The same, unless the newest start of its account stands for it already and may not be taken the
    /// place of: then that one, and nothing is kept. Of several rootdecks that ask at once, one goes ahead.
    ///
    /// # Errors
    /// If it is not surely kept. The call must not go out then.
    fn claim_start(&self, change: &StartedEmailChange, over: &Over) -> Result<Option<StartedEmailChange>, Fault> {
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
    fn set_progress(&self, account: AccountId, progress: StartedProgress) -> Result<(), Fault>;

    /// Forgets the newest start of `account`, which never came about; an open one from before is the
    /// newest again.
    ///
    /// # Errors
    /// If it can't be forgotten.
    fn never_started(&self, account: AccountId) -> Result<(), Fault> {
        self.set_progress(account, StartedProgress::Failed)
    }

    /// Sets the newest start of `account` back to `progress`, unless it is over: what it was taken to have
    /// come to, AWS does not show.
    ///
    /// # Errors
    /// If it can't be kept.
    fn set_back(&self, account: AccountId, progress: StartedProgress) -> Result<(), Fault> {
        let _ = (account, progress);
        Ok(())
    }

    /// The newest start of each account.
    ///
    /// # Errors
    /// If they can't be read.
    fn started(&self) -> Result<Vec<StartedEmailChange>, Fault>;

    /// Forgets every start of `account`.
    ///
    /// # Errors
    /// If they are not surely forgotten.
    fn forget(&self, account: AccountId) -> Result<(), Fault>;

    /// Takes what AWS reported at `at` of the newest change of `account`: one that is open and was not
    /// started from here is kept as an alarm until AWS reports that it is over.
    ///
    /// # Errors
    /// If it can't be kept.
    fn note_report(&self, account: AccountId, report: &EmailChangeReport, at: Timestamp) -> Result<(), Fault> {
        let _ = (account, report, at);
        Ok(())
    }

    /// Keeps audits and when they were made, each as the newest of its account unless a later one is kept.
    ///
    /// # Errors
    /// If they can't be kept.
    fn save_audits(&self, audits: &[(AccountId, Timestamp, RootAudit)]) -> Result<(), Fault> {
        let _ = audits;
        Ok(())
    }

    /// Takes what was read of the login profile of root alone into the audit that is kept of the account.
    ///
    /// # Errors
    /// If it can't be kept.
    fn note_login_profile(&self, account: AccountId, login: &Presence<Password>) -> Result<(), Fault> {
        let _ = (account, login);
        Ok(())
    }

    /// What the listings showed to be otherwise than before, and nobody has read yet.
    ///
    /// # Errors
    /// If it can't be read.
    fn findings(&self) -> Result<Vec<Finding>, Fault> {
        Ok(Vec::new())
    }

    /// Notes that the findings of these numbers were read.
    ///
    /// # Errors
    /// If it can't be kept.
    fn acknowledge(&self, findings: &[i64]) -> Result<(), Fault> {
        let _ = findings;
        Ok(())
    }

    /// Keeps a plan that was confirmed; its number.
    ///
    /// # Errors
    /// If it is not surely kept. Nothing of it must be sent then.
    fn save_plan(&self, plan: &NewPlan, at: Timestamp, by: &str) -> Result<PlanId, Fault>;

    /// The plans, newest first: those that are open, and the newest `recent` others.
    ///
    /// # Errors
    /// If they can't be read.
    fn plans(&self, recent: usize) -> Result<Vec<EmailPlan>, Fault>;

    /// One plan, if it is kept.
    ///
    /// # Errors
    /// If it can't be read.
    fn plan(&self, id: PlanId) -> Result<Option<EmailPlan>, Fault>;

    /// Brings an item of a plan from where it was seen to be to where it is now, unless somebody else
    /// has moved it meanwhile; whether it was moved. Of several that try, one does.
    ///
    /// # Errors
    /// If it is not surely kept.
    fn move_item(&self, plan: PlanId, before: &PlanItem, after: &PlanItem) -> Result<bool, Fault>;

    /// The entries of the journal about an operation on an account, newest first.
    ///
    /// # Errors
    /// If they can't be read.
    fn entries_about(&self, account: AccountId, operation: &str) -> Result<Vec<JournalEntry>, Fault> {
        let about = |entry: &JournalEntry| entry.account == Some(account) && entry.operation == operation;
        Ok(self.entries(usize::MAX)?.into_iter().filter(about).collect())
    }

    /// The newest entries of the journal, newest first, at most `limit`.
    ///
    /// # Errors
    /// If they can't be read.
    fn entries(&self, limit: usize) -> Result<Vec<JournalEntry>, Fault>;

    /// Journals that a change is about to be made; its number.
    ///
    /// # Errors
    /// If it is not surely kept. The change must not be made then.
    fn intend(&self, entry: &Intention) -> Result<i64, Fault>;

    /// Journals what came of it.
    ///
    /// # Errors
    /// If it can't be kept.
    fn conclude(&self, id: i64, at: Timestamp, conclusion: &Conclusion) -> Result<(), Fault>;

    /// Journals several lines together, each with a result of its own: the number of the entry. Where
    /// keeping something surely takes a while, it takes that once for all of them.
    fn journal(&self, steps: &[JournalStep]) -> Vec<Result<i64, Fault>> {
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
    fn open_entries(&self, since: Timestamp) -> Result<Vec<JournalEntry>, Fault> {
        let is_one = |entry: &JournalEntry| entry.is_open() && entry.at >= since;
        Ok(self.entries(usize::MAX)?.into_iter().filter(is_one).collect())
    }

    /// Journals what was found out about an entry whose end is not known; whether it still was not. Another
    /// program, or the one that wrote the entry, may have been quicker.
    ///
    /// # Errors
    /// If it can't be kept.
    fn settle(&self, id: i64, at: Timestamp, conclusion: &Conclusion) -> Result<bool, Fault> {
        self.conclude(id, at, conclusion).map(|()| true)
    }

    /// The accounts whose password recovery was allowed, as far as the journal knows, and not closed
    /// again.
    ///
    /// # Errors
    /// If the journal can't be read.
    fn left_open(&self) -> Result<Vec<LeftOpen>, Fault>;

    /// The starts of email changes that went out, or may have, and that nothing accepted since, as far as the
    /// journal knows.
    ///
    /// # Errors
    /// If the journal can't be read.
    fn journaled_starts(&self) -> Result<Vec<JournaledStart>, Fault>;

    /// Keeps a complete listing of the organization.
    ///
    /// # Errors
    /// If it can't be kept.
    fn save_listing(&self, accounts: &[Account], at: Timestamp) -> Result<(), Fault>;
}

impl Records for ScopedStore {
    fn bind(&self, binding: &Binding) -> Result<(), Fault> {
        Self::bind(self, binding)
    }

    fn lasting(&self) -> Result<(), Fault> {
        Self::lasting(self)
    }

    fn take_away_old(&self, now: Timestamp) {
        Self::take_away_old(self, now);
    }

    fn record_start(&self, change: &StartedEmailChange) -> Result<(), Fault> {
        Self::record_start(self, change)
    }

    fn claim_start(&self, change: &StartedEmailChange, over: &Over) -> Result<Option<StartedEmailChange>, Fault> {
        Self::claim_start(self, change, over)
    }

    fn never_started(&self, account: AccountId) -> Result<(), Fault> {
        Self::never_started(self, account)
    }

    fn set_back(&self, account: AccountId, progress: StartedProgress) -> Result<(), Fault> {
        Self::set_back(self, account, progress)
    }

    fn set_progress(&self, account: AccountId, progress: StartedProgress) -> Result<(), Fault> {
        Self::set_progress(self, account, progress)
    }

    fn started(&self) -> Result<Vec<StartedEmailChange>, Fault> {
        Self::started(self)
    }

    fn forget(&self, account: AccountId) -> Result<(), Fault> {
        Self::forget(self, account)
    }

    fn note_report(&self, account: AccountId, report: &EmailChangeReport, at: Timestamp) -> Result<(), Fault> {
        Self::note_report(self, account, report, at)
    }

    fn save_audits(&self, audits: &[(AccountId, Timestamp, RootAudit)]) -> Result<(), Fault> {
        Self::save_audits(self, audits)
    }

    fn note_login_profile(&self, account: AccountId, login: &Presence<Password>) -> Result<(), Fault> {
        Self::note_login_profile(self, account, login)
    }

    fn findings(&self) -> Result<Vec<Finding>, Fault> {
        Self::findings(self)
    }

    fn acknowledge(&self, findings: &[i64]) -> Result<(), Fault> {
        Self::acknowledge(self, findings)
    }

    fn save_plan(&self, plan: &NewPlan, at: Timestamp, by: &str) -> Result<PlanId, Fault> {
        Self::save_plan(self, plan, at, by)
    }

    fn plans(&self, recent: usize) -> Result<Vec<EmailPlan>, Fault> {
        Self::plans(self, recent)
    }

    fn plan(&self, id: PlanId) -> Result<Option<EmailPlan>, Fault> {
        Self::plan(self, id)
    }

    fn move_item(&self, plan: PlanId, before: &PlanItem, after: &PlanItem) -> Result<bool, Fault> {
        Self::move_item(self, plan, before, after)
    }

    fn entries_about(&self, account: AccountId, operation: &str) -> Result<Vec<JournalEntry>, Fault> {
        self.journal_about(account, operation)
    }

    fn entries(&self, limit: usize) -> Result<Vec<JournalEntry>, Fault> {
        self.journal(limit)
    }

    fn intend(&self, entry: &Intention) -> Result<i64, Fault> {
        Self::intend(self, entry)
    }

    fn conclude(&self, id: i64, at: Timestamp, conclusion: &Conclusion) -> Result<(), Fault> {
        Self::conclude(self, id, at, conclusion)
    }

    fn journal(&self, steps: &[JournalStep]) -> Vec<Result<i64, Fault>> {
        Self::journal_together(self, steps)
    }

    fn open_entries(&self, since: Timestamp) -> Result<Vec<JournalEntry>, Fault> {
        Self::open_entries(self, since)
    }

    fn settle(&self, id: i64, at: Timestamp, conclusion: &Conclusion) -> Result<bool, Fault> {
        Self::settle(self, id, at, conclusion)
    }

    fn left_open(&self) -> Result<Vec<LeftOpen>, Fault> {
        Self::left_open(self)
    }

    fn journaled_starts(&self) -> Result<Vec<JournaledStart>, Fault> {
        Self::journaled_starts(self)
    }

    fn save_listing(&self, accounts: &[Account], at: Timestamp) -> Result<(), Fault> {
        Self::save_listing(self, accounts, at)
    }
}
