//! What is known about the caller, filled step by step.

use std::collections::BTreeMap;

use super::calls::Calls;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::caller::{Caller, OrgRole};
use crate::domain::fetched::Fetched;
use crate::domain::organization::Organization;
use crate::domain::permission::Permission;
use crate::domain::root_feature::RootFeatures;
use crate::domain::trusted_access::TrustedAccess;

/// All that is known; at first nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Knowledge {
    /// Who calls.
    pub caller: Fact<Caller>,
    /// Whether there is an organization, and which.
    pub organization: Fact<Membership>,
    /// What the caller's account is in it.
    pub org_role: Fact<OrgRole>,
    /// Which services are trusted.
    pub trusted_access: Fact<TrustedAccess>,
    /// The features of centralized root access.
    pub root_features: Fact<RootFeatures>,
    /// What simulations said, permission by permission.
    pub simulated: BTreeMap<Permission, Simulated>,
    /// Why no simulation speaks of the other permissions.
    pub not_simulated: NotSimulated,
    /// What calls of this run showed, permission by permission; [`Calls::note`] adds to it.
    pub shown: Calls,
}

/// Something that was asked for or not, and answered or not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Fact<T> {
    /// Nobody asked yet.
    #[default]
    NotAsked,
    /// It could not be read.
    Failed(ApiError),
    /// It is this.
    Known(T),
}

/// Whether the caller's account is in an organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Membership {
    /// In none.
    None,
    /// In this one.
    In(Organization),
}

/// What a simulation said about a permission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Simulated {
    /// Its decision.
    pub decision: SimulatedDecision,
    /// The keys of the request that policies ask for and the simulation was not given.
    pub missing_context: Vec<String>,
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
    /// The partition of the caller, once it is known.
    #[must_use]
    pub fn partition(&self) -> Option<&str> {
        self.caller.known().map(Caller::partition)
    }
}

impl<T> Fact<T> {
    /// The value, if it is known.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::NotAsked | Self::Failed(_) => None,
        }
    }
}

/// The newest answer. While it is read again, or could not be, what was known before counts no more.
impl<T: Clone> From<&Fetched<T>> for Fact<T> {
    fn from(fetched: &Fetched<T>) -> Self {
        match (fetched.current(), fetched.fault()) {
            (Some(value), _) => Self::Known(value.clone()),
            (None, Some(fault)) => Self::Failed(fault.clone()),
            (None, None) => Self::NotAsked,
        }
    }
}

impl<T> From<Result<T, ApiError>> for Fact<T> {
    fn from(result: Result<T, ApiError>) -> Self {
        match result {
            Ok(value) => Self::Known(value),
            Err(fault) => Self::Failed(fault),
        }
    }
}

/// That there is no organization is an answer.
impl From<Result<Organization, ApiError>> for Fact<Membership> {
    fn from(result: Result<Organization, ApiError>) -> Self {
        match result {
            Ok(organization) => Self::Known(Membership::In(organization)),
            Err(fault) if fault.kind == ApiErrorKind::NotInOrganization => Self::Known(Membership::None),
            Err(fault) => Self::Failed(fault),
        }
    }
}

/// The same from what the screen holds.
impl From<&Fetched<Organization>> for Fact<Membership> {
    fn from(fetched: &Fetched<Organization>) -> Self {
        match Fact::<Organization>::from(fetched) {
            Fact::NotAsked => Self::NotAsked,
            Fact::Known(organization) => Result::<_, ApiError>::Ok(organization).into(),
            Fact::Failed(fault) => Result::<Organization, _>::Err(fault).into(),
        }
    }
}
