//! Contacts and names: reads, and their side of a write.

use super::shared::Engine;
use crate::aws::{contacts, organizations};
use crate::domain::account::AccountId;
use crate::domain::account_change::AccountChange;
use crate::domain::api_error::ApiError;
use crate::domain::contacts::{AlternateContact, AlternateKind, Contact, ContactKind, Contacts};
use crate::domain::write::Seen;

impl Engine {
    /// The contacts of these kinds. AWS wants the caller's own account not to be named.
    pub async fn contacts(&self, account: AccountId, kinds: &[ContactKind]) -> Contacts {
        let named = self.named(account);
        let mut read = Contacts::default();
        for kind in kinds {
            match kind.alternate() {
                Some(kind) => {
                    let answer = contacts::alternate_contact(self.clients(), named, kind).await;
                    *read.alternate_mut(kind) = Contact::read(answer);
                }
                None => read.primary = Contact::read(contacts::primary_contact(self.clients(), named).await),
            }
        }
        read
    }

    /// One contact; `None`: AWS has none.
    pub(super) async fn alternate_contact(
        &self,
        account: AccountId,
        kind: AlternateKind,
    ) -> Result<Option<AlternateContact>, ApiError> {
        contacts::alternate_contact(self.clients(), self.named(account), kind).await
    }

    /// Whether `account` is the caller's own, which AWS wants not to be named.
    pub(crate) fn is_own(&self, account: AccountId) -> bool {
        self.caller().account == account
    }

    /// Sends a change of a contact or a name; the request id.
    pub(super) async fn change_account(
        &self,
        account: AccountId,
        change: &AccountChange,
    ) -> Result<Option<String>, ApiError> {
        contacts::change(self.clients(), self.named(account), change).await
    }

    /// What AWS shows after it.
    pub(super) async fn read_back_account(&self, account: AccountId, change: &AccountChange) -> Seen {
        let (clients, named) = (self.clients(), self.named(account));
        match change {
            AccountChange::PutContact(kind, ..) | AccountChange::DeleteContact(kind, _) => {
                Seen::Contact(self.alternate_contact(account, *kind).await)
            }
            AccountChange::PutPrimaryContact(_) => {
                Seen::PrimaryContact(contacts::primary_contact(clients, named).await.map(|found| found.map(Box::new)))
            }
            // Organizations has the new name at once (captured).
            AccountChange::Rename { .. } => {
                Seen::AccountName(organizations::account(clients, account).await.map(|account| account.name))
            }
        }
    }

    fn named(&self, account: AccountId) -> Option<AccountId> {
        Some(account).filter(|id| !self.is_own(*id))
    }
}
