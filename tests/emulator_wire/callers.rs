//! Who may do what: every caller, every operation.

use rootdeck::emulator::{Identity, Options};
use serde_json::{Value, json};

use crate::calls::{MANAGEMENT, calls};
use crate::client::{Answer, Aws, between};
use crate::root_sessions::KENSHO;
use crate::simulation::decision_of;

/// Every operation, and under each caller's letter what it gets, with both services trusted and
/// both features on; [`Call::made_by`] explains.
///
/// [`Call::made_by`]: crate::calls::Call::made_by
const TABLE: &str = "\
a management
b delegated-admin
c member
d AWSOrganizationsReadOnlyAccess
e AWSOrganizationsFullAccess
f AWSAccountManagementReadOnlyAccess
g AWSAccountManagementFullAccess
h AWSAccountActivityAccess
i PowerUserAccess
j AdministratorAccess
k user
l sso
m root-user
n account-delegate
o iam-delegate
p no-organization
q consolidated-billing
r boundary
s scp
t wrong-resource
\x20                                     abcdefghijklmnopqrst
DescribeOrganization                  .....DDD.......n....
ListAccounts                          ..D..DDDD......n..D.
ListAWSServiceAccessForOrganization   ..D..DDDD......n..D.
ListDelegatedAdministrators           ..D..DDDD......n..D.
ListDelegatedServicesForAccount       ..D..DDDD......n..D.
EnableAWSServiceAccess account        .DDD.DDDD....DDnf.D.
EnableAWSServiceAccess iam            .DDD.DDDD.D..DDnf.D.
RegisterDelegatedAdministrator        .DDD.DDDD.D..DDnf.D.
DeregisterDelegatedAdministrator      .DDD.DDDD.D..DDn..D.
GetPrimaryEmail                       .DD.D..D......DDt.DD
GetPrimaryEmailUpdateStatus           .DDDD..DD.....DDt.DD
GetAccountInformation                 .DDD......D...DDt.D.
GetAccountInformation own             ...D......D.......D.
GetAlternateContact                   .DD.....D.....DDt.D.
GetContactInformation                 .DD.....D.....DDt.D.
GetContactInformation own             ........D.........D.
StartPrimaryEmailUpdate corp.example  .DDDDD.DD.....DDt.DD
StartPrimaryEmailUpdate other.example .DDDDD.DD.D...DDt.DD
AcceptPrimaryEmailUpdate corp.example .DDDDD.DD.....DDt.DD
DeleteAlternateContact                .DDD.D.DD.D...DDt.D.
PutAccountName                        .DDD.D.DD.D...DDt.D.
ListOrganizationsFeatures             .mmIIIIII....m.nf.mI
EnableOrganizationsRootSessions       .mmIIIIII.I..mmnf.mI
DisableOrganizationsRootSessions      .mmIIIIII.I..m.nf.mI
GetAccountSummary                     ...IIIIII.I........I
GetRole                               ...IIIIII.I.........
AssumeRole                            .DDDDDDD..D.DDDDD.DD
AssumeRoot audit                      .DDDDDDD....DD.DDBDD
AssumeRoot delete                     .DDDDDDD..D.DD.DDBDD
ListAllMyBuckets                      ...IIIII..I........I
ListQueues                            ...IIIII..I........I
";

/// An organization in which everything works for who may.
async fn ready(delegates: &[Identity]) -> Aws {
    let aws = Aws::with(Options { delegates: delegates.to_vec(), ..Options::default() }).await;
    for principal in ["account.amazonaws.com", "iam.amazonaws.com"] {
        aws.enable(principal).await;
    }
    for feature in ["RootCredentialsManagement", "RootSessions"] {
        assert_eq!(aws.iam(&format!("EnableOrganizations{feature}")).await.status, 200);
    }
    aws
}

fn letters() -> impl Iterator<Item = (char, Identity)> {
    ('a'..).zip(Identity::ALL)
}

#[tokio::test]
async fn every_caller_gets_what_its_policies_and_its_account_allow() {
    let calls = calls();
    let mut rows: Vec<_> = calls.iter().map(|call| format!("{:37} ", call.name)).collect();
    for (_, who) in letters() {
        let aws = ready(&[who]).await;
        for (call, row) in calls.iter().zip(&mut rows) {
            row.push(call.made_by(&aws, who).await);
        }
    }
    let mut lines: Vec<_> = letters().map(|(letter, who)| format!("{letter} {}", who.name())).collect();
    lines.push(format!("{:37} {}", "", letters().map(|(letter, _)| letter).collect::<String>()));
    lines.extend(rows);
    let table = lines.join("\n") + "\n";
    assert_eq!(table, TABLE, "{table}");
}

/// The simulator knows policies and nothing of roles in the organization: what it does not allow is denied, and
/// what works it has allowed. In the management account the two are the same.
#[tokio::test]
async fn what_the_simulator_says_is_what_happens() {
    for who in Identity::ALL {
        let aws = ready(&[who]).await;
        let caller = aws.query_as(who, "sts", "GetCallerIdentity").await;
        let arn = between(&caller.body, "<Arn>", "</Arn>");
        let account = between(&caller.body, "<Account>", "</Account>");
        let source = match arn.split_once(":assumed-role/") {
            Some((_, role)) => format!("arn:aws:iam::{account}:role/{}", role.split('/').next().unwrap()),
            None => arn.to_owned(),
        };
        if source.ends_with(":root") {
            continue;
        }
        let asking = if account == MANAGEMENT { Identity::Management } else { who };
        for call in calls() {
            let simulated_result =
                decision_of(&aws, asking, &source, &call.action(), &call.resource, call.context).await;
            let happened = call.made_by(&aws, who).await;
            let by_policy = matches!(happened, 'D' | 'I' | 'B' | 'S');
            let what = format!("{} {}: {simulated_result}, {happened}", who.name(), call.name);
            assert!(simulated_result == "allowed" || by_policy, "{what}");
            assert!(simulated_result != "allowed" || !by_policy || account != MANAGEMENT, "{what}");
            assert!(simulated_result == "allowed" || happened != '.', "{what}");
        }
    }
}

#[tokio::test]
async fn everybody_is_who_the_name_says() {
    let aws = Aws::demo().await;
    for (who, arn) in [
        (Identity::ALL[3], "arn:aws:sts::111122223333:assumed-role/AWSOrganizationsReadOnlyAccess/demo"),
        (Identity::User, "arn:aws:iam::111122223333:user/ops/alice"),
        (
            Identity::SingleSignOn,
            "arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_OrgAdmin_0123456789abcdef/alice@corp.example",
        ),
        (Identity::RootUser, "arn:aws:iam::111122223333:root"),
        (Identity::AccountDelegate, "arn:aws:sts::333311110003:assumed-role/RootEmailAdmin/demo"),
        (Identity::IamDelegate, "arn:aws:sts::222233336666:assumed-role/RootAccessAdmin/demo"),
        (Identity::WithoutOrganization, "arn:aws:sts::999922220001:assumed-role/Admin/demo"),
        (Identity::ConsolidatedBilling, "arn:aws:sts::999911110001:assumed-role/Admin/demo"),
        (Identity::Controlled, "arn:aws:sts::444455556010:assumed-role/Developer/demo"),
    ] {
        let answer = aws.query_as(who, "sts", "GetCallerIdentity").await;
        assert_eq!(between(&answer.body, "<Arn>", "</Arn>"), arn);
    }
}

#[tokio::test]
async fn a_denial_says_which_policy_denies() {
    let aws = ready(&[]).await;
    let member = format!("arn:aws:iam::{KENSHO}:root");
    let audit = "arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials";
    let session = [("TargetPrincipal", KENSHO), ("TaskPolicyArn.arn", audit)];
    let reported = |answer: &Answer| between(&answer.body, "<Message>", "</Message>").to_owned();
    let bounded = aws.ask(Identity::Bounded, "sts", "AssumeRoot", &session).await;
    assert_eq!(
        reported(&bounded),
        format!(
            "User: arn:aws:sts::111122223333:assumed-role/BoundedAdmin/demo is not authorized to perform: \
             sts:AssumeRoot on resource: {member} because no permissions boundary allows the sts:AssumeRoot action"
        )
    );
    let root = aws.ask(Identity::RootUser, "sts", "AssumeRoot", &session).await;
    assert_eq!(
        reported(&root),
        format!(
            "User: arn:aws:iam::111122223333:root is not authorized to perform: sts:AssumeRoot on resource: {member}"
        )
    );
    let features = aws.query_as(Identity::WrongResource, "iam", "EnableOrganizationsRootSessions").await;
    assert_eq!(
        reported(&features),
        "User: arn:aws:sts::111122223333:assumed-role/RootFeatures/demo is not authorized to perform: \
         iam:EnableOrganizationsRootSessions on resource: * because no identity-based policy allows the \
         iam:EnableOrganizationsRootSessions action"
    );
    let controlled = aws.try_account(Identity::Controlled, "getAccountInformation", &json!({})).await.unwrap();
    assert_eq!(
        controlled.json()["message"],
        "User: arn:aws:sts::444455556010:assumed-role/Developer/demo is not authorized to perform: \
         account:GetAccountInformation"
    );
}

#[tokio::test]
async fn a_delegates_key_changes_nothing_by_itself() {
    let aws = Aws::demo().await;
    let trust = aws.organizations("ListAWSServiceAccessForOrganization", &json!({})).await.body;
    for (who, account, principal) in [
        (Identity::AccountDelegate, "333311110003", "account.amazonaws.com"),
        (Identity::IamDelegate, "222233336666", "iam.amazonaws.com"),
    ] {
        for (operation, input) in
            [("DescribeOrganization", json!({})), ("ListDelegatedServicesForAccount", json!({ "AccountId": account }))]
        {
            let answer = aws.try_organizations(who, operation, &input).await.unwrap();
            let code = if operation.starts_with("List") { "AccessDeniedException" } else { "" };
            assert_eq!(answer.code(), code, "{operation}");
        }
        let now = aws.organizations("ListAWSServiceAccessForOrganization", &json!({})).await.body;
        assert_eq!(now, trust);
        let of_service = json!({ "ServicePrincipal": principal });
        let delegates = aws.organizations("ListDelegatedAdministrators", &of_service).await.json();
        assert_eq!(delegates["DelegatedAdministrators"], json!([]));
    }
    assert_eq!(aws.iam("ListOrganizationsFeatures").await.code(), "ServiceAccessNotEnabledException");
}

#[tokio::test]
async fn an_organization_can_start_with_delegates_which_can_be_deregistered() {
    let delegates = vec![Identity::AccountDelegate, Identity::IamDelegate, Identity::Member];
    let aws = Aws::with(Options { delegates, ..Options::default() }).await;
    let delegates = async |principal: &str| {
        let input = json!({ "ServicePrincipal": principal });
        let answer = aws.organizations("ListDelegatedAdministrators", &input).await.json();
        let ids = answer["DelegatedAdministrators"].as_array().unwrap().iter();
        ids.map(|delegate| delegate["Id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let features = aws.iam("ListOrganizationsFeatures").await;
    assert!(features.body.contains("<member>RootSessions</member><member>RootCredentialsManagement</member>"));
    for (who, principal, account) in [
        (Identity::AccountDelegate, "account.amazonaws.com", "333311110003"),
        (Identity::IamDelegate, "iam.amazonaws.com", "222233336666"),
    ] {
        assert_eq!(delegates(principal).await, [account]);
        let own = json!({ "AccountId": account });
        let services = aws.try_organizations(who, "ListDelegatedServicesForAccount", &own).await.unwrap().json();
        assert_eq!(services["DelegatedServices"][0]["ServicePrincipal"], principal);
        let input = json!({ "AccountId": account, "ServicePrincipal": principal });
        assert_eq!(aws.organizations("DeregisterDelegatedAdministrator", &input).await.status, 200);
        assert_eq!(aws.try_organizations(who, "DescribeOrganization", &json!({})).await.unwrap().status, 200);
        assert_eq!(delegates(principal).await, [""; 0]);
    }
}

#[tokio::test]
async fn an_organization_for_billing_is_described_and_trusts_nobody() {
    let aws = Aws::demo().await;
    let who = Identity::ConsolidatedBilling;
    let ask = async |operation, input: Value| aws.try_organizations(who, operation, &input).await.unwrap();
    let described = ask("DescribeOrganization", json!({})).await.json();
    assert_eq!(described["Organization"]["FeatureSet"], "CONSOLIDATED_BILLING");
    assert_eq!(described["Organization"]["AvailablePolicyTypes"], json!([]));
    assert_eq!(ask("ListAccounts", json!({})).await.json()["Accounts"].as_array().unwrap().len(), 2);
    assert_eq!(ask("ListRoots", json!({})).await.json()["Roots"][0]["PolicyTypes"], json!([]));
    let trust = ask("EnableAWSServiceAccess", json!({ "ServicePrincipal": "iam.amazonaws.com" })).await;
    assert_eq!(trust.code(), "ConstraintViolationException");
    assert_eq!(trust.json()["Reason"], "ORGANIZATION_NOT_IN_ALL_FEATURES_MODE");
}

#[tokio::test]
async fn an_account_on_its_own_knows_itself_and_no_organization() {
    let aws = Aws::demo().await;
    let who = Identity::WithoutOrganization;
    let described = aws.try_organizations(who, "DescribeOrganization", &json!({})).await.unwrap();
    assert_eq!(described.status, 400);
    assert_eq!(
        described.json(),
        json!({ "__type": "AWSOrganizationsNotInUseException",
            "Message": "Your account is not a member of an organization." })
    );
    let own = aws.try_account(who, "getAccountInformation", &json!({})).await.unwrap().json();
    assert_eq!(own["AccountName"], "Lone Startup");
    let status = aws.try_account(who, "getPrimaryEmailUpdateStatus", &json!({})).await.unwrap();
    assert_eq!(status.json()["message"], "No email update found for account");
}
