//! Alternate contacts and the primary contact of the accounts.

use std::collections::{BTreeMap, HashMap};

use super::blueprint::{Blueprint, JoinedMethod};
use super::contact::{AlternateContact, ContactInformation, ContactType, ContactsPlan};
use crate::emulator::options::StartError;

#[derive(Debug, Default)]
pub(crate) struct Contacts {
    alternate: HashMap<String, BTreeMap<ContactType, AlternateContact>>,
    primary: HashMap<String, ContactInformation>,
}

impl Contacts {
    /// An account that the organization created has the primary contact of the management account (AWS documentation).
    pub(crate) fn new(blueprint: &Blueprint) -> Result<Self, StartError> {
        let mut contacts = Self::default();
        let plan_of = |account: &str| blueprint.contacts.iter().find(|plan| plan.account == account);
        if let Some(primary) = plan_of(&blueprint.management_account).and_then(|plan| plan.primary.as_ref()) {
            for account in blueprint.accounts.iter().filter(|account| account.joined == JoinedMethod::Created) {
                contacts.put_primary(&account.id, primary.clone());
            }
        }
        for plan in &blueprint.contacts {
            if !blueprint.accounts.iter().any(|account| account.id == plan.account) {
                return Err(StartError::Inconsistent(format!("no account {}", plan.account)));
            }
            let ContactsPlan { account, primary, billing, operations, security } = plan.clone();
            if let Some(primary) = primary {
                contacts.put_primary(&account, primary);
            }
            for (kind, contact) in [
                (ContactType::Billing, billing),
                (ContactType::Operations, operations),
                (ContactType::Security, security),
            ] {
                if let Some(contact) = contact {
                    contacts.put(&account, kind, contact);
                }
            }
        }
        Ok(contacts)
    }

    pub(crate) fn of(&self, account: &str, kind: ContactType) -> Option<&AlternateContact> {
        self.alternate.get(account)?.get(&kind)
    }

    pub(crate) fn put(&mut self, account: &str, kind: ContactType, contact: AlternateContact) {
        self.alternate.entry(account.to_owned()).or_default().insert(kind, contact);
    }

    /// Whether there was one.
    pub(crate) fn delete(&mut self, account: &str, kind: ContactType) -> bool {
        self.alternate.get_mut(account).and_then(|contacts| contacts.remove(&kind)).is_some()
    }

    pub(crate) fn primary_of(&self, account: &str) -> Option<&ContactInformation> {
        self.primary.get(account)
    }

    pub(crate) fn put_primary(&mut self, account: &str, contact: ContactInformation) {
        self.primary.insert(account.to_owned(), contact);
    }
}
