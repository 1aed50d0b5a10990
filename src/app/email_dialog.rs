//! The dialogs of view 2 that forget what is kept of a change, and that ask for a file of mails.

use std::path::PathBuf;

use super::confirm::Focus;
use super::dialog::{Dialog, Step};
use super::effect::{Effect, StoreRequest, TextFile, TextUse};
use super::field::TextField;
use crate::app::model::Model;
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiError;
use crate::domain::remote_data::ReadId;

/// The confirmation that the changes of an account are forgotten here.
#[derive(Clone, Debug, PartialEq)]
pub struct ForgetChange {
    /// The account.
    pub account: AccountId,
    /// Where the focus is.
    pub focus: Focus,
    /// Set while it is being forgotten.
    pub asked: Option<ReadId>,
    /// Why it could not be.
    pub trouble: Option<ApiError>,
}

/// Which text file is to be read.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenFile {
    /// What for.
    pub purpose: TextUse,
    /// Where it is.
    pub path: TextField,
    /// Where the focus is.
    pub focus: Focus,
    /// Set while it is being read.
    pub asked: Option<ReadId>,
    /// Why it could not be.
    pub trouble: Option<ApiError>,
}

impl OpenFile {
    /// The dialog, with the focus in the field.
    #[must_use]
    pub fn new(purpose: TextUse) -> Self {
        Self { purpose, path: TextField::default(), focus: Focus::Field, asked: None, trouble: None }
    }
}

impl Dialog for ForgetChange {
    fn stops(&self) -> Vec<Focus> {
        self.focuses()
    }

    fn focus_mut(&mut self) -> Option<&mut Focus> {
        Some(&mut self.focus)
    }

    fn submit(&mut self, model: &mut Model) -> Step {
        match (self.focus, self.asked) {
            (Focus::Act, None) => {
                let id = model.keep(StoreRequest::Forget(self.account));
                (self.asked, self.trouble, self.focus) = (Some(id), None, Focus::Cancel);
                Step::Stay(None)
            }
            (Focus::Act, Some(_)) => Step::Stay(None),
            _ => Step::Close,
        }
    }
}

impl ForgetChange {
    /// The buttons, in order.
    #[must_use]
    pub fn focuses(&self) -> Vec<Focus> {
        if self.asked.is_some() { vec![Focus::Cancel] } else { vec![Focus::Cancel, Focus::Act] }
    }
}

impl OpenFile {
    /// The field and buttons, in order.
    #[must_use]
    pub fn focuses(&self) -> Vec<Focus> {
        if self.asked.is_some() { vec![Focus::Cancel] } else { vec![Focus::Field, Focus::Cancel, Focus::Act] }
    }
}

impl Dialog for OpenFile {
    fn field_mut(&mut self) -> Option<&mut TextField> {
        self.is_typing().then_some(&mut self.path)
    }

    fn stops(&self) -> Vec<Focus> {
        self.focuses()
    }

    fn focus_mut(&mut self) -> Option<&mut Focus> {
        Some(&mut self.focus)
    }

    fn is_typing(&self) -> bool {
        self.focus == Focus::Field && self.asked.is_none()
    }

    fn submit(&mut self, model: &mut Model) -> Step {
        let path = self.path.text().trim();
        match self.focus {
            Focus::Cancel => return Step::Close,
            Focus::Act if !path.is_empty() && self.asked.is_none() => {
                let id = model.out.read_id();
                model.out.push(Effect::Text(id, Box::new(TextFile::Load(PathBuf::from(path), self.purpose))));
                (self.asked, self.trouble, self.focus) = (Some(id), None, Focus::Cancel);
            }
            Focus::Field if !path.is_empty() => self.focus = Focus::Act,
            Focus::Field | Focus::Act | Focus::Answer | Focus::Other => {}
        }
        Step::Stay(None)
    }
}
