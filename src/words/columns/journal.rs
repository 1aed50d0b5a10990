//! The columns of the journal.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::domain::account::AccountId;
use crate::domain::journal::{JournalEntry, OutcomeCause};
use crate::domain::recorded_change::RecordedChange;
use crate::words::fields as f;
use crate::words::journal::{caller, sentence};
use crate::words::record::note;
use crate::words::rows::{Cell, Column};
use crate::words::schema::Field;

/// An entry, the data of its change, and the name of its account, if the last listing has it.
pub(crate) struct Row<'a>(&'a JournalEntry, Map<String, Value>, Option<String>);

/// `all` are those of the same journal, for what other entries know of a change.
pub(crate) fn rows<'a>(
    entries: impl IntoIterator<Item = &'a JournalEntry>,
    all: &[JournalEntry],
    names: &BTreeMap<AccountId, String>,
) -> Vec<Row<'a>> {
    let fields = |entry: &JournalEntry| {
        let mut fields = entry.change.fields();
        if let Some(old) = old_email(entry, all) {
            fields.insert(f::OLD_EMAIL.name.to_owned(), old);
        }
        fields
    };
    let name = |entry: &JournalEntry| entry.account.and_then(|id| names.get(&id)).filter(|name| !name.is_empty());
    entries.into_iter().map(|entry| Row(entry, fields(entry), name(entry).cloned())).collect()
}

/// The address that was left with an acceptance: that of the start with the same new address.
fn old_email(entry: &JournalEntry, all: &[JournalEntry]) -> Option<Value> {
    let RecordedChange::AcceptPrimaryEmailChange { new_email: Some(accepted) } = &entry.change else { return None };
    let is_its_start = |start: &&JournalEntry| {
        let is_same = matches!(&start.change, RecordedChange::StartPrimaryEmailChange { new_email: Some(new), .. } if new == accepted);
        is_same && start.account == entry.account && start.id < entry.id
    };
    let start = all.iter().filter(is_its_start).max_by_key(|start| start.id)?;
    start.change.fields().remove(f::OLD_EMAIL.name)
}

/// Behind these, the data of the change. What does not apply is null; without an end the outcome is `unknown`.
pub(crate) fn columns<'a>() -> Vec<Column<'static, Row<'a>>> {
    let dash = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    let account = |row: &Row<'_>| row.0.account.map(|account| account.to_string());
    let code = |row: &Row<'_>| row.0.code.clone();
    let known = [
        Column::new(f::ENTRY_ID, |row: &Row<'_>| row.0.id).head("ID"),
        Column::new(f::TIME, |row: &Row<'_>| row.0.at)
            .head("TIME (UTC)")
            .shown(|row| row.0.at.strftime("%Y-%m-%d %H:%M:%S").to_string()),
        Column::new(f::FINISHED.or_null(), |row: &Row<'_>| row.0.finished),
        Column::new(f::OUTCOME, |row: &Row<'_>| row.0.outcome.shown().as_str()).head("OUTCOME"),
        Column::new(f::ACCOUNT_ID.or_null(), account).head("ACCOUNT").shown(move |row| dash(account(row))),
        Column::new(f::ACCOUNT_NAME.or_null(), |row: &Row<'_>| row.2.clone()),
        Column::new(f::OPERATION, |row: &Row<'_>| row.0.operation.clone()),
        Column::table_only("CHANGE", |row: &Row<'_>| sentence(&row.0.change)).cut_at_end(),
        Column::new(f::CALLER_ARN, |row: &Row<'_>| row.0.caller.clone()),
        Column::new(f::PROFILE.or_null(), |row: &Row<'_>| row.0.profile.clone()),
        Column::new(f::REASON.or_null(), |row: &Row<'_>| row.0.reason.clone()),
        Column::new(f::AWS_CODE.or_null(), code).head("AWS CODE").shown(move |row| dash(code(row))),
        Column::new(f::MESSAGE.or_null(), message),
        Column::new(f::REQUEST_ID.or_null(), |row: &Row<'_>| row.0.request_id.clone()),
        Column::new(f::OUTCOME_CAUSE.or_null(), |row: &Row<'_>| row.0.cause.map(OutcomeCause::as_str)),
        Column::table_only("CALLER", |row: &Row<'_>| caller(row.0)).cut_at_end(),
    ];
    let recorded = |field: Field| {
        let shown = if field.name == f::CHANGE_KIND.name { field } else { field.or_null() };
        Column::new(shown, move |row: &Row<'_>| cell(row.1.get(field.name)))
    };
    known.into_iter().chain(f::RECORDED.map(recorded)).collect()
}

/// What was noted of it; of a change that an earlier version wrote as a sentence, that.
fn message(row: &Row<'_>) -> Option<String> {
    let noted = row.0.note.as_deref().map(note);
    let is_sentence = matches!(row.0.change, RecordedChange::Other { .. });
    noted.or_else(|| is_sentence.then(|| sentence(&row.0.change)))
}

fn cell(field: Option<&Value>) -> Cell {
    match field {
        None | Some(Value::Null) => Cell::Null,
        Some(Value::String(text)) => text.into(),
        Some(Value::Number(number)) => number.as_i64().map_or_else(|| number.to_string().into(), Cell::Number),
        Some(other) => other.to_string().into(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json as value;

    use super::*;
    use crate::domain::journal::JournalOutcome;
    use crate::domain::recorded_change::RecordedAddress;
    use crate::words::rows;

    fn head() -> Vec<&'static str> {
        let known = "id,time,finished,outcome,account_id,account_name,operation,caller_arn,profile,reason,aws_code,message,\
                     request_id,outcome_cause";
        known.split(',').chain(RecordedChange::FIELDS).collect()
    }

    fn json(entries: &[JournalEntry]) -> String {
        let names = BTreeMap::from([("444455556666".parse().expect("an id"), "sandbox-07".to_owned())]);
        let all = super::rows(entries, &[], &names);
        rows::json(&columns(), &all).expect("json")
    }

    fn csv(entries: &[JournalEntry]) -> String {
        let names = BTreeMap::from([("444455556666".parse().expect("an id"), "sandbox-07".to_owned())]);
        let all = super::rows(entries, &[], &names);
        rows::csv(&columns(), &all).expect("csv")
    }

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
    fn an_acceptance_has_the_address_that_its_start_left() {
        let change = |new: &str| RecordedChange::AcceptPrimaryEmailChange {
            new_email: Some(RecordedAddress::Known(new.into())),
        };
        let accepted = |new: &str| JournalEntry { id: 8, change: change(new), ..entry() };
        let old = |new: &str| {
            let (all, one) = ([accepted(new), entry()], accepted(new));
            let shown = super::rows([&one], &all, &BTreeMap::new());
            let rows: Value = serde_json::from_str(&rows::json(&columns(), &shown).expect("json")).expect("json");
            rows[0]["old_email"].clone()
        };
        assert_eq!((old("b@example.com"), old("c@example.com")), (value!("a@example.com"), Value::Null));
    }

    #[test]
    fn an_entry_without_an_end_is_unknown_and_what_does_not_apply_is_null() {
        let text = json(&[entry()]);
        let rows: Value = serde_json::from_str(&text).expect("json");
        assert_eq!(rows[0]["outcome"], "unknown");
        assert_eq!(rows[0]["time"], "2026-03-01T14:02:00Z");
        for key in ["finished", "profile", "aws_code", "message", "request_id"] {
            assert!(rows[0][key].is_null(), "{key}: {text}");
        }
        let named: Vec<String> = head().iter().map(|name| format!("\"{name}\": ")).collect();
        let places: Vec<_> = named.iter().map(|name| text.find(name.as_str())).collect();
        assert!(places.is_sorted() && places.iter().all(Option::is_some), "{text}");
        assert_eq!(json(&[]), "[]\n");
    }

    #[test]
    fn the_change_is_its_data() {
        let rows: Value = serde_json::from_str(&json(&[entry()])).expect("json");
        assert_eq!(rows[0]["kind"], "start_primary_email_change");
        assert_eq!(
            (&rows[0]["old_email"], &rows[0]["new_email"]),
            (&value!("a@example.com"), &value!("b@example.com"))
        );
        assert_eq!((&rows[0]["plan"], &rows[0]["line"]), (&value!(2), &value!(17)));
        for key in ["service", "feature", "credential", "credential_id", "policy_holder", "region", "task", "seconds"] {
            assert!(rows[0].get(key).is_some_and(Value::is_null), "{key}");
        }
    }

    #[test]
    fn what_the_journal_records_has_a_field_each() {
        assert_eq!(f::RECORDED.map(|field| field.name), RecordedChange::FIELDS);
    }

    #[test]
    fn no_cell_of_the_csv_is_a_formula() {
        let text = csv(&[entry()]);
        let mut lines = text.lines();
        assert_eq!(lines.next(), Some(head().join(",").as_str()));
        let row = lines.next().expect("a row");
        assert!(row.starts_with("7,2026-03-01T14:02:00Z,,unknown,444455556666,sandbox-07,"), "{row}");
        assert!(row.contains("'=cmd|"), "{row}");
        let data = ",start_primary_email_change,a@example.com,b@example.com,,,,,,,,,,,,,,2,17,,";
        assert!(row.ends_with(data), "{row}");
    }
}
