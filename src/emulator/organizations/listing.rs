//! The listings of Organizations.

use serde_json::{Map, Value, json};

use super::refusals::{account_id, account_not_found, account_not_registered, invalid_pattern, required};
use super::{shape, trust};
use crate::emulator::validation::is_account_id;
use crate::emulator::world::organization::Container;
use crate::emulator::{Answer, Input, PageKey, Refusal, Window, World};

/// One page of `all`; without a `NextToken` it is the last.
pub(super) fn page<T>(
    listing: PageKey<'_>,
    input: &Input,
    name: &str,
    all: &[T],
    shape: impl Fn(&T) -> Value,
) -> Result<Answer, Refusal> {
    let (size, token) = (input.number("MaxResults")?, input.text("NextToken")?);
    let Window { start, end, next } = Window::new(listing, all.len(), size, token)?;
    let entries = all.get(start..end).unwrap_or_default().iter().map(shape).collect();
    let mut members = Map::from_iter([(name.to_owned(), entries)]);
    members.extend(next.map(|token| ("NextToken".to_owned(), Value::String(token))));
    Ok(Answer::Json(Value::Object(members)))
}

pub(super) fn accounts(world: &World, input: &Input) -> Result<Answer, Refusal> {
    let organization = &world.organization;
    let listing = PageKey { operation: "ListAccounts", about: "" };
    page(listing, input, "Accounts", organization.accounts(), |account| shape::account(organization, account))
}

pub(super) fn accounts_for_parent(world: &World, input: &Input) -> Result<Answer, Refusal> {
    let organization = &world.organization;
    let parent = parent(world, input)?;
    let listing = PageKey { operation: "ListAccountsForParent", about: &parent.id };
    let accounts = organization.accounts_in(parent);
    page(listing, input, "Accounts", &accounts, |account| shape::account(organization, account))
}

pub(super) fn units_for_parent(world: &World, input: &Input) -> Result<Answer, Refusal> {
    let organization = &world.organization;
    let parent = parent(world, input)?;
    let listing = PageKey { operation: "ListOrganizationalUnitsForParent", about: &parent.id };
    let units = organization.units_in(parent);
    page(listing, input, "OrganizationalUnits", &units, |unit| shape::unit(organization, unit))
}

pub(super) fn roots(world: &World, input: &Input) -> Result<Answer, Refusal> {
    let organization = &world.organization;
    let listing = PageKey { operation: "ListRoots", about: "" };
    page(listing, input, "Roots", organization.root().as_slice(), |root| shape::root(organization, root))
}

pub(super) fn parents(world: &World, input: &Input) -> Result<Answer, Refusal> {
    let reason = "INVALID_PATTERN:CHILD_ID";
    let child = required(input, "ChildId", reason)?;
    if !is_account_id(child) && !is_unit_id(child) {
        return Err(invalid_pattern(reason));
    }
    let parent = world.organization.parent_of(child).ok_or_else(|| {
        let message = "You specified a child that doesn't exist.";
        Refusal::new(400, "ChildNotFoundException", message)
    })?;
    let listing = PageKey { operation: "ListParents", about: child };
    page(listing, input, "Parents", &[parent], |parent| shape::parent(parent))
}

pub(super) fn service_access(world: &World, input: &Input) -> Result<Answer, Refusal> {
    let services: Vec<_> = world.trust.services().collect();
    let listing = PageKey { operation: "ListAWSServiceAccessForOrganization", about: "" };
    page(
        listing,
        input,
        "EnabledServicePrincipals",
        &services,
        |(principal, since)| json!({ "ServicePrincipal": principal, "DateEnabled": shape::time(*since) }),
    )
}

pub(super) fn delegated_administrators(world: &World, input: &Input) -> Result<Answer, Refusal> {
    let organization = &world.organization;
    let principal = input.text("ServicePrincipal")?.map(trust::known).transpose()?;
    let delegates = world.trust.delegates(principal).into_iter();
    let delegates: Vec<_> = delegates.filter_map(|(id, since)| Some((organization.account(id)?, since))).collect();
    let listing = PageKey { operation: "ListDelegatedAdministrators", about: principal.unwrap_or_default() };
    page(listing, input, "DelegatedAdministrators", &delegates, |(account, since)| {
        shape::delegate(organization, account, *since)
    })
}

pub(super) fn delegated_services(world: &World, input: &Input) -> Result<Answer, Refusal> {
    let account = account_id(input)?;
    if world.organization.account(account).is_none() {
        return Err(account_not_found());
    }
    let services = world.trust.services_of(account);
    if services.is_empty() {
        return Err(account_not_registered());
    }
    let listing = PageKey { operation: "ListDelegatedServicesForAccount", about: account };
    page(
        listing,
        input,
        "DelegatedServices",
        &services,
        |(principal, since)| json!({ "ServicePrincipal": principal, "DelegationEnabledDate": shape::time(*since) }),
    )
}

/// The pattern is the service model's; the reason's suffix and the text of `ParentNotFoundException` are a guess.
fn parent<'a>(world: &'a World, input: &Input) -> Result<&'a Container, Refusal> {
    let reason = "INVALID_PATTERN:PARENT_ID";
    let id = required(input, "ParentId", reason)?;
    if !is_root_id(id) && !is_unit_id(id) {
        return Err(invalid_pattern(reason));
    }
    world.organization.container(id).ok_or_else(|| {
        let message = "You specified a parent that doesn't exist.";
        Refusal::new(400, "ParentNotFoundException", message)
    })
}

/// `r-[0-9a-z]{4,32}`
fn is_root_id(text: &str) -> bool {
    text.strip_prefix("r-").is_some_and(|id| is_word(id, 4))
}

/// `ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}`
fn is_unit_id(text: &str) -> bool {
    text.strip_prefix("ou-")
        .and_then(|rest| rest.split_once('-'))
        .is_some_and(|(root, own)| is_word(root, 4) && is_word(own, 8))
}

fn is_word(text: &str, shortest: usize) -> bool {
    let allowed = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_lowercase();
    (shortest..=32).contains(&text.len()) && text.bytes().all(allowed)
}
