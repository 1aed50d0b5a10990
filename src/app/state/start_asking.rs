//! Asking AWS at the start where the email changes of all accounts stand: somebody else may have started
//! one. One account a second, behind whatever a person asks for.

use std::collections::VecDeque;

use crate::domain::account::AccountId;
use crate::domain::api_error::ApiErrorKind;

/// How far the asking is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StartAsking {
    /// Whether it goes on, or how it ended.
    pub phase: Phase,
    /// How many accounts it is about.
    pub total: usize,
    pub(in crate::app) waiting: VecDeque<AccountId>,
    /// The account that AWS was asked about last, until it answers.
    pub(in crate::app) asked: Option<AccountId>,
}

/// Whether the asking goes on, or how it ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// Something that it needs is not known yet, or not so.
    #[default]
    NotBegun,
    /// It goes on.
    Asking,
    /// All were asked about.
    Done,
    /// There are more accounts than are asked about unasked.
    TooMany,
    /// AWS answers none of these questions, for this kind of reason.
    Stopped(ApiErrorKind),
}

impl StartAsking {
    /// How many accounts were asked about.
    #[must_use]
    pub fn done(&self) -> usize {
        self.total.saturating_sub(self.waiting.len() + usize::from(self.asked.is_some()))
    }

    /// Whether it is known of all accounts that were to be asked about.
    #[must_use]
    pub fn is_incomplete(&self) -> bool {
        !matches!(self.phase, Phase::Done | Phase::NotBegun)
    }
}
