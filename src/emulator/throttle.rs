//! AWS's request quotas: token buckets per operation, in real time.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

use super::options::Throttle;
use super::service::Service;

#[derive(Debug, Clone, Copy)]
struct Quota {
    rate: f64,
    burst: f64,
}

#[derive(Debug, Clone, Copy)]
struct Quotas {
    per_account: Quota,
    per_organization: Option<Quota>,
}

/// AWS documentation: quotas of Organizations, of Account Management and of STS. What is not listed there, such as all
/// of IAM, is not throttled. That `AssumeRoot` counts with the others of STS, and the burst of STS, are a guess.
fn quotas(service: Service, operation: &str) -> Option<Quotas> {
    let (account, organization) = match (service, operation) {
        (Service::Organizations, "DescribeAccount") => ((20.0, 30.0), Some((24.0, 36.0))),
        (Service::Organizations, "ListAccounts") => ((8.0, 12.0), Some((9.0, 15.0))),
        (
            Service::Organizations,
            "ListParents"
            | "ListAccountsForParent"
            | "ListOrganizationalUnitsForParent"
            | "ListDelegatedAdministrators",
        ) => ((5.0, 8.0), Some((6.0, 10.0))),
        (Service::Organizations, "ListRoots") => ((1.0, 2.0), Some((1.0, 3.0))),
        (Service::Organizations, "ListAWSServiceAccessForOrganization" | "ListDelegatedServicesForAccount") => {
            ((1.0, 3.0), Some((1.0, 4.0)))
        }
        (
            Service::Organizations,
            "DescribeOrganization"
            | "EnableAWSServiceAccess"
            | "DisableAWSServiceAccess"
            | "RegisterDelegatedAdministrator"
            | "DeregisterDelegatedAdministrator",
        ) => ((1.0, 2.0), None),
        (
            Service::Account,
            "StartPrimaryEmailUpdate"
            | "AcceptPrimaryEmailUpdate"
            | "PutAccountName"
            | "PutAlternateContact"
            | "DeleteAlternateContact"
            | "PutContactInformation",
        ) => ((1.0, 1.0), None),
        (Service::Account, "GetAlternateContact" | "GetContactInformation") => ((10.0, 15.0), None),
        (Service::Account, "GetPrimaryEmail" | "GetAccountInformation") => ((3.0, 3.0), None),
        (Service::Sts, _) => ((600.0, 600.0), None),
        _ => return None,
    };
    let quota = |(rate, burst)| Quota { rate, burst };
    Some(Quotas { per_account: quota(account), per_organization: organization.map(quota) })
}

/// AWS documentation: at most so many `StartPrimaryEmailUpdate` per account they are about.
const STARTS: usize = 3;
const STARTS_WITHIN: Duration = Duration::from_secs(30);

#[derive(Debug)]
struct Bucket {
    tokens: f64,
    filled: Instant,
}

impl Bucket {
    fn fill(&mut self, quota: Quota, now: Instant) {
        let elapsed = now.saturating_duration_since(self.filled).as_secs_f64();
        self.tokens = elapsed.mul_add(quota.rate, self.tokens).min(quota.burst);
        self.filled = now;
    }
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Demand<'a> {
    pub(crate) service: Service,
    pub(crate) operation: &'a str,
    pub(crate) caller: &'a str,
    pub(crate) target: Option<&'a str>,
}

#[derive(Debug)]
pub(crate) struct Buckets {
    throttle: Throttle,
    /// By operation and caller's account; without an account: the organization's.
    levels: HashMap<(String, Option<String>), Bucket>,
    starts: HashMap<String, VecDeque<Instant>>,
}

impl Buckets {
    pub(crate) fn new(throttle: Throttle) -> Self {
        Self { throttle, levels: HashMap::new(), starts: HashMap::new() }
    }

    /// Whether the request is within its quotas, in which case it is counted.
    pub(crate) fn admit(&mut self, demand: Demand<'_>, now: Instant) -> bool {
        if self.throttle == Throttle::Off {
            return true;
        }
        let Some(quotas) = quotas(demand.service, demand.operation) else { return true };
        let mut needed = vec![(Some(demand.caller), quotas.per_account)];
        needed.extend(quotas.per_organization.map(|quota| (None, quota)));
        // First look everywhere, then take: a refused request costs nothing. Those of STS share a bucket.
        let name = if demand.service == Service::Sts { "sts" } else { demand.operation };
        let enough = needed.iter().all(|(whose, quota)| self.bucket(name, *whose, *quota, now).tokens >= 1.0);
        if !enough || !self.admit_start(demand, now) {
            return false;
        }
        for (whose, quota) in &needed {
            self.bucket(name, *whose, *quota, now).tokens -= 1.0;
        }
        true
    }

    fn bucket(&mut self, operation: &str, whose: Option<&str>, quota: Quota, now: Instant) -> &mut Bucket {
        let bucket = self
            .levels
            .entry((operation.to_owned(), whose.map(str::to_owned)))
            .or_insert(Bucket { tokens: quota.burst, filled: now });
        bucket.fill(quota, now);
        bucket
    }

    fn admit_start(&mut self, demand: Demand<'_>, now: Instant) -> bool {
        let ("StartPrimaryEmailUpdate", Some(target)) = (demand.operation, demand.target) else { return true };
        let starts = self.starts.entry(target.to_owned()).or_default();
        starts.retain(|at| now.saturating_duration_since(*at) < STARTS_WITHIN);
        if starts.len() >= STARTS {
            return false;
        }
        starts.push_back(now);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: Demand<'_> =
        Demand { service: Service::Organizations, operation: "ListAccounts", caller: "111122223333", target: None };

    #[test]
    fn a_burst_passes_and_then_the_rate() {
        let mut buckets = Buckets::new(Throttle::Aws);
        let start = Instant::now();
        let at_once = (0..20).filter(|_| buckets.admit(LIST, start)).count();
        assert_eq!(at_once, 12);
        let later = start + Duration::from_secs(1);
        assert_eq!((0..20).filter(|_| buckets.admit(LIST, later)).count(), 8);
    }

    #[test]
    fn accounts_have_buckets_of_their_own_and_share_the_organizations() {
        let mut buckets = Buckets::new(Throttle::Aws);
        let start = Instant::now();
        let other = Demand { caller: "222233334444", ..LIST };
        assert_eq!((0..20).filter(|_| buckets.admit(LIST, start)).count(), 12);
        assert_eq!((0..20).filter(|_| buckets.admit(other, start)).count(), 3);
    }

    #[test]
    fn an_account_gets_three_starts_in_thirty_seconds() {
        let mut buckets = Buckets::new(Throttle::Aws);
        let start = Instant::now();
        let about = |target| Demand {
            service: Service::Account,
            operation: "StartPrimaryEmailUpdate",
            caller: "111122223333",
            target: Some(target),
        };
        let at = |seconds| start + Duration::from_secs(seconds);
        let admitted: Vec<_> =
            [0, 2, 4, 6, 29, 31].into_iter().map(|second| buckets.admit(about("444455556666"), at(second))).collect();
        assert_eq!(admitted, [true, true, true, false, false, true]);
        assert!(buckets.admit(about("444455558888"), at(33)));
    }

    #[test]
    fn the_operations_of_sts_share_a_bucket_and_those_of_iam_have_none() {
        let mut buckets = Buckets::new(Throttle::Aws);
        let start = Instant::now();
        let of = |service, operation| Demand { service, operation, caller: "111122223333", target: None };
        let mut admitted =
            |service, operation| (0..400).filter(|_| buckets.admit(of(service, operation), start)).count();
        assert_eq!(admitted(Service::Sts, "AssumeRoot"), 400);
        assert_eq!(admitted(Service::Sts, "GetCallerIdentity"), 200);
        assert_eq!(admitted(Service::Iam, "GetAccountSummary"), 400);
    }

    #[test]
    fn without_throttling_everything_passes() {
        let mut buckets = Buckets::new(Throttle::Off);
        let start = Instant::now();
        assert!((0..1_000).all(|_| buckets.admit(LIST, start)));
    }
}
