//! IAM: the features of centralized root access.

use rootdeck::emulator::Identity;
use serde_json::json;

use crate::client::{Answer, Aws};

const IAM: &str = "iam.amazonaws.com";

fn features(answer: &Answer) -> Vec<&str> {
    assert_eq!(answer.status, 200, "{}", answer.body);
    let parts = answer.body.split("<member>").skip(1);
    parts.map(|part| part.split_once("</member>").unwrap().0).collect()
}

fn refused(answer: &Answer, code: &str, message: &str) {
    assert_eq!(answer.status, 400);
    let id = answer.header("x-amzn-RequestId").unwrap();
    assert_eq!(
        answer.body,
        format!(
            "<ErrorResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><Error>\
             <Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error>\
             <RequestId>{id}</RequestId></ErrorResponse>"
        )
    );
}

#[tokio::test]
async fn without_trusted_access_there_are_no_features() {
    let aws = Aws::demo().await;
    for operation in [
        "ListOrganizationsFeatures",
        "EnableOrganizationsRootCredentialsManagement",
        "DisableOrganizationsRootCredentialsManagement",
        "EnableOrganizationsRootSessions",
        "DisableOrganizationsRootSessions",
    ] {
        refused(
            &aws.iam(operation).await,
            "ServiceAccessNotEnabledException",
            "Trusted Access for IAM not enabled by organization of input account 111122223333.",
        );
    }
}

#[tokio::test]
async fn features_are_turned_on_and_off() {
    let aws = Aws::trusting(IAM).await;
    let nothing = aws.iam("ListOrganizationsFeatures").await;
    let id = nothing.header("x-amzn-RequestId").unwrap();
    assert_eq!(
        nothing.body,
        format!(
            "<ListOrganizationsFeaturesResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">\
             <ListOrganizationsFeaturesResult><OrganizationId>o-8j81brsjuj</OrganizationId>\
             <EnabledFeatures></EnabledFeatures></ListOrganizationsFeaturesResult>\
             <ResponseMetadata><RequestId>{id}</RequestId></ResponseMetadata>\
             </ListOrganizationsFeaturesResponse>"
        )
    );
    for _ in 0..2 {
        let answer = aws.iam("EnableOrganizationsRootCredentialsManagement").await;
        assert_eq!(features(&answer), ["RootCredentialsManagement"]);
    }
    let answer = aws.iam("EnableOrganizationsRootSessions").await;
    assert_eq!(features(&answer), ["RootSessions", "RootCredentialsManagement"]);

    let principal = json!({ "ServicePrincipal": IAM });
    aws.organizations("DisableAWSServiceAccess", &principal).await;
    assert_eq!(aws.iam("ListOrganizationsFeatures").await.status, 400);
    aws.enable(IAM).await;
    let answer = aws.iam("ListOrganizationsFeatures").await;
    assert_eq!(features(&answer), ["RootSessions", "RootCredentialsManagement"]);

    let answer = aws.iam("DisableOrganizationsRootCredentialsManagement").await;
    assert_eq!(features(&answer), ["RootSessions"]);
    let answer = aws.iam("DisableOrganizationsRootSessions").await;
    assert!(features(&answer).is_empty());
}

#[tokio::test]
async fn a_delegate_looks_and_disables_but_does_not_enable() {
    let aws = Aws::trusting(IAM).await;
    aws.iam("EnableOrganizationsRootSessions").await;
    let delegate = async |operation| aws.query_as(Identity::DelegatedAdministrator, "iam", operation).await;
    refused(
        &delegate("ListOrganizationsFeatures").await,
        "AccountNotManagementOrDelegatedAdministratorException",
        "Input account 222233334444 is neither management account nor delegated admin.",
    );
    let delegation = json!({ "AccountId": "222233334444", "ServicePrincipal": IAM });
    aws.organizations("RegisterDelegatedAdministrator", &delegation).await;
    assert_eq!(features(&delegate("ListOrganizationsFeatures").await), ["RootSessions"]);
    refused(
        &delegate("EnableOrganizationsRootCredentialsManagement").await,
        "CallerIsNotManagementAccountException",
        "Caller account 222233334444 is not management account of the organization and cannot \
         enable IAM features.",
    );
    assert!(features(&delegate("DisableOrganizationsRootSessions").await).is_empty());
}
