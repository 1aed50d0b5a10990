//! AWS Organizations.

use std::collections::HashSet;

use rootdeck::emulator::{Identity, Options};
use serde_json::{Value, json};

use crate::client::{Answer, Aws};

const SECURITY: &str = "222233334444";

fn reason(answer: &Answer) -> (String, String) {
    let reason = answer.json()["Reason"].as_str().unwrap_or_default().to_owned();
    assert_eq!(answer.status, 400, "{}", answer.body);
    (answer.code(), reason)
}

/// The sizes of the pages, and all entries.
async fn all_pages(aws: &Aws, operation: &str, member: &str, input: Value) -> (Vec<usize>, Vec<Value>) {
    let (mut sizes, mut entries, mut input) = (Vec::new(), Vec::new(), input);
    loop {
        let answer = aws.organizations(operation, &input).await;
        let mut page = answer.json();
        let Value::Array(part) = page[member].take() else { unreachable!("no list in {}", answer.body) };
        sizes.push(part.len());
        entries.extend(part);
        match page["NextToken"].take() {
            Value::Null => return (sizes, entries),
            token => input["NextToken"] = token,
        }
    }
}

#[tokio::test]
async fn the_organization_is_described() {
    let aws = Aws::demo().await;
    for who in [Identity::Management, Identity::Member] {
        let answer = aws.try_organizations(who, "DescribeOrganization", &json!({})).await;
        let organization = answer.unwrap().json()["Organization"].take();
        assert_eq!(organization["Id"], "o-8j81brsjuj");
        assert_eq!(organization["FeatureSet"], "ALL");
        assert_eq!(organization["MasterAccountId"], "111122223333");
        assert_eq!(
            organization["MasterAccountArn"],
            "arn:aws:organizations::111122223333:account/o-8j81brsjuj/111122223333"
        );
    }
}

#[tokio::test]
async fn the_accounts_come_in_pages_one_of_which_is_empty() {
    let aws = Aws::demo().await;
    let (sizes, accounts) = all_pages(&aws, "ListAccounts", "Accounts", json!({})).await;
    assert_eq!(sizes, [20, 0, 20, 1]);
    let ids: HashSet<_> = accounts.iter().map(|account| account["Id"].to_string()).collect();
    assert_eq!(ids.len(), 41);
    let kensho = accounts.iter().find(|account| account["Name"] == "検証環境").unwrap();
    let path = "o-8j81brsjuj/r-8j81/ou-8j81-6g3wpjyb/ou-8j81-3xujvh9s/444455558888/";
    assert_eq!(
        *kensho,
        json!({
            "Id": "444455558888",
            "Arn": "arn:aws:organizations::111122223333:account/o-8j81brsjuj/444455558888",
            "Email": "aws+kensho@example.com",
            "Name": "検証環境",
            "Status": "ACTIVE",
            "State": "ACTIVE",
            "Paths": [path],
            "JoinedMethod": "CREATED",
            "JoinedTimestamp": 1_670_487_036.457,
        })
    );
    let input = json!({ "AccountId": "444455558888" });
    let described = aws.organizations("DescribeAccount", &input).await.json();
    assert_eq!(described["Account"], *kensho);
}

#[tokio::test]
async fn the_demo_has_what_a_demonstration_needs() {
    let aws = Aws::demo().await;
    let (_, accounts) = all_pages(&aws, "ListAccounts", "Accounts", json!({})).await;
    let states: HashSet<_> = accounts.iter().map(|a| a["State"].as_str().unwrap()).collect();
    assert_eq!(states.len(), 5, "{states:?}");
    let methods: HashSet<_> = accounts.iter().map(|a| a["JoinedMethod"].as_str().unwrap()).collect();
    assert_eq!(methods.len(), 2, "{methods:?}");
    let length = |account: &Value, member: &str| account[member].as_str().unwrap().chars().count();
    assert_eq!(accounts.iter().map(|a| length(a, "Email")).max(), Some(64));
    assert!(accounts.iter().any(|account| length(account, "Name") > 50));
    let sandbox = accounts.iter().find(|a| a["Id"] == "444455556666").unwrap();
    assert_eq!((&sandbox["Name"], &sandbox["Email"]), (&json!("sandbox-07"), &json!("aws+sandbox07@example.com")));
}

#[tokio::test]
async fn a_token_or_a_page_size_that_is_none_is_refused() {
    let aws = Aws::demo().await;
    for (input, expected) in [
        (json!({ "NextToken": "" }), "INVALID_NEXT_TOKEN"),
        (json!({ "NextToken": "20" }), "INVALID_NEXT_TOKEN"),
        (json!({ "MaxResults": 0 }), "MIN_VALUE_EXCEEDED:MAX_RESULTS"),
        (json!({ "MaxResults": 21 }), "MAX_VALUE_EXCEEDED:MAX_RESULTS"),
    ] {
        let answer = aws.organizations("ListAccounts", &input).await;
        assert_eq!(reason(&answer), ("InvalidInputException".to_owned(), expected.to_owned()));
    }
    let first = aws.organizations("ListAccounts", &json!({})).await.json();
    let input = json!({ "NextToken": first["NextToken"], "ParentId": "r-8j81" });
    let elsewhere = aws.organizations("ListAccountsForParent", &input).await;
    assert_eq!(reason(&elsewhere).1, "INVALID_NEXT_TOKEN");
}

#[tokio::test]
async fn the_tree_leads_to_every_account() {
    let aws = Aws::demo().await;
    let roots = aws.organizations("ListRoots", &json!({})).await.json();
    let mut open = vec![roots["Roots"][0]["Id"].clone()];
    let mut found = 0;
    while let Some(parent) = open.pop() {
        let input = json!({ "ParentId": parent, "MaxResults": 2 });
        let (_, accounts) = all_pages(&aws, "ListAccountsForParent", "Accounts", input.clone()).await;
        for account in &accounts {
            let child = json!({ "ChildId": account["Id"] });
            let parents = aws.organizations("ListParents", &child).await.json();
            assert_eq!(parents["Parents"][0]["Id"], parent);
        }
        found += accounts.len();
        let operation = "ListOrganizationalUnitsForParent";
        let (_, units) = all_pages(&aws, operation, "OrganizationalUnits", input).await;
        for unit in units {
            let (id, path) = (unit["Id"].as_str().unwrap(), unit["Path"].as_str().unwrap());
            assert!(path.ends_with(&format!("/{}/{id}/", parent.as_str().unwrap())), "{path}");
            open.push(unit["Id"].clone());
        }
    }
    assert_eq!(found, 41);
}

#[tokio::test]
async fn what_does_not_exist_is_not_found() {
    let aws = Aws::demo().await;
    for (operation, input, code) in [
        ("DescribeAccount", json!({ "AccountId": "999999999999" }), "AccountNotFoundException"),
        ("DescribeAccount", json!({ "AccountId": "9" }), "InvalidInputException"),
        ("ListAccountsForParent", json!({ "ParentId": "r-none" }), "ParentNotFoundException"),
        ("ListAccountsForParent", json!({ "ParentId": "x" }), "InvalidInputException"),
        ("ListParents", json!({ "ChildId": "ou-8j81-nonenone" }), "ChildNotFoundException"),
        ("ListParents", json!({}), "InvalidInputException"),
    ] {
        assert_eq!(aws.organizations(operation, &input).await.code(), code, "{operation} {input}");
    }
}

#[tokio::test]
async fn trusted_access_is_turned_on_and_off() {
    let aws = Aws::demo().await;
    let principals = async || {
        let operation = "ListAWSServiceAccessForOrganization";
        let (_, services) = all_pages(&aws, operation, "EnabledServicePrincipals", json!({})).await;
        let names = services.iter().map(|s| s["ServicePrincipal"].as_str().unwrap().to_owned());
        (names.collect::<Vec<_>>(), services)
    };
    let (before, services) = principals().await;
    assert_eq!(
        before,
        [
            "access-analyzer.amazonaws.com",
            "member.org.stacksets.cloudformation.amazonaws.com",
            "ram.amazonaws.com",
            "reachabilityanalyzer.networkinsights.amazonaws.com",
            "sso.amazonaws.com",
            "user-subscriptions.amazonaws.com",
        ]
    );
    assert_eq!(services[0]["DateEnabled"], json!(1_675_735_883.048));

    let input = json!({ "ServicePrincipal": "account.amazonaws.com" });
    let answer = aws.organizations("EnableAWSServiceAccess", &input).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, ""));
    let (on, first) = principals().await;
    assert_eq!(on[1], "account.amazonaws.com");
    aws.enable("account.amazonaws.com").await;
    assert_eq!(principals().await.1, first, "enabling again changes nothing");

    for _ in 0..2 {
        let answer = aws.organizations("DisableAWSServiceAccess", &input).await;
        assert_eq!((answer.status, answer.body.as_str()), (200, ""));
        assert_eq!(principals().await.0, before);
    }
    let nonsense = json!({ "ServicePrincipal": "nonsense.amazonaws.com" });
    let answer = aws.organizations("EnableAWSServiceAccess", &nonsense).await;
    assert_eq!(reason(&answer).1, "UNRECOGNIZED_SERVICE_PRINCIPAL");
}

#[tokio::test]
async fn a_service_with_a_delegate_stays_trusted() {
    let aws = Aws::demo().await;
    let input = json!({ "ServicePrincipal": "access-analyzer.amazonaws.com" });
    let answer = aws.organizations("DisableAWSServiceAccess", &input).await;
    assert_eq!(answer.status, 400);
    assert_eq!(
        answer.body,
        r#"{"__type":"ConstraintViolationException","Message":"You have delegated administrator/s for this service. De-register them in order to disable service access.","Reason":"DELEGATED_ADMINISTRATOR_EXISTS_FOR_THIS_SERVICE"}"#
    );
    let delegation = json!({
        "ServicePrincipal": "access-analyzer.amazonaws.com", "AccountId": SECURITY
    });
    let answer = aws.organizations("DeregisterDelegatedAdministrator", &delegation).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, ""));
    let answer = aws.organizations("DisableAWSServiceAccess", &input).await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn delegated_administrators_are_registered_under_constraints() {
    let aws = Aws::demo().await;
    let register = async |account: &str| {
        let input = json!({ "AccountId": account, "ServicePrincipal": "iam.amazonaws.com" });
        aws.organizations("RegisterDelegatedAdministrator", &input).await
    };
    assert_eq!(reason(&register(SECURITY).await).1, "SERVICE_ACCESS_NOT_ENABLED");
    aws.enable("iam.amazonaws.com").await;
    let master = register("111122223333").await;
    assert_eq!(reason(&master).1, "CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR");
    let suspended = register("777700000001").await;
    assert_eq!(reason(&suspended).1, "CANNOT_REGISTER_SUSPENDED_ACCOUNT_AS_DELEGATED_ADMINISTRATOR");
    assert_eq!(register("999999999999").await.code(), "AccountNotFoundException");
    assert_eq!(register(SECURITY).await.status, 200);
    assert_eq!(register(SECURITY).await.code(), "AccountAlreadyRegisteredException");
    let second = register("222233335555").await;
    assert_eq!(reason(&second).1, "MAX_DELEGATED_ADMINISTRATORS_FOR_SERVICE_LIMIT_EXCEEDED");

    let services = json!({ "AccountId": SECURITY });
    let services = aws.organizations("ListDelegatedServicesForAccount", &services).await.json();
    assert_eq!(services["DelegatedServices"][1]["ServicePrincipal"], "iam.amazonaws.com");
    let nobody = json!({ "AccountId": "222233335555" });
    let nobody = aws.organizations("ListDelegatedServicesForAccount", &nobody).await;
    assert_eq!(nobody.code(), "AccountNotRegisteredException");
    let filtered = json!({ "ServicePrincipal": "iam.amazonaws.com" });
    let filtered = aws.organizations("ListDelegatedAdministrators", &filtered).await.json();
    assert_eq!(filtered["DelegatedAdministrators"][0]["Id"], SECURITY);
    let none = json!({ "ServicePrincipal": "account.amazonaws.com" });
    let none = aws.organizations("ListDelegatedAdministrators", &none).await.json();
    assert_eq!(none["DelegatedAdministrators"], json!([]));
}

#[tokio::test]
async fn standing_decides_who_may_call_what() {
    let aws = Aws::demo().await;
    let denied =
        r#"{"__type":"AccessDeniedException","Message":"You don't have permissions to access this resource."}"#;
    let input = json!({ "ServicePrincipal": "iam.amazonaws.com" });
    for (who, operation) in [
        (Identity::Member, "ListAccounts"),
        (Identity::Member, "EnableAWSServiceAccess"),
        (Identity::DelegatedAdministrator, "EnableAWSServiceAccess"),
        (Identity::DelegatedAdministrator, "RegisterDelegatedAdministrator"),
    ] {
        let answer = aws.try_organizations(who, operation, &input).await.unwrap();
        assert_eq!((answer.status, answer.body.as_str()), (400, denied), "{operation}");
    }
    let who = Identity::DelegatedAdministrator;
    let listed = aws.try_organizations(who, "ListAccounts", &json!({})).await.unwrap();
    assert_eq!(listed.status, 200);
}

#[tokio::test]
async fn a_large_organization_is_the_same_for_the_same_seed() {
    let options = |seed| Options { accounts: Some(120), seed, ..Options::default() };
    let list = async |seed| {
        let aws = Aws::with(options(seed)).await;
        all_pages(&aws, "ListAccounts", "Accounts", json!({})).await
    };
    let (sizes, accounts) = list(1).await;
    assert_eq!(sizes, [20, 20, 20, 0, 20, 20, 20]);
    assert_eq!(list(1).await.1, accounts);
    assert_ne!(list(2).await.1, accounts);
}
