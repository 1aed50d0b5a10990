//! What a new listing shows to be otherwise than the one before.

use jiff::Timestamp;

use super::account::{AccountId, AccountState};

/// A difference between two listings that nobody has read yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Its number in the records of this machine.
    pub id: i64,
    /// The account.
    pub account: AccountId,
    /// Its name, as it was listed last.
    pub name: String,
    /// What is different.
    pub difference: Difference,
    /// The time of the listing before.
    pub since: Timestamp,
    /// The time of the listing that showed it.
    pub seen: Timestamp,
}

/// What is different about an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// Its primary email is another one, and no change of this machine's journal made it so: somebody
    /// else did it.
    Email {
        /// The address it had.
        old: String,
        /// The address it has.
        new: String,
    },
    /// It was not there before.
    New,
    /// It is not there any more.
    Gone,
    /// It is in another state.
    State {
        /// The state it was in.
        old: AccountState,
        /// The state it is in.
        new: AccountState,
    },
}
