//! How email changes stand, as rows for people and programs.

use std::io;

use jiff::Timestamp;

use crate::cli::arguments::{Form, OneForm};
use crate::cli::context::CommandContext;
use crate::cli::error::Done;
use crate::cli::output;
use crate::cli::rows::{self, Cell, Column};
use crate::domain::account::{Account, AccountId};
use crate::domain::caller::short;
use crate::domain::email_change::{OTP_LIFETIME, StartedEmailChange};
use crate::domain::emails::{ChangeState, EmailFacts};
use crate::words::api_error::headline;
use crate::words::email::{state, status_value};
use crate::words::time::left;

#[derive(Debug)]
pub(super) struct Row {
    id: AccountId,
    /// Unless the account is not listed any more.
    name: Option<String>,
    facts: EmailFacts,
    cause: Option<String>,
}

impl Row {
    /// What is known of the change of an account; unknown if AWS was asked and did not tell.
    pub(super) fn new(id: AccountId, listed: Option<&Account>, facts: EmailFacts) -> Self {
        let cause = facts.change.error().map(headline);
        Self { id, name: listed.map(|account| account.name.clone()), facts, cause }
    }

    /// The same, if it is not known for this reason what became of it.
    pub(super) fn unknown(self, cause: String) -> Self {
        Self { cause: Some(cause), ..self }
    }

    pub(super) fn is_quiet(&self, now: Timestamp) -> bool {
        self.cause.is_none() && self.facts.state(now) == ChangeState::Quiet
    }

    pub(super) fn is_of_somebody_else(&self, now: Timestamp) -> bool {
        self.cause.is_none() && self.facts.state(now) == ChangeState::AddressUnknown
    }

    /// The change that was started from here, where this is how it stands.
    fn started(&self, now: Timestamp) -> Option<&StartedEmailChange> {
        let ours = self.facts.started.as_ref()?;
        let is_so = match self.facts.state(now) {
            ChangeState::Pending(_) | ChangeState::Unconfirmed(_) | ChangeState::Expired(_) => true,
            ChangeState::OtherStatus(_, started) => started.is_some(),
            ChangeState::AddressUnknown | ChangeState::AddressForgotten | ChangeState::Quiet => false,
            // Once ours is over, another may have followed it.
            ChangeState::Accepted | ChangeState::Failed | ChangeState::Completed => {
                let report = self.facts.report();
                report.is_none_or(|report| ours.progress.after(&report.status) == ours.progress)
            }
        };
        is_so.then_some(ours)
    }

    /// When its one-time password ends to be good, while one is awaited.
    fn expires(&self, now: Timestamp) -> Option<Timestamp> {
        match self.facts.state(now) {
            ChangeState::Pending(started) | ChangeState::Unconfirmed(started) | ChangeState::Expired(started) => {
                started.started.checked_add(OTP_LIFETIME).ok()
            }
            _ => None,
        }
    }

    /// AWS's word for how it stands, or ours where it has none.
    fn word(&self, now: Timestamp) -> &str {
        if self.cause.is_some() { "unknown" } else { state(&self.facts.state(now)) }
    }

    /// Since when it stands like this: AWS's time of it, or when it was started.
    fn since(&self, now: Timestamp) -> Option<Timestamp> {
        let updated = self.facts.report().and_then(|report| report.updated);
        updated.or_else(|| self.started(now).map(|started| started.started))
    }

    /// The same, null where there is no change.
    fn status(&self, now: Timestamp) -> Cell {
        match &self.cause {
            Some(cause) => Cell::Unknown(cause.clone()),
            None if self.is_quiet(now) => Cell::Null,
            None => status_value(&self.facts.state(now)).into(),
        }
    }
}

fn columns(now: Timestamp) -> Vec<Column<'static, Row>> {
    vec![
        Column::new("account_id", |row: &Row| row.id.to_string()).json_name("id").head("ACCOUNT"),
        Column::new("name", |row: &Row| row.name.clone()).head("NAME"),
        Column::new("status", move |row: &Row| row.status(now))
            .head("STATUS")
            .shown(move |row| row.word(now).to_owned()),
        Column::csv_only("cause", |row: &Row| row.cause.clone()),
        Column::table_only("TIME LEFT", move |row: &Row| row.expires(now).map(|at| left(at.duration_since(now)))),
        Column::new("old_email", move |row: &Row| row.started(now).map(|started| started.old.clone())),
        Column::new("new_email", move |row: &Row| row.started(now).map(|started| started.new.to_string()))
            .head("NEW EMAIL"),
        Column::table_only("SINCE", move |row: &Row| row.since(now)),
        Column::new("started", move |row: &Row| row.started(now).map(|started| started.started)),
        Column::new("started_by", move |row: &Row| {
            row.started(now).map(|started| started.by.clone().unwrap_or_default())
        })
        .head("STARTED BY")
        .shown(move |row| row.started(now).and_then(|started| started.by.as_deref()).map(short).unwrap_or_default()),
        Column::new("expires", move |row: &Row| row.expires(now)),
        Column::new("updated", |row: &Row| row.facts.report().and_then(|report| report.updated)),
    ]
}

pub(super) fn deliver(context: &CommandContext, account: &Account, facts: EmailFacts, form: OneForm) -> Done {
    output::deliver(one(&Row::new(account.id, Some(account), facts), form, context.engine.now()))
}

pub(super) fn one(row: &Row, form: OneForm, now: Timestamp) -> io::Result<String> {
    match form {
        OneForm::Table => Ok(rows::table(&columns(now), [row])),
        OneForm::Json => rows::object(&columns(now), row),
    }
}

pub(super) fn all(all: &[Row], form: Form, now: Timestamp) -> io::Result<String> {
    rows::write(form, &columns(now), all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::api_error::{ApiError, ApiErrorKind};
    use crate::domain::email::EmailAddress;
    use crate::domain::email_change::{EmailChangeReport, EmailChangeStatus, StartedProgress};

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
        assert_eq!((&json["status"], &json["name"]), (&"PENDING".into(), &serde_json::Value::Null));
        assert_eq!(json["expires"], at(24 * 3600).to_string());
        assert!(rows::table(&columns(at(3600)), &[row]).contains("23h 00m left"));
    }

    #[test]
    fn a_change_that_followed_ours_has_not_our_address() {
        let row = reported(facts(StartedProgress::Completed), EmailChangeStatus::Pending, 7200);
        let shown = json(&row);
        assert_eq!((&shown["status"], &shown["new_email"]), (&"UNKNOWN ADDRESS".into(), &serde_json::Value::Null));
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
        assert!(csv.contains(",unknown,account:GetPrimaryEmailUpdateStatus: no answer,'=old@example.com,"), "{csv}");
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
        assert_eq!(row.word(at(25 * 3600)), "VERIFYING");
    }

    #[test]
    fn no_change_is_null() {
        let row = reported(EmailFacts::default(), EmailChangeStatus::None, 1);
        assert!(row.is_quiet(at(1)));
        assert_eq!(json(&row)["status"], serde_json::Value::Null);
    }
}
