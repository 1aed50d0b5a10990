//! A call that failed, as what reads errors needs it.

use std::error::Error;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;

/// An error of the SDK without the type of its operation: the compiler would make what reads it once for each.
pub(super) struct Failure<'a> {
    pub(super) stage: Stage<'a>,
    pub(super) error: &'a (dyn Error + 'static),
    pub(super) code: Option<&'a str>,
    pub(super) message: Option<&'a str>,
    pub(super) request_id: Option<&'a str>,
}

/// How far the call came.
pub(super) enum Stage<'a> {
    /// AWS said no.
    Service(&'a HttpResponse),
    Timeout,
    /// There is an answer, and the SDK can't read it.
    Response(&'a HttpResponse),
    /// None of them came as far as an answer: credentials, configuration or the network.
    Dispatch {
        is_timeout: bool,
    },
    Construction,
}
