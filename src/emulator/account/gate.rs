use super::check;
use crate::emulator::world::blueprint::State;
use crate::emulator::world::organization::Account;
use crate::emulator::world::{OrgRole, World, principals};
use crate::emulator::{Refusal, Request, Service};

/// Captured: the refusals without trusted access, of the management account's own id and of a member about itself.
/// Guesses: their order; that an account in no organization is answered like a member; that a delegated administrator
/// may name itself but not the management account; `ResourceNotFoundException` about an account outside the
/// organization.
pub(super) fn member<'a>(world: &'a World, request: Request<'_>, id: &str) -> Result<&'a Account, Refusal> {
    let caller = &request.caller.account;
    let manages = world.organization.exists() && world.org_role(caller) == OrgRole::Management;
    if !manages && !world.trust.is_delegate_for(caller, principals::ACCOUNT) {
        return Err(denied(request, ""));
    }
    if !world.trust.is_trusted(principals::ACCOUNT) {
        return Err(denied(
            request,
            " (Your organization must first enable trusted access with AWS Account Management.)",
        ));
    }
    if id == world.organization.management_account {
        return Err(denied(request, " (Access Denied)"));
    }
    world.organization.account(id).ok_or_else(not_found)
}

pub(super) fn member_or_own<'a>(world: &'a World, request: Request<'_>) -> Result<&'a Account, Refusal> {
    match check::account_id(request.input)? {
        Some(id) => member(world, request, id),
        None => world.organization.account(&request.caller.account).ok_or_else(not_found),
    }
}

/// A closed account is not found, one in any other state but active is denied (a guess).
pub(super) fn active_member<'a>(world: &'a World, request: Request<'_>, id: &str) -> Result<&'a Account, Refusal> {
    let account = member(world, request, id)?;
    match account.state {
        State::Active => Ok(account),
        State::Closed => Err(not_found()),
        State::PendingActivation | State::Suspended | State::PendingClosure => Err(denied(request, " (Access Denied)")),
    }
}

/// That one's own account may be in any state is a guess.
pub(super) fn active_member_or_own<'a>(world: &'a World, request: Request<'_>) -> Result<&'a Account, Refusal> {
    match check::account_id(request.input)? {
        Some(id) => active_member(world, request, id),
        None => member_or_own(world, request),
    }
}

fn denied(request: Request<'_>, suffix: &str) -> Refusal {
    let mut refusal = Service::Account.access_denied(request.caller, request.operation);
    if let Some(message) = &mut refusal.message {
        message.push_str(suffix);
    }
    refusal
}

/// The text is a guess after the AWS documentation.
pub(super) fn not_found() -> Refusal {
    Refusal::new(
        404,
        "ResourceNotFoundException",
        "The operation failed because it specified a resource that can't be found.",
    )
}
