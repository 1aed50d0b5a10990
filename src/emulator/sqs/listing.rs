//! `ListQueues`.

use serde_json::{Value, json};

use super::address::url;
use crate::emulator::world::queues;
use crate::emulator::{Answer, PageKey, Refusal, Request, Service, Window, World, authorize};

/// The most queues on a page (service model's documentation).
const LARGEST_PAGE: usize = 1_000;

/// Only a request with `MaxResults` gets a token when there are more (service model's documentation).
pub(super) fn queues(world: &World, request: Request<'_>) -> Result<Answer, Refusal> {
    let Request { caller, region, operation, input, .. } = request;
    authorize(world, caller, Service::Sqs, operation, queues::arn(region, &caller.account, "").as_str())?;
    let size = input.number("MaxResults")?.map(size).transpose()?;
    let prefix = input.text("QueueNamePrefix")?.unwrap_or_default();
    let queues = world.queues.in_region(region, &caller.account).filter(|queue| queue.name.starts_with(prefix));
    let urls: Vec<_> = queues.map(|queue| url(world, queue)).collect();
    let about = format!("{region} {} {prefix}", caller.account);
    let listing = PageKey { operation, about: &about };
    let window = Window::plain(listing, urls.len(), size.unwrap_or(LARGEST_PAGE), input.text("NextToken")?)
        .ok_or_else(|| invalid("Invalid NextToken value."))?;
    let mut answer = serde_json::Map::new();
    let shown = urls.get(window.start..window.end).unwrap_or_default();
    // That an empty list is skipped is a guess: as SQS did when it spoke awsQuery.
    if !shown.is_empty() {
        answer.insert("QueueUrls".to_owned(), json!(shown));
    }
    if let (Some(_), Some(token)) = (size, window.next) {
        answer.insert("NextToken".to_owned(), json!(token));
    }
    Ok(Answer::Json(Value::Object(answer)))
}

fn size(wanted: i64) -> Result<usize, Refusal> {
    let size = usize::try_from(wanted).ok().filter(|size| (1..=LARGEST_PAGE).contains(size));
    size.ok_or_else(|| {
        let reason = format!("Must be between 1 and {LARGEST_PAGE}, if provided.");
        invalid(&format!("Value {wanted} for parameter MaxResults is invalid. Reason: {reason}"))
    })
}

/// The texts are a guess.
fn invalid(message: &str) -> Refusal {
    Refusal::new(400, "InvalidParameterValueException", message)
}
