//! AWS Account Management.

mod check;
mod contacts;
mod email_change;
mod gate;
mod name;
mod subject;

use jiff::Timestamp;
use serde_json::json;

use super::world::blueprint::State;
use super::{Answer, Refusal, Request, Service, World};

pub(crate) use subject::subject;

pub(crate) fn call(world: &mut World, request: Request<'_>) -> Result<Answer, Refusal> {
    match request.operation {
        "GetPrimaryEmail" => primary_email(world, request),
        "GetPrimaryEmailUpdateStatus" => email_change::status(world, request),
        "StartPrimaryEmailUpdate" => email_change::start(world, request),
        "AcceptPrimaryEmailUpdate" => email_change::accept(world, request),
        "GetAccountInformation" => account_information(world, request),
        "PutAccountName" => name::put(world, request),
        "GetAlternateContact" => contacts::alternate(world, request),
        "PutAlternateContact" => contacts::put_alternate(world, request),
        "DeleteAlternateContact" => contacts::delete_alternate(world, request),
        "GetContactInformation" => contacts::primary(world, request),
        "PutContactInformation" => contacts::put_primary(world, request),
        other => Err(Service::Account.unknown_operation(other, None)),
    }
}

fn primary_email(world: &World, request: Request<'_>) -> Result<Answer, Refusal> {
    let id = check::required_account_id(request.input)?;
    let account = gate::member(world, request, id)?;
    Ok(Answer::Json(json!({ "PrimaryEmail": account.email })))
}

fn account_information(world: &World, request: Request<'_>) -> Result<Answer, Refusal> {
    let account = gate::member_or_own(world, request)?;
    Ok(Answer::Json(json!({
        "AccountId": account.id,
        "AccountName": account.name,
        "AccountCreatedDate": iso8601(account.joined_at),
        "AccountState": state(account.state),
    })))
}

/// In whole seconds (captured), and no number (service model).
fn iso8601(at: Timestamp) -> String {
    Timestamp::from_second(at.as_second()).unwrap_or(at).to_string()
}

/// `PENDING_CLOSURE` is not in this service's model; that it counts as suspended is a guess.
fn state(state: State) -> State {
    match state {
        State::PendingClosure => State::Suspended,
        other => other,
    }
}
