//! The attributes of a queue. Of those that can be set only the policy is kept here.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::emulator::resource_policy;
use crate::emulator::world::queues::Queue;
use crate::emulator::{Answer, Input, Refusal, Service};

/// With AWS's defaults (AWS documentation), and whether they can be set.
const DEFAULTS: &[(&str, &str, bool)] = &[
    ("ApproximateNumberOfMessages", "0", false),
    ("ApproximateNumberOfMessagesDelayed", "0", false),
    ("ApproximateNumberOfMessagesNotVisible", "0", false),
    ("DelaySeconds", "0", true),
    ("MaximumMessageSize", "1048576", true),
    ("MessageRetentionPeriod", "345600", true),
    ("ReceiveMessageWaitTimeSeconds", "0", true),
    ("SqsManagedSseEnabled", "true", true),
    ("VisibilityTimeout", "30", true),
];
/// Attributes that such a queue does not have (service model).
const ABSENT: &[&str] = &[
    "RedrivePolicy",
    "RedriveAllowPolicy",
    "ContentBasedDeduplication",
    "KmsMasterKeyId",
    "KmsDataKeyReusePeriodSeconds",
    "DeduplicationScope",
    "FifoThroughputLimit",
];

/// Without names, none.
pub(super) fn of(queue: &Queue, now: Timestamp, input: &Input) -> Result<Answer, Refusal> {
    let names = input.texts("AttributeNames")?.unwrap_or_default();
    let own = [
        ("CreatedTimestamp", Some(queue.created_at.as_second().to_string())),
        ("LastModifiedTimestamp", Some(queue.modified_at.as_second().to_string())),
        ("QueueArn", Some(queue.arn())),
        ("Policy", queue.policy(now).map(str::to_owned)),
        ("FifoQueue", queue.is_fifo().then(|| "true".to_owned())),
    ];
    let is_known = |name: &str| {
        name == "All"
            || own.iter().any(|(own, _)| *own == name)
            || DEFAULTS.iter().any(|(default, ..)| *default == name)
            || ABSENT.contains(&name)
    };
    if let Some(name) = names.iter().find(|name| !is_known(name)) {
        return Err(unknown(name));
    }
    let defaults = DEFAULTS.iter().map(|(name, value, _)| (*name, (*value).to_owned()));
    let all = own.iter().filter_map(|(name, value)| Some((*name, value.clone()?))).chain(defaults);
    let wanted = all.filter(|(name, _)| names.contains(&"All") || names.contains(name));
    let attributes: Map<String, Value> = wanted.map(|(name, value)| (name.to_owned(), Value::String(value))).collect();
    Ok(Answer::Json(if attributes.is_empty() { json!({}) } else { json!({ "Attributes": attributes }) }))
}

/// An empty policy deletes it (service model's documentation).
pub(super) fn new_policy(queue: &Queue, input: &Input) -> Result<Option<String>, Refusal> {
    let attributes = input.map("Attributes")?.ok_or_else(|| Refusal::missing_parameter("Attributes"))?;
    for (name, _) in &attributes {
        let can_be_set = DEFAULTS.iter().any(|(default, _, can_be_set)| default == name && *can_be_set);
        if can_be_set || ABSENT.contains(name) {
            let message = format!("The emulator does not keep the attribute {name}.");
            return Err(Refusal::new(400, "UnsupportedOperation", message));
        }
        if *name != "Policy" {
            return Err(unknown(name));
        }
    }
    let Some((_, policy)) = attributes.first() else { return Err(Refusal::missing_parameter("Attribute.Name")) };
    if policy.is_empty() {
        return Ok(None);
    }
    resource_policy::check(policy, Service::Sqs, &queue.arn())
        .map_err(|_| Refusal::new(400, "InvalidAttributeValue", "Invalid value for the parameter Policy."))?;
    Ok(Some((*policy).to_owned()))
}

fn unknown(name: &str) -> Refusal {
    Refusal::new(400, "InvalidAttributeName", format!("Unknown Attribute {name}."))
}
