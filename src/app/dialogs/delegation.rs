//! Making a member account a delegated administrator of a service, and ending that.

use crate::app::dialog::{Dialog, Next, Step, form};
use crate::app::field::TextField;
use crate::app::focus::Focus;
use crate::app::form::Form;
use crate::app::key::Key;
use crate::app::model::Model;
use crate::app::notification::Missing;
use crate::app::state::accounts::Accounts;
use crate::app::suggestions::{Pick, Suggestion, accounts};
use crate::domain::account::{Account, AccountId};
use crate::domain::change::Change;
use crate::domain::trusted_access::ServicePrincipal;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct AskDelegate {
    pub service: ServicePrincipal,
    /// The account, by id or name, as it is typed.
    pub field: TextField,
    pub pick: Pick,
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
    /// The accounts that may be meant.
    pub(crate) fn suggestions(&self, model: &Model) -> Vec<Suggestion> {
        let is_named = matches!(self.check(&model.accounts), AccountCheck::Found(_));
        if self.form.is_in_field() && !is_named { accounts(self.field.text(), model) } else { Vec::new() }
    }

    fn complete(&mut self, text: &str) {
        self.field = TextField::with(text);
    }

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

    fn completes(&self, model: &Model) -> bool {
        self.is_typing() && !self.suggestions(model).is_empty()
    }

    fn typed(&mut self, key: Key, model: &Model) -> bool {
        if !self.is_typing() {
            return false;
        }
        let all = self.suggestions(model);
        let (did, taken) = self.pick.typed(&mut self.field, key, &all);
        if let Some(text) = taken {
            self.complete(&text);
        }
        did
    }

    /// The confirmation of exactly what it names comes next.
    fn submit(&mut self, model: &mut Model) -> Step {
        let all = self.suggestions(model);
        if let Some(text) = self.pick.taken(&all) {
            self.complete(&text);
            return Step::Stay(None);
        }
        match (self.form.focus, self.check(&model.accounts)) {
            (Focus::Cancel, _) => return Step::Close,
            (Focus::Field, AccountCheck::Found(_)) => self.form.focus = Focus::Act,
            (Focus::Act, AccountCheck::Found(account)) => {
                let change = Change::Delegation { account, service: self.service.clone(), register: true };
                return Step::Done(Some(Next::Confirm(change)));
            }
            _ => {
                self.form.focus = Focus::Field;
                model.say_missing(Missing::Account);
            }
        }
        Step::Stay(None)
    }
}
