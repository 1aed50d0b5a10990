//! What IAM calls the operations of S3.

/// The IAM action of an operation, where they differ (AWS documentation).
pub(crate) fn action(operation: &str) -> &str {
    match operation {
        "ListBuckets" => "ListAllMyBuckets",
        "HeadBucket" | "ListObjects" => "ListBucket",
        "HeadObject" => "GetObject",
        "GetPublicAccessBlock" => "GetBucketPublicAccessBlock",
        same => same,
    }
}
