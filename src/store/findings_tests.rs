//! What listings show to be otherwise, and how long that is kept.

use crate::domain::account::{Account, AccountState};
use crate::domain::change::Change;
use crate::domain::email::EmailAddress;
use crate::domain::email_change::StartedProgress;
use crate::domain::finding::{Difference, Finding};
use crate::domain::journal::{Conclusion, Intention, JournalOutcome};
use crate::domain::otp::Otp;
use crate::domain::recorded_change::RecordedChange;
use crate::domain::records::{JournalRecords, ListingRecords, Records, StartRecords};
use crate::store::tests::{account, bound, organization, start, time};
use crate::store::{ScopedStore, Store};

const OLD: &str = "aws+7@example.com";
const NEW: &str = "a@new.example";
const EVIL: &str = "evil@else.example";

/// Hours after the first listing; starts of the tests' changes are at 14:02 of that day.
fn at(hours: i64) -> jiff::Timestamp {
    time("2026-03-01T12:00:00Z") + jiff::SignedDuration::from_hours(hours)
}

fn one(number: u64, email: &str, state: AccountState) -> Account {
    let (id, name) = (account(number), format!("sandbox-{number}"));
    Account { id, name, email: email.to_owned(), state, joined: None, joined_method: None, unit_ids: Some([].into()) }
}

/// Account 7 with this address.
fn seven(email: &str) -> Account {
    one(7, email, AccountState::Active)
}

fn list(scope: &ScopedStore, hours: i64, accounts: &[Account]) {
    scope.save_listing(&Account::shared(accounts), at(hours)).expect("saved");
}

fn found(scope: &ScopedStore) -> Vec<Difference> {
    scope.findings().expect("read").into_iter().map(|finding| finding.difference).collect()
}

fn email(old: &str, new: &str) -> Difference {
    Difference::Email { old: old.to_owned(), new: new.to_owned() }
}

/// The addresses of the listing that is kept.
fn kept(scope: &ScopedStore) -> Vec<String> {
    let (_, accounts) = scope.listing().expect("read").expect("a listing");
    accounts.iter().map(|account| account.email.clone()).collect()
}

/// Journals an acceptance of `new` for account 7 at 13:00.
fn accept(scope: &ScopedStore, new: &str, outcome: Option<JournalOutcome>) {
    let otp = Otp::parse("482915").expect("a code");
    let new = EmailAddress::parse(new).expect("an address");
    let change = Change::AcceptEmailChange { account: account(7), new, otp: Some(otp) };
    let intention = Intention {
        at: at(1),
        caller: "arn:aws:iam::111122223333:user/alice".to_owned(),
        profile: None,
        account: change.account(),
        operation: change.operation().to_owned(),
        change: RecordedChange::of(&change),
        reason: None,
    };
    let id = scope.intend(&intention).expect("recorded");
    if let Some(outcome) = outcome {
        let conclusion = Conclusion { outcome, code: None, request_id: None, cause: None, note: None };
        scope.conclude(id, at(1), &conclusion).expect("recorded");
    }
}

#[test]
fn the_first_listing_shows_nothing_and_the_next_what_others_did() {
    let scope = bound(&Store::in_memory());
    list(&scope, 0, &[seven(OLD), one(8, "b@example.com", AccountState::Active)]);
    assert_eq!(scope.findings(), Ok(vec![]));
    list(&scope, 3, &[seven(EVIL), one(9, "c@example.com", AccountState::Active)]);
    let finding = |id, number, difference| Finding {
        id,
        account: account(number),
        name: format!("sandbox-{number}"),
        difference,
        since: at(0),
        seen: at(3),
    };
    let all = vec![finding(1, 7, email(OLD, EVIL)), finding(2, 9, Difference::New), finding(3, 8, Difference::Gone)];
    assert_eq!(scope.findings(), Ok(all));
    // The same listing again shows nothing new, and takes nothing back.
    list(&scope, 4, &[seven(EVIL), one(9, "c@example.com", AccountState::Active)]);
    assert_eq!(scope.findings().expect("read").len(), 3);
}

#[test]
fn what_was_read_is_not_kept_and_what_others_read_neither() {
    let store = Store::in_memory();
    let (scope, other) = (bound(&store), bound(&store));
    list(&scope, 0, &[]);
    list(&scope, 1, &[seven(OLD), one(8, OLD, AccountState::Active)]);
    other.acknowledge(&[1]).expect("noted");
    assert_eq!(scope.findings().expect("read").len(), 1);
    scope.acknowledge(&[1, 2, 99]).expect("noted");
    assert_eq!(scope.findings(), Ok(vec![]));
    // Those of another organization are not this one's to read.
    list(&scope, 2, &[]);
    let elsewhere = store.scope(Some("dev"), None);
    elsewhere.bind(&organization("o-another000")).expect("bound");
    assert_eq!(elsewhere.findings(), Ok(vec![]));
    elsewhere.acknowledge(&[3, 4]).expect("none of its own");
    assert_eq!(scope.findings().expect("read").len(), 2);
}

#[test]
fn an_address_that_was_changed_and_changed_back_was_changed_twice() {
    let scope = bound(&Store::in_memory());
    list(&scope, 0, &[seven(OLD)]);
    list(&scope, 1, &[seven(EVIL)]);
    list(&scope, 2, &[seven(OLD)]);
    assert_eq!(found(&scope), [email(OLD, EVIL), email(EVIL, OLD)]);
}

#[test]
fn an_account_that_is_in_its_state_again_is_no_finding() {
    let scope = bound(&Store::in_memory());
    list(&scope, 0, &[seven(OLD)]);
    list(&scope, 1, &[one(7, OLD, AccountState::Suspended)]);
    list(&scope, 2, &[one(7, OLD, AccountState::PendingClosure)]);
    let closing = Difference::State { old: AccountState::Active, new: AccountState::PendingClosure };
    assert_eq!(found(&scope), [closing]);
    let finding = scope.findings().expect("read").remove(0);
    assert_eq!((finding.since, finding.seen), (at(0), at(2)));
    list(&scope, 3, &[seven(OLD)]);
    assert_eq!(found(&scope), []);
}

#[test]
fn what_was_started_or_accepted_here_is_no_finding() {
    for progress in [StartedProgress::Unconfirmed, StartedProgress::Pending, StartedProgress::Accepted] {
        let scope = bound(&Store::in_memory());
        list(&scope, 0, &[seven(OLD)]);
        scope.record_start(&start(NEW)).expect("recorded");
        scope.set_progress(account(7), progress).expect("noted");
        list(&scope, 3, &[seven(NEW)]);
        assert_eq!(found(&scope), [], "{progress:?}");
    }
    // Started by a colleague, accepted here; or cut off on the way.
    for outcome in [Some(JournalOutcome::Ok), Some(JournalOutcome::Unknown), None] {
        let scope = bound(&Store::in_memory());
        list(&scope, 0, &[seven(OLD)]);
        accept(&scope, NEW, outcome);
        list(&scope, 3, &[seven(NEW)]);
        assert_eq!(found(&scope), [], "{outcome:?}");
    }
}

#[test]
fn what_came_to_nothing_here_was_somebody_elses() {
    let scope = bound(&Store::in_memory());
    list(&scope, 0, &[seven(OLD)]);
    scope.record_start(&start(NEW)).expect("recorded");
    scope.set_progress(account(7), StartedProgress::Failed).expect("noted");
    accept(&scope, NEW, Some(JournalOutcome::Refused));
    accept(&scope, "other@new.example", Some(JournalOutcome::Ok));
    list(&scope, 3, &[seven(NEW)]);
    assert_eq!(found(&scope), [email(OLD, NEW)]);
}

#[test]
fn the_kept_listing_follows_a_change_that_is_done() {
    let scope = bound(&Store::in_memory());
    list(&scope, 0, &[one(8, "b@example.com", AccountState::Active), seven(OLD)]);
    scope.record_start(&start(NEW)).expect("recorded");
    scope.set_progress(account(7), StartedProgress::Accepted).expect("noted");
    assert_eq!(kept(&scope), ["b@example.com", OLD]);
    scope.set_progress(account(7), StartedProgress::Completed).expect("noted");
    assert_eq!(kept(&scope), ["b@example.com", NEW]);
    list(&scope, 3, &[one(8, "b@example.com", AccountState::Active), seven(NEW)]);
    assert_eq!(found(&scope), []);
}

#[test]
fn a_listing_that_lags_behind_our_own_change_is_no_finding_and_one_that_goes_back_for_good_is() {
    let scope = bound(&Store::in_memory());
    list(&scope, 0, &[seven(OLD)]);
    scope.record_start(&start(NEW)).expect("recorded");
    scope.set_progress(account(7), StartedProgress::Completed).expect("noted");
    list(&scope, 3, &[seven(OLD)]);
    assert_eq!((found(&scope), kept(&scope)), (vec![], vec![NEW.to_owned()]));
    // Somebody has put the old address back, and nobody looked in between.
    list(&scope, 60, &[seven(OLD)]);
    assert_eq!(found(&scope), [email(NEW, OLD)]);
}

#[test]
fn an_address_that_we_gave_long_ago_does_not_excuse_who_gives_it_now() {
    let scope = bound(&Store::in_memory());
    list(&scope, 0, &[seven(OLD)]);
    accept(&scope, NEW, Some(JournalOutcome::Ok));
    list(&scope, 3, &[seven(NEW)]);
    list(&scope, 200, &[seven(EVIL)]);
    list(&scope, 201, &[seven(NEW)]);
    assert_eq!(found(&scope), [email(NEW, EVIL), email(EVIL, NEW)]);
}

#[test]
fn without_a_kept_listing_there_are_no_findings() {
    let store = Store::in_memory();
    let scope = bound(&store);
    list(&scope, 0, &[seven(OLD)]);
    list(&scope, 1, &[seven(EVIL)]);
    store.set_keep_listing(false);
    assert_eq!(scope.findings(), Ok(vec![]));
    list(&scope, 2, &[]);
    store.set_keep_listing(true);
    assert_eq!(found(&scope), [email(OLD, EVIL)]);
}

#[test]
fn a_listing_that_can_not_be_kept_leaves_no_finding_behind() {
    let scope = bound(&Store::in_memory());
    list(&scope, 0, &[seven(OLD)]);
    let sql = "CREATE TRIGGER broken BEFORE INSERT ON listed BEGIN SELECT RAISE(ABORT, 'no more'); END";
    scope.store.with(|connection| Ok(connection.execute_batch(sql)?)).expect("made");
    assert!(scope.save_listing(&[seven(EVIL).into()], at(1)).is_err());
    assert_eq!((found(&scope), kept(&scope)), (vec![], vec![OLD.to_owned()]));
}

#[test]
fn hostile_names_and_addresses_come_out_clean() {
    let scope = bound(&Store::in_memory());
    list(&scope, 0, &[Account { name: "a\u{1b}[2J".to_owned(), ..seven("x\u{202e}@example.com") }]);
    list(&scope, 1, &[]);
    list(&scope, 2, &[seven("y\u{7}@example.com")]);
    let shown = format!("{:?}", scope.findings().expect("read"));
    assert!(!shown.contains("\\u{1b}") && !shown.contains("\\u{7}") && !shown.contains("\\u{202e}"), "{shown}");
}

#[test]
fn ten_thousand_new_accounts_are_found_in_one_go() {
    let scope = bound(&Store::in_memory());
    list(&scope, 0, &[]);
    let all: Vec<Account> = (0..10_000).map(|number| one(number, OLD, AccountState::Active)).collect();
    let clock = std::time::Instant::now();
    list(&scope, 1, &all);
    list(&scope, 2, &all);
    list(&scope, 3, &[]);
    assert_eq!(scope.findings().expect("read").len(), 20_000);
    // Far above what it takes, so that only a change of its order of growth fails.
    assert!(clock.elapsed().as_secs() < 20, "{:?}", clock.elapsed());
}
