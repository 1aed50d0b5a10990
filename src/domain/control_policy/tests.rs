use super::*;
use crate::domain::account::AccountId;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::task_policy::TaskPolicy;

const ACCOUNT: &str = "444455556666";
const FULL: &str = r#"{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;
const ROOT: &str = r#""ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:root"}"#;

fn policy(id: &str, kind: ControlKind, statement: &str) -> ControlPolicy {
    let content = format!(r#"{{"Version":"2012-10-17","Statement":[{statement}]}}"#);
    ControlPolicy { id: id.to_owned(), name: id.to_owned(), kind, aws_managed: false, content: Ok(content) }
}

fn scp(statement: &str) -> ControlPolicy {
    policy("p-scp00000", ControlKind::Service, statement)
}

/// Full access at both levels, and these policies at the account.
fn way(policies: Vec<ControlPolicy>) -> ControlWay {
    let full =
        ControlPolicy { content: Ok(FULL.to_owned()), aws_managed: true, ..policy("p-full", ControlKind::Service, "") };
    let ids = |kind: ControlKind| policies.iter().filter(move |one| one.kind == kind).map(|one| one.id.clone());
    let own = vec![
        (ControlKind::Service, Ok(ids(ControlKind::Service).chain(["p-full".to_owned()]).collect())),
        (ControlKind::Resource, Ok(ids(ControlKind::Resource).collect())),
    ];
    let root = vec![(ControlKind::Service, Ok(vec!["p-full".to_owned()]))];
    let level = |id: &str, attached| Level { id: id.to_owned(), name: None, attached };
    let levels = vec![level("r-root", root), level(ACCOUNT, own)];
    ControlWay { account: ACCOUNT.parse().expect("an id"), levels, policies: [vec![full], policies].concat() }
}

fn place() -> Place {
    Place { partition: "aws".to_owned(), organization: "o-org".to_owned(), path: "o-org/r-root/".to_owned() }
}

fn verdict(tasks: &[TaskVerdict], task: TaskPolicy) -> Verdict {
    tasks.iter().find(|one| one.task == task).map(TaskVerdict::verdict).expect("every task")
}

/// The verdicts of the five tasks under an SCP of this statement: `.` allowed, `?` unknown, `x` blocked.
fn under(statement: &str) -> String {
    let tasks = judge(&way(vec![scp(statement)]), &place());
    let sign = |task: &TaskVerdict| match task.verdict() {
        Verdict::Allowed => '.',
        Verdict::Unknown => '?',
        Verdict::Blocked => 'x',
    };
    tasks.iter().map(sign).collect()
}

/// An account in whose unit an SCP denies root everything.
pub(crate) fn blocked(account: AccountId) -> Controls {
    let deny =
        format!(r#"{{"Sid":"DenyRootUser","Effect":"Deny","Action":"*","Resource":"*","Condition":{{{ROOT}}}}}"#);
    let deny = ControlPolicy { id: "p-2kgnabcd".to_owned(), name: "DenyRootUser".to_owned(), ..scp(&deny) };
    let full = ControlPolicy {
        id: "p-FullAWSAccess".to_owned(),
        name: "FullAWSAccess".to_owned(),
        aws_managed: true,
        content: Ok(FULL.to_owned()),
        ..scp("")
    };
    let level = |id: &str, name: &str, ids: &[&ControlPolicy]| Level {
        id: id.to_owned(),
        name: Some(name.to_owned()),
        attached: vec![(ControlKind::Service, Ok(ids.iter().map(|policy| policy.id.clone()).collect()))],
    };
    let levels = vec![
        level("r-8j81", "Root", &[&full]),
        level("ou-8j81-v6mmqezr", "Policy Staging", &[&full, &deny]),
        level(&account.to_string(), "policy-canary", &[&full]),
    ];
    let way = ControlWay { account, levels, policies: vec![full, deny] };
    let tasks = judge(&way, &place());
    let (exemptions, not_exempted) = exemptions(&way, &tasks);
    Controls { member: Some(MemberControls { way, tasks, exemptions, not_exempted, caller: None }) }
}

#[test]
fn policies_that_administrators_write_about_root_are_judged_for_root_sessions() {
    let deny_root = format!(r#"{{"Effect":"Deny","Action":"*","Resource":"*","Condition":{{{ROOT}}}}}"#);
    assert_eq!(under(&deny_root), "xxxxx");
    let spared = deny_root.replace("}}}", r#"},"Null":{"aws:AssumedRoot":"true"}}}"#);
    assert_eq!(under(&spared), ".....");
    let buckets = format!(
        r#"{{"Effect":"Deny","NotAction":["s3:GetBucketPolicy","s3:PutBucketPolicy","s3:DeleteBucketPolicy","s3:ListAllMyBuckets"],"Resource":"*","Condition":{{{ROOT}}}}}"#
    );
    assert_eq!(under(&buckets), "xxx.x");
    // A caller's account is not the one that the session is in.
    assert_eq!(under(r#"{"Effect":"Deny","Action":"sts:AssumeRoot","Resource":"*"}"#), ".....");
    // IAM is called in us-east-1; the region of buckets and queues is not known.
    let region = |regions: &str| {
        let condition = format!(r#"{{"StringNotEquals":{{"aws:RequestedRegion":{regions}}}}}"#);
        under(&format!(r#"{{"Effect":"Deny","Action":"*","Resource":"*","Condition":{condition}}}"#))
    };
    assert_eq!(region(r#"["ap-northeast-1","us-east-1"]"#), "...??");
    assert_eq!(region(r#""ap-northeast-1""#), "xxx??");
    // Only some buckets.
    assert_eq!(under(r#"{"Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3:::logs-*"}"#), "...?.");
    assert_eq!(
        under(
            r#"{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}"#
        ),
        "...?."
    );
    assert_eq!(
        under(
            r#"{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalOrgID":"o-org"}}}"#
        ),
        "....."
    );
}

#[test]
fn each_level_must_allow_it() {
    let mut way = way(vec![scp(
        r#"{"Effect":"Allow","Action":["iam:Get*","iam:List*","iam:CreateLoginProfile"],"Resource":"*"}"#,
    )]);
    let tasks = judge(&way, &place());
    assert!(tasks.iter().all(|task| task.verdict() == Verdict::Allowed), "full access is attached beside it");
    // AWS's policy has been detached from the account.
    way.levels[1].attached[0].1 = Ok(vec!["p-scp00000".to_owned()]);
    let tasks = judge(&way, &place());
    assert_eq!(verdict(&tasks, TaskPolicy::AuditRootCredentials), Verdict::Allowed);
    assert_eq!(verdict(&tasks, TaskPolicy::DeleteRootCredentials), Verdict::Blocked);
    assert_eq!(verdict(&tasks, TaskPolicy::UnlockQueuePolicy), Verdict::Blocked);
    let (changed, unchanged) = exemptions(&way, &tasks);
    assert_eq!(changed, []);
    let [NotExempted::Allow { level, actions }] = unchanged.as_slice() else { unreachable!("{unchanged:?}") };
    assert_eq!(level, ACCOUNT);
    assert!(actions.contains(&"iam:DeleteAccessKey") && !actions.contains(&"iam:GetUser"), "{actions:?}");
    // Without any the policy type is off.
    way.levels[1].attached[0].1 = Ok(Vec::new());
    assert!(judge(&way, &place()).iter().all(|task| task.verdict() == Verdict::Allowed));
}

#[test]
fn what_could_not_be_read_is_unknown_unless_something_else_blocks_it() {
    let error = || ApiError::new("organizations:DescribePolicy", ApiErrorKind::AccessDenied, "no");
    let unread = ControlPolicy { content: Err(error()), ..scp("") };
    let tasks = judge(&way(vec![unread.clone()]), &place());
    assert!(tasks.iter().all(|task| task.verdict() == Verdict::Unknown));
    let deny =
        ControlPolicy { id: "p-other".to_owned(), ..scp(r#"{"Effect":"Deny","Action":"iam:*","Resource":"*"}"#) };
    let tasks = judge(&way(vec![unread, deny]), &place());
    assert_eq!(verdict(&tasks, TaskPolicy::AuditRootCredentials), Verdict::Blocked);
    assert_eq!(verdict(&tasks, TaskPolicy::UnlockBucketPolicy), Verdict::Unknown);
    let mut unlisted = way(Vec::new());
    unlisted.levels[0].attached[0].1 = Err(error());
    assert!(judge(&unlisted, &place()).iter().all(|task| task.verdict() == Verdict::Unknown));
    assert_eq!(unlisted.errors(), [&error()]);
    let strange = ControlPolicy { content: Ok(r#"{"Statement":7}"#.to_owned()), ..scp("") };
    assert_eq!(verdict(&judge(&way(vec![strange]), &place()), TaskPolicy::AuditRootCredentials), Verdict::Unknown);
}

#[test]
fn resource_control_policies_are_about_buckets_and_queues_and_not_about_iam() {
    let all = policy(
        "p-rcp00000",
        ControlKind::Resource,
        r#"{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalOrgID":"o-other"}}}"#,
    );
    let tasks = judge(&way(vec![all]), &place());
    assert_eq!(verdict(&tasks, TaskPolicy::DeleteRootCredentials), Verdict::Allowed);
    assert_eq!(verdict(&tasks, TaskPolicy::UnlockBucketPolicy), Verdict::Blocked);
    assert_eq!(verdict(&tasks, TaskPolicy::UnlockQueuePolicy), Verdict::Blocked);
}

#[test]
fn the_exemption_of_each_policy_lets_root_sessions_through() {
    let two = scp(&format!(
        r#"{{"Sid":"A","Effect":"Deny","Action":"iam:*","Resource":"*","Condition":{{{ROOT}}}}},{{"Sid":"B","Effect":"Deny","Action":"ec2:*","Resource":"*"}},{{"Sid":"C","Effect":"Deny","Action":"s3:*","Resource":"*"}}"#
    ));
    let mut way = way(vec![two]);
    let tasks = judge(&way, &place());
    let (changed, unchanged) = exemptions(&way, &tasks);
    assert_eq!(unchanged, []);
    let [exemption] = changed.as_slice() else { unreachable!("{changed:?}") };
    let sids: Vec<_> = exemption.statements.iter().filter_map(|name| name.sid.as_deref()).collect();
    assert_eq!(sids, ["A", "C"], "what does not block a root session stays");
    way.policies[1].content = Ok(exemption.after.join("\n"));
    assert!(judge(&way, &place()).iter().all(|task| task.verdict() == Verdict::Allowed));
}

#[test]
fn a_statement_about_root_sessions_is_left_to_its_owner() {
    let on_purpose =
        scp(r#"{"Effect":"Deny","Action":"iam:*","Resource":"*","Condition":{"Bool":{"aws:AssumedRoot":"true"}}}"#);
    let way = way(vec![on_purpose]);
    let (changed, unchanged) = exemptions(&way, &judge(&way, &place()));
    assert_eq!(changed, []);
    assert_eq!(unchanged, [NotExempted::OnPurpose { policy: "p-scp00000".to_owned() }]);
}

#[test]
fn the_callers_own_account_decides_about_opening_sessions() {
    let audits = TaskPolicy::AuditRootCredentials.arn("aws");
    let only_audits = scp(&format!(
        r#"{{"Effect":"Deny","Action":"sts:AssumeRoot","Resource":"*","Condition":{{"StringNotEquals":{{"sts:TaskPolicyArn":"{audits}"}}}}}}"#
    ));
    let opening = judge_opening(&way(vec![only_audits]), &place(), None, "555500000101");
    let verdicts: Vec<Verdict> = opening.iter().map(ActionVerdict::verdict).collect();
    assert_eq!(verdicts, [Verdict::Allowed, Verdict::Blocked, Verdict::Blocked, Verdict::Blocked, Verdict::Blocked]);
    let but = scp(
        r#"{"Effect":"Deny","Action":"sts:AssumeRoot","Resource":"*","Condition":{"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/Root"}}}"#,
    );
    let first = |arn| judge_opening(&way(vec![but.clone()]), &place(), arn, "555500000101")[0].verdict();
    assert_eq!(first(None), Verdict::Unknown);
    assert_eq!(first(Some("arn:aws:iam::444455556666:role/Root")), Verdict::Allowed);
    assert_eq!(first(Some("arn:aws:iam::444455556666:role/Other")), Verdict::Blocked);
}
