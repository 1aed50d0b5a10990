//! What the journal keeps, and that it keeps it.

use crate::domain::api_error::ApiErrorKind;
use crate::domain::journal::{Conclusion, Intention, JournalEntry, JournalOutcome, JournalStep, OutcomeCause};
use crate::domain::recorded_change::{HolderKind, RecordedAddress, RecordedChange, RecordedHolder};
use crate::domain::records::{JournalRecords, Records};
use crate::domain::root_credentials::RootCredential;
use crate::store::Store;
use crate::store::tests::{account, bound, organization, time};

pub(crate) fn intention() -> Intention {
    Intention {
        at: time("2026-03-01T14:02:00.5Z"),
        caller: "arn:aws:iam::111122223333:user/alice".to_owned(),
        profile: Some("prod".to_owned()),
        account: Some(account(7)),
        operation: "account:StartPrimaryEmailUpdate".to_owned(),
        change: RecordedChange::StartPrimaryEmailChange {
            old_email: Some(RecordedAddress::Known("aws+7@example.com".to_owned())),
            new_email: Some(RecordedAddress::Known("a@new.example".to_owned())),
            plan: Some(3),
            line: Some(9),
        },
        reason: Some("TICKET-1; DROP TABLE intended".to_owned()),
    }
}

fn conclusion(outcome: JournalOutcome) -> Conclusion {
    Conclusion {
        outcome,
        code: Some("Conflict".to_owned()),
        cause: None,
        note: None,
        request_id: Some("r-1".to_owned()),
    }
}

/// The entry of [`intention`] as long as nothing is known of its end.
fn open_entry(id: i64) -> JournalEntry {
    let Intention { at, caller, profile, account, operation, change, reason } = intention();
    JournalEntry {
        id,
        at,
        caller,
        profile,
        account,
        operation,
        change,
        reason,
        outcome: JournalOutcome::Intended,
        finished: None,
        code: None,
        cause: None,
        note: None,
        request_id: None,
    }
}

#[test]
fn several_lines_at_once_are_what_they_are_one_by_one_and_one_that_fails_takes_no_other_along() {
    let scope = bound(&Store::in_memory());
    let first = scope.intend(&intention()).expect("recorded");
    let end = |id, outcome| JournalStep::Conclude(id, time("2026-03-01T14:02:01Z"), conclusion(outcome));
    let steps = [
        JournalStep::Intend(intention()),
        end(99, JournalOutcome::Ok),
        end(first, JournalOutcome::Ok),
        end(first, JournalOutcome::Intended),
        JournalStep::Intend(intention()),
    ];
    let results = scope.journal_together(&steps);
    let numbers: Vec<_> = results.iter().map(|result| result.as_ref().ok().copied()).collect();
    assert_eq!(numbers, [Some(first + 1), None, Some(first), None, Some(first + 2)]);
    let outcomes: Vec<_> = scope.journal(10).expect("a journal").iter().map(|it| (it.id, it.outcome)).collect();
    let open = JournalOutcome::Intended;
    assert_eq!(outcomes, [(first + 2, open), (first + 1, open), (first, JournalOutcome::Ok)]);
    // What belongs to nobody yet is not kept.
    let unbound = Store::in_memory().scope(None, None);
    assert!(unbound.journal_together(&steps).iter().all(Result::is_err));
}

#[test]
fn an_entry_is_intended_until_it_is_concluded() {
    let scope = bound(&Store::in_memory());
    let id = scope.intend(&intention()).expect("recorded");
    assert_eq!(scope.journal(10), Ok(vec![open_entry(id)]));
    let finished = time("2026-03-01T14:02:01Z");
    scope.conclude(id, finished, &conclusion(JournalOutcome::Refused)).expect("recorded");
    let concluded = JournalEntry {
        outcome: JournalOutcome::Refused,
        finished: Some(finished),
        code: Some("Conflict".to_owned()),
        request_id: Some("r-1".to_owned()),
        ..open_entry(id)
    };
    assert_eq!(scope.journal(10), Ok(vec![concluded]));
}

#[test]
fn the_last_of_several_conclusions_counts() {
    let scope = bound(&Store::in_memory());
    let id = scope.intend(&intention()).expect("recorded");
    scope.conclude(id, time("2026-03-01T14:03:00Z"), &conclusion(JournalOutcome::Unknown)).expect("recorded");
    // The clock went back in between.
    scope.conclude(id, time("2026-03-01T14:01:00Z"), &conclusion(JournalOutcome::Ok)).expect("recorded");
    let outcomes: Vec<_> = scope.journal(10).expect("read").into_iter().map(|entry| entry.outcome).collect();
    assert_eq!(outcomes, [JournalOutcome::Ok]);
}

#[test]
fn what_is_found_out_later_is_added_once_and_keeps_the_request_id() {
    let store = Store::in_memory();
    let scope = bound(&store);
    let id = scope.intend(&intention()).expect("recorded");
    scope.conclude(id, time("2026-03-01T14:03:00Z"), &conclusion(JournalOutcome::Unknown)).expect("recorded");
    let seen = |note: &str| {
        let note = Some(note.to_owned());
        let cause = Some(OutcomeCause::SeenAfterwards);
        Conclusion { outcome: JournalOutcome::Ok, code: None, cause, note, request_id: None }
    };
    let at = time("2026-03-01T15:00:00Z");
    assert_eq!(scope.settle(id, at, &seen("PENDING")), Ok(true));
    assert_eq!(scope.settle(id, at, &seen("PENDING once more")), Ok(false), "it is known by now");
    let read = scope.journal(1).expect("read").remove(0);
    assert_eq!((read.outcome, read.note.as_deref()), (JournalOutcome::Ok, Some("PENDING")));
    assert_eq!(read.cause, Some(OutcomeCause::SeenAfterwards));
    assert_eq!((read.code, read.request_id.as_deref(), read.finished), (None, Some("r-1"), Some(at)));
    // Nothing of another organization is touched, whatever its number.
    scope.bind(&organization("o-another000")).expect("bound");
    scope.settle(id, at, &seen("x")).expect_err("another's");
    assert!(scope.settle(99, at, &seen("x")).expect_err("no such entry").sentence().contains("99"));
}

#[test]
fn a_note_with_an_address_is_not_kept() {
    let scope = bound(&Store::in_memory());
    let id = scope.intend(&intention()).expect("recorded");
    let note = Some("for a@b.example".to_owned());
    let conclusion = Conclusion { note, ..conclusion(JournalOutcome::Failed) };
    scope.conclude(id, time("2026-03-01T14:03:00Z"), &conclusion).expect("recorded");
    let read = scope.journal(1).expect("read").remove(0);
    assert_eq!((read.outcome, read.note), (JournalOutcome::Failed, None));
}

#[test]
fn open_entries_are_those_without_a_known_end_since_then() {
    let scope = bound(&Store::in_memory());
    let intend = |at: &str| scope.intend(&Intention { at: time(at), ..intention() }).expect("recorded");
    let old = intend("2026-02-01T00:00:00Z");
    let cut_off = intend("2026-03-01T00:00:00.25Z");
    let unknown = intend("2026-03-01T00:00:01Z");
    let done = intend("2026-03-01T00:00:02Z");
    for (id, outcome) in [(unknown, JournalOutcome::Unknown), (done, JournalOutcome::Ok)] {
        scope.conclude(id, time("2026-03-01T00:01:00Z"), &conclusion(outcome)).expect("recorded");
    }
    let since =
        |at: &str| -> Vec<i64> { scope.open_entries(time(at)).expect("read").iter().map(|entry| entry.id).collect() };
    assert_eq!(since("2026-02-26T00:00:00Z"), [unknown, cut_off]);
    assert_eq!(since("2026-01-01T00:00:00Z"), [unknown, cut_off, old]);
}

#[test]
fn newest_first_and_no_more_than_asked() {
    let scope = bound(&Store::in_memory());
    let ids: Vec<i64> = (0..5).map(|_| scope.intend(&intention()).expect("recorded")).collect();
    let read: Vec<i64> = scope.journal(2).expect("read").iter().map(|entry| entry.id).collect();
    assert_eq!(read, [ids[4], ids[3]]);
    assert_eq!(scope.journal(usize::MAX).expect("read").len(), 5);
    assert_eq!(scope.journal(0), Ok(vec![]));
}

#[test]
fn nothing_is_concluded_that_was_not_intended_and_no_intention_is_an_outcome() {
    let scope = bound(&Store::in_memory());
    let at = time("2026-03-01T14:02:01Z");
    let missing = scope.conclude(17, at, &conclusion(JournalOutcome::Ok)).expect_err("no such entry");
    assert_eq!(missing.kind, ApiErrorKind::Local);
    assert!(missing.sentence().contains("17"), "{}", missing.sentence());
    let id = scope.intend(&intention()).expect("recorded");
    scope.conclude(id, at, &conclusion(JournalOutcome::Intended)).expect_err("not an outcome");
    assert_eq!(scope.journal(10), Ok(vec![open_entry(id)]));
}

#[test]
fn a_write_that_is_in_progress_is_concluded_even_if_the_organization_changes_meanwhile() {
    let store = Store::in_memory();
    let scope = bound(&store);
    let id = scope.intend(&intention()).expect("recorded");
    scope.bind(&organization("o-another000")).expect("bound");
    scope.conclude(id, time("2026-03-01T14:02:01Z"), &conclusion(JournalOutcome::Ok)).expect("recorded");
    assert_eq!(scope.journal(10), Ok(vec![]));
    assert_eq!(bound(&store).journal(10).expect("read")[0].outcome, JournalOutcome::Ok);
}

#[test]
fn entries_and_outcomes_can_only_be_added() {
    let store = Store::in_memory();
    let scope = bound(&store);
    let id = scope.intend(&intention()).expect("recorded");
    scope.conclude(id, time("2026-03-01T14:02:01Z"), &conclusion(JournalOutcome::Ok)).expect("recorded");
    let before = scope.journal(10).expect("read");
    for sql in [
        "UPDATE intended SET kind = 'other'",
        "UPDATE intended SET subject = '{}'",
        "UPDATE intended SET operation = 'nothing'",
        "UPDATE intended SET new_email = 'b@new.example'",
        "UPDATE intended SET new_email = NULL",
        "UPDATE intended SET old_email = 'somebody'",
        "UPDATE intended SET credential_id = '(address forgotten)'",
        "UPDATE intended SET text = 'x (address forgotten)'",
        "UPDATE intended SET reason = 'x (address forgotten)'",
        "UPDATE intended SET reason = NULL",
        "DELETE FROM intended",
        "UPDATE concluded SET outcome = 'failed'",
        "DELETE FROM concluded",
    ] {
        let refused = store.with(|connection| Ok(connection.execute(sql, [])?)).expect_err(sql);
        assert!(refused.sentence().contains("append-only"), "{}", refused.sentence());
    }
    assert_eq!(scope.journal(10), Ok(before));
}

#[test]
fn escape_sequences_that_got_into_the_file_do_not_come_out() {
    let scope = bound(&Store::in_memory());
    let hostile = || "\u{1b}]52;c;aGk=\u{7}".to_owned();
    for change in [
        RecordedChange::Other { text: hostile() },
        RecordedChange::AcceptPrimaryEmailChange { new_email: Some(RecordedAddress::Known(hostile())) },
        RecordedChange::DeleteRootCredential { credential: RootCredential::AccessKey(hostile()) },
        RecordedChange::DeletePolicy {
            holder: RecordedHolder { kind: HolderKind::Bucket, name: hostile(), region: hostile() },
        },
    ] {
        scope.intend(&Intention { change, ..intention() }).expect("recorded");
        let read = scope.journal(1).expect("read")[0].change.clone();
        assert!(!read.fields().values().any(|value| value.to_string().contains("\\u")), "{read:?}");
    }
}

#[test]
fn a_disk_that_is_full_is_named_though_sqlite_gives_the_transaction_up_by_itself() {
    let scope = bound(&Store::in_memory());
    let pages = |connection: &mut rusqlite::Connection| -> Result<i64, crate::domain::api_error::ApiError> {
        Ok(connection.query_row("PRAGMA page_count", [], |found| found.get(0))?)
    };
    let full = scope.store.with(pages).expect("a number");
    let limit = format!("PRAGMA max_page_count = {full}");
    scope.store.with(|connection| Ok(connection.query_row(&limit, [], |_| Ok(()))?)).expect("a limit");
    let long = Intention { change: RecordedChange::Other { text: "x".repeat(100_000) }, ..intention() };
    let results = scope.journal_together(&[JournalStep::Intend(long), JournalStep::Intend(intention())]);
    for result in results {
        let error = result.expect_err("nothing fits");
        assert!(error.sentence().contains("the disk with the store is full"), "{}", error.sentence());
    }
    assert_eq!(scope.journal(10).expect("a journal"), []);
}
