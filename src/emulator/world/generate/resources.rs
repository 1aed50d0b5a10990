//! Buckets and queues of a generated organization: a few, the same for the same accounts.

use crate::emulator::world::blueprint::{Account, Bucket, Queue, State};
use crate::emulator::world::{buckets, queues};

const OWNERS: usize = 6;
const REGIONS: &[&str] = &["us-east-1", "ap-northeast-1", "eu-west-1", "us-west-2"];

/// Of the first member accounts in use. The first has a bucket and a queue that are locked by their policies.
pub(super) fn of(accounts: &[Account]) -> (Vec<Bucket>, Vec<Queue>) {
    let owners = accounts.iter().skip(1).filter(|account| account.state == State::Active).take(OWNERS);
    let (mut all_buckets, mut all_queues) = (Vec::new(), Vec::new());
    for (number, owner) in owners.enumerate() {
        for (region, purpose) in REGIONS.iter().zip(["assets", "data", "logs", "backup"]) {
            let name = format!("{purpose}-{}", owner.id);
            let locked = number == 0 && purpose == "data";
            all_buckets.push(Bucket {
                account: owner.id.clone(),
                region: (*region).to_owned(),
                created_at: owner.joined_at,
                policy: locked.then(|| locking("s3", &buckets::arn(&name))),
                name,
            });
        }
        for (region, name) in REGIONS.iter().zip(["events", "jobs", "mail"]) {
            let locked = number == 0 && name == "jobs";
            all_queues.push(Queue {
                account: owner.id.clone(),
                name: name.to_owned(),
                region: (*region).to_owned(),
                created_at: owner.joined_at,
                policy: locked.then(|| locking("sqs", &queues::arn(region, &owner.id, name))),
                ..Queue::default()
            });
        }
    }
    (all_buckets, all_queues)
}

fn locking(service: &str, arn: &str) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Sid":"DenyAll","Effect":"Deny","Principal":"*","Action":"{service}:*","Resource":"{arn}"}}]}}"#
    )
}
