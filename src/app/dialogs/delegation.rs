//! Making a member account a delegated administrator of a service, and ending that.

use crate::app::dialog::{Dialog, Next, Step, form};
use crate::app::field::TextField;
use crate::app::focus::Focus;
use crate::app::form::Form;
use crate::app::model::Model;
use crate::app::state::accounts::Accounts;
use crate::domain::account::{Account, AccountId};
use crate::domain::change::Change;
use crate::domain::trusted_access::ServicePrincipal;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct AskDelegate {
    pub service: ServicePrincipal,
    /// The account, by id or name, as it is typed.
    pub field: TextField,
    pub form: Form,
}

/// What there is to say about the account being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum AccountCheck {
    Empty,
    /// No account has this id or name.
    Nobody,
    /// Several accounts have this name.
    Several,
    Found(AccountId),
}

impl AskDelegate {
    pub(crate) fn check(&self, accounts: &Accounts) -> AccountCheck {
        let typed = self.field.text().trim();
        if typed.is_empty() {
            return AccountCheck::Empty;
        }
        if let Ok(id) = typed.parse::<AccountId>() {
            return if accounts.get(id).is_some() { AccountCheck::Found(id) } else { AccountCheck::Nobody };
        }
        let name = typed.to_lowercase();
        let called = |account: &Account| account.name.to_lowercase() == name;
        let mut found = accounts.keys().filter(|id| accounts.get(**id).is_some_and(called));
        match (found.next(), found.next()) {
            (None, _) => AccountCheck::Nobody,
            (Some(id), None) => AccountCheck::Found(*id),
            (Some(_), Some(_)) => AccountCheck::Several,
        }
    }
}

impl Dialog for AskDelegate {
    form!(field);

    /// The confirmation of exactly what it names comes next.
    fn submit(&mut self, model: &mut Model) -> Step {
        match (self.form.focus, self.check(&model.accounts)) {
            (Focus::Cancel, _) => return Step::Close,
            (Focus::Field, AccountCheck::Found(_)) => self.form.focus = Focus::Act,
            (Focus::Act, AccountCheck::Found(account)) => {
                let change = Change::Delegation { account, service: self.service.clone(), register: true };
                return Step::Done(Some(Next::Confirm(change)));
            }
            _ => {}
        }
        Step::Stay(None)
    }
}
