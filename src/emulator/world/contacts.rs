//! Alternate contacts and the primary contact of the accounts.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::blueprint::{Blueprint, JoinedMethod};
use crate::emulator::options::StartError;

/// `AlternateContactType` (service model).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum ContactType {
    Billing,
    Operations,
    Security,
}

/// In the order of the service model.
pub(crate) const CONTACT_TYPES: [(&str, ContactType); 3] =
    [("BILLING", ContactType::Billing), ("OPERATIONS", ContactType::Operations), ("SECURITY", ContactType::Security)];

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all(serialize = "PascalCase"))]
pub(crate) struct AlternateContact {
    pub name: String,
    pub title: String,
    pub email_address: String,
    pub phone_number: String,
}

/// `ContactInformation` (service model).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all(serialize = "PascalCase"))]
pub(crate) struct ContactInformation {
    pub full_name: String,
    pub address_line1: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address_line2: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address_line3: Option<String>,
    pub city: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state_or_region: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub district_or_county: Option<String>,
    pub postal_code: String,
    pub country_code: String,
    pub phone_number: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub website_url: Option<String>,
}

/// Of one account. An account without an entry has no alternate contacts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ContactsPlan {
    pub(crate) account: String,
    pub(crate) primary: Option<ContactInformation>,
    pub(crate) billing: Option<AlternateContact>,
    pub(crate) operations: Option<AlternateContact>,
    pub(crate) security: Option<AlternateContact>,
}

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
