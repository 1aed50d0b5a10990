//! The handle on the records of this machine.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use etcetera::BaseStrategy;
use rusqlite::Connection;

use super::error;
use super::open;
use crate::domain::api_error::ApiError;
use crate::domain::client_error::StoreProblem;
use crate::domain::store_error::StoreError;

/// A handle on the records of this machine. Clones share one connection.
#[derive(Clone, Debug)]
pub struct Store {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    /// The error says why there is no connection.
    connection: Mutex<Result<Connection, String>>,
    keep_listing: AtomicBool,
    retention: Mutex<Option<Retention>>,
    /// Why it ends with the program, if it should not.
    trouble: Option<ApiError>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    /// For so many days email changes that are over, and finished plans.
    pub finished_days: u32,
    /// For so many days listings and last audits, and what listings showed to be otherwise than before.
    pub listing_days: u32,
    /// For so many days what audits found over time, after it was found last.
    pub history_days: u32,
}

/// `rootdeck/rootdeck.db` in the state folder of the XDG rules (`XDG_STATE_HOME`, or `~/.local/state`). `None` if there
/// is no home folder.
pub(crate) fn default_path() -> Option<PathBuf> {
    let folders = etcetera::base_strategy::Xdg::new().ok()?;
    Some(folders.state_dir()?.join("rootdeck").join("rootdeck.db"))
}

impl Store {
    /// Opens the store at `path`, which must name a folder and a file in it. Makes both for their owner only, and
    /// brings an older file up to date. A file that is damaged, newer than this program or not rootdeck's is left as it
    /// is; the caller continues with [`Store::stand_in`] and says so.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Ok(Self::around(Ok(open::file(path)?), None))
    }

    #[must_use]
    pub fn in_memory() -> Self {
        Self::around(open::memory().map_err(|error| error.to_string()), None)
    }

    /// A store that ends with the program, in the place of one that can't be used for this reason.
    #[must_use]
    pub fn stand_in(trouble: ApiError) -> Self {
        Self::around(open::memory().map_err(|error| error.to_string()), Some(trouble))
    }

    pub(super) fn around(connection: Result<Connection, String>, trouble: Option<ApiError>) -> Self {
        let connection = Mutex::new(connection);
        let (keep_listing, retention) = (AtomicBool::new(true), Mutex::default());
        Self { shared: Arc::new(Shared { connection, keep_listing, retention, trouble }) }
    }

    pub(crate) fn trouble(&self) -> Option<&ApiError> {
        self.shared.trouble.as_ref()
    }

    /// Whether listings and audits are stored and shown again, for this handle and its clones (off: `--no-cache`).
    pub fn set_keep_listing(&self, keep: bool) {
        self.shared.keep_listing.store(keep, Ordering::Relaxed);
    }

    pub(super) fn keeps_listing(&self) -> bool {
        self.shared.keep_listing.load(Ordering::Relaxed)
    }

    /// How long things are kept; without it nothing is taken away.
    pub fn set_retention(&self, retention: Retention) {
        *self.shared.retention.lock().unwrap_or_else(PoisonError::into_inner) = Some(retention);
    }

    pub(super) fn retention(&self) -> Option<Retention> {
        *self.shared.retention.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn with<T>(&self, work: impl FnOnce(&mut Connection) -> Result<T, ApiError>) -> Result<T, ApiError> {
        // A panic elsewhere can't leave the connection half used: transactions roll back on drop.
        let mut guard = self.shared.connection.lock().unwrap_or_else(PoisonError::into_inner);
        match guard.as_mut() {
            Ok(connection) => work(connection),
            Err(why) => Err(error::problem(StoreProblem::Closed(why.clone()))),
        }
    }
}
