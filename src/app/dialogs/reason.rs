//! The reason or ticket of a change, which the journal keeps with it.

use crate::app::dialog::{Dialog, Next, Step, form};
use crate::app::field::TextField;
use crate::app::focus::Focus;
use crate::app::form::Form;
use crate::app::model::Model;
use crate::app::notification::Missing;
use crate::domain::account::AccountId;
use crate::domain::reason::reason;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct AskReason {
    pub field: TextField,
    /// The accounts of the change.
    pub accounts: Vec<AccountId>,
    pub form: Form,
}

impl AskReason {
    pub(in crate::app) fn new(reason: &str, accounts: Vec<AccountId>) -> Self {
        Self { field: TextField::with(reason), accounts, form: Form::new(Focus::Field) }
    }

    /// What was typed, as it is kept; or how many characters too many it has.
    pub(crate) fn reason(&self) -> Result<String, usize> {
        reason(self.field.text())
    }
}

impl Dialog for AskReason {
    form!(field);

    fn submit(&mut self, model: &mut Model) -> Step {
        match (self.form.focus, self.reason()) {
            (Focus::Cancel, _) => return Step::Close,
            (_, Err(_)) => {
                self.form.focus = Focus::Field;
                model.say_missing(Missing::ShorterReason);
            }
            (Focus::Act, Ok(reason)) => return Step::Done(Some(Next::Reason(reason))),
            (_, Ok(_)) => self.form.focus = Focus::Act,
        }
        Step::Stay(None)
    }
}
