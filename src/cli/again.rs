//! How commands that a person is told to type next reach AWS: as this run did.

use super::arguments::Arguments;
use super::environment::{environment, profile};
use crate::aws::session::Session;
use crate::domain::aws_command::CallerOptions;

/// How a run with these arguments reaches AWS, before it is connected; `None` in the demo.
pub(super) fn caller(arguments: &Arguments) -> Option<CallerOptions> {
    let endpoint = arguments.endpoint_url.clone().or_else(|| environment("AWS_ENDPOINT_URL"));
    let named = || CallerOptions { profile: profile(arguments), region: arguments.region.clone(), endpoint };
    (!arguments.demo).then(named)
}

pub(super) fn caller_of(session: &Session) -> CallerOptions {
    CallerOptions {
        profile: session.connection().profile.clone(),
        region: Some(session.connection().region.clone()).filter(|_| !session.connection().region_assumed),
        // Several endpoints in one text come from the configuration, which is read there again.
        endpoint: session.endpoint_override().filter(|url| !url.contains(' ')).map(str::to_owned),
    }
}
