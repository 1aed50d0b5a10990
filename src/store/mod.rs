//! What is kept on this machine: started email changes, plans of them, alarms, the journal, the last
//! listing and the last audits.
//!
//! One SQLite file. It is found by profile and endpoint before AWS has answered anything, and its
//! records belong to a partition, an organization and an endpoint: two profiles of one
//! organization see the same records, and an emulator's never mix with AWS's. No table has a
//! column for a one-time password or for credentials.
//!
//! The calls block for as long as the disk takes, and for up to [`BUSY_SECONDS`] while another
//! rootdeck writes.

mod alarms;
mod audits;
mod change_columns;
mod error;
mod findings;
mod journal;
mod left_open;
mod listing;
mod open;
mod plans;
mod purge;
mod retention;
mod row;
mod schema;
mod scope;
mod sentences;
mod started;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use etcetera::BaseStrategy;
use rusqlite::Connection;

use crate::domain::fault::Fault;

pub use error::StoreError;
pub use purge::Holdings;
pub use retention::Retention;
pub use scope::ScopedStore;

/// How long a call waits for another process that is writing, in seconds.
pub const BUSY_SECONDS: u64 = 5;

/// A handle on the records of this machine. Clones share one connection.
#[derive(Clone, Debug)]
pub struct Store {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    /// What stands instead of a connection says why there is none.
    connection: Mutex<Result<Connection, String>>,
    path: Option<PathBuf>,
    keep_listing: AtomicBool,
    retention: Mutex<Option<Retention>>,
    /// Why it ends with the program, if it should not.
    trouble: Option<Fault>,
}

/// Where the store is kept: `rootdeck/rootdeck.db` in the state folder of the XDG rules
/// (`XDG_STATE_HOME`, or `~/.local/state`). `None` if there is no home folder.
#[must_use]
pub fn default_path() -> Option<PathBuf> {
    let folders = etcetera::base_strategy::Xdg::new().ok()?;
    Some(folders.state_dir()?.join("rootdeck").join("rootdeck.db"))
}

impl Store {
    /// Opens the store at `path`, which must name a folder and a file in it; makes both where they
    /// are missing (the folder for its owner only, the file likewise) and brings an older file up
    /// to date.
    ///
    /// # Errors
    /// If the file can't be used. A file that is damaged, newer than this program or not
    /// rootdeck's is left as it is; the caller goes on with [`Store::stand_in`] and says so.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Ok(Self::around(Ok(open::file(path)?), Some(path.to_owned()), None))
    }

    /// A store that ends with the program, as is meant.
    #[must_use]
    pub fn in_memory() -> Self {
        Self::around(open::memory().map_err(|error| error.to_string()), None, None)
    }

    /// A store that ends with the program, in the place of one that can't be used for this reason.
    #[must_use]
    pub fn stand_in(trouble: Fault) -> Self {
        Self::around(open::memory().map_err(|error| error.to_string()), None, Some(trouble))
    }

    fn around(connection: Result<Connection, String>, path: Option<PathBuf>, trouble: Option<Fault>) -> Self {
        let connection = Mutex::new(connection);
        let (keep_listing, retention) = (AtomicBool::new(true), Mutex::default());
        Self { shared: Arc::new(Shared { connection, path, keep_listing, retention, trouble }) }
    }

    /// Why what is recorded ends with the program, if it should not.
    #[must_use]
    pub fn trouble(&self) -> Option<&Fault> {
        self.shared.trouble.as_ref()
    }

    /// The file, or `None` if the store ends with the program.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.shared.path.as_deref()
    }

    /// Whether listings and audits are kept and shown again, for this handle and its clones. Switched off
    /// (`--no-cache`), nothing is saved and what an earlier run saved is not given out.
    pub fn set_keep_listing(&self, keep: bool) {
        self.shared.keep_listing.store(keep, Ordering::Relaxed);
    }

    fn keeps_listing(&self) -> bool {
        self.shared.keep_listing.load(Ordering::Relaxed)
    }

    /// How long things are kept; without it nothing is taken away.
    pub fn set_retention(&self, retention: Retention) {
        *self.shared.retention.lock().unwrap_or_else(PoisonError::into_inner) = Some(retention);
    }

    fn retention(&self) -> Option<Retention> {
        *self.shared.retention.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The part of the store for a profile and an endpoint, as known before AWS has answered.
    /// `endpoint` is `None` for AWS's own. User names, passwords and queries in it are not kept.
    #[must_use]
    pub fn scope(&self, profile: Option<&str>, endpoint: Option<&str>) -> ScopedStore {
        ScopedStore::new(self.clone(), profile, endpoint)
    }

    /// Runs `work` on the connection, alone.
    fn with<T>(&self, work: impl FnOnce(&mut Connection) -> Result<T, Fault>) -> Result<T, Fault> {
        // A panic elsewhere can't leave the connection half used: transactions roll back on drop.
        let mut guard = self.shared.connection.lock().unwrap_or_else(PoisonError::into_inner);
        match guard.as_mut() {
            Ok(connection) => work(connection),
            Err(why) => Err(error::fault(&format!("There is no store: {why}"))),
        }
    }
}

#[cfg(test)]
#[path = "store_tests.rs"]
mod tests;
