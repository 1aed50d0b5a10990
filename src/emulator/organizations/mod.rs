//! AWS Organizations.

mod listing;
mod policies;
mod refusals;
mod shape;
mod subject;
mod trust;

use serde_json::json;

use super::world::organization::Organization;
use super::{Answer, Input, Refusal, Request, Service, World};

use refusals::{account_id, account_not_found, not_in_use};

pub(crate) use subject::subject;

/// Performs an operation. Who may call it has been settled by `authorize`.
pub(crate) fn call(world: &mut World, request: Request<'_>) -> Result<Answer, Refusal> {
    let Request { operation, input, .. } = request;
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
        "ListPolicies" => policies::list(world, input),
        "ListPoliciesForTarget" => policies::list_for_target(world, input),
        "DescribePolicy" => policies::describe(world, input),
        "CreatePolicy" => policies::create(world, input),
        "UpdatePolicy" => policies::update(world, input),
        "AttachPolicy" => policies::attach(world, input),
        "DetachPolicy" => policies::detach(world, input),
        "EnableAWSServiceAccess" => trust::enable(world, input),
        "DisableAWSServiceAccess" => trust::disable(world, input),
        "RegisterDelegatedAdministrator" => trust::register(world, input),
        "DeregisterDelegatedAdministrator" => trust::deregister(world, input),
        _ => Err(Service::Organizations.unknown_operation(operation, None)),
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
            "MasterAccountArn": shape::arn_of(organization, owner),
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
