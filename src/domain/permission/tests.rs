use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::grant::{PolicyRequest, policy, root_guard};
use super::table::Governed;
use super::*;
use crate::domain::account::AccountId;
use crate::domain::change::{Change, Switch};
use crate::domain::email::EmailAddress;
use crate::domain::otp::Otp;
use crate::domain::policy::{Context, Decision, Policy, Request};
use crate::domain::policy_holder::PolicyHolder;
use crate::domain::root_change::RootChange;
use crate::domain::root_credentials::RootCredential;
use crate::domain::root_feature::RootFeature;

const MANAGEMENT: &str = "111122223333";
const MEMBER: &str = "444455556666";
const OTHER: &str = "999900001111";

fn id(text: &str) -> AccountId {
    text.parse().expect("an id")
}

fn place() -> PolicyScope {
    PolicyScope {
        partition: "aws".into(),
        organization: Some("o-8j81brsjuj".into()),
        management: Some(id(MANAGEMENT)),
        domains: BTreeSet::new(),
    }
}

fn target() -> Target {
    Target { member: Some(id(MEMBER)), principal: Some(format!("arn:aws:iam::{MANAGEMENT}:role/path/OrgAdmin")) }
}

fn parsed(text: &str) -> Policy {
    Policy::parse(text).expect("a policy")
}

/// Whether `policy` allows a call as it is made from `place`, with all that comes with it.
fn allows(policy: &Policy, permission: &Permission, place: &PolicyScope, target: &Target) -> bool {
    permission.contexts(place).into_iter().all(|known| {
        let context = known.into_iter().fold(Context::new(), |context, (key, value)| context.with(key.as_str(), value));
        let resource = permission.resource(place, target);
        let request = Request { action: permission.action.name, resource: &resource, context: &context };
        policy.evaluate(request).decision == Decision::Allowed
    })
}

/// Every permission of every flow, and calls that no flow may make.
fn universe() -> BTreeSet<Permission> {
    PolicyRequest { helpful: true, doubtful: true, ..PolicyRequest::of(Flow::ALL) }.permissions()
}

const FORBIDDEN: [&str; 10] = [
    "iam:CreateUser",
    "iam:AttachRolePolicy",
    "iam:UpdateAccountEmailAddress",
    "sts:AssumeRole",
    "organizations:LeaveOrganization",
    "organizations:CloseAccount",
    "organizations:AttachPolicy",
    "account:EnableRegion",
    "account:CloseAccount",
    "s3:DeleteBucketPolicy",
];

#[test]
fn a_policy_allows_its_flow_and_nothing_else() {
    let named = PolicyScope { domains: ["corp.example".to_owned()].into(), ..place() };
    let sets =
        Flow::ALL.iter().map(|flow| vec![*flow]).chain([Flow::ALL.to_vec(), vec![Flow::Audit, Flow::RootFeatures]]);
    for flows in sets {
        for place in [PolicyScope::default(), place(), named.clone()] {
            for helpful in [true, false] {
                let wanted = PolicyRequest { helpful, ..PolicyRequest::of(flows.clone()) };
                let (granted, text) = (wanted.permissions(), policy(&wanted, &place));
                let (policy, caller) = (parsed(&text), PolicyScope { domains: named.domains.clone(), ..self::place() });
                for permission in universe() {
                    let (is, should) =
                        (allows(&policy, &permission, &caller, &target()), granted.contains(&permission));
                    assert_eq!(is, should, "{flows:?}: {permission}\n{text}");
                }
                for action in FORBIDDEN {
                    for resource in ["*", "arn:aws:iam::444455556666:root", "arn:aws:account::111122223333:account"] {
                        let context = Context::new();
                        let request = Request { action, resource, context: &context };
                        assert_eq!(policy.evaluate(request).decision, Decision::ImplicitDeny, "{flows:?}: {action}");
                    }
                }
            }
        }
    }
}

#[test]
fn an_auditor_opens_no_session_that_changes_something() {
    let auditor =
        parsed(&policy(&PolicyRequest::of([Flow::Browse, Flow::ReadEmails, Flow::Audit]), &PolicyScope::default()));
    for task in TaskPolicy::ALL {
        let permission = Permission::of_task(task).expect("in the table");
        assert_eq!(allows(&auditor, &permission, &place(), &target()), task.is_reading(), "{task}");
    }
    // Nor one for whatever somebody puts in the place of the task policy.
    let context = Context::new().with("sts:TaskPolicyArn", "arn:aws:iam::444455556666:policy/root-task/Own");
    let request = Request { action: "sts:AssumeRoot", resource: "arn:aws:iam::444455556666:root", context: &context };
    assert_eq!(auditor.evaluate(request).decision, Decision::ImplicitDeny);
}

#[test]
fn what_is_told_of_the_place_narrows_the_policy() {
    let all = PolicyRequest::of(Flow::ALL);
    let narrow = parsed(&policy(&all, &place()));
    let start = Permission::of_call("account:StartPrimaryEmailUpdate", About::Anything).expect("in the table");
    assert!(allows(&narrow, &start, &place(), &target()));
    for elsewhere in [
        PolicyScope { organization: Some("o-anotherone".into()), ..place() },
        PolicyScope { management: Some(id(OTHER)), ..place() },
        PolicyScope { partition: "aws-cn".into(), ..place() },
    ] {
        assert!(!allows(&narrow, &start, &elsewhere, &target()), "{elsewhere:?}");
    }
    let china = PolicyScope { partition: "aws-cn".into(), ..PolicyScope::default() };
    let chinese = parsed(&policy(&all, &china));
    for permission in universe().iter().filter(|permission| !permission.action.purpose.starts_with("PerhapsAlso")) {
        let target = Target { principal: Some(format!("arn:aws-cn:iam::{MANAGEMENT}:user/alice")), ..target() };
        assert!(
            allows(&chinese, permission, &PolicyScope { partition: "aws-cn".into(), ..place() }, &target),
            "{permission}"
        );
    }
}

#[test]
fn new_addresses_are_held_to_the_domains_in_any_case_of_their_letters() {
    let domains = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<BTreeSet<_>>();
    let place = PolicyScope { domains: domains(&["corp.example", "corp.test"]), ..place() };
    let policy = parsed(&policy(&PolicyRequest::of([Flow::ChangeEmails]), &place));
    for operation in ["account:StartPrimaryEmailUpdate", "account:AcceptPrimaryEmailUpdate"] {
        let permission = Permission::of_call(operation, About::Anything).expect("in the table");
        let to = |names: &[&str]| {
            allows(&policy, &permission, &PolicyScope { domains: domains(names), ..place.clone() }, &target())
        };
        assert!(to(&["corp.example"]) && to(&["Corp.TEST"]));
        assert!(!to(&["corp.example.evil"]) && !to(&["evil"]) && !to(&["corp.test", "evil"]));
        // Without a domain there is no such call.
        assert!(!to(&[]));
    }
}

#[test]
fn what_is_doubtful_is_allowed_only_on_demand() {
    let wanted = PolicyRequest::of([Flow::ChangeEmails]);
    let doubtful = PolicyRequest { doubtful: true, ..wanted.clone() };
    let says = |wanted| policy(wanted, &PolicyScope::default()).contains("iam:UpdateAccountEmailAddress");
    assert_eq!((says(&wanted), says(&doubtful)), (false, true));
}

#[test]
fn root_is_denied_everything_but_in_root_sessions() {
    for partition in ["aws", "aws-us-gov"] {
        let guard = parsed(&root_guard(&PolicyScope { partition: partition.into(), ..PolicyScope::default() }));
        let root = Context::new().with("aws:PrincipalArn", format!("arn:{partition}:iam::{MEMBER}:root"));
        let role = Context::new().with("aws:PrincipalArn", format!("arn:{partition}:iam::{MEMBER}:role/root"));
        let denies = |context: &Context, action| {
            let decision = guard.evaluate(Request { action, resource: "*", context }).decision;
            matches!(decision, Decision::ExplicitDeny(_))
        };
        for action in ["iam:CreateAccessKey", "s3:DeleteBucketPolicy", "account:CloseAccount", "iam:GetAccountSummary"]
        {
            assert!(denies(&root, action), "{action}");
            assert!(!denies(&root.clone().with("aws:AssumedRoot", "true"), action), "{action}");
            assert!(!denies(&role, action), "{action}");
        }
    }
}

fn asset(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/policies").join(format!("{name}.json"));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// After a change of the table: `rootdeck policy --for NAME > assets/policies/NAME.json`.
#[test]
fn the_policies_in_the_assets_are_the_generated_ones() {
    let place = PolicyScope::default();
    for flow in Flow::ALL {
        assert_eq!(asset(flow.as_str()), policy(&PolicyRequest::of([flow]), &place), "{flow}");
    }
    assert_eq!(asset("everything"), policy(&PolicyRequest::of(Flow::ALL), &place));
    assert_eq!(asset("scp"), root_guard(&place));
}

#[test]
fn the_policies_are_of_a_form_that_aws_takes() {
    let long = PolicyScope {
        partition: "aws-us-gov".into(),
        domains: (0..20).map(|number| format!("a-rather-long-domain-{number}.corp.example")).collect(),
        ..place()
    };
    let everything = policy(&PolicyRequest { doubtful: true, ..PolicyRequest::of(Flow::ALL) }, &long);
    for text in
        [&everything, &policy(&PolicyRequest::of([Flow::Audit, Flow::RootFeatures, Flow::TrustedAccess]), &long)]
    {
        let document: serde_json::Value = serde_json::from_str(text).expect("JSON");
        let sids: Vec<&str> = document["Statement"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|one| one["Sid"].as_str().expect("a Sid"))
            .collect();
        assert_eq!(sids.iter().collect::<BTreeSet<_>>().len(), sids.len(), "{sids:?}");
        assert!(sids.iter().all(|sid| !sid.is_empty() && sid.chars().all(|letter| letter.is_ascii_alphanumeric())));
    }
    // The quotas of managed policies and of service control policies, white space aside.
    let length = |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).count();
    assert!(length(&everything) <= 6144, "{}", length(&everything));
    assert!(root_guard(&long).len() <= 5120);
}

// --- The table ---

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let is_source = |path: &PathBuf| {
        path.extension().is_some_and(|end| end == "rs") && !path.to_string_lossy().ends_with("_tests.rs")
    };
    files.into_iter().filter(is_source).chain(folders.iter().flat_map(|folder| sources(folder))).collect()
}

/// What stands in quotes and looks like an operation of a service that this program calls.
fn operations(source: &str) -> BTreeSet<String> {
    let services = ["organizations", "account", "iam", "sts", "s3", "sqs", "sso", "signin"];
    let is_operation = |text: &&str| match text.split_once(':') {
        Some((service, name)) => {
            services.contains(&service)
                && name.starts_with(|letter: char| letter.is_ascii_uppercase())
                && name.chars().all(|letter| letter.is_ascii_alphanumeric())
        }
        None => false,
    };
    source.split('"').filter(is_operation).map(str::to_owned).collect()
}

#[test]
fn every_call_of_the_program_is_in_the_table() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = BTreeSet::new();
    for folder in ["aws", "engine"] {
        for file in sources(&root.join(folder)) {
            found.extend(operations(&fs::read_to_string(&file).expect("readable")));
        }
    }
    assert!(found.contains("account:GetPrimaryEmail") && found.contains("sqs:GetQueueUrl"), "{found:?}");
    let missing: Vec<_> = found.iter().filter(|name| Action::named(name).is_none()).collect();
    assert!(missing.is_empty(), "not in the table: {missing:?}");
}

#[test]
fn the_table_names_each_action_once_and_each_one_for_something() {
    let names: BTreeSet<_> = ACTIONS.iter().map(|action| action.name).collect();
    assert_eq!(names.len(), ACTIONS.len());
    for action in ACTIONS {
        let flows: Vec<Flow> = action.needed.iter().flat_map(|(_, flows)| flows.iter().copied()).collect();
        assert_eq!(flows.iter().collect::<BTreeSet<_>>().len(), flows.len(), "{}: a flow twice", action.name);
        assert_eq!(action.is_for_policies(), !action.needed.is_empty(), "{}", action.name);
        let in_session = TaskPolicy::ALL.iter().any(|task| task.actions().contains(&action.name));
        assert_eq!(action.governed == Governed::TaskPolicy, in_session, "{}", action.name);
    }
    assert!(Flow::ALL.iter().all(|flow| !flow.permissions().is_empty()));
}

#[test]
fn what_is_done_in_a_root_session_is_no_permission_of_the_caller() {
    assert_eq!(Permission::of_call("s3:GetBucketPolicy", About::Anything), None);
    assert_eq!(Permission::of_call("sts:GetCallerIdentity", About::Anything), None);
    assert_eq!(Permission::of_call("organizations:ListAccounts", About::Task(TaskPolicy::AuditRootCredentials)), None);
    assert!(TaskPolicy::ALL.iter().all(|task| Permission::of_task(*task).is_some()));
}

fn changes() -> Vec<Change> {
    let account = id(MEMBER);
    let new = EmailAddress::parse("root@corp.example").expect("an address");
    let root = |change| Change::Root { account, change };
    let bucket = PolicyHolder::Bucket { name: "b".into(), region: "eu-west-1".into() };
    let mut all = vec![
        Change::StartEmailChange { account, old: "old@corp.example".into(), new: new.clone() },
        Change::AcceptEmailChange { account, new, otp: Some(Otp::parse("482915").expect("a code")) },
        root(RootChange::DeleteCredential(RootCredential::Password)),
        root(RootChange::AllowPasswordRecovery),
        root(RootChange::ClosePasswordRecovery),
        root(RootChange::DeletePolicy(bucket)),
        root(RootChange::PutPolicy(PolicyHolder::Queue { url: "u".into(), region: "r".into() }, "{}".into())),
    ];
    for service in ServicePrincipal::switchable() {
        all.extend([
            Switch::TrustedAccess(service.clone()).set(true),
            Switch::TrustedAccess(service.clone()).set(false),
            Change::Delegation { account, service: service.clone(), register: true },
            Change::Delegation { account, service, register: false },
        ]);
    }
    for feature in RootFeature::ALL {
        all.extend([Switch::RootFeature(feature).set(true), Switch::RootFeature(feature).set(false)]);
    }
    all
}

#[test]
fn a_change_needs_its_call_and_what_is_read_but_no_other_write() {
    for change in changes() {
        let permissions = change.permissions();
        let own = change.permission().unwrap_or_else(|| panic!("{change:?} is in the table"));
        assert!(permissions.contains(&(own.clone(), Weight::Essential)), "{change:?}: {permissions:?}");
        let writes: Vec<_> = permissions
            .iter()
            .filter(|(one, weight)| one.action.writes && *weight != Weight::Doubtful)
            .map(|(one, _)| one)
            .collect();
        assert_eq!(writes, [&own], "{change:?}");
        let asks = |name: &str| permissions.iter().any(|(one, _)| one.action.name == name);
        assert!(asks("organizations:DescribeOrganization"), "{change:?}");
        let reading: &[&str] = match change.flow() {
            Flow::TrustedAccess => &["organizations:ListAWSServiceAccessForOrganization"],
            Flow::RootFeatures => &["iam:ListOrganizationsFeatures"],
            Flow::Delegation => {
                &["organizations:ListDelegatedAdministrators", "organizations:ListDelegatedServicesForAccount"]
            }
            Flow::ChangeEmails => &["account:GetPrimaryEmailUpdateStatus", "account:GetPrimaryEmail"],
            _ => &[],
        };
        assert!(reading.iter().all(|name| asks(name)), "{change:?}");
        // What the policy of its flow allows is all that it needs.
        let granted = PolicyRequest::of([change.flow()]).permissions();
        assert!(
            permissions.iter().all(|(one, weight)| *weight == Weight::Doubtful || granted.contains(one)),
            "{change:?}"
        );
    }
}
