//! The tables and how they came to be.

use rusqlite::{Connection, TransactionBehavior};

/// Marks an SQLite file as rootdeck's: `rtdk` in ASCII.
pub(super) const APPLICATION_ID: i64 = 0x7274_646B;

/// The versions of the tables in their order, each with what makes it out of the one before; the
/// first comes from nothing. A step that was ever released is never changed again.
const MIGRATIONS: [(i64, &str); 1] = [(LATEST, VERSION_1)];

/// The newest version of the tables.
pub(super) const LATEST: i64 = 1;

const VERSION_1: &str = "
-- Whose records they are. The endpoint of AWS itself is the empty text.
CREATE TABLE binding (
    id           INTEGER PRIMARY KEY,
    partition    TEXT NOT NULL,
    organization TEXT NOT NULL,
    endpoint     TEXT NOT NULL,
    UNIQUE (partition, organization, endpoint)
) STRICT;

-- What a profile turned out to be the last time. No profile named is the empty text.
CREATE TABLE scope (
    profile  TEXT NOT NULL,
    endpoint TEXT NOT NULL,
    binding  INTEGER NOT NULL REFERENCES binding (id),
    PRIMARY KEY (profile, endpoint)
) STRICT, WITHOUT ROWID;

-- Email changes started here. The greatest id of an account is its newest start; the rows below
-- it are kept until that one is known to be pending, since it may still be refused.
CREATE TABLE started (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    binding   INTEGER NOT NULL REFERENCES binding (id),
    account   TEXT NOT NULL CHECK (length(account) = 12),
    old_email TEXT NOT NULL,
    new_email TEXT NOT NULL,
    caller    TEXT NOT NULL,
    at        TEXT NOT NULL,
    progress  TEXT NOT NULL CHECK (progress IN ('unconfirmed', 'pending', 'accepted', 'completed', 'failed'))
) STRICT;
CREATE INDEX started_by_account ON started (binding, account, id);

-- The journal: what was about to be done, and in a table of its own what came of it.
CREATE TABLE intended (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    binding   INTEGER NOT NULL REFERENCES binding (id),
    at        TEXT NOT NULL,
    caller    TEXT NOT NULL,
    profile   TEXT,
    account   TEXT CHECK (length(account) = 12),
    operation TEXT NOT NULL,
    summary   TEXT NOT NULL,
    reason    TEXT
) STRICT;
CREATE INDEX intended_by_binding ON intended (binding, id);
CREATE TABLE concluded (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    intended   INTEGER NOT NULL REFERENCES intended (id),
    at         TEXT NOT NULL,
    outcome    TEXT NOT NULL CHECK (outcome IN ('ok', 'refused', 'failed', 'unknown')),
    code       TEXT,
    request_id TEXT
) STRICT;
CREATE INDEX concluded_by_intended ON concluded (intended, id);
CREATE TRIGGER intended_stays  BEFORE UPDATE ON intended  BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER intended_keeps  BEFORE DELETE ON intended  BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER concluded_stays BEFORE UPDATE ON concluded BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER concluded_keeps BEFORE DELETE ON concluded BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

-- The last listing, in AWS's order.
CREATE TABLE listing (
    binding INTEGER PRIMARY KEY REFERENCES binding (id),
    at      TEXT NOT NULL
) STRICT;
CREATE TABLE listed (
    binding  INTEGER NOT NULL REFERENCES listing (binding),
    position INTEGER NOT NULL,
    account  TEXT NOT NULL CHECK (length(account) = 12),
    name     TEXT NOT NULL,
    email    TEXT NOT NULL,
    state    TEXT,
    joined   TEXT,
    units    TEXT NOT NULL,
    PRIMARY KEY (binding, position)
) STRICT, WITHOUT ROWID;
";

/// The version of the tables.
pub(super) fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Brings the tables to [`LATEST`], wholly or not at all.
pub(super) fn migrate(connection: &mut Connection) -> rusqlite::Result<()> {
    if version(connection)? >= LATEST {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have done it while this one waited for the lock.
    let from = version(&transaction)?;
    for (to, step) in MIGRATIONS.into_iter().filter(|(to, _)| *to > from) {
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "user_version", to)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.commit()
}
