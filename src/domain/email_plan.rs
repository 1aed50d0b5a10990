//! Bulk plans: many email changes, checked as a whole and started one after the other.

use jiff::Timestamp;

use super::account::AccountId;
use super::email::EmailAddress;

/// The number of a plan in the records of this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PlanId(pub i64);

/// A plan that was confirmed, as the records keep it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailPlan {
    /// Its number.
    pub id: PlanId,
    /// When it was confirmed.
    pub at: Timestamp,
    /// The ARN of who confirmed it.
    pub by: String,
    /// The file it came from.
    pub source: String,
    /// The reason or ticket the person gave, for the journal.
    pub reason: Option<String>,
    /// Its email changes, in the order of their lines.
    pub items: Vec<PlanItem>,
}

/// One email change of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanItem {
    /// Its line in the file, from 1.
    pub line: u64,
    /// The account.
    pub account: AccountId,
    /// The address it had when the plan was confirmed.
    pub old: String,
    /// The address it is to have.
    pub new: EmailAddress,
    /// How far it is.
    pub state: ItemState,
    /// When it came to that; `None` while it waits.
    pub at: Option<Timestamp>,
    /// AWS's error code, where AWS said no.
    pub code: Option<String>,
    /// What AWS or rootdeck said.
    pub message: Option<String>,
    /// AWS's request id.
    pub request_id: Option<String>,
}

/// How far an item of a plan is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemState {
    /// Not sent.
    Waiting,
    /// Claimed, and about to be sent or sent: the answer is not known. An item that stays so was cut
    /// off, or is in the hands of another rootdeck.
    Sending,
    /// AWS has sent the one-time password.
    Started,
    /// AWS or rootdeck said no; nothing was changed.
    Refused,
    /// It broke before AWS did anything.
    Failed,
    /// It may or may not have been started.
    Unknown,
}

impl ItemState {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Waiting, Self::Sending, Self::Started, Self::Refused, Self::Failed, Self::Unknown];

    /// The word that the records keep and result files show.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sending => "sending",
            Self::Started => "started",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
        }
    }

    /// From the word that the records keep.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}
