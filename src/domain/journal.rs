//! What this program did and was refused.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::account::AccountId;
use super::api_error::ApiError;
use super::change::Change;
use super::recorded_change::{RecordedAddress, RecordedChange};
use super::task_policy::TaskPolicy;
use super::word_enum::word_enum;

/// How long a change may take: it waits for its pace, and one attempt may take a minute. AWS may take three minutes
/// to show it.
const OVER_WITHIN: SignedDuration = SignedDuration::from_mins(5);

/// From when on the outcome of a change of `at` can be told: until then another rootdeck may be making it. In whole
/// seconds, as it is shown.
pub(crate) fn known_from(at: Timestamp) -> Timestamp {
    let until = at + OVER_WITHIN;
    let rounded_up = i64::from(until.subsec_nanosecond() > 0);
    Timestamp::from_second(until.as_second() + rounded_up).unwrap_or(until)
}

/// One change in the journal: written as `Intended` before the call, completed after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalEntry {
    /// Its number in this journal, ascending with time.
    pub id: i64,
    /// When it was about to be made.
    pub at: Timestamp,
    /// The ARN of who made it.
    pub caller: String,
    /// The profile in use, if one was named.
    pub profile: Option<String>,
    /// The member account, if it is about one.
    pub account: Option<AccountId>,
    /// The AWS operation.
    pub operation: String,
    /// What it was.
    pub change: RecordedChange,
    /// The reason or ticket that the person gave.
    pub reason: Option<String>,
    /// What came of it.
    pub outcome: JournalOutcome,
    /// When that was known.
    pub finished: Option<Timestamp>,
    /// AWS's error code.
    pub code: Option<String>,
    /// How the outcome is known where AWS's code does not tell.
    pub cause: Option<OutcomeCause>,
    /// The same in words. It never has an address, and nothing is decided by it.
    pub note: Option<String>,
    /// AWS's request id, which the event in CloudTrail has as well.
    pub request_id: Option<String>,
}

impl JournalEntry {
    /// Whether the outcome is unknown: it was cut off between call and answer, or the answer said too little.
    pub fn is_open(&self) -> bool {
        matches!(self.outcome, JournalOutcome::Intended | JournalOutcome::Unknown)
    }

    /// Whether it may still be in progress.
    pub(crate) fn may_be_in_progress(&self, now: Timestamp) -> bool {
        self.outcome == JournalOutcome::Intended && now < known_from(self.at)
    }
}

/// The journal as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Journal {
    /// The newest entries, newest first.
    pub entries: Vec<JournalEntry>,
    /// Those of them that this run of the program has in progress.
    pub in_progress: BTreeSet<i64>,
    /// Why it is not saved, if it should be.
    pub(crate) trouble: Option<ApiError>,
}

/// The organization that records belong to, as AWS confirmed it. The store adds the endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The partition of the caller's ARN: `aws`, `aws-cn`, `aws-us-gov` …
    pub partition: String,
    /// The organization's id.
    pub organization: String,
}

/// What is about to be done, as the journal keeps it before the call goes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intention {
    /// When it is about to be made.
    pub at: Timestamp,
    /// The ARN of who makes it.
    pub caller: String,
    /// The profile in use, if one was named.
    pub profile: Option<String>,
    /// The member account, if it is about one.
    pub account: Option<AccountId>,
    /// The AWS operation.
    pub operation: String,
    /// What it is.
    pub change: RecordedChange,
    /// The reason or ticket that the person gave.
    pub reason: Option<String>,
}

/// What is to be journaled, without secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    pub(crate) account: Option<AccountId>,
    pub(crate) operation: &'static str,
    pub(crate) change: RecordedChange,
    pub(crate) reason: Option<String>,
}

impl Subject {
    pub(crate) const SESSION: &'static str = "sts:AssumeRoot";
    pub(crate) const START: &'static str = "account:StartPrimaryEmailUpdate";
    pub(crate) const ACCEPT: &'static str = "account:AcceptPrimaryEmailUpdate";

    pub(crate) fn of_session(account: Option<AccountId>, task: TaskPolicy) -> Self {
        let change = RecordedChange::OpenRootSession { task: Some(task), seconds: None, accounts: None };
        Self { account, operation: Self::SESSION, change, reason: None }
    }

    pub(crate) fn of_start(account: AccountId, line: Option<u64>) -> Self {
        let change = RecordedChange::start_of_email_change(line);
        Self { account: Some(account), operation: Self::START, change, reason: None }
    }

    pub(crate) fn of_acceptance(account: Option<AccountId>, new: &str) -> Self {
        let new_email = Some(RecordedAddress::Known(new.to_owned()));
        let change = RecordedChange::AcceptPrimaryEmailChange { new_email };
        Self { account, operation: Self::ACCEPT, change, reason: None }
    }

    pub(crate) fn of_plan(accounts: Option<usize>) -> Self {
        let accounts = accounts.map(|accounts| accounts as u64);
        let change = RecordedChange::StartPlanOfPrimaryEmailChanges { accounts };
        Self { account: None, operation: Self::START, change, reason: None }
    }

    /// A change.
    pub fn of(change: &Change, reason: Option<String>) -> Self {
        let (account, operation) = (change.account(), change.operation());
        Self { account, operation, change: RecordedChange::of(change), reason }
    }
}

/// What came of an [`Intention`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conclusion {
    pub(crate) outcome: JournalOutcome,
    pub(crate) code: Option<String>,
    /// How that is known, where the code does not tell.
    pub(crate) cause: Option<OutcomeCause>,
    /// The same in words. Without addresses, which could not be forgotten here.
    pub(crate) note: Option<String>,
    pub(crate) request_id: Option<String>,
}

impl Conclusion {
    pub(crate) fn of_cause(outcome: JournalOutcome, cause: OutcomeCause, note: impl Into<String>) -> Self {
        Self { outcome, code: None, cause: Some(cause), note: Some(note.into()), request_id: None }
    }
}

word_enum! {
    /// How an outcome is known where AWS's code does not tell.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum OutcomeCause {
        /// rootdeck did not permit it.
        NotPermitted = "not_permitted",
        /// Another rootdeck had started the same change.
        AnotherWasFirst = "another_was_first",
        /// It was so already.
        AlreadySo = "already_so",
        /// No connection could be made.
        NoConnection = "no_connection",
        /// The connection was lost before the answer.
        ConnectionLost = "connection_lost",
        /// There was no answer in time.
        Timeout = "timeout",
        /// The answer could not be read.
        Unreadable = "unreadable",
        /// The answer was not surely AWS's.
        NotFromAws = "not_from_aws",
        /// This machine could not record it.
        NotRecorded = "not_recorded",
        /// There were no credentials to sign it with.
        NoCredentials = "no_credentials",
        /// AWS showed it afterwards.
        SeenAfterwards = "seen_afterwards",
        /// AWS said yes and did not show it afterwards.
        NotSeenAfterwards = "not_seen_afterwards",
    }
}

impl OutcomeCause {
    /// Whether nothing was sent to AWS: its CloudTrail has no event of it.
    pub(crate) fn is_unsent(self) -> bool {
        matches!(self, Self::NotPermitted | Self::AnotherWasFirst | Self::NotRecorded | Self::NoCredentials)
    }
}

/// One line for the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JournalStep {
    /// Something is about to be done.
    Intend(Intention),
    /// What came of the entry of this number, and when that was known.
    Conclude(i64, Timestamp, Conclusion),
}

word_enum! {
    /// What came of a change.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub enum JournalOutcome {
        /// About to be made. An entry that stays so was cut off between call and answer.
        Intended = "intended",
        /// AWS did it.
        Ok = "ok",
        /// AWS or rootdeck said no; nothing was changed.
        Refused = "refused",
        /// It broke before it was done.
        Failed = "failed",
        /// It may or may not have been done.
        Unknown = "unknown",
    }
}

impl JournalOutcome {
    /// As a person is told: what has no end here may or may not have been done.
    pub(crate) fn shown(self) -> Self {
        if self == Self::Intended { Self::Unknown } else { self }
    }
}
