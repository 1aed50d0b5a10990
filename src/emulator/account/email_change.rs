//! The change of a root user's email address. Unless a comment says otherwise, which error answers which mistake, and
//! in which words, is a guess.

use serde_json::json;

use super::{check, gate};
use crate::emulator::mailbox::Addresses;
use crate::emulator::world::email_change::{EmailChange, Stage};
use crate::emulator::{Answer, Refusal, Request, Service, World};

pub(super) fn status(world: &World, request: Request<'_>) -> Result<Answer, Refusal> {
    let account = gate::member_or_own(world, request)?;
    let change = world.changes.of(&account.id).ok_or_else(no_change)?;
    Ok(Answer::Json(json!({
        "Status": change.status(),
        "UpdatedAt": change.updated_at().as_duration().as_secs_f64(),
    })))
}

/// A second one replaces the first, code and address.
pub(super) fn start(world: &mut World, request: Request<'_>) -> Result<Answer, Refusal> {
    let id = check::required_account_id(request.input)?;
    let address = check::primary_email(request.input)?;
    gate::active_member(world, request, id)?;
    let stage = world.changes.of(id).map(|change| change.stage);
    if matches!(stage, Some(Stage::Accepted { .. })) {
        return Err(conflict("An update of the primary email address is already in progress for the account."));
    }
    if world.organization.uses_email(address) {
        return Err(in_use());
    }
    let now = world.now();
    let code = world.changes.start(id, address, now);
    let code = code.map_err(|_| Service::Account.internal_error())?;
    world.mailbox.send_code(address, id, code.reveal(), now);
    Ok(Answer::Json(json!({ "Status": "PENDING" })))
}

pub(super) fn accept(world: &mut World, request: Request<'_>) -> Result<Answer, Refusal> {
    let id = check::required_account_id(request.input)?;
    let address = check::primary_email(request.input)?;
    let code = check::code(request.input)?;
    gate::active_member(world, request, id)?;
    let now = world.now();
    let change = world.changes.of(id);
    let change = change.filter(|change| change.stage == Stage::Pending).ok_or_else(no_change)?;
    if !change.address.eq_ignore_ascii_case(address) {
        return Err(Refusal::new(
            404,
            "ResourceNotFoundException",
            "No pending update to the specified email address found for account",
        ));
    }
    if change.expired(now) {
        return Err(invalid("The one-time password has expired."));
    }
    if !change.code.is(code) {
        return Err(invalid("The one-time password is incorrect."));
    }
    if world.organization.uses_email(address) {
        return Err(in_use());
    }
    let change = change.clone();
    notify(world, id, &change);
    world.changes.accept(id, now);
    Ok(Answer::Json(json!({ "Status": "ACCEPTED" })))
}

/// The mails follow the acceptance, not the completion (captured). None goes out if another account has taken the
/// address, for then the change will fail.
fn notify(world: &mut World, id: &str, change: &EmailChange) {
    if world.changes.is_promised(&change.address) {
        return;
    }
    let now = world.now();
    let organization = &world.organization;
    let email_of = |id: &str| organization.account(id).map(|account| account.email.as_str());
    let addresses = Addresses {
        old: email_of(id).unwrap_or_default(),
        new: &change.address,
        management: email_of(&organization.management_account).unwrap_or_default(),
    };
    world.mailbox.send_notices(id, &addresses, now);
}

/// Captured for the status; that accepting answers the same is a guess.
fn no_change() -> Refusal {
    invalid("No email update found for account")
}

fn invalid(message: &str) -> Refusal {
    Refusal::new(400, "ValidationException", message)
}

fn in_use() -> Refusal {
    conflict("The email address is already in use by another account.")
}

fn conflict(message: &str) -> Refusal {
    Refusal::new(409, "ConflictException", message)
}
