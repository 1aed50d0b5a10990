//! The lines of the journal that wait to be written, and the open entries.

use std::collections::BTreeSet;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

use crate::domain::api_error::ApiError;
use crate::domain::journal::JournalStep;

/// A line, and the receiver of its number.
pub(super) type Waiting = (JournalStep, oneshot::Sender<Result<i64, ApiError>>);

#[derive(Debug, Default)]
pub(super) struct JournalLines {
    pub(super) waiting: Mutex<Vec<Waiting>>,
    pub(super) pen: Arc<tokio::sync::Mutex<()>>,
    in_progress: Mutex<BTreeSet<i64>>,
    pub(super) unjournaled: AtomicU64,
}

impl JournalLines {
    pub(super) fn in_progress(&self) -> MutexGuard<'_, BTreeSet<i64>> {
        self.in_progress.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
