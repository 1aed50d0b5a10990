//! Holds calls back to AWS's quotas, so that bulk work does not throttle others of the account.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::domain::account::AccountId;
use crate::domain::email_change::{STARTS, STARTS_WINDOW};
use crate::domain::request_limits::RequestLimits;

#[derive(Clone, Debug)]
pub(crate) struct Pace(Option<Arc<Shared>>);

#[derive(Debug, Default)]
struct Shared {
    /// Whether AWS's quotas hold.
    quotas: bool,
    /// What the configuration wants beside them, wherever the calls go.
    limits: RequestLimits,
    buckets: Mutex<HashMap<&'static str, Bucket>>,
    starts: Mutex<HashMap<AccountId, VecDeque<Instant>>>,
}

impl Pace {
    pub(crate) fn new(quotas: bool, limits: RequestLimits) -> Self {
        let holds_back = quotas || !limits.is_empty();
        Self(holds_back.then(|| Arc::new(Shared { quotas, limits, ..Shared::default() })))
    }

    /// The turn is taken before the wait, so that callers line up; a caller dropped while waiting leaves its turn
    /// unused.
    pub(crate) async fn wait(&self, operation: &'static str) {
        if let Some(shared) = &self.0 {
            let wait = shared.take(operation, Instant::now());
            sleep(wait).await;
        }
    }

    /// A start of an email change has a quota per member account, too.
    pub(crate) async fn wait_for_start(&self, operation: &'static str, account: AccountId) {
        if let Some(shared) = self.0.as_ref().filter(|shared| shared.quotas) {
            let wait = {
                let mut starts = lock(&shared.starts);
                take_start(starts.entry(account).or_default(), Instant::now())
            };
            sleep(wait).await;
        }
        self.wait(operation).await;
    }
}

impl Shared {
    /// Takes a turn of the operation and one of its service; how long to wait for both.
    fn take(&self, operation: &'static str, now: Instant) -> Duration {
        let mut buckets = lock(&self.buckets);
        let mut take = |bucket, quota| buckets.entry(bucket).or_default().take(quota, now);
        let quota = quota(operation).filter(|_| self.quotas).map(Quota::with_margin);
        let service = operation.split_once(':').map_or(operation, |(service, _)| service);
        let limit = self.limits.of(service).map(|rate| Quota::per_second(u64::from(rate.max(1)), 1));
        let of_operation = quota.map(|quota| take(operation, quota)).unwrap_or_default();
        let of_service = limit.map(|limit| take(service, limit)).unwrap_or_default();
        of_operation.max(of_service)
    }
}

/// How often an operation may be called: `burst` at once, then one `every` so often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Quota {
    every: Duration,
    burst: u32,
}

impl Quota {
    const fn per_second(rate: u64, burst: u32) -> Self {
        Self { every: Duration::from_millis(1000 / rate), burst }
    }

    /// A twentieth less than AWS allows, and one less at once where nobody misses it: requests do not arrive in the
    /// distances in which they were sent.
    fn with_margin(self) -> Self {
        let burst = if self.burst > 2 { self.burst - 1 } else { self.burst };
        Self { every: self.every + self.every / 20, burst }
    }
}

/// Per calling account (AWS documentation: quotas of Organizations and of Account Management).
///
/// IAM publishes none, and there is none for `AssumeRoot`: the other operations of STS share 600 requests a second (AWS
/// documentation). 20 leave nearly all of that to the people and pipelines that sign in meanwhile, should it be shared.
fn quota(operation: &str) -> Option<Quota> {
    Some(match operation {
        "organizations:DescribeAccount" => Quota::per_second(20, 30),
        "organizations:ListAccounts" => Quota::per_second(8, 12),
        // No quota of the policies was found: as careful as with the other lists.
        "organizations:ListPoliciesForTarget"
        | "organizations:DescribePolicy"
        | "organizations:ListDelegatedAdministrators"
        | "organizations:ListOrganizationalUnitsForParent" => Quota::per_second(5, 8),
        "organizations:ListRoots"
        | "organizations:DescribeOrganization"
        | "organizations:EnableAWSServiceAccess"
        | "organizations:DisableAWSServiceAccess"
        | "organizations:RegisterDelegatedAdministrator"
        | "organizations:DeregisterDelegatedAdministrator" => Quota::per_second(1, 2),
        "organizations:ListAWSServiceAccessForOrganization" | "organizations:ListDelegatedServicesForAccount" => {
            Quota::per_second(1, 3)
        }
        "account:StartPrimaryEmailUpdate" | "account:AcceptPrimaryEmailUpdate" => Quota::per_second(1, 1),
        // That of the status is not published; it is read side by side with the address.
        "account:GetPrimaryEmail" | "account:GetPrimaryEmailUpdateStatus" => Quota::per_second(3, 3),
        // 1 a second for the writes.
        "account:PutAlternateContact"
        | "account:DeleteAlternateContact"
        | "account:PutContactInformation"
        | "account:PutAccountName" => Quota::per_second(1, 1),
        "account:GetAlternateContact" | "account:GetContactInformation" => Quota::per_second(10, 15),
        "sts:AssumeRoot" => Quota::per_second(20, 20),
        // No quota is published, and it is known to be throttled early.
        "iam:SimulatePrincipalPolicy" => Quota::per_second(4, 4),
        _ => return None,
    })
}

/// A token bucket, kept as the time at which it will be full again.
#[derive(Debug, Default)]
struct Bucket {
    full: Option<Instant>,
}

impl Bucket {
    fn take(&mut self, quota: Quota, now: Instant) -> Duration {
        let full = self.full.map_or(now, |full| full.max(now)) + quota.every;
        self.full = Some(full);
        let capacity = quota.every * quota.burst;
        full.saturating_duration_since(now).saturating_sub(capacity)
    }
}

fn take_start(taken: &mut VecDeque<Instant>, now: Instant) -> Duration {
    let at = match taken.len().checked_sub(STARTS).and_then(|oldest| taken.get(oldest)) {
        Some(oldest) => (*oldest + STARTS_WINDOW.unsigned_abs()).max(now),
        None => now,
    };
    taken.push_back(at);
    if taken.len() > STARTS {
        taken.pop_front();
    }
    at.saturating_duration_since(now)
}

/// What is locked is whole after a panic elsewhere: each change is one assignment.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn sleep(wait: Duration) {
    if !wait.is_zero() {
        tokio::time::sleep(wait).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZERO: Duration = Duration::ZERO;

    fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    #[test]
    fn a_burst_goes_through_and_the_rest_lines_up() {
        let quota = quota("organizations:ListAccounts").expect("a quota");
        let now = Instant::now();
        let mut bucket = Bucket::default();
        let waits: Vec<Duration> = (0..15).map(|_| bucket.take(quota, now)).collect();
        assert_eq!(waits[..12], [ZERO; 12]);
        assert_eq!(waits[12..], [ms(125), ms(250), ms(375)]);
    }

    #[test]
    fn a_bucket_fills_again_but_never_beyond_its_burst() {
        let quota = Quota::per_second(1, 2);
        let start = Instant::now();
        let mut bucket = Bucket::default();
        assert_eq!([bucket.take(quota, start), bucket.take(quota, start)], [ZERO, ZERO]);
        assert_eq!(bucket.take(quota, start + ms(600)), ms(400));
        let later = start + Duration::from_mins(1);
        assert_eq!([bucket.take(quota, later), bucket.take(quota, later)], [ZERO, ZERO]);
        assert_eq!(bucket.take(quota, later), ms(1000));
    }

    #[test]
    fn what_takes_longer_to_arrive_than_what_follows_it_stays_within_the_quota_all_the_same() {
        for operation in [
            "organizations:ListAccounts",
            "account:GetPrimaryEmail",
            "account:GetAlternateContact",
            "account:StartPrimaryEmailUpdate",
        ] {
            let quota = quota(operation).expect("a quota");
            let (start, mut ours, mut aws) = (Instant::now(), Bucket::default(), Bucket::default());
            for nth in 0..100 {
                let sent = start + ours.take(quota.with_margin(), start);
                // The first connection has to be made; after that it is now fast, now slow.
                let arrives = sent + if nth == 0 { ms(40) } else { ms(nth * 7 % 30) };
                assert_eq!(aws.take(quota, arrives), ZERO, "{operation} {nth}");
            }
        }
    }

    #[test]
    fn the_fourth_start_for_an_account_waits_for_the_first_to_be_31_seconds_old() {
        let start = Instant::now();
        let mut taken = VecDeque::new();
        for second in [0, 1, 2] {
            assert_eq!(take_start(&mut taken, start + Duration::from_secs(second)), ZERO);
        }
        assert_eq!(take_start(&mut taken, start + Duration::from_secs(10)), Duration::from_secs(21));
        assert_eq!(take_start(&mut taken, start + Duration::from_secs(10)), Duration::from_secs(22));
        assert_eq!(take_start(&mut taken, start + Duration::from_secs(100)), ZERO);
    }

    #[test]
    fn every_operation_that_is_written_with_has_a_quota_or_is_iams() {
        use crate::domain::change::Switch;
        use crate::domain::root_feature::RootFeature;
        use crate::domain::trusted_access::ServicePrincipal;

        for switch in [Switch::TrustedAccess(ServicePrincipal::iam()), Switch::RootFeature(RootFeature::RootSessions)] {
            for on in [true, false] {
                let operation = switch.set(on).operation();
                assert_eq!(quota(operation).is_none(), operation.starts_with("iam:"), "{operation}");
            }
        }
        assert!(quota("sts:AssumeRoot").is_some());
        assert!(
            quota("account:StartPrimaryEmailUpdate").is_some() && quota("account:AcceptPrimaryEmailUpdate").is_some()
        );
    }

    #[test]
    fn a_limit_holds_for_all_operations_of_its_service_and_beside_the_quotas() {
        let mut limits = RequestLimits::default();
        assert!(limits.set("organizations", 2) && !limits.set("account", 4) && !limits.set("account", 0));
        let now = Instant::now();
        for quotas in [true, false] {
            let shared = Shared { quotas, limits, ..Shared::default() };
            let turns = ["organizations:ListAccounts", "organizations:ListRoots", "organizations:ListAccounts"];
            assert_eq!(turns.map(|operation| shared.take(operation, now)), [ZERO, ms(500), ms(1000)], "{quotas}");
            assert_eq!(shared.take("account:GetPrimaryEmail", now), ZERO);
        }
        // The quota of an operation may be lower.
        let shared = Shared { quotas: true, limits, ..Shared::default() };
        let waits = [(); 4].map(|()| shared.take("organizations:ListRoots", now));
        assert_eq!(waits, [ZERO, ms(500), ms(1050), ms(2100)]);
    }

    #[test]
    fn no_service_has_a_higher_limit_than_the_quota_of_its_fastest_operation() {
        use crate::domain::request_limits::SERVICES;
        for (service, operation) in [
            ("organizations", "organizations:ListAccounts"),
            ("account", "account:GetPrimaryEmail"),
            ("iam", "iam:SimulatePrincipalPolicy"),
            ("sts", "sts:AssumeRoot"),
        ] {
            let most = SERVICES.into_iter().find(|(name, _)| *name == service).map(|(_, most)| u64::from(most));
            let every = quota(operation).expect("a quota").every;
            assert_eq!(most.map(|most| Quota::per_second(most, 1).every), Some(every), "{service}");
        }
    }

    #[tokio::test]
    async fn unpaced_calls_never_wait() {
        let pace = Pace::new(false, RequestLimits::default());
        let account = "444455556666".parse().expect("an id");
        for _ in 0..1000 {
            pace.wait_for_start("account:StartPrimaryEmailUpdate", account).await;
        }
    }
}
