//! Asking for an audit: of which accounts, what blocks it, and what has to be said first.

use crate::app::dialog::{Dialog, Step, form};
use crate::app::focus::Focus;
use crate::app::form::Form;
use crate::app::model::Model;
use crate::app::reading::Reading;
use crate::app::state::choices::SkippedAccount;
use crate::domain::account::{Account, AccountId};
use crate::domain::aws_command::{AwsCommand, CallerOptions};
use crate::domain::root_change::audit_commands;
use crate::domain::root_credentials::AuditDepth;

/// The confirmation of an audit: it opens root sessions, and alarms go off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AskAudit {
    pub depth: AuditDepth,
    /// The accounts that would be audited.
    pub accounts: Vec<Account>,
    pub skipped: Vec<SkippedAccount>,
    pub form: Form,
    /// Whether no further audit of what is shown is to be asked about in this run.
    pub unasked: bool,
    pub reading: Reading,
}

impl AskAudit {
    pub(in crate::app) fn all(&self) -> Vec<AccountId> {
        let skipped = self.skipped.iter().map(|one| one.account);
        self.accounts.iter().map(|account| account.id).chain(skipped).collect()
    }

    /// The calls in the first account; those in the others are the same.
    pub(crate) fn aws_commands(&self, caller: &CallerOptions) -> Vec<AwsCommand> {
        let first = self.accounts.first().map(|account| audit_commands(account.id, self.depth));
        first.unwrap_or_default().into_iter().map(|command| command.by(caller)).collect()
    }
}

impl Dialog for AskAudit {
    form!();

    fn commands(&self, model: &Model) -> Option<Vec<AwsCommand>> {
        Some(model.commands(|caller| self.aws_commands(caller)))
    }

    fn answer(&mut self, _model: &Model) -> bool {
        let answers = self.form.focus == Focus::Answer;
        self.unasked ^= answers;
        answers
    }

    fn focuses(&self) -> Vec<Focus> {
        vec![Focus::Cancel, Focus::Act, Focus::Answer]
    }

    fn reading(&self) -> Option<&Reading> {
        Some(&self.reading)
    }

    fn reading_mut(&mut self) -> Option<&mut Reading> {
        Some(&mut self.reading)
    }

    fn focus_confirms(&self) -> bool {
        self.form.focus == Focus::Act
    }

    fn submit(&mut self, model: &mut Model) -> Step {
        match self.form.focus {
            // Space answers the question; Enter leads on to the button.
            Focus::Answer => {
                self.form.focus = Focus::Act;
                return Step::Stay(None);
            }
            Focus::Act => return Step::Done(model.audit_confirmed(self)),
            Focus::Field | Focus::Item(_) | Focus::Cancel | Focus::Other => {}
        }
        Step::Done(None)
    }
}
