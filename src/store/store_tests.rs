//! What the tests of the store share, and the store as a whole.

use crate::domain::records::{Records, StartRecords};
use jiff::Timestamp;

use super::{ScopedStore, Store};
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiErrorKind;
use crate::domain::email::EmailAddress;
use crate::domain::email_change::{StartedEmailChange, StartedProgress};
use crate::domain::journal::Binding;

pub(super) fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

pub(super) fn account(number: u64) -> AccountId {
    format!("{number:012}").parse().expect("twelve digits")
}

pub(super) fn organization(id: &str) -> Binding {
    Binding { partition: "aws".to_owned(), organization: id.to_owned() }
}

/// A scope of `store` that is bound.
pub(super) fn bound(store: &Store) -> ScopedStore {
    let scope = store.scope(Some("prod"), None);
    scope.bind(&organization("o-8j81brsjuj")).expect("bound");
    scope
}

/// A start of a change of account 7 to `new`.
pub(super) fn start(new: &str) -> StartedEmailChange {
    StartedEmailChange {
        account: account(7),
        old: "aws+7@example.com".to_owned(),
        new: EmailAddress::parse(new).expect("an address"),
        by: Some("arn:aws:iam::111122223333:user/alice".to_owned()),
        started: time("2026-03-01T14:02:00.123456789Z"),
        progress: StartedProgress::Unconfirmed,
    }
}

/// Handles go to other threads: this does not compile otherwise.
const _: () = {
    const fn travels<T: Clone + Send + Sync + 'static>() {}
    travels::<Store>();
    travels::<ScopedStore>();
};

#[test]
fn a_store_in_memory_works_like_a_file_and_has_none() {
    let store = Store::in_memory();
    let scope = bound(&store);
    scope.record_start(&start("a@new.example")).expect("recorded");
    assert_eq!(scope.started().expect("read"), [start("a@new.example")]);
}

#[test]
fn without_a_connection_every_call_says_why() {
    let store = Store::around(Err("out of memory".to_owned()), None);
    let error = store.scope(None, None).started().expect_err("no connection");
    assert_eq!((error.operation, error.kind), ("rootdeck:store", ApiErrorKind::Local));
    assert!(error.sentence().contains("out of memory"), "{}", error.sentence());
}

#[test]
fn no_table_has_room_for_a_password() {
    let columns: Vec<String> = Store::in_memory()
        .with(|connection| {
            let sql = "SELECT sqlite_schema.name || '.' || columns.name
                       FROM sqlite_schema, pragma_table_info(sqlite_schema.name) AS columns WHERE sqlite_schema.type = 'table'";
            Ok(connection.prepare(sql)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
        })
        .expect("read");
    assert!(columns.contains(&"started.new_email".to_owned()), "{columns:?}");
    for secret in ["otp", "password", "secret", "token", "key"] {
        assert!(!columns.iter().any(|column| column.contains(secret)), "{secret} in {columns:?}");
    }
}
