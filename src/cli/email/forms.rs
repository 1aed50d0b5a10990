//! How email changes stand, as rows for people and programs.

use std::io;

use jiff::Timestamp;

use crate::app::emails::{ChangeStanding, EmailFacts};
use crate::cli::arguments::{Form, OneForm};
use crate::cli::rows::{self, Told};
use crate::domain::account::{Account, AccountId};
use crate::domain::caller::short;
use crate::domain::email_change::{OTP_LIFETIME, StartedEmailChange};
use crate::words::email::standing;
use crate::words::fault::headline;
use crate::words::time::left;
use crate::words::time::utc_second;

/// The change of an account.
#[derive(Debug)]
pub(super) struct Row {
    id: AccountId,
    /// Unless the account is not listed any more.
    name: Option<String>,
    facts: EmailFacts,
    /// Why it is not known how it stands.
    cause: Option<String>,
}

impl Row {
    /// What is known of the change of an account; unknown if AWS was asked and did not tell.
    pub(super) fn new(id: AccountId, listed: Option<&Account>, facts: EmailFacts) -> Self {
        let cause = facts.change.state().fault().map(headline);
        Self { id, name: listed.map(|account| account.name.clone()), facts, cause }
    }

    /// The same, if it is not known for this reason what became of it.
    pub(super) fn unknown(self, cause: String) -> Self {
        Self { cause: Some(cause), ..self }
    }

    /// Whether there is no change that would matter.
    pub(super) fn is_quiet(&self, now: Timestamp) -> bool {
        self.cause.is_none() && self.facts.standing(now) == ChangeStanding::Quiet
    }

    /// Whether somebody else has started it.
    pub(super) fn is_of_somebody_else(&self, now: Timestamp) -> bool {
        self.cause.is_none() && self.facts.standing(now) == ChangeStanding::AddressUnknown
    }

    /// The change that was started from here, where this is how it stands.
    fn started(&self, now: Timestamp) -> Option<&StartedEmailChange> {
        let ours = self.facts.started.as_ref()?;
        let is_so = match self.facts.standing(now) {
            ChangeStanding::Pending(_) | ChangeStanding::Unconfirmed(_) | ChangeStanding::Expired(_) => true,
            ChangeStanding::OtherStatus(_, started) => started.is_some(),
            ChangeStanding::AddressUnknown | ChangeStanding::Quiet => false,
            // Once ours is over, another may have followed it.
            ChangeStanding::Accepted | ChangeStanding::Failed | ChangeStanding::Completed => {
                let report = self.facts.report();
                report.is_none_or(|report| ours.progress.after(&report.status) == ours.progress)
            }
        };
        is_so.then_some(ours)
    }

    /// When its one-time password ends to be good, while one is awaited.
    fn expires(&self, now: Timestamp) -> Option<Timestamp> {
        match self.facts.standing(now) {
            ChangeStanding::Pending(started)
            | ChangeStanding::Unconfirmed(started)
            | ChangeStanding::Expired(started) => started.started.checked_add(OTP_LIFETIME).ok(),
            _ => None,
        }
    }

    /// AWS's word for how it stands, or ours where it has none.
    fn word(&self, now: Timestamp) -> &str {
        if self.cause.is_some() { "unknown" } else { standing(&self.facts.standing(now)) }
    }

    /// Since when it stands like this: AWS's time of it, or when it was started.
    fn since(&self, now: Timestamp) -> Option<Timestamp> {
        let updated = self.facts.report().and_then(|report| report.updated);
        updated.or_else(|| self.started(now).map(|started| started.started))
    }

    fn cells(&self, now: Timestamp) -> Vec<String> {
        let remaining = self.expires(now).map(|at| left(at.duration_since(now)));
        let started = self.started(now);
        vec![
            self.id.to_string(),
            self.name.clone().unwrap_or_default(),
            self.word(now).to_owned(),
            remaining.unwrap_or_default(),
            started.map(|started| started.new.to_string()).unwrap_or_default(),
            self.since(now).map(|at| format!("{at:.0}")).unwrap_or_default(),
            started.and_then(|started| started.by.as_deref()).map(short).unwrap_or_default(),
        ]
    }
}

#[derive(serde::Serialize)]
struct RowJson<'a> {
    id: String,
    name: Option<&'a str>,
    /// Null if there is no change.
    status: Option<Told<'a>>,
    old_email: Option<&'a str>,
    new_email: Option<&'a str>,
    #[serde(serialize_with = "crate::cli::rows::seconds")]
    started: Option<Timestamp>,
    started_by: Option<&'a str>,
    #[serde(serialize_with = "crate::cli::rows::seconds")]
    expires: Option<Timestamp>,
    /// AWS's time of the status.
    #[serde(serialize_with = "crate::cli::rows::seconds")]
    updated: Option<Timestamp>,
}

impl<'a> RowJson<'a> {
    fn of(row: &'a Row, now: Timestamp) -> Self {
        let started = row.started(now);
        let status = match &row.cause {
            Some(cause) => Some(Told::unknown(cause)),
            None if row.is_quiet(now) => None,
            None => Some(Told::Known(row.word(now))),
        };
        Self {
            id: row.id.to_string(),
            name: row.name.as_deref(),
            status,
            old_email: started.map(|started| started.old.as_str()),
            new_email: started.map(|started| started.new.as_str()),
            started: started.map(|started| started.started),
            started_by: started.map(|started| started.by.as_deref().unwrap_or_default()),
            expires: row.expires(now),
            updated: row.facts.report().and_then(|report| report.updated),
        }
    }
}

/// One change.
pub(super) fn one(row: &Row, form: OneForm, now: Timestamp) -> io::Result<String> {
    match form {
        OneForm::Table => Ok(table(std::slice::from_ref(row), now)),
        OneForm::Json => rows::json(&RowJson::of(row, now)),
    }
}

/// Several.
pub(super) fn all(rows: &[Row], form: Form, now: Timestamp) -> io::Result<String> {
    match form {
        Form::Table => Ok(table(rows, now)),
        Form::Json => rows::json(&rows.iter().map(|row| RowJson::of(row, now)).collect::<Vec<_>>()),
        Form::Csv => {
            let head = [
                "account_id",
                "name",
                "status",
                "cause",
                "old_email",
                "new_email",
                "started",
                "started_by",
                "expires",
                "updated",
            ];
            rows::csv(&head, rows.iter().map(|row| csv_cells(row, now)))
        }
    }
}

fn table(rows: &[Row], now: Timestamp) -> String {
    let head = ["ACCOUNT", "NAME", "STATUS", "TIME LEFT", "NEW EMAIL", "SINCE", "STARTED BY"];
    rows::columns(&head, rows.iter().map(|row| row.cells(now)).collect())
}

fn csv_cells(row: &Row, now: Timestamp) -> Vec<String> {
    let json = RowJson::of(row, now);
    let time = |at: Option<Timestamp>| at.map(utc_second).unwrap_or_default();
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let status = if json.status.is_some() { row.word(now) } else { "" };
    vec![
        json.id,
        text(json.name),
        status.to_owned(),
        text(row.cause.as_deref()),
        text(json.old_email),
        text(json.new_email),
        time(json.started),
        text(json.started_by),
        time(json.expires),
        time(json.updated),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::email::EmailAddress;
    use crate::domain::email_change::{EmailChangeReport, EmailChangeStatus, StartedProgress};
    use crate::domain::fault::{Fault, FaultKind};

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

    fn told(mut facts: EmailFacts, status: EmailChangeStatus, seconds: i64) -> Row {
        let report = EmailChangeReport { status, updated: Some(at(seconds)) };
        super::super::known::take_report(&mut facts, Ok(report), at(seconds));
        Row::new("444455556666".parse().expect("an id"), None, facts)
    }

    fn json(row: &Row) -> serde_json::Value {
        let text = one(row, OneForm::Json, at(3600)).expect("json");
        serde_json::from_str(&text).expect("a value")
    }

    #[test]
    fn what_waits_says_until_when() {
        let row = told(facts(StartedProgress::Pending), EmailChangeStatus::Pending, 1);
        let json = json(&row);
        assert_eq!((&json["status"], &json["name"]), (&"PENDING".into(), &serde_json::Value::Null));
        assert_eq!(json["expires"], at(24 * 3600).to_string());
        assert!(table(&[row], at(3600)).contains("23h 00m left"));
    }

    #[test]
    fn a_change_that_followed_ours_has_not_our_address() {
        let row = told(facts(StartedProgress::Completed), EmailChangeStatus::Pending, 7200);
        let shown = json(&row);
        assert_eq!((&shown["status"], &shown["new_email"]), (&"UNKNOWN ADDRESS".into(), &serde_json::Value::Null));
        assert!(row.is_of_somebody_else(at(7200)));
        let row = told(facts(StartedProgress::Failed), EmailChangeStatus::Completed, 7200);
        assert_eq!(json(&row)["new_email"], serde_json::Value::Null);
        let row = told(facts(StartedProgress::Completed), EmailChangeStatus::Completed, 60);
        assert_eq!(json(&row)["new_email"], "new@example.com");
    }

    #[test]
    fn what_could_not_be_read_passes_for_no_status() {
        let mut unread = facts(StartedProgress::Pending);
        let fault = Fault::new("account:GetPrimaryEmailUpdateStatus", FaultKind::Timeout, "no answer");
        super::super::known::take_report(&mut unread, Err(fault), at(1));
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
            let row = told(facts, verifying(), 1);
            assert!(!row.is_quiet(at(1)));
            assert_eq!(json(&row)["status"], "VERIFYING");
            assert!(table(&[row], at(1)).contains("  VERIFYING  "));
        }
        // Also when the time of our own one-time password has passed.
        let row = told(facts(StartedProgress::Pending), verifying(), 25 * 3600);
        assert_eq!(row.word(at(25 * 3600)), "VERIFYING");
    }

    #[test]
    fn no_change_is_null() {
        let row = told(EmailFacts::default(), EmailChangeStatus::None, 1);
        assert!(row.is_quiet(at(1)));
        assert_eq!(json(&row)["status"], serde_json::Value::Null);
    }
}
