//! IAM: `SimulatePrincipalPolicy`, `GetRole` and `GetUser`.

use rootdeck::emulator::Identity;

use crate::client::{Answer, Aws, between};
use crate::root_sessions::refused;

const ADMIN: &str = "arn:aws:iam::111122223333:role/OrgAdmin";
const ALICE: &str = "arn:aws:iam::111122223333:user/ops/alice";
const SSO: &str = "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/ap-northeast-1/\
                   AWSReservedSSO_OrgAdmin_0123456789abcdef";

/// The decision about one action on one resource.
pub(crate) async fn decision_of(
    aws: &Aws,
    asking: Identity,
    source: &str,
    action: &str,
    resource: &str,
    context: &[(&str, &str)],
) -> String {
    let mut parameters = vec![
        ("PolicySourceArn".to_owned(), source),
        ("ActionNames.member.1".to_owned(), action),
        ("ResourceArns.member.1".to_owned(), resource),
    ];
    for (number, (key, value)) in (1..).zip(context) {
        let entry = format!("ContextEntries.member.{number}");
        parameters.push((format!("{entry}.ContextKeyName"), key));
        parameters.push((format!("{entry}.ContextKeyType"), "string"));
        parameters.push((format!("{entry}.ContextKeyValues.member.1"), value));
    }
    let parameters: Vec<_> = parameters.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    let answer = simulate(aws, asking, &parameters).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    between(&answer.body, "<EvalDecision>", "</EvalDecision>").to_owned()
}

async fn simulate(aws: &Aws, asking: Identity, parameters: &[(&str, &str)]) -> Answer {
    aws.ask(asking, "iam", "SimulatePrincipalPolicy", parameters).await
}

/// What is inside the result, of one action on no resource in particular.
async fn result(aws: &Aws, source: &str, action: &str) -> String {
    let parameters = [("PolicySourceArn", source), ("ActionNames.member.1", action)];
    let answer = simulate(aws, Identity::Management, &parameters).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let start = "<EvaluationResults><member>";
    between(&answer.body, start, "</member></EvaluationResults>").to_owned()
}

#[tokio::test]
async fn an_answer_is_that_of_iam_byte_by_byte() {
    let aws = Aws::demo().await;
    let parameters = [
        ("PolicySourceArn", ADMIN),
        ("ActionNames.member.1", "sts:AssumeRoot"),
        ("ResourceArns.member.1", "arn:aws:iam::444455558888:root"),
    ];
    let answer = simulate(&aws, Identity::Management, &parameters).await;
    let id = answer.header("x-amzn-RequestId").unwrap();
    let matched = "<MatchedStatements><member><SourcePolicyId>AdministratorAccess</SourcePolicyId>\
                   <SourcePolicyType>IAM Policy</SourcePolicyType></member></MatchedStatements>";
    assert_eq!(
        answer.body,
        format!(
            "<SimulatePrincipalPolicyResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">\
             <SimulatePrincipalPolicyResult><EvaluationResults><member>\
             <EvalActionName>sts:AssumeRoot</EvalActionName>\
             <EvalResourceName>arn:aws:iam::444455558888:root</EvalResourceName>\
             <EvalDecision>allowed</EvalDecision>{matched}<MissingContextValues></MissingContextValues>\
             <OrganizationsDecisionDetail><AllowedByOrganizations>true</AllowedByOrganizations>\
             </OrganizationsDecisionDetail>\
             <ResourceSpecificResults><member><EvalResourceName>arn:aws:iam::444455558888:root</EvalResourceName>\
             <EvalResourceDecision>allowed</EvalResourceDecision>{matched}\
             <MissingContextValues></MissingContextValues></member></ResourceSpecificResults>\
             </member></EvaluationResults><IsTruncated>false</IsTruncated></SimulatePrincipalPolicyResult>\
             <ResponseMetadata><RequestId>{id}</RequestId></ResponseMetadata></SimulatePrincipalPolicyResponse>"
        )
    );
}

#[tokio::test]
async fn a_condition_without_its_key_is_not_met_and_the_key_is_missing() {
    let aws = Aws::demo().await;
    let reported = result(&aws, ALICE, "organizations:EnableAWSServiceAccess").await;
    assert!(
        reported.contains("<EvalDecision>implicitDeny</EvalDecision><MatchedStatements></MatchedStatements>"),
        "{reported}"
    );
    let missing = "<MissingContextValues><member>organizations:ServicePrincipal</member></MissingContextValues>";
    assert!(reported.contains(missing), "{reported}");
    let asked = async |value| {
        let context = [("organizations:ServicePrincipal", value)];
        decision_of(&aws, Identity::Management, ALICE, "organizations:EnableAWSServiceAccess", "*", &context).await
    };
    assert_eq!(asked("account.amazonaws.com").await, "allowed");
    assert_eq!(asked("iam.amazonaws.com").await, "implicitDeny");
}

#[tokio::test]
async fn whose_policy_decides_is_told() {
    let aws = Aws::demo().await;
    for (source, action, expected) in [
        (ALICE, "organizations:ListAccounts", "AWSOrganizationsReadOnlyAccess"),
        (ALICE, "iam:ListOrganizationsFeatures", "user_alice_RootEmailOperator"),
        ("arn:aws:iam::111122223333:group/ops/Operators", "account:GetPrimaryEmail", "AWSOrganizationsReadOnlyAccess"),
        (SSO, "sts:AssumeRoot", "AdministratorAccess"),
        (
            "arn:aws:iam::111122223333:role/AWSReservedSSO_OrgAdmin_0123456789abcdef",
            "sts:AssumeRoot",
            "AdministratorAccess",
        ),
    ] {
        let reported = result(&aws, source, action).await;
        assert!(reported.contains("<EvalDecision>allowed</EvalDecision>"), "{source} {action}: {reported}");
        assert_eq!(between(&reported, "<SourcePolicyId>", "</SourcePolicyId>"), expected);
    }
}

#[tokio::test]
async fn a_boundary_and_a_service_control_policy_are_told_apart() {
    let aws = Aws::demo().await;
    let reported = result(&aws, "arn:aws:iam::111122223333:role/BoundedAdmin", "sts:AssumeRoot").await;
    assert!(reported.contains("<EvalDecision>implicitDeny</EvalDecision>"), "{reported}");
    assert!(reported.contains("<AllowedByPermissionsBoundary>false</AllowedByPermissionsBoundary>"), "{reported}");
    let reported = result(&aws, "arn:aws:iam::111122223333:role/BoundedAdmin", "organizations:ListAccounts").await;
    assert!(reported.contains("<AllowedByPermissionsBoundary>true</AllowedByPermissionsBoundary>"), "{reported}");
    let boundary = "<SourcePolicyId>NoRootSessions</SourcePolicyId>\
                    <SourcePolicyType>Permissions Boundary Policy</SourcePolicyType>";
    assert!(reported.contains(boundary), "{reported}");

    let developer = "arn:aws:iam::444455556010:role/Developer";
    let parameters = [("PolicySourceArn", developer), ("ActionNames.member.1", "account:GetPrimaryEmail")];
    let reported = simulate(&aws, Identity::Controlled, &parameters).await.body;
    assert!(reported.contains("<EvalDecision>explicitDeny</EvalDecision>"), "{reported}");
    assert!(reported.contains("<AllowedByOrganizations>false</AllowedByOrganizations>"), "{reported}");
    let alone = [("PolicySourceArn", "arn:aws:iam::999922220001:role/Admin"), ("ActionNames.member.1", "iam:GetUser")];
    let reported = simulate(&aws, Identity::WithoutOrganization, &alone).await.body;
    assert!(!reported.contains("OrganizationsDecisionDetail"), "{reported}");
}

#[tokio::test]
async fn results_come_in_pages() {
    let aws = Aws::demo().await;
    let (mut marker, mut seen) = (None::<String>, Vec::new());
    loop {
        let mut parameters = vec![
            ("PolicySourceArn", ADMIN),
            ("ActionNames.member.1", "iam:GetRole"),
            ("ActionNames.member.2", "iam:GetUser"),
            ("ResourceArns.member.1", "a"),
            ("ResourceArns.member.2", "b"),
            ("MaxItems", "3"),
        ];
        parameters.extend(marker.as_deref().map(|marker| ("Marker", marker)));
        let page = simulate(&aws, Identity::Management, &parameters).await.body;
        let actions = page.split("<EvalActionName>").skip(1);
        seen.push(actions.map(|part| part.split("</EvalActionName>").next().unwrap().to_owned()).collect::<Vec<_>>());
        marker = page.contains("<IsTruncated>true").then(|| between(&page, "<Marker>", "</Marker>").to_owned());
        if marker.is_none() {
            break;
        }
    }
    assert_eq!(seen, [vec!["iam:GetRole", "iam:GetRole", "iam:GetUser"], vec!["iam:GetUser"]]);
}

#[tokio::test]
async fn a_question_that_is_none_is_refused() {
    let aws = Aws::demo().await;
    let action = ("ActionNames.member.1", "iam:GetRole");
    let source = ("PolicySourceArn", ADMIN);
    let session = "arn:aws:sts::111122223333:assumed-role/OrgAdmin/demo";
    let unclear = |arn| format!("Invalid Entity Arn: {arn} does not clearly define entity type and name.");
    for (parameters, status, code, message) in [
        (
            &[action][..],
            400,
            "ValidationError",
            "1 validation error detected: Value null at 'policySourceArn' failed to satisfy constraint: Member must \
             not be null"
                .to_owned(),
        ),
        (
            &[source],
            400,
            "ValidationError",
            "1 validation error detected: Value null at 'actionNames' failed to satisfy constraint: Member must not be \
             null"
                .to_owned(),
        ),
        (&[("PolicySourceArn", session), action], 400, "InvalidInput", unclear(session)),
        (
            &[("PolicySourceArn", "arn:aws:iam::111122223333:root"), action],
            400,
            "InvalidInput",
            unclear("arn:aws:iam::111122223333:root"),
        ),
        (
            &[("PolicySourceArn", "arn:aws:iam::111122223333:role/Gone"), action],
            404,
            "NoSuchEntity",
            "The role with name Gone cannot be found.".to_owned(),
        ),
        (
            &[("PolicySourceArn", "arn:aws:iam::111122223333:user/other/alice"), action],
            404,
            "NoSuchEntity",
            "The user with name alice cannot be found.".to_owned(),
        ),
        (&[source, ("ActionNames.member.1", "iam:*")], 400, "InvalidInput", "Invalid Action Name: iam:*".to_owned()),
        (
            &[source, action, ("PolicyInputList.member.1", "{}")],
            400,
            "InvalidInput",
            "PolicyInputList is not part of this emulator.".to_owned(),
        ),
        (&[source, action, ("Marker", "x")], 400, "InvalidInput", "Invalid Marker.".to_owned()),
        (
            &[source, action, ("CallerArn", session)],
            400,
            "InvalidInput",
            format!("Invalid Caller Arn: {session} is not the ARN of a user."),
        ),
    ] {
        refused(&simulate(&aws, Identity::Management, parameters).await, status, code, &message);
    }
    for name in ["ActionNames.member.0", "ActionNames.member.one", "ActionNames.member.3", "ActionNames.member."] {
        let answer = simulate(&aws, Identity::Management, &[source, action, (name, "iam:GetUser")]).await;
        assert_eq!((answer.status, answer.code()), (400, "MalformedInput".to_owned()), "{name}");
    }
    let zeros = [source, ("ActionNames.member.01", "iam:GetRole"), ("ActionNames.member.2", "iam:GetUser")];
    let answer = simulate(&aws, Identity::Management, &zeros).await;
    assert_eq!((answer.status, answer.body.matches("<EvalActionName>").count()), (200, 2), "{}", answer.body);
    let elsewhere = [("PolicySourceArn", "arn:aws:iam::555500000204:role/Developer"), action];
    assert_eq!(simulate(&aws, Identity::Management, &elsewhere).await.code(), "AccessDenied");
}

/// Alice may ask about herself, most cannot ask at all.
#[tokio::test]
async fn to_ask_takes_a_permission_of_its_own() {
    let aws = Aws::demo().await;
    let about = |arn| [("PolicySourceArn", arn), ("ActionNames.member.1", "iam:GetRole")];
    assert_eq!(simulate(&aws, Identity::User, &about(ALICE)).await.status, 200);
    for (who, name, source) in [
        (Identity::User, "arn:aws:iam::111122223333:user/ops/alice", ADMIN),
        (Identity::ALL[8], "arn:aws:sts::111122223333:assumed-role/PowerUserAccess/demo", ADMIN),
    ] {
        let answer = simulate(&aws, who, &about(source)).await;
        let message = format!(
            "User: {name} is not authorized to perform: iam:SimulatePrincipalPolicy on resource: {source} because no \
             identity-based policy allows the iam:SimulatePrincipalPolicy action"
        );
        refused(&answer, 403, "AccessDenied", &message);
    }
}

#[tokio::test]
async fn a_role_is_found_by_its_name_and_told_with_its_path() {
    let aws = Aws::demo().await;
    let get = async |name| aws.ask(Identity::Management, "iam", "GetRole", &[("RoleName", name)]).await;
    let role = get("AWSReservedSSO_OrgAdmin_0123456789abcdef").await.body;
    assert_eq!(between(&role, "<Arn>", "</Arn>"), SSO);
    assert_eq!(between(&role, "<Path>", "</Path>"), "/aws-reserved/sso.amazonaws.com/ap-northeast-1/");
    assert_eq!(between(&role, "<RoleId>", "</RoleId>"), "AROADEMOSSO000000000");
    assert!(
        between(&role, "<AssumeRolePolicyDocument>", "</AssumeRolePolicyDocument>").starts_with("%7B%22Version%22")
    );
    assert!(!role.contains("PermissionsBoundary"), "{role}");
    let trust = |role: &str| {
        let document = between(role, "<AssumeRolePolicyDocument>", "</AssumeRolePolicyDocument>").to_owned();
        [("%22", "\""), ("%7B", "{"), ("%7D", "}"), ("%3A", ":"), ("%2C", ","), ("%5B", "["), ("%5D", "]")]
            .into_iter()
            .fold(document, |document, (code, mark)| document.replace(code, mark))
    };
    assert!(trust(&role).contains(r#""Action":"sts:AssumeRoleWithSAML"}"#), "{role}");
    let own = r#""Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"sts:AssumeRole""#;
    let with_mfa = format!(r#"{own},"Condition":{{"Bool":{{"aws:MultiFactorAuthPresent":"true"}}}}}}"#);
    let org_admin = get("OrgAdmin").await.body;
    assert!(trust(&org_admin).contains(&with_mfa), "{org_admin}");
    assert_eq!(between(&org_admin, "<MaxSessionDuration>", "</MaxSessionDuration>"), "43200");
    let bounded = get("BoundedAdmin").await.body;
    assert!(trust(&bounded).contains(&format!("{own}}}")), "{bounded}");
    assert_eq!(
        between(&bounded, "<PermissionsBoundary>", "</PermissionsBoundary>"),
        "<PermissionsBoundaryType>Policy</PermissionsBoundaryType>\
         <PermissionsBoundaryArn>arn:aws:iam::111122223333:policy/NoRootSessions</PermissionsBoundaryArn>"
    );
    refused(&get("Gone").await, 404, "NoSuchEntity", "The role with name Gone cannot be found.");
    let user = aws.ask(Identity::User, "iam", "GetUser", &[]).await.body;
    assert_eq!(between(&user, "<Arn>", "</Arn>"), ALICE);
    assert_eq!(between(&user, "<UserId>", "</UserId>"), "AIDADEMOALICE0000000");
}
