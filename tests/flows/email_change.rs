//! The primary email, from trusted access to the new address in the listing.

use rootdeck::domain::records::{JournalRecords, StartRecords};
use std::time::Duration;

use rootdeck::domain::api_error::ApiErrorKind;
use rootdeck::domain::email_change::{EmailChangeStatus as Status, StartedProgress as Progress};
use rootdeck::domain::journal::JournalOutcome;
use rootdeck::domain::recorded_change::RecordedChange;
use rootdeck::domain::trusted_access::ServicePrincipal;
use rootdeck::domain::write::{Seen, WriteOutcome};

use super::office::{ACCEPT, IN_PROGRESS, OTHER, Office, SANDBOX, SANDBOX_EMAIL, START, id, refused};

const NEW: &str = "root-sandbox@corp.example";
const DAY: Duration = Duration::from_hours(24);

#[tokio::test]
async fn without_trusted_access_a_start_is_refused_and_no_change_is_open() {
    let office = Office::open().await;
    let written = office.start(SANDBOX, NEW).await;
    let error = refused(&written);
    assert_eq!(error.kind, ApiErrorKind::TrustedAccessOff);
    assert_eq!(error.code.as_deref(), Some("AccessDeniedException"));
    assert!(error.message.contains("must first enable trusted access"), "{}", error.message);
    assert_eq!(office.record(SANDBOX), None);
    assert_eq!(office.mails_to(NEW), 0);
    let entry = office.newest_entry();
    assert_eq!((entry.outcome, entry.code), (JournalOutcome::Refused, error.code.clone()));
    assert_eq!(entry.request_id, error.request_id);
    assert!(entry.request_id.is_some() && entry.finished.is_some());
}

#[tokio::test]
async fn an_email_change_goes_from_trusted_access_to_the_new_address_in_the_listing() {
    let office = Office::open().await;
    assert_eq!(office.listed(SANDBOX).await.email, SANDBOX_EMAIL);
    office.trust(ServicePrincipal::account_management()).await;
    assert_eq!(office.status(SANDBOX).await, Status::None);

    let written = office.start(SANDBOX, NEW).await;
    assert_eq!(written.outcome, WriteOutcome::Taken(Some(Status::Pending)));
    match written.seen {
        Seen::Email { report: Ok(report), email: Ok(email) } => {
            assert_eq!((report.status, email.as_str()), (Status::Pending, SANDBOX_EMAIL));
            assert!(report.updated.is_some());
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(office.kept(SANDBOX), (NEW.into(), Progress::Pending));
    // While it is pending the old owner hears nothing.
    assert_eq!((office.mails_to(NEW), office.mails_to(SANDBOX_EMAIL)), (1, 0));

    let written = office.accept(SANDBOX, NEW, office.code(NEW)).await;
    assert_eq!(written.outcome, WriteOutcome::Taken(Some(Status::Accepted)));
    assert_eq!(office.kept(SANDBOX).1, Progress::Accepted);
    assert_eq!(office.mails_to(SANDBOX_EMAIL), 1);
    assert_eq!(office.engine.primary_email(id(SANDBOX)).await.unwrap(), SANDBOX_EMAIL);

    office.advance(IN_PROGRESS);
    assert_eq!(office.status(SANDBOX).await, Status::Completed);
    assert_eq!(office.kept(SANDBOX).1, Progress::Completed);
    assert_eq!(office.engine.primary_email(id(SANDBOX)).await.unwrap(), NEW);
    assert_eq!(office.listed(SANDBOX).await.email, NEW);
    let (_, kept) = office.records.listing().unwrap().unwrap();
    assert_eq!(kept.iter().find(|account| account.id == id(SANDBOX)).unwrap().email, NEW);

    let journal = office.records.journal(10).unwrap();
    let steps: Vec<_> = journal.iter().rev().map(|entry| (entry.operation.as_str(), entry.outcome)).collect();
    let ok = JournalOutcome::Ok;
    assert_eq!(
        steps,
        [
            ("organizations:EnableAWSServiceAccess", ok),
            ("account:StartPrimaryEmailUpdate", ok),
            ("account:AcceptPrimaryEmailUpdate", ok)
        ]
    );
    for entry in &journal {
        assert!(entry.request_id.is_some(), "{}", entry.operation);
        assert_eq!(entry.caller, "arn:aws:sts::111122223333:assumed-role/OrgAdmin/demo");
    }
}

#[tokio::test]
async fn a_wrong_code_leaves_the_change_pending_and_the_right_one_still_works() {
    let office = Office::trusting().await;
    office.start(SANDBOX, NEW).await;
    let written = office.accept(SANDBOX, NEW, office.wrong_code(NEW)).await;
    let error = refused(&written);
    assert_eq!((error.kind, error.code.as_deref()), (ApiErrorKind::Invalid, Some("ValidationException")));
    assert_eq!(error.message, "The one-time password is incorrect.");
    assert!(matches!(written.seen, Seen::Email { report: Ok(report), .. } if report.status == Status::Pending));
    assert_eq!(office.kept(SANDBOX), (NEW.into(), Progress::Pending));
    assert_eq!(office.journaled(), ("account:AcceptPrimaryEmailUpdate".into(), JournalOutcome::Refused));

    let written = office.accept(SANDBOX, NEW, office.code(NEW)).await;
    assert_eq!(written.outcome, WriteOutcome::Taken(Some(Status::Accepted)));
}

#[tokio::test]
async fn after_a_day_the_code_is_refused_and_sending_it_again_gives_a_good_one() {
    let office = Office::trusting().await;
    office.start(SANDBOX, NEW).await;
    let old = office.code(NEW);
    office.advance(DAY);
    let record = office.record(SANDBOX).unwrap();
    assert!(record.is_expired(office.clock()()));
    let written = office.accept(SANDBOX, NEW, old.clone()).await;
    assert_eq!(refused(&written).kind, ApiErrorKind::Invalid);
    assert_eq!(refused(&written).message, "The one-time password has expired.");
    assert_eq!(office.kept(SANDBOX), (NEW.into(), Progress::Pending));

    office.start(SANDBOX, NEW).await;
    assert!(!office.record(SANDBOX).unwrap().is_expired(office.clock()()));
    assert_ne!(office.code(NEW), old, "one time in a million");
    let written = office.accept(SANDBOX, NEW, office.code(NEW)).await;
    assert_eq!(written.outcome, WriteOutcome::Taken(Some(Status::Accepted)));
}

#[tokio::test]
async fn sending_again_renews_the_one_open_record_and_the_older_code_is_worth_nothing() {
    let office = Office::trusting().await;
    office.start(SANDBOX, NEW).await;
    let (first, old) = (office.record(SANDBOX).unwrap(), office.code(NEW));
    office.advance(Duration::from_hours(1));
    let written = office.start(SANDBOX, NEW).await;
    assert!(matches!(&written.outcome, WriteOutcome::AlreadySo(error) if error.message.contains("already_pending")));
    assert_eq!((office.arrived("StartPrimaryEmailUpdate"), office.mails_to(NEW)), (1, 1));
    let written = office.resend(SANDBOX, NEW).await;
    assert_eq!(written.outcome, WriteOutcome::Taken(Some(Status::Pending)));
    let second = office.record(SANDBOX).unwrap();
    assert_eq!((second.new.as_str(), second.progress), (NEW, Progress::Pending));
    assert!(second.started >= first.started + Duration::from_hours(1));
    assert_eq!(office.records.started().unwrap().len(), 1);
    assert!(office.records.started_earlier(id(SANDBOX)).unwrap().is_empty());
    assert_eq!(office.mails_to(NEW), 2);
    assert_ne!(office.code(NEW), old, "one time in a million");
    assert_eq!(refused(&office.accept(SANDBOX, NEW, old).await).kind, ApiErrorKind::Invalid);
    let written = office.accept(SANDBOX, NEW, office.code(NEW)).await;
    assert_eq!(written.outcome, WriteOutcome::Taken(Some(Status::Accepted)));
}

#[tokio::test]
async fn another_address_takes_the_place_of_the_pending_one() {
    let office = Office::trusting().await;
    office.start(SANDBOX, NEW).await;
    let old = office.code(NEW);
    let other = "second@corp.example";
    office.start(SANDBOX, other).await;
    assert_eq!(office.kept(SANDBOX), (other.into(), Progress::Pending));
    assert!(office.records.started_earlier(id(SANDBOX)).unwrap().is_empty());
    // The first address is nobody's any more, and trying it does not cost the second its record.
    let error = office.accept(SANDBOX, NEW, old).await;
    assert_eq!(refused(&error).kind, ApiErrorKind::NotFound);
    assert_eq!(office.kept(SANDBOX), (other.into(), Progress::Pending));
    let written = office.accept(SANDBOX, other, office.code(other)).await;
    assert_eq!(written.outcome, WriteOutcome::Taken(Some(Status::Accepted)));
}

#[tokio::test]
async fn an_address_in_use_is_a_conflict_and_does_not_cost_the_pending_one() {
    let office = Office::trusting().await;
    office.start(SANDBOX, NEW).await;
    let first = office.record(SANDBOX).unwrap();
    office.advance(Duration::from_mins(5));
    let written = office.start(SANDBOX, "AWS+Payments-Prod@example.com").await;
    let error = refused(&written);
    assert_eq!((error.kind, error.code.as_deref()), (ApiErrorKind::Conflict, Some("ConflictException")));
    assert_eq!(error.message, "The email address is already in use by another account.");
    assert_eq!(office.record(SANDBOX), Some(first));
    let written = office.accept(SANDBOX, NEW, office.code(NEW)).await;
    assert_eq!(written.outcome, WriteOutcome::Taken(Some(Status::Accepted)));
    assert_eq!(office.kept(SANDBOX), (NEW.into(), Progress::Accepted));
}

#[tokio::test]
async fn while_an_accepted_change_is_in_progress_another_start_is_a_conflict() {
    let office = Office::trusting().await;
    office.start(SANDBOX, NEW).await;
    office.accept(SANDBOX, NEW, office.code(NEW)).await;
    let written = office.start(SANDBOX, "second@corp.example").await;
    assert_eq!(refused(&written).kind, ApiErrorKind::Conflict);
    assert_eq!(office.kept(SANDBOX), (NEW.into(), Progress::Accepted));
    office.advance(IN_PROGRESS);
    assert_eq!(office.status(SANDBOX).await, Status::Completed);
    assert_eq!(office.kept(SANDBOX), (NEW.into(), Progress::Completed));
}

#[tokio::test]
async fn of_two_accounts_after_one_address_one_completes_and_one_fails() {
    let office = Office::trusting().await;
    for account in [SANDBOX, OTHER] {
        office.start(account, NEW).await;
        let written = office.accept(account, NEW, office.code(NEW)).await;
        assert_eq!(written.outcome, WriteOutcome::Taken(Some(Status::Accepted)));
    }
    office.advance(IN_PROGRESS);
    assert_eq!(office.status(SANDBOX).await, Status::Completed);
    assert_eq!(office.status(OTHER).await, Status::Failed);
    assert_eq!((office.kept(SANDBOX).1, office.kept(OTHER).1), (Progress::Completed, Progress::Failed));
    assert_eq!(office.engine.primary_email(id(OTHER)).await.unwrap(), "aws+sandbox08@example.com");
}

#[tokio::test]
async fn a_change_that_was_started_elsewhere_is_seen_and_can_be_accepted_without_a_record() {
    let office = Office::trusting().await;
    // Another administrator, with records of their own, started it.
    let elsewhere = rootdeck::store::Store::in_memory().scope(None, Some("http://127.0.0.1:1"));
    let engine = office.engine_on(std::sync::Arc::new(elsewhere));
    let started = office.write_by(&engine, super::office::start(SANDBOX, NEW), None).await;
    assert_eq!(started.outcome, WriteOutcome::Taken(Some(Status::Pending)));
    assert_eq!(office.status(SANDBOX).await, Status::Pending);
    assert_eq!(office.record(SANDBOX), None);
    let written = office.accept(SANDBOX, NEW, office.code(NEW)).await;
    assert_eq!(written.outcome, WriteOutcome::Taken(Some(Status::Accepted)));
    assert_eq!(office.record(SANDBOX), None);
    assert_eq!((office.arrived(START), office.arrived(ACCEPT)), (1, 1));
}

#[tokio::test]
async fn an_accept_with_nothing_pending_is_refused_in_awss_words() {
    let office = Office::trusting().await;
    let written = office.accept(SANDBOX, NEW, rootdeck::domain::otp::Otp::parse("482915").unwrap()).await;
    assert_eq!(refused(&written).kind, ApiErrorKind::Invalid);
    assert_eq!(refused(&written).message, "No email update found for account");
    assert!(matches!(written.seen, Seen::Email { report: Ok(report), .. } if report.status == Status::None));
    assert_eq!(office.record(SANDBOX), None);
}

#[tokio::test]
async fn what_was_refused_before_it_became_a_write_is_journaled_and_not_sent() {
    let office = Office::trusting().await;
    let change = super::office::start(SANDBOX, NEW);
    let subject = rootdeck::engine::journal::Subject::of(&change, Some("TICKET-7".into()));
    // Before anything is read: the records are bound to the organization first.
    let engine = office.engine_with(rootdeck::domain::permit::Rules { read_only: true, ..Default::default() });
    let why = rootdeck::domain::permit::Refusal::ReadOnly;
    engine.note_refusal(&subject, (office.clock())(), &why).await;
    let entry = office.newest_entry();
    assert_eq!(entry.note, Some(format!("rootdeck: {}", why.record())));
    assert_eq!((entry.outcome, entry.operation.as_str()), (JournalOutcome::Refused, change.operation()));
    assert_eq!((entry.reason.as_deref(), entry.change), (Some("TICKET-7"), RecordedChange::of(&change)));
    assert_eq!((office.arrived(START), office.record(SANDBOX)), (0, None));
}
