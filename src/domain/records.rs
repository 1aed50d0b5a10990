//! What the engine writes down on this machine, whatever stores it.
//!
//! The calls may block for a short while: the engine makes them on threads for that. Their errors are of the kind
//! `Local`. What they can't surely write down must not be done.
#![expect(clippy::missing_errors_doc, reason = "each fails where the records can't be read or written")]

use std::sync::Arc;

use jiff::Timestamp;

use super::account::{Account, AccountId};
use super::api_error::ApiError;
use super::email_change::{EmailChangeReport, JournaledStart, Over, StartedEmailChange, StartedProgress};
use super::email_plan::{EmailPlan, NewPlan, PlanId, PlanItem};
use super::finding::Finding;
use super::journal::{Binding, Conclusion, Intention, JournalEntry, JournalStep};
use super::recovery::LeftOpen;
use super::root_credentials::{Password, Presence, RootAudit};
use super::unfinished_listing::UnfinishedListing;
use super::view_choice::ViewChoice;

/// A complete listing, and when it was made. A large one is in memory once: whoever shows or keeps its accounts shares
/// them.
pub type TimedListing = (Timestamp, Vec<Arc<Account>>);

/// The records of one organization.
pub trait Records: JournalRecords + StartRecords + PlanRecords + AuditRecords + ListingRecords + Send + Sync {
    /// Ties what is kept to an organization. Nothing else is written before that.
    fn bind(&self, binding: &Binding) -> Result<(), ApiError>;

    /// Whether records outlive the program where they should: what leaves no other trace must not be done otherwise.
    fn lasting(&self) -> Result<(), ApiError> {
        Ok(())
    }

    /// Deletes what is past its retention, of all organizations. It may fail: there is another start.
    fn take_away_old(&self, _now: Timestamp) {}
}

/// What was about to be done, and what came of it. Both are only ever added to.
pub trait JournalRecords {
    /// Journals that a change is about to be made; its number.
    fn intend(&self, intention: &Intention) -> Result<i64, ApiError>;

    /// Journals the outcome of the entry `id`. Of several (first unknown, then seen to be done) all are stored and the
    /// last counts. `Intended` is none.
    fn conclude(&self, id: i64, at: Timestamp, conclusion: &Conclusion) -> Result<(), ApiError>;

    /// Journals several lines in one transaction, each with a result of its own: the number of the entry.
    fn journal_together(&self, steps: &[JournalStep]) -> Vec<Result<i64, ApiError>> {
        let one = |step: &JournalStep| match step {
            JournalStep::Intend(intention) => self.intend(intention),
            JournalStep::Conclude(id, at, conclusion) => self.conclude(*id, *at, conclusion).map(|()| *id),
        };
        steps.iter().map(one).collect()
    }

    /// The newest entries, newest first, at most `limit`.
    fn journal(&self, limit: usize) -> Result<Vec<JournalEntry>, ApiError>;

    /// The entries about an operation on an account, newest first.
    fn journal_about(&self, account: AccountId, operation: &str) -> Result<Vec<JournalEntry>, ApiError> {
        let about = |entry: &JournalEntry| entry.account == Some(account) && entry.operation == operation;
        Ok(self.journal(usize::MAX)?.into_iter().filter(about).collect())
    }

    /// The entries since then whose end is not known, newest first.
    fn open_entries(&self, since: Timestamp) -> Result<Vec<JournalEntry>, ApiError> {
        let is_one = |entry: &JournalEntry| entry.is_open() && entry.at >= since;
        Ok(self.journal(usize::MAX)?.into_iter().filter(is_one).collect())
    }

    /// Journals what was found out about an open entry; `false` if it was open no more.
    fn settle(&self, id: i64, at: Timestamp, conclusion: &Conclusion) -> Result<bool, ApiError> {
        self.conclude(id, at, conclusion).map(|()| true)
    }

    /// The accounts whose password recovery was allowed, or may have been, and not surely closed again; since when, and
    /// by whom first. An allowance that AWS refused because there was a login profile opened nothing. An entry without
    /// a known outcome counts as the worse of both: an allowance as made, a closing as not.
    fn left_open(&self) -> Result<Vec<LeftOpen>, ApiError>;

    /// The starts of email changes that went out, or may have, and that nothing accepted since, by account.
    fn journaled_starts(&self) -> Result<Vec<JournaledStart>, ApiError>;
}

/// The email changes that were started from this machine, and what AWS reports of others.
pub trait StartRecords {
    /// Stores a start whose call is about to go out; it becomes the newest of its account. What was started before it
    /// stays until this one is known to be pending, unless it is over.
    fn record_start(&self, change: &StartedEmailChange) -> Result<(), ApiError>;

    /// The same, unless the newest start of its account stands for it already and `over` does not allow it: then that
    /// one, and nothing is stored. Of several rootdecks that ask at once, one continues.
    fn claim_start(&self, change: &StartedEmailChange, over: &Over) -> Result<Option<StartedEmailChange>, ApiError> {
        let newest = self.started()?.into_iter().find(|newest| newest.account == change.account);
        if !over.allows(change, newest.as_ref()) {
            return Ok(newest);
        }
        self.record_start(change).map(|()| None)
    }

    /// Notes how far a start has come: that of this run whose answer is still out, or else the newest of the account.
    /// Nothing happens if there is none, or for `Unconfirmed`.
    ///
    /// `Pending`, `Accepted` and `Completed` must be known of *this* start (from its own answer, or a report that is
    /// not older), since the addresses of earlier ones are then dropped. `Failed` for an unconfirmed one means that it
    /// never came about: an open one from before, with its own address and time, is the newest again.
    fn set_progress(&self, account: AccountId, progress: StartedProgress) -> Result<(), ApiError>;

    /// Notes that a start never came about: AWS refused it, or it did not leave this machine. It is the one of
    /// `set_progress`, if unconfirmed; an earlier one takes its place again.
    fn never_started(&self, account: AccountId) -> Result<(), ApiError> {
        self.set_progress(account, StartedProgress::Failed)
    }

    /// Sets the newest start of `account` back to `progress`, unless it is over: AWS does not show what it said.
    fn set_back(&self, _account: AccountId, _progress: StartedProgress) -> Result<(), ApiError> {
        Ok(())
    }

    /// The newest start of each account, by account.
    fn started(&self) -> Result<Vec<StartedEmailChange>, ApiError>;

    /// Forgets every start of `account`, those below the newest included.
    fn forget(&self, account: AccountId) -> Result<(), ApiError>;

    /// Takes AWS's report, at `at`, of the newest change of `account`. One that is open and was not started from here
    /// is an alarm from now on; one that is over, or ours, is none any more. An unknown word says neither.
    fn note_report(&self, _account: AccountId, _report: &EmailChangeReport, _at: Timestamp) -> Result<(), ApiError> {
        Ok(())
    }
}

/// Bulk plans of email changes: what was confirmed, and how far each of its changes is.
pub trait PlanRecords {
    /// Stores a confirmed plan, wholly or not at all; its number. If one of the same file (a whole path) is open, that
    /// is the one: another rootdeck was quicker.
    fn save_plan(&self, plan: &NewPlan, at: Timestamp, by: &str) -> Result<PlanId, ApiError>;

    /// The plans, newest first: all that are open, and the newest `recent` others.
    fn plans(&self, recent: usize) -> Result<Vec<EmailPlan>, ApiError>;

    /// One plan, if it is kept.
    fn plan(&self, id: PlanId) -> Result<Option<EmailPlan>, ApiError>;

    /// Deletes a plan, unless an item of it was moved since `before`; whether it was deleted.
    fn drop_plan(&self, before: &EmailPlan) -> Result<bool, ApiError>;

    /// Moves an item of a plan, unless somebody else has moved it since `before`; whether it was moved.
    fn move_item(&self, plan: PlanId, before: &PlanItem, after: &PlanItem) -> Result<bool, ApiError>;
}

/// The last audits, unless they are not to be kept.
pub trait AuditRecords {
    /// Keeps audits and when they were made, each as the newest of its account unless a later one is kept.
    fn save_audits(&self, _audits: &[(AccountId, Timestamp, RootAudit)]) -> Result<(), ApiError> {
        Ok(())
    }

    /// Takes what was read of the login profile of root alone into the audit that is kept of the account.
    fn note_login_profile(&self, _account: AccountId, _login: &Presence<Password>) -> Result<(), ApiError> {
        Ok(())
    }
}

/// The last listing, unless listings are not to be kept.
pub trait ListingRecords {
    /// Stores `accounts`, listed at `at`, as the last listing, and the differences from the one before as findings. The
    /// first listing shows nothing.
    fn save_listing(&self, accounts: &[Arc<Account>], at: Timestamp) -> Result<(), ApiError>;

    /// Keeps the first pages of a listing that is being read, in the place of an earlier one, unless that is still being
    /// read by another copy. `save_listing` ends it.
    fn begin_listing(&self, _part: &UnfinishedListing, _now: Timestamp) -> Result<(), ApiError> {
        Ok(())
    }

    /// Adds its next pages, and keeps the token of the page after them. Nothing happens if it is kept no longer.
    fn continue_listing(&self, _part: &UnfinishedListing, _now: Timestamp) -> Result<(), ApiError> {
        Ok(())
    }

    /// The listing that was not read to its end, if there is one.
    fn unfinished_listing(&self) -> Result<Option<UnfinishedListing>, ApiError> {
        Ok(None)
    }

    /// Forgets it: it can't be continued.
    fn forget_unfinished_listing(&self) -> Result<(), ApiError> {
        Ok(())
    }

    /// The last listing and when it was made; `None` if there is none.
    fn last_listing(&self) -> Result<Option<TimedListing>, ApiError> {
        Ok(None)
    }

    /// How many accounts the last listing has; 0 if there is none.
    fn last_listing_length(&self) -> Result<usize, ApiError> {
        Ok(0)
    }

    /// What the listings showed to be otherwise than before, and nobody has read yet, oldest first.
    fn findings(&self) -> Result<Vec<Finding>, ApiError> {
        Ok(Vec::new())
    }

    /// Stores how a view was left.
    fn save_view_choice(&self, _choice: &ViewChoice) -> Result<(), ApiError> {
        Ok(())
    }

    /// Notes that the findings of these numbers were read: they are not kept any longer.
    fn acknowledge(&self, _findings: &[i64]) -> Result<(), ApiError> {
        Ok(())
    }
}
