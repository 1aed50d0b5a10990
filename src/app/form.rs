//! What dialogs with fields and buttons have in common.

use crate::app::focus::{Focus, Phase};
use crate::domain::api_error::ApiError;
use crate::domain::aws_command::AwsCommand;
use crate::domain::write::WriteOutcome;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    pub(crate) focus: Focus,
    pub(crate) phase: Phase,
    /// Why the last attempt did not end well. What this machine or a read failed in has [`WriteOutcome::Failed`].
    pub(crate) trouble: Option<WriteOutcome>,
    /// The reason or ticket of the change that it confirms, for the journal; empty without one.
    pub(crate) reason: String,
    /// Whether the configuration requires one for it.
    pub(crate) reason_required: bool,
    /// How far its text is scrolled where the screen is too low for all of it.
    pub(crate) top: usize,
}

impl Form {
    pub(in crate::app) fn new(focus: Focus) -> Self {
        Self { focus, phase: Phase::Asking, trouble: None, reason: String::new(), reason_required: false, top: 0 }
    }

    /// Whether an answer is awaited; until then there is nothing but to leave.
    pub(crate) fn waits(&self) -> bool {
        self.phase != Phase::Asking
    }

    pub(in crate::app) fn is_in_field(&self) -> bool {
        self.focus == Focus::Field && !self.waits()
    }

    pub(crate) fn error(&self) -> Option<&ApiError> {
        self.trouble.as_ref()?.error()
    }

    pub(in crate::app) fn sent(&mut self, phase: Phase) {
        (self.focus, self.phase, self.trouble, self.top) = (Focus::Cancel, phase, None, 0);
    }

    /// The answer came and was no good: it asks again.
    pub(in crate::app) fn ended(&mut self, trouble: impl Into<Option<WriteOutcome>>, focus: Focus) {
        (self.focus, self.phase, self.trouble, self.top) = (focus, Phase::Asking, trouble.into(), 0);
    }

    /// Whether it can't be confirmed before a reason is given.
    pub(crate) fn lacks_reason(&self) -> bool {
        self.reason_required && self.reason.is_empty()
    }

    /// The commands of what it confirms, with the reason where it goes into a journal of rootdeck.
    pub(crate) fn reasoned(&self, commands: Vec<AwsCommand>) -> Vec<AwsCommand> {
        let reason = self.given_reason();
        commands.into_iter().map(|command| command.for_reason(reason.as_deref())).collect()
    }

    pub(in crate::app) fn given_reason(&self) -> Option<String> {
        Some(self.reason.clone()).filter(|reason| !reason.is_empty())
    }
}
