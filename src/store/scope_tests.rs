//! Whose records a run sees.

use super::endpoint_key;
use crate::domain::api_error::ApiErrorKind;
use crate::domain::email_change::StartedProgress;
use crate::domain::journal::Binding;
use crate::domain::records::{JournalRecords, ListingRecords, Records, StartRecords};
use crate::store::Store;
use crate::store::tests::{account, bound, organization, start, time};

const EMULATOR: &str = "http://127.0.0.1:4599";

#[test]
fn before_the_first_answer_nothing_is_known_and_nothing_can_be_recorded() {
    let scope = Store::in_memory().scope(Some("prod"), None);
    assert_eq!(scope.last_binding(), Ok(None));
    assert_eq!(scope.started(), Ok(vec![]));
    assert_eq!(scope.journal(10), Ok(vec![]));
    assert_eq!(scope.listing(), Ok(None));
    let refused = [
        scope.record_start(&start("a@new.example")),
        scope.set_progress(account(7), StartedProgress::Pending),
        scope.forget(account(7)),
        scope.save_listing(&[], time("2026-03-01T14:02:00Z")),
    ];
    for result in refused {
        assert_eq!(result.map_err(|error| error.kind), Err(ApiErrorKind::Local));
    }
}

#[test]
fn the_next_run_sees_the_last_ones_organization_before_it_is_bound() {
    let store = Store::in_memory();
    bound(&store).record_start(&start("a@new.example")).expect("recorded");
    let next = store.scope(Some("prod"), None);
    assert_eq!(next.last_binding(), Ok(Some(organization("o-8j81brsjuj"))));
    assert_eq!(next.started(), Ok(vec![start("a@new.example")]));
    assert_eq!(store.scope(Some("dev"), None).started(), Ok(vec![]));
    assert_eq!(store.scope(None, None).started(), Ok(vec![]));
    assert_eq!(store.scope(Some("prod"), Some(EMULATOR)).started(), Ok(vec![]));
}

#[test]
fn two_profiles_of_one_organization_see_the_same_records() {
    let store = Store::in_memory();
    bound(&store).record_start(&start("a@new.example")).expect("recorded");
    let other = store.scope(None, None);
    other.bind(&organization("o-8j81brsjuj")).expect("bound");
    assert_eq!(other.started(), Ok(vec![start("a@new.example")]));
}

#[test]
fn endpoint_organization_and_partition_keep_records_apart() {
    let store = Store::in_memory();
    bound(&store).record_start(&start("a@new.example")).expect("recorded");
    let emulated = store.scope(Some("prod"), Some(EMULATOR));
    emulated.bind(&organization("o-8j81brsjuj")).expect("bound");
    assert_eq!(emulated.started(), Ok(vec![]));
    let moved = store.scope(Some("prod"), None);
    moved.bind(&organization("o-another000")).expect("bound");
    assert_eq!(moved.started(), Ok(vec![]));
    let china = Binding { partition: "aws-cn".to_owned(), organization: "o-8j81brsjuj".to_owned() };
    moved.bind(&china).expect("bound");
    assert_eq!(moved.started(), Ok(vec![]));
    moved.forget(account(7)).expect("nothing to forget");
    assert_eq!(bound(&store).started(), Ok(vec![start("a@new.example")]));
}

#[test]
fn a_run_keeps_its_own_organization_when_another_run_moves_the_profile() {
    let store = Store::in_memory();
    let first = bound(&store);
    let second = store.scope(Some("prod"), None);
    second.bind(&organization("o-another000")).expect("bound");
    first.record_start(&start("a@new.example")).expect("recorded");
    assert_eq!(first.started(), Ok(vec![start("a@new.example")]));
    assert_eq!(second.started(), Ok(vec![]));
    assert_eq!(first.last_binding(), Ok(Some(organization("o-another000"))));
}

#[test]
fn after_a_failed_bind_nobody_elses_records_are_shown() {
    let store = Store::in_memory();
    bound(&store).record_start(&start("a@new.example")).expect("recorded");
    let scope = store.scope(Some("prod"), None);
    store.with(|connection| Ok(connection.pragma_update(None, "query_only", true)?)).expect("set");
    assert!(scope.bind(&organization("o-another000")).is_err());
    assert!(scope.started().is_err() && scope.record_start(&start("b@new.example")).is_err());
    store.with(|connection| Ok(connection.pragma_update(None, "query_only", false)?)).expect("set");
    scope.bind(&organization("o-another000")).expect("bound");
    assert_eq!(scope.started(), Ok(vec![]));
}

#[test]
fn an_endpoint_is_kept_without_secrets_and_idle_differences() {
    assert_eq!(endpoint_key(EMULATOR), EMULATOR);
    assert_eq!(endpoint_key(" HTTP://127.0.0.1:4599/ "), EMULATOR);
    assert_eq!(endpoint_key("https://alice:s3cret@proxy.Example/aws/?token=x#y"), "https://proxy.example/aws");
    assert_ne!(endpoint_key("http://127.0.0.1:4600"), EMULATOR);
    assert_ne!(endpoint_key("not a url"), "");
}

#[test]
fn an_unreadable_row_is_an_error_and_not_an_empty_list() {
    let store = Store::in_memory();
    let scope = bound(&store);
    scope.record_start(&start("a@new.example")).expect("recorded");
    store.with(|connection| Ok(connection.execute("UPDATE started SET at = 'yesterday'", [])?)).expect("changed");
    let error = scope.started().expect_err("unreadable");
    assert!(error.sentence().contains("column at"), "{}", error.sentence());
}
