//! The confirmation of a change: a switch of the organization, or something inside a member account.

use jiff::Timestamp;

use crate::app::state::choices::{RootChoice, RootWish};
use crate::domain::account::AccountId;
use crate::domain::change::{SEEN_WITHIN, Switch};

/// What follows a switch that had to be on first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Then {
    /// Confirm another switch.
    Turn(Switch),
    /// Change a primary email.
    ChangeEmail(AccountId),
    /// Go on with what was wanted of the root access of accounts.
    Wish(RootWish),
    /// Begin a root task.
    Task(RootChoice),
}

/// A switch that AWS took and does not show yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Awaited {
    /// Which.
    pub switch: Switch,
    /// What it was set to.
    pub on: bool,
    /// Since when it is awaited.
    pub since: Timestamp,
}

impl Awaited {
    /// Whether it has been awaited for longer than AWS needs.
    #[must_use]
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        now.duration_since(self.since) > SEEN_WITHIN
    }
}
