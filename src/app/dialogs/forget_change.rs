//! The dialogs of view 2 that forget what is kept of a change, and that ask for a file of mails.

use crate::app::dialog::{Dialog, Step};
use crate::app::effect::StoreRequest;
use crate::app::focus::Focus;
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
