//! What goes with time, and what never does.

use crate::domain::records::{AuditRecords, JournalRecords, ListingRecords, StartRecords};
use jiff::{SignedDuration, Timestamp};

use super::Retention;
use crate::domain::account::{Account, AccountState};
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::email_change::{EmailChangeReport, EmailChangeStatus, StartedProgress};
use crate::domain::journal::Intention;
use crate::domain::recorded_change::RecordedChange;
use crate::domain::root_credentials::{AuditDepth, RootAudit};
use crate::store::tests::{account, bound, start, time};
use crate::store::{ScopedStore, Store};

const USUAL: Retention = Retention { finished_days: 90, listing_days: 30, history_days: 400 };
const NOTHING: Retention = Retention { finished_days: 0, listing_days: 0, history_days: 0 };

fn now() -> Timestamp {
    time("2026-06-01T12:00:00Z")
}

fn ago(days: i64) -> Timestamp {
    now() - SignedDuration::from_hours(24 * days)
}

/// A change of account `number` that came so far, started so many days ago.
fn changed(scope: &ScopedStore, number: u64, progress: StartedProgress, days: i64) {
    let mut change = start("a@new.example");
    change.account = account(number);
    change.started = ago(days);
    change.progress = progress;
    scope.record_start(&change).expect("recorded");
}

fn left(scope: &ScopedStore) -> Vec<u64> {
    let started = scope.started().expect("read");
    started.iter().map(|change| change.account.to_string().parse().expect("a number")).collect()
}

#[test]
fn changes_that_are_over_go_and_open_ones_stay() {
    use StartedProgress::{Accepted, Completed, Failed, Pending, Unconfirmed};
    let store = Store::in_memory();
    let scope = bound(&store);
    for (number, progress, days) in [
        (1, Completed, 89),
        (2, Completed, 91),
        (3, Failed, 91),
        (4, Pending, 0),
        (5, Pending, 89),
        (6, Pending, 91),
        (7, Accepted, 89),
        (8, Accepted, 91),
        (9, Unconfirmed, 0),
        (10, Unconfirmed, 91),
    ] {
        changed(&scope, number, progress, days);
    }
    assert_eq!(store.take_away_old(USUAL, now()), Ok(true));
    assert_eq!(left(&scope), [1, 4, 5, 7, 9]);
    assert_eq!(store.take_away_old(USUAL, now()), Ok(false));
    // However little is to be kept, what can still be finished is.
    assert_eq!(store.take_away_old(NOTHING, now()), Ok(true));
    assert_eq!(left(&scope), [4, 9]);
    assert_eq!(store.take_away_old(NOTHING, now() + SignedDuration::from_hours(23)), Ok(false));
    assert_eq!(store.take_away_old(NOTHING, now() + SignedDuration::from_hours(25)), Ok(true));
    assert_eq!(left(&scope), Vec::<u64>::new());
}

#[test]
fn listings_go_with_what_they_showed() {
    let store = Store::in_memory();
    let scope = bound(&store);
    let one = |number| Account {
        id: account(number),
        name: "sandbox".to_owned(),
        email: "aws@example.com".to_owned(),
        state: AccountState::Active,
        joined: None,
        joined_method: None,
        unit_ids: Some([].into()),
    };
    scope.save_listing(&[], ago(40)).expect("saved");
    scope.save_listing(&[one(1).into()], ago(31)).expect("saved");
    scope.save_listing(&[one(1).into(), one(2).into()], ago(29)).expect("saved");
    assert_eq!(store.take_away_old(USUAL, now()), Ok(true));
    let found: Vec<_> = scope.findings().expect("read").iter().map(|finding| finding.account).collect();
    assert_eq!(found, [account(2)]);
    assert!(scope.listing().expect("read").is_some());
    assert_eq!(store.take_away_old(USUAL, now() + SignedDuration::from_hours(48)), Ok(true));
    assert_eq!((scope.findings(), scope.listing()), (Ok(vec![]), Ok(None)));
    // The next listing is the first one again.
    scope.save_listing(&[one(3).into()], now()).expect("saved");
    assert_eq!(scope.findings(), Ok(vec![]));
}

#[test]
fn audits_go_like_listings_and_alarms_never() {
    let store = Store::in_memory();
    let scope = bound(&store);
    let error = ApiError::new("iam:GetAccountSummary", ApiErrorKind::Throttled, "");
    let audit = || RootAudit::unknown(AuditDepth::Quick, &error);
    let report = EmailChangeReport { status: EmailChangeStatus::Pending, updated: None };
    scope.save_audits(&[(account(1), ago(31), audit()), (account(2), ago(29), audit())]).expect("saved");
    scope.note_report(account(3), &report, ago(5000)).expect("noted");
    assert_eq!(store.take_away_old(USUAL, now()), Ok(true));
    let left = || scope.audits().expect("read").iter().map(|record| record.account).collect::<Vec<_>>();
    assert_eq!(left(), [account(2)]);
    assert_eq!(store.take_away_old(NOTHING, now()), Ok(true));
    assert_eq!((left().len(), scope.alarms().expect("read").len()), (0, 1));
}

/// A plan of `ago` days with items in these states, each since so many days.
fn plan(store: &Store, days: i64, items: &[(&str, Option<i64>)]) {
    store
        .with(|connection| {
            connection.execute(
                "INSERT INTO plan (binding, at, caller, source) VALUES (1, ?1, '', '')",
                [ago(days).to_string()],
            )?;
            let plan = connection.last_insert_rowid();
            for (line, (state, since)) in (2_i64..).zip(items) {
                connection.execute(
                    "INSERT INTO plan_item (plan, line, account, old_email, new_email, state, at)
                     VALUES (?1, ?2, '000000000007', '', '', ?3, ?4)",
                    (plan, line, state, since.map(|days| ago(days).to_string())),
                )?;
            }
            Ok(())
        })
        .expect("a plan");
}

#[test]
fn finished_plans_go_and_open_ones_stay() {
    let store = Store::in_memory();
    bound(&store);
    plan(&store, 100, &[("started", Some(99)), ("refused", Some(95)), ("unknown", Some(95))]);
    plan(&store, 100, &[("started", Some(99)), ("failed", Some(10))]);
    plan(&store, 100, &[("started", Some(99)), ("waiting", None)]);
    plan(&store, 100, &[("sending", Some(99))]);
    plan(&store, 10, &[("started", Some(10))]);
    // On its last day it is still there.
    plan(&store, 100, &[("started", Some(90))]);
    assert_eq!(store.take_away_old(USUAL, now()), Ok(true));
    let ids = |table: &str| -> Vec<i64> {
        let sql = format!("SELECT DISTINCT {table} ORDER BY 1");
        store
            .with(|connection| {
                Ok(connection.prepare(&sql)?.query_map([], |found| found.get(0))?.collect::<Result<_, _>>()?)
            })
            .expect("read")
    };
    assert_eq!((ids("id FROM plan"), ids("plan FROM plan_item")), (vec![2, 3, 4, 5, 6], vec![2, 3, 4, 5, 6]));
}

#[test]
fn the_journal_stays_for_ever() {
    let store = Store::in_memory();
    let scope = bound(&store);
    let intention = Intention {
        at: ago(5000),
        caller: String::new(),
        profile: None,
        account: None,
        operation: "account:StartPrimaryEmailUpdate".to_owned(),
        change: RecordedChange::start_of_email_change(None),
        reason: None,
    };
    scope.intend(&intention).expect("recorded");
    assert_eq!(store.take_away_old(NOTHING, now()), Ok(false));
    assert_eq!(scope.journal(10).expect("read")[0].change, intention.change);
}

#[test]
fn while_another_one_writes_nothing_waits_and_nothing_goes() {
    let home = tempfile::tempdir().expect("a folder");
    let path = home.path().join("state/rootdeck.db");
    let store = Store::open(&path).expect("opened");
    let scope = bound(&store);
    changed(&scope, 1, StartedProgress::Completed, 91);
    let writing = rusqlite::Connection::open(&path).expect("opened");
    writing.execute_batch("BEGIN IMMEDIATE").expect("begun");
    assert_eq!(store.take_away_old(USUAL, now()), Ok(false));
    writing.execute_batch("ROLLBACK").expect("ended");
    assert_eq!(left(&scope), [1]);
    assert_eq!(store.take_away_old(USUAL, now()), Ok(true));
    let timeout = store
        .with(|connection| Ok(connection.pragma_query_value(None, "busy_timeout", |found| found.get::<_, i64>(0))?));
    assert_eq!(timeout, Ok(5000));
}
