//! IAM, as far as centralized root access goes, and what its callers may do.

mod arn;
mod constraints;
mod credentials;
mod entities;
mod features;
mod listing;
mod simulation;
mod simulation_input;
mod summary;

use super::world::entities::{Entity, EntityKind};
use super::{Answer, Caller, Input, Refusal, Request, Service, Subject, World};

/// Service Authorization Reference: most operations are about the user of the request, or the caller if that is root or
/// a user. The account's summary and the root features know no resource.
pub(crate) fn subject(world: &World, caller: &Caller, operation: &str, input: &Input) -> Result<Subject, Refusal> {
    let account = caller.account.as_str();
    let resource = match operation {
        "GetAccountSummary" => None,
        _ if operation.contains("Organizations") => None,
        "SimulatePrincipalPolicy" => input.text("PolicySourceArn")?.map(str::to_owned),
        "GetRole" => input.text("RoleName")?.map(|name| {
            let role = world.entities.named(EntityKind::Role, account, name);
            role.map_or_else(|| format!("arn:aws:iam::{account}:role/{name}"), Entity::arn)
        }),
        "DeleteVirtualMFADevice" if input.has("SerialNumber") => input.text("SerialNumber")?.map(str::to_owned),
        _ => match input.text("UserName")? {
            Some(name) => {
                let user = world.entities.named(EntityKind::User, account, name);
                Some(user.map_or_else(|| format!("arn:aws:iam::{account}:user/{name}"), Entity::arn))
            }
            None if caller.is_root() || caller.user_name().is_some() => Some(caller.arn.clone()),
            None => None,
        },
    };
    Ok(Subject::new(resource.unwrap_or_else(|| "*".to_owned())))
}

pub(crate) fn call(world: &mut World, request: Request<'_>) -> Result<Answer, Refusal> {
    let Request { caller, operation, input, .. } = request;
    constraints::check(operation, input)?;
    match operation {
        "GetAccountSummary" => Ok(summary::of(world, &caller.account)),
        "GetRole" => entities::role(world, caller, input),
        "GetUser" if !caller.is_root() => entities::user(world, caller, input),
        "SimulatePrincipalPolicy" => simulation::simulate(world, caller, input),
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
        _ if operation.contains("Organizations") => features::call(world, caller, operation, input),
        _ => Err(Service::Iam.unknown_operation(operation, input.text("Version")?)),
    }
}
