//! Why the records of this machine can't be opened, as data. `words::store` makes the sentences.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// Why the store's file can't be used. A file that was refused is left as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// Its folder can't be made or read.
    Folder {
        /// The folder.
        path: PathBuf,
        /// The system's words.
        error: String,
    },
    /// Others can read or write there, and that can't or must not be changed.
    NotPrivate {
        /// The file or folder.
        path: PathBuf,
        /// Its permissions.
        mode: u32,
        /// The system's words; `None` for a folder shared by all users.
        error: Option<String>,
    },
    /// It can't be opened, read or written.
    Unusable {
        /// The file.
        path: PathBuf,
        /// Why.
        why: Unusable,
    },
    /// It is no database, or a damaged one.
    Damaged {
        /// The file.
        path: PathBuf,
        /// SQLite's words.
        error: String,
    },
    /// A newer rootdeck made it.
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The newest version that this rootdeck knows.
        known: i64,
    },
    /// It is a database of another program.
    Foreign {
        /// The file.
        path: PathBuf,
    },
}

/// Why a file can't be used that may be fine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// The path has no folder.
    NoFolder,
    /// SQLite can't use it, and that has a known meaning.
    Database(DatabaseProblem),
    /// In the words of SQLite or the system.
    Other(String),
}

/// Errors of SQLite that a person can do something about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DatabaseProblem {
    /// Another program is writing.
    Busy,
    /// The disk is full.
    DiskFull,
    /// It can't be written to.
    ReadOnly,
    /// It can't be opened.
    CannotOpen,
    /// The disk may be broken, or over its quota.
    Io,
    /// It is no database, or a damaged one.
    Damaged,
}
