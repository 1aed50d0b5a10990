//! AWS Security Token Service: who is calling.

use aws_smithy_types::retry::RetryConfig;

use super::clients::Clients;
use super::{fault, wire};
use crate::domain::caller::Caller;
use crate::domain::fault::Fault;

/// The operation that tells whose credentials these are.
pub(crate) const GET_CALLER_IDENTITY: &str = "sts:GetCallerIdentity";

/// Whose credentials these are. Needs no permission and works under an explicit deny (AWS
/// documentation).
///
/// # Errors
/// If there are no usable credentials, or AWS can't be reached.
pub async fn caller(clients: &Clients) -> Result<Caller, Fault> {
    // Whoever waits to be connected is told soon that nobody answers, however patient the rest is.
    let soon = aws_sdk_sts::config::Builder::new().retry_config(RetryConfig::standard());
    let asked = clients.sts.get_caller_identity().customize().config_override(soon).send().await;
    let answer = asked.map_err(|error| fault::of(GET_CALLER_IDENTITY, &error))?;
    Ok(Caller {
        account: wire::account_id(GET_CALLER_IDENTITY, answer.account())?,
        arn: wire::required(GET_CALLER_IDENTITY, "the ARN", answer.arn())?,
    })
}
