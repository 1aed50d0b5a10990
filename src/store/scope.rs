//! Whose records are read and written.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::error::problem;
use super::handle::Store;
use super::row;
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiError;
use crate::domain::client_error::StoreProblem;
use crate::domain::journal::Binding;
use crate::domain::records::Records;

/// The store as one run uses it: found by profile and endpoint, then bound to the organization. Clones share that.
///
/// Before [`ScopedStore::bind`], reads give what belongs to the organization of the last run with this profile and
/// endpoint, and writes are refused.
#[derive(Clone, Debug)]
pub struct ScopedStore {
    pub(super) store: Store,
    profile: String,
    endpoint: String,
    session: Arc<Mutex<Session>>,
}

#[derive(Debug, Default)]
pub(super) struct Session {
    bound: Bound,
    /// The starts recorded by this run whose answer is still out, by row.
    pub(super) unanswered: BTreeMap<AccountId, i64>,
}

#[derive(Clone, Copy, Debug, Default)]
enum Bound {
    #[default]
    NotYet,
    To(i64),
    /// The organization is known and could not be recorded. Records of an earlier run may be another one's.
    Failed,
}

impl Store {
    /// The part of the store for a profile and an endpoint, as known before AWS has answered. `endpoint` is `None` for
    /// AWS's own. User names, passwords and queries in it are not stored.
    #[must_use]
    pub fn scope(&self, profile: Option<&str>, endpoint: Option<&str>) -> ScopedStore {
        ScopedStore::new(self.clone(), profile, endpoint)
    }
}

impl Records for ScopedStore {
    fn lasting(&self) -> Result<(), ApiError> {
        self.store.trouble().map_or(Ok(()), |trouble| Err(trouble.clone()))
    }

    fn take_away_old(&self, now: Timestamp) {
        let Some(retention) = self.store.retention() else { return };
        if let Err(error) = self.store.take_away_old(retention, now) {
            tracing::warn!(message = error.message, "what is old could not be taken away");
        }
    }

    fn bind(&self, binding: &Binding) -> Result<(), ApiError> {
        let done = self.store.with(|connection| self.remember(connection, binding));
        self.session().bound = done.as_ref().map_or(Bound::Failed, |id| Bound::To(*id));
        done.map(|_| ())
    }
}

impl ScopedStore {
    pub(super) fn new(store: Store, profile: Option<&str>, endpoint: Option<&str>) -> Self {
        let profile = profile.unwrap_or_default().to_owned();
        let endpoint = endpoint.map(endpoint_key).unwrap_or_default();
        Self { store, profile, endpoint, session: Arc::default() }
    }

    /// What an earlier run with this profile and endpoint was bound to last.
    pub fn last_binding(&self) -> Result<Option<Binding>, ApiError> {
        self.store.with(|connection| {
            let found = connection
                .prepare_cached(
                    "SELECT partition, organization FROM scope JOIN binding ON binding.id = scope.binding
                     WHERE scope.profile = ?1 AND scope.endpoint = ?2",
                )?
                .query_row(params![self.profile, self.endpoint], |found| {
                    Ok(Binding {
                        partition: row::text(found, "partition")?,
                        organization: row::text(found, "organization")?,
                    })
                })
                .optional()?;
            Ok(found)
        })
    }

    fn remember(&self, connection: &mut Connection, binding: &Binding) -> Result<i64, ApiError> {
        let key = params![binding.partition, binding.organization, self.endpoint];
        // Most runs find what the last one left; they need no write.
        let known: Option<i64> = connection
            .query_row(
                "SELECT binding.id FROM scope JOIN binding ON binding.id = scope.binding
                 WHERE partition = ?1 AND organization = ?2 AND binding.endpoint = ?3
                   AND scope.endpoint = ?3 AND profile = ?4",
                params![binding.partition, binding.organization, self.endpoint, self.profile],
                |found| found.get(0),
            )
            .optional()?;
        if let Some(id) = known {
            return Ok(id);
        }
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute(
            "INSERT INTO binding (partition, organization, endpoint) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            key,
        )?;
        let id: i64 = transaction.query_row(
            "SELECT id FROM binding WHERE partition = ?1 AND organization = ?2 AND endpoint = ?3",
            key,
            |found| found.get(0),
        )?;
        transaction.execute(
            "INSERT INTO scope (profile, endpoint, binding) VALUES (?1, ?2, ?3)
             ON CONFLICT DO UPDATE SET binding = excluded.binding",
            params![self.profile, self.endpoint, id],
        )?;
        transaction.commit()?;
        Ok(id)
    }

    pub(super) fn session(&self) -> MutexGuard<'_, Session> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn for_writing(&self) -> Result<i64, ApiError> {
        match self.session().bound {
            Bound::To(id) => Ok(id),
            Bound::NotYet | Bound::Failed => Err(problem(StoreProblem::NotBound)),
        }
    }

    /// Reads one state of the records, whatever another rootdeck does meanwhile; nothing before the first run.
    pub(super) fn read<T: Default>(
        &self,
        work: impl FnOnce(&Transaction<'_>, i64) -> rusqlite::Result<T>,
    ) -> Result<T, ApiError> {
        self.store.with(|connection| {
            let transaction = connection.transaction()?;
            match self.for_reading(&transaction)? {
                Some(binding) => Ok(work(&transaction, binding)?),
                None => Ok(T::default()),
            }
        })
    }

    pub(super) fn write<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>, i64) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        let binding = self.for_writing()?;
        self.store.with(|connection| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = work(&transaction, binding)?;
            transaction.commit()?;
            Ok(done)
        })
    }

    fn for_reading(&self, connection: &Connection) -> Result<Option<i64>, ApiError> {
        let bound = self.session().bound;
        match bound {
            Bound::To(id) => Ok(Some(id)),
            Bound::NotYet => Ok(connection
                .prepare_cached("SELECT binding FROM scope WHERE profile = ?1 AND endpoint = ?2")?
                .query_row(params![self.profile, self.endpoint], |found| found.get(0))
                .optional()?),
            Bound::Failed => Err(problem(StoreProblem::BindingFailed)),
        }
    }
}

/// An endpoint as it is stored: without user name, password and query, and the differences that don't matter.
fn endpoint_key(url: &str) -> String {
    let url = url.trim();
    let url = url.split(['?', '#']).next().unwrap_or(url);
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = authority.rsplit('@').next().unwrap_or(authority);
    let key = format!("{}://{}/{path}", scheme.to_ascii_lowercase(), host.to_ascii_lowercase());
    key.trim_end_matches('/').to_owned()
}

#[cfg(test)]
#[path = "scope_tests.rs"]
mod tests;
