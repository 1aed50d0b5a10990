use jiff::Timestamp;

use crate::app::state::choices::{RootChoice, RootWish};
use crate::domain::account::AccountId;
use crate::domain::change::{SEEN_WITHIN, Switch};

/// What follows a switch that had to be on first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Then {
    Turn(Switch),
    ChangeEmail(AccountId),
    Wish(RootWish),
    Task(RootChoice),
}

/// A switch that AWS accepted and does not show yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Awaited {
    pub(crate) switch: Switch,
    pub(crate) on: bool,
    pub(crate) since: Timestamp,
}

impl Awaited {
    /// Whether it has been awaited for longer than AWS needs.
    pub(crate) fn is_overdue(&self, now: Timestamp) -> bool {
        now.duration_since(self.since) > SEEN_WITHIN
    }
}
