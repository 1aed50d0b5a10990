//! Trusted access: which AWS services may work in the accounts of the organization.

use std::fmt;

use jiff::Timestamp;

use super::account::AccountId;

/// The name by which a service is trusted, such as `account.amazonaws.com`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct ServicePrincipal(String);

impl ServicePrincipal {
    /// From AWS's word for it.
    pub fn new(name: &str) -> Self {
        Self(super::text::clean(name))
    }

    /// `account.amazonaws.com`, which primary email changes need.
    pub fn account_management() -> Self {
        Self("account.amazonaws.com".to_owned())
    }

    /// `iam.amazonaws.com`, which the root features need.
    pub fn iam() -> Self {
        Self("iam.amazonaws.com".to_owned())
    }

    /// `controltower.amazonaws.com`: Control Tower manages accounts of the organization.
    pub fn control_tower() -> Self {
        Self("controltower.amazonaws.com".to_owned())
    }

    /// The two that this program may switch; many of the others are set up by switching them in their own consoles.
    pub fn switchable() -> [Self; 2] {
        [Self::account_management(), Self::iam()]
    }

    /// The principal's name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ServicePrincipal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TrustedService {
    pub(crate) principal: ServicePrincipal,
    pub(crate) enabled: Option<Timestamp>,
}

/// All services whose trusted access is on, as `ListAWSServiceAccessForOrganization` gives them; all others are off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustedAccess(Vec<TrustedService>);

impl TrustedAccess {
    pub(crate) fn new(mut services: Vec<TrustedService>) -> Self {
        services.sort_by(|a, b| a.principal.cmp(&b.principal));
        Self(services)
    }

    pub(crate) fn services(&self) -> &[TrustedService] {
        &self.0
    }

    pub(crate) fn get(&self, principal: &ServicePrincipal) -> Option<&TrustedService> {
        self.0.iter().find(|service| service.principal == *principal)
    }

    /// Whether `principal` is on.
    pub fn is_on(&self, principal: &ServicePrincipal) -> bool {
        self.get(principal).is_some()
    }
}

/// An account that administers services for the organization, and which.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DelegatedAdministrator {
    /// The account.
    pub account: AccountId,
    pub(crate) name: String,
    /// The services it was registered for, with the day of registration.
    pub services: Vec<(ServicePrincipal, Option<Timestamp>)>,
}

impl DelegatedAdministrator {
    /// Whether it was registered for `service`.
    pub fn administers(&self, service: &ServicePrincipal) -> bool {
        self.services.iter().any(|(other, _)| other == service)
    }
}
