//! `ListBuckets`.

use jiff::Timestamp;

use crate::emulator::world::buckets::Bucket;
use crate::emulator::{Answer, Element, Input, PageKey, Refusal, Request, Service, Window, World, authorize};

/// On a page, also if the client does not say (service model and AWS documentation).
const LARGEST_PAGE: usize = 10_000;

/// Of all regions. Only a request with a parameter gets pages and regions (service model's documentation).
pub(super) fn buckets(world: &World, request: Request<'_>) -> Result<Answer, Refusal> {
    let Request { caller, input, .. } = request;
    authorize(world, caller, Service::S3, Service::S3.action(request.operation), "*")?;
    let page = Page::of(request)?;
    let wanted = |bucket: &&Bucket| {
        page.prefix.is_none_or(|prefix| bucket.name.starts_with(prefix))
            && page.region.is_none_or(|region| bucket.region == region)
    };
    let all: Vec<_> = world.buckets.of_account(&caller.account).filter(wanted).collect();
    let about = format!("{} {:?} {:?}", caller.account, page.prefix, page.region);
    let listing = PageKey { operation: request.operation, about: &about };
    let token = input.text("ContinuationToken")?;
    let window = Window::plain(listing, all.len(), page.size, token)
        .ok_or_else(|| invalid_argument("The continuation token provided is incorrect"))?;
    let shown = all.get(window.start..window.end).unwrap_or_default();
    let buckets = shown.iter().map(|bucket| element(bucket, page.with_regions)).collect();
    // Made up like the ids of the demo; S3's are 64 hexadecimal digits.
    let owner = Element::text("ID", format!("{:0>64}", caller.account));
    let mut answer = vec![Element::nested("Buckets", buckets), Element::nested("Owner", vec![owner])];
    answer.extend(window.next.map(|token| Element::text("ContinuationToken", token)));
    answer.extend(page.prefix.map(|prefix| Element::text("Prefix", prefix)));
    Ok(Answer::Xml(answer))
}

struct Page<'a> {
    size: usize,
    prefix: Option<&'a str>,
    region: Option<&'a str>,
    with_regions: bool,
}

impl<'a> Page<'a> {
    fn of(request: Request<'a>) -> Result<Self, Refusal> {
        let input = request.input;
        let region = input.text("BucketRegion")?;
        // That it is not supported is documented, how that is answered is a guess.
        if region.is_some_and(|region| region != request.region) {
            return Err(invalid_argument("The bucket-region must be the region of the endpoint"));
        }
        let parameters = ["MaxBuckets", "ContinuationToken", "Prefix", "BucketRegion"];
        Ok(Self {
            size: size(input)?,
            prefix: input.text("Prefix")?,
            region,
            with_regions: parameters.into_iter().any(|name| input.has(name)),
        })
    }
}

fn size(input: &Input) -> Result<usize, Refusal> {
    let Some(wanted) = input.text("MaxBuckets")? else { return Ok(LARGEST_PAGE) };
    let size = wanted.parse().ok().filter(|size| (1..=LARGEST_PAGE).contains(size));
    size.ok_or_else(|| invalid_argument("Argument max-buckets must be an integer between 1 and 10000"))
}

fn element(bucket: &Bucket, with_region: bool) -> Element {
    // In whole seconds, with three noughts behind the point (AWS documentation).
    let created_at = Timestamp::from_second(bucket.created_at.as_second()).unwrap_or(bucket.created_at);
    let mut inside =
        vec![Element::text("Name", &bucket.name), Element::text("CreationDate", format!("{created_at:.3}"))];
    if with_region {
        inside.push(Element::text("BucketRegion", &bucket.region));
    }
    Element::nested("Bucket", inside)
}

/// The texts are a guess after those S3 has for listings of objects.
fn invalid_argument(message: &str) -> Refusal {
    Refusal::new(400, "InvalidArgument", message)
}
