//! What this machine keeps.

use super::held::{is_harmless, text};
use crate::domain::records::JournalRecords as _;
use crate::store::Store;

/// A row of the journal that is damaged is an error that says so, and no entry less.
pub(super) fn journal_row(bytes: &[u8]) {
    let store = Store::in_memory();
    let text = text(bytes);
    let values: Vec<&str> = text.split('\u{1f}').flat_map(|part| part.split('\n')).collect();
    let Some(scope) = store.with_rows(&values) else { return };
    match scope.journal(10) {
        Ok(entries) => {
            assert_eq!(entries.len(), 2, "an entry is missing");
            for entry in &entries {
                assert!(is_harmless(&entry.operation) && is_harmless(&entry.caller), "control characters");
            }
        }
        Err(error) => assert!(error.sentence().contains("column"), "{}", error.sentence()),
    }
    scope.left_open().ok();
    scope.journaled_starts().ok();
}
