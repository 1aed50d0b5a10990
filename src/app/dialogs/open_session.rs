//! Opening a root session, to be handed over.

use crate::app::dialog::{Dialog, Step, form};
use crate::app::effect::{Effect, Visit};
use crate::app::field::TextField;
use crate::app::focus::{Focus, Phase};
use crate::app::form::Form;
use crate::app::model::Model;
use crate::app::notification::Missing;
use crate::domain::account::AccountId;
use crate::domain::aws_command::AwsCommand;
use crate::domain::change::Danger;
use crate::domain::root_change::shell_command;
use crate::domain::root_session::{LONGEST_SECONDS, SessionKey};

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct OpenSession {
    pub key: SessionKey,
    /// For how many seconds, as it is being typed.
    pub seconds: TextField,
    pub form: Form,
}

impl OpenSession {
    pub(crate) fn new(key: SessionKey) -> Self {
        let seconds = TextField::with(&LONGEST_SECONDS.to_string());
        Self { key, seconds, form: Form::new(Focus::Field) }
    }

    pub(crate) fn danger(&self) -> Danger {
        if self.key.task.is_reading() { Danger::Mild } else { Danger::Strong }
    }

    /// In seconds; `None` while it is not a number that AWS accepts.
    pub(crate) fn duration(&self) -> Option<u16> {
        self.seconds.text().trim().parse().ok().filter(|seconds| (1..=LONGEST_SECONDS).contains(seconds))
    }

    /// Opens it and hands it to a shell; `None` while it has no duration.
    pub(crate) fn aws_command(&self) -> Option<AwsCommand> {
        let command = shell_command(self.key, self.duration()?);
        Some(match self.form.given_reason() {
            Some(reason) => command.with("reason", &reason),
            None => command,
        })
    }
}

impl Dialog for OpenSession {
    form!(seconds);

    fn commands(&self, model: &Model) -> Option<Vec<AwsCommand>> {
        let command = self.aws_command()?;
        Some(model.commands(|caller| [command.by(caller)]))
    }

    fn accounts(&self) -> Vec<AccountId> {
        vec![self.key.account]
    }

    fn confirms(&self) -> Option<Danger> {
        Some(self.danger())
    }

    fn submit(&mut self, model: &mut Model) -> Step {
        let account = model.accounts.get(self.key.account).cloned();
        match (self.form.focus, self.duration(), account) {
            (Focus::Cancel, ..) => return Step::Close,
            (Focus::Field, Some(_), _) => self.form.focus = Focus::Act,
            (Focus::Act, Some(seconds), Some(account)) if !self.form.waits() => {
                let (id, reason) = (model.out.read_id(), self.form.given_reason());
                model.sessions.asked.insert(id, (self.key, seconds));
                model.out.push(Effect::Visit(id, Box::new(Visit::Session(account, self.key.task, seconds, reason))));
                self.form.sent(Phase::Asked(id));
            }
            (Focus::Field | Focus::Act, None, _) if !self.form.waits() => {
                self.form.focus = Focus::Field;
                model.say_missing(Missing::Duration);
            }
            _ => {}
        }
        Step::Stay(None)
    }
}
