//! What was not read from AWS is unknown, and never none, off or empty; lists come to their end.

use rootdeck::aws::session::{Session, SessionOptions};
use rootdeck::domain::api_error::ApiErrorKind;
use rootdeck::domain::root_credentials::AuditDepth;
use rootdeck::domain::trusted_access::ServicePrincipal;
use rootdeck::emulator::Identity;

use super::office::{MANAGEMENT, Office, failed, id, session_options};
use super::spoiled_answers::Behind;
use super::spoiler::{Page, Spoil};

/// The account with buckets.
const SHOP: &str = "555500000103";

/// Whether what the engine reads fails, and as what, when `page` comes in the place of each answer.
async fn reads_fail(page: Page, kind: Option<ApiErrorKind>) {
    let behind = Behind::of(Office::with_root_access().await).await;
    behind.office.trust(ServicePrincipal::account_management()).await;
    let account = behind.office.listed(SHOP).await;
    behind.engine.accounts(|_| {}).await.unwrap();
    behind.engine.audit(&account, AuditDepth::Quick).await;
    let kept = behind.office.records.listing().unwrap().unwrap();
    let engine = &behind.engine;
    for operation in [
        "DescribeOrganization",
        "ListAccounts",
        "ListRoots",
        "ListOrganizationalUnitsForParent",
        "ListAWSServiceAccessForOrganization",
        "ListDelegatedAdministrators",
        "ListOrganizationsFeatures",
        "GetPrimaryEmail",
        "GetPrimaryEmailUpdateStatus",
        "ListBuckets",
        "GetAccountSummary",
        "ListAccessKeys",
        "GetLoginProfile",
        "GetCallerIdentity",
    ] {
        behind.proxy.spoil(operation, Spoil::Instead(page), 50);
    }
    let options = session_options(&behind.office.emulator, Identity::Management);
    let endpoint_url = Some(behind.proxy.url.clone());
    let connected = Session::connect(SessionOptions { endpoint_url, ..options }).await;
    let audit = engine.audit(&account, AuditDepth::Deep).await;
    let found = [
        ("organization", engine.organization().await.err()),
        ("accounts", engine.accounts(|_| {}).await.err()),
        ("units", engine.unit_names().await.err()),
        ("trusted access", engine.trusted_access().await.err()),
        ("delegates", engine.delegated_administrators().await.err()),
        ("features", engine.root_features().await.err()),
        ("email", engine.primary_email(account.id).await.err()),
        ("change", engine.email_change(account.id).await.err()),
        ("buckets", engine.buckets(&account).await.err()),
        ("password", audit.password.error().cloned()),
        ("keys", audit.access_keys.error().cloned()),
        ("caller", connected.err()),
    ];
    for (what, error) in found {
        let error = error.unwrap_or_else(|| panic!("{what} was read of {page:?}"));
        assert!(error.kind.leaves_outcome_unknown(), "{what} {page:?}: {error:?}");
        assert!(kind.is_none_or(|kind| kind == error.kind), "{what} {page:?}: {error:?}");
    }
    assert_eq!(behind.office.records.listing().unwrap().unwrap(), kept);
    assert_eq!(engine.findings().await.unwrap(), []);
}

#[tokio::test]
async fn what_was_not_read_from_aws_is_unknown_and_never_empty() {
    Box::pin(reads_fail(Page::EMPTY, Some(ApiErrorKind::NotFromAws))).await;
    Box::pin(reads_fail(Page::html(200), Some(ApiErrorKind::NotFromAws))).await;
    Box::pin(reads_fail(Page::html(403), Some(ApiErrorKind::NotFromAws))).await;
    Box::pin(reads_fail(Page::json(200, "{}"), Some(ApiErrorKind::NotFromAws))).await;
    // AWS's by all signs, and not what these operations answer.
    Box::pin(reads_fail(Page::json(200, "{}").of_aws(), None)).await;
    Box::pin(reads_fail(Page::EMPTY.of_aws(), None)).await;
}

#[tokio::test]
async fn a_list_without_a_single_account_is_no_listing() {
    let behind = Behind::of(Office::trusting().await).await;
    behind.engine.accounts(|_| {}).await.unwrap();
    let kept = behind.office.records.listing().unwrap().unwrap();
    behind.proxy.spoil("ListAccounts", Spoil::Instead(Page::json(200, "{\"Accounts\":[]}").of_aws()), 1);
    assert_eq!(failed(behind.engine.accounts(|_| {}).await), ApiErrorKind::Unreadable);
    assert_eq!(behind.office.records.listing().unwrap().unwrap(), kept);
    assert!(kept.1.iter().any(|account| account.id == id(MANAGEMENT)));
}

#[tokio::test]
async fn lists_that_repeat_their_token_end_and_are_unknown() {
    let behind = Behind::of(Office::trusting().await).await;
    for token in ["again", ""] {
        for operation in
            ["ListAccounts", "ListAWSServiceAccessForOrganization", "ListRoots", "ListDelegatedAdministrators"]
        {
            // Pages of a token that the emulator does not know are refused: they come from the proxy.
            behind.proxy.spoil(operation, Spoil::Token(token), 1);
        }
        let empty = Page::json(
            200,
            "{\"Accounts\":[],\"EnabledServicePrincipals\":[],\"Roots\":[],\"DelegatedAdministrators\":[],\"NextToken\":\"again\"}",
        );
        let asked = behind.proxy.asked("ListAccounts");
        for operation in
            ["ListAccounts", "ListAWSServiceAccessForOrganization", "ListRoots", "ListDelegatedAdministrators"]
        {
            behind.proxy.spoil(operation, Spoil::Instead(empty.of_aws()), 3);
        }
        let engine = &behind.engine;
        let errors = [
            engine.accounts(|_| {}).await.err(),
            engine.trusted_access().await.err(),
            engine.unit_names().await.err(),
            engine.delegated_administrators().await.err(),
        ];
        for error in errors {
            let error = error.unwrap();
            assert!(error.kind == ApiErrorKind::Unreadable && error.message.contains("endless"), "{error:?}");
        }
        assert!(behind.proxy.asked("ListAccounts") - asked <= 3, "{token:?}");
        // What is left of the rules is used up.
        while engine.trusted_access().await.is_err() || engine.unit_names().await.is_err() {}
        while engine.delegated_administrators().await.is_err() || engine.accounts(|_| {}).await.is_err() {}
    }
    assert_eq!(behind.engine.findings().await.unwrap(), []);
}

#[tokio::test]
async fn units_that_are_below_themselves_end_and_are_unknown() {
    let behind = Behind::of(Office::trusting().await).await;
    let circle = "{\"OrganizationalUnits\":[{\"Id\":\"ou-ab12-11111111\",\"Name\":\"Ours\"}]}";
    behind.proxy.spoil("ListOrganizationalUnitsForParent", Spoil::Instead(Page::json(200, circle).of_aws()), 50);
    let error = behind.engine.unit_names().await.unwrap_err();
    assert!(error.kind == ApiErrorKind::Unreadable && error.message.contains("unit_circle"), "{error:?}");
    assert_eq!(behind.proxy.asked("ListOrganizationalUnitsForParent"), 2);
}

#[tokio::test]
async fn somebody_else_is_not_asked_as_patiently_as_aws() {
    let behind = Behind::paced(Office::trusting().await, true).await;
    for (page, most) in [(Page::html(503), 1), (Page::html(500).of_aws(), 1), (Page::json(502, "bad gateway"), 2)] {
        let asked = behind.proxy.asked("ListRoots");
        behind.proxy.spoil("ListRoots", Spoil::Instead(page), most);
        assert_eq!(failed(behind.engine.unit_names().await), ApiErrorKind::NotFromAws);
        let tries = behind.proxy.asked("ListRoots") - asked;
        assert_eq!(tries, most, "{page:?}");
    }
    // AWS's own failure passes.
    let asked = behind.proxy.asked("ListRoots");
    let failure = Page::json(500, "{\"__type\":\"ServiceException\",\"Message\":\"Internal failure\"}").of_aws();
    behind.proxy.spoil("ListRoots", Spoil::Instead(failure), 2);
    behind.engine.unit_names().await.unwrap();
    assert_eq!(behind.proxy.asked("ListRoots") - asked, 3);
}
