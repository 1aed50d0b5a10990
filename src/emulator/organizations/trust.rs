//! Trusted access and delegated administrators.

use super::refusals::{account_id, account_not_found, account_not_registered, invalid_input, required};
use crate::emulator::world::blueprint::State;
use crate::emulator::world::withdrawals::Grant;
use crate::emulator::world::{World, principals};
use crate::emulator::{Answer, Detail, Input, Refusal};

pub(super) fn enable(world: &mut World, input: &Input) -> Result<Answer, Refusal> {
    let principal = service_principal(input)?;
    has_all_features(world)?;
    let now = world.now();
    world.trust.enable(principal, now);
    Ok(Answer::Empty)
}

/// No error if it is off already (captured).
pub(super) fn disable(world: &mut World, input: &Input) -> Result<Answer, Refusal> {
    let principal = service_principal(input)?;
    if !world.trust.delegates(Some(principal)).is_empty() {
        return Err(constraint(
            "You have delegated administrator/s for this service. De-register them in order to \
             disable service access.",
            "DELEGATED_ADMINISTRATOR_EXISTS_FOR_THIS_SERVICE",
        ));
    }
    if world.trust.disable(principal) && principal == principals::IAM {
        let now = world.now();
        world.withdrawals.note(Grant::TrustedAccess, now);
    }
    Ok(Answer::Empty)
}

pub(super) fn register(world: &mut World, input: &Input) -> Result<Answer, Refusal> {
    let account = account_id(input)?;
    let principal = service_principal(input)?;
    may_register(world, account, principal)?;
    let now = world.now();
    world.trust.register(account, principal, now);
    Ok(Answer::Empty)
}

/// Reasons: service model. Texts and order: a guess after the AWS documentation.
fn may_register(world: &World, account: &str, principal: &str) -> Result<(), Refusal> {
    has_all_features(world)?;
    let Some(candidate) = world.organization.account(account) else { return Err(account_not_found()) };
    if account == world.organization.management_account {
        return Err(constraint(
            "You cannot register master account/yourself as delegated administrator for your \
             organization.",
            "CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR",
        ));
    }
    if candidate.state != State::Active {
        return Err(constraint(
            "You cannot register a suspended account as delegated administrator.",
            "CANNOT_REGISTER_SUSPENDED_ACCOUNT_AS_DELEGATED_ADMINISTRATOR",
        ));
    }
    if !world.trust.is_trusted(principal) {
        return Err(constraint(
            "You attempted to register a delegated administrator before you enabled service \
             access. Call the EnableAWSServiceAccess API first.",
            "SERVICE_ACCESS_NOT_ENABLED",
        ));
    }
    if world.trust.is_delegate_for(account, principal) {
        return Err(Refusal::new(
            400,
            "AccountAlreadyRegisteredException",
            "The provided account is already a delegated administrator for your organization.",
        ));
    }
    if world.trust.delegates(Some(principal)).len() >= principals::most_delegates(principal) {
        return Err(constraint(
            "You have exceeded the allowed number of delegated administrators for the delegated \
             service.",
            "MAX_DELEGATED_ADMINISTRATORS_FOR_SERVICE_LIMIT_EXCEEDED",
        ));
    }
    Ok(())
}

/// The reason is the service model's, the text a guess after the AWS documentation.
fn has_all_features(world: &World) -> Result<(), Refusal> {
    if world.organization.has_all_features() {
        return Ok(());
    }
    Err(constraint(
        "You attempted to perform an operation that requires an organization with all features enabled.",
        "ORGANIZATION_NOT_IN_ALL_FEATURES_MODE",
    ))
}

pub(super) fn deregister(world: &mut World, input: &Input) -> Result<Answer, Refusal> {
    let account = account_id(input)?;
    let principal = service_principal(input)?;
    if world.organization.account(account).is_none() {
        return Err(account_not_found());
    }
    if !world.trust.deregister(account, principal) {
        return Err(account_not_registered());
    }
    if principal == principals::IAM {
        let now = world.now();
        world.withdrawals.note(Grant::Delegate(account.to_owned()), now);
    }
    Ok(Answer::Empty)
}

fn service_principal(input: &Input) -> Result<&str, Refusal> {
    known(required(input, "ServicePrincipal", "INVALID_PATTERN:SERVICE_PRINCIPAL")?)
}

/// The reason is the service model's, the text a guess.
pub(super) fn known(principal: &str) -> Result<&str, Refusal> {
    if principals::is_known(principal) {
        Ok(principal)
    } else {
        Err(invalid_input("You specified an unrecognized service principal.", "UNRECOGNIZED_SERVICE_PRINCIPAL"))
    }
}

fn constraint(message: &str, reason: &'static str) -> Refusal {
    Refusal::new(400, "ConstraintViolationException", message).with(Detail::Reason(reason))
}
