//! An open root session. The credentials never come here: the engine keeps them, and gives them to a shell or
//! the clipboard.

use jiff::{SignedDuration, Timestamp};

use crate::app::dialog::{Dialog, Step, form};
use crate::app::effect::Effect;
use crate::app::focus::Focus;
use crate::app::form::Form;
use crate::app::model::Model;
use crate::app::notification::Notification;
use crate::domain::aws_command::{AwsCommand, CallerOptions};
use crate::domain::root_session::{SessionInfo, SessionKey};

/// What the network and the clock of this machine may make of a session's time.
const ABOUT_THE_SAME: SignedDuration = SignedDuration::from_secs(15);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SessionView {
    pub key: SessionKey,
    pub form: Form,
    /// Whether it was open before it was asked for, so that less, or more, is left than was asked.
    pub reused: bool,
}

impl SessionView {
    pub(crate) fn new(key: SessionKey) -> Self {
        Self { key, form: Form::new(Focus::Cancel), reused: false }
    }

    /// By which another program gets such a session itself.
    pub(crate) fn aws_command(&self, caller: &CallerOptions) -> AwsCommand {
        let SessionKey { account, task } = self.key;
        let words = ["rootdeck", "session", &account.to_string(), task.as_str()];
        let command = AwsCommand::of(&words);
        let command = match self.form.given_reason() {
            Some(reason) => command.with("reason", &reason),
            None => command,
        };
        command.with_flag("credential-process").by(caller)
    }

    /// The dialog of a session that was asked for with so many seconds.
    pub(in crate::app) fn asked_for(session: SessionInfo, seconds: u16, now: Timestamp) -> Self {
        let wanted = now + SignedDuration::from_secs(seconds.into());
        let off = session.expires.duration_since(wanted).abs();
        Self { reused: off > ABOUT_THE_SAME, ..Self::new(session.key) }
    }
}

impl Dialog for SessionView {
    form!();

    fn commands(&self, model: &Model) -> Option<Vec<AwsCommand>> {
        Some(model.commands(|caller| [self.aws_command(caller)]))
    }

    fn refresh(&mut self, model: &Model) -> bool {
        model.sessions.get(self.key).is_some()
    }

    fn focuses(&self) -> Vec<Focus> {
        vec![Focus::Cancel, Focus::Other, Focus::Act]
    }

    fn submit(&mut self, model: &mut Model) -> Step {
        // It may have ended since it was drawn.
        let lives = model.sessions.get(self.key).is_some_and(|session| session.expires > model.now);
        match self.form.focus {
            Focus::Cancel => return Step::Close,
            _ if !lives => {}
            Focus::Other => {
                model.out.push(Effect::CopyExports(self.key));
                model.out.notify(Notification::ExportsCopied(self.key));
            }
            Focus::Act => model.out.push(Effect::Subshell(self.key)),
            Focus::Field | Focus::Item(_) | Focus::Answer => {}
        }
        Step::Stay(None)
    }
}
