//! AWS Organizations.

mod listing;
mod shape;
mod subject;
mod trust;

use serde_json::json;

use super::refusal::{Detail, Refusal};
use super::service::Service;
use super::wire::{Answer, Input};
use super::world::World;
use super::world::organization::Organization;

pub(crate) use subject::subject;

/// Performs an operation. Who may call it has been settled by `authorize`.
///
/// # Errors
/// What Organizations refuses.
pub(crate) fn call(world: &mut World, operation: &str, input: &Input) -> Result<Answer, Refusal> {
    if !world.organization.exists() {
        return Err(not_in_use());
    }
    match operation {
        "DescribeOrganization" => describe_organization(&world.organization),
        "DescribeAccount" => describe_account(&world.organization, input),
        "ListAccounts" => listing::accounts(world, input),
        "ListRoots" => listing::roots(world, input),
        "ListOrganizationalUnitsForParent" => listing::units_for_parent(world, input),
        "ListAccountsForParent" => listing::accounts_for_parent(world, input),
        "ListParents" => listing::parents(world, input),
        "ListAWSServiceAccessForOrganization" => listing::service_access(world, input),
        "ListDelegatedAdministrators" => listing::delegated_administrators(world, input),
        "ListDelegatedServicesForAccount" => listing::delegated_services(world, input),
        "EnableAWSServiceAccess" => trust::enable(world, input),
        "DisableAWSServiceAccess" => trust::disable(world, input),
        "RegisterDelegatedAdministrator" => trust::register(world, input),
        "DeregisterDelegatedAdministrator" => trust::deregister(world, input),
        _ => Err(Service::Organizations.unknown_operation(operation)),
    }
}

fn describe_organization(organization: &Organization) -> Result<Answer, Refusal> {
    // A world is not built without its management account.
    let management = organization.management().ok_or_else(|| Service::Organizations.internal_error())?;
    let (id, owner) = (&organization.id, &organization.management_account);
    Ok(Answer::Json(json!({
        "Organization": {
            "Id": id,
            "Arn": format!("arn:aws:organizations::{owner}:organization/{id}"),
            "FeatureSet": if organization.has_all_features() { "ALL" } else { "CONSOLIDATED_BILLING" },
            "MasterAccountArn": shape::account_arn(organization, management),
            "MasterAccountId": owner,
            "MasterAccountEmail": management.email,
            "AvailablePolicyTypes": shape::policy_types(organization),
        }
    })))
}

fn describe_account(organization: &Organization, input: &Input) -> Result<Answer, Refusal> {
    let id = account_id(input)?;
    let account = organization.account(id).ok_or_else(account_not_found)?;
    Ok(Answer::Json(json!({ "Account": shape::account(organization, account) })))
}

/// The required `AccountId`.
fn account_id(input: &Input) -> Result<&str, Refusal> {
    let id = required(input, "AccountId", "INVALID_PATTERN:ACCOUNT_ID")?;
    if is_account_id(id) { Ok(id) } else { Err(invalid_pattern("INVALID_PATTERN:ACCOUNT_ID")) }
}

fn is_account_id(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// That a missing member is answered like one of the wrong form is a guess: SDKs check before
/// they send.
fn required<'a>(input: &'a Input, name: &str, reason: &'static str) -> Result<&'a str, Refusal> {
    input.text(name)?.ok_or_else(|| invalid_pattern(reason))
}

fn invalid_input(message: &str, reason: &'static str) -> Refusal {
    Refusal::new(400, "InvalidInputException", message).with(Detail::Reason(reason))
}

/// The text is captured, and the form of the reason (a field after the colon).
fn invalid_pattern(reason: &'static str) -> Refusal {
    invalid_input("You provided a value that does not match the required pattern.", reason)
}

/// Captured.
fn not_in_use() -> Refusal {
    Refusal::new(400, "AWSOrganizationsNotInUseException", "Your account is not a member of an organization.")
}

/// The text is a guess after the AWS documentation.
fn account_not_found() -> Refusal {
    Refusal::new(400, "AccountNotFoundException", "You specified an account that doesn't exist.")
}

/// The text is a guess after the AWS documentation.
fn account_not_registered() -> Refusal {
    Refusal::new(
        400,
        "AccountNotRegisteredException",
        "The provided account is not a registered delegated administrator for your organization.",
    )
}
