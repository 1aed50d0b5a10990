//! The history of audits.

use jiff::{SignedDuration, Timestamp};

use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::audit_difference::DifferenceWord;
use crate::domain::records::AuditRecords;
use crate::domain::root_credentials::{AccessKey, AuditDepth, CredentialKind, LastUsed, Presence, RootAudit};
use crate::domain::sign_in::LastSignIn;
use crate::store::tests::{account, bound, time};
use crate::store::{Retention, ScopedStore, Store};

fn day(day: i64) -> Timestamp {
    time("2026-03-01T10:00:00Z") + SignedDuration::from_hours(24 * day)
}

fn clean() -> RootAudit {
    RootAudit {
        depth: AuditDepth::Deep,
        password: Presence::Absent,
        access_keys: Presence::Absent,
        mfa_devices: Presence::Absent,
        signing_certificates: Presence::Absent,
        last_sign_in: LastSignIn::Never,
    }
}

fn with_key() -> RootAudit {
    let key = AccessKey { id: "AKIA1".into(), status: "Active".into(), created: None, last_used: LastUsed::Never };
    RootAudit { access_keys: Presence::Present(Some(vec![key])), ..clean() }
}

fn unread(request: &str) -> RootAudit {
    let error = ApiError::new("sts:AssumeRoot", ApiErrorKind::DeniedByScp, request);
    RootAudit::unknown(AuditDepth::Deep, &ApiError { request_id: Some(request.to_owned()), ..error })
}

fn keep(scope: &ScopedStore, at: i64, audit: RootAudit) {
    scope.save_audits(&[(account(7), day(at), audit)]).expect("saved");
}

fn history(scope: &ScopedStore) -> Vec<(Timestamp, Timestamp, u32, bool)> {
    let all = scope.audit_history(account(7)).expect("read");
    all.iter().map(|past| (past.at, past.until, past.audits, past.audit.read_nothing())).collect()
}

#[test]
fn audits_in_a_row_with_the_same_result_are_one() {
    let scope = bound(&Store::in_memory());
    for (at, audit) in
        [(1, clean()), (2, clean()), (3, unread("r-1")), (4, unread("r-2")), (5, with_key()), (6, clean())]
    {
        keep(&scope, at, audit);
    }
    assert_eq!(
        history(&scope),
        [(day(6), day(6), 1, false), (day(5), day(5), 1, false), (day(3), day(4), 2, true), (day(1), day(2), 2, false)]
    );
}

#[test]
fn a_difference_is_told_since_the_last_audit_that_read_anything() {
    let scope = bound(&Store::in_memory());
    keep(&scope, 1, clean());
    assert!(scope.audit_comparisons().expect("read").is_empty());
    keep(&scope, 2, unread("r-1"));
    keep(&scope, 3, with_key());
    keep(&scope, 4, with_key());
    let all = scope.audit_comparisons().expect("read");
    let found = &all[&account(7)];
    assert_eq!(found.since, day(1));
    let one = &found.differences[0];
    assert_eq!(
        (one.word, one.kind, one.id.as_deref()),
        (DifferenceWord::New, CredentialKind::AccessKey, Some("AKIA1"))
    );
    let newest = &scope.audit_history(account(7)).expect("read")[0];
    assert_eq!((newest.since, newest.audits, &newest.differences), (Some(day(1)), 2, &found.differences));
}

#[test]
fn what_was_known_at_a_time_is_the_newest_audit_before_it() {
    let scope = bound(&Store::in_memory());
    keep(&scope, 1, clean());
    keep(&scope, 3, with_key());
    keep(&scope, 5, unread("r-1"));
    let known = |at| scope.audits_as_of(day(at)).expect("read").remove(&account(7));
    assert_eq!(known(0), None);
    assert_eq!(known(2).map(|known| known.value), Some(clean()));
    assert_eq!(known(6).map(|known| (known.value, known.at)), Some((with_key(), day(3))));
}

#[test]
fn an_account_has_at_most_a_hundred_results() {
    let scope = bound(&Store::in_memory());
    for at in 0..110 {
        keep(&scope, at, if at % 2 == 0 { clean() } else { with_key() });
    }
    let all = history(&scope);
    assert_eq!((all.len(), all[0].0), (100, day(109)));
}

#[test]
fn an_audit_that_came_late_changes_nothing_and_what_is_old_goes() {
    let store = Store::in_memory();
    let scope = bound(&store);
    keep(&scope, 3, clean());
    keep(&scope, 2, with_key());
    assert_eq!(history(&scope), [(day(3), day(3), 1, false)]);
    let retention = Retention { finished_days: 90, listing_days: 0, history_days: 10 };
    assert_eq!(store.take_away_old(retention, day(12)), Ok(true));
    assert_eq!((history(&scope).len(), scope.audits().expect("read").len()), (1, 0));
    assert_eq!(store.take_away_old(retention, day(14)), Ok(true));
    assert!(history(&scope).is_empty());
}

#[test]
fn a_purge_forgets_the_history_and_without_a_cache_there_is_none() {
    let store = Store::in_memory();
    let scope = bound(&store);
    keep(&scope, 1, clean());
    store.set_keep_listing(false);
    assert!(history(&scope).is_empty());
    store.set_keep_listing(true);
    store.purge().expect("purged");
    assert!(history(&scope).is_empty());
}
