//! The resources that calls are made on, as ARNs.

use std::collections::BTreeSet;

use crate::domain::account::AccountId;

/// What an action is done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum ResourceKind {
    /// Nothing in particular: such an action can only be allowed on `*`.
    Nothing,
    /// A member account, as Account Management names it.
    MemberAccount,
    /// A member account, or the caller's own where it is not named, as Account Management names them.
    AnyAccount,
    MemberRoot,
    /// A member account, as Organizations names it.
    OrganizationAccount,
    /// The root of the organization, or one of its units.
    Unit,
    /// What a control policy is attached to: the root, a unit or an account.
    PolicyTarget,
    /// A control policy, of the organization or of AWS.
    ControlPolicy,
    CallingPrincipal,
}

/// Where policies are for. What is not known stands as a wildcard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PolicyScope {
    /// `aws`, `aws-cn`, `aws-us-gov` …
    pub(crate) partition: String,
    pub(crate) organization: Option<String>,
    pub(crate) management: Option<AccountId>,
    /// The domains that new primary emails may have; empty: any.
    pub(crate) domains: BTreeSet<String>,
}

/// The commercial partition, and nothing else known.
impl Default for PolicyScope {
    fn default() -> Self {
        Self { partition: "aws".to_owned(), organization: None, management: None, domains: BTreeSet::new() }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) member: Option<AccountId>,
    /// The ARN of the calling user or role, as IAM has it.
    pub(crate) principal: Option<String>,
}

struct Parts<'a> {
    partition: &'a str,
    management: &'a str,
    organization: &'a str,
    member: &'a str,
    unit: &'a str,
    root: &'a str,
    policy: &'a str,
    caller: &'a str,
    name: &'a str,
}

impl<'a> Parts<'a> {
    fn wild(place: &'a PolicyScope, management: &'a str) -> Self {
        Self {
            partition: &place.partition,
            management,
            organization: place.organization.as_deref().unwrap_or("o-*"),
            member: "*",
            unit: "ou-*",
            root: "r-*",
            policy: "*",
            caller: "*",
            name: "*",
        }
    }
}

impl ResourceKind {
    /// The resources of such calls, as a policy names them.
    pub(crate) fn patterns(self, place: &PolicyScope) -> Vec<String> {
        let management = place.management.map_or_else(|| "*".to_owned(), |id| id.to_string());
        self.arns(&Parts::wild(place, &management))
    }

    /// Resources of such calls that no policy names by chance, for asking a policy about all of them.
    pub(crate) fn examples(self, place: &PolicyScope) -> Vec<String> {
        let management = place.management.map_or_else(|| "000000000001".to_owned(), |id| id.to_string());
        self.arns(&Parts {
            partition: &place.partition,
            management: &management,
            organization: place.organization.as_deref().unwrap_or("o-anyone0000"),
            member: "000000000002",
            unit: "ou-any0-anyone00",
            root: "r-any0",
            policy: "anypolicy",
            caller: "000000000003",
            name: "anybody-in-particular",
        })
    }

    /// The resource of one call, with wildcards where something is not known.
    pub(crate) fn of_call(self, place: &PolicyScope, target: &Target) -> String {
        if let (Self::CallingPrincipal, Some(principal)) = (self, &target.principal) {
            return principal.clone();
        }
        let management = place.management.as_ref().map_or("*".to_owned(), AccountId::to_string);
        let member = target.member.as_ref().map_or("*".to_owned(), AccountId::to_string);
        let arns = self.arns(&Parts { member: &member, ..Parts::wild(place, &management) });
        arns.into_iter().next().unwrap_or_else(|| "*".to_owned())
    }

    fn arns(self, parts: &Parts<'_>) -> Vec<String> {
        let Parts { partition, management, organization, member, unit, root, policy, caller, name } = parts;
        match self {
            Self::Nothing => vec!["*".to_owned()],
            Self::MemberAccount => {
                vec![format!("arn:{partition}:account::{management}:account/{organization}/{member}")]
            }
            Self::AnyAccount => vec![
                format!("arn:{partition}:account::{management}:account/{organization}/{member}"),
                format!("arn:{partition}:account::{management}:account"),
            ],
            Self::MemberRoot => vec![format!("arn:{partition}:iam::{member}:root")],
            Self::OrganizationAccount => {
                vec![format!("arn:{partition}:organizations::{management}:account/{organization}/{member}")]
            }
            Self::Unit => vec![
                format!("arn:{partition}:organizations::{management}:root/{organization}/{root}"),
                format!("arn:{partition}:organizations::{management}:ou/{organization}/{unit}"),
            ],
            Self::PolicyTarget => {
                let units = Self::Unit.arns(parts);
                units.into_iter().chain(Self::OrganizationAccount.arns(parts)).collect()
            }
            Self::ControlPolicy => ["service_control_policy", "resource_control_policy"]
                .into_iter()
                .flat_map(|kind| {
                    [
                        format!("arn:{partition}:organizations::{management}:policy/{organization}/{kind}/p-{policy}"),
                        format!("arn:{partition}:organizations::aws:policy/{kind}/p-{policy}"),
                    ]
                })
                .collect(),
            Self::CallingPrincipal => {
                vec![
                    format!("arn:{partition}:iam::{caller}:role/{name}"),
                    format!("arn:{partition}:iam::{caller}:user/{name}"),
                ]
            }
        }
    }
}
