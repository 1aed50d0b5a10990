//! Writes whose answer does not come: never sent twice, never called done or failed.

use rootdeck::domain::api_error::ApiErrorKind;
use rootdeck::domain::change::Switch;
use rootdeck::domain::email_change::{EmailChangeStatus as Status, StartedProgress as Progress};
use rootdeck::domain::journal::JournalOutcome;
use rootdeck::domain::root_feature::{RootFeature, RootFeatures};
use rootdeck::domain::trusted_access::ServicePrincipal;
use rootdeck::domain::write::{Seen, WriteOutcome, Written};

use super::office::{ACCEPT, IN_PROGRESS, OTHER, Office, SANDBOX, SANDBOX_EMAIL, START, start, unknown};

const NEW: &str = "root-sandbox@corp.example";
const SECOND: &str = "second@corp.example";

/// The status that was seen after the write.
fn seen(written: &Written) -> Status {
    match &written.seen {
        Seen::Email { report: Ok(report), .. } => report.status.clone(),
        other => panic!("nothing seen: {other:?}"),
    }
}

#[tokio::test]
async fn a_start_that_was_done_but_not_answered_is_sent_once_and_seen_to_be_pending() {
    for (error, kind) in [("lose-reply", ApiErrorKind::ConnectionLost), ("malformed", ApiErrorKind::Unreadable)] {
        let office = Office::trusting().await;
        office.inject(&format!("{START}:{error}=1x"));
        let written = office.start(SANDBOX, NEW).await;
        assert_eq!((unknown(&written), seen(&written)), (kind, Status::Pending), "{error}");
        assert_eq!(office.arrived(START), 1, "{error}");
        assert_eq!(office.mails_to(NEW), 1, "{error}");
        assert_eq!(office.kept(SANDBOX), (NEW.into(), Progress::Pending), "{error}");
        assert_eq!(office.journaled(), ("account:StartPrimaryEmailUpdate".into(), JournalOutcome::Ok), "{error}");
        let note = office.newest_entry().note.unwrap();
        assert!(note.starts_with("seen afterwards: PENDING since "), "{note}");
        // The code from the mail is good: nothing was lost but the answer.
        let written = office.accept(SANDBOX, NEW, office.code(NEW)).await;
        assert_eq!(written.outcome, WriteOutcome::Taken(Some(Status::Accepted)), "{error}");
    }
}

#[tokio::test]
async fn a_start_that_was_not_done_and_not_answered_is_sent_once_and_stays_unconfirmed() {
    for (error, kind) in [("drop", ApiErrorKind::ConnectionLost), ("internal-error", ApiErrorKind::Service)] {
        let office = Office::trusting().await;
        office.inject(&format!("{START}:{error}=1x"));
        let written = office.start(SANDBOX, NEW).await;
        assert_eq!((unknown(&written), seen(&written)), (kind, Status::None), "{error}");
        assert_eq!(office.arrived(START), 1, "{error}");
        assert_eq!(office.kept(SANDBOX), (NEW.into(), Progress::Unconfirmed), "{error}");
        assert_eq!(office.journaled().1, JournalOutcome::Unknown, "{error}");
        // Trying again by hand is what fixes it.
        assert_eq!(office.start(SANDBOX, NEW).await.outcome, WriteOutcome::Taken(Some(Status::Pending)), "{error}");
        assert_eq!(office.kept(SANDBOX), (NEW.into(), Progress::Pending), "{error}");
        assert!(office.records.started_earlier("444455556666".parse().unwrap()).unwrap().is_empty(), "{error}");
    }
}

#[tokio::test]
async fn a_second_start_without_an_answer_keeps_the_address_of_the_first_beside_it() {
    let office = Office::trusting().await;
    office.start(SANDBOX, NEW).await;
    // So much later that AWS's report of the first can't be taken for one of the second.
    office.advance(std::time::Duration::from_mins(10));
    office.inject(&format!("{START}:drop=1x"));
    let written = office.start(SANDBOX, SECOND).await;
    assert_eq!((unknown(&written), seen(&written)), (ApiErrorKind::ConnectionLost, Status::Pending));
    assert_eq!(office.kept(SANDBOX), (SECOND.into(), Progress::Unconfirmed));
    let earlier = office.records.started_earlier(SANDBOX.parse().unwrap()).unwrap();
    assert_eq!(earlier.iter().map(|change| change.new.as_str()).collect::<Vec<_>>(), [NEW]);
    // The first one's code still works, which tells that the second never came about.
    let written = office.accept(SANDBOX, NEW, office.code(NEW)).await;
    assert_eq!(written.outcome, WriteOutcome::Taken(Some(Status::Accepted)));
    assert_eq!(office.kept(SANDBOX), (NEW.into(), Progress::Accepted));
    office.advance(IN_PROGRESS);
    assert_eq!(office.status(SANDBOX).await, Status::Completed);
    assert_eq!(office.kept(SANDBOX), (NEW.into(), Progress::Completed));
}

#[tokio::test]
async fn an_accept_without_an_answer_is_about_its_own_address_and_not_about_a_later_start() {
    let office = Office::trusting().await;
    office.start(SANDBOX, NEW).await;
    office.advance(std::time::Duration::from_mins(10));
    office.inject(&format!("{START}:drop=1x"));
    office.start(SANDBOX, SECOND).await;
    office.inject(&format!("{ACCEPT}:lose-reply=1x"));
    let written = office.accept(SANDBOX, NEW, office.code(NEW)).await;
    assert_eq!((unknown(&written), seen(&written)), (ApiErrorKind::ConnectionLost, Status::Accepted));
    assert_eq!(office.kept(SANDBOX), (NEW.into(), Progress::Accepted));
}

#[tokio::test]
async fn accepting_what_was_started_elsewhere_ends_what_was_started_here_with_another_address() {
    let office = Office::trusting().await;
    office.start(SANDBOX, NEW).await;
    // Another administrator, with records of their own, starts another change over it.
    let elsewhere = rootdeck::store::Store::in_memory().scope(None, Some("http://127.0.0.1:1"));
    let other = office.engine_on(std::sync::Arc::new(elsewhere));
    office.write_by(&other, start(SANDBOX, SECOND), None).await;
    let written = office.accept(SANDBOX, SECOND, office.code(SECOND)).await;
    assert_eq!(written.outcome, WriteOutcome::Taken(Some(Status::Accepted)));
    assert_eq!(office.kept(SANDBOX), (NEW.into(), Progress::Failed));
    office.advance(IN_PROGRESS);
    assert_eq!(office.status(SANDBOX).await, Status::Completed);
    assert_eq!(office.kept(SANDBOX), (NEW.into(), Progress::Failed));
    // A change that is over stays as it was, whoever does what afterwards.
    office.start(SANDBOX, "third@corp.example").await;
    office.accept(SANDBOX, "third@corp.example", office.code("third@corp.example")).await;
    office.advance(IN_PROGRESS);
    assert_eq!(office.status(SANDBOX).await, Status::Completed);
    office.write_by(&other, start(SANDBOX, NEW), None).await;
    office.accept(SANDBOX, NEW, office.code(NEW)).await;
    assert_eq!(office.kept(SANDBOX), ("third@corp.example".into(), Progress::Completed));
}

#[tokio::test]
async fn a_start_whose_look_afterwards_fails_too_is_confirmed_by_a_later_look() {
    let office = Office::trusting().await;
    office.inject(&format!("{START}:lose-reply=1x"));
    office.inject("GetPrimaryEmailUpdateStatus:access-denied=1x");
    let written = office.start(SANDBOX, NEW).await;
    assert!(matches!(&written.seen, Seen::Email { report: Err(error), email: Ok(_) }
        if error.kind == ApiErrorKind::AccessDenied));
    assert_eq!(office.kept(SANDBOX).1, Progress::Unconfirmed);
    assert_eq!(office.status(SANDBOX).await, Status::Pending);
    assert_eq!(office.kept(SANDBOX), (NEW.into(), Progress::Pending));
}

#[tokio::test]
async fn an_accept_that_was_done_but_not_answered_is_sent_once_and_seen_to_be_accepted() {
    let office = Office::trusting().await;
    office.start(SANDBOX, NEW).await;
    office.inject(&format!("{ACCEPT}:lose-reply=1x"));
    let written = office.accept(SANDBOX, NEW, office.code(NEW)).await;
    assert_eq!((unknown(&written), seen(&written)), (ApiErrorKind::ConnectionLost, Status::Accepted));
    assert_eq!(office.arrived(ACCEPT), 1);
    assert_eq!(office.kept(SANDBOX), (NEW.into(), Progress::Accepted));
    assert_eq!(office.mails_to(SANDBOX_EMAIL), 1);
    assert_eq!(office.journaled(), ("account:AcceptPrimaryEmailUpdate".into(), JournalOutcome::Ok));
}

#[tokio::test]
async fn an_accept_that_was_not_done_and_not_answered_is_sent_once_and_stays_pending() {
    for (error, kind) in [("drop", ApiErrorKind::ConnectionLost), ("internal-error", ApiErrorKind::Service)] {
        let office = Office::trusting().await;
        office.start(SANDBOX, NEW).await;
        office.inject(&format!("{ACCEPT}:{error}=1x"));
        let written = office.accept(SANDBOX, NEW, office.code(NEW)).await;
        assert_eq!((unknown(&written), seen(&written)), (kind, Status::Pending), "{error}");
        assert_eq!(office.arrived(ACCEPT), 1, "{error}");
        assert_eq!(office.kept(SANDBOX), (NEW.into(), Progress::Pending), "{error}");
        let written = office.accept(SANDBOX, NEW, office.code(NEW)).await;
        assert_eq!(written.outcome, WriteOutcome::Taken(Some(Status::Accepted)), "{error}");
    }
}

#[tokio::test]
async fn switches_without_an_answer_are_sent_once_and_looked_at() {
    let office = Office::open().await;
    office.inject("EnableAWSServiceAccess:lose-reply=1x");
    let iam = ServicePrincipal::iam();
    let written = office.write(Switch::TrustedAccess(iam.clone()).set(true)).await;
    assert_eq!(unknown(&written), ApiErrorKind::ConnectionLost);
    assert!(matches!(&written.seen, Seen::TrustedAccess(Ok(trusted)) if trusted.is_on(&iam)));
    assert_eq!(office.arrived("EnableAWSServiceAccess"), 1);
    assert_eq!(office.journaled(), ("organizations:EnableAWSServiceAccess".into(), JournalOutcome::Ok));

    office.inject("EnableOrganizationsRootSessions:internal-error=1x");
    let written = office.write(Switch::RootFeature(RootFeature::RootSessions).set(true)).await;
    assert_eq!(unknown(&written), ApiErrorKind::Service);
    assert_eq!(written.seen, Seen::RootFeatures(Ok(RootFeatures::Enabled(vec![]))));
    assert_eq!(office.arrived("EnableOrganizationsRootSessions"), 1);
    assert_eq!(office.journaled(), ("iam:EnableOrganizationsRootSessions".into(), JournalOutcome::Unknown));
}

/// Takes as long as one attempt may: the one limit of the session that is waited for here.
#[tokio::test]
async fn writes_that_are_answered_too_late_are_sent_once() {
    let office = Office::trusting().await;
    office.start(OTHER, SECOND).await;
    let sent = office.arrived(START);
    office.inject(&format!("{START}:delay(40s)=1x"));
    office.inject(&format!("{ACCEPT}:delay(40s)=1x"));
    let (started, accepted) =
        tokio::join!(office.start(SANDBOX, NEW), office.accept(OTHER, SECOND, office.code(SECOND)));
    assert_eq!((unknown(&started), unknown(&accepted)), (ApiErrorKind::Timeout, ApiErrorKind::Timeout));
    assert_eq!((office.arrived(START) - sent, office.arrived(ACCEPT)), (1, 1));
    // Neither has been carried out yet, and may be any time.
    assert_eq!((seen(&started), seen(&accepted)), (Status::None, Status::Pending));
    assert_eq!(office.kept(SANDBOX), (NEW.into(), Progress::Unconfirmed));
    assert_eq!(office.kept(OTHER), (SECOND.into(), Progress::Pending));
}
