//! What is attached on the way from the root of the organization to an account.

use crate::domain::account::{Account, AccountId};
use crate::domain::api_error::ApiError;
use crate::domain::word_enum::word_enum;

word_enum! {
    /// The types of policies of Organizations that restrict what principals may do, by AWS's names.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum ControlKind {
        /// Restricts the principals of the accounts below.
        Service = "SERVICE_CONTROL_POLICY",
        /// Restricts access to the resources of the accounts below.
        Resource = "RESOURCE_CONTROL_POLICY",
    }
}

/// A policy of the organization, as `ListPoliciesForTarget` and `DescribePolicy` tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ControlPolicy {
    /// `p-…`.
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) kind: ControlKind,
    pub(crate) aws_managed: bool,
    /// The document as AWS keeps it, or why it could not be read.
    pub(crate) content: Result<String, ApiError>,
}

/// The root, a unit or the account itself, with what is attached right there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Level {
    pub(crate) id: String,
    /// `None` for a unit whose name could not be read.
    pub(crate) name: Option<String>,
    /// The ids of the policies, or why they could not be listed.
    pub(crate) attached: Vec<(ControlKind, Result<Vec<String>, ApiError>)>,
}

/// Everything on the way from the root to an account, the root first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ControlWay {
    pub(crate) account: AccountId,
    pub(crate) levels: Vec<Level>,
    /// Each once, in the order of the way.
    pub(crate) policies: Vec<ControlPolicy>,
}

impl ControlWay {
    pub(crate) fn policy(&self, id: &str) -> Option<&ControlPolicy> {
        self.policies.iter().find(|policy| policy.id == id)
    }

    /// `DenyRootUser (p-2kgnabcd)`: a policy's name beside its id.
    pub(crate) fn named(&self, id: &str) -> String {
        match self.policy(id) {
            Some(policy) if policy.name != id => format!("{} ({id})", policy.name),
            _ => id.to_owned(),
        }
    }

    /// Where a policy is attached.
    pub(crate) fn levels_with(&self, policy: &str) -> impl Iterator<Item = &Level> {
        self.levels.iter().filter(move |level| {
            level.attached.iter().any(|(_, ids)| ids.as_ref().is_ok_and(|ids| ids.iter().any(|id| id == policy)))
        })
    }

    /// All that could not be read, each error once.
    pub(crate) fn errors(&self) -> Vec<&ApiError> {
        let lists = self.levels.iter().flat_map(|level| &level.attached).filter_map(|(_, ids)| ids.as_ref().err());
        let documents = self.policies.iter().filter_map(|policy| policy.content.as_ref().err());
        let mut errors: Vec<&ApiError> = Vec::new();
        for error in lists.chain(documents) {
            let is_same = |other: &&ApiError| (other.operation, other.kind) == (error.operation, error.kind);
            if !errors.iter().any(is_same) {
                errors.push(error);
            }
        }
        errors
    }
}

/// Where a root session is, and what policies can know of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) partition: String,
    pub(crate) organization: String,
    /// `o-…/r-…/ou-…/`, as `aws:PrincipalOrgPaths` has it.
    pub(crate) path: String,
}

impl Place {
    pub(crate) fn new(partition: &str, organization: &str, root: &str, account: &Account) -> Self {
        let units: Vec<&str> = account.unit_ids.as_deref().unwrap_or_default().iter().map(String::as_str).collect();
        let units = if units.is_empty() { String::new() } else { format!("{}/", units.join("/")) };
        Self {
            partition: partition.to_owned(),
            organization: organization.to_owned(),
            path: format!("{organization}/{root}/{units}"),
        }
    }
}
