//! The core as a specification: what happens, what the state is then, and what is wanted from
//! outside.

pub(crate) mod harness;
mod holds;
pub(crate) mod journaled;
pub(crate) mod steps;
pub(crate) mod walk;
pub(crate) mod world;

mod board;
pub(crate) mod cached;
mod commands;
mod cursor;
mod delegation;
pub(crate) mod editing;
mod email_change;
mod findings;
mod finds;
mod focus;
mod journal;
pub(crate) mod keys;
mod list;
mod mails;
mod manners;
mod marks;
mod origins;
mod otp;
pub(crate) mod plans;
mod policies;
mod preview;
mod profiles;
mod readiness;
mod reasons;
mod recovery;
mod refused;
mod root_access;
mod root_deletion;
mod root_tasks;
pub(crate) mod rooted;
mod sessions;
pub(crate) mod shown_commands;
mod start;
mod start_asking;
mod start_view;
mod switches;
mod units;
mod view_choices;
