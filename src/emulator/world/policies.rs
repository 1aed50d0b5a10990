//! The policies that narrow what callers may do: task policies, and the control policies of the organization.

use std::collections::HashMap;

use super::blueprint::ControlPolicyPlan;
use super::control_policies::{ControlPolicies, denies, read};
use super::organization::Organization;
use crate::domain::policy::{Policy, Request};
use crate::emulator::options::StartError;
use crate::emulator::task_policy::TaskPolicy;

#[derive(Debug)]
pub(crate) struct Policies {
    tasks: HashMap<TaskPolicy, Policy>,
    pub(crate) control: ControlPolicies,
}

impl Policies {
    pub(crate) fn new(plans: &[ControlPolicyPlan], organization: &Organization) -> Result<Self, StartError> {
        let mut tasks = HashMap::new();
        for task in TaskPolicy::ALL {
            tasks.insert(task, read(task.name(), task.document())?);
        }
        Ok(Self { tasks, control: ControlPolicies::new(plans, organization)? })
    }

    pub(crate) fn task_denies(&self, task: TaskPolicy, request: Request<'_>) -> bool {
        // A task without a policy is none that can be asked for; nothing is what it allows.
        self.tasks.get(&task).is_none_or(|policy| denies(policy, request))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::policy::Context;
    use crate::emulator::world::blueprint::Blueprint;

    const MANAGEMENT: &str = "111122223333";
    /// In Workloads/Production/Payments.
    const PAYMENTS: &str = "555500000101";
    /// In Workloads/Staging.
    const STAGING: &str = "555500000202";
    const SANDBOX: &str = "444455556001";

    fn demo() -> Organization {
        let organization = Blueprint::demo().and_then(|blueprint| Organization::new(&blueprint));
        organization.unwrap_or_else(|error| unreachable!("{error}"))
    }

    fn plan(units: &[&str], document: serde_json::Value) -> ControlPolicyPlan {
        ControlPolicyPlan {
            name: "Test".to_owned(),
            units: units.iter().map(|unit| (*unit).to_owned()).collect(),
            document,
            ..ControlPolicyPlan::default()
        }
    }

    fn deny_all() -> serde_json::Value {
        json!({ "Version": "2012-10-17", "Statement": { "Effect": "Deny", "Action": "*", "Resource": "*" } })
    }

    /// Which of the four accounts it denies something.
    fn denied(units: &[&str]) -> Vec<&'static str> {
        denied_by(plan(units, deny_all()))
    }

    fn denied_by(plan: ControlPolicyPlan) -> Vec<&'static str> {
        let organization = demo();
        let Ok(policies) = Policies::new(&[plan], &organization) else { unreachable!("a good plan") };
        let context = Context::new();
        let request = Request { action: "iam:GetUser", resource: "*", context: &context };
        let denies = |account: &&str| policies.control.denial(&organization, account, request).is_some();
        [MANAGEMENT, PAYMENTS, STAGING, SANDBOX].into_iter().filter(denies).collect()
    }

    #[test]
    fn a_service_control_policy_reaches_all_below_it_but_never_the_management_account() {
        assert_eq!(denied(&["Workloads/Production/Payments"]), [PAYMENTS]);
        assert_eq!(denied(&["Workloads"]), [PAYMENTS, STAGING]);
        assert_eq!(denied(&["Workloads/Staging", "Sandbox"]), [STAGING, SANDBOX]);
        assert_eq!(denied(&[""]), [PAYMENTS, STAGING, SANDBOX]);
        assert_eq!(denied(&["Security"]), [""; 0]);
        let accounts = [STAGING, MANAGEMENT].map(str::to_owned).to_vec();
        assert_eq!(denied_by(ControlPolicyPlan { accounts, ..plan(&[], deny_all()) }), [STAGING]);
    }

    #[test]
    fn a_plan_for_no_unit_or_of_no_policy_does_not_hold_together() {
        let organization = demo();
        let nowhere = ControlPolicyPlan { accounts: vec!["999999999999".to_owned()], ..plan(&[], deny_all()) };
        for bad in [plan(&["Workloads/Nowhere"], deny_all()), plan(&[], json!({ "Statement": 1 })), nowhere] {
            assert!(matches!(Policies::new(&[bad], &organization), Err(StartError::Inconsistent(_))));
        }
    }

    #[test]
    fn each_task_leaves_root_its_own_actions_and_no_others() {
        let organization = demo();
        let Ok(policies) = Policies::new(&[], &organization) else { unreachable!("no plans") };
        let root = "arn:aws:iam::444455556001:root";
        let context = Context::new()
            .with("aws:PrincipalArn", root)
            .with("aws:PrincipalAccount", SANDBOX)
            .with("aws:ResourceAccount", SANDBOX);
        let queue = "arn:aws:sqs:eu-west-1:444455556001:q";
        for (task, action, resource, allowed) in [
            (TaskPolicy::AuditRootUserCredentials, "iam:GetAccountSummary", "*", true),
            (TaskPolicy::AuditRootUserCredentials, "iam:GetUser", root, true),
            (TaskPolicy::AuditRootUserCredentials, "iam:GetUser", "arn:aws:iam::444455556001:user/x", false),
            (TaskPolicy::AuditRootUserCredentials, "iam:DeleteAccessKey", root, false),
            (TaskPolicy::DeleteRootUserCredentials, "iam:DeleteAccessKey", root, true),
            (TaskPolicy::DeleteRootUserCredentials, "iam:GetAccountSummary", "*", false),
            (TaskPolicy::CreateRootUserPassword, "iam:CreateLoginProfile", root, true),
            (TaskPolicy::CreateRootUserPassword, "iam:DeleteLoginProfile", root, false),
            (TaskPolicy::UnlockBucketPolicy, "s3:ListAllMyBuckets", "*", true),
            (TaskPolicy::UnlockBucketPolicy, "s3:DeleteBucketPolicy", "arn:aws:s3:::b", true),
            (TaskPolicy::UnlockBucketPolicy, "s3:GetBucketLocation", "arn:aws:s3:::b", false),
            (TaskPolicy::UnlockQueuePolicy, "sqs:GetQueueAttributes", queue, true),
            (TaskPolicy::UnlockQueuePolicy, "sqs:SendMessage", queue, false),
        ] {
            let request = Request { action, resource, context: &context };
            assert_eq!(policies.task_denies(task, request), !allowed, "{task:?} {action} {resource}");
        }
        let elsewhere = Context::new()
            .with("aws:PrincipalArn", root)
            .with("aws:PrincipalAccount", SANDBOX)
            .with("aws:ResourceAccount", PAYMENTS);
        let request = Request { action: "sqs:GetQueueAttributes", resource: queue, context: &elsewhere };
        assert!(policies.task_denies(TaskPolicy::UnlockQueuePolicy, request));
    }
}
