//! Opening the store's file: only if it is ours, whole and not newer, and only for its owner.

use std::fs::{self, DirBuilder, Permissions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::error::on_opening;
use super::schema;
use crate::domain::store_error::{DatabaseProblem, StoreError, Unusable};

/// How long a call waits for another process that is writing, in seconds.
pub(crate) const BUSY_SECONDS: u64 = 5;

/// The permissions of others than the owner.
const OTHERS: u32 = 0o077;
/// Set on folders that everybody may put files into, such as `/tmp`.
const STICKY: u32 = 0o1000;

pub(super) fn memory() -> rusqlite::Result<Connection> {
    let mut connection = Connection::open_in_memory()?;
    configure(&connection)?;
    schema::migrate(&mut connection)?;
    Ok(connection)
}

pub(super) fn file(path: &Path) -> Result<Connection, StoreError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let Some(folder) = folder else {
        return Err(StoreError::Unusable { path: path.to_owned(), why: Unusable::NoFolder });
    };
    make_private_folder(folder)?;
    let sqlite = |error: rusqlite::Error| on_opening(path, &error);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags).map_err(sqlite)?;
    connection.busy_timeout(Duration::from_secs(BUSY_SECONDS)).map_err(sqlite)?;
    judge(&connection, path)?;
    make_private_files(path)?;
    if connection.is_readonly("main").map_err(sqlite)? {
        return Err(StoreError::Unusable { path: path.to_owned(), why: Unusable::Database(DatabaseProblem::ReadOnly) });
    }
    configure(&connection).map_err(sqlite)?;
    schema::migrate(&mut connection).map_err(sqlite)?;
    Ok(connection)
}

fn configure(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(Duration::from_secs(BUSY_SECONDS))?;
    // Not WAL: home folders on a network can't share its memory.
    connection.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // What is deleted is an address more often than not: nothing of it stays in the file.
    connection.pragma_update_and_check(None, "secure_delete", true, |_| Ok(()))?;
    connection.pragma_update(None, "temp_store", "MEMORY")
}

/// Refuses a file that is not ours, newer or damaged. Reads only.
fn judge(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let sqlite = |error: rusqlite::Error| on_opening(path, &error);
    // One reading: another program may be making the file ours at this moment.
    let reading = connection.unchecked_transaction().map_err(sqlite)?;
    let connection = &*reading;
    let id: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0)).map_err(sqlite)?;
    let version = schema::version(connection).map_err(sqlite)?;
    if id != schema::APPLICATION_ID {
        let objects: i64 =
            connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(sqlite)?;
        let unmarked = id == 0 && version == 0 && objects == 0;
        return if unmarked { Ok(()) } else { Err(StoreError::Foreign { path: path.to_owned() }) };
    }
    if version > schema::LATEST {
        return Err(StoreError::Newer { path: path.to_owned(), found: version, known: schema::LATEST });
    }
    let sound: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(sqlite)?;
    if version < 0 || sound != "ok" {
        return Err(StoreError::Damaged { path: path.to_owned(), error: sound });
    }
    Ok(())
}

pub(super) fn make_private_folder(folder: &Path) -> Result<(), StoreError> {
    let unusable = |error: io::Error| StoreError::Folder { path: folder.to_owned(), error: error.to_string() };
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(unusable)?;
    let mode = fs::metadata(folder).map_err(unusable)?.permissions().mode();
    if mode & OTHERS != 0 && mode & STICKY != 0 {
        return Err(StoreError::NotPrivate { path: folder.to_owned(), mode: mode & 0o7777, error: None });
    }
    close_to_others(folder)
}

fn make_private_files(path: &Path) -> Result<(), StoreError> {
    close_to_others(path)?;
    ["-journal", "-wal", "-shm"].into_iter().try_for_each(|suffix| close_to_others(&beside(path, suffix)))
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// Takes away what others than the owner may do; nothing if `path` is not there.
pub(super) fn close_to_others(path: &Path) -> Result<(), StoreError> {
    let permissions = match fs::metadata(path) {
        Ok(metadata) => metadata.permissions(),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => {
            return Err(StoreError::Unusable { path: path.to_owned(), why: Unusable::Other(error.to_string()) });
        }
    };
    let mode = permissions.mode();
    if mode & OTHERS == 0 {
        return Ok(());
    }
    match fs::set_permissions(path, Permissions::from_mode(mode & 0o7700)) {
        Ok(()) => Ok(()),
        // SQLite takes its journal away whenever a transaction ends.
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => {
            Err(StoreError::NotPrivate { path: path.to_owned(), mode: mode & 0o7777, error: Some(error.to_string()) })
        }
    }
}

#[cfg(test)]
#[path = "open_tests.rs"]
mod tests;
