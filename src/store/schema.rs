//! The tables and how they came to be.

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::sentences;

/// Marks an SQLite file as rootdeck's: `rtdk` in ASCII.
pub(super) const APPLICATION_ID: i64 = 0x7274_646B;

type Step = fn(&Transaction<'_>) -> rusqlite::Result<()>;

/// The versions of the tables, each with the step to it. A step that was ever released is never changed again.
const MIGRATIONS: [(i64, Step); 7] = [
    (1, |tables| tables.execute_batch(VERSION_1)),
    (2, |tables| tables.execute_batch(VERSION_2)),
    (3, |tables| tables.execute_batch(VERSION_3)),
    (4, |tables| {
        tables.execute_batch(VERSION_4)?;
        sentences::read_all(tables)?;
        sentences::read_notes(tables)?;
        tables.execute_batch(VERSION_4_SEALED)
    }),
    (5, |tables| tables.execute_batch(VERSION_5)),
    (6, |tables| tables.execute_batch(VERSION_6)),
    (LATEST, |tables| tables.execute_batch(VERSION_7)),
];

pub(super) const LATEST: i64 = 7;

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

const VERSION_2: &str = "
-- Bulk plans of email changes. An item is claimed ('sending') before its call goes out, so that
-- neither a second rootdeck nor the next start sends it twice.
CREATE TABLE plan (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    binding INTEGER NOT NULL REFERENCES binding (id),
    at      TEXT NOT NULL,
    caller  TEXT NOT NULL,
    source  TEXT NOT NULL,
    reason  TEXT
) STRICT;
CREATE INDEX plan_by_binding ON plan (binding, id);
CREATE TABLE plan_item (
    plan       INTEGER NOT NULL REFERENCES plan (id) ON DELETE CASCADE,
    line       INTEGER NOT NULL,
    account    TEXT NOT NULL CHECK (length(account) = 12),
    old_email  TEXT NOT NULL,
    new_email  TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'started', 'already', 'refused', 'failed',
                                                  'unknown')),
    at         TEXT,
    code       TEXT,
    message    TEXT,
    request_id TEXT,
    PRIMARY KEY (plan, line)
) STRICT, WITHOUT ROWID;

-- What a new listing showed to be otherwise than the one before, until a person has read it.
CREATE TABLE finding (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    binding INTEGER NOT NULL REFERENCES binding (id),
    account TEXT NOT NULL CHECK (length(account) = 12),
    name    TEXT NOT NULL,
    kind    TEXT NOT NULL CHECK (kind IN ('email', 'new', 'gone', 'state')),
    before  TEXT,
    after   TEXT,
    since   TEXT NOT NULL,
    at      TEXT NOT NULL
) STRICT;
CREATE INDEX finding_by_binding ON finding (binding, id);

-- How the end of an entry is known where AWS's code does not tell. It holds no address.
ALTER TABLE concluded ADD COLUMN note TEXT CHECK (note NOT LIKE '%@%');

-- The journal is only added to, but for one thing: its addresses can be forgotten.
DROP TRIGGER intended_stays;
CREATE TRIGGER intended_stays BEFORE UPDATE ON intended
WHEN new.id IS NOT old.id OR new.binding IS NOT old.binding OR new.at IS NOT old.at
  OR new.caller IS NOT old.caller OR new.profile IS NOT old.profile OR new.account IS NOT old.account
  OR new.operation IS NOT old.operation
  OR new.summary IS NOT old.summary AND (old.summary NOT LIKE '%@%' OR new.summary LIKE '%@%'
                                         OR new.summary NOT LIKE '%(address forgotten)%')
  OR new.reason IS NOT old.reason AND (old.reason NOT LIKE '%@%' OR coalesce(new.reason, '@') LIKE '%@%'
                                       OR new.reason NOT LIKE '%(address forgotten)%')
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
";

const VERSION_3: &str = "
-- Email changes that AWS reported as open and that were not started from here, until AWS reports that
-- they are over. AWS tells no address of theirs.
CREATE TABLE alarm (
    binding INTEGER NOT NULL REFERENCES binding (id),
    account TEXT NOT NULL CHECK (length(account) = 12),
    status  TEXT NOT NULL,
    updated TEXT,
    at      TEXT NOT NULL,
    PRIMARY KEY (binding, account)
) STRICT, WITHOUT ROWID;

-- The newest audit of each account, and the one before it where that tells more.
CREATE TABLE audit (
    binding INTEGER NOT NULL REFERENCES binding (id),
    account TEXT NOT NULL CHECK (length(account) = 12),
    place   TEXT NOT NULL CHECK (place IN ('newest', 'earlier')),
    at      TEXT NOT NULL,
    found   TEXT NOT NULL,
    PRIMARY KEY (binding, account, place)
) STRICT, WITHOUT ROWID;
";

const VERSION_4: &str = "
-- What was changed, as data. What may be forgotten has a column of its own: an old and a new address, what a
-- person named (an MFA device), and the sentence of an earlier version that could not be read. The others are
-- in one value, by their names, which never changes.
DROP TRIGGER intended_stays;
ALTER TABLE intended ADD COLUMN kind TEXT NOT NULL DEFAULT 'other';
ALTER TABLE intended ADD COLUMN old_email TEXT;
ALTER TABLE intended ADD COLUMN new_email TEXT;
ALTER TABLE intended ADD COLUMN credential_id TEXT;
ALTER TABLE intended ADD COLUMN text TEXT;
ALTER TABLE intended ADD COLUMN subject TEXT NOT NULL DEFAULT '{}';

-- What a note is about, as data.
DROP TRIGGER concluded_stays;
ALTER TABLE concluded ADD COLUMN cause TEXT;
";

const VERSION_4_SEALED: &str = "
ALTER TABLE intended DROP COLUMN summary;

-- The journal is only added to, but for one thing: its addresses can be forgotten. Those of a change go by
-- their columns. The texts that people wrote or named may hold others: of these the words with an address go.
CREATE TRIGGER intended_stays BEFORE UPDATE ON intended
WHEN new.id IS NOT old.id OR new.binding IS NOT old.binding OR new.at IS NOT old.at
  OR new.caller IS NOT old.caller OR new.profile IS NOT old.profile OR new.account IS NOT old.account
  OR new.operation IS NOT old.operation OR new.kind IS NOT old.kind OR new.subject IS NOT old.subject
  OR new.old_email IS NOT old.old_email
     AND (old.old_email IS NULL OR new.old_email IS NOT '(address forgotten)')
  OR new.new_email IS NOT old.new_email
     AND (old.new_email IS NULL OR new.new_email IS NOT '(address forgotten)')
  OR new.credential_id IS NOT old.credential_id
     AND (coalesce(old.credential_id, '') NOT LIKE '%@%' OR new.credential_id IS NOT '(address forgotten)')
  OR new.text IS NOT old.text
     AND (coalesce(old.text, '') NOT LIKE '%@%' OR coalesce(new.text, '@') LIKE '%@%'
          OR new.text NOT LIKE '%(address forgotten)%')
  OR new.reason IS NOT old.reason
     AND (coalesce(old.reason, '') NOT LIKE '%@%' OR coalesce(new.reason, '@') LIKE '%@%'
          OR new.reason NOT LIKE '%(address forgotten)%')
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER concluded_stays BEFORE UPDATE ON concluded BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
";

const VERSION_5: &str = "
-- How an account joined; NULL where AWS does not tell, or an earlier version made the listing.
ALTER TABLE listed ADD COLUMN joined_method TEXT;

-- How each view was left. The columns are one text; NULL is the choice of the program.
CREATE TABLE view_choice (
    binding    INTEGER NOT NULL REFERENCES binding (id),
    view       TEXT NOT NULL,
    columns    TEXT,
    sort       TEXT,
    descending INTEGER NOT NULL,
    filter     TEXT NOT NULL,
    PRIMARY KEY (binding, view)
) STRICT, WITHOUT ROWID;
";

const VERSION_6: &str = "
-- The audits of each account over time. Audits in a row with the same result are one row, from the first (at) to the
-- last (until). What the first of them showed to be different from the audit before (since) is a list, as JSON.
CREATE TABLE audit_history (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    binding INTEGER NOT NULL REFERENCES binding (id),
    account TEXT NOT NULL CHECK (length(account) = 12),
    at      TEXT NOT NULL,
    until   TEXT NOT NULL,
    audits  INTEGER NOT NULL CHECK (audits > 0),
    found   TEXT NOT NULL,
    since   TEXT,
    changes TEXT NOT NULL
) STRICT;
CREATE INDEX audit_history_by_account ON audit_history (binding, account, id);
";

const VERSION_7: &str = "
-- A listing that is being read, or was cut off: its pages so far, in AWS's order, and what AWS continues from.
CREATE TABLE unfinished_listing (
    binding INTEGER PRIMARY KEY REFERENCES binding (id),
    listing INTEGER NOT NULL,
    began   TEXT NOT NULL,
    added   TEXT NOT NULL,
    next    TEXT NOT NULL
) STRICT;
CREATE TABLE unfinished_listed (
    binding       INTEGER NOT NULL REFERENCES unfinished_listing (binding),
    position      INTEGER NOT NULL,
    account       TEXT NOT NULL CHECK (length(account) = 12),
    name          TEXT NOT NULL,
    email         TEXT NOT NULL,
    state         TEXT,
    joined        TEXT,
    joined_method TEXT,
    units         TEXT NOT NULL,
    PRIMARY KEY (binding, position)
) STRICT, WITHOUT ROWID;
";

pub(super) fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

pub(super) fn migrate(connection: &mut Connection) -> rusqlite::Result<()> {
    if version(connection)? >= LATEST {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have done it while this one waited for the lock.
    let from = version(&transaction)?;
    for (to, step) in MIGRATIONS.into_iter().filter(|(to, _)| *to > from) {
        step(&transaction)?;
        transaction.pragma_update(None, "user_version", to)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.commit()
}

#[cfg(test)]
#[path = "schema_tests.rs"]
mod tests;
