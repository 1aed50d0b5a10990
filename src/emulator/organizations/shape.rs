//! How Organizations writes its things (service model; forms of paths and times captured).

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::emulator::world::organization::{Account, Container, Organization};

/// Seconds since 1970, with milliseconds after the point.
pub(super) fn time(at: Timestamp) -> f64 {
    at.as_duration().as_secs_f64()
}

pub(super) fn account_arn(organization: &Organization, account: &Account) -> String {
    let (owner, id) = (&organization.management_account, &organization.id);
    format!("arn:aws:organizations::{owner}:account/{id}/{}", account.id)
}

pub(super) fn account(organization: &Organization, account: &Account) -> Value {
    json!({
        "Id": account.id,
        "Arn": account_arn(organization, account),
        "Email": account.email,
        "Name": account.name,
        "Status": account.status(),
        "State": account.state,
        "Paths": [organization.path_of(account)],
        "JoinedMethod": account.joined,
        "JoinedTimestamp": time(account.joined_at),
    })
}

pub(super) fn delegate(organization: &Organization, account: &Account, since: Timestamp) -> Value {
    json!({
        "Id": account.id,
        "Arn": account_arn(organization, account),
        "Email": account.email,
        "Name": account.name,
        "Status": account.status(),
        "State": account.state,
        "JoinedMethod": account.joined,
        "JoinedTimestamp": time(account.joined_at),
        "DelegationEnabledDate": time(since),
    })
}

pub(super) fn root(organization: &Organization, root: &Container) -> Value {
    let (owner, id) = (&organization.management_account, &organization.id);
    json!({
        "Id": root.id,
        "Arn": format!("arn:aws:organizations::{owner}:root/{id}/{}", root.id),
        "Name": root.name,
        "PolicyTypes": [policy_type()],
    })
}

pub(super) fn unit(organization: &Organization, unit: &Container) -> Value {
    let (owner, id) = (&organization.management_account, &organization.id);
    json!({
        "Id": unit.id,
        "Arn": format!("arn:aws:organizations::{owner}:ou/{id}/{}", unit.id),
        "Name": unit.name,
        "Path": unit.path,
    })
}

pub(super) fn parent(container: &Container) -> Value {
    let kind = if container.is_root() { "ROOT" } else { "ORGANIZATIONAL_UNIT" };
    json!({ "Id": container.id, "Type": kind })
}

/// Service control policies are on, as in most organizations.
pub(super) fn policy_type() -> Value {
    json!({ "Type": "SERVICE_CONTROL_POLICY", "Status": "ENABLED" })
}
