//! The dialogs of view 2 that forget what is kept of a change, and that ask for a file of mails.

use std::path::PathBuf;

use crate::app::dialog::{Dialog, Step};
use crate::app::effect::{Effect, TextFile, TextUse};
use crate::app::field::TextField;
use crate::app::focus::Focus;
use crate::app::model::Model;
use crate::domain::api_error::ApiError;
use crate::domain::remote_data::ReadId;

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
