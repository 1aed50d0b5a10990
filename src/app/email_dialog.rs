//! The dialogs of view 2 that forget what is kept of a change, and that ask for a file of mails.

use std::path::PathBuf;

use super::confirm::Spot;
use super::dialog::{Dialog, Step};
use super::effect::{Effect, Keeping, TextFile, TextUse};
use super::field::TextField;
use crate::app::model::Model;
use crate::domain::account::AccountId;
use crate::domain::asked::ReadId;
use crate::domain::fault::Fault;

/// The confirmation that the changes of an account are forgotten here.
#[derive(Clone, Debug, PartialEq)]
pub struct ForgetChange {
    /// The account.
    pub account: AccountId,
    /// Where the focus is.
    pub spot: Spot,
    /// Set while it is being forgotten.
    pub asked: Option<ReadId>,
    /// Why it could not be.
    pub trouble: Option<Fault>,
}

/// Which text file is to be read.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenFile {
    /// What for.
    pub purpose: TextUse,
    /// Where it is.
    pub path: TextField,
    /// Where the focus is.
    pub spot: Spot,
    /// Set while it is being read.
    pub asked: Option<ReadId>,
    /// Why it could not be.
    pub trouble: Option<Fault>,
}

impl OpenFile {
    /// The dialog, with the focus in the field.
    #[must_use]
    pub fn new(purpose: TextUse) -> Self {
        Self { purpose, path: TextField::default(), spot: Spot::Field, asked: None, trouble: None }
    }
}

impl Dialog for ForgetChange {
    fn stops(&self) -> Vec<Spot> {
        self.spots()
    }

    fn focus_mut(&mut self) -> Option<&mut Spot> {
        Some(&mut self.spot)
    }

    fn submit(&mut self, model: &mut Model) -> Step {
        match (self.spot, self.asked) {
            (Spot::Act, None) => {
                let id = model.keep(Keeping::Forget(self.account));
                (self.asked, self.trouble, self.spot) = (Some(id), None, Spot::Cancel);
                Step::Stay(None)
            }
            (Spot::Act, Some(_)) => Step::Stay(None),
            _ => Step::Close,
        }
    }
}

impl ForgetChange {
    /// The buttons, in order.
    #[must_use]
    pub fn spots(&self) -> Vec<Spot> {
        if self.asked.is_some() { vec![Spot::Cancel] } else { vec![Spot::Cancel, Spot::Act] }
    }
}

impl OpenFile {
    /// The field and buttons, in order.
    #[must_use]
    pub fn spots(&self) -> Vec<Spot> {
        if self.asked.is_some() { vec![Spot::Cancel] } else { vec![Spot::Field, Spot::Cancel, Spot::Act] }
    }
}

impl Dialog for OpenFile {
    fn field_mut(&mut self) -> Option<&mut TextField> {
        self.is_typing().then_some(&mut self.path)
    }

    fn stops(&self) -> Vec<Spot> {
        self.spots()
    }

    fn focus_mut(&mut self) -> Option<&mut Spot> {
        Some(&mut self.spot)
    }

    fn is_typing(&self) -> bool {
        self.spot == Spot::Field && self.asked.is_none()
    }

    fn submit(&mut self, model: &mut Model) -> Step {
        let path = self.path.text().trim();
        match self.spot {
            Spot::Cancel => return Step::Close,
            Spot::Act if !path.is_empty() && self.asked.is_none() => {
                let id = model.out.read_id();
                model.out.push(Effect::Text(id, Box::new(TextFile::Load(PathBuf::from(path), self.purpose))));
                (self.asked, self.trouble, self.spot) = (Some(id), None, Spot::Cancel);
            }
            Spot::Field if !path.is_empty() => self.spot = Spot::Act,
            Spot::Field | Spot::Act | Spot::Answer | Spot::Other => {}
        }
        Step::Stay(None)
    }
}
