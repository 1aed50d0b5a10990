//! Amazon SQS, as far as queue policies go. A queue is there only in its own region.

mod address;
mod attributes;
mod listing;

use serde_json::json;

use super::resource_policy::Question;
use super::world::queues::{self, Queue};
use super::{Answer, Denial, Refusal, Request, Service, World, authorize};
use address::{Address, url};

/// The order of refusals is a guess.
pub(crate) fn call(world: &mut World, request: Request<'_>) -> Result<Answer, Refusal> {
    match request.operation {
        "ListQueues" => listing::queues(world, request),
        "GetQueueUrl" => queue_url(world, request),
        "GetQueueAttributes" => {
            let queue = queue(world, request, Address::of(request)?)?;
            attributes::of(queue, world.now(), request.input)
        }
        "SetQueueAttributes" => {
            let address = Address::of(request)?;
            let queue = queue(world, request, address)?;
            let policy = attributes::new_policy(queue, request.input)?;
            let now = world.now();
            world.queues.set_policy((request.region, address.account, address.name), policy, now);
            Ok(Answer::Empty)
        }
        other => {
            authorize(world, request.caller, Service::Sqs, other, "*")?;
            Err(Service::Sqs.unknown_operation(other, None))
        }
    }
}

fn queue_url(world: &World, request: Request<'_>) -> Result<Answer, Refusal> {
    let Request { caller, input, .. } = request;
    let name = input.text("QueueName")?.ok_or_else(|| Refusal::missing_parameter("QueueName"))?;
    let account = input.text("QueueOwnerAWSAccountId")?.unwrap_or(&caller.account);
    let queue = queue(world, request, Address { account, name }).map_err(|refusal| {
        // For another account's queue SQS answers as if there were none.
        if account == caller.account {
            refusal
        } else {
            no_queue("The specified queue does not exist or you do not have access to it.")
        }
    })?;
    Ok(Answer::Json(json!({ "QueueUrl": url(world, queue) })))
}

fn queue<'a>(world: &'a World, request: Request<'_>, address: Address<'_>) -> Result<&'a Queue, Refusal> {
    let Request { caller, region, operation: action, .. } = request;
    let Address { account, name } = address;
    let arn = queues::arn(region, account, name);
    authorize(world, caller, Service::Sqs, action, arn.as_str())?;
    let denied = |denial| Service::Sqs.denied(caller, action, &arn, &denial);
    let Some(queue) = world.queues.get(region, account, name) else {
        return Err(no_queue("The specified queue does not exist."));
    };
    let question = Question {
        organization: &world.organization,
        caller,
        service: Service::Sqs,
        action,
        arn: &arn,
        owner: account,
    };
    question.ask(queue.policy(world.now())).map_err(denied)?;
    // Permissions across accounts do not apply to it (service model's documentation).
    if action == "SetQueueAttributes" && account != caller.account {
        return Err(denied(Denial::NoIdentityPolicy));
    }
    Ok(queue)
}

fn no_queue(message: &str) -> Refusal {
    Refusal::new(400, "QueueDoesNotExist", message)
}
