//! The root sessions that are open, in memory only.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use crate::domain::root_session::{RootSession, SessionKey};

#[derive(Default)]
pub(in crate::engine) struct Sessions(Mutex<Pool>);

#[derive(Default)]
struct Pool {
    open: HashMap<SessionKey, RootSession>,
    /// Locked to open a session, so that two who want the same one open it once.
    doors: HashMap<SessionKey, Arc<tokio::sync::Mutex<()>>>,
}

impl Sessions {
    /// The session, if it is open and valid beyond `time`.
    pub(super) fn living(&self, key: SessionKey, time: Timestamp) -> Option<RootSession> {
        self.pool().open.get(&key).filter(|session| session.info.expires > time).cloned()
    }

    pub(in crate::engine) fn take_over(&self, others: &Self) {
        let open = others.pool().open.clone();
        self.pool().open.extend(open);
    }

    /// Drops a session, if it is still the one in use.
    pub(super) fn forget(&self, session: &RootSession) {
        let mut pool = self.pool();
        let key = session.info.key;
        // Each session has an access key of its own.
        if pool.open.get(&key).is_some_and(|open| open.access_key_id == session.access_key_id) {
            pool.open.remove(&key);
        }
    }

    pub(super) fn door(&self, key: SessionKey) -> Arc<tokio::sync::Mutex<()>> {
        Arc::clone(self.pool().doors.entry(key).or_default())
    }

    pub(super) fn take(&self, session: RootSession, now: Timestamp) {
        let mut pool = self.pool();
        pool.open.retain(|_, session| session.info.expires > now);
        pool.doors.retain(|_, door| Arc::strong_count(door) > 1);
        pool.open.insert(session.info.key, session);
    }

    fn pool(&self) -> MutexGuard<'_, Pool> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
