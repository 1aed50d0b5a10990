//! How email changes stand, as rows for people and programs.

use std::io;

use jiff::Timestamp;

use crate::cli::arguments::{Form, OneForm};
use crate::cli::context::CommandContext;
use crate::cli::error::Done;
use crate::cli::output;
use crate::cli::rows;
use crate::domain::account::Account;
use crate::domain::emails::EmailFacts;
pub(super) use crate::words::columns::email_changes::Row;
use crate::words::columns::email_changes::columns;

pub(super) fn row(account: &Account, facts: EmailFacts) -> Row {
    Row::new(account.id, Some(account.name.clone()), facts)
}

pub(super) fn deliver(context: &CommandContext, account: &Account, facts: EmailFacts, form: OneForm) -> Done {
    output::deliver(one(&row(account, facts), form, context.engine.now()))
}

pub(super) fn one(row: &Row, form: OneForm, now: Timestamp) -> io::Result<String> {
    match form {
        OneForm::Table => Ok(rows::table(&columns(now), [row])),
        OneForm::Json => rows::object(&columns(now), row),
    }
}

/// The same for a command that also has forms of many rows.
pub(super) fn single(row: &Row, form: Form, now: Timestamp) -> io::Result<String> {
    rows::one(form, &columns(now), row)
}

pub(super) fn all(all: &[Row], form: Form, now: Timestamp) -> io::Result<String> {
    rows::write(form, &columns(now), all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::api_error::{ApiError, ApiErrorKind};
    use crate::domain::email::EmailAddress;
    use crate::domain::email_change::{EmailChangeReport, EmailChangeStatus, StartedEmailChange, StartedProgress};

    const START: i64 = 1_760_000_000;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(START + seconds).expect("a time")
    }

    fn facts(progress: StartedProgress) -> EmailFacts {
        let started = StartedEmailChange {
            account: "444455556666".parse().expect("an id"),
            old: "=old@example.com".into(),
            new: EmailAddress::parse("new@example.com").expect("an address"),
            by: Some("arn:aws:iam::111122223333:user/alice".into()),
            started: at(0),
            progress,
        };
        EmailFacts { started: Some(started), ..EmailFacts::default() }
    }

    fn reported(mut facts: EmailFacts, status: EmailChangeStatus, seconds: i64) -> Row {
        let report = EmailChangeReport { status, updated: Some(at(seconds)) };
        super::super::known::apply_report(&mut facts, Ok(report), at(seconds));
        Row::new("444455556666".parse().expect("an id"), None, facts)
    }

    fn json(row: &Row) -> serde_json::Value {
        let text = one(row, OneForm::Json, at(3600)).expect("json");
        serde_json::from_str(&text).expect("a value")
    }

    #[test]
    fn what_waits_says_until_when() {
        let row = reported(facts(StartedProgress::Pending), EmailChangeStatus::Pending, 1);
        let json = json(&row);
        assert_eq!((&json["status"], &json["account_name"]), (&"PENDING".into(), &serde_json::Value::Null));
        assert_eq!(json["expires"], at(24 * 3600).to_string());
        assert!(rows::table(&columns(at(3600)), &[row]).contains("23h 00m left"));
    }

    #[test]
    fn a_change_that_followed_ours_has_not_our_address() {
        let row = reported(facts(StartedProgress::Completed), EmailChangeStatus::Pending, 7200);
        let shown = json(&row);
        assert_eq!((&shown["status"], &shown["new_email"]), (&"PENDING".into(), &serde_json::Value::Null));
        assert_eq!((&shown["address_known"], &shown["started_elsewhere"]), (&false.into(), &true.into()));
        assert_eq!((&shown["expires"], &shown["expired"]), (&at(7200 + 24 * 3600).to_string().into(), &false.into()));
        assert!(row.is_of_somebody_else(at(7200)));
        let row = reported(facts(StartedProgress::Failed), EmailChangeStatus::Completed, 7200);
        assert_eq!(json(&row)["new_email"], serde_json::Value::Null);
        let row = reported(facts(StartedProgress::Completed), EmailChangeStatus::Completed, 60);
        assert_eq!(json(&row)["new_email"], "new@example.com");
    }

    #[test]
    fn what_could_not_be_read_passes_for_no_status() {
        let mut unread = facts(StartedProgress::Pending);
        let error = ApiError::new("account:GetPrimaryEmailUpdateStatus", ApiErrorKind::Timeout, "no answer");
        super::super::known::apply_report(&mut unread, Err(error), at(1));
        let row = Row::new("444455556666".parse().expect("an id"), None, unread);
        let shown = json(&row);
        assert_eq!((&shown["status"]["status"], &shown["new_email"]), (&"unknown".into(), &"new@example.com".into()));
        let csv = all(&[row], Form::Csv, at(3600)).expect("csv");
        assert!(
            csv.contains(",unknown,,,'=old@example.com,")
                && csv.contains(",account:GetPrimaryEmailUpdateStatus: no answer\n"),
            "{csv}"
        );
    }

    #[test]
    fn a_status_that_aws_added_is_shown_in_its_own_word_and_is_no_quiet_row() {
        let verifying = || EmailChangeStatus::from_wire("VERIFYING");
        for facts in [EmailFacts::default(), facts(StartedProgress::Pending)] {
            let row = reported(facts, verifying(), 1);
            assert!(!row.is_quiet(at(1)));
            assert_eq!(json(&row)["status"], "VERIFYING");
            assert!(rows::table(&columns(at(1)), &[row]).contains("  VERIFYING  "));
        }
        // Also when the time of our own one-time password has passed.
        let row = reported(facts(StartedProgress::Pending), verifying(), 25 * 3600);
        assert!(rows::table(&columns(at(25 * 3600)), &[row]).contains("  VERIFYING  "));
    }

    #[test]
    fn no_change_is_null() {
        let row = reported(EmailFacts::default(), EmailChangeStatus::None, 1);
        assert!(row.is_quiet(at(1)));
        assert_eq!(json(&row)["status"], serde_json::Value::Null);
    }
}
