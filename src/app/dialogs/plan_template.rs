//! A plan to be filled in, for the accounts in hand.

use crate::app::dialog::{Dialog, Step};
use crate::app::field::TextField;
use crate::app::focus::next_of;
use crate::app::model::Model;
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiError;
use crate::domain::email_plan::domain_of;
use crate::domain::remote_data::ReadId;

/// The dialog's data.
#[derive(Clone, Debug, PartialEq)]
pub struct TemplateDialog {
    /// The accounts it is for.
    pub accounts: Vec<AccountId>,
    /// Those in hand whose primary email can't be changed from here.
    pub left_out: Vec<AccountId>,
    /// Where it is to be written.
    pub path: TextField,
    /// The domain of the new addresses; nothing leaves them to be filled in.
    pub domain: TextField,
    /// Where the focus is.
    pub focus: TemplateFocus,
    /// The file being written.
    pub asked: Option<ReadId>,
    /// Why it could not be.
    pub trouble: Option<ApiError>,
}

/// What can have the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TemplateFocus {
    /// The path.
    Path,
    /// The domain.
    Domain,
    /// Leave.
    Cancel,
    /// Write it.
    Write,
}

const SPOTS: [TemplateFocus; 4] =
    [TemplateFocus::Path, TemplateFocus::Domain, TemplateFocus::Cancel, TemplateFocus::Write];

/// A domain as it stands in the dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypedDomain {
    /// Nothing: the new addresses are left to be filled in.
    None,
    /// This one.
    Good(String),
    /// No address can have it.
    Bad,
}

impl TemplateDialog {
    /// What stands in the field of the domain.
    #[must_use]
    pub fn typed_domain(&self) -> TypedDomain {
        let text = self.domain.text().trim();
        if text.is_empty() { TypedDomain::None } else { domain_of(text).map_or(TypedDomain::Bad, TypedDomain::Good) }
    }

    /// Whether it can be written.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.asked.is_none()
            && !self.accounts.is_empty()
            && !self.path.text().trim().is_empty()
            && self.typed_domain() != TypedDomain::Bad
    }
}

impl Dialog for Box<TemplateDialog> {
    fn field_mut(&mut self) -> Option<&mut TextField> {
        match self.focus {
            TemplateFocus::Path => Some(&mut self.path),
            TemplateFocus::Domain => Some(&mut self.domain),
            TemplateFocus::Cancel | TemplateFocus::Write => None,
        }
    }

    fn is_typing(&self) -> bool {
        matches!(self.focus, TemplateFocus::Path | TemplateFocus::Domain)
    }

    fn move_focus(&mut self, step: isize, _model: &Model) {
        self.focus = next_of(&SPOTS, self.focus, step);
    }

    fn submit(&mut self, model: &mut Model) -> Step {
        match self.focus {
            TemplateFocus::Cancel => return Step::Close,
            TemplateFocus::Path if !self.path.text().trim().is_empty() => self.focus = TemplateFocus::Domain,
            TemplateFocus::Domain if self.is_ready() => self.focus = TemplateFocus::Write,
            TemplateFocus::Write if self.is_ready() => model.write_template(self),
            TemplateFocus::Path | TemplateFocus::Domain | TemplateFocus::Write => {}
        }
        Step::Stay(None)
    }
}
