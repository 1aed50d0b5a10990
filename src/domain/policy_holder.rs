//! Buckets and queues, whose policies can shut everybody out but root.

use std::fmt;

use jiff::Timestamp;
use serde_json::Value;

use super::api_error::ApiError;

/// The text of a resource policy, as AWS keeps it or as a person edited it.
pub(crate) type PolicyText = String;

/// A bucket of a member account, as `ListBuckets` tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// Its name.
    pub name: String,
    /// Its region. AWS tells it only where the request carries a parameter, so ours does.
    pub region: Option<String>,
    /// When it was created.
    pub created: Option<Timestamp>,
}

/// A queue of a member account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queue {
    /// Its URL, by which SQS knows it.
    pub url: String,
    /// Its region.
    pub region: String,
}

impl Queue {
    /// Its name: the last part of the URL.
    pub fn name(&self) -> &str {
        self.url.rsplit('/').next().unwrap_or(&self.url)
    }
}

/// Where to look for queues: SQS lists them region by region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QueueSearch {
    /// All queues in these regions.
    Regions(Vec<String>),
    /// One queue, by its name, URL or ARN; for a name the region is needed as well.
    One {
        /// Name, URL or ARN.
        queue: String,
        /// The region a name is looked for in.
        region: String,
    },
}

/// What a search found. A region that could not be read is not one without queues.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueueListing {
    /// The queues found.
    pub queues: Vec<Queue>,
    /// The regions that could not be read, and why.
    pub failed: Vec<(String, ApiError)>,
}

/// A bucket or a queue whose policy is looked at or changed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PolicyHolder {
    /// A bucket.
    Bucket {
        /// Its name.
        name: String,
        /// Its region, where the calls have to go.
        region: String,
    },
    /// A queue.
    Queue {
        /// Its URL.
        url: String,
        /// Its region.
        region: String,
    },
}

impl PolicyHolder {
    /// The name a person knows it by.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Bucket { name, .. } => name,
            Self::Queue { url, .. } => url.rsplit('/').next().unwrap_or(url),
        }
    }

    pub(crate) fn region(&self) -> &str {
        match self {
            Self::Bucket { region, .. } | Self::Queue { region, .. } => region,
        }
    }
}

impl fmt::Display for PolicyHolder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self {
            Self::Bucket { .. } => "bucket",
            Self::Queue { .. } => "queue",
        };
        write!(f, "{kind} {} ({})", self.name(), self.region())
    }
}

/// Whether two texts are the same policy, whatever their blanks, their order, and a list of one for the one alone: none
/// of that means anything in a policy.
pub(crate) fn is_same_policy(one: &str, other: &str) -> bool {
    one == other
        || match (serde_json::from_str::<Value>(one), serde_json::from_str::<Value>(other)) {
            (Ok(one), Ok(other)) => in_one_form(one) == in_one_form(other),
            _ => false,
        }
}

fn in_one_form(value: Value) -> Value {
    match value {
        Value::Array(list) => {
            let mut list: Vec<Value> = list.into_iter().map(in_one_form).collect();
            list.sort_by_key(Value::to_string);
            match <[Value; 1]>::try_from(list) {
                Ok([one]) => one,
                Err(list) => Value::Array(list),
            }
        }
        Value::Object(members) => members.into_iter().map(|(name, value)| (name, in_one_form(value))).collect(),
        other => other,
    }
}
