//! The journal as programs and spreadsheets take it: JSON and CSV.

use std::io;

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::journal::sentence;
use super::time::utc_second;
use crate::domain::journal::{JournalEntry, OutcomeCause};
use crate::domain::recorded_change::RecordedChange;
use crate::domain::spreadsheet;

/// The columns that come before the data of the change.
const HEAD: [&str; 14] = [
    "id",
    "time",
    "finished",
    "outcome",
    "account_id",
    "operation",
    "change",
    "caller_arn",
    "profile",
    "reason",
    "aws_code",
    "note",
    "request_id",
    "cause",
];

/// All columns.
fn head() -> Vec<&'static str> {
    HEAD.into_iter().chain(RecordedChange::FIELDS).collect()
}

/// What stands in the columns, in their order. What does not apply is null.
struct Row(Vec<(&'static str, Value)>);

impl Row {
    fn of(entry: &JournalEntry) -> Self {
        let known: [Value; HEAD.len()] = [
            json!(entry.id),
            json!(utc_second(entry.at)),
            json!(entry.finished.map(utc_second)),
            json!(entry.outcome.shown().as_str()),
            json!(entry.account.map(|account| account.to_string())),
            json!(entry.operation),
            json!(sentence(&entry.change)),
            json!(entry.caller),
            json!(entry.profile),
            json!(entry.reason),
            json!(entry.code),
            json!(entry.note),
            json!(entry.request_id),
            json!(entry.cause.map(OutcomeCause::as_str)),
        ];
        let mut fields = entry.change.fields();
        let fields = RecordedChange::FIELDS.map(|name| (name, fields.remove(name).unwrap_or_default()));
        Self(HEAD.into_iter().zip(known).chain(fields).collect())
    }

    fn cells(self) -> Vec<String> {
        let cell = |value| match value {
            Value::Null => String::new(),
            Value::String(text) => text,
            other => other.to_string(),
        };
        self.0.into_iter().map(|(_, value)| cell(value)).collect()
    }
}

impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

/// One array of objects. What has no end is `unknown` and has no time it was `finished`.
///
/// # Errors
/// If it has no such form.
pub fn json<'a>(entries: impl IntoIterator<Item = &'a JournalEntry>) -> io::Result<String> {
    let rows: Vec<Row> = entries.into_iter().map(Row::of).collect();
    serde_json::to_string_pretty(&rows).map(|text| text + "\n").map_err(io::Error::from)
}

/// A header and a line for each entry, in which nothing can become a formula.
///
/// # Errors
/// If it has no such form.
pub fn csv<'a>(entries: impl IntoIterator<Item = &'a JournalEntry>) -> io::Result<String> {
    spreadsheet::csv(&head(), entries.into_iter().map(|entry| Row::of(entry).cells()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::journal::JournalOutcome;
    use crate::domain::recorded_change::RecordedAddress;

    fn entry() -> JournalEntry {
        JournalEntry {
            id: 7,
            at: "2026-03-01T14:02:00.5Z".parse().expect("a time"),
            caller: "arn:aws:iam::111122223333:user/alice".into(),
            profile: None,
            account: Some("444455556666".parse().expect("an id")),
            operation: "account:StartPrimaryEmailUpdate".into(),
            change: RecordedChange::StartPrimaryEmailChange {
                old_email: Some(RecordedAddress::Known("a@example.com".into())),
                new_email: Some(RecordedAddress::Known("b@example.com".into())),
                plan: Some(2),
                line: Some(17),
            },
            reason: Some("=cmd|' /C calc'!A0".into()),
            outcome: JournalOutcome::Intended,
            finished: None,
            code: None,
            cause: None,
            note: None,
            request_id: None,
        }
    }

    #[test]
    fn an_entry_without_an_end_is_unknown_and_what_does_not_apply_is_null() {
        let text = json([&entry()]).expect("json");
        let rows: Value = serde_json::from_str(&text).expect("json");
        assert_eq!(rows[0]["outcome"], "unknown");
        assert_eq!(rows[0]["time"], "2026-03-01T14:02:00Z");
        for key in ["finished", "profile", "aws_code", "note", "request_id"] {
            assert!(rows[0][key].is_null(), "{key}: {text}");
        }
        let named: Vec<String> = head().iter().map(|name| format!("\"{name}\": ")).collect();
        let places: Vec<_> = named.iter().map(|name| text.find(name.as_str())).collect();
        assert!(places.is_sorted() && places.iter().all(Option::is_some), "{text}");
        assert_eq!(json([]).expect("json"), "[]\n");
    }

    #[test]
    fn the_change_is_a_sentence_and_its_data() {
        let rows: Value = serde_json::from_str(&json([&entry()]).expect("json")).expect("json");
        assert_eq!(rows[0]["change"], "start primary email change a@example.com -> b@example.com");
        assert_eq!(rows[0]["kind"], "start_primary_email_change");
        assert_eq!((&rows[0]["old_email"], &rows[0]["new_email"]), (&json!("a@example.com"), &json!("b@example.com")));
        assert_eq!((&rows[0]["plan"], &rows[0]["line"]), (&json!(2), &json!(17)));
        for key in ["service", "feature", "credential", "credential_id", "policy_holder", "region", "task", "seconds"] {
            assert!(rows[0].get(key).is_some_and(Value::is_null), "{key}");
        }
    }

    #[test]
    fn no_cell_of_the_csv_is_a_formula() {
        let text = csv([&entry()]).expect("csv");
        let mut lines = text.lines();
        assert_eq!(lines.next(), Some(head().join(",").as_str()));
        let row = lines.next().expect("a row");
        assert!(row.starts_with("7,2026-03-01T14:02:00Z,,unknown,444455556666,"), "{row}");
        assert!(row.contains("'=cmd|"), "{row}");
        let data = ",start_primary_email_change,a@example.com,b@example.com,,,,,,,,,,,2,17,";
        assert!(row.ends_with(data), "{row}");
    }
}
