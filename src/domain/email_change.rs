//! The two-step change of a primary email.

use jiff::{SignedDuration, Timestamp};

use super::account::AccountId;
use super::email::EmailAddress;
use super::text::clean;
use super::word_enum::word_enum;

/// How long a one-time password is good (AWS documentation).
pub(crate) const OTP_LIFETIME: SignedDuration = SignedDuration::from_hours(24);

/// Starts for a member account within [`STARTS_WINDOW`].
pub(crate) const STARTS: usize = 3;
/// 30 seconds (AWS documentation, quotas of Account Management), and one for what the network takes.
pub(crate) const STARTS_WINDOW: SignedDuration = SignedDuration::from_secs(31);

/// How long the next start for an account has to wait after these, in any order.
pub(crate) fn wait_for_start(mut starts: Vec<Timestamp>, now: Timestamp) -> SignedDuration {
    starts.sort_unstable();
    let oldest = starts.len().checked_sub(STARTS).and_then(|place| starts.get(place));
    let wait = oldest.map(|oldest| STARTS_WINDOW - now.duration_since(*oldest));
    // A time from the future is a clock that was set back, and no reason to wait for longer.
    wait.unwrap_or_default().clamp(SignedDuration::ZERO, STARTS_WINDOW)
}

/// What `GetPrimaryEmailUpdateStatus` says of the newest change of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EmailChangeStatus {
    /// AWS knows of no change.
    None,
    /// Started; the one-time password is awaited.
    Pending,
    /// The password was accepted; the change is in progress.
    Accepted,
    /// Done: the account has the new address.
    Completed,
    /// It did not come about.
    Failed,
    /// A word this program does not know.
    Other(String),
}

impl EmailChangeStatus {
    pub(crate) fn from_wire(word: &str) -> Self {
        let known = [Self::Pending, Self::Accepted, Self::Completed, Self::Failed];
        known.into_iter().find(|status| status.as_str() == word).unwrap_or_else(|| Self::Other(clean(word)))
    }

    /// AWS's word for it; `NONE` is ours.
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::None => "NONE",
            Self::Pending => "PENDING",
            Self::Accepted => "ACCEPTED",
            Self::Completed => "COMPLETED",
            Self::Failed => "FAILED",
            Self::Other(word) => word,
        }
    }

    pub(crate) fn is_final(&self) -> bool {
        matches!(self, Self::None | Self::Completed | Self::Failed)
    }
}

/// The newest change of an account, as AWS tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailChangeReport {
    /// Where it stands.
    pub status: EmailChangeStatus,
    /// Since when.
    pub updated: Option<Timestamp>,
}

impl EmailChangeReport {
    /// Whether it is of `at` or later; `None` if it has no time.
    pub(crate) fn is_since(&self, at: Timestamp) -> Option<bool> {
        self.updated.map(|updated| updated + ROUNDING >= at)
    }
}

/// An open change that was not started from this machine, as far as is known: an alarm until AWS reports its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EmailAlarm {
    pub(crate) account: AccountId,
    pub(crate) report: EmailChangeReport,
    pub(crate) at: Timestamp,
}

/// How far AWS's time of a start may be from that of the journal: the quota, retries, and clocks.
const SAME_START: SignedDuration = SignedDuration::from_mins(2);

/// A start in the journal that may have gone out and was not accepted since. It is known longer than its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JournaledStart {
    pub(crate) account: AccountId,
    pub(crate) at: Timestamp,
}

impl JournaledStart {
    pub(crate) fn is_reported_by(&self, report: &EmailChangeReport) -> bool {
        report.status == EmailChangeStatus::Pending
            && report.updated.is_some_and(|updated| updated.duration_since(self.at).abs() <= SAME_START)
    }
}

/// A change started from this machine. It has the new address, which no API returns and the acceptance needs; never
/// the one-time password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartedEmailChange {
    /// The account.
    pub account: AccountId,
    /// The address it had.
    pub old: String,
    /// The address it is to have.
    pub new: EmailAddress,
    /// The ARN of who started it; `None` if it was started elsewhere and its address was entered here.
    pub by: Option<String>,
    /// When the call was about to go out; sending again renews it.
    pub started: Timestamp,
    /// How far this machine knows it came.
    pub progress: StartedProgress,
}

/// What a start may take the place of, if it was sent already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Over {
    /// Nothing: the same change is sent once.
    Nothing,
    /// This one, of which AWS shows nothing.
    This(StartedEmailChange),
    /// Whatever is pending: the one-time password is to be sent again.
    Anything,
}

impl Over {
    pub(crate) fn allows(&self, start: &StartedEmailChange, newest: Option<&StartedEmailChange>) -> bool {
        match (self, newest.filter(|newest| newest.stands_for(start))) {
            (_, None) | (Self::Anything, _) => true,
            (Self::This(known), Some(newest)) => known == newest,
            (Self::Nothing, Some(_)) => false,
        }
    }
}

word_enum! {
    /// How far a change started here is known to have come.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum StartedProgress {
        /// Recorded, and the call's answer not seen: it may or may not have started.
        Unconfirmed = "unconfirmed",
        /// AWS said `PENDING`.
        Pending = "pending",
        /// AWS said `ACCEPTED`.
        Accepted = "accepted",
        /// AWS said `COMPLETED`.
        Completed = "completed",
        /// AWS said `FAILED`, or refused to start it.
        Failed = "failed",
    }
}

impl StartedProgress {
    pub(crate) fn is_final(self) -> bool {
        matches!(self, Self::Completed | Self::Failed)
    }

    /// `self` where the report says nothing about this change.
    pub(crate) fn after(self, status: &EmailChangeStatus) -> Self {
        match status {
            EmailChangeStatus::Pending => Self::Pending,
            EmailChangeStatus::Accepted => Self::Accepted,
            EmailChangeStatus::Completed => Self::Completed,
            EmailChangeStatus::Failed => Self::Failed,
            EmailChangeStatus::None | EmailChangeStatus::Other(_) => self,
        }
    }
}

/// AWS rounds its times to seconds, so a report may seem to be older than what it is about.
const ROUNDING: SignedDuration = SignedDuration::from_secs(2);

impl StartedEmailChange {
    /// Whether `report`, which names no address, can be about this change: not if it is older than the start, or the
    /// end of an earlier change would pass for the end of this one. With the clock of this machine ahead, that says too
    /// little; with one that is behind by more than the time between two changes, too much.
    pub(crate) fn is_reported_by(&self, report: &EmailChangeReport) -> bool {
        // Without a time only a change that is known to have been taken can have gone on.
        report.is_since(self.started).unwrap_or(self.progress != StartedProgress::Unconfirmed)
    }

    /// Whether the same change is open when `start` is about to go out: then that is not sent.
    pub(crate) fn stands_for(&self, start: &Self) -> bool {
        let is_open = match self.progress {
            StartedProgress::Unconfirmed | StartedProgress::Pending => !self.is_expired(start.started),
            StartedProgress::Accepted => true,
            StartedProgress::Completed | StartedProgress::Failed => false,
        };
        is_open && self.account == start.account && self.new.same_mailbox(start.new.as_str())
    }

    /// Of its one-time password; zero or less once it has expired.
    pub(crate) fn time_left(&self, now: Timestamp) -> SignedDuration {
        OTP_LIFETIME - now.duration_since(self.started)
    }

    /// Whether its one-time password is too old to be accepted.
    pub fn is_expired(&self, now: Timestamp) -> bool {
        matches!(self.progress, StartedProgress::Unconfirmed | StartedProgress::Pending)
            && self.time_left(now) <= SignedDuration::ZERO
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fourth_start_waits_for_the_first_to_be_31_seconds_old() {
        let at = |second| Timestamp::from_second(second).expect("a time");
        let wait = |starts: &[i64], now| wait_for_start(starts.iter().map(|second| at(*second)).collect(), at(now));
        assert_eq!(wait(&[], 100), SignedDuration::ZERO);
        assert_eq!(wait(&[99, 100], 100), SignedDuration::ZERO);
        assert_eq!(wait(&[80, 99, 90], 100), SignedDuration::from_secs(11));
        assert_eq!(wait(&[80, 95, 99, 90], 100), SignedDuration::from_secs(21));
        assert_eq!(wait(&[1, 2, 3], 100), SignedDuration::ZERO);
        assert_eq!(wait(&[900, 901, 902], 100), STARTS_WINDOW);
    }
}
