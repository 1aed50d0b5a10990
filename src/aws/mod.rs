//! The calls to AWS, through the SDK. All text is cleaned on the way in.

macro_rules! send {
    ($operation:expr, $call:expr, $config:expr) => {
        $call
            .customize()
            .config_override($config)
            .send()
            .await
            .map_err(|error| crate::aws::api_error::of($operation, &error))
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
mod endpoint;
mod error_chain;
mod http;
pub(crate) mod iam;
mod limit;
mod mfa;
mod no_credentials;
pub(crate) mod organizations;
pub(crate) mod pace;
mod pages;
mod permission_evidence;
mod profile;
pub(crate) mod profiles;
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
