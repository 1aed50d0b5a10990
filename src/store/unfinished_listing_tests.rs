use std::sync::Arc;

use jiff::SignedDuration;

use super::*;
use crate::domain::account::AccountState;
use crate::domain::records::ListingRecords;
use crate::store::Store;
use crate::store::tests::{account, bound};

fn at(second: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH.checked_add(SignedDuration::from_secs(second)).expect("a time")
}

fn accounts(numbers: std::ops::Range<u64>) -> Vec<Arc<Account>> {
    let one = |number| Account {
        id: account(number),
        name: format!("sandbox-{number}"),
        email: format!("aws+{number}@example.com"),
        state: AccountState::Active,
        joined: None,
        joined_method: None,
        unit_ids: Some(["ou-ab12-1".to_owned()].into()),
    };
    numbers.map(one).map(Arc::new).collect()
}

fn part(listing: u64, numbers: std::ops::Range<u64>, token: &str) -> UnfinishedListing {
    UnfinishedListing { listing, began: at(1), accounts: accounts(numbers), token: token.into() }
}

#[test]
fn the_pages_read_so_far_are_kept_with_their_time_until_the_listing_is_whole() {
    let records = bound(&Store::in_memory());
    assert_eq!(records.unfinished_listing().expect("read"), None);
    records.begin_listing(&part(7, 1..4, "t1"), at(2)).expect("kept");
    records.continue_listing(&part(7, 4..6, "t2"), at(3)).expect("kept");
    assert_eq!(records.unfinished_listing().expect("read"), Some(part(7, 1..6, "t2")));
    // It is not the listing: nothing shows half of it as the whole.
    assert_eq!(records.listing().expect("read"), None);
    records.save_listing(&accounts(1..9), at(4)).expect("saved");
    assert_eq!(records.unfinished_listing().expect("read"), None);
    assert_eq!(records.listing().expect("read").map(|(_, accounts)| accounts.len()), Some(8));
    // A copy that has not noticed adds nothing to it.
    records.continue_listing(&part(7, 6..8, "t3"), at(5)).expect("ignored");
    assert_eq!(records.unfinished_listing().expect("read"), None);
}

#[test]
fn two_copies_that_continue_one_listing_leave_each_account_once() {
    let records = bound(&Store::in_memory());
    records.begin_listing(&part(7, 1..4, "t1"), at(2)).expect("kept");
    for _ in 0..2 {
        records.continue_listing(&part(7, 4..6, "t2"), at(3)).expect("kept");
    }
    assert_eq!(records.unfinished_listing().expect("read"), Some(part(7, 1..6, "t2")));
}

#[test]
fn another_listing_takes_the_place_of_one_that_nobody_reads_any_more() {
    let records = bound(&Store::in_memory());
    records.begin_listing(&part(7, 1..4, "t1"), at(2)).expect("kept");
    records.begin_listing(&part(8, 1..2, "u1"), at(30)).expect("ignored");
    records.continue_listing(&part(8, 2..3, "u2"), at(31)).expect("ignored");
    assert_eq!(records.unfinished_listing().expect("read"), Some(part(7, 1..4, "t1")));
    records.begin_listing(&part(8, 1..2, "u1"), at(62)).expect("kept");
    records.continue_listing(&part(7, 4..6, "t2"), at(63)).expect("ignored");
    assert_eq!(records.unfinished_listing().expect("read"), Some(part(8, 1..2, "u1")));
    records.forget_unfinished_listing().expect("forgotten");
    assert_eq!(records.unfinished_listing().expect("read"), None);
}

#[test]
fn nothing_is_kept_where_listings_are_not_and_a_purge_forgets_it() {
    let records = bound(&Store::in_memory());
    records.begin_listing(&part(7, 1..4, "t1"), at(2)).expect("kept");
    assert!(!records.store.holdings(at(3)).expect("counted").is_empty());
    records.store.purge().expect("purged");
    assert_eq!(records.unfinished_listing().expect("read"), None);
    records.store.set_keep_listing(false);
    records.begin_listing(&part(7, 1..4, "t1"), at(2)).expect("ignored");
    records.store.set_keep_listing(true);
    assert_eq!(records.unfinished_listing().expect("read"), None);
}
