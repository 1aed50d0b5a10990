//! IAM, as far as centralized root access goes.

mod credentials;
mod features;
mod summary;

use super::callers::Caller;
use super::refusal::Refusal;
use super::service::Service;
use super::wire::{Answer, Input};
use super::world::World;

/// The resource an operation is authorized on.
///
/// Outside of root sessions everything is allowed and nobody asks, so it is `*`. In one it is the
/// account's root user, unless the request names another user or a device; the account's summary
/// knows no resource (Service Authorization Reference).
///
/// # Errors
/// A parameter is of the wrong type.
pub(crate) fn resource(caller: &Caller, operation: &str, input: &Input) -> Result<String, Refusal> {
    if caller.root_session.is_none() || operation == "GetAccountSummary" || operation.contains("Organizations") {
        return Ok("*".to_owned());
    }
    if let ("DeleteVirtualMFADevice", Some(device)) = (operation, input.text("SerialNumber")?) {
        return Ok(device.to_owned());
    }
    Ok(match input.text("UserName")? {
        Some(user) => format!("arn:aws:iam::{}:user/{user}", caller.account),
        None => caller.arn.clone(),
    })
}

/// Performs an operation.
///
/// # Errors
/// What IAM refuses.
pub(crate) fn call(world: &mut World, caller: &Caller, operation: &str, input: &Input) -> Result<Answer, Refusal> {
    match operation {
        "GetAccountSummary" => Ok(summary::of(world, &caller.account)),
        "GetUser"
        | "GetLoginProfile"
        | "CreateLoginProfile"
        | "DeleteLoginProfile"
        | "ListAccessKeys"
        | "GetAccessKeyLastUsed"
        | "DeleteAccessKey"
        | "ListMFADevices"
        | "DeactivateMFADevice"
        | "ListSigningCertificates"
        | "DeleteSigningCertificate" => credentials::call(world, caller, operation, input),
        _ if operation.contains("Organizations") => features::call(world, caller, operation),
        _ => Err(Service::Iam.unknown_operation(operation)),
    }
}
