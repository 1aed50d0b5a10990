//! The records of this machine: why they can't be used.

use super::client_error::database;
use crate::domain::store_error::{StoreError, Unusable};

/// Which file can't be used and why, and what to do about it.
pub(crate) fn error(error: &StoreError) -> String {
    match error {
        StoreError::Folder { path, error } => format!(
            "The folder {} cannot be used: {error}. Change its owner to you, or set XDG_STATE_HOME to a folder you \
             own.",
            path.display()
        ),
        StoreError::NotPrivate { path, mode, error } => format!(
            "{} is open to other users (mode {mode:o}): {}. Make it private (chmod go= ...), or set XDG_STATE_HOME \
             to a private folder.",
            path.display(),
            error.as_deref().unwrap_or("it is a folder shared by all users")
        ),
        StoreError::Unusable { path, why } => {
            let why = match why {
                Unusable::NoFolder => "the path has no folder",
                Unusable::Database(problem) => database(*problem),
                Unusable::Other(error) => error,
            };
            format!("{} cannot be used: {why}. Nothing is saved until this is fixed.", path.display())
        }
        StoreError::Damaged { path, error } => format!(
            "{} is damaged ({error}) and was not changed. Move it away to let rootdeck create a new one.",
            path.display()
        ),
        StoreError::Newer { path, found, known } => format!(
            "{} was created by a newer rootdeck (version {found}; supported: up to {known}) and was not changed. \
             Use the newer rootdeck, or move the file away.",
            path.display()
        ),
        StoreError::Foreign { path } => format!(
            "{} is an SQLite file of another program and was not changed. Move it away to let rootdeck create its \
             own.",
            path.display()
        ),
    }
}
