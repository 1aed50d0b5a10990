//! What is known about the caller, filled step by step.

use std::collections::BTreeMap;

use super::calls::Calls;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::caller::{Caller, OrgRole};
use crate::domain::organization::Organization;
use crate::domain::permission::Permission;
use crate::domain::remote_data::RemoteData;
use crate::domain::root_feature::RootFeatures;
use crate::domain::trusted_access::TrustedAccess;

/// All that is known; at first nothing. Only the newest read counts: while something is read again, or could not be,
/// what was known before does not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Knowledge {
    /// Who calls.
    pub caller: RemoteData<Caller>,
    /// The organization of the caller's account.
    pub organization: RemoteData<Organization>,
    /// What the caller's account is in it.
    pub org_role: RemoteData<OrgRole>,
    /// Which services are trusted.
    pub trusted_access: RemoteData<TrustedAccess>,
    /// The features of centralized root access.
    pub root_features: RemoteData<RootFeatures>,
    /// What simulations said, permission by permission.
    pub simulated: BTreeMap<Permission, Simulated>,
    /// Why no simulation speaks of the other permissions.
    pub not_simulated: NotSimulated,
    /// What calls of this run showed, permission by permission; `Calls::note` adds to it.
    pub shown: Calls,
}

/// What a simulation said about a permission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Simulated {
    pub(crate) decision: SimulatedDecision,
    /// The keys of the request that policies ask for and the simulation was not given.
    pub(crate) missing_context: Vec<String>,
}

/// The decision of a simulation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SimulatedDecision {
    /// Allowed.
    Allowed,
    /// A statement denies it; the policies it is in, as far as they were named.
    ExplicitDeny(Vec<String>),
    /// Nothing allows it.
    ImplicitDeny,
    /// A service control policy does not let it through.
    DeniedByScp,
    /// The permissions boundary does not let it through.
    DeniedByBoundary,
}

/// Why there is no simulation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum NotSimulated {
    /// Nobody asked yet.
    #[default]
    NotYet,
    /// The caller is root or a federated user, which can't be simulated.
    NotAUserOrRole,
    /// It was asked for and refused, or failed.
    Failed(ApiError),
}

impl Knowledge {
    pub(crate) fn partition(&self) -> Option<&str> {
        self.caller.current().map(Caller::partition)
    }

    /// Whether AWS says that the caller's account is in no organization.
    pub fn is_in_none(&self) -> bool {
        is_in_none(&self.organization)
    }
}

/// Whether AWS says that there is no organization, which is an answer.
pub fn is_in_none(organization: &RemoteData<Organization>) -> bool {
    organization.error().is_some_and(|error| error.kind == ApiErrorKind::NotInOrganization)
}
