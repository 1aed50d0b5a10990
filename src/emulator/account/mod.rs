//! AWS Account Management.

mod check;
mod email_change;
mod gate;
mod request;
mod subject;

use jiff::Timestamp;
use serde_json::json;

use super::callers::Caller;
use super::refusal::Refusal;
use super::service::Service;
use super::wire::{Answer, Input};
use super::world::World;
use super::world::blueprint::State;

use request::Request;

pub(crate) use subject::subject;

pub(crate) fn call(world: &mut World, caller: &Caller, operation: &str, input: &Input) -> Result<Answer, Refusal> {
    let request = Request { world, caller, operation, input };
    match operation {
        "GetPrimaryEmail" => primary_email(&request),
        "GetPrimaryEmailUpdateStatus" => email_change::status(&request),
        "StartPrimaryEmailUpdate" => email_change::start(request),
        "AcceptPrimaryEmailUpdate" => email_change::accept(request),
        "GetAccountInformation" => account_information(&request),
        _ => Err(Service::Account.unknown_operation(operation)),
    }
}

fn primary_email(request: &Request<'_>) -> Result<Answer, Refusal> {
    let id = check::required_account_id(request.input)?;
    let account = gate::member(request, id)?;
    Ok(Answer::Json(json!({ "PrimaryEmail": account.email })))
}

fn account_information(request: &Request<'_>) -> Result<Answer, Refusal> {
    let account = match check::account_id(request.input)? {
        Some(id) => gate::member(request, id)?,
        None => gate::own(request)?,
    };
    Ok(Answer::Json(json!({
        "AccountId": account.id,
        "AccountName": account.name,
        "AccountCreatedDate": iso8601(account.joined_at),
        "AccountState": state(account.state),
    })))
}

/// The one time on this service's wire that is not a number (service model); in whole seconds (captured).
fn iso8601(at: Timestamp) -> String {
    Timestamp::from_second(at.as_second()).unwrap_or(at).to_string()
}

/// This service's states lack `PENDING_CLOSURE` (service model); that such an account counts as
/// suspended is a guess.
fn state(state: State) -> State {
    match state {
        State::PendingClosure => State::Suspended,
        other => other,
    }
}
