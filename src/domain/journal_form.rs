//! The journal as programs and spreadsheets take it: JSON and CSV.

use std::io;

use jiff::Timestamp;
use serde::Serialize;

use super::journal::JournalEntry;
use super::spreadsheet;

/// The columns of the CSV.
pub const HEAD: [&str; 13] = [
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
];

#[derive(Serialize)]
struct EntryJson<'a> {
    id: i64,
    time: Timestamp,
    finished: Option<Timestamp>,
    outcome: &'static str,
    account_id: Option<String>,
    operation: &'a str,
    change: &'a str,
    caller_arn: &'a str,
    profile: Option<&'a str>,
    reason: Option<&'a str>,
    aws_code: Option<&'a str>,
    note: Option<&'a str>,
    request_id: Option<&'a str>,
}

impl<'a> From<&'a JournalEntry> for EntryJson<'a> {
    fn from(entry: &'a JournalEntry) -> Self {
        Self {
            id: entry.id,
            time: entry.at,
            finished: entry.finished,
            outcome: entry.outcome.shown().as_str(),
            account_id: entry.account.map(|account| account.to_string()),
            operation: &entry.operation,
            change: &entry.summary,
            caller_arn: &entry.caller,
            profile: entry.profile.as_deref(),
            reason: entry.reason.as_deref(),
            aws_code: entry.code.as_deref(),
            note: entry.note.as_deref(),
            request_id: entry.request_id.as_deref(),
        }
    }
}

/// One array of objects. What has no end is `unknown` and has no time it was `finished`.
///
/// # Errors
/// If it has no such form.
pub fn json<'a>(entries: impl IntoIterator<Item = &'a JournalEntry>) -> io::Result<String> {
    let rows: Vec<EntryJson<'_>> = entries.into_iter().map(EntryJson::from).collect();
    serde_json::to_string_pretty(&rows).map(|text| text + "\n").map_err(io::Error::from)
}

/// A header and a line for each entry, in which nothing can become a formula.
///
/// # Errors
/// If it has no such form.
pub fn csv<'a>(entries: impl IntoIterator<Item = &'a JournalEntry>) -> io::Result<String> {
    spreadsheet::csv(&HEAD, entries.into_iter().map(cells).collect())
}

fn cells(entry: &JournalEntry) -> Vec<String> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    vec![
        entry.id.to_string(),
        entry.at.to_string(),
        entry.finished.map(|at| at.to_string()).unwrap_or_default(),
        entry.outcome.shown().as_str().to_owned(),
        entry.account.map(|account| account.to_string()).unwrap_or_default(),
        entry.operation.clone(),
        entry.summary.clone(),
        entry.caller.clone(),
        text(&entry.profile),
        text(&entry.reason),
        text(&entry.code),
        text(&entry.note),
        text(&entry.request_id),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::journal::JournalOutcome;

    fn entry() -> JournalEntry {
        JournalEntry {
            id: 7,
            at: "2026-03-01T14:02:00.5Z".parse().expect("a time"),
            caller: "arn:aws:iam::111122223333:user/alice".into(),
            profile: None,
            account: Some("444455556666".parse().expect("an id")),
            operation: "account:StartPrimaryEmailUpdate".into(),
            summary: "start primary email change a@example.com -> b@example.com".into(),
            reason: Some("=cmd|' /C calc'!A0".into()),
            outcome: JournalOutcome::Intended,
            finished: None,
            code: None,
            note: None,
            request_id: None,
        }
    }

    #[test]
    fn an_entry_without_an_end_is_unknown_and_what_does_not_apply_is_null() {
        let text = json([&entry()]).expect("json");
        let rows: serde_json::Value = serde_json::from_str(&text).expect("json");
        assert_eq!(rows[0]["outcome"], "unknown");
        assert_eq!(rows[0]["time"], "2026-03-01T14:02:00.5Z");
        for key in ["finished", "profile", "aws_code", "note", "request_id"] {
            assert!(rows[0][key].is_null(), "{key}: {text}");
        }
        let names: Vec<&String> = rows[0].as_object().expect("an object").keys().collect();
        assert!(HEAD.iter().all(|name| names.iter().any(|key| key == name)) && names.len() == HEAD.len());
        assert_eq!(json([]).expect("json"), "[]\n");
    }

    #[test]
    fn no_cell_of_the_csv_is_a_formula() {
        let text = csv([&entry()]).expect("csv");
        let mut lines = text.lines();
        assert_eq!(lines.next(), Some(HEAD.join(",").as_str()));
        let row = lines.next().expect("a row");
        assert!(row.starts_with("7,2026-03-01T14:02:00.5Z,,unknown,444455556666,"), "{row}");
        assert!(row.contains("'=cmd|"), "{row}");
    }
}
