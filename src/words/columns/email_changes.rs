//! The columns of email changes.

use jiff::Timestamp;

use crate::domain::account::AccountId;
use crate::domain::caller::short;
use crate::domain::email_change::{EmailChangeStatus, OTP_LIFETIME, StartedEmailChange};
use crate::domain::emails::{ChangeState, EmailFacts};
use crate::words::api_error::headline;
use crate::words::email::{NOT_CONFIRMED, state};
use crate::words::fields as f;
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
    pub(crate) fn expires(&self, now: Timestamp) -> Option<Timestamp> {
        let from = match self.facts.state(now) {
            ChangeState::Pending(started) | ChangeState::Unconfirmed(started) | ChangeState::Expired(started) => {
                Some(started.started)
            }
            // It has been PENDING since AWS updated it.
            ChangeState::AddressUnknown | ChangeState::AddressForgotten => self.updated(),
            _ => None,
        };
        from?.checked_add(OTP_LIFETIME).ok()
    }

    pub(crate) fn new_email(&self, now: Timestamp) -> Option<String> {
        self.started(now).map(|started| started.new.to_string())
    }

    /// Why it is not known.
    pub(crate) fn cause(&self) -> Option<&str> {
        self.cause.as_deref()
    }

    fn updated(&self) -> Option<Timestamp> {
        self.facts.report().and_then(|report| report.updated)
    }

    /// Whether this machine knows the new address; `None` without an open change.
    fn is_address_known(&self, now: Timestamp) -> Option<bool> {
        let is_open = self.cause.is_none() && self.facts.is_pending(now);
        is_open.then(|| self.started(now).is_some())
    }

    /// `None` without a change.
    fn is_started_elsewhere(&self, now: Timestamp) -> Option<bool> {
        if self.cause.is_some() || self.is_quiet(now) {
            return None;
        }
        let is_taken_over = self.started(now).is_some_and(|started| started.by.is_none());
        Some(is_taken_over || self.facts.is_alarm(now))
    }

    /// AWS's word for how it stands, or ours where it has none.
    pub(crate) fn word(&self, now: Timestamp) -> &str {
        if self.cause.is_some() { "unknown" } else { state(&self.facts.state(now)) }
    }

    /// Since when it stands like this: AWS's time of it, or when it was started.
    fn since(&self, now: Timestamp) -> Option<Timestamp> {
        self.updated().or_else(|| self.started(now).map(|started| started.started))
    }

    /// AWS's word for how it stands, null where there is no change.
    fn status(&self, now: Timestamp) -> Cell {
        if let Some(cause) = &self.cause {
            return Cell::Unknown(cause.clone());
        }
        match self.facts.state(now) {
            ChangeState::Quiet => Cell::Null,
            ChangeState::AddressUnknown | ChangeState::AddressForgotten => EmailChangeStatus::Pending.as_str().into(),
            ChangeState::Expired(_) => match self.facts.report().map(|report| &report.status) {
                Some(EmailChangeStatus::None) => Cell::Null,
                Some(status) => status.as_str().into(),
                None => EmailChangeStatus::Pending.as_str().into(),
            },
            ChangeState::Unconfirmed(_) => Cell::Unknown(NOT_CONFIRMED.to_owned()),
            other => state(&other).into(),
        }
    }
}

pub(crate) fn columns(now: Timestamp) -> Vec<Column<'static, Row>> {
    vec![
        Column::new(f::ACCOUNT_ID, |row: &Row| row.id.to_string()).head("ACCOUNT"),
        Column::new(f::ACCOUNT_NAME.or_null(), |row: &Row| row.name.clone()).head("NAME"),
        Column::new(f::CHANGE_STATUS.or_null().or_unknown(), move |row: &Row| row.status(now))
            .head("STATUS")
            .shown(move |row| row.word(now).to_owned()),
        Column::new(f::ADDRESS_KNOWN.or_null(), move |row: &Row| row.is_address_known(now)),
        Column::new(f::STARTED_ELSEWHERE.or_null(), move |row: &Row| row.is_started_elsewhere(now)),
        Column::table_only("TIME LEFT", move |row: &Row| row.expires(now).map(|at| left(at.duration_since(now)))),
        Column::new(f::OLD_EMAIL.or_null(), move |row: &Row| row.started(now).map(|started| started.old.clone())),
        Column::new(f::NEW_EMAIL.or_null(), move |row: &Row| row.started(now).map(|started| started.new.to_string()))
            .head("NEW EMAIL"),
        Column::table_only("SINCE", move |row: &Row| row.since(now)),
        Column::new(f::STARTED.or_null(), move |row: &Row| row.started(now).map(|started| started.started)),
        Column::new(f::STARTED_BY.or_null(), move |row: &Row| row.started(now).and_then(|started| started.by.clone()))
            .head("STARTED BY")
            .shown(move |row| {
                row.started(now).and_then(|started| started.by.as_deref()).map(short).unwrap_or_default()
            }),
        Column::new(f::EXPIRES.or_null(), move |row: &Row| row.expires(now)),
        Column::new(f::EXPIRED.or_null(), move |row: &Row| row.expires(now).map(|at| at <= now)),
        Column::new(f::UPDATED.or_null(), Row::updated),
        Column::csv_only(f::MESSAGE.name, |row: &Row| row.cause.clone()),
    ]
}
