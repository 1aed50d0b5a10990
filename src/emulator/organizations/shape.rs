//! How Organizations writes its things (service model; forms of paths and times captured).

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::emulator::world::blueprint::PolicyType;
use crate::emulator::world::organization::{Account, Container, Organization};

/// Seconds since 1970, with milliseconds after the point.
pub(super) fn time(at: Timestamp) -> f64 {
    at.as_duration().as_secs_f64()
}

/// Of the root, an organizational unit or an account, as the id tells.
pub(super) fn arn_of(organization: &Organization, child: &str) -> String {
    let kind = match child.split('-').next() {
        Some("r") => "root",
        Some("ou") => "ou",
        _ => "account",
    };
    let (owner, id) = (&organization.management_account, &organization.id);
    format!("arn:aws:organizations::{owner}:{kind}/{id}/{child}")
}

pub(super) fn account(organization: &Organization, account: &Account) -> Value {
    account_with(organization, account, "Paths", &json!([organization.path_of(account)]))
}

pub(super) fn delegate(organization: &Organization, account: &Account, since: Timestamp) -> Value {
    account_with(organization, account, "DelegationEnabledDate", &json!(time(since)))
}

fn account_with(organization: &Organization, account: &Account, member: &str, value: &Value) -> Value {
    json!({
        "Id": account.id,
        "Arn": arn_of(organization, &account.id),
        "Email": account.email,
        "Name": account.name,
        "Status": account.status(),
        "State": account.state,
        "JoinedMethod": account.joined,
        "JoinedTimestamp": time(account.joined_at),
        member: value,
    })
}

pub(super) fn root(organization: &Organization, root: &Container) -> Value {
    json!({
        "Id": root.id,
        "Arn": arn_of(organization, &root.id),
        "Name": root.name,
        "PolicyTypes": policy_types(organization),
    })
}

pub(super) fn unit(organization: &Organization, unit: &Container) -> Value {
    json!({
        "Id": unit.id,
        "Arn": arn_of(organization, &unit.id),
        "Name": unit.name,
        "Path": unit.path,
    })
}

pub(super) fn parent(container: &Container) -> Value {
    let kind = if container.is_root() { "ROOT" } else { "ORGANIZATIONAL_UNIT" };
    json!({ "Id": container.id, "Type": kind })
}

/// Service and resource control policies are on; without all features there are none.
pub(super) fn policy_types(organization: &Organization) -> Value {
    if organization.has_all_features() {
        let enabled = |kind: PolicyType| json!({ "Type": kind.name(), "Status": "ENABLED" });
        PolicyType::ALL.into_iter().map(enabled).collect()
    } else {
        json!([])
    }
}
