//! What the caller must be permitted: which IAM action each call needs, on which resource, and for what. One table
//! ([`ACTIONS`]) serves the generated policies ([`grant`]), the judgement of other policies ([`explain`]), the
//! readiness of each flow and [`Change::permissions`](super::change::Change::permissions).

mod change;
pub(crate) mod explain;
pub(crate) mod grant;
pub(crate) mod guardrail;
mod resource;
mod table;

use std::fmt;

pub(crate) use resource::{PolicyScope, ResourceKind, Target};
pub(crate) use table::{ACTIONS, Action, ConditionKey};

use super::flow::{Flow, Weight};
use super::task_policy::TaskPolicy;
use super::trusted_access::ServicePrincipal;

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Permission {
    pub action: &'static Action,
    /// What it is about, where policies tell that apart.
    pub(crate) about: About,
}

/// What an action is about, where a condition key tells it apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum About {
    /// Nothing that is told apart.
    Anything,
    /// A service (`organizations:ServicePrincipal`).
    Service(ServicePrincipal),
    /// A task policy (`sts:TaskPolicyArn`).
    Task(TaskPolicy),
}

impl About {
    /// What it is about by its name in AWS.
    pub(crate) fn named(&self) -> Option<String> {
        match self {
            Self::Anything => None,
            Self::Service(service) => Some(service.to_string()),
            Self::Task(task) => Some(task.to_string()),
        }
    }
}

impl Permission {
    /// For a call of `operation`, in IAM's notation; `None` if the caller's policies do not decide about it.
    pub(crate) fn of_call(operation: &str, about: About) -> Option<Self> {
        let action = Action::named(operation)?;
        let told_apart = match &about {
            About::Anything => None,
            About::Service(_) => Some(ConditionKey::ServicePrincipal),
            About::Task(_) => Some(ConditionKey::TaskPolicyArn),
        };
        let fits = told_apart.is_none_or(|key| action.keys().contains(&key));
        (action.is_for_policies() && fits).then_some(Self { action, about })
    }

    pub(crate) fn of_task(task: TaskPolicy) -> Option<Self> {
        Self::of_call("sts:AssumeRoot", About::Task(task))
    }

    /// The resource of such a call, with wildcards where something is not known.
    pub(crate) fn resource(&self, place: &PolicyScope, target: &Target) -> String {
        self.action.resource().of_call(place, target)
    }

    /// The condition keys that such calls come with, and their known values. More than one set where policies may tell
    /// the addresses' domains apart: then all have to be allowed.
    pub(crate) fn contexts(&self, place: &PolicyScope) -> Vec<Vec<(ConditionKey, String)>> {
        match &self.about {
            About::Service(service) => vec![vec![(ConditionKey::ServicePrincipal, service.to_string())]],
            About::Task(task) => vec![vec![(ConditionKey::TaskPolicyArn, task.arn(&place.partition))]],
            About::Anything if self.action.keys().contains(&ConditionKey::EmailTargetDomain) => {
                let each = place.domains.iter().map(|domain| vec![(ConditionKey::EmailTargetDomain, domain.clone())]);
                let known: Vec<_> = each.collect();
                if known.is_empty() { vec![Vec::new()] } else { known }
            }
            About::Anything => vec![Vec::new()],
        }
    }
}

/// `organizations:EnableAWSServiceAccess (iam.amazonaws.com)`.
impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.action.name)?;
        match &self.about {
            About::Anything => Ok(()),
            About::Service(service) => write!(f, " ({service})"),
            About::Task(task) => write!(f, " ({task})"),
        }
    }
}

/// As it is displayed: the whole row of the table would hide what differs.
impl fmt::Debug for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Flow {
    /// What the caller must be permitted for this flow, in the order of the table.
    pub fn permissions(self) -> Vec<(Permission, Weight)> {
        let of_action = |action: &'static Action| {
            let weight = action.weight_for(self)?;
            Some(
                self.told_apart(action, weight)
                    .into_iter()
                    .map(move |(about, weight)| (Permission { action, about }, weight)),
            )
        };
        ACTIONS.iter().filter_map(of_action).flatten().collect()
    }

    fn told_apart(self, action: &Action, weight: Weight) -> Vec<(About, Weight)> {
        if action.keys().contains(&ConditionKey::TaskPolicyArn) {
            return self.tasks().iter().map(|(task, weight)| (About::Task(*task), *weight)).collect();
        }
        if action.keys().contains(&ConditionKey::ServicePrincipal) {
            return self.switched_services().into_iter().map(|service| (About::Service(service), weight)).collect();
        }
        vec![(About::Anything, weight)]
    }

    /// Whether `permission` makes this flow what it is, rather than showing accounts, as every flow does.
    pub(crate) fn is_its_own(self, permission: &Permission) -> bool {
        self == Self::Browse || permission.action.weight_for(Self::Browse).is_none()
    }
}

#[cfg(test)]
mod tests;
