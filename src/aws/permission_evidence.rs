//! What AWS's answers to the caller's calls show about its permissions, kept for the run.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::domain::api_error::ApiError;
use crate::domain::permission::{About, Permission};
use crate::domain::readiness::Calls;

#[derive(Clone, Debug, Default)]
pub(crate) struct PermissionEvidence(Arc<Mutex<Calls>>);

impl PermissionEvidence {
    pub(crate) fn calls(&self) -> MutexGuard<'_, Calls> {
        // Each change is one call, so a panic elsewhere leaves nothing half done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn note(&self, operation: &str, about: About, result: Result<(), &ApiError>) {
        if let Some(permission) = Permission::of_call(operation, about) {
            self.calls().note(permission, result);
        }
    }
}
