//! Reads of contacts.

use super::shared::Engine;
use crate::aws::contacts;
use crate::domain::account::AccountId;
use crate::domain::contacts::{Contact, ContactKind, Contacts};

impl Engine {
    /// The contacts of these kinds. AWS wants the caller's own account not to be named.
    pub async fn contacts(&self, account: AccountId, kinds: &[ContactKind]) -> Contacts {
        let named = Some(account).filter(|id| *id != self.caller().account);
        let mut read = Contacts::default();
        for kind in kinds {
            let alternate = match (kind, kind.alternate()) {
                (ContactKind::Security, Some(word)) => Some((&mut read.security, word)),
                (ContactKind::Operations, Some(word)) => Some((&mut read.operations, word)),
                (ContactKind::Billing, Some(word)) => Some((&mut read.billing, word)),
                _ => None,
            };
            match alternate {
                Some((place, word)) => {
                    *place = Contact::read(contacts::alternate_contact(self.clients(), named, word).await);
                }
                None => read.primary = Contact::read(contacts::primary_contact(self.clients(), named).await),
            }
        }
        read
    }
}
