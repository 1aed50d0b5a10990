//! The token buckets that the copies of the program on this machine share.
//!
//! A file of its own beside the store. It is written several times a second, by a transaction that touches one row, and
//! is worth nothing after a minute: so it does without the syncs that the store needs, and neither waits for the other.
//! A damaged file is replaced.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, OptionalExtension, Row, Transaction, TransactionBehavior, params};

use super::open::{close_to_others, make_private_folder};
use crate::domain::api_error::ApiError;
use crate::domain::quota::{Bucket, Demand, Lease, Micros, Quota, QuotaLedger};

/// How long a lease waits for that of another copy: more than any takes, less than a person notices.
const BUSY: Duration = Duration::from_secs(1);

/// Buckets that were not used for so long are full.
const OLD: Micros = 24 * 3600 * 1_000_000;

const TABLES: &str = "
CREATE TABLE IF NOT EXISTS bucket (
    whose  TEXT NOT NULL,
    name   TEXT NOT NULL,
    tokens INTEGER NOT NULL,
    at     INTEGER NOT NULL,
    rate   INTEGER NOT NULL,
    slowed INTEGER NOT NULL,
    PRIMARY KEY (whose, name)
) STRICT, WITHOUT ROWID;
";

/// Opened with the first lease, which only connections with quotas need.
#[derive(Debug)]
pub struct QuotaFile {
    path: PathBuf,
    connection: Mutex<Option<Connection>>,
}

/// The file of the quotas beside a store.
pub(crate) fn beside(store: &Path) -> PathBuf {
    store.with_file_name("quotas.db")
}

impl QuotaFile {
    /// It is made in a folder for its owner only.
    #[must_use]
    pub fn at(path: PathBuf) -> Self {
        Self { path, connection: Mutex::default() }
    }

    fn with<T>(&self, work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>) -> Result<T, ApiError> {
        // A panic elsewhere can't leave the connection half used: transactions roll back on drop.
        let mut guard = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        if guard.is_none() {
            *guard = Some(self.open()?);
        }
        let Some(connection) = guard.as_mut() else { return Err(rusqlite::Error::InvalidQuery.into()) };
        let done = (|| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = work(&transaction)?;
            transaction.commit()?;
            Ok(done)
        })();
        done.map_err(|error: rusqlite::Error| {
            // Opened again the next time, and replaced if it is damaged.
            *guard = None;
            error.into()
        })
    }

    fn open(&self) -> Result<Connection, ApiError> {
        if let Some(folder) = self.path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            make_private_folder(folder).map_err(|_| rusqlite::Error::InvalidPath(folder.to_owned()))?;
        }
        let opened = open(&self.path).or_else(|error| {
            if !matches!(
                error.sqlite_error_code(),
                Some(rusqlite::ErrorCode::DatabaseCorrupt | rusqlite::ErrorCode::NotADatabase)
            ) {
                return Err(error);
            }
            tracing::warn!("the file of the shared quotas is damaged and is replaced");
            fs::remove_file(&self.path).ok();
            open(&self.path)
        });
        Ok(opened?)
    }
}

fn open(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "synchronous", "OFF")?;
    // Its journal stays open between two leases. Not WAL: home folders on a network can't share its memory.
    connection.pragma_update_and_check(None, "journal_mode", "TRUNCATE", |_| Ok(()))?;
    connection.execute_batch(TABLES)?;
    for file in [path.to_owned(), path.with_file_name("quotas.db-journal")] {
        close_to_others(&file).map_err(|_| rusqlite::Error::InvalidPath(file))?;
    }
    Ok(connection)
}

impl QuotaLedger for QuotaFile {
    fn lease(&self, whose: &str, bucket: &str, demand: Demand, now: Micros) -> Result<Lease, ApiError> {
        self.with(|transaction| {
            let mut there = load(transaction, whose, bucket)?;
            let lease = there.take(demand, now);
            if lease.granted > 0 {
                save(transaction, whose, bucket, &there)?;
            }
            Ok(lease)
        })
    }

    fn slow(&self, whose: &str, bucket: &str, quota: Quota, now: Micros) -> Result<(), ApiError> {
        self.with(|transaction| {
            let mut there = load(transaction, whose, bucket)?;
            there.slow(quota, now);
            save(transaction, whose, bucket, &there)
        })
    }

    fn buckets(&self, whose: &str) -> Result<Vec<(String, Bucket)>, ApiError> {
        self.with(|transaction| {
            let mut all = transaction
                .prepare("SELECT name, tokens, at, rate, slowed FROM bucket WHERE whose = ?1 ORDER BY name")?;
            all.query_map([whose], |found| Ok((found.get("name")?, bucket(found)?)))?.collect()
        })
    }
}

fn bucket(found: &Row<'_>) -> rusqlite::Result<Bucket> {
    Ok(Bucket {
        tokens: found.get("tokens")?,
        at: found.get("at")?,
        left: found.get("rate")?,
        slowed: found.get("slowed")?,
    })
}

fn load(transaction: &Transaction<'_>, whose: &str, name: &str) -> rusqlite::Result<Bucket> {
    transaction
        .prepare_cached("SELECT tokens, at, rate, slowed FROM bucket WHERE whose = ?1 AND name = ?2")?
        .query_row([whose, name], bucket)
        .optional()
        .map(Option::unwrap_or_default)
}

fn save(transaction: &Transaction<'_>, whose: &str, name: &str, bucket: &Bucket) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "INSERT INTO bucket (whose, name, tokens, at, rate, slowed) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT DO UPDATE SET tokens = excluded.tokens, at = excluded.at, rate = excluded.rate,
                                       slowed = excluded.slowed",
        )?
        .execute(params![whose, name, bucket.tokens, bucket.at, bucket.left, bucket.slowed])?;
    // There are a few rows. Those of accounts that are not called any more go.
    transaction.prepare_cached("DELETE FROM bucket WHERE at < ?1")?.execute([bucket.at - OLD])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    const QUOTA: Quota = Quota { every: 100_000, burst: 4 };
    const AT: Micros = 1_800_000_000_000_000;

    fn take(file: &QuotaFile, whose: &str, wanted: u32, now: Micros) -> u32 {
        file.lease(whose, "organizations:ListAccounts", Demand { quota: QUOTA, wanted, reserve: 0 }, now)
            .expect("a lease")
            .granted
    }

    #[test]
    fn copies_share_a_bucket_and_other_accounts_have_their_own() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("state").join("quotas.db");
        let (one, two) = (QuotaFile::at(path.clone()), QuotaFile::at(path.clone()));
        assert_eq!([take(&one, "a", 3, AT), take(&two, "a", 3, AT), take(&one, "a", 3, AT)], [3, 1, 0]);
        assert_eq!(take(&two, "b", 9, AT), 4);
        // What a copy took and never used fills on like the rest.
        drop(one);
        assert_eq!(take(&two, "a", 9, AT + 400_000), 4);
        let mode = fs::metadata(&path).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn one_copy_is_throttled_and_all_are_slower() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("quotas.db");
        let (one, two) = (QuotaFile::at(path.clone()), QuotaFile::at(path));
        one.slow("a", "organizations:ListAccounts", QUOTA, AT).expect("slowed");
        assert_eq!(take(&two, "a", 9, AT), 0);
        let kept = two.buckets("a").expect("buckets");
        assert_eq!(kept.len(), 1);
        assert_eq!(kept[0].1.left_of_rate(AT), 500);
        assert_eq!(two.buckets("b").expect("buckets"), []);
    }

    #[test]
    fn a_damaged_file_is_replaced_and_old_buckets_go() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("quotas.db");
        fs::write(&path, "no database, and long enough to be read as the header of one".repeat(20)).expect("a file");
        let file = QuotaFile::at(path);
        assert_eq!(take(&file, "a", 1, AT), 1);
        assert_eq!(take(&file, "b", 1, AT + OLD + 1), 1);
        assert_eq!(file.buckets("a").expect("buckets"), []);
    }
}
