//! What was changed, as columns of the journal.
//!
//! What can hold an address, and may be forgotten, has a column of its own; the rest is one value that never changes.

use rusqlite::Row;
use serde_json::{Map, Value};

use super::row;
use crate::domain::recorded_change::RecordedChange;
use crate::domain::text::clean;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ChangeColumns {
    pub(super) kind: String,
    pub(super) old_email: Option<String>,
    pub(super) new_email: Option<String>,
    pub(super) credential_id: Option<String>,
    pub(super) text: Option<String>,
    /// The other fields, as JSON.
    pub(super) subject: String,
}

impl ChangeColumns {
    pub(super) fn of(change: &RecordedChange) -> Self {
        let mut fields = change.fields();
        let mut take = |name: &str| match fields.remove(name) {
            Some(Value::String(text)) => Some(text),
            _ => None,
        };
        Self {
            kind: take("kind").unwrap_or_default(),
            old_email: take("old_email"),
            new_email: take("new_email"),
            credential_id: take("credential_id"),
            text: take("text"),
            subject: Value::Object(fields).to_string(),
        }
    }
}

/// The change of an entry. One that this version does not know (from a later one) is shown by its fields.
pub(super) fn change(found: &Row<'_>) -> rusqlite::Result<RecordedChange> {
    let subject = found.get_ref("subject")?.as_str().map_err(|error| row::unreadable("subject", error))?;
    let Ok(subject) = serde_json::from_str::<Map<String, Value>>(subject) else {
        return Ok(RecordedChange::Other { text: clean(subject) });
    };
    // It comes from a file: its texts are made harmless like any from outside.
    let mut fields: Map<String, Value> = subject.into_iter().map(|(name, value)| (name, harmless(value))).collect();
    for name in ["kind", "old_email", "new_email", "credential_id", "text"] {
        if let Some(text) = row::optional_text(found, name)? {
            fields.insert(name.to_owned(), Value::String(text));
        }
    }
    let known = RecordedChange::from_fields(&fields);
    Ok(known.unwrap_or_else(|_| RecordedChange::Other { text: Value::Object(fields).to_string() }))
}

fn harmless(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(clean(&text)),
        other => other,
    }
}

#[cfg(test)]
#[path = "change_columns_tests.rs"]
mod tests;
