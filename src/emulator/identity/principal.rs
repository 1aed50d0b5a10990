//! What IAM has of an identity: the role or user, and its policies.

use super::who::Identity;
use crate::domain::policy::ManagedPolicy;
use crate::emulator::world::blueprint::{Blueprint, FeatureSet};
use crate::emulator::world::principals;

#[derive(Debug, Clone)]
pub(crate) enum PrincipalPlan {
    /// The session of a role has this name.
    Role(EntityPlan, &'static str),
    User(EntityPlan, EntityPlan),
    Root,
}

#[derive(Debug, Clone)]
pub(crate) struct EntityPlan {
    /// With a slash at both ends.
    pub(crate) path: &'static str,
    pub(crate) name: &'static str,
    pub(crate) policies: Vec<PolicyPlan>,
    pub(crate) boundary: Option<PolicyPlan>,
    /// `None` for what is no role.
    pub(crate) trust: Option<RoleTrust>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RoleTrust {
    /// The principals of its own account, whom their policies let.
    Account,
    /// Those of them who send the code of an MFA device along.
    AccountWithMfa,
    /// IAM Identity Center, and so nobody by `AssumeRole`.
    IdentityCenter,
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum PolicyPlan {
    Managed(ManagedPolicy),
    /// One of the entity's own: name and document.
    Inline(&'static str, &'static str),
    /// One that the account manages: name and document.
    Customer(&'static str, &'static str),
}

const ADMINISTRATOR: PolicyPlan = PolicyPlan::Managed(ManagedPolicy::Administrator);
const EMAIL_OPERATOR: PolicyPlan =
    PolicyPlan::Inline("RootEmailOperator", include_str!("../../../assets/policies/demo/RootEmailOperator.json"));
const BECOME_ORG_ADMIN: PolicyPlan =
    PolicyPlan::Inline("BecomeOrgAdmin", include_str!("../../../assets/policies/demo/BecomeOrgAdmin.json"));
const ROOT_FEATURES: PolicyPlan =
    PolicyPlan::Inline("RootFeaturesOfRoot", include_str!("../../../assets/policies/demo/RootFeaturesOfRoot.json"));
const NO_ROOT_SESSIONS: PolicyPlan =
    PolicyPlan::Customer("NoRootSessions", include_str!("../../../assets/policies/demo/NoRootSessions.json"));

impl EntityPlan {
    fn administrator(name: &'static str) -> Self {
        Self::role(name, vec![ADMINISTRATOR])
    }

    fn role(name: &'static str, policies: Vec<PolicyPlan>) -> Self {
        Self { path: "/", name, policies, boundary: None, trust: Some(RoleTrust::Account) }
    }
}

impl RoleTrust {
    /// For a principal whose own policies allow it.
    pub(crate) fn admits(self, of_the_account: bool, with_mfa: bool) -> bool {
        match self {
            Self::Account => of_the_account,
            Self::AccountWithMfa => of_the_account && with_mfa,
            Self::IdentityCenter => false,
        }
    }
}

impl Identity {
    /// That of the organization it belongs to.
    pub(crate) fn feature_set(self) -> FeatureSet {
        match self {
            Self::WithoutOrganization => FeatureSet::None,
            Self::ConsolidatedBilling => FeatureSet::ConsolidatedBilling,
            _ => FeatureSet::All,
        }
    }

    /// `None` where the organization has no account for it.
    pub(crate) fn account(self, blueprint: &Blueprint) -> Option<&str> {
        let identities = &blueprint.identities;
        match self {
            Self::DelegatedAdministrator => identities.delegated_administrator.as_deref(),
            Self::Member => identities.member.as_deref(),
            Self::AccountDelegate => identities.account_delegate.as_deref(),
            Self::IamDelegate => identities.iam_delegate.as_deref(),
            Self::Controlled => identities.controlled.as_deref(),
            _ => Some(&blueprint.management_account),
        }
    }

    pub(crate) fn delegated_for(self) -> Option<&'static str> {
        match self {
            Self::AccountDelegate => Some(principals::ACCOUNT),
            Self::IamDelegate => Some(principals::IAM),
            _ => None,
        }
    }

    pub(crate) fn principal(self) -> PrincipalPlan {
        let role = |plan| PrincipalPlan::Role(plan, "demo");
        match self {
            Self::Management => {
                role(EntityPlan { trust: Some(RoleTrust::AccountWithMfa), ..EntityPlan::administrator("OrgAdmin") })
            }
            Self::DelegatedAdministrator => role(EntityPlan::administrator("SecurityAdmin")),
            Self::Member | Self::Controlled => role(EntityPlan::administrator("Developer")),
            Self::Managed(policy) => role(EntityPlan::role(policy.as_str(), vec![PolicyPlan::Managed(policy)])),
            Self::User => alice(),
            // The path has the region in which Identity Center is at home, unless that is us-east-1.
            Self::SingleSignOn => PrincipalPlan::Role(
                EntityPlan {
                    path: "/aws-reserved/sso.amazonaws.com/ap-northeast-1/",
                    trust: Some(RoleTrust::IdentityCenter),
                    ..EntityPlan::administrator("AWSReservedSSO_OrgAdmin_0123456789abcdef")
                },
                "alice@corp.example",
            ),
            Self::RootUser => PrincipalPlan::Root,
            Self::AccountDelegate => role(EntityPlan::administrator("RootEmailAdmin")),
            Self::IamDelegate => role(EntityPlan::administrator("RootAccessAdmin")),
            Self::WithoutOrganization | Self::ConsolidatedBilling => role(EntityPlan::administrator("Admin")),
            Self::Bounded => {
                role(EntityPlan { boundary: Some(NO_ROOT_SESSIONS), ..EntityPlan::administrator("BoundedAdmin") })
            }
            Self::WrongResource => {
                let policies = vec![PolicyPlan::Managed(ManagedPolicy::OrganizationsFull), ROOT_FEATURES];
                role(EntityPlan::role("RootFeatures", policies))
            }
        }
    }
}

fn alice() -> PrincipalPlan {
    let of_operations = |name, policies| EntityPlan { path: "/ops/", name, policies, boundary: None, trust: None };
    let user = of_operations("alice", vec![EMAIL_OPERATOR, BECOME_ORG_ADMIN]);
    let group = of_operations("Operators", vec![PolicyPlan::Managed(ManagedPolicy::OrganizationsReadOnly)]);
    PrincipalPlan::User(user, group)
}
