//! What AWS said in an error: its code, message and reason, also where the SDK loses them.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::error::ErrorMetadata;

use super::answer;
use super::error_chain::chain;
use super::failure::Failure;

pub(super) struct Said {
    pub(super) code: Option<String>,
    pub(super) message: String,
    /// The `Reason` that exceptions of Organizations carry.
    pub(super) reason: Option<String>,
}

impl Said {
    /// The SDK can't name an error without a code (it happens: a blank `AccountName`) and keeps AWS's words as its
    /// source only.
    pub(super) fn of(failure: &Failure<'_>, response: &HttpResponse) -> Self {
        let source = chain(failure.error).find_map(|cause| cause.downcast_ref::<ErrorMetadata>());
        let body = answer::error_body(response);
        let member = |names: &[&str]| {
            let found = names.iter().find_map(|name| body.as_ref()?.get(name)?.as_str());
            found.filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let own = |of_error: Option<&str>, of_source: Option<&str>| {
            of_error.or(of_source).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let message = own(failure.message, source.and_then(ErrorMetadata::message));
        Self {
            code: own(failure.code, source.and_then(ErrorMetadata::code)),
            message: message.or_else(|| member(&["message", "Message", "errorMessage"])).unwrap_or_default(),
            reason: member(&["Reason"]),
        }
    }
}
