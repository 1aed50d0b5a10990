use serde_json::json;

use super::*;
use crate::domain::flow::Flow::{
    Audit, Browse, ChangeContacts, ChangeEmails, Delegation, DeleteCredentials, ReadContacts, ReadEmails, ReadScps,
    Recovery, RootFeatures, Simulate, TrustedAccess, UnlockBuckets, UnlockQueues,
};
use crate::domain::permission::About;
use crate::domain::permission::grant::{self, PolicyRequest};
use crate::domain::policy::ManagedPolicy;
use crate::domain::task_policy::TaskPolicy;
use crate::domain::trusted_access::ServicePrincipal;

fn managed(policy: ManagedPolicy) -> Policy {
    Policy::parse(policy.document()).expect("a policy")
}

fn statements(statements: &serde_json::Value) -> Policy {
    let document = json!({ "Version": "2012-10-17", "Statement": statements });
    Policy::parse(&document.to_string()).expect("a policy")
}

fn permission(operation: &str) -> Permission {
    Permission::of_call(operation, About::Anything).expect("in the table")
}

fn answer(policy: &Policy, permission: &Permission, place: &PolicyScope) -> Answer {
    answer_to(policy, permission, place, &[])
}

fn says(policy: &Policy, operation: &str) -> Answer {
    answer(policy, &permission(operation), &PolicyScope::default())
}

fn depends(on: &[&str]) -> Answer {
    Answer::Unknown(on.iter().map(|&name| name.to_owned()).collect())
}

fn only(resources: &[&str]) -> Answer {
    Answer::Only(resources.iter().map(|&name| name.to_owned()).collect())
}

/// By what the documents say (versions of November 2026); what is not listed is [`Extent::Nothing`].
#[test]
fn the_managed_policies_allow_what_their_documents_say() {
    use Extent::{Part, Whole, WithoutHelp};
    let tasks = [Audit, DeleteCredentials, Recovery, UnlockBuckets, UnlockQueues];
    let expected: [(ManagedPolicy, Vec<(Flow, Extent)>); 7] = [
        (
            ManagedPolicy::OrganizationsReadOnly,
            vec![
                (Browse, Whole),
                (ReadEmails, WithoutHelp),
                (ReadContacts, Whole),
                (ReadScps, Whole),
                (TrustedAccess, Part),
                (Delegation, Part),
            ],
        ),
        (
            ManagedPolicy::OrganizationsFull,
            vec![
                (Browse, Whole),
                (ReadContacts, Whole),
                (ChangeContacts, Whole),
                (ReadScps, Whole),
                (TrustedAccess, Whole),
                (Delegation, Whole),
            ],
        ),
        (ManagedPolicy::AccountManagementReadOnly, vec![(ReadEmails, Part), (ReadContacts, Part)]),
        (
            ManagedPolicy::AccountManagementFull,
            vec![(ReadEmails, Part), (ChangeEmails, Part), (ReadContacts, Part), (ChangeContacts, Part)],
        ),
        (ManagedPolicy::AccountActivity, vec![(ReadContacts, Part)]),
        (ManagedPolicy::PowerUser, tasks.iter().map(|flow| (*flow, Part)).chain([(ReadEmails, Part)]).collect()),
        (ManagedPolicy::Administrator, Flow::ALL.iter().map(|flow| (*flow, Whole)).collect()),
    ];
    for (policy, extents) in expected {
        for explained in explain(&managed(policy), &PolicyScope::default()) {
            let listed = extents.iter().find(|(flow, _)| *flow == explained.flow);
            assert_eq!(
                explained.extent,
                listed.map_or(Extent::Nothing, |(_, extent)| *extent),
                "{policy} {explained:?}"
            );
        }
    }
}

#[test]
fn what_is_told_of_single_actions_comes_out_right() {
    use ManagedPolicy::{
        AccountActivity, AccountManagementReadOnly, OrganizationsFull, OrganizationsReadOnly, PowerUser,
    };
    let allowed = |policy, operation| says(&managed(policy), operation) == Answer::Allowed;
    // The full access to Organizations reads no primary email, the read-only one does.
    assert!(!allowed(OrganizationsFull, "account:GetPrimaryEmail"));
    assert!(allowed(OrganizationsReadOnly, "account:GetPrimaryEmail"));
    assert!(!allowed(OrganizationsReadOnly, "account:GetPrimaryEmailUpdateStatus"));
    assert!(allowed(AccountManagementReadOnly, "account:GetPrimaryEmailUpdateStatus"));
    assert!(!allowed(AccountActivity, "account:GetPrimaryEmail"));
    // NotAction leaves out organizations, account and iam, and with that allows AssumeRoot.
    assert!(allowed(PowerUser, "organizations:DescribeOrganization") && allowed(PowerUser, "account:GetPrimaryEmail"));
    assert!(!allowed(PowerUser, "organizations:ListAccounts") && !allowed(PowerUser, "iam:ListOrganizationsFeatures"));
    for task in TaskPolicy::ALL {
        let opens = Permission::of_task(task).expect("in the table");
        assert_eq!(answer(&managed(PowerUser), &opens, &PolicyScope::default()), Answer::Allowed, "{task}");
    }
}

#[test]
fn a_generated_policy_is_explained_as_the_flows_it_was_generated_for() {
    for flow in Flow::ALL {
        let policy =
            Policy::parse(&grant::policy(&PolicyRequest::of([flow]), &PolicyScope::default())).expect("a policy");
        assert_eq!(explain_flow(&policy, flow, &PolicyScope::default(), &[]).extent, Extent::Whole, "{flow}");
        let essential = PolicyRequest { helpful: false, ..PolicyRequest::of([flow]) };
        let policy = Policy::parse(&grant::policy(&essential, &PolicyScope::default())).expect("a policy");
        let helps = flow.permissions().iter().any(|(_, weight)| *weight == Weight::Helpful);
        let expected = if helps { Extent::WithoutHelp } else { Extent::Whole };
        assert_eq!(explain_flow(&policy, flow, &PolicyScope::default(), &[]).extent, expected, "{flow}");
    }
    let nothing = statements(&json!([{ "Effect": "Allow", "Action": "s3:*", "Resource": "*" }]));
    assert!(explain(&nothing, &PolicyScope::default()).iter().all(|one| one.extent == Extent::Nothing));
    assert_eq!(explain_flow(&nothing, Simulate, &PolicyScope::default(), &[]).judged.len(), 2);
}

#[test]
fn some_resources_are_told_from_all() {
    let ours = "arn:aws:account::111122223333:account/o-8j81brsjuj/*";
    let one = statements(&json!([{ "Effect": "Allow", "Action": "account:*", "Resource": [ours, "arn:aws:s3:::b"] }]));
    assert_eq!(says(&one, "account:GetPrimaryEmail"), only(&[ours]));
    assert_eq!(explain_flow(&one, ReadEmails, &PolicyScope::default(), &[]).extent, Extent::Part);
    // Once it is told which organization it is about, that is all of it.
    let place = PolicyScope {
        organization: Some("o-8j81brsjuj".into()),
        management: "111122223333".parse().ok(),
        ..PolicyScope::default()
    };
    assert_eq!(answer(&one, &permission("account:GetPrimaryEmail"), &place), Answer::Allowed);
    let half = "arn:aws:account::1111*";
    let overlapping = statements(&json!([{ "Effect": "Allow", "Action": "account:*", "Resource": half }]));
    assert_eq!(says(&overlapping, "account:GetPrimaryEmail"), only(&[half]));

    let protected = "arn:aws:iam::444455556666:root";
    let but = statements(&json!([
        { "Effect": "Allow", "Action": "*", "Resource": "*" },
        { "Effect": "Deny", "Action": "sts:AssumeRoot", "Resource": protected },
    ]));
    let audit = Permission::of_task(TaskPolicy::AuditRootCredentials).expect("in the table");
    assert_eq!(answer(&but, &audit, &PolicyScope::default()), Answer::AllBut(vec![protected.to_owned()]));
    let not = statements(&json!([{ "Effect": "Allow", "Action": "*", "NotResource": protected }]));
    assert_eq!(answer(&not, &audit, &PolicyScope::default()), Answer::AllBut(vec![protected.to_owned()]));
    // What can only be allowed on everything is not, on a resource.
    let pointless = statements(&json!([{ "Effect": "Allow", "Action": "iam:*", "Resource": protected }]));
    assert_eq!(says(&pointless, "iam:ListOrganizationsFeatures"), Answer::NotAllowed);
}

#[test]
fn conditions_are_met_by_what_a_call_brings_and_otherwise_unknown() {
    let policy = statements(&json!([
        { "Effect": "Allow", "Action": "organizations:EnableAWSServiceAccess", "Resource": "*",
          "Condition": { "StringEquals": { "organizations:ServicePrincipal": "iam.amazonaws.com" } } },
        { "Effect": "Allow", "Action": "account:StartPrimaryEmailUpdate", "Resource": "*",
          "Condition": { "StringEqualsIgnoreCase": { "account:EmailTargetDomain": "corp.example" } } },
        { "Effect": "Allow", "Action": "organizations:List*", "Resource": "*",
          "Condition": { "Bool": { "aws:MultiFactorAuthPresent": "true" } } },
        { "Effect": "Allow", "Action": "account:GetPrimaryEmail", "Resource": "*",
          "Condition": { "DateLessThan": { "aws:CurrentTime": "2030-01-01T00:00:00Z" } } },
    ]));
    let enable = |service| {
        let about = About::Service(service);
        let permission = Permission::of_call("organizations:EnableAWSServiceAccess", about).expect("in the table");
        answer(&policy, &permission, &PolicyScope::default())
    };
    assert_eq!(enable(ServicePrincipal::iam()), Answer::Allowed);
    assert_eq!(enable(ServicePrincipal::account_management()), Answer::NotAllowed);
    assert_eq!(says(&policy, "account:StartPrimaryEmailUpdate"), depends(&["account:EmailTargetDomain"]));
    let to = |domains: &[&str]| {
        let domains = domains.iter().map(|&domain| domain.to_owned()).collect();
        answer(
            &policy,
            &permission("account:StartPrimaryEmailUpdate"),
            &PolicyScope { domains, ..PolicyScope::default() },
        )
    };
    assert_eq!((to(&["corp.example"]), to(&["corp.example", "b.example"])), (Answer::Allowed, Answer::NotAllowed));
    assert_eq!(says(&policy, "organizations:ListAccounts"), depends(&["aws:MultiFactorAuthPresent"]));
    assert_eq!(explain_flow(&policy, Browse, &PolicyScope::default(), &[]).extent, Extent::Unknown);
    // An operator that may not be understood is never taken for a yes.
    assert!(matches!(says(&policy, "account:GetPrimaryEmail"), Answer::Unknown(_)));
}

#[test]
fn a_denial_is_named_and_beats_what_is_allowed() {
    let sure = statements(&json!([
        { "Effect": "Allow", "Action": "*", "Resource": "*" },
        { "Sid": "NoSwitches", "Effect": "Deny", "NotAction": ["organizations:List*", "organizations:Describe*"], "Resource": "*" },
    ]));
    assert_eq!(says(&sure, "account:GetPrimaryEmail"), Answer::Denied("statement 2 (NoSwitches)".into()));
    assert_eq!(explain_flow(&sure, Browse, &PolicyScope::default(), &[]).extent, Extent::Whole);
    assert_eq!(explain_flow(&sure, RootFeatures, &PolicyScope::default(), &[]).extent, Extent::Nothing);
    let unsure = statements(&json!([
        { "Effect": "Allow", "Action": "*", "Resource": "*" },
        { "Effect": "Deny", "Action": "*", "Resource": "*", "Condition": { "Bool": { "aws:SecureTransport": "false" } } },
    ]));
    assert_eq!(says(&unsure, "account:GetPrimaryEmail"), depends(&["aws:SecureTransport"]));
}
