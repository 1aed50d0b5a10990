//! What listings show to be otherwise: what somebody else did is found, what was done here is not.

use std::sync::Arc;

use rootdeck::domain::api_error::ApiErrorKind;
use rootdeck::domain::change::Change;
use rootdeck::domain::email_change::EmailChangeStatus as Status;
use rootdeck::domain::finding::Difference;
use rootdeck::domain::write::WriteOutcome;
use rootdeck::engine::Engine;
use rootdeck::store::Store;

use super::office::{IN_PROGRESS, Office, SANDBOX, SANDBOX_EMAIL, address, id, start};

const NEW: &str = "root-sandbox@corp.example";
const EVIL: &str = "elsewhere@example.net";

/// Another administrator, whose records are on another machine.
fn somebody_else(office: &Office) -> Engine {
    office.engine_on(Arc::new(Store::in_memory().scope(None, Some("http://127.0.0.1:1"))))
}

/// Has the sandbox's address changed to `new`, begun by `one` and ended by `other`.
async fn change(office: &Office, new: &str, one: &Engine, other: &Engine) {
    let started = office.write_by(one, start(SANDBOX, new), None).await;
    assert_eq!(started.outcome, WriteOutcome::Taken(Some(Status::Pending)));
    let accept = Change::AcceptEmailChange { account: id(SANDBOX), new: address(new), otp: Some(office.code(new)) };
    let accepted = office.write_by(other, accept, None).await;
    assert_eq!(accepted.outcome, WriteOutcome::Taken(Some(Status::Accepted)));
    office.advance(IN_PROGRESS);
}

/// What listing again shows.
async fn found(office: &Office) -> Vec<Difference> {
    office.all_accounts().await;
    office.engine.listing_kept().unwrap();
    let findings = office.engine.findings().await.unwrap();
    findings.into_iter().map(|finding| finding.difference).collect()
}

fn email(old: &str, new: &str) -> Difference {
    Difference::Email { old: old.into(), new: new.into() }
}

#[tokio::test]
async fn what_a_refresh_brings_unchanged_is_in_memory_once() {
    let office = Office::trusting().await;
    let listing = async || {
        let mut all = Vec::new();
        office.engine.accounts(|page| all.extend_from_slice(page)).await.unwrap();
        all
    };
    let (first, other) = (listing().await, somebody_else(&office));
    change(&office, EVIL, &other, &other).await;
    let second = listing().await;
    let changed = second.iter().zip(&first).filter(|(now, before)| !Arc::ptr_eq(now, before));
    let changed: Vec<_> = changed.map(|(now, before)| (now.id, now.email.as_str(), before.email.as_str())).collect();
    assert_eq!(changed, [(id(SANDBOX), EVIL, SANDBOX_EMAIL)]);
    // The ones before are held no longer.
    let place = first.iter().position(|account| account.id == id(SANDBOX)).unwrap();
    assert_eq!((Arc::strong_count(&first[place]), Arc::strong_count(&second[place])), (1, 2));
}

#[tokio::test]
async fn what_somebody_else_did_is_found_until_it_was_read() {
    let office = Office::trusting().await;
    let other = somebody_else(&office);
    assert_eq!(found(&office).await, []);
    change(&office, EVIL, &other, &other).await;
    assert_eq!(found(&office).await, [email(SANDBOX_EMAIL, EVIL)]);
    assert_eq!(found(&office).await, [email(SANDBOX_EMAIL, EVIL)]);
    let finding = office.engine.findings().await.unwrap().remove(0);
    assert_eq!((finding.account, finding.name.as_str()), (id(SANDBOX), "sandbox-07"));
    assert!(finding.since < finding.seen);
    office.engine.acknowledge(vec![finding.id]).await.unwrap();
    assert_eq!(found(&office).await, []);
}

#[tokio::test]
async fn what_was_done_here_is_not_found_whether_its_end_was_seen_or_not() {
    for seen in [true, false] {
        let office = Office::trusting().await;
        assert_eq!(found(&office).await, []);
        change(&office, NEW, &office.engine, &office.engine).await;
        if seen {
            assert_eq!(office.status(SANDBOX).await, Status::Completed);
        }
        assert_eq!(office.listed(SANDBOX).await.email, NEW);
        assert_eq!(found(&office).await, [], "seen: {seen}");
    }
}

#[tokio::test]
async fn a_change_that_was_begun_or_ended_here_is_ours() {
    let office = Office::trusting().await;
    let other = somebody_else(&office);
    found(&office).await;
    change(&office, NEW, &office.engine, &other).await;
    assert_eq!(found(&office).await, []);
    change(&office, "second@corp.example", &other, &office.engine).await;
    assert_eq!(found(&office).await, []);
}

#[tokio::test]
async fn who_puts_the_old_address_back_after_our_change_is_found() {
    let office = Office::trusting().await;
    let other = somebody_else(&office);
    found(&office).await;
    change(&office, NEW, &office.engine, &office.engine).await;
    assert_eq!(found(&office).await, []);
    change(&office, SANDBOX_EMAIL, &other, &other).await;
    change(&office, EVIL, &other, &other).await;
    assert_eq!(found(&office).await, [email(NEW, EVIL)]);
    change(&office, NEW, &other, &other).await;
    // Back to our own address, within two days of our change: this machine may have done it.
    assert_eq!(found(&office).await, [email(NEW, EVIL)]);
}

#[tokio::test]
async fn a_start_of_ours_does_not_excuse_another_address() {
    let office = Office::trusting().await;
    let other = somebody_else(&office);
    found(&office).await;
    office.start(SANDBOX, NEW).await;
    change(&office, EVIL, &other, &other).await;
    assert_eq!(found(&office).await, [email(SANDBOX_EMAIL, EVIL)]);
}

#[tokio::test]
async fn a_listing_that_can_not_be_kept_is_shown_and_that_it_was_not_compared_is_told() {
    let office = Office::trusting().await;
    found(&office).await;
    let file = office.folder.path().join("state").join("rootdeck.db");
    let broken = "CREATE TRIGGER broken BEFORE INSERT ON listed BEGIN SELECT RAISE(ABORT, 'no more'); END";
    rusqlite::Connection::open(&file).unwrap().execute_batch(broken).unwrap();
    let other = somebody_else(&office);
    change(&office, EVIL, &other, &other).await;
    assert_eq!(office.listed(SANDBOX).await.email, EVIL);
    assert_eq!(office.engine.listing_kept().unwrap_err().kind, ApiErrorKind::Local);
    assert_eq!(office.engine.findings().await, Ok(vec![]));
    // Nothing is lost: the next listing that can be kept is compared with the last that was.
    rusqlite::Connection::open(&file).unwrap().execute_batch("DROP TRIGGER broken").unwrap();
    assert_eq!(found(&office).await, [email(SANDBOX_EMAIL, EVIL)]);
}
