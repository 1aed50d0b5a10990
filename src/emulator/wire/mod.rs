//! From HTTP to a request of a service, and back.

mod element;
mod input;
mod json;
mod page;
mod query;
mod reply;
mod rest;
mod route;
mod s3;
mod sqs;
mod sqs_query;

use super::{Refusal, Service};

pub(crate) use element::{Element, encoded};
pub(crate) use input::Input;
pub(crate) use page::{PageKey, Window};
pub(crate) use reply::{Answer, Reply};
pub(crate) use route::{Incoming, read};

pub(crate) fn reply(
    service: Service,
    incoming: &Incoming,
    outcome: Result<Answer, Refusal>,
    request_id: &str,
) -> Reply {
    let operation = incoming.operation.as_str();
    match service {
        Service::Organizations => json::reply(outcome, request_id),
        Service::Account | Service::Sso => rest::reply(outcome, request_id),
        Service::Iam | Service::Sts => query::reply(service, operation, outcome, request_id),
        Service::S3 => s3::reply(outcome, request_id),
        Service::Sqs if incoming.is_form => sqs_query::reply(operation, outcome, request_id),
        Service::Sqs => sqs::reply(outcome, request_id),
    }
}

/// For a service that is not spoken here.
pub(crate) fn nobody(request_id: &str) -> Reply {
    let refusal = Refusal::silent(404, "UnknownOperationException");
    json::reply(Err(refusal), request_id)
}
