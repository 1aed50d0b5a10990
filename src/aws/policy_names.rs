//! The names of policies that were looked up, kept for the run.

use std::collections::HashMap;
use std::sync::Arc;

use tokio::sync::{Mutex, MutexGuard};

/// By id; `None` for one that the caller may not read.
#[derive(Clone, Debug, Default)]
pub(crate) struct PolicyNames(Arc<Mutex<HashMap<String, Option<String>>>>);

impl PolicyNames {
    /// Nobody else looks one up meanwhile: in a batch many are denied by the same policy.
    pub(super) async fn known(&self) -> MutexGuard<'_, HashMap<String, Option<String>>> {
        self.0.lock().await
    }
}
