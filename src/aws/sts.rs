//! AWS Security Token Service: who is calling, and root sessions.

use aws_sdk_sts::types::PolicyDescriptorType;
use aws_smithy_types::retry::RetryConfig;
use aws_types::request_id::RequestId;

use super::clients::Clients;
use super::retry::Throttles;
use super::settings::GET_CALLER_IDENTITY;
use super::{api_error, denial, wire};
use crate::domain::api_error::ApiError;
use crate::domain::caller::Caller;
use crate::domain::client_error::AnswerError;
use crate::domain::permission::About;
use crate::domain::root_session::{RootSession, SessionInfo, SessionKey};
use crate::domain::text;

pub(crate) const ASSUME_ROOT: &str = "sts:AssumeRoot";

/// Needs no permission and works under an explicit deny (AWS documentation).
pub(crate) async fn caller(clients: &Clients) -> Result<Caller, ApiError> {
    // Connecting fails soon where nothing answers, however often other calls are tried again.
    let soon = aws_sdk_sts::config::Builder::new().retry_config(RetryConfig::standard());
    let asked = clients.sts.get_caller_identity().customize().config_override(soon).send().await;
    let answer = asked.map_err(|error| api_error::of(GET_CALLER_IDENTITY, &error))?;
    Ok(Caller {
        account: wire::account_id(GET_CALLER_IDENTITY, answer.account())?,
        arn: wire::required(GET_CALLER_IDENTITY, "the ARN", answer.arn())?,
    })
}

/// `partition` is that of the task policy. Also the request id.
///
/// The call goes to the endpoint of a region: the global one does not serve it (captured). The SDK takes the global one
/// only for `aws-global` and its like, whatever `AWS_STS_REGIONAL_ENDPOINTS` says.
pub(crate) async fn assume_root(
    clients: &Clients,
    key: SessionKey,
    partition: &str,
    seconds: u16,
    throttles: &Throttles,
) -> Result<(RootSession, Option<String>), ApiError> {
    clients.pace.wait(ASSUME_ROOT).await;
    let regional = aws_sdk_sts::config::Builder::new().region(clients.region.clone()).interceptor(throttles.clone());
    let answer = clients
        .sts
        .assume_root()
        .target_principal(key.account.to_string())
        .task_policy_arn(PolicyDescriptorType::builder().arn(key.task.arn(partition)).build())
        .duration_seconds(seconds.into())
        .customize()
        .config_override(regional)
        .send()
        .await;
    let answer = match clients.answered_about(ASSUME_ROOT, About::Task(key.task), answer) {
        Ok(answer) => answer,
        Err(error) => return Err(Box::pin(denial::named(clients, error)).await),
    };
    let given = answer
        .credentials()
        .ok_or_else(|| wire::unreadable(ASSUME_ROOT, AnswerError::Lacks("Credentials".to_owned())))?;
    let whole = ![given.access_key_id(), given.secret_access_key(), given.session_token()].contains(&"");
    let (true, Some(expires)) = (whole, wire::since(given.expiration())) else {
        return Err(wire::unreadable(ASSUME_ROOT, AnswerError::Incomplete("Credentials".to_owned())));
    };
    let session = RootSession::new(
        SessionInfo { key, expires },
        text::clean(given.access_key_id()),
        given.secret_access_key().to_owned().into(),
        given.session_token().to_owned().into(),
    );
    Ok((session, answer.request_id().map(text::clean)))
}
