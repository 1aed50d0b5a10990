//! IAM policies: reading a document, and what it says about a request.
//!
//! A small evaluator, for the policies this program meets: those of buckets and queues, the task
//! policies of root sessions and service control policies. It judges one document; that an
//! explicit deny of any wins and that each kind has its own say is up to the caller.
//!
//! What it does not understand is never passed over in silence. A document with an element AWS
//! does not know is refused ([`PolicyError`]). A condition operator that is not implemented here
//! counts as met in a `Deny` and as not met in an `Allow`, and is named in the [`Evaluation`].

mod condition;
mod document;
mod evaluate;
mod lockout;
mod pattern;

pub use condition::Context;
pub use document::{Policy, PolicyError, StatementName};
pub use evaluate::{Decision, Evaluation, Request};
pub use lockout::{Lockout, Reach, lockouts};

#[cfg(test)]
mod tests;
