//! Amazon S3, as far as bucket policies go.

mod listing;

use super::refusal::{BucketDetail, Detail, Refusal};
use super::resource_policy::{self, Question};
use super::world::buckets::{self, Bucket};
use super::{Answer, Input, Request, Service, World, authorize};

/// The order of refusals is a guess, except that a bucket of another region is never looked at.
pub(crate) fn call(world: &mut World, request: Request<'_>) -> Result<Answer, Refusal> {
    let Request { caller, operation, input, .. } = request;
    let name = match (operation, input.text("Bucket")?) {
        ("", _) => return Err(Service::S3.unknown_operation(operation, None)),
        (_, None) => return listing::buckets(world, request),
        (_, Some(name)) => name,
    };
    if operation == "CreateBucket" {
        authorize(world, caller, Service::S3, operation, buckets::arn(name).as_str())?;
        return Err(not_implemented());
    }
    admit(world, request, name)?;
    let bucket = world.buckets.get_mut(name).ok_or_else(|| no_such_bucket(name))?;
    match operation {
        "HeadBucket" => Ok(Answer::BucketRegion(bucket.region.clone())),
        "GetBucketPolicy" => match &bucket.policy {
            Some(policy) => Ok(Answer::Policy(policy.clone())),
            None => Err(about(Refusal::new(404, "NoSuchBucketPolicy", "The bucket policy does not exist"), name)),
        },
        "PutBucketPolicy" => put_policy(bucket, input),
        "DeleteBucketPolicy" => {
            bucket.policy = None;
            Ok(Answer::Empty)
        }
        _ => Err(not_implemented()),
    }
}

fn admit(world: &World, request: Request<'_>, name: &str) -> Result<(), Refusal> {
    let Request { caller, region, operation, input, .. } = request;
    let bucket = world.buckets.get(name).ok_or_else(|| no_such_bucket(name))?;
    if bucket.region != region {
        return Err(elsewhere(world, bucket));
    }
    let (action, arn) = (Service::S3.action(operation), bucket.arn());
    authorize(world, caller, Service::S3, action, arn.as_str())?;
    if input.text("ExpectedBucketOwner")?.is_some_and(|owner| owner != bucket.account) {
        return Err(Refusal::access_denied("Access Denied"));
    }
    let question = Question {
        organization: &world.organization,
        caller,
        service: Service::S3,
        action,
        arn: &arn,
        owner: &bucket.account,
    };
    let answer = question.ask(bucket.policy.as_deref());
    if bucket.account == caller.account {
        return answer.map_err(|denial| Service::S3.denied(caller, action, &arn, &denial));
    }
    // The owner decides even if the policy allows it (service model's documentation). Others get no reasons (AWS
    // documentation).
    answer.map_err(|_| Refusal::access_denied("Access Denied"))?;
    if operation.ends_with("BucketPolicy") { Err(Service::S3.unknown_operation(operation, None)) } else { Ok(()) }
}

fn put_policy(bucket: &mut Bucket, input: &Input) -> Result<Answer, Refusal> {
    if !input.has("Checksum") {
        let message = "Missing required header for this request: Content-MD5 OR x-amz-checksum-*";
        return Err(Refusal::new(400, "InvalidRequest", message));
    }
    let policy = input.text("Policy")?.unwrap_or_default();
    resource_policy::check(policy, Service::S3, &bucket.arn())
        .map_err(|flaw| Refusal::new(400, "MalformedPolicy", flaw))?;
    bucket.policy = Some(policy.to_owned());
    Ok(Answer::Empty)
}

/// Signed for another region than the bucket's. On loopback that tells which endpoint was meant, so
/// `AuthorizationHeaderMalformed`, about a signature for another region than the endpoint's, is never given.
fn elsewhere(world: &World, bucket: &Bucket) -> Refusal {
    let message = "The bucket you are attempting to access must be addressed using the specified endpoint. Please \
                   send all future requests to this endpoint.";
    let there = (bucket.region.clone(), world.host(Service::S3, &bucket.region));
    let detail = BucketDetail { name: bucket.name.clone(), elsewhere: Some(there) };
    Refusal::new(301, "PermanentRedirect", message).with(Detail::Bucket(detail))
}

fn no_such_bucket(name: &str) -> Refusal {
    about(Refusal::new(404, "NoSuchBucket", "The specified bucket does not exist"), name)
}

fn about(refusal: Refusal, name: &str) -> Refusal {
    refusal.with(Detail::Bucket(BucketDetail { name: name.to_owned(), elsewhere: None }))
}

fn not_implemented() -> Refusal {
    let message = "A header you provided implies functionality that is not implemented";
    Refusal::new(501, "NotImplemented", message)
}
