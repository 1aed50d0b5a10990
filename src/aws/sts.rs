//! AWS Security Token Service: who is calling.

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
    let answer =
        clients.sts.get_caller_identity().send().await.map_err(|error| fault::of(GET_CALLER_IDENTITY, &error))?;
    Ok(Caller {
        account: wire::account_id(GET_CALLER_IDENTITY, answer.account())?,
        arn: wire::required(GET_CALLER_IDENTITY, "the ARN", answer.arn())?,
    })
}
