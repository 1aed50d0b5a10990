//! AWS STS.

use super::callers::Caller;
use super::refusal::Refusal;
use super::service::Service;
use super::wire::{Answer, Element};

/// Performs an operation.
///
/// # Errors
/// What STS refuses.
pub(crate) fn call(caller: &Caller, operation: &str) -> Result<Answer, Refusal> {
    match operation {
        "GetCallerIdentity" => Ok(Answer::Xml(vec![
            Element::text("Arn", &caller.arn),
            Element::text("UserId", &caller.user_id),
            Element::text("Account", &caller.account),
        ])),
        _ => Err(Service::Sts.unknown_operation(operation)),
    }
}
