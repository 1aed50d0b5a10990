//! What can go wrong with the store, as data.

use std::path::Path;

use rusqlite::ErrorCode;

use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::client_error::StoreProblem;
use crate::domain::store_error::{DatabaseProblem, StoreError, Unusable};

pub(super) fn on_opening(path: &Path, error: &rusqlite::Error) -> StoreError {
    let path = path.to_owned();
    match meaning(error) {
        Some(DatabaseProblem::Damaged) => StoreError::Damaged { path, error: error.to_string() },
        Some(meaning) => StoreError::Unusable { path, why: Unusable::Database(meaning) },
        None => StoreError::Unusable { path, why: Unusable::Other(error.to_string()) },
    }
}

pub(super) fn problem(problem: StoreProblem) -> ApiError {
    ApiError::client("rootdeck:store", ApiErrorKind::Local, problem)
}

impl From<rusqlite::Error> for ApiError {
    fn from(error: rusqlite::Error) -> Self {
        problem(StoreProblem::Database { meaning: meaning(&error), error: error.to_string() })
    }
}

/// The errors that a person meets.
fn meaning(error: &rusqlite::Error) -> Option<DatabaseProblem> {
    Some(match error.sqlite_error_code()? {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => DatabaseProblem::Busy,
        ErrorCode::DiskFull => DatabaseProblem::DiskFull,
        ErrorCode::ReadOnly => DatabaseProblem::ReadOnly,
        ErrorCode::CannotOpen => DatabaseProblem::CannotOpen,
        ErrorCode::SystemIoFailure => DatabaseProblem::Io,
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => DatabaseProblem::Damaged,
        _ => return None,
    })
}
