//! IAM policies: reading a document, and what it says about a request.
//!
//! A small evaluator for the policies this program meets: those of callers, of buckets and queues, the task policies of
//! root sessions and service control policies. It judges one document; that an explicit deny of any wins and that each
//! kind has its own say is up to the caller.
//!
//! A document with an element AWS does not know is refused (`PolicyError`). Where it depends on a condition operator
//! that is not implemented here, or on a policy variable that has no value, a `Deny` counts and an `Allow` does not,
//! and the `Evaluation` names it.

mod condition;
mod context;
mod document;
mod evaluate;
mod exempt;
mod guardrail;
mod layout;
mod lockout;
mod managed;
mod named;
mod not_json;
mod pattern;

pub(crate) use context::Context;
pub(crate) use document::{Policy, PolicyError, PolicyProblem, StatementName};
pub(crate) use evaluate::{Decision, Evaluation, Request, StatementAbout};
pub(crate) use exempt::exempted;
pub(crate) use layout::{laid_out_as, pretty, without_statement};
pub(crate) use lockout::{Lockout, OpenStatement, Reach, lockouts, open_statements};
pub use managed::{AS_OF, ManagedPolicy};
pub(crate) use not_json::NotJson;

#[cfg(test)]
mod tests;
