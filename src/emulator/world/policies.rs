//! The policies that narrow what callers may do: task policies and service control policies.

use std::collections::HashMap;

use super::blueprint::ControlPolicyPlan;
use super::organization::Organization;
use crate::domain::policy::{Decision, Policy, Request};
use crate::emulator::options::StartError;
use crate::emulator::task_policy::TaskPolicy;

/// All of them, read.
#[derive(Debug)]
pub(crate) struct Policies {
    tasks: HashMap<TaskPolicy, Policy>,
    /// By the id of the root or organizational unit they are attached to.
    control: HashMap<String, Vec<Policy>>,
}

impl Policies {
    pub(crate) fn new(plans: &[ControlPolicyPlan], organization: &Organization) -> Result<Self, StartError> {
        let mut tasks = HashMap::new();
        for task in TaskPolicy::ALL {
            tasks.insert(task, read(task.name(), task.document())?);
        }
        let mut control: HashMap<String, Vec<Policy>> = HashMap::new();
        for plan in plans {
            let policy = read(&plan.name, &plan.document.to_string())?;
            for unit in &plan.units {
                let container = organization.unit(unit);
                let container = container.ok_or_else(|| StartError::Inconsistent(format!("no unit {unit}")))?;
                control.entry(container.id.clone()).or_default().push(policy.clone());
            }
        }
        Ok(Self { tasks, control })
    }

    /// Whether the task's policy denies what root may otherwise do.
    pub(crate) fn task_denies(&self, task: TaskPolicy, request: Request<'_>) -> bool {
        // A task without a policy is none that can be asked for; nothing is what it allows.
        self.tasks.get(&task).is_none_or(|policy| denies(policy, request))
    }

    /// Whether a service control policy above `account` denies it. Beside those of the plan,
    /// `FullAWSAccess` is attached everywhere, as it is by default, so only their denials count.
    /// They never apply to the management account (AWS documentation).
    pub(crate) fn control_denies(&self, organization: &Organization, account: &str, request: Request<'_>) -> bool {
        if account == organization.management_account {
            return false;
        }
        let mut above = organization.parent_of(account);
        while let Some(container) = above {
            let attached = self.control.get(&container.id);
            if attached.is_some_and(|policies| policies.iter().any(|policy| denies(policy, request))) {
                return true;
            }
            above = organization.parent_of(&container.id);
        }
        false
    }
}

fn denies(policy: &Policy, request: Request<'_>) -> bool {
    matches!(policy.evaluate(request).decision, Decision::ExplicitDeny(_))
}

fn read(name: &str, document: &str) -> Result<Policy, StartError> {
    Policy::parse(document).map_err(|error| StartError::Inconsistent(format!("the policy {name}: {error}")))
}
