//! What can go wrong with the store.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use crate::domain::api_error::{ApiError, ApiErrorKind};

const OPERATION: &str = "rootdeck:store";

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("The folder {} can't be used: {source}. Make it yours, or set XDG_STATE_HOME to a folder that is.", .path.display())]
    Folder { path: PathBuf, source: std::io::Error },
    /// Others can read or write there, and that can't or must not be changed.
    #[error("{} is open to other users (mode {mode:o}): {why}. Make it private (chmod go= ...), or set XDG_STATE_HOME to a folder that is.", .path.display())]
    NotPrivate { path: PathBuf, mode: u32, why: String },
    #[error("{} can't be used: {why}. Until that is mended, nothing is remembered.", .path.display())]
    Unusable { path: PathBuf, why: String },
    #[error("{} is damaged ({why}). It was left as it is; move it away, and rootdeck makes a new one.", .path.display())]
    Damaged { path: PathBuf, why: String },
    #[error("{} was made by a newer rootdeck (version {found}; this one knows up to {known}). It was left as it is; use that rootdeck, or move the file away.", .path.display())]
    Newer { path: PathBuf, found: i64, known: i64 },
    #[error("{} is an SQLite file, but not rootdeck's. It was left as it is; move it away, and rootdeck makes its own.", .path.display())]
    Foreign { path: PathBuf },
}

impl StoreError {
    pub(super) fn from_sqlite(path: &Path, error: &rusqlite::Error) -> Self {
        let (path, why) = (path.to_owned(), error.to_string());
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Self::Damaged { path, why },
            _ => Self::Unusable { path, why: in_words(error).map_or(why, str::to_owned) },
        }
    }
}

pub(super) fn fault(message: &str) -> ApiError {
    ApiError::new(OPERATION, ApiErrorKind::Local, message)
}

impl From<rusqlite::Error> for ApiError {
    fn from(error: rusqlite::Error) -> Self {
        match in_words(&error) {
            Some(words) => fault(&format!("Nothing was recorded or read: {words} ({error}).")),
            None => fault(&format!("The store could not be used: {error}.")),
        }
    }
}

/// The errors that a person meets, and what they can do.
fn in_words(error: &rusqlite::Error) -> Option<&'static str> {
    match error.sqlite_error_code()? {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => {
            Some("another rootdeck was writing to the store for too long; try again")
        }
        ErrorCode::DiskFull => Some("the disk with the store is full; make room and try again"),
        ErrorCode::ReadOnly => Some("the store can't be written to; check the permissions of its file and folder"),
        ErrorCode::CannotOpen => Some("the store can't be opened; check the permissions of its file and folder"),
        ErrorCode::SystemIoFailure => {
            Some("the store could not be read or written; its disk may be full, over its quota, or broken")
        }
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => {
            Some("the store's file is damaged; move it away and start rootdeck again")
        }
        _ => None,
    }
}
