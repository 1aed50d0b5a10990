//! AWS STS.

mod assume_role;
mod assume_root;

use super::{Answer, Element, Refusal, Request, Service, World};

pub(crate) use assume_role::LONGEST_ROLE_SESSION;

pub(crate) fn call(world: &mut World, request: Request<'_>) -> Result<Answer, Refusal> {
    let Request { caller, operation, input, global_endpoint, .. } = request;
    match operation {
        // Needs no permission, and no policy can deny it (AWS documentation).
        "GetCallerIdentity" => Ok(Answer::Xml(vec![
            Element::text("Arn", &caller.arn),
            Element::text("UserId", &caller.user_id),
            Element::text("Account", &caller.account),
        ])),
        "AssumeRole" => assume_role::assume_role(world, caller, input),
        // The global endpoint does not serve it (captured).
        "AssumeRoot" if global_endpoint => Err(Refusal::new(400, "InvalidAction", "Unknown Operation")),
        "AssumeRoot" => assume_root::assume_root(world, caller, input),
        _ => Err(Service::Sts.unknown_operation(operation, input.text("Version")?)),
    }
}
