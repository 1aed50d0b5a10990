//! The codes of mails that were pasted or read from a file, matched to the open changes by address.
//! Nothing is sent before that was shown and confirmed.

use crate::app::dialog::{Dialog, Step, form};
use crate::app::field::TextField;
use crate::app::focus::Focus;
use crate::app::form::Form;
use crate::app::model::Model;
use crate::app::reading::Reading;
use crate::domain::account::AccountId;
use crate::domain::aws_command::{AwsCommand, CallerOptions};
use crate::domain::change::Danger;
use crate::domain::mail_match::LeftMail;
use crate::domain::mails::CodeMail;
use crate::domain::run::Acceptance;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct MailsDialog {
    pub(in crate::app) mails: Vec<CodeMail>,
    pub matches: Vec<Acceptance>,
    /// The mails that are left alone.
    pub left: Vec<LeftMail>,
    /// What has to be typed, for several accounts.
    pub typed: TextField,
    pub form: Form,
    pub reading: Reading,
}

impl MailsDialog {
    pub(in crate::app) fn new(mails: Vec<CodeMail>) -> Self {
        let (form, reading) = (Form::new(Focus::Cancel), Reading::default());
        Self { mails, matches: Vec::new(), left: Vec::new(), typed: TextField::default(), form, reading }
    }

    /// A confirmation of other matches is no longer valid.
    pub(in crate::app) fn show(&mut self, (matches, left): (Vec<Acceptance>, Vec<LeftMail>)) {
        if self.matches != matches {
            // Whoever presses the button of what was there before must not press that of the rest.
            let first = if self.matches.is_empty() { Focus::Act } else { Focus::Cancel };
            self.matches = matches;
            self.typed.clear();
            self.reading.is_done = false;
            self.form.focus = match self.matches.len() {
                0 => Focus::Cancel,
                1 => first,
                _ => Focus::Field,
            };
        }
        self.left = left;
    }

    /// What has to be typed: for several accounts their number.
    pub(crate) fn token(&self) -> Option<String> {
        (self.matches.len() > 1).then(|| self.matches.len().to_string())
    }

    pub(crate) fn is_ready(&self) -> bool {
        !self.matches.is_empty()
            && self.reading.is_done
            && self.token().is_none_or(|token| self.typed.text().trim() == token)
    }

    /// Without the codes.
    pub(crate) fn aws_commands(&self, caller: &CallerOptions) -> Vec<AwsCommand> {
        self.matches.iter().map(|item| item.change().command(caller)).collect()
    }
}

impl Dialog for Box<MailsDialog> {
    form!(typed);

    fn refresh(&mut self, model: &Model) -> bool {
        let sorted = model.sort(&self.mails);
        self.show(sorted);
        true
    }

    fn take_mails(&mut self, _text: &str, mails: &[CodeMail], model: &mut Model) -> bool {
        let new: Vec<CodeMail> = mails.iter().filter(|mail| !self.mails.contains(mail)).cloned().collect();
        model.journal_refused_mails(&model.sort(&new).1);
        self.mails.extend(new);
        true
    }

    fn focuses(&self) -> Vec<Focus> {
        match self.matches.len() {
            0 => vec![Focus::Cancel],
            1 => vec![Focus::Cancel, Focus::Act],
            _ => vec![Focus::Field, Focus::Cancel, Focus::Act],
        }
    }

    fn commands(&self, model: &Model) -> Option<Vec<AwsCommand>> {
        (!self.matches.is_empty()).then(|| model.commands(|caller| self.aws_commands(caller)))
    }

    fn submit(&mut self, model: &mut Model) -> Step {
        match self.form.focus {
            Focus::Cancel => return Step::Close,
            Focus::Field if self.is_ready() => self.form.focus = Focus::Act,
            Focus::Act if self.is_ready() => return model.accept_confirmed(self),
            Focus::Field | Focus::Act => {
                if self.token().is_some() {
                    self.form.focus = Focus::Field;
                }
                model.ask_to_type(self.token());
            }
            Focus::Answer | Focus::Item(_) | Focus::Other => {}
        }
        Step::Stay(None)
    }

    fn reading(&self) -> Option<&Reading> {
        Some(&self.reading)
    }

    fn reading_mut(&mut self) -> Option<&mut Reading> {
        Some(&mut self.reading)
    }

    fn accounts(&self) -> Vec<AccountId> {
        self.matches.iter().map(|item| item.account.id).collect()
    }

    fn confirms(&self) -> Option<Danger> {
        (!self.matches.is_empty()).then(|| Danger::Mild.on(self.matches.len()))
    }

    fn counts_down(&self) -> bool {
        !self.matches.is_empty()
    }
}
