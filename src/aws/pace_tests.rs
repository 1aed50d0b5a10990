use std::sync::atomic::AtomicU32;

use super::*;
use crate::aws::pace_clock::by_hand::{HandClock, START};
use crate::domain::quota::Bucket;

const EMAIL: &str = "account:GetPrimaryEmail";
const START_CHANGE: &str = "account:StartPrimaryEmailUpdate";

fn pace(clock: &HandClock) -> Pace {
    Pace::with_clock(true, RequestLimits::default(), clock.clock())
}

fn limited(clock: &HandClock, service: &str, rate: u32) -> Pace {
    let mut limits = RequestLimits::default();
    assert!(limits.set(service, rate));
    Pace::with_clock(true, limits, clock.clock())
}

/// When each of these calls goes out, in milliseconds; they are made at once.
async fn times(clock: &HandClock, pace: &Pace, calls: &[&'static str]) -> Vec<i64> {
    let calls: Vec<_> = calls
        .iter()
        .map(|operation| {
            let (clock, pace, operation) = (clock.clone(), pace.clone(), *operation);
            tokio::spawn(async move {
                pace.wait(operation).await;
                clock.ms()
            })
        })
        .collect();
    let all = async move { futures::future::join_all(calls).await };
    clock.run(&[], all).await.into_iter().map(|ms| ms.expect("a time")).collect()
}

#[tokio::test]
async fn a_burst_goes_through_and_the_rest_lines_up() {
    let clock = HandClock::default();
    let waits = times(&clock, &pace(&clock), &["organizations:ListAccounts"; 14]).await;
    assert_eq!(waits[..11], [0; 11]);
    // 8 a second, less a twentieth.
    assert_eq!(waits[11..], [131, 262, 393]);
}

#[test]
fn what_takes_longer_to_arrive_than_what_follows_it_stays_within_the_quota_all_the_same() {
    for operation in
        ["organizations:ListAccounts", EMAIL, "account:GetAlternateContact", "account:StartPrimaryEmailUpdate"]
    {
        let quota = quota(operation).expect("a quota");
        let one = |quota| Demand { quota, wanted: 1, reserve: 0 };
        let (mut now, mut ours, mut aws) = (START, Bucket::default(), Bucket::default());
        let mut arrived = START;
        for nth in 0..100 {
            loop {
                let lease = ours.take(one(with_margin(quota)), now);
                if lease.granted == 1 {
                    break;
                }
                now += lease.wait;
            }
            // The first connection has to be made; after that it is now fast, now slow.
            arrived = arrived.max(now + if nth == 0 { 40_000 } else { nth * 7_000 % 30_000 });
            assert_eq!(aws.take(one(quota), arrived).granted, 1, "{operation} {nth}");
        }
    }
}

#[test]
fn the_fourth_start_for_an_account_waits_for_the_first_to_be_31_seconds_old() {
    let second = |second: i64| START + second * 1_000_000;
    let mut taken = VecDeque::new();
    for at in [0, 1, 2] {
        assert_eq!(take_start(&mut taken, second(at)), Duration::ZERO);
    }
    assert_eq!(take_start(&mut taken, second(10)), Duration::from_secs(21));
    assert_eq!(take_start(&mut taken, second(10)), Duration::from_secs(22));
    assert_eq!(take_start(&mut taken, second(100)), Duration::ZERO);
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
            assert!(is_write(operation), "{operation}");
        }
    }
    assert!(quota("sts:AssumeRoot").is_some() && !is_write("sts:AssumeRoot"));
    for operation in [START_CHANGE, "account:AcceptPrimaryEmailUpdate"] {
        assert!(quota(operation).is_some() && is_write(operation), "{operation}");
    }
    assert!(!is_write(EMAIL));
}

#[tokio::test]
async fn a_limit_holds_for_all_operations_of_its_service_and_beside_the_quotas() {
    let mut limits = RequestLimits::default();
    assert!(limits.set("organizations", 2) && !limits.set("account", 4) && !limits.set("account", 0));
    for quotas in [true, false] {
        let clock = HandClock::default();
        let pace = Pace::with_clock(quotas, limits, clock.clock());
        let turns = ["organizations:ListAccounts", "organizations:ListRoots", "organizations:ListAccounts"];
        assert_eq!(times(&clock, &pace, &turns).await, [0, 500, 1000], "{quotas}");
        assert_eq!(times(&clock, &pace, &[EMAIL]).await, [1000]);
    }
    // The quota of an operation may be lower.
    let clock = HandClock::default();
    let waits = times(&clock, &limited(&clock, "organizations", 2), &["organizations:ListRoots"; 4]).await;
    assert_eq!(waits, [0, 500, 1050, 2100]);
}

#[test]
fn no_service_has_a_higher_limit_than_the_quota_of_its_fastest_operation() {
    use crate::domain::request_limits::SERVICES;
    for (service, operation) in [
        ("organizations", "organizations:ListAccounts"),
        ("account", EMAIL),
        ("iam", "iam:SimulatePrincipalPolicy"),
        ("sts", "sts:AssumeRoot"),
    ] {
        let most = SERVICES.into_iter().find(|(name, _)| *name == service).map(|(_, most)| most);
        let every = quota(operation).expect("a quota").every;
        assert_eq!(most.map(|most| Quota::per_second(most, 1).every), Some(every), "{service}");
    }
}

#[tokio::test]
async fn unpaced_calls_never_wait() {
    let pace = Pace::new(false, RequestLimits::default());
    let account = "444455556666".parse().expect("an id");
    for _ in 0..1000 {
        pace.wait_for_start(START_CHANGE, account).await;
    }
}

/// So many background calls wait from now on.
fn background(
    pace: &Pace,
    operation: &'static str,
    calls: usize,
) -> (Vec<tokio::task::JoinHandle<()>>, Arc<AtomicU32>) {
    let done = Arc::new(AtomicU32::new(0));
    let background = pace.at(Priority::Background);
    let calls = (0..calls)
        .map(|_| {
            let (pace, done) = (background.clone(), Arc::clone(&done));
            tokio::spawn(async move {
                pace.wait(operation).await;
                done.fetch_add(1, Ordering::SeqCst);
            })
        })
        .collect();
    (calls, done)
}

#[tokio::test]
async fn a_write_and_what_a_person_looks_at_overtake_five_hundred_background_reads() {
    let clock = HandClock::default();
    // All calls of the service share a bucket, and all reads of an email another.
    let pace = limited(&clock, "account", 3);
    let (_calls, done) = background(&pace, EMAIL, 500);
    let waiting = clock.clone();
    clock.run(&[], async move { waiting.sleep(10_000).await }).await;
    let before = done.load(Ordering::SeqCst);
    assert!((25..=32).contains(&before), "{before}");
    for operation in [START_CHANGE, EMAIL] {
        let at = clock.ms();
        let waited = times(&clock, &pace, &[operation]).await;
        // The next token of the service and the next one of the operation, or those after them.
        assert!(waited[0] - at <= 1_400, "{operation} {waited:?}");
    }
    let at = clock.ms();
    let batch = times(&clock, &pace.at(Priority::Batch), &[EMAIL; 3]).await;
    assert!(batch[2] - at <= 3_000, "{batch:?}");
}

#[tokio::test]
async fn background_reads_are_slowed_by_a_batch_and_never_stopped() {
    let clock = HandClock::default();
    let pace = pace(&clock);
    let (_calls, done) = background(&pace, EMAIL, 500);
    let batch = pace.at(Priority::Batch);
    let work = clock.clone();
    let ended = clock
        .run(&[], async move {
            let calls = (0..300).map(|_| batch.wait(EMAIL));
            futures::future::join_all(calls).await;
            work.ms()
        })
        .await;
    let done = done.load(Ordering::SeqCst);
    // One of five, and the whole quota is used: 3 a second, less a twentieth.
    assert!((55..=85).contains(&done), "{done}");
    let all = i64::from(done) + 300;
    assert!(ended <= all * 350 && ended >= (all - 3) * 350, "{ended} ms for {all}");
}

#[tokio::test]
async fn a_call_that_is_dropped_while_it_waits_takes_no_token() {
    let clock = HandClock::default();
    let pace = pace(&clock);
    let (calls, _) = background(&pace, "account:GetPrimaryEmail", 50);
    tokio::task::yield_now().await;
    calls.iter().for_each(tokio::task::JoinHandle::abort);
    let waits = times(&clock, &pace, &[EMAIL; 3]).await;
    assert!(waits[2] <= 3 * 350, "{waits:?}");
}

#[tokio::test]
async fn throttling_slows_an_operation_down_and_the_rate_recovers() {
    let clock = HandClock::default();
    let pace = pace(&clock);
    assert_eq!(pace.slowed(), None);
    times(&clock, &pace, &[EMAIL; 2]).await;
    // AWS answers both calls so.
    for _ in 0..2 {
        pace.throttled("Account", "GetPrimaryEmail");
    }
    assert_eq!(pace.slowed(), Some(50));
    let begun = clock.ms();
    let waits = times(&clock, &pace, &[EMAIL; 60]).await;
    let within = |from: i64, to: i64| waits.iter().filter(|ms| (begun + from..begun + to).contains(*ms)).count();
    // The two that are sent again come first.
    assert_eq!(within(0, 1000), 0);
    let rates = [within(2000, 4000), within(4000, 6000), within(12_000, 14_000)];
    assert!(rates[0] < rates[2] && (5..=6).contains(&rates[2]), "{rates:?} {waits:?}");
    assert_eq!(pace.slowed(), None);
    // Others are as fast as before; what has no quota is not held back.
    assert_eq!(times(&clock, &pace, &["account:GetAlternateContact"]).await, [clock.ms()]);
    pace.throttled("IAM", "GetRole");
    pace.throttled("S3", "ListBuckets");
    assert_eq!(pace.slowed(), None);
}

/// A ledger that can't be written.
#[derive(Debug)]
struct Broken;

impl QuotaLedger for Broken {
    fn lease(&self, _: &str, _: &str, _: Demand, _: Micros) -> Result<Lease, ApiError> {
        Err(ApiError::new("rootdeck:store", crate::domain::api_error::ApiErrorKind::Local, "disk full"))
    }

    fn slow(&self, _: &str, _: &str, _: Quota, _: Micros) -> Result<(), ApiError> {
        Err(ApiError::new("rootdeck:store", crate::domain::api_error::ApiErrorKind::Local, "disk full"))
    }

    fn buckets(&self, _: &str) -> Result<Vec<(String, crate::domain::quota::Bucket)>, ApiError> {
        Ok(Vec::new())
    }
}

#[tokio::test]
async fn without_a_ledger_that_works_the_process_keeps_to_the_quota_by_itself() {
    let clock = HandClock::default();
    let pace = pace(&clock);
    pace.share(Arc::new(Broken), "a".to_owned());
    let busy = pace.leasing();
    let (all, at) = (pace.clone(), clock.clone());
    let ended = clock
        .run(&[busy], async move {
            futures::future::join_all((0..6).map(|_| all.wait(EMAIL))).await;
            at.ms()
        })
        .await;
    assert!((4 * 349..=4 * 351).contains(&ended), "{ended}");
    pace.throttled("Account", "GetPrimaryEmail");
    assert_eq!(pace.slowed(), Some(50));
}
