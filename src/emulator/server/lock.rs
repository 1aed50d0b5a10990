//! Locks that a panic does not close for good.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// A panic while a lock is held spoils one request, not all later ones.
pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
