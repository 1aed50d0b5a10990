//! What a flow, or a change, needs.

use super::requirement::{OrgRoleRule, Thing};
use crate::domain::change::{Change, Switch};
use crate::domain::flow::{Flow, Weight};
use crate::domain::permission::Permission;
use crate::domain::root_feature::RootFeature;
use crate::domain::trusted_access::ServicePrincipal;

pub(super) struct Demand {
    pub(super) flow: Flow,
    /// Only the caller's own account is concerned, no organization.
    pub(super) own_account: bool,
    pub(super) all_features: bool,
    pub(super) org_role: OrgRoleRule,
    /// Services of which at least one has to be trusted.
    pub(super) trusted: Vec<ServicePrincipal>,
    pub(super) gate: Option<RootFeature>,
    pub(super) permissions: Vec<(Permission, Weight)>,
}

impl Demand {
    pub(super) fn of_flow(flow: Flow) -> Self {
        let org_role = match flow {
            Flow::Browse | Flow::ReadScps | Flow::Simulate => OrgRoleRule::DelegatedForAny,
            Flow::TrustedAccess | Flow::RootFeatures | Flow::Delegation => OrgRoleRule::Management,
            Flow::ReadEmails | Flow::ChangeEmails | Flow::ReadContacts | Flow::ChangeContacts => {
                OrgRoleRule::DelegatedFor(ServicePrincipal::account_management())
            }
            Flow::Audit | Flow::DeleteCredentials | Flow::Recovery | Flow::UnlockBuckets | Flow::UnlockQueues => {
                OrgRoleRule::DelegatedFor(ServicePrincipal::iam())
            }
        };
        let trusted = match flow {
            // Nobody is registered for a service that is not trusted.
            Flow::Delegation => flow.switched_services(),
            _ => flow.trusted_service().into_iter().collect(),
        };
        Self {
            flow,
            own_account: flow == Flow::Simulate,
            all_features: !matches!(flow, Flow::Browse | Flow::Simulate),
            org_role,
            trusted,
            gate: flow.gate(),
            permissions: flow.permissions(),
        }
    }

    pub(super) fn of_change(change: &Change) -> Self {
        let of_flow = Self::of_flow(change.flow());
        let org_role = match change.switch() {
            Some((Switch::RootFeature(_), false)) => OrgRoleRule::DelegatedFor(ServicePrincipal::iam()),
            _ => of_flow.org_role,
        };
        let trusted = match change.delegation() {
            Some((_, service, true)) => vec![service.clone()],
            Some((_, _, false)) => Vec::new(),
            None => of_flow.trusted,
        };
        Self { org_role, trusted, permissions: change.permissions(), ..of_flow }
    }

    pub(super) fn opens_sessions(&self) -> bool {
        self.gate.is_some()
    }

    /// Whether a call that worked with `permission` shows that `thing` is there: AWS refuses such calls without it.
    pub(super) fn is_shown_by(&self, thing: &Thing, permission: &Permission) -> bool {
        let (service, operation) = permission.action.name.split_once(':').unwrap_or_default();
        let writes = permission.action.writes;
        match thing {
            Thing::Organization => matches!(service, "organizations" | "account") || writes,
            Thing::AllFeatures => service == "account" || writes,
            Thing::Partition => self.flow.is_its_own(permission) && (service == "account" || writes),
            // The delegated administrator for IAM turns features off as well.
            Thing::OrgRole(OrgRoleRule::Management) => {
                writes && operation != "AssumeRoot" && !operation.starts_with("DisableOrganizationsRoot")
            }
            Thing::OrgRole(OrgRoleRule::DelegatedForAny) => operation == "ListAccounts",
            Thing::OrgRole(OrgRoleRule::DelegatedFor(needed)) | Thing::TrustedAccess(needed) => {
                let of_service = match service {
                    "account" => ServicePrincipal::account_management(),
                    "iam" | "sts" => ServicePrincipal::iam(),
                    _ => return false,
                };
                of_service == *needed && (service == "account" || writes || operation == "ListOrganizationsFeatures")
            }
            Thing::NotRoot | Thing::RootFeature(_) => operation == "AssumeRoot",
            Thing::UserOrRole => operation == "SimulatePrincipalPolicy",
            Thing::Permission(_) | Thing::Identity => false,
        }
    }
}
