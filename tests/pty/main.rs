//! Sessions of the real binary in a pseudo-terminal. They read like a specification.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod email_change;
mod life;
mod root_tasks;
mod sessions;
mod terminal;
