//! The access portal of IAM Identity Center, as far as a profile with an SSO session needs it.

use std::time::Duration;

use secrecy::ExposeSecret;
use serde_json::json;

use super::{Answer, Caller, Denial, Input, Refusal, Request, Service, World};

/// The access token of the identity `sso`. Not a secret: it is the same for everybody, and good for ever.
pub const SSO_TOKEN: &str = "demo-sso-token";

/// Identity Center's default for the sessions of a permission set (AWS documentation).
const SESSION: Duration = Duration::from_hours(1);

pub(crate) fn holder(world: &World, token: Option<&str>) -> Result<Caller, Refusal> {
    let known = world.entities.single_sign_on().filter(|_| token == Some(SSO_TOKEN));
    known.cloned().ok_or_else(|| Service::Sso.unknown_credentials())
}

/// Parameters and answer are the service model's; that an empty parameter counts as missing, and the error, are a
/// guess.
pub(crate) fn call(world: &mut World, request: Request<'_>) -> Result<Answer, Refusal> {
    let Request { caller, operation, input, .. } = request;
    if operation != "GetRoleCredentials" {
        return Err(Service::Sso.unknown_operation(operation, None));
    }
    let (role_name, account) = (required(input, "role_name")?, required(input, "account_id")?);
    if account != caller.account || Some(role_name) != permission_set(caller) {
        return Err(Service::Sso.denied(caller, operation, "*", &Denial::NoIdentityPolicy));
    }
    let now = world.now();
    let issued = world.sessions.issue(caller.clone(), now, SESSION);
    let credentials = issued.map_err(|_| Service::Sso.internal_error())?;
    Ok(Answer::Json(json!({
        "roleCredentials": {
            "accessKeyId": credentials.access_key_id,
            "secretAccessKey": credentials.secret.expose_secret(),
            "sessionToken": credentials.token.expose_secret(),
            "expiration": credentials.expires_at.as_millisecond(),
        }
    })))
}

fn required<'a>(input: &'a Input, name: &str) -> Result<&'a str, Refusal> {
    let value = input.text(name)?.filter(|value| !value.is_empty());
    value.ok_or_else(|| Refusal::new(400, "InvalidRequestException", format!("Missing parameter: {name}")))
}

/// `OrgAdmin` of `AWSReservedSSO_OrgAdmin_0123456789abcdef`, which the portal calls the role (AWS documentation).
fn permission_set(caller: &Caller) -> Option<&str> {
    let role = caller.principal_arn.rsplit('/').next()?;
    let (name, _digest) = role.strip_prefix("AWSReservedSSO_")?.rsplit_once('_')?;
    Some(name)
}
