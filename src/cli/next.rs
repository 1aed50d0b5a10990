//! The commands that a person is told to type next.

use super::again::caller_of;
use super::context::CommandContext;
use crate::domain::account::AccountId;
use crate::domain::aws_command::{AwsCommand, CallerOptions};
use crate::domain::email_plan::PlanId;
use crate::words::commands::rootdeck;

impl CommandContext {
    /// How this run reaches AWS; `None` in the demo.
    pub(super) fn caller(&self) -> Option<CallerOptions> {
        (!self.is_demo()).then(|| caller_of(self.engine.session()))
    }

    pub(super) fn again(&self, words: &[&str]) -> AwsCommand {
        rootdeck(words, self.caller().as_ref())
    }

    pub(super) fn email_command(&self, command: &str, account: AccountId) -> AwsCommand {
        self.again(&["email", command, &account.to_string()])
    }

    pub(super) fn resume_command(&self, plan: PlanId) -> AwsCommand {
        self.again(&["email", "resume", "--plan", &plan.0.to_string()])
    }
}
