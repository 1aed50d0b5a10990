//! Alternate contacts and primary contacts, as AWS and the blueprint have them.

use serde::{Deserialize, Serialize};

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
