//! Checking the email changes of all accounts at the start: somebody else may have started one. One
//! account a second, after whatever a person asks for.

use std::collections::VecDeque;

use crate::domain::account::AccountId;
use crate::domain::api_error::ApiErrorKind;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct StartAsking {
    pub(crate) phase: Phase,
    pub(crate) total: usize,
    pub(in crate::app) waiting: VecDeque<AccountId>,
    /// The account that AWS was asked about last, until it answers.
    pub(in crate::app) asked: Option<AccountId>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Something it needs is unknown or missing.
    #[default]
    NotBegun,
    Asking,
    Done,
    /// More accounts than are checked without a request.
    TooMany,
    /// AWS answers none of these questions, with this kind of error.
    Stopped(ApiErrorKind),
}

impl StartAsking {
    pub(crate) fn done(&self) -> usize {
        self.total.saturating_sub(self.waiting.len() + usize::from(self.asked.is_some()))
    }
}
