//! The records of this machine: why they can't be used.

use super::client_error::database;
use crate::domain::store_error::{StoreError, Unusable};

/// Which file can't be used and why, and what to do about it.
pub(crate) fn error(error: &StoreError) -> String {
    match error {
        StoreError::Folder { path, error } => format!(
            "The folder {} can't be used: {error}. Make it yours, or set XDG_STATE_HOME to a folder that is.",
            path.display()
        ),
        StoreError::NotPrivate { path, mode, error } => format!(
            "{} is open to other users (mode {mode:o}): {}. Make it private (chmod go= ...), or set XDG_STATE_HOME to a \
             folder that is.",
            path.display(),
            error.as_deref().unwrap_or("it is a folder shared by all users")
        ),
        StoreError::Unusable { path, why } => {
            let why = match why {
                Unusable::NoFolder => "the path names no folder",
                Unusable::Database(problem) => database(*problem),
                Unusable::Other(error) => error,
            };
            format!("{} can't be used: {why}. Until this is fixed, nothing is remembered.", path.display())
        }
        StoreError::Damaged { path, error } => format!(
            "{} is damaged ({error}). It was left as it is. Move it away, and rootdeck makes a new one.",
            path.display()
        ),
        StoreError::Newer { path, found, known } => format!(
            "{} was made by a newer rootdeck (version {found}; this one knows up to {known}). It was left as it is. Use \
             that rootdeck, or move the file away.",
            path.display()
        ),
        StoreError::Foreign { path } => format!(
            "{} is an SQLite file, but not rootdeck's. It was left as it is. Move it away, and rootdeck makes its own.",
            path.display()
        ),
    }
}
