//! What came of looking.

use jiff::{SignedDuration, Timestamp};

use crate::domain::account::AccountId;
use crate::domain::api_error::ApiError;
use crate::domain::journal::JournalOutcome;

/// AWS rounds its times to seconds: what lies closer together, its reports don't tell apart.
pub const ROUNDING: SignedDuration = SignedDuration::from_secs(2);

/// So much later than its entry a call may reach AWS: it waits for its pace, and one attempt may take a minute. The
/// clocks of both sides may differ by as much, or AWS would not take the signature.
pub(super) const MARGIN: SignedDuration = SignedDuration::from_mins(5);

/// A switch has no memory. For so long nobody is taken to have turned it on and off again.
pub(super) const TRACELESS: SignedDuration = SignedDuration::from_hours(1);

/// What came of looking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// AWS shows it; in words, for the journal.
    Done(String),
    /// AWS shows that it was not done; in words, for the journal.
    NotDone(String),
    /// It can't be told.
    Open(Doubt),
}

/// Why it can't be told what became of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// AWS does not show it; until this time another rootdeck may still have it in progress.
    Recent(Timestamp),
    /// What would tell could not be read.
    Unread(ApiError),
    /// A later change of the same thing, from here, hides what this one did.
    LaterFromHere,
    /// What AWS shows is of another time, and says nothing about this one.
    OtherTime,
    /// It is as this was to make it, and was so before.
    SoBefore(Timestamp),
    /// It is not as this was to make it; whether it was meanwhile, nothing tells.
    Traceless,
    /// AWS tells nothing about the features while trusted access for IAM is off.
    Hidden,
    /// A deep audit of the account would tell. It opens a root session, which sets off alarms.
    NeedsAudit(AccountId),
    /// A look at the policy would tell, perhaps. It opens a root session, which sets off alarms.
    NeedsPolicy(AccountId),
    /// A root session may have been issued; it lives until this time at most. Nothing lists sessions.
    Session(Timestamp),
    /// Nothing this program reads tells.
    NothingTells,
}

/// An entry that stays open, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StillOpen {
    /// The number of the entry.
    pub entry: i64,
    /// Why.
    pub doubt: Doubt,
}

/// What came of looking at entries whose end was not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resolution {
    /// Those that are known now: the number of the entry, and `Ok` or `Failed`.
    pub settled: Vec<(i64, JournalOutcome)>,
    /// Those that are not.
    pub open: Vec<StillOpen>,
}

impl Resolution {
    /// How many were looked at.
    pub fn count(&self) -> usize {
        self.settled.len() + self.open.len()
    }

    /// How many turned out so.
    pub fn settled_as(&self, outcome: JournalOutcome) -> usize {
        self.settled.iter().filter(|(_, settled)| *settled == outcome).count()
    }

    /// When one of them may be settled by looking again.
    pub fn again(&self) -> Option<Timestamp> {
        let times = self.open.iter().filter_map(|open| match open.doubt {
            Doubt::Recent(until) => Some(until),
            _ => None,
        });
        times.min()
    }
}

/// A time as the notes have it: AWS's own are no finer.
pub(super) fn second(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
