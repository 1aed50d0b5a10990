//! Sessions of the real binary in a pseudo-terminal. They read like a specification.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod aws;
mod demo;
mod editor;
mod email_change;
#[path = "../support/faults.rs"]
#[expect(dead_code, reason = "the flows need more of it")]
mod faults;
#[path = "../support/gates.rs"]
mod gates;
mod journal;
mod keys;
mod kinds;
mod life;
mod log;
mod mails;
mod organizations;
mod profiles;
mod readiness;
mod readme;
mod root_access;
mod root_tasks;
mod sessions;
#[path = "../support/spoiler.rs"]
#[expect(dead_code, reason = "the flows need more of it")]
mod spoiler;
mod start_view;
mod store;
mod table;
mod terminal;
