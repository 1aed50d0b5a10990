use super::*;
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiError;
use crate::domain::api_error::ApiErrorKind;
use crate::domain::caller::{Caller, OrgRole};
use crate::domain::change::Switch;
use crate::domain::flow::Weight;
use crate::domain::organization::Organization;
use crate::domain::permission::About;
use crate::domain::permission::Permission;
use crate::domain::remote_data::RemoteData;
use crate::domain::root_change::RootChange;
use crate::domain::root_feature::RootFeature;
use crate::domain::root_feature::RootFeatures;
use crate::domain::task_policy::TaskPolicy;
use crate::domain::trusted_access::ServicePrincipal;
use crate::domain::trusted_access::{TrustedAccess, TrustedService};
use jiff::Timestamp;

const MANAGEMENT: &str = "111122223333";
const DELEGATE: &str = "222233334444";

fn id(text: &str) -> AccountId {
    text.parse().expect("an id")
}

fn read<T>(value: T) -> RemoteData<T> {
    RemoteData::known(value, Timestamp::UNIX_EPOCH)
}

fn caller(account: &str, who: &str) -> RemoteData<Caller> {
    read(Caller { account: id(account), arn: format!("arn:aws:{who}") })
}

fn organization(all_features: bool) -> Organization {
    Organization {
        id: "o-8j81brsjuj".into(),
        management_account: id(MANAGEMENT),
        management_email: "aws@corp.example".into(),
        all_features: Some(all_features),
    }
}

fn trusted(services: &[ServicePrincipal]) -> TrustedAccess {
    TrustedAccess::new(services.iter().map(|one| TrustedService { principal: one.clone(), enabled: None }).collect())
}

fn simulated(decision: SimulatedDecision) -> Simulated {
    Simulated { decision, missing_context: Vec::new() }
}

/// An administrator of the management account, everything on, all that is permitted simulated.
fn everything() -> Knowledge {
    let mut knowledge = Knowledge {
        caller: caller(MANAGEMENT, "sts::111122223333:assumed-role/OrgAdmin/alice"),
        organization: read(organization(true)),
        org_role: read(OrgRole::Management),
        trusted_access: read(trusted(&ServicePrincipal::switchable())),
        root_features: read(RootFeatures::Enabled(RootFeature::ALL.to_vec())),
        ..Knowledge::default()
    };
    for (permission, _) in Flow::ALL.iter().flat_map(|flow| flow.permissions()) {
        knowledge.simulated.insert(permission, simulated(SimulatedDecision::Allowed));
    }
    knowledge
}

fn permission(operation: &str) -> Permission {
    Permission::of_call(operation, About::Anything).expect("in the table")
}

fn task(task: TaskPolicy) -> Permission {
    Permission::of_task(task).expect("in the table")
}

fn denied(operation: &'static str, message: &str) -> ApiError {
    let kind = if operation == "sts:AssumeRoot" { ApiErrorKind::AssumeRootDenied } else { ApiErrorKind::AccessDenied };
    ApiError { code: Some("AccessDeniedException".into()), ..ApiError::new(operation, kind, message) }
}

fn requirement(readiness: &Readiness, thing: &Thing) -> Requirement {
    let found = readiness.requirements.iter().find(|one| one.thing == *thing);
    found.unwrap_or_else(|| panic!("{thing:?}: {readiness:?}")).clone()
}

/// Verdict and obstacle of a flow.
fn stands(flow: Flow, knowledge: &Knowledge) -> (Answer, Option<Thing>) {
    let readiness = of_flow(flow, knowledge);
    (readiness.verdict(), readiness.obstacle().map(|one| one.thing.clone()))
}

#[test]
fn nothing_known_is_neither_yes_nor_no() {
    for readiness in all(&Knowledge::default()) {
        assert_eq!(readiness.verdict(), Answer::Unknown, "{}", readiness.flow);
        assert!(readiness.requirements.iter().all(|one| one.answer == Answer::Unknown), "{readiness:?}");
    }
}

#[test]
fn with_everything_there_all_flows_are_open_as_far_as_a_simulation_tells() {
    for readiness in all(&everything()) {
        assert_eq!(readiness.verdict(), Answer::Yes, "{readiness:?}");
        assert!(readiness.is_hint() && readiness.obstacle().is_none());
        let limits: Vec<_> = readiness.limits().map(|one| one.weight).collect();
        let is_doubtful = matches!(readiness.flow, Flow::ChangeEmails | Flow::ChangeContacts);
        let expected = if is_doubtful { vec![Weight::Doubtful] } else { vec![] };
        assert_eq!(limits, expected, "{}", readiness.flow);
    }
}

#[test]
fn a_simulation_that_depends_on_something_is_no_yes() {
    let mut knowledge = everything();
    let start = permission("account:StartPrimaryEmailUpdate");
    for decision in [SimulatedDecision::Allowed, SimulatedDecision::ImplicitDeny] {
        let missing_context = vec!["account:EmailTargetDomain".to_owned()];
        knowledge.simulated.insert(start.clone(), Simulated { decision, missing_context });
        let expected = (Answer::Unknown, Some(Thing::Permission(start.clone())));
        assert_eq!(stands(Flow::ChangeEmails, &knowledge), expected);
    }
}

#[test]
fn what_denies_is_named_with_what_fixes_it() {
    let audit = task(TaskPolicy::AuditRootCredentials);
    let named = vec!["NoRoot".to_owned()];
    for (decision, reason, fix) in [
        (SimulatedDecision::ImplicitDeny, Reason::NothingAllows, Remedy::AttachPolicy(Flow::Audit)),
        (
            SimulatedDecision::ExplicitDeny(named.clone()),
            Reason::ExplicitDeny(named.clone()),
            Remedy::ChangePolicies(named.clone()),
        ),
        (SimulatedDecision::DeniedByScp, Reason::DeniedByScp, Remedy::ChangeScp),
        (SimulatedDecision::DeniedByBoundary, Reason::DeniedByBoundary, Remedy::ChangeBoundary),
    ] {
        let mut knowledge = everything();
        knowledge.simulated.insert(audit.clone(), simulated(decision));
        let readiness = of_flow(Flow::Audit, &knowledge);
        let found = requirement(&readiness, &Thing::Permission(audit.clone()));
        assert_eq!((readiness.verdict(), found.answer), (Answer::No, Answer::No));
        assert_eq!((found.reason, found.fix), (reason, Some(fix)));
        // Closing needs another task, so that goes on, poorer by the look beforehand.
        let recovery = of_flow(Flow::Recovery, &knowledge);
        assert_eq!((recovery.verdict(), recovery.limits().count()), (Answer::Yes, 1));
    }
}

#[test]
fn a_call_of_this_run_beats_a_simulation() {
    let list = permission("organizations:ListAccounts");
    let mut knowledge = everything();
    knowledge.simulated.insert(list.clone(), simulated(SimulatedDecision::ImplicitDeny));
    assert_eq!(stands(Flow::Browse, &knowledge).0, Answer::No);
    knowledge.shown.note(list.clone(), Ok(()));
    let readiness = of_flow(Flow::Browse, &knowledge);
    assert_eq!(readiness.verdict(), Answer::Yes);
    let shown = Reason::ShownBy("organizations:ListAccounts");
    assert_eq!(requirement(&readiness, &Thing::Permission(list.clone())).reason, shown);

    let mut knowledge = everything();
    let error = denied("organizations:ListAccounts", "You don't have permissions to access this resource.");
    knowledge.shown.note(list.clone(), Err(&error));
    assert_eq!(stands(Flow::Browse, &knowledge), (Answer::No, Some(Thing::Permission(list.clone()))));
    // It was fixed meanwhile.
    knowledge.shown.note(list, Ok(()));
    assert_eq!(stands(Flow::Browse, &knowledge).0, Answer::Yes);
}

#[test]
fn a_call_that_was_not_answered_shows_nothing() {
    let list = permission("organizations:ListAccounts");
    for kind in [
        ApiErrorKind::Timeout,
        ApiErrorKind::Throttled,
        ApiErrorKind::Service,
        ApiErrorKind::NotFound,
        ApiErrorKind::Conflict,
    ] {
        let mut knowledge = everything();
        knowledge.shown.note(list.clone(), Err(&ApiError::new("organizations:ListAccounts", kind, "x")));
        assert_eq!(knowledge, everything(), "{kind:?}");
    }
}

#[test]
fn a_refusal_that_may_be_about_one_account_is_no_no() {
    let get = permission("account:GetPrimaryEmail");
    let user = "User: arn:x is not authorized to perform: account:GetPrimaryEmail";
    let of = |message: &str, org_role: OrgRole, worked: bool| {
        let mut knowledge = Knowledge { org_role: read(org_role), ..everything() };
        if worked {
            knowledge.shown.note(get.clone(), Ok(()));
        }
        knowledge.shown.note(get.clone(), Err(&denied("account:GetPrimaryEmail", message)));
        let found = requirement(&of_flow(Flow::ReadEmails, &knowledge), &Thing::Permission(get.clone()));
        (found.answer, matches!(found.reason, Reason::RefusedOnce(_)))
    };
    let management = OrgRole::Management;
    assert_eq!(of(&format!("{user} (Access Denied)"), management.clone(), false), (Answer::Unknown, true));
    assert_eq!(of(user, management.clone(), true), (Answer::Unknown, true));
    // A member about itself has the same words as one without a permission.
    assert_eq!(of(user, OrgRole::Member, false), (Answer::Unknown, true));
    assert_eq!(of(user, management, false), (Answer::No, false));
    let because = format!("{user} because no identity-based policy allows the account:GetPrimaryEmail action");
    assert_eq!(of(&because, OrgRole::Member, false), (Answer::No, false));
}

#[test]
fn a_delegated_administrator_may_what_it_is_delegated_for() {
    let (account, iam) = (ServicePrincipal::account_management(), ServicePrincipal::iam());
    let delegate = |services: &[&ServicePrincipal]| Knowledge {
        caller: caller(DELEGATE, "sts::222233334444:assumed-role/SecurityAdmin/bob"),
        org_role: read(OrgRole::Delegated(services.iter().map(|&service| service.clone()).collect())),
        ..everything()
    };
    let open = |knowledge: &Knowledge| {
        let open = all(knowledge).into_iter().filter(|one| one.verdict() == Answer::Yes).map(|one| one.flow);
        open.collect::<Vec<_>>()
    };
    let emails = [
        Flow::Browse,
        Flow::ReadEmails,
        Flow::ChangeEmails,
        Flow::ReadContacts,
        Flow::ChangeContacts,
        Flow::ReadScps,
        Flow::Simulate,
    ];
    assert_eq!(open(&delegate(&[&account])), emails);
    let root = [
        Flow::Browse,
        Flow::ReadScps,
        Flow::Audit,
        Flow::DeleteCredentials,
        Flow::Recovery,
        Flow::UnlockBuckets,
        Flow::UnlockQueues,
        Flow::Simulate,
    ];
    assert_eq!(open(&delegate(&[&iam])), root);
    assert_eq!(
        open(&delegate(&[&ServicePrincipal::new("sso.amazonaws.com")])),
        [Flow::Browse, Flow::ReadScps, Flow::Simulate]
    );
    let member = Knowledge { org_role: read(OrgRole::Member), ..delegate(&[]) };
    assert_eq!(open(&member), [Flow::Simulate]);

    let why = |flow, knowledge: &Knowledge| of_flow(flow, knowledge).obstacle().map(|one| one.reason.clone());
    assert_eq!(why(Flow::RootFeatures, &delegate(&[&iam])), Some(Reason::DelegateOnlyTurnsOff));
    assert_eq!(why(Flow::RootFeatures, &delegate(&[&account])), Some(Reason::DelegatedForOthers));
    assert_eq!(why(Flow::TrustedAccess, &delegate(&[&iam])), Some(Reason::DelegateOnlyLooks));
    assert_eq!(why(Flow::Audit, &delegate(&[&account])), Some(Reason::DelegatedForOthers));
    // Turning a feature off is the part of a flow that is open to it.
    let off = Switch::RootFeature(RootFeature::RootSessions).set(false);
    assert_eq!(of_change(&off, &delegate(&[&iam])).verdict(), Answer::Yes);
    assert_eq!(of_change(&off, &delegate(&[&account])).verdict(), Answer::No);
    let on = Switch::RootFeature(RootFeature::RootSessions).set(true);
    assert_eq!(of_change(&on, &delegate(&[&iam])).verdict(), Answer::No);
}

#[test]
fn what_is_off_is_turned_on_from_here_or_asked_for() {
    let iam = ServicePrincipal::iam();
    let mut knowledge = Knowledge {
        trusted_access: read(trusted(&[])),
        root_features: read(RootFeatures::NeedTrustedAccess),
        ..everything()
    };
    let on = Switch::TrustedAccess(iam.clone()).set(true);
    let readiness = of_flow(Flow::Audit, &knowledge);
    assert_eq!((readiness.verdict(), readiness.startable()), (Answer::No, Some(&on)));
    let feature = requirement(&readiness, &Thing::RootFeature(RootFeature::RootCredentialsManagement));
    assert_eq!((feature.answer, feature.reason), (Answer::Unknown, Reason::NeedsTrustFirst));
    // The features alone tell that IAM is not trusted.
    knowledge.trusted_access = RemoteData::NotAsked;
    assert_eq!(stands(Flow::Audit, &knowledge), (Answer::No, Some(Thing::TrustedAccess(iam.clone()))));
    assert_eq!(stands(Flow::ReadEmails, &knowledge).0, Answer::Unknown);

    knowledge.org_role = read(OrgRole::Delegated(vec![iam.clone()]));
    let readiness = of_flow(Flow::Audit, &knowledge);
    assert_eq!(readiness.startable(), None);
    assert_eq!(requirement(&readiness, &Thing::TrustedAccess(iam)).fix, Some(Remedy::AskManagement(on)));
}

#[test]
fn the_gate_of_one_feature_is_not_that_of_the_other() {
    let features = RootFeatures::Enabled(vec![RootFeature::RootSessions]);
    let knowledge = Knowledge { root_features: read(features), ..everything() };
    let gate = Thing::RootFeature(RootFeature::RootCredentialsManagement);
    for flow in [Flow::Audit, Flow::DeleteCredentials, Flow::Recovery] {
        assert_eq!(stands(flow, &knowledge), (Answer::No, Some(gate.clone())), "{flow}");
    }
    for flow in [Flow::UnlockBuckets, Flow::UnlockQueues, Flow::RootFeatures] {
        assert_eq!(stands(flow, &knowledge).0, Answer::Yes, "{flow}");
    }
}

#[test]
fn one_trusted_service_is_enough_for_delegation() {
    let with = |services: &[ServicePrincipal]| {
        let knowledge = Knowledge { trusted_access: read(trusted(services)), ..everything() };
        stands(Flow::Delegation, &knowledge).0
    };
    assert_eq!(with(&[]), Answer::No);
    assert_eq!(with(&[ServicePrincipal::iam()]), Answer::Yes);
    // But each registration needs its own.
    let iam_only = Knowledge { trusted_access: read(trusted(&[ServicePrincipal::iam()])), ..everything() };
    let account = id("444455556666");
    for service in ServicePrincipal::switchable() {
        let is_on = service == ServicePrincipal::iam();
        let register = Change::Delegation { account, service: service.clone(), register: true };
        let expected = if is_on { Answer::Yes } else { Answer::No };
        assert_eq!(of_change(&register, &iam_only).verdict(), expected, "{service}");
        let deregister = Change::Delegation { account, service, register: false };
        assert_eq!(of_change(&deregister, &iam_only).verdict(), Answer::Yes);
    }
}

#[test]
fn what_refused_a_call_is_what_is_to_be_fixed() {
    let start = permission("account:StartPrimaryEmailUpdate");
    let user = "User: arn:x is not authorized to perform: account:StartPrimaryEmailUpdate";
    for (words, kind, fix) in [
        (
            "because no identity-based policy allows it",
            ApiErrorKind::AccessDenied,
            Remedy::AttachPolicy(Flow::ChangeEmails),
        ),
        (
            "with an explicit deny in an identity-based policy",
            ApiErrorKind::AccessDenied,
            Remedy::ChangePolicies(vec![]),
        ),
        ("with an explicit deny in a service control policy", ApiErrorKind::DeniedByScp, Remedy::ChangeScp),
        ("because no permissions boundary allows it", ApiErrorKind::AccessDenied, Remedy::ChangeBoundary),
    ] {
        let mut knowledge = everything();
        let error = ApiError { kind, ..denied("account:StartPrimaryEmailUpdate", &format!("{user} {words}")) };
        knowledge.shown.note(start.clone(), Err(&error));
        let found = requirement(&of_flow(Flow::ChangeEmails, &knowledge), &Thing::Permission(start.clone()));
        assert_eq!((found.answer, found.fix), (Answer::No, Some(fix)), "{words}");
    }
}

#[test]
fn root_may_all_in_the_management_account_but_open_root_sessions() {
    let mut knowledge = Knowledge { simulated: [].into(), ..everything() };
    knowledge.caller = caller(MANAGEMENT, "iam::111122223333:root");
    for readiness in all(&knowledge) {
        let expected = if readiness.flow.gate().is_some() || readiness.flow == Flow::Simulate {
            (Answer::No, Some(Remedy::UseUserOrRole))
        } else {
            (Answer::Yes, None)
        };
        let fix = readiness.obstacle().and_then(|one| one.fix.clone());
        assert_eq!((readiness.verdict(), fix), expected, "{}", readiness.flow);
    }
    // In a member account, service control policies bind root, and nobody can ask about them.
    knowledge.caller = caller(DELEGATE, "iam::222233334444:root");
    knowledge.org_role = read(OrgRole::Delegated(vec![ServicePrincipal::account_management()]));
    assert_eq!(stands(Flow::ReadEmails, &knowledge).0, Answer::Unknown);
}

#[test]
fn without_an_organization_or_its_features_the_rest_is_not_asked() {
    let none = Knowledge {
        organization: RemoteData::Failed(ApiError::new("o", ApiErrorKind::NotInOrganization, "x"), None),
        ..Knowledge::default()
    };
    assert_eq!(stands(Flow::Browse, &none), (Answer::No, Some(Thing::Organization)));
    assert_eq!(stands(Flow::Simulate, &none).0, Answer::Unknown);
    let billing = Knowledge { organization: read(organization(false)), ..everything() };
    for flow in Flow::ALL {
        let expected = if matches!(flow, Flow::Browse | Flow::Simulate) { Answer::Yes } else { Answer::No };
        assert_eq!(stands(flow, &billing).0, expected, "{flow}");
    }
}

#[test]
fn credentials_that_aws_does_not_take_are_signed_in_for_again() {
    let error = ApiError::new("sso:GetRoleCredentials", ApiErrorKind::ExpiredCredentials, "expired");
    let expired = Knowledge { caller: RemoteData::Failed(error.clone(), None), ..Knowledge::default() };
    let readiness = of_flow(Flow::Browse, &expired);
    assert_eq!(readiness.obstacle().and_then(|one| one.fix.clone()), Some(Remedy::SignIn(error)));
    // A line that is down is no answer.
    let down = ApiError::new("sts:GetCallerIdentity", ApiErrorKind::Unreachable, "x");
    let down = Knowledge { caller: RemoteData::Failed(down, None), ..Knowledge::default() };
    assert_eq!(stands(Flow::Browse, &down), (Answer::Unknown, Some(Thing::Identity)));
}

#[test]
fn what_cannot_be_read_is_shown_by_calls_that_need_it() {
    let unread = |operation| ApiError::new(operation, ApiErrorKind::AccessDenied, "x");
    let mut knowledge = Knowledge {
        trusted_access: RemoteData::Failed(unread("organizations:ListAWSServiceAccessForOrganization"), None),
        root_features: RemoteData::Failed(unread("iam:ListOrganizationsFeatures"), None),
        org_role: RemoteData::Failed(unread("organizations:ListDelegatedServicesForAccount"), None),
        ..everything()
    };
    assert_eq!(stands(Flow::Audit, &knowledge).0, Answer::Unknown);
    knowledge.shown.note(task(TaskPolicy::AuditRootCredentials), Ok(()));
    let readiness = of_flow(Flow::Audit, &knowledge);
    assert_eq!((readiness.verdict(), readiness.is_hint()), (Answer::Yes, true), "{readiness:?}");
    // That says nothing about the other feature, or about emails.
    assert_eq!(stands(Flow::UnlockBuckets, &knowledge).0, Answer::Unknown);
    assert_eq!(stands(Flow::ReadEmails, &knowledge).0, Answer::Unknown);

    // And by refusals that name it.
    let gate = RootFeature::RootSessions;
    let off =
        ApiError::new("sts:AssumeRoot", ApiErrorKind::RootFeatureOff(gate), "Root sessions feature is not enabled");
    knowledge.shown.note(task(TaskPolicy::UnlockBucketPolicy), Err(&off));
    let bucket = of_flow(Flow::UnlockBuckets, &knowledge);
    let found = requirement(&bucket, &Thing::RootFeature(gate));
    assert_eq!((found.answer, found.fix), (Answer::No, Some(Remedy::Start(Switch::RootFeature(gate).set(true)))));
    let untrusted = ApiError::new("account:GetPrimaryEmail", ApiErrorKind::TrustedAccessOff, "must first enable");
    knowledge.shown.note(permission("account:GetPrimaryEmail"), Err(&untrusted));
    let needs = Thing::TrustedAccess(ServicePrincipal::account_management());
    assert_eq!(requirement(&of_flow(Flow::ReadEmails, &knowledge), &needs).answer, Answer::No);
}

#[test]
fn turning_a_feature_off_does_not_show_that_it_can_be_turned_on() {
    let mut knowledge = Knowledge { org_role: RemoteData::NotAsked, ..everything() };
    knowledge.shown.note(permission("iam:DisableOrganizationsRootSessions"), Ok(()));
    assert_eq!(stands(Flow::RootFeatures, &knowledge).0, Answer::Unknown);
    knowledge.shown.note(permission("iam:EnableOrganizationsRootSessions"), Ok(()));
    assert_eq!(stands(Flow::RootFeatures, &knowledge).0, Answer::Yes);
}

#[test]
fn other_partitions_are_told_as_far_as_they_are_documented() {
    let within = |partition: &str| {
        let mut knowledge = everything();
        let arn = format!("arn:{partition}:sts::111122223333:assumed-role/OrgAdmin/alice");
        knowledge.caller = read(Caller { account: id(MANAGEMENT), arn });
        knowledge.root_features = RemoteData::NotAsked;
        knowledge
    };
    let partition = |flow, place| {
        let readiness = of_flow(flow, &within(place));
        readiness.requirements.into_iter().find(|one| one.thing == Thing::Partition).map(|one| one.answer)
    };
    assert_eq!(partition(Flow::ChangeEmails, "aws-us-gov"), Some(Answer::No));
    assert_eq!(partition(Flow::ChangeEmails, "aws-cn"), None);
    assert_eq!(partition(Flow::ChangeEmails, "aws-eusc"), Some(Answer::Unknown));
    assert_eq!(partition(Flow::Audit, "aws-us-gov"), Some(Answer::No));
    assert_eq!(partition(Flow::RootFeatures, "aws-us-gov"), Some(Answer::Unknown));
    assert_eq!(partition(Flow::Audit, "aws-cn"), Some(Answer::Unknown));
    assert_eq!(partition(Flow::UnlockBuckets, "aws-us-gov"), None);
    assert_eq!(partition(Flow::UnlockBuckets, "aws-cn"), Some(Answer::Unknown));
    assert_eq!(partition(Flow::Browse, "aws-us-gov"), None);
    let mut gov = within("aws-us-gov");
    gov.root_features = read(RootFeatures::Enabled(RootFeature::ALL.to_vec()));
    assert_eq!(stands(Flow::Audit, &gov).0, Answer::Yes);
    let mut china = within("aws-cn");
    china.root_features = read(RootFeatures::Enabled(vec![]));
    china.shown.note(task(TaskPolicy::UnlockBucketPolicy), Ok(()));
    let shown = of_flow(Flow::UnlockBuckets, &china);
    assert_eq!(requirement(&shown, &Thing::Partition).answer, Answer::Yes);
    // Documents age: a call that works is right.
    gov.shown.note(permission("account:GetPrimaryEmail"), Ok(()));
    assert_eq!(stands(Flow::ReadEmails, &gov).0, Answer::Yes);
}

#[test]
fn closing_a_recovery_needs_the_task_that_deletes() {
    let account = id("444455556666");
    let mut knowledge = everything();
    let delete = task(TaskPolicy::DeleteRootCredentials);
    knowledge.simulated.insert(delete.clone(), simulated(SimulatedDecision::ImplicitDeny));
    assert_eq!(stands(Flow::Recovery, &knowledge).0, Answer::Yes);
    let close = of_change(&Change::Root { account, change: RootChange::ClosePasswordRecovery }, &knowledge);
    assert_eq!(close.obstacle().map(|one| one.thing.clone()), Some(Thing::Permission(delete)));
    let allow = of_change(&Change::Root { account, change: RootChange::AllowPasswordRecovery }, &knowledge);
    assert_eq!(allow.verdict(), Answer::Yes);
}

#[test]
fn what_is_doubtful_shows_when_a_change_works() {
    let mut knowledge = everything();
    let doubtful = permission("iam:UpdateAccountEmailAddress");
    let found = |knowledge: &Knowledge| {
        requirement(&of_flow(Flow::ChangeEmails, knowledge), &Thing::Permission(doubtful.clone())).answer
    };
    assert_eq!(found(&knowledge), Answer::Unknown);
    knowledge.shown.note(permission("account:StartPrimaryEmailUpdate"), Ok(()));
    assert_eq!(found(&knowledge), Answer::Yes);
}
