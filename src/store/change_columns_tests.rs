//! Changes as columns, and what is read in columns that this version did not write.

use crate::domain::recorded_change::RecordedChange;
use crate::domain::recorded_change::tests::records;
use crate::domain::records::JournalRecords;
use crate::store::Store;
use crate::store::journal::tests::intention;
use crate::store::tests::bound;

/// What is read of an entry with this kind and these other fields.
fn read(kind: &str, subject: &str) -> RecordedChange {
    let scope = bound(&Store::in_memory());
    let sql = "INSERT INTO intended (binding, at, caller, operation, kind, new_email, subject)
               VALUES (1, '2026-03-01T14:02:00Z', 'arn:a', 'x:Y', ?1, 'a@new.example', ?2)";
    scope.store.with(|connection| Ok(connection.execute(sql, [kind, subject])?)).expect("written");
    scope.journal(1).expect("read").remove(0).change
}

#[test]
fn every_change_comes_out_as_it_went_in() {
    let scope = bound(&Store::in_memory());
    for change in records().into_iter().map(|record| record.in_plan(3, 9)) {
        scope.intend(&crate::domain::journal::Intention { change: change.clone(), ..intention() }).expect("recorded");
        assert_eq!(scope.journal(1).expect("read").remove(0).change, change);
    }
}

#[test]
fn a_change_of_a_later_version_is_shown_by_its_fields() {
    let text = |text: &str| RecordedChange::Other { text: text.to_owned() };
    let fields = r#"{"kind":"paint","new_email":"a@new.example","wall":"north\u001b"}"#;
    assert_eq!(read("paint", r#"{"wall":"north\u001b"}"#), text(&fields.replace("\\u001b", "\u{fffd}")));
    let unknown = r#"{"kind":"enable_root_feature","feature":"RootParty","new_email":"a@new.example"}"#;
    let RecordedChange::Other { text: reported } = read("enable_root_feature", r#"{"feature":"RootParty"}"#) else {
        panic!("no such feature");
    };
    assert_eq!(reported.len(), unknown.len(), "{reported}");
    assert_eq!(read("enable_root_feature", "north"), text("north"));
    // What is told beside it makes no difference.
    let accepted = RecordedChange::AcceptPrimaryEmailChange { new_email: Some("a@new.example".to_owned().into()) };
    assert_eq!(read("accept_primary_email_change", r#"{"since":"later"}"#), accepted);
}
