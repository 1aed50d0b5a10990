//! What a policy without an Allow, such as a service control policy, takes away: from a caller to whom everything else
//! is allowed, and from root sessions in the accounts that it is attached to.

use super::PolicyScope;
use super::explain::{Answer, Explained, explain_caller, request};
use crate::domain::policy::{Context, Policy};
use crate::domain::task_policy::TaskPolicy;

/// An account that no policy names by chance, for what is about any.
const SOME_ACCOUNT: &str = "000000000000";

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Left {
    pub(crate) conditions: Vec<(String, Vec<String>)>,
    /// To a caller to whom everything else is allowed, flow by flow.
    pub(crate) caller: Vec<Explained>,
    /// To root sessions, task by task.
    pub(crate) tasks: Vec<TaskLeft>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TaskLeft {
    pub(crate) task: TaskPolicy,
    /// Whether a caller under the policy can open a session for it.
    pub(crate) opening: Answer,
    pub(crate) actions: Vec<(&'static str, Answer)>,
}

/// What is left under `policy`; `None` if it allows something, so that it is no guardrail.
pub(crate) fn left(policy: &Policy, place: &PolicyScope) -> Option<Left> {
    policy.is_guardrail().then(|| left_under(policy, place))
}

/// The same for a policy that is known to be an SCP. One that allows something is the only one at its level.
pub(crate) fn left_under(policy: &Policy, place: &PolicyScope) -> Left {
    let apart = policy.tells_callers_apart();
    let beside = if policy.is_guardrail() { policy.beside_full_access() } else { policy.clone() };
    let caller = if apart {
        // It may spare this one or not: that stays open.
        Vec::new()
    } else {
        vec![("aws:PrincipalArn", format!("arn:{}:iam::{SOME_ACCOUNT}:role/administrator", place.partition))]
    };
    let tasks = TaskPolicy::ALL.map(|task| task_left(&beside, task, place, &caller));
    Left {
        conditions: policy.conditional_statements(),
        caller: explain_caller(&beside, place, &caller),
        tasks: tasks.into(),
    }
}

/// What a resource control policy leaves to root sessions. RCPs do not cover what else this program calls (AWS
/// documentation): the tasks about buckets and queues are all there is.
pub(crate) fn left_by_rcp(policy: &Policy, place: &PolicyScope) -> Left {
    let beside = policy.beside_full_access();
    let tasks = [TaskPolicy::UnlockBucketPolicy, TaskPolicy::UnlockQueuePolicy];
    let left = |task| TaskLeft { opening: Answer::Allowed, ..task_left(&beside, task, place, &[]) };
    Left {
        conditions: policy.conditional_statements(),
        caller: Vec::new(),
        tasks: tasks.into_iter().map(left).collect(),
    }
}

fn task_left(policy: &Policy, task: TaskPolicy, place: &PolicyScope, caller: &[(&str, String)]) -> TaskLeft {
    let root = format!("arn:{}:iam::{SOME_ACCOUNT}:root", place.partition);
    let opening = caller
        .iter()
        .fold(Context::open(), |context, (key, value)| context.with(key, value))
        .with("sts:TaskPolicyArn", task.arn(&place.partition));
    let inside = || {
        Context::open()
            .with("aws:PrincipalArn", root.as_str())
            .with("aws:PrincipalAccount", SOME_ACCOUNT)
            .with("aws:AssumedRoot", "true")
    };
    let of = |action: &&'static str| {
        (*action, request(policy, action, &resource(action, &place.partition, SOME_ACCOUNT), inside()))
    };
    TaskLeft {
        task,
        opening: request(policy, "sts:AssumeRoot", &root, opening),
        actions: task.actions().iter().map(of).collect(),
    }
}

/// What an action of a root session in `account` is done to; of buckets and queues, one that no policy names by chance.
pub(crate) fn resource(action: &str, partition: &str, account: &str) -> String {
    match action.split_once(':') {
        Some(("s3", "ListAllMyBuckets") | ("iam", "GetAccountSummary")) | None => "*".to_owned(),
        Some(("s3", _)) => format!("arn:{partition}:s3:::some-bucket-of-the-account"),
        Some(("sqs", _)) => format!("arn:{partition}:sqs:some-region:{account}:some-queue"),
        Some(_) => format!("arn:{partition}:iam::{account}:root"),
    }
}

impl TaskLeft {
    /// The actions that are taken away, or may be, each with the reason.
    pub(crate) fn missing(&self) -> impl Iterator<Item = &(&'static str, Answer)> {
        self.actions.iter().filter(|(_, answer)| *answer != Answer::Allowed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(statement: &str) -> Left {
        let policy = Policy::parse(&format!(r#"{{"Version":"2012-10-17","Statement":[{statement}]}}"#));
        left(&policy.expect("a policy"), &PolicyScope::default()).expect("a guardrail")
    }

    fn of(left: &Left, task: TaskPolicy) -> &TaskLeft {
        left.tasks.iter().find(|one| one.task == task).expect("every task")
    }

    const ROOT: &str = r#""ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:root"}"#;

    #[test]
    fn what_allows_something_is_no_guardrail() {
        for text in [
            r#"{"Statement":[]}"#,
            r#"{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"},{"Effect":"Deny","Action":"*","Resource":"*"}]}"#,
        ] {
            assert_eq!(left(&Policy::parse(text).expect("a policy"), &PolicyScope::default()), None);
        }
    }

    #[test]
    fn a_policy_that_is_said_to_be_an_scp_is_the_only_one_at_its_level() {
        let text = r#"{"Statement":{"Effect":"Allow","Action":["iam:Get*","iam:List*"],"Resource":"*"}}"#;
        let left = left_under(&Policy::parse(text).expect("a policy"), &PolicyScope::default());
        assert_eq!(of(&left, TaskPolicy::AuditRootCredentials).missing().count(), 0);
        assert_eq!(of(&left, TaskPolicy::UnlockQueuePolicy).missing().count(), 4);
    }

    #[test]
    fn a_resource_control_policy_is_about_buckets_and_queues_alone() {
        let text = r#"{"Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}}"#;
        let left = left_by_rcp(&Policy::parse(text).expect("a policy"), &PolicyScope::default());
        assert_eq!((left.caller.len(), left.tasks.len()), (0, 2));
        assert_eq!(of(&left, TaskPolicy::UnlockBucketPolicy).missing().count(), 4);
        assert_eq!(of(&left, TaskPolicy::UnlockQueuePolicy).missing().count(), 0);
    }

    #[test]
    fn root_sessions_are_spared_where_the_policy_spares_them() {
        let spared = judged(&format!(
            r#"{{"Effect":"Deny","Action":"iam:*","Resource":"*","Condition":{{{ROOT},"Null":{{"aws:AssumedRoot":"true"}}}}}}"#
        ));
        assert!(spared.tasks.iter().all(|task| task.missing().count() == 0 && task.opening == Answer::Allowed));
        let hit = judged(&format!(
            r#"{{"Sid":"NoRoot","Effect":"Deny","NotAction":["s3:*","sqs:*"],"Resource":"*","Condition":{{{ROOT}}}}}"#
        ));
        assert_eq!(of(&hit, TaskPolicy::UnlockBucketPolicy).missing().count(), 0);
        let audit = of(&hit, TaskPolicy::AuditRootCredentials);
        assert_eq!(audit.missing().count(), audit.actions.len());
        assert!(matches!(&audit.actions[0].1, Answer::Denied(statement) if statement.contains("NoRoot")));
        // No caller that is not root loses anything.
        assert_eq!(audit.opening, Answer::Allowed);
    }

    #[test]
    fn a_policy_can_leave_one_task_to_be_opened() {
        let only = judged(&format!(
            r#"{{"Effect":"Deny","Action":"sts:AssumeRoot","Resource":"*","Condition":{{"StringNotEquals":{{"sts:TaskPolicyArn":"{}"}}}}}}"#,
            TaskPolicy::UnlockQueuePolicy.arn("aws")
        ));
        let open: Vec<TaskPolicy> =
            only.tasks.iter().filter(|task| task.opening == Answer::Allowed).map(|task| task.task).collect();
        assert_eq!(open, [TaskPolicy::UnlockQueuePolicy]);
        assert!(only.tasks.iter().all(|task| task.missing().count() == 0));
    }

    #[test]
    fn what_depends_on_the_region_or_on_the_caller_stays_open() {
        let region = judged(
            r#"{"Effect":"Deny","NotAction":["iam:*","sts:AssumeRole"],"Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":"eu-west-1"}}}"#,
        );
        let audit = of(&region, TaskPolicy::AuditRootCredentials);
        assert!(matches!(&audit.opening, Answer::Unknown(keys) if keys.contains("aws:RequestedRegion")), "{audit:?}");
        assert_eq!(audit.missing().count(), 0);
        let bucket = of(&region, TaskPolicy::UnlockBucketPolicy);
        assert!(
            bucket.missing().all(|(_, answer)| matches!(answer, Answer::Unknown(_))) && bucket.missing().count() > 0
        );
        let caller = judged(
            r#"{"Effect":"Deny","Action":"sts:AssumeRoot","Resource":"*","Condition":{"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/OrgAdmin"}}}"#,
        );
        assert!(matches!(&caller.tasks[0].opening, Answer::Unknown(keys) if keys.contains("aws:PrincipalArn")));
    }
}
