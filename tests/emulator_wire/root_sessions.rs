//! STS `AssumeRoot`, and what its credentials are good for.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use rootdeck::emulator::{Identity, Options};
use serde_json::json;

use crate::client::{Answer, Aws, between, request, signed};

pub(crate) const AUDIT: &str = "IAMAuditRootUserCredentials";
pub(crate) const DELETE: &str = "IAMDeleteRootUserCredentials";
pub(crate) const PASSWORD: &str = "IAMCreateRootUserPassword";
const BUCKET: &str = "S3UnlockBucketPolicy";
const QUEUE: &str = "SQSUnlockQueuePolicy";
const IAM: &str = "iam.amazonaws.com";

const MANAGEMENT: &str = "111122223333";
/// An ordinary account that is in use.
pub(crate) const KENSHO: &str = "444455558888";
/// Under a service control policy that denies root everything.
const CANARY: &str = "666600000001";
/// Under the same with the exemption for root sessions.
const LOG_ARCHIVE: &str = "222233335555";
const SUSPENDED: &str = "777700000001";
const ADMIN: &str = "arn:aws:sts::111122223333:assumed-role/OrgAdmin/demo";

/// The credentials of a root session.
pub(crate) struct Root {
    pub(crate) key: String,
    pub(crate) token: String,
}

fn arn(task: &str) -> String {
    format!("arn:aws:iam::aws:policy/root-task/{task}")
}

/// A form with an `Action`, from a caller.
pub(crate) fn form(key: &str, more_headers: &str, service: &str, action: &str, parameters: &[(&str, &str)]) -> String {
    let headers = signed(key, service) + more_headers + "Content-Type: application/x-www-form-urlencoded\r\n";
    let parameters = parameters.iter().map(|(name, value)| format!("&{name}={}", value.replace('+', "%2B")));
    let body = format!("Action={action}{}", parameters.collect::<String>());
    request("POST /", &headers, &body)
}

impl Aws {
    /// The demo organization with both features on.
    pub(crate) async fn with_root_access() -> Self {
        let aws = Self::trusting(IAM).await;
        for feature in ["RootCredentialsManagement", "RootSessions"] {
            assert_eq!(aws.iam(&format!("EnableOrganizations{feature}")).await.status, 200);
        }
        aws
    }

    async fn assume_root_with(&self, who: Identity, parameters: &[(&str, &str)]) -> Answer {
        let key = self.emulator.access_key(who).id;
        self.send(&form(&key, "", "sts", "AssumeRoot", parameters)).await.unwrap()
    }

    async fn assume_root(&self, target: &str, task: &str) -> Answer {
        let parameters = [("TargetPrincipal", target), ("TaskPolicyArn.arn", &arn(task))];
        self.assume_root_with(Identity::Management, &parameters).await
    }

    /// A session that must be given out.
    pub(crate) async fn root(&self, target: &str, task: &str) -> Root {
        let answer = self.assume_root(target, task).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let value = |name: &str| between(&answer.body, &format!("<{name}>"), &format!("</{name}>")).to_owned();
        Root { key: value("AccessKeyId"), token: value("SessionToken") }
    }

    pub(crate) async fn as_root(&self, root: &Root, service: &str, action: &str, more: &[(&str, &str)]) -> Answer {
        let token = format!("X-Amz-Security-Token: {}\r\n", root.token);
        self.send(&form(&root.key, &token, service, action, more)).await.unwrap()
    }
}

pub(crate) fn refused(answer: &Answer, status: u16, code: &str, message: &str) {
    assert_eq!((answer.status, answer.code().as_str()), (status, code), "{}", answer.body);
    let reported = between(&answer.body, "<Message>", "</Message>").replace("&apos;", "'");
    assert_eq!(reported, message);
}

fn not_authorized(who: &str, account: &str) -> String {
    format!("User: {who} is not authorized to perform: sts:AssumeRoot on resource: arn:aws:iam::{account}:root")
}

#[tokio::test]
async fn each_family_of_tasks_has_its_gate() {
    let aws = Aws::demo().await;
    for task in [AUDIT, BUCKET] {
        let answer = aws.assume_root(KENSHO, task).await;
        refused(&answer, 403, "AccessDenied", "Service not enabled for AWS Organizations.");
    }
    aws.enable(IAM).await;
    let (credentials, sessions) = ([AUDIT, DELETE, PASSWORD], [BUCKET, QUEUE]);
    let no_credentials = "Root credentials management feature is not enabled for your AWS Organization.";
    let no_sessions = "Root sessions feature is not enabled for your AWS Organization.";
    aws.iam("EnableOrganizationsRootSessions").await;
    for task in credentials {
        refused(&aws.assume_root(KENSHO, task).await, 403, "AccessDenied", no_credentials);
    }
    for task in sessions {
        assert_eq!(aws.assume_root(KENSHO, task).await.status, 200, "{task}");
    }
    aws.iam("EnableOrganizationsRootCredentialsManagement").await;
    aws.iam("DisableOrganizationsRootSessions").await;
    for task in credentials {
        assert_eq!(aws.assume_root(KENSHO, task).await.status, 200, "{task}");
    }
    for task in sessions {
        refused(&aws.assume_root(KENSHO, task).await, 403, "AccessDenied", no_sessions);
    }
}

#[tokio::test]
async fn the_answer_has_temporary_credentials_and_their_end() {
    let aws = Aws::with_root_access().await;
    let before = Timestamp::now();
    for (parameter, seconds) in [(None, 900), (Some("0"), 900), (Some("60"), 60), (Some("900"), 900)] {
        let arn = arn(AUDIT);
        let mut parameters = vec![("TargetPrincipal", "arn:aws:iam::444455558888:root"), ("TaskPolicyArn.arn", &*arn)];
        parameters.extend(parameter.map(|value| ("DurationSeconds", value)));
        let answer = aws.assume_root_with(Identity::Management, &parameters).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let result = between(&answer.body, "<AssumeRootResult>", "</AssumeRootResult>");
        let inside = between(result, "<Credentials>", "</Credentials>");
        let names: Vec<_> = inside.split("</").skip(1).map(|end| end.split_once('>').unwrap().0).collect();
        assert_eq!(names, ["AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"]);
        assert!(between(inside, "<AccessKeyId>", "</AccessKeyId>").starts_with("ASIA"));
        let end: Timestamp = between(inside, "<Expiration>", "</Expiration>").parse().unwrap();
        let beyond = end.duration_since(before) - SignedDuration::from_secs(seconds);
        assert!(beyond.abs() < SignedDuration::from_secs(60), "{end}");
        assert!(!result.contains("SourceIdentity"));
    }
}

#[tokio::test]
async fn what_cannot_be_right_is_told_before_anything_else() {
    let aws = Aws::demo().await;
    let audit = arn(AUDIT);
    let (target, task) = (("TargetPrincipal", KENSHO), ("TaskPolicyArn.arn", &*audit));
    let null = |name| format!("Value null at '{name}' failed to satisfy constraint: Member must not be null");
    let seconds = |value: &str, rule: &str| {
        format!("Value '{value}' at 'durationSeconds' failed to satisfy constraint: Member must have value {rule}")
    };
    let one = |violation: String| format!("1 validation error detected: {violation}");
    let bad_target = "Request must contain a valid target principal".to_owned();
    let bad_task = "Request must contain valid AWS managed task policy ARN".to_owned();
    for (parameters, message) in [
        (vec![target], one(null("taskPolicyArn"))),
        (vec![task], one(null("targetPrincipal"))),
        (vec![], format!("2 validation errors detected: {}; {}", null("targetPrincipal"), null("taskPolicyArn"))),
        (vec![target, task, ("DurationSeconds", "901")], one(seconds("901", "less than or equal to 900"))),
        (vec![target, task, ("DurationSeconds", "-1")], one(seconds("-1", "greater than or equal to 0"))),
        (vec![("TargetPrincipal", "arn:aws:iam::444455558888:user/x"), task], bad_target.clone()),
        (vec![("TargetPrincipal", "somebody"), task], bad_target.clone()),
        (vec![("TargetPrincipal", "4444555588889"), task], bad_target),
        (vec![target, ("TaskPolicyArn.arn", "arn:aws:iam::aws:policy/AdministratorAccess")], bad_task.clone()),
        (vec![target, ("TaskPolicyArn.arn", "arn:aws:iam::aws:policy/root-task/Other")], bad_task),
    ] {
        let answer = aws.assume_root_with(Identity::Management, &parameters).await;
        refused(&answer, 400, "ValidationError", &message);
    }
    for no_number in ["2147483648", "15m", ""] {
        let parameters = [target, task, ("DurationSeconds", no_number)];
        let answer = aws.assume_root_with(Identity::Management, &parameters).await;
        assert_eq!((answer.status, answer.code()), (400, "MalformedInput".to_owned()), "{no_number:?}");
    }
}

#[tokio::test]
async fn who_may_not_and_what_is_no_target_are_told_alike() {
    let aws = Aws::with_root_access().await;
    for target in [MANAGEMENT, SUSPENDED, "999999999999"] {
        refused(&aws.assume_root(target, AUDIT).await, 403, "AccessDenied", &not_authorized(ADMIN, target));
    }
    let audit = arn(AUDIT);
    let parameters = [("TargetPrincipal", KENSHO), ("TaskPolicyArn.arn", &*audit)];
    for (who, name) in [
        (Identity::Member, "arn:aws:sts::555500000204:assumed-role/Developer/demo"),
        (Identity::DelegatedAdministrator, "arn:aws:sts::222233334444:assumed-role/SecurityAdmin/demo"),
    ] {
        let answer = aws.assume_root_with(who, &parameters).await;
        refused(&answer, 403, "AccessDenied", &not_authorized(name, KENSHO));
    }
    let delegation = json!({ "AccountId": "222233334444", "ServicePrincipal": IAM });
    aws.organizations("RegisterDelegatedAdministrator", &delegation).await;
    let answer = aws.assume_root_with(Identity::DelegatedAdministrator, &parameters).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
}

#[tokio::test]
async fn root_does_not_become_root_of_another_account() {
    let aws = Aws::with_root_access().await;
    let delegation = json!({ "AccountId": "222233334444", "ServicePrincipal": IAM });
    aws.organizations("RegisterDelegatedAdministrator", &delegation).await;
    let parameters = [("TargetPrincipal", LOG_ARCHIVE), ("TaskPolicyArn.arn", &*arn(AUDIT))];
    for (account, task) in [(KENSHO, AUDIT), ("222233334444", AUDIT), ("222233334444", BUCKET)] {
        let root = aws.root(account, task).await;
        let answer = aws.as_root(&root, "sts", "AssumeRoot", &parameters).await;
        assert_eq!((answer.status, answer.code().as_str()), (403, "AccessDenied"), "{account} {task}");
    }
}

#[tokio::test]
async fn the_global_endpoint_does_not_know_it() {
    let aws = Aws::with_root_access().await;
    let key = aws.emulator.access_key(Identity::Management).id;
    let audit = arn(AUDIT);
    let parameters = [("TargetPrincipal", KENSHO), ("TaskPolicyArn.arn", &*audit)];
    let regional = form(&key, "", "sts", "AssumeRoot", &parameters);
    for global in [
        regional.replace("/eu-north-1/", "/aws-global/"),
        regional.replace("Host: 127.0.0.1", "Host: sts.amazonaws.com"),
    ] {
        refused(&aws.send(&global).await.unwrap(), 400, "InvalidAction", "Unknown Operation");
    }
    assert_eq!(aws.send(&regional).await.unwrap().status, 200);
}

#[tokio::test]
async fn a_session_is_root_of_its_account() {
    let aws = Aws::with_root_access().await;
    let root = aws.root(KENSHO, BUCKET).await;
    let answer = aws.as_root(&root, "sts", "GetCallerIdentity", &[]).await;
    assert_eq!(
        between(&answer.body, "<GetCallerIdentityResult>", "</GetCallerIdentityResult>"),
        "<Arn>arn:aws:iam::444455558888:root</Arn><UserId>444455558888</UserId><Account>444455558888</Account>"
    );
}

#[tokio::test]
async fn the_key_is_good_with_its_token_only() {
    let aws = Aws::with_root_access().await;
    let (root, other) = (aws.root(KENSHO, AUDIT).await, aws.root(KENSHO, AUDIT).await);
    let send = async |header: &str, more: &[(&str, &str)]| {
        aws.send(&form(&root.key, header, "sts", "GetCallerIdentity", more)).await.unwrap()
    };
    let stranger = format!("X-Amz-Security-Token: {}\r\n", other.token);
    for answer in [send("", &[]).await, send(&stranger, &[]).await] {
        let message = "The security token included in the request is invalid.";
        refused(&answer, 403, "InvalidClientTokenId", message);
    }
    let in_form = send("", &[("X-Amz-Security-Token", &*root.token)]).await;
    assert_eq!(in_form.status, 200, "{}", in_form.body);
    // Other services say it in their own words.
    let headers = signed(&root.key, "organizations") + "X-Amz-Target: AWSOrganizationsV20161128.ListRoots\r\n";
    let answer = aws.send(&request("POST /", &headers, "{}")).await.unwrap();
    assert_eq!((answer.status, answer.code().as_str()), (400, "UnrecognizedClientException"));
}

#[tokio::test]
async fn a_session_expires_with_the_worlds_clock() {
    let aws = Aws::with_root_access().await;
    let root = aws.root(KENSHO, AUDIT).await;
    aws.emulator.advance(Duration::from_mins(14));
    assert_eq!(aws.as_root(&root, "iam", "GetUser", &[]).await.status, 200);
    aws.emulator.advance(Duration::from_secs(61));
    for (service, action) in [("iam", "GetUser"), ("sts", "GetCallerIdentity")] {
        let answer = aws.as_root(&root, service, action, &[]).await;
        refused(&answer, 403, "ExpiredToken", "The security token included in the request is expired");
    }
}

#[tokio::test]
async fn a_session_outlives_the_gate_it_came_through() {
    let aws = Aws::with_root_access().await;
    let root = aws.root(KENSHO, AUDIT).await;
    aws.iam("DisableOrganizationsRootCredentialsManagement").await;
    aws.organizations("DisableAWSServiceAccess", &json!({ "ServicePrincipal": IAM })).await;
    assert_eq!(aws.as_root(&root, "iam", "GetAccountSummary", &[]).await.status, 200);
    assert_eq!(aws.assume_root(KENSHO, AUDIT).await.status, 403);
}

#[tokio::test]
async fn sts_learns_late_of_what_is_withdrawn() {
    let delay = Duration::from_mins(2);
    let delegates = vec![Identity::IamDelegate];
    let aws = Aws::with(Options { withdrawal_delay: delay, delegates, ..Options::default() }).await;
    let parameters = |task| [("TargetPrincipal", KENSHO.to_owned()), ("TaskPolicyArn.arn", arn(task))];
    let ask = async |who, task| {
        let parameters = parameters(task);
        let parameters: Vec<_> = parameters.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = aws.assume_root_with(who, &parameters).await;
        let reported = |code: &str| answer.body.contains(code).then_some(answer.status);
        if answer.status == 200 { None } else { reported("AccessDenied").or(Some(0)) }
    };
    let delegation = json!({ "AccountId": "222233336666", "ServicePrincipal": IAM });
    let trust = json!({ "ServicePrincipal": IAM });
    // Each is withdrawn for all others at once, and for STS two minutes later.
    for (step, who, task) in [
        ("delegate", Identity::IamDelegate, AUDIT),
        ("DisableOrganizationsRootSessions", Identity::Management, BUCKET),
        ("trust", Identity::Management, AUDIT),
    ] {
        assert_eq!(ask(who, task).await, None, "{step}");
        let answer = match step {
            "delegate" => aws.organizations("DeregisterDelegatedAdministrator", &delegation).await,
            "trust" => aws.organizations("DisableAWSServiceAccess", &trust).await,
            feature => aws.iam(feature).await,
        };
        assert_eq!(answer.status, 200, "{step} {}", answer.body);
        assert_eq!(ask(who, task).await, None, "{step}");
        aws.emulator.advance(delay.saturating_sub(Duration::from_secs(5)));
        assert_eq!(ask(who, task).await, None, "{step}");
        aws.emulator.advance(Duration::from_secs(6));
        assert_eq!(ask(who, task).await, Some(403), "{step}");
    }
    assert_eq!(aws.iam("ListOrganizationsFeatures").await.code(), "ServiceAccessNotEnabledException");
    // What was off already is not on for STS.
    aws.organizations("DisableAWSServiceAccess", &trust).await;
    assert_eq!(ask(Identity::Management, AUDIT).await, Some(403));
}

#[tokio::test]
async fn a_session_may_do_what_its_task_policy_leaves() {
    let aws = Aws::with_root_access().await;
    let reading = ["GetUser", "ListAccessKeys", "ListMFADevices", "ListSigningCertificates"];
    for (task, allowed, forbidden) in [
        (AUDIT, &["GetAccountSummary"][..], &["DeleteLoginProfile", "CreateLoginProfile", "ListUsers"][..]),
        (DELETE, &[], &["GetAccountSummary", "UpdateAccessKey", "CreateLoginProfile"]),
    ] {
        let root = aws.root(KENSHO, task).await;
        for action in reading.iter().chain(allowed) {
            let answer = aws.as_root(&root, "iam", action, &[]).await;
            assert_eq!(answer.status, 200, "{task} {action} {}", answer.body);
        }
        for action in forbidden {
            let resource = if *action == "GetAccountSummary" { "*" } else { "arn:aws:iam::444455558888:root" };
            let message = format!(
                "User: arn:aws:iam::444455558888:root is not authorized to perform: iam:{action} on resource: \
                 {resource} with an explicit deny in a session policy"
            );
            refused(&aws.as_root(&root, "iam", action, &[]).await, 403, "AccessDenied", &message);
        }
    }
    for task in [PASSWORD, BUCKET, QUEUE] {
        let root = aws.root(KENSHO, task).await;
        assert_eq!(aws.as_root(&root, "iam", "ListAccessKeys", &[]).await.status, 403, "{task}");
    }
}

#[tokio::test]
async fn a_session_is_about_root_and_no_other_user_or_service() {
    let aws = Aws::with_root_access().await;
    let root = aws.root(KENSHO, DELETE).await;
    let answer = aws.as_root(&root, "iam", "ListAccessKeys", &[("UserName", "somebody")]).await;
    assert_eq!((answer.status, answer.code().as_str()), (403, "AccessDenied"));
    assert!(answer.body.contains("on resource: arn:aws:iam::444455558888:user/somebody"), "{}", answer.body);
    let device = [("SerialNumber", "arn:aws:iam::444455558888:mfa/root-account-mfa-device")];
    assert_eq!(aws.as_root(&root, "iam", "DeleteVirtualMFADevice", &device).await.status, 403);
    assert_eq!(aws.as_root(&root, "iam", "ListOrganizationsFeatures", &[]).await.status, 403);
    let headers = signed(&root.key, "organizations")
        + &format!("X-Amz-Security-Token: {}\r\n", root.token)
        + "X-Amz-Target: AWSOrganizationsV20161128.DescribeOrganization\r\n";
    let answer = aws.send(&request("POST /", &headers, "{}")).await.unwrap();
    assert_eq!((answer.status, answer.code().as_str()), (400, "AccessDeniedException"));
}

#[tokio::test]
async fn a_service_control_policy_blocks_what_is_done_in_the_session_unless_it_exempts_it() {
    let aws = Aws::with_root_access().await;
    let blocked = aws.root(CANARY, AUDIT).await;
    for (action, resource) in [("GetAccountSummary", "*"), ("GetUser", "arn:aws:iam::666600000001:root")] {
        let message = format!(
            "User: arn:aws:iam::666600000001:root is not authorized to perform: iam:{action} on resource: \
             {resource} with an explicit deny in a service control policy: \
             arn:aws:organizations::111122223333:policy/o-8j81brsjuj/service_control_policy/p-"
        );
        let answer = aws.as_root(&blocked, "iam", action, &[]).await;
        assert_eq!((answer.status, answer.code().as_str()), (403, "AccessDenied"));
        assert!(answer.body.contains(&message), "{}", answer.body);
    }
    assert_eq!(aws.as_root(&blocked, "sts", "GetCallerIdentity", &[]).await.status, 200);
    let exempted = aws.root(LOG_ARCHIVE, AUDIT).await;
    assert_eq!(aws.as_root(&exempted, "iam", "GetAccountSummary", &[]).await.status, 200);
}

#[tokio::test]
async fn faults_strike_by_the_name_of_the_operation() {
    let aws = Aws::with_root_access().await;
    aws.emulator.inject("AssumeRoot:throttle=1x".parse().unwrap());
    let answer = aws.assume_root(KENSHO, AUDIT).await;
    refused(&answer, 400, "Throttling", "Rate exceeded");
    let root = aws.root(KENSHO, DELETE).await;
    aws.emulator.inject("DeleteLoginProfile:internal-error=1x".parse().unwrap());
    assert_eq!(aws.as_root(&root, "iam", "ListAccessKeys", &[]).await.status, 200);
    assert_eq!(aws.as_root(&root, "iam", "DeleteLoginProfile", &[]).await.status, 500);
    assert_eq!(aws.as_root(&root, "iam", "DeleteLoginProfile", &[]).await.status, 404);
}
