//! What is stored on this machine: started email changes, plans of them, alarms, the journal, the last listing and the
//! last audits.
//!
//! One SQLite file. It is found by profile and endpoint before AWS has answered anything. Its records belong to a
//! partition, an organization and an endpoint: two profiles of one organization see the same records, and an emulator's
//! never mix with AWS's. No table has a column for a one-time password or for credentials.
//!
//! The calls block for as long as the disk takes, and for some seconds while another rootdeck writes. They fail where
//! the disk does, and writes also before `ScopedStore::bind`.
#![expect(clippy::missing_errors_doc, reason = "each call fails for the reasons above")]

mod account_rows;
mod alarms;
mod audit_history;
mod audits;
mod change_columns;
mod error;
mod findings;
#[cfg(any(test, fuzzing))]
mod fuzz;
mod handle;
mod journal;
mod journaled_starts;
mod left_open;
mod listing;
mod open;
mod plans;
mod purge;
mod quota_file;
mod retention;
mod row;
mod schema;
mod scope;
mod sentences;
mod started;
mod stored;
mod unfinished_listing;
mod view_choices;

pub(crate) use handle::default_path;
pub use handle::{Retention, Store};
pub use purge::Holdings;
pub use quota_file::QuotaFile;
pub(crate) use quota_file::beside as quotas_beside;
pub use scope::ScopedStore;

#[cfg(test)]
#[path = "store_tests.rs"]
mod tests;
