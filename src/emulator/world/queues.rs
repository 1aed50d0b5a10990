//! Queues of SQS, as far as their policies go.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

pub(crate) use super::blueprint::Queue;
use crate::emulator::options::StartError;

/// The same name may be taken once in each region of each account.
#[derive(Debug, Default)]
pub(crate) struct Queues {
    queues: BTreeMap<(String, String, String), Queue>,
    delay: SignedDuration,
}

impl Queue {
    pub(crate) fn arn(&self) -> String {
        arn(&self.region, &self.account, &self.name)
    }

    /// By the end of the name (AWS documentation).
    pub(crate) fn is_fifo(&self) -> bool {
        self.name.rsplit_once('.').is_some_and(|(_, end)| end == "fifo")
    }

    /// Byte for byte as it was set.
    pub(crate) fn policy(&self, now: Timestamp) -> Option<&str> {
        match &self.coming {
            Some((from, policy)) if *from <= now => policy.as_deref(),
            _ => self.policy.as_deref(),
        }
    }
}

pub(crate) fn arn(region: &str, account: &str, name: &str) -> String {
    format!("arn:aws:sqs:{region}:{account}:{name}")
}

impl Queues {
    pub(crate) fn new(all: Vec<Queue>, delay: Duration) -> Result<Self, StartError> {
        let mut queues = BTreeMap::new();
        for mut queue in all {
            queue.modified_at = queue.created_at;
            if let Some(other) = queues.insert(key(&queue.region, &queue.account, &queue.name), queue) {
                return Err(StartError::Inconsistent(format!("two queues {}", other.arn())));
            }
        }
        Ok(Self { queues, delay: SignedDuration::try_from(delay).unwrap_or(SignedDuration::MAX) })
    }

    pub(crate) fn get(&self, region: &str, account: &str, name: &str) -> Option<&Queue> {
        self.queues.get(&key(region, account, name))
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &Queue> {
        self.queues.values()
    }

    pub(crate) fn in_region<'a>(&'a self, region: &'a str, account: &'a str) -> impl Iterator<Item = &'a Queue> {
        self.queues.values().filter(move |queue| queue.region == region && queue.account == account)
    }

    /// AWS documentation: it may take up to 60 seconds until the policy is seen everywhere; here the delay of the
    /// options.
    pub(crate) fn set_policy(&mut self, arn: (&str, &str, &str), policy: Option<String>, now: Timestamp) {
        let (region, account, name) = arn;
        let from = now.saturating_add(self.delay).unwrap_or(Timestamp::MAX);
        if let Some(queue) = self.queues.get_mut(&key(region, account, name)) {
            queue.policy = queue.policy(now).map(str::to_owned);
            queue.coming = Some((from, policy));
            queue.modified_at = now;
        }
    }
}

fn key(region: &str, account: &str, name: &str) -> (String, String, String) {
    (region.to_owned(), account.to_owned(), name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_is_seen_when_its_time_has_come() -> Result<(), StartError> {
        let start = Timestamp::UNIX_EPOCH;
        let at = |seconds| start.saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(start);
        let plan = Queue {
            account: "111122223333".to_owned(),
            name: "orders".to_owned(),
            region: "eu-west-1".to_owned(),
            created_at: start,
            policy: Some("first".to_owned()),
            ..Queue::default()
        };
        let mut queues = Queues::new(vec![plan], Duration::from_mins(1))?;
        let orders = ("eu-west-1", "111122223333", "orders");
        queues.set_policy(orders, None, at(10));
        queues.set_policy(orders, Some("second".to_owned()), at(75));
        let queue = queues.get(orders.0, orders.1, orders.2).ok_or(StartError::Inconsistent(String::new()))?;
        let seen: Vec<_> = [75, 134, 135].into_iter().map(|second| queue.policy(at(second))).collect();
        assert_eq!(seen, [None, None, Some("second")]);
        Ok(())
    }
}
