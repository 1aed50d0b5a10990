//! What the person's machine says about how to reach AWS.

use aws_types::os_shim_internal::Env;

use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::client_error::AwsConfigError;

pub(crate) const GET_CALLER_IDENTITY: &str = "sts:GetCallerIdentity";

pub(super) fn set(env: &Env, name: &str) -> Option<String> {
    env.get(name).ok().filter(|value| !value.is_empty())
}

pub(super) fn configuration(error: AwsConfigError) -> ApiError {
    ApiError::client(GET_CALLER_IDENTITY, ApiErrorKind::Configuration, error)
}
