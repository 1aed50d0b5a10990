//! Flows through the real AWS SDK: the engine and a store in a file on one side, the embedded
//! emulator on the other, HTTP between them.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on has failed")]

mod credentials;
mod delegation;
mod drift;
mod email_change;
mod endless_lists;
#[path = "../support/faults.rs"]
mod faults;
mod journal;
mod listing;
mod lost_answers;
mod office;
mod org_role;
mod pasted_mails;
mod plans;
mod readiness;
mod records;
mod root_access;
mod root_audits;
mod root_deletions;
mod root_runs;
mod root_unlocking;
mod secrets;
mod sentences;
mod spoiled_answers;
mod spoiled_plans;
mod spoiled_reads;
#[path = "../support/spoiler.rs"]
mod spoiler;
mod table;
mod targets;
mod throttling;
mod unfinished_listings;
mod walk;
