//! Listings that are cut off, and the next start.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use rootdeck::domain::account::Account;
use rootdeck::domain::records::ListingRecords;
use rootdeck::domain::unfinished_listing::UnfinishedListing;
use rootdeck::emulator::Options;

use super::office::Office;

const ACCOUNTS: usize = 1500;
/// Pages and the empty one.
const REQUESTS: usize = ACCOUNTS / 20 + 1;

async fn office() -> Office {
    let office = Office::with(Options { accounts: Some(ACCOUNTS), ..Options::default() }).await;
    office.engine.organization().await.unwrap();
    office
}

/// Lists and is refused at this page.
async fn cut_off_at(office: &Office, page: usize) {
    let mut pages = 0;
    let listing = office.engine.accounts_continued(|_| {
        pages += 1;
        if pages == page {
            office.inject("ListAccounts:access-denied=1x");
        }
    });
    listing.await.unwrap_err();
}

/// What the next start reads, and how many requests that takes.
async fn next_start(office: &Office) -> (Vec<Arc<Account>>, usize) {
    let before = office.arrived("ListAccounts");
    let mut all = Vec::new();
    office.engine.accounts_continued(|page| all.extend_from_slice(page)).await.unwrap();
    (all, office.arrived("ListAccounts") - before)
}

fn unfinished(office: &Office) -> Option<UnfinishedListing> {
    office.records.unfinished_listing().unwrap()
}

#[tokio::test]
async fn a_listing_that_was_cut_off_is_continued_where_it_was_and_becomes_the_listing() {
    let office = office().await;
    cut_off_at(&office, 60).await;
    let left = unfinished(&office).unwrap();
    assert_eq!(left.accounts.len(), 1200);
    assert_eq!(office.records.listing().unwrap(), None, "half a listing is not the whole");
    let (all, requests) = next_start(&office).await;
    assert!(requests <= REQUESTS - 60, "{requests}");
    assert_eq!(all.iter().map(|account| account.id).collect::<BTreeSet<_>>().len(), ACCOUNTS);
    let (at, kept) = office.records.listing().unwrap().unwrap();
    assert_eq!((at, kept), (left.began, all), "it is as old as its first page");
    assert_eq!(unfinished(&office), None);
    assert_eq!(next_start(&office).await.1, REQUESTS);
}

#[tokio::test]
async fn a_program_that_ends_in_the_middle_leaves_what_it_has_read() {
    let office = office().await;
    let (reached, mut is_there) = tokio::sync::watch::channel(0);
    let listing = office.engine.accounts_continued(|_| reached.send_modify(|pages| *pages += 1));
    tokio::select! {
        biased;
        _ = is_there.wait_for(|pages| *pages >= 60) => {}
        _ = listing => panic!("it is to be cut off"),
    }
    while unfinished(&office).is_none() {
        tokio::task::yield_now().await;
    }
    let (all, requests) = next_start(&office).await;
    assert_eq!(all.len(), ACCOUNTS);
    assert!(requests <= REQUESTS - 60, "{requests}");
}

#[tokio::test]
async fn a_place_that_aws_does_not_know_any_more_or_that_is_old_begins_again_and_nothing_of_it_is_shown() {
    let office = office().await;
    let (whole, _) = next_start(&office).await;
    let gone = Account { id: "999988887777".parse().unwrap(), ..Account::clone(&whole[0]) };
    let gone = Arc::new(gone);
    let hour_ago = Timestamp::now() - SignedDuration::from_hours(1);
    for (began, extra) in [(office.engine.now(), 1), (hour_ago, 0)] {
        let part = UnfinishedListing { listing: 7, began, accounts: vec![gone.clone()], token: "expired".into() };
        office.records.begin_listing(&part, hour_ago).unwrap();
        let (all, requests) = next_start(&office).await;
        assert_eq!((all.len(), requests), (ACCOUNTS, REQUESTS + extra));
        assert!(!all.contains(&gone));
        assert_eq!(unfinished(&office), None);
    }
}

#[tokio::test]
async fn scripts_read_everything_now() {
    let office = office().await;
    cut_off_at(&office, 60).await;
    let before = office.arrived("ListAccounts");
    office.engine.accounts(|_| {}).await.unwrap();
    assert_eq!(office.arrived("ListAccounts") - before, REQUESTS);
}
