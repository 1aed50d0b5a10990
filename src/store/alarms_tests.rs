//! Alarms.

use crate::domain::email_change::{EmailAlarm, EmailChangeReport, EmailChangeStatus, StartedProgress};
use crate::domain::records::{Records, StartRecords};
use crate::store::tests::{account, bound, organization, start, time};
use crate::store::{ScopedStore, Store};

const AT: &str = "2026-03-02T10:00:00.5Z";

fn report(status: EmailChangeStatus) -> EmailChangeReport {
    EmailChangeReport { status, updated: Some(time("2026-03-02T09:59:00Z")) }
}

fn note(scope: &ScopedStore, status: EmailChangeStatus) {
    scope.note_report(account(7), &report(status), time(AT)).expect("noted");
}

fn alarmed() -> ScopedStore {
    let scope = bound(&Store::in_memory());
    note(&scope, EmailChangeStatus::Pending);
    let alarm = EmailAlarm { account: account(7), report: report(EmailChangeStatus::Pending), at: time(AT) };
    assert_eq!(scope.alarms(), Ok(vec![alarm]));
    scope
}

#[test]
fn an_alarm_is_kept_until_aws_reports_that_the_change_is_over() {
    let over = [EmailChangeStatus::None, EmailChangeStatus::Completed, EmailChangeStatus::Failed];
    for status in over {
        let scope = alarmed();
        note(&scope, EmailChangeStatus::Accepted);
        assert_eq!(scope.alarms().expect("read")[0].report.status, EmailChangeStatus::Accepted);
        note(&scope, status);
        assert_eq!(scope.alarms(), Ok(vec![]));
    }
}

#[test]
fn a_word_that_is_not_known_neither_raises_an_alarm_nor_ends_one() {
    let other = || EmailChangeStatus::Other("VERIFYING".to_owned());
    let scope = alarmed();
    note(&scope, other());
    assert_eq!(scope.alarms().expect("read").len(), 1);
    let quiet = bound(&Store::in_memory());
    note(&quiet, other());
    assert_eq!(quiet.alarms(), Ok(vec![]));
}

#[test]
fn a_change_that_was_started_from_here_is_no_alarm_until_it_is_over() {
    let scope = alarmed();
    scope.record_start(&start("a@new.example")).expect("recorded");
    note(&scope, EmailChangeStatus::Pending);
    assert_eq!(scope.alarms(), Ok(vec![]));
    scope.set_progress(account(7), StartedProgress::Failed).expect("noted");
    note(&scope, EmailChangeStatus::Pending);
    assert_eq!(scope.alarms().expect("read").len(), 1, "another has followed it");
}

#[test]
fn another_copy_of_the_program_sees_an_alarm_and_another_organization_does_not() {
    let home = tempfile::tempdir().expect("a folder");
    let path = home.path().join("rootdeck").join("rootdeck.db");
    let first = bound(&Store::open(&path).expect("opened"));
    let second = bound(&Store::open(&path).expect("opened"));
    note(&first, EmailChangeStatus::Pending);
    assert_eq!(second.alarms().expect("read").len(), 1);
    let third = Store::open(&path).expect("opened").scope(Some("other"), None);
    third.bind(&organization("o-another000")).expect("bound");
    assert_eq!(third.alarms(), Ok(vec![]));
}

#[test]
fn before_aws_has_said_which_organization_this_is_alarms_are_read_and_not_written() {
    let store = Store::in_memory();
    note(&bound(&store), EmailChangeStatus::Pending);
    let early = store.scope(Some("prod"), None);
    assert_eq!(early.alarms().expect("read").len(), 1);
    assert!(early.note_report(account(8), &report(EmailChangeStatus::Pending), time(AT)).is_err());
}
