//! The reason or ticket of a change, which the journal keeps with it.

use crate::app::dialog::{Dialog, Next, Step, form};
use crate::app::field::TextField;
use crate::app::focus::Focus;
use crate::app::form::Form;
use crate::app::model::Model;

/// The dialog's data.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct AskReason {
    /// The reason, as it is typed.
    pub field: TextField,
    /// Where the dialog is.
    pub form: Form,
}

impl AskReason {
    /// The longest reason, in characters: a line or two of the journal's details.
    pub(crate) const LONGEST: usize = 256;

    pub(in crate::app) fn new(reason: &str) -> Self {
        Self { field: TextField::with(reason), form: Form::new(Focus::Field) }
    }

    /// How many characters too many it has.
    pub(crate) fn excess(&self) -> usize {
        self.field.text().trim().chars().count().saturating_sub(Self::LONGEST)
    }
}

impl Dialog for AskReason {
    form!(field);

    fn submit(&mut self, _model: &mut Model) -> Step {
        match self.form.focus {
            Focus::Cancel => return Step::Close,
            _ if self.excess() > 0 => {}
            Focus::Act => return Step::Done(Some(Next::Reason(self.field.text().trim().to_owned()))),
            Focus::Field | Focus::Answer | Focus::Other => self.form.focus = Focus::Act,
        }
        Step::Stay(None)
    }
}
