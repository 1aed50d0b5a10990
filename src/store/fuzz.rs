//! A journal with a damaged row, for what must hold of any.

use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::{ScopedStore, Store};
use crate::domain::journal::Binding;
use crate::domain::records::Records as _;

/// The texts of an entry, and of its end.
const INTENDED: [&str; 12] = [
    "at",
    "caller",
    "profile",
    "account",
    "operation",
    "kind",
    "old_email",
    "new_email",
    "credential_id",
    "text",
    "subject",
    "reason",
];
const CONCLUDED: [&str; 6] = ["at", "outcome", "code", "request_id", "note", "cause"];

impl Store {
    /// A scope with two entries: a good one, and one of these values, column by column. `None` where the tables do not
    /// take them.
    pub(crate) fn with_rows(&self, values: &[&str]) -> Option<ScopedStore> {
        let scope = self.scope(Some("prod"), None);
        scope.bind(&Binding { partition: "aws".to_owned(), organization: "o-1".to_owned() }).ok()?;
        let good = ["2026-03-01T14:02:00Z", "arn:aws:iam::111122223333:user/alice"];
        self.insert("intended", &INTENDED, &["at", "caller", "operation"], &[good[0], good[1], "iam:Nothing"], None)?;
        let (entry, end) = values.split_at(values.len().min(INTENDED.len()));
        let names = INTENDED.get(..entry.len())?;
        self.insert("intended", &INTENDED, names, entry, None)?;
        if !end.is_empty() {
            let end = end.get(..end.len().min(CONCLUDED.len()))?;
            self.insert("concluded", &CONCLUDED, CONCLUDED.get(..end.len())?, end, Some(2))?;
        }
        Some(scope)
    }

    fn insert(&self, table: &str, all: &[&str], names: &[&str], values: &[&str], of: Option<i64>) -> Option<()> {
        debug_assert!(names.iter().all(|name| all.contains(name)), "{names:?}");
        let (owner, id) = if let Some(id) = of { ("intended", id) } else { ("binding", 1) };
        let marks = vec!["?"; names.len() + 1].join(", ");
        let sql = format!("INSERT INTO {table} ({owner}, {}) VALUES ({marks})", names.join(", "));
        // An empty text stands for a value that is missing.
        let value = |text: &&str| if text.is_empty() { Value::Null } else { Value::Text((*text).to_owned()) };
        let values = std::iter::once(Value::Integer(id)).chain(values.iter().map(value));
        self.with(|connection| Ok(connection.execute(&sql, params_from_iter(values))?)).ok()?;
        Some(())
    }
}
