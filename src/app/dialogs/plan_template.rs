//! A plan to be filled in, for the chosen accounts.

use crate::app::dialog::{Dialog, Step, form};
use crate::app::field::TextField;
use crate::app::focus::Focus;
use crate::app::form::Form;
use crate::app::model::Model;
use crate::domain::account::AccountId;
use crate::domain::email_plan::domain_of;

/// The dialog's data.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TemplateDialog {
    /// The accounts it is for.
    pub accounts: Vec<AccountId>,
    /// Those chosen whose primary email can't be changed from here.
    pub skipped: Vec<AccountId>,
    /// Where it is to be written.
    pub path: TextField,
    /// The domain of the new addresses; nothing leaves them to be filled in.
    pub domain: TextField,
    /// Where the dialog is.
    pub form: Form,
}

/// A domain as typed in the dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TypedDomain {
    /// Nothing: the new addresses are left to be filled in.
    None,
    /// This one.
    Good(String),
    /// No address can have it.
    Bad,
}

impl TemplateDialog {
    /// What was typed as the domain.
    pub(crate) fn typed_domain(&self) -> TypedDomain {
        let text = self.domain.text().trim();
        if text.is_empty() { TypedDomain::None } else { domain_of(text).map_or(TypedDomain::Bad, TypedDomain::Good) }
    }

    /// Whether it can be written.
    pub(crate) fn is_ready(&self) -> bool {
        !self.form.waits()
            && !self.accounts.is_empty()
            && !self.path.text().trim().is_empty()
            && self.typed_domain() != TypedDomain::Bad
    }
}

impl Dialog for Box<TemplateDialog> {
    form!();

    fn field_mut(&mut self) -> Option<&mut TextField> {
        Some(if self.form.focus == Focus::Answer { &mut self.domain } else { &mut self.path })
    }

    fn is_typing(&self) -> bool {
        matches!(self.form.focus, Focus::Field | Focus::Answer) && !self.form.waits()
    }

    /// The answer is the domain.
    fn focuses(&self) -> Vec<Focus> {
        vec![Focus::Field, Focus::Answer, Focus::Cancel, Focus::Act]
    }

    fn submit(&mut self, model: &mut Model) -> Step {
        match self.form.focus {
            Focus::Cancel => return Step::Close,
            Focus::Field if !self.path.text().trim().is_empty() => self.form.focus = Focus::Answer,
            Focus::Answer if self.is_ready() => self.form.focus = Focus::Act,
            Focus::Act if self.is_ready() => model.write_template(self),
            Focus::Field | Focus::Answer | Focus::Act | Focus::Other => {}
        }
        Step::Stay(None)
    }
}
