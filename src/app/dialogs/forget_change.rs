//! The confirmation that the changes of an account are forgotten here.

use crate::app::dialog::{Dialog, Step, form};
use crate::app::effect::StoreRequest;
use crate::app::focus::{Focus, Phase};
use crate::app::form::Form;
use crate::app::model::Model;
use crate::domain::account::AccountId;
use crate::domain::danger::Danger;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ForgetChange {
    pub account: AccountId,
    pub form: Form,
}

impl ForgetChange {
    /// The focus is where the danger wants it.
    pub(in crate::app) fn new(account: AccountId, model: &Model) -> Self {
        let mut dialog = Self { account, form: Form::new(Focus::Cancel) };
        if dialog.danger(model) == Danger::Mild {
            dialog.form.focus = Focus::Act;
        }
        dialog
    }

    /// No API returns the address of an open change: nobody can accept it any more.
    pub(crate) fn danger(&self, model: &Model) -> Danger {
        let is_needed = model.emails.state(self.account, model.now).may_need_address();
        if is_needed { Danger::Strong } else { Danger::Mild }
    }
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
