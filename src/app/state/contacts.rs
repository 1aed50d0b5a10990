//! The contacts of accounts, as far as AWS was asked.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::domain::account::AccountId;
use crate::domain::contacts::Contacts;
use crate::domain::remote_data::RemoteData;

#[derive(Clone, Debug, Default)]
pub(crate) struct KnownContacts(BTreeMap<AccountId, RemoteData<Contacts>>);

impl KnownContacts {
    pub(crate) fn of(&self, account: AccountId) -> Option<&RemoteData<Contacts>> {
        self.0.get(&account)
    }

    pub(in crate::app) fn entry(&mut self, account: AccountId) -> &mut RemoteData<Contacts> {
        self.0.entry(account).or_default()
    }

    /// Changes what is known of an account that was read; of others nothing is known afterwards either.
    pub(in crate::app) fn apply(&mut self, account: AccountId, change: impl FnOnce(&mut Contacts), now: Timestamp) {
        let Some(known) = self.0.get_mut(&account) else { return };
        if let Some(mut contacts) = known.value().cloned() {
            change(&mut contacts);
            known.set(Ok(contacts), now);
        }
    }
}
