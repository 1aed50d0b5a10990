//! Queue URLs, of which account and name count, and the region if there is one.

use crate::emulator::validation::is_account_id;
use crate::emulator::world::queues::Queue;
use crate::emulator::{Refusal, Request, World};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Address<'a> {
    pub(super) account: &'a str,
    pub(super) name: &'a str,
}

impl<'a> Address<'a> {
    /// That a URL of another region is answered with `InvalidAddress` (service model) is what people report.
    pub(super) fn of(request: Request<'a>) -> Result<Self, Refusal> {
        let url = request.input.text("QueueUrl")?.ok_or_else(|| Refusal::missing_parameter("QueueUrl"))?;
        match parts(url) {
            Some((region, address)) if region.is_none_or(|region| region == request.region) => Ok(address),
            _ => {
                let message = format!("The address {url} is not valid for this endpoint.");
                Err(Refusal::new(400, "InvalidAddress", message))
            }
        }
    }
}

/// In place of `https://sqs.REGION.amazonaws.com/ACCOUNT/NAME`. Some SDKs send requests to the URL, so its host is one
/// that every machine resolves. It has no region: the one that a request is signed for counts.
pub(super) fn url(world: &World, queue: &Queue) -> String {
    format!("http://{}/{}/{}", world.address(), queue.account, queue.name)
}

fn parts(url: &str) -> Option<(Option<&str>, Address<'_>)> {
    let after_scheme = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let (host, path) = after_scheme.split_once('/')?;
    let (account, name) = path.split_once('/')?;
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
    (is_account_id(account) && is_name).then(|| (region_of(host), Address { account, name }))
}

/// Of `sqs.REGION.…`, or of `REGION.queue.…`, the form of old (AWS documentation).
fn region_of(host: &str) -> Option<&str> {
    let mut labels = host.split('.');
    match (labels.next()?, labels.next()?) {
        ("sqs", region) | (region, "queue") => Some(region),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_url_names_account_queue_and_often_the_region() {
        let orders = Address { account: "111122223333", name: "orders" };
        for (url, region) in [
            ("https://sqs.eu-west-1.amazonaws.com/111122223333/orders", Some("eu-west-1")),
            ("https://eu-west-1.queue.amazonaws.com/111122223333/orders", Some("eu-west-1")),
            ("http://sqs.eu-west-1.localhost:4566/111122223333/orders", Some("eu-west-1")),
            ("http://127.0.0.1:4566/111122223333/orders", None),
        ] {
            assert_eq!(parts(url), Some((region, orders)), "{url}");
        }
        for url in ["orders", "", "https://", "http://h/1/orders", "http://h/111122223333", "http://h/111122223333/a/b"]
        {
            assert_eq!(parts(url), None, "{url}");
        }
    }

    proptest! {
        #[test]
        fn any_url_is_read(url in "\\PC*", path in "\\PC*") {
            let below = format!("https://{path}");
            for url in [&url, &below] {
                if let Some((_, Address { account, name })) = parts(url) {
                    let end = format!("/{account}/{name}");
                    prop_assert!(url.ends_with(&end));
                }
            }
        }
    }
}
