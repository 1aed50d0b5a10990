//! What counts as open, of all that can stand in the journal.

use crate::domain::account::AccountId;
use crate::domain::journal::{Conclusion, Intention, JournalOutcome};
use crate::domain::recorded_change::RecordedChange;
use crate::domain::records::JournalRecords;
use crate::store::tests::{account, bound, time};
use crate::store::{ScopedStore, Store};

use JournalOutcome::{Failed, Ok as Done, Refused, Unknown};

const ALLOW: &str = "iam:CreateLoginProfile";
const CLOSE: &str = "iam:DeleteLoginProfile";

/// Journals a call on an account; without an outcome it was cut off.
fn journal(scope: &ScopedStore, id: AccountId, operation: &str, minute: i8, outcome: Option<JournalOutcome>) {
    journal_code(scope, id, operation, minute, outcome, None);
}

fn journal_code(
    scope: &ScopedStore,
    account: AccountId,
    operation: &str,
    minute: i8,
    outcome: Option<JournalOutcome>,
    code: Option<&str>,
) {
    let at = time(&format!("2026-03-01T14:{minute:02}:00Z"));
    let intention = Intention {
        at,
        caller: format!("arn:aws:iam::111122223333:user/{minute}"),
        profile: None,
        account: Some(account),
        operation: operation.to_owned(),
        change: RecordedChange::Other { text: String::new() },
        reason: None,
    };
    conclude(scope, &intention, outcome, code);
}

fn conclude(scope: &ScopedStore, intention: &Intention, outcome: Option<JournalOutcome>, code: Option<&str>) {
    let at = intention.at;
    let id = scope.intend(intention).expect("recorded");
    if let Some(outcome) = outcome {
        let conclusion =
            Conclusion { outcome, code: code.map(str::to_owned), cause: None, note: None, request_id: None };
        scope.conclude(id, at, &conclusion).expect("recorded");
    }
}

/// The accounts that are open, and the minute since when.
fn open(scope: &ScopedStore) -> Vec<(AccountId, String)> {
    let left = scope.left_open().expect("a list");
    left.into_iter().map(|open| (open.account, open.by.rsplit('/').next().unwrap_or_default().to_owned())).collect()
}

#[test]
fn what_was_allowed_or_may_have_been_is_open_until_it_is_surely_closed() {
    let scope = bound(&Store::in_memory());
    assert_eq!(open(&scope), []);
    for (nth, outcome) in [(1, Some(Done)), (2, Some(Unknown)), (3, None), (4, Some(Refused)), (5, Some(Failed))] {
        journal(&scope, account(nth), ALLOW, 1, outcome);
    }
    let since = |minute: &'static str| move |nth| (account(nth), minute.to_owned());
    assert_eq!(open(&scope), [1, 2, 3].map(since("1")));
    for outcome in [Some(Refused), Some(Failed), Some(Unknown), None] {
        journal(&scope, account(1), CLOSE, 2, outcome);
    }
    assert_eq!(open(&scope), [1, 2, 3].map(since("1")));
    journal(&scope, account(1), CLOSE, 3, Some(Done));
    assert_eq!(open(&scope), [2, 3].map(since("1")));
    // Opened again, twice: it is open since the first time after the closing.
    journal(&scope, account(1), ALLOW, 4, Some(Done));
    journal(&scope, account(1), ALLOW, 5, Some(Done));
    assert_eq!(open(&scope)[0], since("4")(1));
}

#[test]
fn a_password_that_was_there_already_was_not_opened_here() {
    let scope = bound(&Store::in_memory());
    for outcome in [Done, Refused] {
        journal_code(&scope, account(1), ALLOW, 1, Some(outcome), Some("EntityAlreadyExists"));
        assert_eq!(open(&scope), []);
    }
    // A login profile that was gone already is closed all the same.
    journal(&scope, account(2), ALLOW, 1, Some(Unknown));
    journal_code(&scope, account(2), CLOSE, 2, Some(Done), Some("NoSuchEntity"));
    assert_eq!(open(&scope), []);
}

#[test]
fn each_organization_has_its_own() {
    let store = Store::in_memory();
    journal(&bound(&store), account(1), ALLOW, 1, Some(Done));
    let other = store.scope(Some("another"), Some("http://127.0.0.1:9"));
    assert_eq!(other.left_open(), Ok(Vec::new()));
}

#[test]
fn an_end_is_kept_with_who_said_it_and_why_and_can_be_moved() {
    let scope = bound(&Store::in_memory());
    let allow = |minute: i8, until: &str, reason: &str, code: Option<&str>| {
        let intention = Intention {
            at: time(&format!("2026-03-01T14:{minute:02}:00Z")),
            caller: format!("arn:aws:iam::111122223333:user/{minute}"),
            profile: None,
            account: Some(account(1)),
            operation: ALLOW.to_owned(),
            change: RecordedChange::AllowRootPasswordRecovery { until: until.parse().ok() },
            reason: Some(reason.to_owned()),
        };
        conclude(&scope, &intention, Some(if code.is_some() { Refused } else { Done }), code);
    };
    let open = || {
        let left = scope.left_open().expect("a list").pop().expect("one");
        let minute = left.by.rsplit('/').next().unwrap_or_default().to_owned();
        (left.since, left.until, minute, left.reason)
    };
    let (first, later) = (time("2026-03-01T16:00:00Z"), time("2026-03-01T18:00:00Z"));
    let since = time("2026-03-01T14:01:00Z");
    // A password that was there already has no end here.
    allow(0, "2026-03-01T15:00:00Z", "nothing", Some("EntityAlreadyExists"));
    assert!(scope.left_open().expect("a list").is_empty());
    allow(1, "2026-03-01T16:00:00Z", "OPS-1", None);
    assert_eq!(open(), (since, Some(first), "1".to_owned(), Some("OPS-1".to_owned())));
    assert!(scope.left_open().expect("a list")[0].is_expired(first));
    // The end is moved: AWS says that it is allowed already.
    allow(2, "2026-03-01T18:00:00Z", "OPS-2", Some("EntityAlreadyExists"));
    assert_eq!(open(), (since, Some(later), "2".to_owned(), Some("OPS-2".to_owned())));
    // Allowing it again without an end takes none away.
    allow(3, "", "OPS-3", Some("EntityAlreadyExists"));
    assert_eq!(open().1, Some(later));
    // What AWS refused for another reason moves none.
    allow(4, "2026-03-01T20:00:00Z", "OPS-4", Some("AccessDenied"));
    assert_eq!(open().1, Some(later));
    // Nor does one that is past bring back what was closed.
    journal(&scope, account(1), CLOSE, 5, Some(Done));
    allow(6, "2026-03-01T21:00:00Z", "OPS-6", Some("EntityAlreadyExists"));
    assert!(scope.left_open().expect("a list").is_empty());
}
