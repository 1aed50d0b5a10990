//! Buckets, queues and their policies: what is shown of them, and what was typed about them.

use std::path::PathBuf;

use crate::app::dialog::{Dialog, Step};
use crate::app::effect::{Effect, PolicyFile};
use crate::app::field::TextField;
use crate::app::focus::Focus;
use crate::app::model::Model;
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiError;
use crate::domain::policy_holder::{PolicyHolder, PolicyText};
use crate::domain::remote_data::ReadId;

/// The dialog that asks for the file of a policy.
#[derive(Clone, Debug, PartialEq)]
pub struct LoadPolicy {
    /// The account.
    pub account: AccountId,
    /// On what the policy would be put.
    pub holder: PolicyHolder,
    /// What AWS shows there now.
    pub present: Option<PolicyText>,
    /// The path, as it is being typed.
    pub path: TextField,
    /// Where the focus is.
    pub focus: Focus,
    /// The file is being read.
    pub asked: Option<ReadId>,
    /// Why it could not be read.
    pub trouble: Option<ApiError>,
}

impl LoadPolicy {
    /// The fields and buttons, in order.
    #[must_use]
    pub fn focuses(&self) -> Vec<Focus> {
        if self.asked.is_some() { vec![Focus::Cancel] } else { vec![Focus::Field, Focus::Cancel, Focus::Act] }
    }
}

impl Dialog for LoadPolicy {
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
                model.out.push(Effect::File(id, Box::new(PolicyFile::Load(PathBuf::from(path)))));
                (self.asked, self.trouble, self.focus) = (Some(id), None, Focus::Cancel);
            }
            Focus::Field if !path.is_empty() => self.focus = Focus::Act,
            Focus::Field | Focus::Act | Focus::Answer | Focus::Other => {}
        }
        Step::Stay(None)
    }
}
