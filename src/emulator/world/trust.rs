//! Trusted access for services, and the accounts that administer them.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::blueprint::Blueprint;

/// Sorted by principal, as AWS lists them (captured).
#[derive(Debug)]
pub(crate) struct Trust {
    services: BTreeMap<String, Timestamp>,
    delegations: BTreeMap<(String, String), Timestamp>,
}

impl Trust {
    pub(crate) fn new(blueprint: &Blueprint) -> Self {
        let services = blueprint.trusted_access.iter().map(|plan| (plan.service_principal.clone(), plan.enabled_at));
        let delegations = blueprint.delegated_administrators.iter();
        let delegations =
            delegations.map(|plan| ((plan.service_principal.clone(), plan.account.clone()), plan.enabled_at));
        Self { services: services.collect(), delegations: delegations.collect() }
    }

    pub(crate) fn services(&self) -> impl ExactSizeIterator<Item = (&str, Timestamp)> {
        self.services.iter().map(|(name, at)| (name.as_str(), *at))
    }

    pub(crate) fn is_trusted(&self, principal: &str) -> bool {
        self.services.contains_key(principal)
    }

    /// Turning on what is on keeps its date (a guess).
    pub(crate) fn enable(&mut self, principal: &str, now: Timestamp) {
        self.services.entry(principal.to_owned()).or_insert(now);
    }

    /// Whether it was on.
    pub(crate) fn disable(&mut self, principal: &str) -> bool {
        self.services.remove(principal).is_some()
    }

    /// Of a service or of any, by account id, each with the date of its oldest delegation.
    pub(crate) fn delegates(&self, principal: Option<&str>) -> BTreeMap<&str, Timestamp> {
        let mut delegates = BTreeMap::new();
        for ((service, account), at) in &self.delegations {
            if principal.is_none_or(|wanted| wanted == service) {
                let since = delegates.entry(account.as_str()).or_insert(*at);
                *since = (*since).min(*at);
            }
        }
        delegates
    }

    pub(crate) fn services_of(&self, account: &str) -> Vec<(&str, Timestamp)> {
        self.delegations
            .iter()
            .filter(|((_, delegate), _)| delegate == account)
            .map(|((service, _), at)| (service.as_str(), *at))
            .collect()
    }

    pub(crate) fn is_delegate(&self, account: &str) -> bool {
        self.delegations.keys().any(|(_, delegate)| delegate == account)
    }

    pub(crate) fn is_delegate_for(&self, account: &str, principal: &str) -> bool {
        self.delegations.contains_key(&(principal.to_owned(), account.to_owned()))
    }

    pub(crate) fn register(&mut self, account: &str, principal: &str, now: Timestamp) {
        self.delegations.insert((principal.to_owned(), account.to_owned()), now);
    }

    /// Unless there is an administrator already.
    pub(crate) fn arrange(&mut self, account: &str, principal: &str, now: Timestamp) {
        if self.delegates(Some(principal)).is_empty() {
            self.enable(principal, now);
            self.register(account, principal, now);
        }
    }

    pub(crate) fn deregister(&mut self, account: &str, principal: &str) -> bool {
        self.delegations.remove(&(principal.to_owned(), account.to_owned())).is_some()
    }
}
