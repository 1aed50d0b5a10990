//! The commands that a person is told to type next: they reach AWS as this run did.

use super::arguments::Arguments;
use super::ground::Ground;
use super::place::{environment, profile};
use crate::aws::session::Session;
use crate::domain::account::AccountId;
use crate::domain::aws_command::{AwsCommand, CallerOptions};
use crate::domain::email_plan::PlanId;
use crate::words::commands::rootdeck;

/// How a run with these arguments reaches AWS, before it is connected; `None` in the demo.
pub(super) fn caller(arguments: &Arguments) -> Option<CallerOptions> {
    let endpoint = arguments.endpoint_url.clone().or_else(|| environment("AWS_ENDPOINT_URL"));
    let named = || CallerOptions { profile: profile(arguments), region: arguments.region.clone(), endpoint };
    (!arguments.demo).then(named)
}

/// How a session reaches AWS.
pub(super) fn caller_of(session: &Session) -> CallerOptions {
    CallerOptions {
        profile: session.profile().map(str::to_owned),
        region: Some(session.region().to_owned()).filter(|_| !session.region_assumed()),
        // Several endpoints in one text come from the configuration, which is read there again.
        endpoint: session.endpoint_override().filter(|url| !url.contains(' ')).map(str::to_owned),
    }
}

impl Ground {
    /// How this run reaches AWS; `None` in the demo.
    pub(super) fn caller(&self) -> Option<CallerOptions> {
        (!self.is_demo()).then(|| caller_of(self.engine.session()))
    }

    /// `rootdeck` with these words.
    pub(super) fn again(&self, words: &[&str]) -> AwsCommand {
        rootdeck(words, self.caller().as_ref())
    }

    /// `rootdeck email COMMAND ACCOUNT`.
    pub(super) fn email_command(&self, command: &str, account: AccountId) -> AwsCommand {
        self.again(&["email", command, &account.to_string()])
    }

    /// The command that goes on with a plan.
    pub(super) fn resume_command(&self, plan: PlanId) -> AwsCommand {
        self.again(&["email", "resume", "--plan", &plan.0.to_string()])
    }
}
