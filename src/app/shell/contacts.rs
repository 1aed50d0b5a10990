//! The contacts and the name of an account.

use crate::app::command_id::{CommandId, DisabledReason};
use crate::app::dialogs::account_edit::EditAccount;
use crate::app::dialogs::menu::Menu;
use crate::app::effect::Read;
use crate::app::layers::Layer;
use crate::app::shell::App;
use crate::app::state::choices::{ContactChoice, EditTarget};
use crate::domain::account::AccountId;
use crate::domain::account_change::AccountChange;
use crate::domain::contacts::AlternateKind;
use crate::domain::permit::permit;

impl App {
    /// Shows them, and asks AWS for what is not known yet.
    pub(in crate::app) fn show_contacts(&mut self, account: AccountId) {
        if self.model.connection.current().is_some() {
            self.model.read(Read::Contacts(account));
        }
        let contacts = AlternateKind::ALL.map(EditTarget::Contact);
        let choices = contacts.into_iter().chain([EditTarget::Name]).map(|target| ContactChoice(account, target));
        self.layers.push(Layer::Contacts(Menu::new(account, choices.collect())));
    }

    /// Opens the dialog that changes one, or says why it can't be changed.
    pub(in crate::app) fn edit_account(&mut self, id: AccountId, target: EditTarget) {
        let Some(account) = self.model.accounts.get(id).cloned() else { return };
        // Deleting stands for all: what is typed is judged in the dialog.
        let change = self.model.account_change(id, AccountChange::DeleteContact(AlternateKind::Security, None));
        if let Err(refusal) = permit(&change, &self.model.facts(Some(&account))) {
            return self.refuse(CommandId::Contacts, DisabledReason::Refusal(refusal));
        }
        let is_known = self.model.contacts.of(id).is_some_and(|known| known.value().is_some());
        if !is_known && target != EditTarget::Name {
            return self.refuse(CommandId::Contacts, DisabledReason::NotReadYet);
        }
        self.layers.push(Layer::EditAccount(EditAccount::new(id, target, &self.model)));
    }
}
