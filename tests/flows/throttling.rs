//! Quotas, AWS's and those that rootdeck keeps by itself.

use std::sync::Arc;
use std::time::Duration;

use rootdeck::aws::session::{Session, SessionOptions};
use rootdeck::domain::api_error::ApiErrorKind;
use rootdeck::domain::email_change::{EmailChangeStatus as Status, StartedProgress as Progress};
use rootdeck::domain::journal::JournalOutcome;
use rootdeck::domain::permit::Rules;
use rootdeck::domain::trusted_access::ServicePrincipal;
use rootdeck::domain::write::WriteOutcome;
use rootdeck::emulator::{Identity, Options, Throttle};
use rootdeck::engine::Engine;

use super::office::{Office, SANDBOX, START, id, session_options};

#[tokio::test]
async fn a_fourth_start_within_half_a_minute_is_throttled_failed_and_costs_nothing() {
    let office = Office::with(Options { throttle: Throttle::Aws, ..Options::default() }).await;
    office.trust(ServicePrincipal::account_management()).await;
    for nth in 1..=3 {
        let written = office.start(SANDBOX, &format!("root-{nth}@corp.example")).await;
        assert_eq!(written.outcome, WriteOutcome::Taken(Some(Status::Pending)), "{nth}");
        // Starts have a quota of one a second too, which is not what this is about.
        tokio::time::sleep(Duration::from_millis(1100)).await;
    }
    assert_eq!(office.arrived(START), 3);
    let written = office.start(SANDBOX, "root-4@corp.example").await;
    assert!(matches!(&written.outcome, WriteOutcome::Failed(error)
        if error.kind == ApiErrorKind::Throttled && error.code.as_deref() == Some("TooManyRequestsException")));
    // AWS does nothing with a throttled request, so these, alone of all writes, were tried again.
    assert_eq!(office.arrived(START), 3 + 3);
    assert_eq!(office.kept(SANDBOX), ("root-3@corp.example".into(), Progress::Pending));
    assert_eq!(office.mails_to("root-4@corp.example"), 0);
    assert_eq!(office.journaled().1, JournalOutcome::Failed);
}

#[tokio::test]
async fn a_start_that_is_throttled_for_a_moment_comes_through_once() {
    let office = Office::trusting().await;
    office.inject(&format!("{START}:throttle=1x"));
    let written = office.start(SANDBOX, "root@corp.example").await;
    assert_eq!(written.outcome, WriteOutcome::Taken(Some(Status::Pending)));
    assert_eq!((office.arrived(START), office.mails_to("root@corp.example")), (2, 1));
}

#[tokio::test]
async fn reads_are_tried_again_when_they_are_throttled_or_aws_fails_for_a_moment() {
    let office = Office::trusting().await;
    let reads = ["ListAccounts", "DescribeOrganization", "ListAWSServiceAccessForOrganization", "GetPrimaryEmail"];
    let before = reads.map(|read| office.arrived(read));
    for (read, error) in reads.into_iter().zip(["throttle", "internal-error", "drop", "throttle"]) {
        office.inject(&format!("{read}:{error}=2x"));
    }
    let mut accounts = 0;
    let listing = office.engine.accounts(|page| accounts += page.len());
    let (listing, organization, trusted, email) = tokio::join!(
        listing,
        office.engine.organization(),
        office.engine.trusted_access(),
        office.engine.primary_email(id(SANDBOX))
    );
    listing.unwrap();
    assert_eq!(accounts, 41);
    organization.unwrap();
    assert!(trusted.unwrap().is_on(&ServicePrincipal::account_management()));
    email.unwrap();
    // Four pages: three of accounts and an empty one.
    let after = reads.map(|read| office.arrived(read));
    assert_eq!([0, 1, 2, 3].map(|at| after[at] - before[at]), [2 + 4, 3, 3, 3]);
}

#[tokio::test]
async fn a_read_that_stays_throttled_is_a_fault_and_not_an_empty_answer() {
    let office = Office::open().await;
    office.inject("ListAWSServiceAccessForOrganization:throttle=100%");
    office.inject("ListAccounts:throttle=100%");
    let (trusted, listing) = tokio::join!(office.engine.trusted_access(), office.engine.accounts(|_| {}));
    assert_eq!(trusted.unwrap_err().kind, ApiErrorKind::Throttled);
    assert_eq!(listing.unwrap_err().kind, ApiErrorKind::Throttled);
    assert_eq!(office.records.listing().unwrap(), None);
}

/// As `rootdeck accounts` reads: calls to an endpoint that is not AWS's own are not held back.
#[tokio::test]
async fn accounts_and_tree_are_read_to_their_end_at_an_endpoint_that_throttles() {
    let office = Office::with(Options { accounts: Some(600), throttle: Throttle::Aws, ..Options::default() }).await;
    let options = SessionOptions { paced: true, ..session_options(&office.emulator, Identity::Management) };
    let session = Session::connect(options).await.unwrap();
    let engine = Engine::new(session, Rules::default(), Arc::new(office.records.clone()));
    let mut accounts = 0;
    engine.accounts(|page| accounts += page.len()).await.unwrap();
    assert_eq!(accounts, 600);
    assert_eq!(engine.unit_names().await.unwrap().len(), 87);
}
