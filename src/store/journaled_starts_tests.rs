//! Starts in the journal, and alarms.

use crate::domain::email_change::{EmailChangeReport, EmailChangeStatus, JournaledStart};
use crate::domain::journal::{Conclusion, Intention, JournalOutcome};
use crate::domain::recorded_change::RecordedChange;
use crate::domain::records::{JournalRecords, StartRecords};
use crate::store::tests::{account, bound, start, time};
use crate::store::{ScopedStore, Store};

use super::{ACCEPT, START};

const AT: &str = "2026-03-02T10:00:00Z";

fn journal(scope: &ScopedStore, nth: u64, operation: &str, outcome: Option<JournalOutcome>) {
    let at = time(AT);
    let intention = Intention {
        at,
        caller: "arn:aws:iam::111122223333:user/a".to_owned(),
        profile: None,
        account: Some(account(nth)),
        operation: operation.to_owned(),
        change: RecordedChange::Other { text: String::new() },
        reason: None,
    };
    let id = scope.intend(&intention).expect("recorded");
    if let Some(outcome) = outcome {
        let conclusion = Conclusion { outcome, code: None, cause: None, note: None, request_id: None };
        scope.conclude(id, at, &conclusion).expect("recorded");
    }
}

#[test]
fn a_start_counts_if_it_went_out_or_may_have_and_was_not_accepted_since() {
    use JournalOutcome::{Failed, Ok as Done, Refused, Unknown};
    let scope = bound(&Store::in_memory());
    for (nth, outcome) in [(1, Some(Done)), (2, Some(Unknown)), (3, None), (4, Some(Refused)), (5, Some(Failed))] {
        journal(&scope, nth, START, outcome);
    }
    for (nth, outcome) in [(6, Done), (7, Refused)] {
        journal(&scope, nth, START, Some(Done));
        journal(&scope, nth, ACCEPT, Some(outcome));
    }
    let at = time(AT);
    let expected = [1, 2, 3, 7].map(|nth| JournaledStart { account: account(nth), at });
    assert_eq!(scope.journaled_starts(), Ok(expected.to_vec()));
}

#[test]
fn a_forgotten_change_that_the_journal_has_the_start_of_is_no_alarm() {
    let is_alarm = |seconds: i64, prepare: fn(&ScopedStore)| {
        let scope = bound(&Store::in_memory());
        prepare(&scope);
        let updated = Some(time(AT) + jiff::SignedDuration::from_secs(seconds));
        let report = EmailChangeReport { status: EmailChangeStatus::Pending, updated };
        scope.note_report(account(7), &report, time("2026-03-02T18:00:00Z")).expect("noted");
        !scope.alarms().expect("read").is_empty()
    };
    let started: fn(&ScopedStore) = |scope| journal(scope, 7, START, Some(JournalOutcome::Ok));
    let other: fn(&ScopedStore) = |scope| journal(scope, 8, START, Some(JournalOutcome::Ok));
    assert!(!is_alarm(1, started));
    assert!(is_alarm(3_600, started), "another has followed it");
    assert!(is_alarm(1, other), "that of another account says nothing");
    let over: fn(&ScopedStore) = |scope| {
        journal(scope, 7, START, Some(JournalOutcome::Ok));
        scope.record_start(&start("a@new.example")).expect("recorded");
        scope.set_progress(account(7), crate::domain::email_change::StartedProgress::Failed).expect("noted");
    };
    assert!(is_alarm(1, over), "what was started here is known to be over");
}
