//! The last listing.

use std::sync::Arc;

use crate::domain::records::{ListingRecords, Records};
use proptest::prelude::*;
use rusqlite::Transaction;

use crate::domain::account::{Account, AccountState, JoinedMethod};
use crate::store::tests::{account, bound, organization, time};
use crate::store::{ScopedStore, Store};

const AT: &str = "2026-03-01T14:02:00.5Z";

fn one(number: u64) -> Arc<Account> {
    Arc::new(Account {
        id: account(number),
        name: "検証環境 'x'".to_owned(),
        email: format!("aws+{number}@example.com"),
        state: AccountState::Active,
        joined: Some(time("2019-06-09T08:01:02.123Z")),
        joined_method: Some(JoinedMethod::Invited),
        unit_ids: Some(["ou-ab12-1".to_owned(), "ou-ab12-2".to_owned()].into()),
    })
}

fn any_account() -> impl Strategy<Value = Arc<Account>> {
    let state =
        prop_oneof![Just(AccountState::Unknown), "[A-Z_]{1,20}".prop_map(|word| AccountState::from_wire(&word))];
    let units = proptest::option::of(proptest::collection::vec("ou-[a-z0-9-]{1,10}", 0..4));
    let joined = proptest::option::of(-1_000_000_000i64..4_000_000_000);
    let method = proptest::option::of("[A-Z_]{1,20}|INVITED|CREATED".prop_map(|word| JoinedMethod::from_wire(&word)));
    (0u64..1_000_000_000_000, "\\PC{0,20}", "\\PC{0,20}", state, joined, method, units).prop_map(
        |(number, name, email, state, joined, joined_method, unit_ids)| {
            Arc::new(Account {
                id: account(number),
                name: crate::domain::text::clean(&name),
                email: crate::domain::text::clean(&email),
                state,
                joined: joined.map(|second| jiff::Timestamp::from_second(second).expect("in range")),
                joined_method,
                unit_ids: unit_ids.map(Into::into),
            })
        },
    )
}

proptest! {
    #[test]
    fn a_listing_comes_back_as_it_was_and_replaces_the_one_before(
        first in proptest::collection::vec(any_account(), 0..12),
        second in proptest::collection::vec(any_account(), 0..12),
    ) {
        let scope = bound(&Store::in_memory());
        for accounts in [first, second] {
            scope.save_listing(&accounts, time(AT)).expect("saved");
            prop_assert_eq!(scope.listing(), Ok(Some((time(AT), accounts))));
        }
    }
}

/// How many rows of accounts `act` writes.
fn rows_written(scope: &ScopedStore, act: impl FnOnce()) -> i64 {
    let total = || -> i64 {
        let count =
            |transaction: &Transaction<'_>, _| transaction.query_row("SELECT total_changes()", [], |it| it.get(0));
        scope.read(count).expect("read")
    };
    let before = total();
    act();
    total() - before
}

#[test]
fn a_listing_that_is_kept_already_gets_a_new_time_and_no_new_rows() {
    let scope = bound(&Store::in_memory());
    let later = time("2026-03-02T14:02:00Z");
    let accounts: Vec<Arc<Account>> = (0..500).map(one).collect();
    scope.save_listing(&accounts, time(AT)).expect("saved");
    assert_eq!(scope.last_listing_length(), Ok(500));
    let written = rows_written(&scope, || scope.save_listing(&accounts, later).expect("saved"));
    assert!(written < 5, "{written} rows");
    assert_eq!(scope.listing(), Ok(Some((later, accounts))));
}

#[test]
fn whatever_is_otherwise_in_a_listing_is_kept() {
    let as_it_is: Vec<Arc<Account>> = (0..5).map(one).collect();
    let with = |change: fn(&mut Account)| {
        let mut accounts = as_it_is.clone();
        change(Arc::make_mut(&mut accounts[2]));
        accounts
    };
    let listings = [
        with(|account| account.name.push('x')),
        with(|account| account.email.make_ascii_uppercase()),
        with(|account| account.state = AccountState::Unknown),
        with(|account| account.joined = Some(time(AT))),
        with(|account| account.joined = None),
        with(|account| account.joined_method = Some(JoinedMethod::Other("MOVED".into()))),
        with(|account| account.unit_ids = None),
        with(|account| account.unit_ids = Some([].into())),
        as_it_is.iter().rev().cloned().collect(),
        as_it_is[1..].to_vec(),
        as_it_is[..4].to_vec(),
        as_it_is.iter().cloned().chain([one(7)]).collect(),
    ];
    for accounts in listings {
        let scope = bound(&Store::in_memory());
        scope.save_listing(&as_it_is, time(AT)).expect("saved");
        scope.save_listing(&accounts, time(AT)).expect("saved");
        assert_eq!(scope.listing(), Ok(Some((time(AT), accounts.clone()))));
        assert_eq!(scope.last_listing_length(), Ok(accounts.len()));
    }
}

#[test]
fn an_organization_of_nobody_is_not_the_same_as_no_listing() {
    let scope = bound(&Store::in_memory());
    assert_eq!(scope.listing(), Ok(None));
    scope.save_listing(&[], time(AT)).expect("saved");
    assert_eq!(scope.listing(), Ok(Some((time(AT), vec![]))));
}

#[test]
fn each_organization_has_its_own() {
    let store = Store::in_memory();
    bound(&store).save_listing(&[one(1)], time(AT)).expect("saved");
    let other = store.scope(Some("dev"), None);
    other.bind(&organization("o-another000")).expect("bound");
    other.save_listing(&[one(2), one(3)], time(AT)).expect("saved");
    assert_eq!(bound(&store).listing(), Ok(Some((time(AT), vec![one(1)]))));
}

#[test]
fn with_no_cache_nothing_is_saved_and_nothing_old_is_shown() {
    let store = Store::in_memory();
    let scope = bound(&store);
    scope.save_listing(&[one(1)], time(AT)).expect("saved");
    store.set_keep_listing(false);
    assert_eq!(scope.listing(), Ok(None));
    scope.save_listing(&[one(2)], time(AT)).expect("does nothing");
    store.set_keep_listing(true);
    assert_eq!(scope.listing(), Ok(Some((time(AT), vec![one(1)]))));
}

#[test]
fn ten_thousand_accounts_are_saved_and_read_in_one_go() {
    let home = tempfile::tempdir().expect("a folder");
    let path = home.path().join("rootdeck/rootdeck.db");
    let store = Store::open(&path).expect("opened");
    let accounts: Vec<Arc<Account>> = (0..10_000).map(one).collect();
    let clock = std::time::Instant::now();
    bound(&store).save_listing(&accounts, time(AT)).expect("saved");
    bound(&store).save_listing(&accounts, time(AT)).expect("saved again");
    let saved = clock.elapsed();
    drop(store);
    let clock = std::time::Instant::now();
    let listing = Store::open(&path).expect("opened").scope(Some("prod"), None).listing().expect("read");
    let read = clock.elapsed();
    assert_eq!(listing, Some((time(AT), accounts)));
    // Far above what it takes, so that only a change of its order of growth fails.
    assert!(saved.as_secs() < 10 && read.as_secs() < 5, "saved in {saved:?}, read in {read:?}");
    let size = std::fs::metadata(&path).expect("there").len();
    assert!(size < 4_000_000, "{size} bytes");
}
