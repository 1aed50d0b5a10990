//! The columns of email changes.

use jiff::Timestamp;

use crate::domain::account::AccountId;
use crate::domain::caller::short;
use crate::domain::email_change::{OTP_LIFETIME, StartedEmailChange};
use crate::domain::emails::{ChangeState, EmailFacts};
use crate::words::api_error::headline;
use crate::words::email::{state, status_value};
use crate::words::rows::{Cell, Column};
use crate::words::time::left;

#[derive(Debug)]
pub(crate) struct Row {
    id: AccountId,
    /// Unless the account is not listed any more.
    name: Option<String>,
    facts: EmailFacts,
    cause: Option<String>,
}

impl Row {
    /// What is known of the change of an account; unknown if AWS was asked and did not tell.
    pub(crate) fn new(id: AccountId, name: Option<String>, facts: EmailFacts) -> Self {
        let cause = facts.change.error().map(headline);
        Self { id, name, facts, cause }
    }

    /// The same, if it is not known for this reason what became of it.
    pub(crate) fn unknown(self, cause: String) -> Self {
        Self { cause: Some(cause), ..self }
    }

    pub(crate) fn is_quiet(&self, now: Timestamp) -> bool {
        self.cause.is_none() && self.facts.state(now) == ChangeState::Quiet
    }

    pub(crate) fn is_of_somebody_else(&self, now: Timestamp) -> bool {
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

pub(crate) fn columns(now: Timestamp) -> Vec<Column<'static, Row>> {
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
