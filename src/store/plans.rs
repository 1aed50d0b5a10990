//! Bulk plans of email changes: what was confirmed, and how far each of its changes is.
//!
//! Several rootdecks may work on one plan, and each may end at any moment. An item is therefore only ever moved from
//! the state, and the time, in which it was seen: of two that claim it, one gets it.

use jiff::Timestamp;
use rusqlite::{Connection, Row, params};

use super::{ScopedStore, row};
use crate::domain::api_error::ApiError;
use crate::domain::email_plan::{EmailPlan, ItemState, NewPlan, PlanId, PlanItem};
use crate::domain::records::PlanRecords;

impl PlanRecords for ScopedStore {
    fn save_plan(&self, plan: &NewPlan, at: Timestamp, by: &str) -> Result<PlanId, ApiError> {
        self.write(|transaction, binding| {
            let open = transaction
                .query_row(
                    "SELECT max(plan.id) FROM plan JOIN plan_item ON plan_item.plan = plan.id
                     WHERE binding = ?1 AND source = ?2 AND source LIKE '/%' AND state IN ('waiting', 'sending', 'unknown')",
                    params![binding, plan.source],
                    |found| found.get::<_, Option<i64>>(0),
                )?;
            if let Some(id) = open {
                return Ok(PlanId(id));
            }
            transaction.execute(
                "INSERT INTO plan (binding, at, caller, source, reason) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![binding, at.to_string(), by, plan.source, plan.reason],
            )?;
            let id = transaction.last_insert_rowid();
            for item in &plan.items {
                insert(transaction, id, item)?;
            }
            Ok(PlanId(id))
        })
    }

    fn plans(&self, recent: usize) -> Result<Vec<EmailPlan>, ApiError> {
        let recent = i64::try_from(recent).unwrap_or(i64::MAX);
        self.read_plans(
            "WITH known AS (
                SELECT *, EXISTS (SELECT 1 FROM plan_item WHERE plan_item.plan = plan.id
                                  AND state IN ('waiting', 'sending', 'unknown')) AS open
                FROM plan WHERE binding = ?1)
             SELECT * FROM known WHERE open
                OR id IN (SELECT id FROM known WHERE NOT open ORDER BY id DESC LIMIT ?2)
             ORDER BY id DESC",
            recent,
        )
    }

    fn plan(&self, id: PlanId) -> Result<Option<EmailPlan>, ApiError> {
        Ok(self.read_plans("SELECT * FROM plan WHERE binding = ?1 AND id = ?2", id.0)?.pop())
    }

    fn drop_plan(&self, before: &EmailPlan) -> Result<bool, ApiError> {
        self.write(|transaction, binding| {
            let is_ours = transaction
                .prepare_cached("SELECT 1 FROM plan WHERE binding = ?1 AND id = ?2")?
                .exists(params![binding, before.id.0])?;
            if !is_ours || items(transaction, before.id)? != before.items {
                return Ok(false);
            }
            transaction.execute("DELETE FROM plan_item WHERE plan = ?1", [before.id.0])?;
            transaction.execute("DELETE FROM plan WHERE id = ?1", [before.id.0])?;
            Ok(true)
        })
    }

    fn move_item(&self, plan: PlanId, before: &PlanItem, after: &PlanItem) -> Result<bool, ApiError> {
        self.write(|transaction, binding| {
            let moved = transaction.execute(
                "UPDATE plan_item SET state = ?1, at = ?2, code = ?3, message = ?4, request_id = ?5
                 WHERE plan = ?6 AND line = ?7 AND state = ?8 AND at IS ?9
                   AND plan IN (SELECT id FROM plan WHERE binding = ?10)",
                params![
                    after.state.as_str(),
                    after.at.map(|at| at.to_string()),
                    after.code,
                    after.message,
                    after.request_id,
                    plan.0,
                    number(before.line),
                    before.state.as_str(),
                    before.at.map(|at| at.to_string()),
                    binding,
                ],
            )?;
            Ok(moved == 1)
        })
    }
}

impl ScopedStore {
    fn read_plans(&self, sql: &str, second: i64) -> Result<Vec<EmailPlan>, ApiError> {
        self.read(|transaction, binding| {
            let mut plans: Vec<EmailPlan> =
                transaction.prepare_cached(sql)?.query_map([binding, second], plan)?.collect::<Result<_, _>>()?;
            for plan in &mut plans {
                plan.items = items(transaction, plan.id)?;
            }
            Ok(plans)
        })
    }
}

fn number(line: u64) -> i64 {
    i64::try_from(line).unwrap_or(i64::MAX)
}

fn insert(connection: &Connection, plan: i64, item: &PlanItem) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO plan_item (plan, line, account, old_email, new_email, state, at, code, message, request_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            plan,
            number(item.line),
            item.account.to_string(),
            item.old,
            item.new.as_str(),
            item.state.as_str(),
            item.at.map(|at| at.to_string()),
            item.code,
            item.message,
            item.request_id,
        ])?;
    Ok(())
}

fn plan(found: &Row<'_>) -> rusqlite::Result<EmailPlan> {
    Ok(EmailPlan {
        id: PlanId(found.get("id")?),
        at: row::parsed(found, "at")?,
        by: row::text(found, "caller")?,
        source: row::text(found, "source")?,
        reason: row::optional_text(found, "reason")?,
        items: Vec::new(),
    })
}

fn items(connection: &Connection, plan: PlanId) -> rusqlite::Result<Vec<PlanItem>> {
    connection
        .prepare_cached("SELECT * FROM plan_item WHERE plan = ?1 ORDER BY line")?
        .query_map([plan.0], item)?
        .collect()
}

fn item(found: &Row<'_>) -> rusqlite::Result<PlanItem> {
    let line: i64 = found.get("line")?;
    Ok(PlanItem {
        line: u64::try_from(line).unwrap_or(0),
        account: row::parsed(found, "account")?,
        old: row::text(found, "old_email")?,
        new: row::email(found, "new_email")?,
        state: row::word(found, "state", ItemState::from_word)?,
        at: row::optional(found, "at")?,
        code: row::optional_text(found, "code")?,
        message: row::optional_text(found, "message")?,
        request_id: row::optional_text(found, "request_id")?,
    })
}

#[cfg(test)]
#[path = "plans_tests.rs"]
mod tests;
