//! Accounts whose email can't be changed.

use rootdeck::domain::account::AccountState;
use rootdeck::domain::api_error::ApiErrorKind;
use rootdeck::domain::email_change::EmailChangeStatus as Status;
use rootdeck::domain::journal::JournalOutcome;
use rootdeck::domain::permit::{Refusal, Rules};
use rootdeck::domain::write::{Seen, WriteOutcome};
use rootdeck::engine::Engine;
use std::sync::Arc;

use super::office::{MANAGEMENT, Office, SANDBOX, START, failed, id, refused, start};

const NEW: &str = "root-x@corp.example";

#[tokio::test]
async fn accounts_that_are_not_in_use_are_refused_in_awss_words() {
    let office = Office::trusting().await;
    let missing = "The operation failed because it specified a resource that can't be found.";
    let denied = "User: arn:aws:sts::111122223333:assumed-role/OrgAdmin/demo is not authorized to perform: \
                  account:StartPrimaryEmailUpdate (Access Denied)";
    let cases = [
        ("777700000003", ApiErrorKind::NotFound, "ResourceNotFoundException", missing),
        ("777700000001", ApiErrorKind::AccessDenied, "AccessDeniedException", denied),
        ("777700000002", ApiErrorKind::AccessDenied, "AccessDeniedException", denied),
        ("666600000002", ApiErrorKind::AccessDenied, "AccessDeniedException", denied),
        // This one is in no organization that the emulator knows.
        ("999999999999", ApiErrorKind::NotFound, "ResourceNotFoundException", missing),
    ];
    for (account, kind, code, message) in cases {
        let written = office.start(account, NEW).await;
        let error = refused(&written);
        assert_eq!(
            (error.kind, error.code.as_deref(), error.message.as_str()),
            (kind, Some(code), message),
            "{account}"
        );
        assert_eq!(office.record(account), None, "{account}");
        let entry = office.newest_entry();
        assert_eq!((entry.account, entry.outcome), (Some(id(account)), JournalOutcome::Refused), "{account}");
        assert_eq!(entry.request_id, error.request_id, "{account}");
    }
    assert_eq!(office.mails_to(NEW), 0);
}

#[tokio::test]
async fn accounts_that_are_known_not_to_be_in_use_are_not_even_asked_about() {
    let office = Office::trusting().await;
    let cases = [
        ("777700000003", AccountState::Closed),
        ("777700000001", AccountState::Suspended),
        ("777700000002", AccountState::PendingClosure),
        ("666600000002", AccountState::PendingActivation),
    ];
    for (account, state) in cases {
        let listed = office.listed(account).await;
        let written = office.write_by(&office.engine, start(account, NEW), Some(listed)).await;
        assert_eq!(written.outcome, WriteOutcome::NotPermitted(Refusal::NotActive(state)), "{account}");
        assert_eq!(written.seen, Seen::Nothing);
        assert_eq!(office.journaled().1, JournalOutcome::Refused);
        assert_eq!(office.record(account), None);
    }
    assert_eq!(office.arrived(START), 0);
}

#[tokio::test]
async fn the_management_accounts_email_is_neither_read_nor_changed() {
    let office = Office::trusting().await;
    let written = office.start(MANAGEMENT, NEW).await;
    assert_eq!(written.outcome, WriteOutcome::NotPermitted(Refusal::ManagementAccount));
    assert_eq!(office.arrived(START), 0);
    assert_eq!(office.record(MANAGEMENT), None);
    for read in [
        office.engine.primary_email(id(MANAGEMENT)).await.map(|_| ()),
        office.engine.email_change(id(MANAGEMENT)).await.map(|_| ()),
    ] {
        let error = read.unwrap_err();
        assert_eq!(error.kind, ApiErrorKind::AccessDenied);
        assert!(error.message.ends_with("(Access Denied)"), "{}", error.message);
    }
}

#[tokio::test]
async fn a_closed_accounts_email_can_still_be_read() {
    let office = Office::trusting().await;
    assert_eq!(office.engine.primary_email(id("777700000003")).await.unwrap(), "aws+campaign-2023@example.com");
    assert_eq!(office.status("777700000003").await, Status::None);
    assert_eq!(failed(office.engine.primary_email(id("999999999999")).await), ApiErrorKind::NotFound);
}

#[tokio::test]
async fn a_change_that_was_pending_before_anyone_looked_is_seen() {
    let office = Office::trusting().await;
    assert_eq!(office.status("555500000109").await, Status::Pending);
    assert_eq!(office.record("555500000109"), None);
}

#[tokio::test]
async fn the_rules_of_the_run_hold_a_write_back_and_it_is_journaled() {
    let office = Office::trusting().await;
    let rules = [
        (Rules { read_only: true, ..Rules::default() }, Refusal::ReadOnly),
        (Rules { protected: [id(SANDBOX)].into(), ..Rules::default() }, Refusal::Protected(id(SANDBOX))),
        (
            Rules { allowed_email_domains: ["example.com".to_owned()].into(), ..Rules::default() },
            Refusal::DomainNotAllowed("corp.example".into()),
        ),
    ];
    for (rules, refusal) in rules {
        let engine = Engine::new(office.engine.session().clone(), rules, Arc::new(office.records.clone()));
        let written = office.write_by(&engine, start(SANDBOX, NEW), None).await;
        assert_eq!(written.outcome, WriteOutcome::NotPermitted(refusal));
        assert_eq!(office.journaled(), ("account:StartPrimaryEmailUpdate".into(), JournalOutcome::Refused));
    }
    assert_eq!(office.arrived(START), 0);
}
