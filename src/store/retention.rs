//! What is old enough is taken away: what is over, and what was listed long ago. The journal stays.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, ErrorCode, TransactionBehavior};

use super::handle::{Retention, Store};
use super::open::BUSY_SECONDS;
use crate::domain::api_error::ApiError;
use crate::domain::email_change::OTP_LIFETIME;

/// What is over since before `?1`: changes that ended, and those whose one-time password can't be accepted any more. An
/// accepted one goes as well, since AWS takes hours for it, not weeks.
const FINISHED: &str = "FROM started WHERE at < ?1";
/// Plans without an open item whose last item is as old.
const PLANS: &str = "FROM plan WHERE at < ?1 AND NOT EXISTS (
        SELECT 1 FROM plan_item WHERE plan = plan.id AND (state IN ('waiting', 'sending') OR coalesce(plan_item.at, '') >= ?1))";
const LISTINGS: &str = "FROM listing WHERE at < ?1";
const LISTED: &str = "FROM listed WHERE binding IN (SELECT binding FROM listing WHERE at < ?1)";
const UNFINISHED_LISTINGS: &str = "FROM unfinished_listing WHERE added < ?1";
const UNFINISHED_LISTED: &str =
    "FROM unfinished_listed WHERE binding IN (SELECT binding FROM unfinished_listing WHERE added < ?1)";
const FINDINGS: &str = "FROM finding WHERE at < ?1";
const AUDITS: &str = "FROM audit WHERE at < ?1";
const PAST_AUDITS: &str = "FROM audit_history WHERE until < ?1";

impl Store {
    /// Deletes what is past its retention, of all organizations; whether there was any. Never an open email change, an
    /// alarm or an unfinished plan. While another rootdeck writes nothing happens: there is another start.
    pub(crate) fn take_away_old(&self, retention: Retention, now: Timestamp) -> Result<bool, ApiError> {
        self.with(|connection| {
            // The first frame waits for this.
            connection.busy_timeout(Duration::ZERO)?;
            let done = take_away(connection, &Limits::of(retention, now));
            connection.busy_timeout(Duration::from_secs(BUSY_SECONDS))?;
            match done {
                Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => Ok(false),
                done => Ok(done?),
            }
        })
    }
}

struct Limits {
    finished: String,
    listing: String,
    history: String,
}

impl Limits {
    fn of(retention: Retention, now: Timestamp) -> Self {
        let days = |days: u32| SignedDuration::from_hours(24 * i64::from(days));
        // A change is open for as long as its one-time password is good.
        let finished = days(retention.finished_days).max(OTP_LIFETIME);
        let before = |span: SignedDuration| now.saturating_sub(span).unwrap_or(Timestamp::MIN).to_string();
        Self {
            finished: before(finished),
            listing: before(days(retention.listing_days)),
            history: before(days(retention.history_days)),
        }
    }

    /// What goes, what refers to others first, and the time that counts.
    fn rules(&self) -> [(&'static str, &String); 9] {
        [
            (FINISHED, &self.finished),
            (PLANS, &self.finished),
            (FINDINGS, &self.listing),
            (AUDITS, &self.listing),
            (PAST_AUDITS, &self.history),
            (UNFINISHED_LISTED, &self.listing),
            (UNFINISHED_LISTINGS, &self.listing),
            (LISTED, &self.listing),
            (LISTINGS, &self.listing),
        ]
    }
}

fn take_away(connection: &mut Connection, limits: &Limits) -> rusqlite::Result<bool> {
    // Most starts find nothing; they need no write.
    if !is_due(connection, limits)? {
        return Ok(false);
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for (rule, limit) in limits.rules() {
        transaction.execute(&format!("DELETE {rule}"), [limit])?;
    }
    transaction.commit()?;
    Ok(true)
}

fn is_due(connection: &Connection, limits: &Limits) -> rusqlite::Result<bool> {
    for (rule, limit) in limits.rules() {
        if connection.query_row(&format!("SELECT EXISTS (SELECT 1 {rule})"), [limit], |found| found.get(0))? {
            return Ok(true);
        }
    }
    Ok(false)
}

#[cfg(test)]
#[path = "retention_tests.rs"]
mod tests;
