//! The listings of Organizations.

use serde_json::{Map, Value, json};

use super::refusals::{account_id, account_not_found, account_not_registered, invalid_pattern, required};
use super::{shape, trust};
use crate::emulator::validation::is_account_id;
use crate::emulator::world::organization::Container;
use crate::emulator::{Answer, Input, PageKey, Refusal, Window, World};

fn window(input: &Input, operation: &str, about: &str, len: usize) -> Result<Window, Refusal> {
    let listing = PageKey { operation, about };
    let token = input.text("NextToken")?;
    Window::new(listing, len, input.number("MaxResults")?, token)
}

/// Without a `NextToken` it is the last.
fn page(name: &str, entries: impl Iterator<Item = Value>, next: Option<String>) -> Answer {
    let mut members = Map::new();
    members.insert(name.to_owned(), entries.collect());
    if let Some(token) = next {
        members.insert("NextToken".to_owned(), Value::String(token));
    }
    Answer::Json(Value::Object(members))
}

fn short_page(name: &str, entries: Vec<Value>, input: &Input, operation: &str, about: &str) -> Result<Answer, Refusal> {
    let Window { start, end, next } = window(input, operation, about, entries.len())?;
    let entries = entries.into_iter().skip(start).take(end - start);
    Ok(page(name, entries, next))
}

pub(super) fn accounts(world: &World, input: &Input) -> Result<Answer, Refusal> {
    let organization = &world.organization;
    let all = organization.accounts();
    let Window { start, end, next } = window(input, "ListAccounts", "", all.len())?;
    let accounts = all.get(start..end).unwrap_or_default().iter();
    let accounts = accounts.map(|account| shape::account(organization, account));
    Ok(page("Accounts", accounts, next))
}

pub(super) fn accounts_for_parent(world: &World, input: &Input) -> Result<Answer, Refusal> {
    let organization = &world.organization;
    let parent = parent(world, input)?;
    let all = organization.accounts_in(parent);
    let Window { start, end, next } = window(input, "ListAccountsForParent", &parent.id, all.len())?;
    let accounts = all.range(start, end);
    let accounts = accounts.map(|account| shape::account(organization, account));
    Ok(page("Accounts", accounts, next))
}

pub(super) fn units_for_parent(world: &World, input: &Input) -> Result<Answer, Refusal> {
    let organization = &world.organization;
    let parent = parent(world, input)?;
    let all = organization.units_in(parent);
    let operation = "ListOrganizationalUnitsForParent";
    let Window { start, end, next } = window(input, operation, &parent.id, all.len())?;
    let units = all.range(start, end);
    let units = units.map(|unit| shape::unit(organization, unit));
    Ok(page("OrganizationalUnits", units, next))
}

pub(super) fn roots(world: &World, input: &Input) -> Result<Answer, Refusal> {
    let organization = &world.organization;
    let roots = organization.root().into_iter();
    let roots = roots.map(|root| shape::root(organization, root)).collect();
    short_page("Roots", roots, input, "ListRoots", "")
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
    let parents = vec![shape::parent(parent)];
    short_page("Parents", parents, input, "ListParents", child)
}

pub(super) fn service_access(world: &World, input: &Input) -> Result<Answer, Refusal> {
    let services = world
        .trust
        .services()
        .map(|(principal, since)| json!({ "ServicePrincipal": principal, "DateEnabled": shape::time(since) }));
    let operation = "ListAWSServiceAccessForOrganization";
    short_page("EnabledServicePrincipals", services.collect(), input, operation, "")
}

pub(super) fn delegated_administrators(world: &World, input: &Input) -> Result<Answer, Refusal> {
    let organization = &world.organization;
    let principal = match input.text("ServicePrincipal")? {
        Some(principal) => Some(trust::known(principal)?),
        None => None,
    };
    let delegates = world.trust.delegates(principal).into_iter();
    let delegates = delegates.filter_map(|(id, since)| {
        let account = organization.account(id)?;
        Some(shape::delegate(organization, account, since))
    });
    let operation = "ListDelegatedAdministrators";
    let about = principal.unwrap_or_default();
    short_page("DelegatedAdministrators", delegates.collect(), input, operation, about)
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
    let services = services.into_iter().map(
        |(principal, since)| json!({ "ServicePrincipal": principal, "DelegationEnabledDate": shape::time(since) }),
    );
    let operation = "ListDelegatedServicesForAccount";
    short_page("DelegatedServices", services.collect(), input, operation, account)
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
