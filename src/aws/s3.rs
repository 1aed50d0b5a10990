//! Amazon S3 in a member account: its buckets and their policies.

use aws_sdk_s3::types;
use aws_types::request_id::RequestId;

use super::retry::SendOnce;
use super::root::RootCalls;
use super::{pages, wire};
use crate::domain::api_error::ApiError;
use crate::domain::policy_holder::{Bucket, PolicyText};
use crate::domain::text;

const LIST: &str = "s3:ListAllMyBuckets";
const GET: &str = "s3:GetBucketPolicy";
const PUT: &str = "s3:PutBucketPolicy";
const DELETE: &str = "s3:DeleteBucketPolicy";

/// AWS gives the regions only where the request carries a parameter (service model), so this one is always there.
const PAGE: i32 = 1000;

pub(crate) async fn buckets(calls: &RootCalls) -> Result<Vec<Bucket>, ApiError> {
    let listed = pages::all(LIST, "Buckets", types::Bucket::name, |token| async move {
        let call = calls.clients.in_accounts.s3.list_buckets().max_buckets(PAGE).set_continuation_token(token);
        let page = send!(calls, LIST, call, calls.s3(calls.clients.region.as_ref()))?;
        Ok((page.buckets, page.continuation_token))
    });
    let bucket = |bucket: &types::Bucket| {
        Ok(Bucket {
            name: wire::required(LIST, "Bucket.Name", bucket.name())?,
            region: bucket.bucket_region().map(text::clean),
            created: bucket.creation_date().and_then(wire::since),
        })
    };
    listed.await?.iter().map(bucket).collect()
}

/// `None` if the bucket has no policy.
pub(crate) async fn policy(calls: &RootCalls, name: &str, region: &str) -> Result<Option<PolicyText>, ApiError> {
    let owner = calls.account().to_string();
    let call = calls.clients.in_accounts.s3.get_bucket_policy().bucket(name).expected_bucket_owner(owner);
    match send!(calls, GET, call, calls.s3(region)) {
        Ok(answer) => wire::policy(GET, answer.policy()).map(Some),
        Err(error) if is_without_policy(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

pub(crate) async fn put_policy(
    calls: &RootCalls,
    name: &str,
    region: &str,
    policy: &str,
) -> Result<Option<String>, ApiError> {
    let owner = calls.account().to_string();
    let call = calls.clients.in_accounts.s3.put_bucket_policy().bucket(name).expected_bucket_owner(owner);
    let answer = send!(calls, PUT, call.policy(policy), calls.s3(region).retry_classifier(SendOnce))?;
    Ok(answer.request_id().map(text::clean))
}

pub(crate) async fn delete_policy(calls: &RootCalls, name: &str, region: &str) -> Result<Option<String>, ApiError> {
    let owner = calls.account().to_string();
    let call = calls.clients.in_accounts.s3.delete_bucket_policy().bucket(name).expected_bucket_owner(owner);
    let answer = send!(calls, DELETE, call, calls.s3(region).retry_classifier(SendOnce))?;
    Ok(answer.request_id().map(text::clean))
}

/// That there is no bucket is something else.
pub(crate) fn is_without_policy(error: &ApiError) -> bool {
    error.code.as_deref() == Some("NoSuchBucketPolicy")
}
