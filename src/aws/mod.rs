//! The calls to AWS, through the SDK. All text is cleaned on the way in.

/// A call in a root session. What denies it is named where the caller may read it.
macro_rules! send {
    ($calls:expr, $operation:expr, $call:expr, $config:expr) => {
        match $call.customize().config_override($config).send().await {
            Ok(answer) => Ok(answer),
            Err(error) => {
                let error = crate::aws::api_error::of($operation, &error);
                Err(Box::pin(crate::aws::denial::named(&$calls.clients, error)).await)
            }
        }
    };
}

pub(crate) mod account;
mod answer;
pub(crate) mod api_error;
pub(crate) mod clients;
pub(crate) mod clock;
mod config_files;
pub(crate) mod contacts;
mod credentials;
pub(crate) mod denial;
mod endpoint;
mod error_chain;
mod failure;
mod http;
pub(crate) mod iam;
mod lanes;
mod limit;
mod mfa;
mod no_credentials;
pub(crate) mod organizations;
pub(crate) mod pace;
pub(crate) mod pace_clock;
mod pages;
mod permission_evidence;
mod policy_names;
mod profile;
pub(crate) mod profiles;
mod quotas;
pub(crate) mod retry;
pub(crate) mod root;
pub(crate) mod s3;
mod said;
pub mod session;
mod settings;
pub(crate) mod simulation;
pub(crate) mod sqs;
pub(crate) mod sts;
mod wire;
