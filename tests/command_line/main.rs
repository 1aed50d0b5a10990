//! The real binary as scripts meet it: what goes to stdout and stderr, and what it ends with.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod audit;
mod credentials;
mod everywhere;
mod policies;
mod program;
mod recovery;
mod session;
mod site;
