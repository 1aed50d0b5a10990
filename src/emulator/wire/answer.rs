//! What a service answers, whatever the protocol.

use serde_json::Value;

use super::element::Element;

#[derive(Debug)]
pub(crate) enum Answer {
    Empty,
    Json(Value),
    /// What is inside `<OperationResult>`.
    Xml(Vec<Element>),
    /// A bucket policy, as it was put.
    Policy(String),
    /// Nothing but the region a bucket is in.
    BucketRegion(String),
}
