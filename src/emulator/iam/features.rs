//! The features of centralized root access.

use crate::emulator::world::blueprint::FeatureSet;
use crate::emulator::world::withdrawals::Grant;
use crate::emulator::world::{OrgRole, World, principals};
use crate::emulator::{Answer, Caller, Element, Input, Refusal, Service};

pub(super) fn call(world: &mut World, caller: &Caller, operation: &str, input: &Input) -> Result<Answer, Refusal> {
    match operation {
        "EnableOrganizationsRootCredentialsManagement" | "EnableOrganizationsRootSessions" => {
            may_enable(world, caller)?;
        }
        "ListOrganizationsFeatures"
        | "DisableOrganizationsRootCredentialsManagement"
        | "DisableOrganizationsRootSessions" => may_look_and_disable(world, caller)?,
        _ => return Err(Service::Iam.unknown_operation(operation, input.text("Version")?)),
    }
    let (on, now) = (operation.starts_with("Enable"), world.now());
    match operation {
        "ListOrganizationsFeatures" => {}
        _ if operation.ends_with("RootSessions") => {
            if std::mem::replace(&mut world.features.sessions, on) && !on {
                world.withdrawals.note(Grant::RootSessions, now);
            }
        }
        _ => {
            if std::mem::replace(&mut world.features.credentials_management, on) && !on {
                world.withdrawals.note(Grant::RootCredentialsManagement, now);
            }
        }
    }
    Ok(features(world))
}

/// All five operations answer so, in this order (captured).
fn features(world: &World) -> Answer {
    let on = [
        ("RootSessions", world.features.sessions),
        ("RootCredentialsManagement", world.features.credentials_management),
    ];
    let names = on.into_iter().filter_map(|(name, on)| on.then_some(name));
    Answer::Xml(vec![Element::text("OrganizationId", &world.organization.id), Element::list("EnabledFeatures", names)])
}

/// Captured, but not which comes first for a member account while trusted access is off.
fn may_look_and_disable(world: &World, caller: &Caller) -> Result<(), Refusal> {
    let account = &caller.account;
    has_all_features(world)?;
    if !world.trust.is_trusted(principals::IAM) {
        return Err(Refusal::new(
            400,
            "ServiceAccessNotEnabledException",
            format!("Trusted Access for IAM not enabled by organization of input account {account}."),
        ));
    }
    let manages = world.org_role(account) == OrgRole::Management;
    if manages || world.trust.is_delegate_for(account, principals::IAM) {
        return Ok(());
    }
    Err(Refusal::new(
        400,
        "AccountNotManagementOrDelegatedAdministratorException",
        format!("Input account {account} is neither management account nor delegated admin."),
    ))
}

/// The codes are the service model's, the texts its documentation.
fn has_all_features(world: &World) -> Result<(), Refusal> {
    let (code, message) = match world.organization.feature_set {
        FeatureSet::All => return Ok(()),
        FeatureSet::ConsolidatedBilling => (
            "OrganizationNotInAllFeaturesModeException",
            "The request was rejected because your organization does not have All features enabled.",
        ),
        FeatureSet::None => (
            "OrganizationNotFoundException",
            "The request was rejected because no organization is associated with your account.",
        ),
    };
    Err(Refusal::new(400, code, message))
}

/// Captured.
fn may_enable(world: &World, caller: &Caller) -> Result<(), Refusal> {
    may_look_and_disable(world, caller)?;
    let account = &caller.account;
    if world.org_role(account) == OrgRole::Management {
        return Ok(());
    }
    Err(Refusal::new(
        400,
        "CallerIsNotManagementAccountException",
        format!(
            "Caller account {account} is not management account of the organization and cannot \
             enable IAM features."
        ),
    ))
}
