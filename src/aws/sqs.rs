//! Amazon SQS in a member account: its queues and their policies, region by region.

use aws_sdk_sqs::types::QueueAttributeName;
use aws_types::request_id::RequestId;

use super::retry::SendOnce;
use super::root::RootCalls;
use super::{pages, wire};
use crate::domain::api_error::ApiError;
use crate::domain::policy_holder::{PolicyText, Queue};
use crate::domain::text;

const LIST: &str = "sqs:ListQueues";
const FIND: &str = "sqs:GetQueueUrl";
const GET: &str = "sqs:GetQueueAttributes";
const SET: &str = "sqs:SetQueueAttributes";

/// Without it there is no token for the next page (service model).
const PAGE: i32 = 1000;

pub(crate) async fn queues(calls: &RootCalls, region: &str) -> Result<Vec<Queue>, ApiError> {
    let urls = pages::all(
        LIST,
        "QueueUrls",
        |url: &String| Some(url),
        |token| async move {
            let call = calls.clients.in_accounts.sqs.list_queues().max_results(PAGE).set_next_token(token);
            let page = send!(calls, LIST, call, calls.sqs(region))?;
            // A region without queues is answered without a list (service model).
            Ok((Some(page.queue_urls.unwrap_or_default()), page.next_token))
        },
    );
    Ok(urls.await?.iter().map(|url| Queue { url: text::clean(url), region: region.to_owned() }).collect())
}

pub(crate) async fn queue(calls: &RootCalls, name: &str, region: &str) -> Result<Queue, ApiError> {
    let call = calls.clients.in_accounts.sqs.get_queue_url().queue_name(name);
    let answer = send!(calls, FIND, call, calls.sqs(region))?;
    let url = wire::required(FIND, "QueueUrl", answer.queue_url())?;
    Ok(Queue { url, region: region.to_owned() })
}

/// `None` if the queue has no policy.
pub(crate) async fn policy(calls: &RootCalls, url: &str, region: &str) -> Result<Option<PolicyText>, ApiError> {
    let call = calls.clients.in_accounts.sqs.get_queue_attributes().queue_url(url);
    let answer = send!(calls, GET, call.attribute_names(QueueAttributeName::Policy), calls.sqs(region))?;
    match answer.attributes().and_then(|attributes| attributes.get(&QueueAttributeName::Policy)) {
        Some(policy) if !policy.is_empty() => wire::policy(GET, Some(policy)).map(Some),
        _ => Ok(None),
    }
}

/// An empty `policy` deletes it. It may take a minute to show (AWS documentation).
pub(crate) async fn set_policy(
    calls: &RootCalls,
    url: &str,
    region: &str,
    policy: &str,
) -> Result<Option<String>, ApiError> {
    let call = calls.clients.in_accounts.sqs.set_queue_attributes().queue_url(url);
    let call = call.attributes(QueueAttributeName::Policy, policy);
    let answer = send!(calls, SET, call, calls.sqs(region).retry_classifier(SendOnce))?;
    Ok(answer.request_id().map(text::clean))
}
