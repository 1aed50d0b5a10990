//! What the screen and the subcommands both run: reads, and the one way of a write.
//!
//! An [`Engine`] is made of a confirmed [`Session`](crate::aws::session::Session), the
//! [`Rules`](crate::domain::permit::Rules) of the run and the [`Records`](crate::domain::records::Records) of this
//! machine. Only [`Engine::write`] changes anything.

#![expect(clippy::missing_errors_doc, reason = "a read fails where AWS or the records do, and says why in its error")]
#![warn(missing_docs)]

mod awaited_looks;
mod contacts;
mod controls;
#[cfg(test)]
#[path = "tests/fake.rs"]
mod fake;
pub mod journal;
mod journal_lines;
mod org_role;
mod plans;
mod progress;
mod readiness;
mod reads;
mod resolve;
mod root;
mod shared;
pub mod side_by_side;
mod start;
mod units;
mod write;

pub(crate) use plans::RECENT_PLANS;
pub use shared::Engine;

#[cfg(test)]
#[path = "engine_tests.rs"]
mod tests;
