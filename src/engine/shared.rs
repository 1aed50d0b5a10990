//! The engine itself: what its clones share, and what every part of it needs.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use jiff::Timestamp;
use tokio::sync::oneshot;

use super::awaited_looks::AwaitedLooks;
use super::journal_lines::JournalLines;
use super::root::{Sessions, UnkeptAudits};
use crate::aws::clients::Clients;
use crate::aws::session::Session;
use crate::domain::account::{Account, AccountId};
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::caller::{Caller, OrgRole};
use crate::domain::client_error::{ClientError, Work};
use crate::domain::held_accounts::HeldAccounts;
use crate::domain::organization::Organization;
use crate::domain::permit::{Facts, Rules};
use crate::domain::quota::Priority;
use crate::domain::records::Records;

pub(super) type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Runs reads and writes. Cheap to clone; clones share what they know.
#[derive(Clone)]
pub struct Engine(pub(super) Arc<Inner>, Arc<Session>);

pub(super) struct Inner {
    pub(super) rules: Rules,
    pub(super) records: Arc<dyn Records>,
    pub(super) known: Mutex<Knowledge>,
    pub(super) held: HeldAccounts,
    pub(super) sessions: Sessions,
    pub(super) journal: JournalLines,
    pub(super) looks: AwaitedLooks,
    pub(super) unkept: UnkeptAudits,
    /// Why this run of the program looks into member accounts.
    reason: OnceLock<String>,
}

#[derive(Debug, Default)]
pub(super) struct Knowledge {
    pub(super) organization: Option<Organization>,
    pub(super) org_role: Option<OrgRole>,
    /// A member account, for questions that have to name one.
    pub(super) member: Option<AccountId>,
    pub(super) bound: bool,
    /// Why the last listing was not stored, if so.
    pub(super) unkept: Option<ApiError>,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").field("caller", self.caller()).field("rules", &self.0.rules).finish_non_exhaustive()
    }
}

impl Engine {
    /// Runs on `session`, within `rules`, and keeps what must be kept in `records`.
    pub fn new(session: Session, rules: Rules, records: Arc<dyn Records>) -> Self {
        Self::sharing(HeldAccounts::default(), session, rules, records)
    }

    /// As [`Engine::new`]. Its listings share the accounts in `held` that have not changed.
    pub(crate) fn sharing(held: HeldAccounts, session: Session, rules: Rules, records: Arc<dyn Records>) -> Self {
        let inner = Inner {
            rules,
            records,
            known: Mutex::default(),
            held,
            sessions: Sessions::default(),
            journal: JournalLines::default(),
            looks: AwaitedLooks::default(),
            unkept: UnkeptAudits::default(),
            reason: OnceLock::new(),
        };
        Self(Arc::new(inner), Arc::new(session))
    }

    /// The same engine for work of this priority. New ones work for a person.
    #[must_use]
    pub fn at(&self, priority: Priority) -> Self {
        Self(Arc::clone(&self.0), Arc::new(self.1.at(priority)))
    }

    /// Whether it is a clone of `other`.
    pub fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Takes over the open root sessions of an earlier engine of the same account: signing in again ends none.
    pub(crate) fn keep_sessions_of(&self, before: &Self) {
        if self.caller().account == before.caller().account {
            self.0.sessions.take_over(&before.0.sessions);
        }
    }

    /// The reason or ticket for the root sessions that are opened only to read; the first one counts.
    pub fn give_reason(&self, reason: Option<&str>) {
        if let Some(reason) = reason {
            self.0.reason.set(reason.to_owned()).ok();
        }
    }

    pub(crate) fn reason(&self) -> Option<String> {
        self.0.reason.get().cloned()
    }

    /// The session it runs on.
    pub fn session(&self) -> &Session {
        &self.1
    }

    /// Whose credentials these are.
    pub fn caller(&self) -> &Caller {
        self.1.caller()
    }

    /// What the run allows.
    pub fn rules(&self) -> &Rules {
        &self.0.rules
    }

    /// The time by AWS's clock; by this machine's until AWS has answered.
    pub fn now(&self) -> Timestamp {
        self.clients().clock.at(Timestamp::now())
    }

    /// What permits are judged by. Switches are not among it: they may have changed since they were read, and AWS
    /// judges by their present state.
    pub(super) fn facts<'a>(
        &'a self,
        organization: Option<&'a Organization>,
        org_role: Option<&'a OrgRole>,
        account: Option<&'a Account>,
    ) -> Facts<'a> {
        Facts {
            rules: self.rules(),
            caller: Some(self.caller()),
            organization,
            org_role,
            account,
            trusted_access: None,
            root_features: None,
            delegates: None,
            endpoint: self.session().endpoint_override(),
        }
    }

    pub(super) fn clients(&self) -> &Clients {
        self.1.clients()
    }

    pub(super) fn known(&self) -> MutexGuard<'_, Knowledge> {
        // Each change is one assignment, so a panic elsewhere leaves nothing half done.
        self.0.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) async fn keep<T: Send + 'static>(
        &self,
        work: impl FnOnce(&dyn Records) -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let records = Arc::clone(&self.0.records);
        let (answer, kept) = oneshot::channel();
        // Boxed, since the compiler makes a whole task of tokio of each type.
        let work: Box<dyn FnOnce() + Send> = Box::new(move || {
            answer.send(work(records.as_ref())).ok();
        });
        tokio::task::spawn_blocking(work);
        kept.await.unwrap_or_else(|_| {
            Err(ApiError::client("records", ApiErrorKind::Local, ClientError::Interrupted(Work::Records)))
        })
    }
}
