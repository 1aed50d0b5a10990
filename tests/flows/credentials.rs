//! Keys that are wrong, and an AWS that is not there or talks nonsense.

use rootdeck::domain::records::JournalRecords;
use std::net::TcpListener;

use rootdeck::aws::session::{FixedCredentials, Session, SessionOptions};
use rootdeck::domain::api_error::{ApiError, ApiErrorKind};
use rootdeck::domain::change::Switch;
use rootdeck::domain::journal::JournalOutcome;
use rootdeck::domain::trusted_access::ServicePrincipal;
use rootdeck::domain::write::{PresentPolicy, Seen, WriteOutcome};
use rootdeck::emulator::{self, Emulator, Identity, Options};
use secrecy::SecretString;

use super::office::{Office, SANDBOX, START, failed, id, refused, session_options};

async fn emulator() -> Emulator {
    emulator::start(Options::default()).await.unwrap()
}

async fn connect(options: SessionOptions) -> ApiError {
    Session::connect(options).await.unwrap_err()
}

fn with_key(emulator: &Emulator, key: &str) -> SessionOptions {
    let fixed = FixedCredentials { access_key_id: key.into(), secret_access_key: SecretString::from("a secret") };
    SessionOptions { fixed: Some(fixed), ..session_options(emulator, Identity::Management) }
}

#[tokio::test]
async fn keys_that_aws_does_not_know_are_invalid_and_are_not_tried_again() {
    let emulator = emulator().await;
    let error = connect(with_key(&emulator, "AKIANOBODYHASTHISKEY")).await;
    assert_eq!(error.kind, ApiErrorKind::InvalidCredentials);
    assert_eq!(error.operation, "sts:GetCallerIdentity");
    assert_eq!(error.code.as_deref(), Some("InvalidClientTokenId"));
    assert_eq!(error.message, "The security token included in the request is invalid.");
    assert!(error.request_id.is_some());
    assert_eq!(emulator.requests().len(), 1);
}

#[tokio::test]
async fn a_session_that_is_over_is_said_to_be_over_wherever_it_shows() {
    let emulator = emulator().await;
    emulator.inject("GetCallerIdentity:expired-token=1x".parse().unwrap());
    let error = connect(session_options(&emulator, Identity::Management)).await;
    assert_eq!((error.kind, error.code.as_deref()), (ApiErrorKind::ExpiredCredentials, Some("ExpiredToken")));

    let office = Office::trusting().await;
    office.inject("expired-token=100%");
    let (mut kinds, engine) = (Vec::new(), &office.engine);
    kinds.push(failed(engine.organization().await));
    kinds.push(failed(engine.accounts(|_| {}).await));
    kinds.push(failed(engine.trusted_access().await));
    kinds.push(failed(engine.root_features().await));
    kinds.push(failed(engine.unit_names().await));
    kinds.push(failed(engine.delegated_administrators().await));
    kinds.push(failed(engine.primary_email(id(SANDBOX)).await));
    kinds.push(failed(engine.email_change(id(SANDBOX)).await));
    assert_eq!(kinds, [ApiErrorKind::ExpiredCredentials; 8]);
    let written = office.start(SANDBOX, "root@corp.example").await;
    assert_eq!(refused(&written).kind, ApiErrorKind::ExpiredCredentials);
    assert_eq!((office.arrived(START), office.journaled().1), (1, JournalOutcome::Refused));
}

/// The emulator's `Date` is true, so the SDK finds no skew: neither this nor a denial after it is
/// tried again.
#[tokio::test]
async fn a_clock_that_is_wrong_is_told_once_and_a_denial_after_it_too() {
    let office = Office::trusting().await;
    office.inject("ListAccounts:clock-skew=1x");
    let error = office.engine.accounts(|_| {}).await.unwrap_err();
    assert_eq!(error.code.as_deref(), Some("InvalidSignatureException"));
    assert!(error.message.starts_with("Signature expired: "), "{}", error.message);
    assert_eq!(office.arrived("ListAccounts"), 1);
    office.inject("GetPrimaryEmail:access-denied=1x");
    assert_eq!(failed(office.engine.primary_email(id(SANDBOX)).await), ApiErrorKind::AccessDenied);
    assert_eq!(office.arrived("GetPrimaryEmail"), 1);
}

#[tokio::test]
async fn an_endpoint_where_nobody_listens_is_unreachable() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let options = session_options(&emulator().await, Identity::Management);
    let error = connect(SessionOptions { endpoint_url: Some(format!("http://{free}")), ..options }).await;
    assert_eq!(error.kind, ApiErrorKind::Unreachable, "{}", error.message);
    assert_eq!((error.code, error.request_id), (None, None));
    assert!(error.message.to_lowercase().contains("connection refused"), "{}", error.message);
}

#[tokio::test]
async fn an_aws_that_is_gone_makes_a_write_fail_and_not_unknown() {
    let office = Office::trusting().await;
    let Office { emulator, engine, records, folder: _folder, .. } = office;
    drop(emulator);
    // The connection that was open may end with it; what counts is one that can't be made.
    while failed(engine.trusted_access().await) != ApiErrorKind::Unreachable {}
    let change = Switch::TrustedAccess(ServicePrincipal::iam()).set(true);
    let request = rootdeck::domain::write::WriteRequest {
        change,
        account: None,
        reason: None,
        present: PresentPolicy::Any,
        until: None,
        resend: false,
    };
    let written = engine.write(request, jiff::Timestamp::now).await;
    assert!(matches!(&written.outcome, WriteOutcome::Failed(error) if error.kind == ApiErrorKind::Unreachable));
    assert!(matches!(&written.seen, Seen::TrustedAccess(Err(_))));
    assert_eq!(records.journal(1).unwrap()[0].outcome, JournalOutcome::Failed);
}

#[tokio::test]
async fn an_answer_that_can_not_be_understood_is_unreadable_and_never_an_empty_one() {
    let emulator = emulator().await;
    emulator.inject("GetCallerIdentity:malformed=1x".parse().unwrap());
    assert_eq!(connect(session_options(&emulator, Identity::Management)).await.kind, ApiErrorKind::Unreadable);

    let office = Office::trusting().await;
    office.trust(ServicePrincipal::iam()).await;
    office.start(SANDBOX, "root@corp.example").await;
    office.inject("malformed=100%");
    let (mut kinds, engine) = (Vec::new(), &office.engine);
    kinds.push(failed(engine.organization().await));
    kinds.push(failed(engine.accounts(|_| {}).await));
    kinds.push(failed(engine.trusted_access().await));
    kinds.push(failed(engine.root_features().await));
    kinds.push(failed(engine.unit_names().await));
    kinds.push(failed(engine.delegated_administrators().await));
    kinds.push(failed(engine.primary_email(id(SANDBOX)).await));
    kinds.push(failed(engine.email_change(id(SANDBOX)).await));
    assert_eq!(kinds, [ApiErrorKind::Unreadable; 8]);
}

#[tokio::test]
async fn a_connection_that_breaks_each_time_is_lost_and_never_an_empty_answer() {
    let office = Office::open().await;
    office.inject("drop=100%");
    let engine = &office.engine;
    let (trusted, features, organization) =
        tokio::join!(engine.trusted_access(), engine.root_features(), engine.organization());
    assert_eq!(failed(trusted), ApiErrorKind::ConnectionLost);
    assert_eq!(failed(features), ApiErrorKind::ConnectionLost);
    assert_eq!(failed(organization), ApiErrorKind::ConnectionLost);
}
