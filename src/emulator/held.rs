//! What the emulated AWS holds, for whoever compares it with what a program says. It costs no request.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::world::World;
use super::world::contact::{CONTACT_TYPES, ContactType};

/// What one can change. Accounts are named by their ids.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// The services whose trusted access is on, by their principals.
    pub trusted_services: BTreeSet<String>,
    pub root_sessions: bool,
    pub root_credentials_management: bool,
    /// Service and account.
    pub delegations: BTreeSet<(String, String)>,
    pub accounts: BTreeMap<String, HeldAccount>,
    /// By ARN of the bucket or queue, as everybody sees them by now.
    pub policies: BTreeMap<String, Option<String>>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct HeldAccount {
    pub name: String,
    pub email: String,
    /// Status and new address of the newest email change.
    pub email_change: Option<(String, String)>,
    /// Whether root has a password, or may set one.
    pub password: bool,
    /// Access keys, signing certificates and MFA devices of root, by what names them.
    pub credentials: BTreeSet<String>,
    /// By `AlternateContactType`, as `GetAlternateContact` has them.
    pub contacts: BTreeMap<String, Value>,
    /// As `GetContactInformation` has it.
    pub primary_contact: Option<Value>,
}

impl Held {
    pub(crate) fn of(world: &World) -> Self {
        let now = world.now();
        let services: BTreeSet<String> = world.trust.services().map(|(name, _)| name.to_owned()).collect();
        let accounts = world.organization.accounts().iter();
        let delegations = accounts.clone().flat_map(|account| {
            let services = world.trust.services_of(&account.id).into_iter();
            services.map(|(service, _)| (service.to_owned(), account.id.clone()))
        });
        let buckets = world.buckets.all().map(|bucket| (bucket.arn(), bucket.policy.clone()));
        let queues = world.queues.all().map(|queue| (queue.arn(), queue.policy(now).map(str::to_owned)));
        Self {
            trusted_services: services,
            root_sessions: world.features.sessions,
            root_credentials_management: world.features.credentials_management,
            delegations: delegations.collect(),
            accounts: accounts.map(|account| (account.id.clone(), HeldAccount::of(world, &account.id))).collect(),
            policies: buckets.chain(queues).collect(),
        }
    }
}

impl HeldAccount {
    fn of(world: &World, id: &str) -> Self {
        let account = world.organization.account(id);
        let root = world.root_credentials.of(id);
        let keys = root.access_keys.iter().map(|key| key.id.clone());
        let certificates = root.signing_certificates.iter().map(|certificate| certificate.id.clone());
        let devices = root.mfa_devices.iter().map(|device| device.serial_number.clone());
        let contact = |(name, kind): (&str, ContactType)| {
            let contact = serde_json::to_value(world.contacts.of(id, kind)?).ok()?;
            Some((name.to_owned(), contact))
        };
        Self {
            name: account.map(|account| account.name.clone()).unwrap_or_default(),
            email: account.map(|account| account.email.clone()).unwrap_or_default(),
            email_change: world.changes.of(id).map(|change| (change.status().to_owned(), change.address.clone())),
            password: root.password.is_some(),
            credentials: keys.chain(certificates).chain(devices).collect(),
            contacts: CONTACT_TYPES.into_iter().filter_map(contact).collect(),
            primary_contact: world.contacts.primary_of(id).and_then(|contact| serde_json::to_value(contact).ok()),
        }
    }
}
