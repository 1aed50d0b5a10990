//! The accounts of the organization and the tree they hang in.

use std::collections::BTreeSet;
use std::sync::Arc;

use rootdeck::domain::account::{Account, AccountState};
use rootdeck::domain::api_error::ApiErrorKind;
use rootdeck::emulator::Options;

use super::office::{Office, failed};

async fn listing(office: &Office) -> Vec<Vec<Arc<Account>>> {
    let mut pages = Vec::new();
    office.engine.accounts(|page| pages.push(page.to_vec())).await.unwrap();
    pages
}

#[tokio::test]
async fn a_thousand_accounts_are_listed_to_the_end_past_the_empty_page() {
    let office = Office::with(Options { accounts: Some(1000), ..Options::default() }).await;
    let pages = listing(&office).await;
    // The emulator has an empty page in the middle, which is a request, and not a page to show.
    assert_eq!((office.arrived("ListAccounts"), pages.len()), (51, 50));
    assert!(pages.iter().all(|page| page.len() == 20));
    let all = pages.concat();
    assert_eq!(all.iter().map(|account| account.id).collect::<BTreeSet<_>>().len(), 1000);
    assert_eq!(all.iter().map(|account| &account.email).collect::<BTreeSet<_>>().len(), 1000);
    assert!(all.iter().all(|account| !account.name.is_empty() && account.joined.is_some()));
    let (_, kept) = office.records.listing().unwrap().unwrap();
    assert_eq!(kept, all);
}

#[tokio::test]
async fn an_error_in_the_middle_saves_nothing_and_the_listing_before_stays() {
    let office = Office::with(Options { accounts: Some(1000), ..Options::default() }).await;
    let break_off_at = async |page: usize, error: &str| {
        let mut given = 0;
        let listing = office.engine.accounts(|_| {
            given += 1;
            if given == page {
                office.inject(&format!("ListAccounts:{error}=1x"));
            }
        });
        let kind = failed(listing.await);
        (given, kind)
    };
    assert_eq!(break_off_at(30, "access-denied").await, (30, ApiErrorKind::AccessDenied));
    assert_eq!(office.records.listing().unwrap(), None);
    let whole = listing(&office).await.concat();
    let before = office.records.listing().unwrap().unwrap();
    assert_eq!(before.1, whole);
    for (error, kind) in [
        ("expired-token", ApiErrorKind::ExpiredCredentials),
        ("malformed", ApiErrorKind::Unreadable),
        ("access-denied", ApiErrorKind::AccessDenied),
    ] {
        assert_eq!(break_off_at(3, error).await, (3, kind), "{error}");
        assert_eq!(office.records.listing().unwrap().unwrap(), before, "{error}");
    }
}

#[tokio::test]
async fn the_accounts_of_the_demo_are_read_as_they_are() {
    let office = Office::open().await;
    let all = listing(&office).await.concat();
    assert_eq!(all.len(), 41);
    let account = |id: &str| all.iter().find(|account| account.id.to_string() == id).unwrap();
    let known = account("444455558888");
    assert_eq!((known.name.as_str(), known.email.as_str()), ("検証環境", "aws+kensho@example.com"));
    assert_eq!(known.joined.unwrap().to_string(), "2022-12-08T08:10:36.457Z");
    assert_eq!(known.unit_ids.as_deref().expect("told"), ["ou-8j81-6g3wpjyb", "ou-8j81-3xujvh9s"]);
    let states = [
        ("111122223333", AccountState::Active),
        ("666600000002", AccountState::PendingActivation),
        ("777700000001", AccountState::Suspended),
        ("777700000002", AccountState::PendingClosure),
        ("777700000003", AccountState::Closed),
    ];
    for (id, state) in states {
        assert_eq!(account(id).state, state, "{id}");
    }
}

#[tokio::test]
async fn every_account_has_its_path_in_the_names_of_the_tree() {
    let office = Office::open().await;
    let names = office.engine.unit_names().await.unwrap();
    assert_eq!(names.len(), 13);
    let all = listing(&office).await.concat();
    let path = |id: &str| names.path_of(all.iter().find(|account| account.id.to_string() == id).unwrap());
    assert_eq!(path("111122223333").as_deref(), Some("Root"));
    assert_eq!(path("222233334444").as_deref(), Some("Security"));
    assert_eq!(path("555500000101").as_deref(), Some("Workloads/Production/Payments"));
    assert_eq!(path("444455556666").as_deref(), Some("Sandbox/Team A"));
    assert!(all.iter().all(|account| names.path_of(account).is_some_and(|path| !path.contains("ou-"))));
}

#[tokio::test]
async fn a_tree_of_which_a_part_can_not_be_read_is_a_fault_and_not_a_smaller_tree() {
    let office = Office::open().await;
    for (rule, kind) in [
        ("ListRoots:access-denied=1x", ApiErrorKind::AccessDenied),
        ("ListOrganizationalUnitsForParent:malformed=1x", ApiErrorKind::Unreadable),
    ] {
        office.inject(rule);
        assert_eq!(failed(office.engine.unit_names().await), kind, "{rule}");
    }
    assert_eq!(office.engine.unit_names().await.unwrap().len(), 13);
}

#[tokio::test]
async fn listing_a_generated_organization_gives_paths_for_all_of_it() {
    let office = Office::with(Options { accounts: Some(300), ..Options::default() }).await;
    let names = office.engine.unit_names().await.unwrap();
    let all = listing(&office).await.concat();
    assert_eq!(all.len(), 300);
    assert!(all.iter().all(|account| names.path_of(account).is_some_and(|path| !path.contains("ou-"))));
}
