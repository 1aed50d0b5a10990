//! The confirmation that the changes of an account are forgotten here.

use crate::app::dialog::{Dialog, Step, form};
use crate::app::effect::StoreRequest;
use crate::app::focus::{Focus, Phase};
use crate::app::form::Form;
use crate::app::model::Model;
use crate::domain::account::AccountId;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ForgetChange {
    pub account: AccountId,
    pub form: Form,
}

impl Dialog for ForgetChange {
    form!();

    fn focuses(&self) -> Vec<Focus> {
        vec![Focus::Cancel, Focus::Act]
    }

    fn submit(&mut self, model: &mut Model) -> Step {
        if self.form.focus != Focus::Act {
            return Step::Close;
        }
        if !self.form.waits() {
            self.form.sent(Phase::Asked(model.keep(StoreRequest::Forget(self.account))));
        }
        Step::Stay(None)
    }
}
