//! Several copies of the program, the file of the quotas on their machine, and AWS's own buckets.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use crate::aws::pace::Pace;
use crate::aws::pace_clock::by_hand::HandClock;
use crate::domain::quota::{Bucket, Demand, Quota, QuotaLedger};
use crate::domain::request_limits::RequestLimits;
use crate::store::QuotaFile;

const EMAIL: &str = "account:GetPrimaryEmail";
/// AWS's, without the margin that is kept here.
const QUOTA: Quota = Quota::per_second(3, 3);

/// AWS's side: counts what it lets through, and what it throttles.
#[derive(Clone, Default)]
struct Aws {
    bucket: Arc<Mutex<Bucket>>,
    served: Arc<AtomicUsize>,
    throttled: Arc<AtomicUsize>,
}

impl Aws {
    fn call(&self, clock: &HandClock) {
        let one = Demand { quota: QUOTA, wanted: 1, reserve: 0 };
        let granted = self.bucket.lock().expect("a bucket").take(one, clock.now()).granted;
        if granted == 1 { &self.served } else { &self.throttled }.fetch_add(1, Ordering::SeqCst);
    }
}

struct Copy {
    pace: Pace,
    busy: Arc<AtomicUsize>,
}

fn copy(folder: &tempfile::TempDir, clock: &HandClock, account: &str) -> Copy {
    let pace = Pace::with_clock(true, RequestLimits::default(), clock.clock());
    let ledger: Arc<dyn QuotaLedger> = Arc::new(QuotaFile::at(folder.path().join("quotas.db")));
    pace.share(ledger, account.to_owned());
    let busy = pace.leasing();
    Copy { pace, busy }
}

/// Makes so many calls, a few at a time.
async fn work(pace: Pace, aws: Aws, clock: HandClock, calls: usize) {
    use futures::stream::{self, StreamExt};
    let call = |()| async {
        pace.wait(EMAIL).await;
        aws.call(&clock);
    };
    stream::iter(std::iter::repeat_n((), calls)).map(call).buffer_unordered(4).collect::<()>().await;
}

#[tokio::test]
async fn two_copies_stay_within_the_quota_together_use_all_of_it_and_no_call_is_throttled() {
    let folder = tempfile::tempdir().expect("a folder");
    let (clock, aws) = (HandClock::default(), Aws::default());
    let copies = [copy(&folder, &clock, "a"), copy(&folder, &clock, "a")];
    let busy: Vec<_> = copies.iter().map(|copy| Arc::clone(&copy.busy)).collect();
    let works = copies.map(|copy| work(copy.pace, aws.clone(), clock.clone(), 100));
    clock.run(&busy, futures::future::join_all(works)).await;
    assert_eq!((aws.served.load(Ordering::SeqCst), aws.throttled.load(Ordering::SeqCst)), (200, 0));
    // What the quota allows, within 1.15.
    let least = (200 - 3) * 1000 / 3;
    assert!(clock.ms() * 100 <= least * 115, "{} ms, the quota allows it in {least}", clock.ms());
}

#[tokio::test]
async fn a_copy_that_dies_keeps_no_tokens() {
    let folder = tempfile::tempdir().expect("a folder");
    let (clock, aws) = (HandClock::default(), Aws::default());
    let (one, two) = (copy(&folder, &clock, "a"), copy(&folder, &clock, "a"));
    let busy = [Arc::clone(&one.busy), Arc::clone(&two.busy)];
    let waiting = tokio::spawn(work(one.pace, aws.clone(), clock.clone(), 1000));
    let sleeper = clock.clone();
    clock.run(&busy, async move { sleeper.sleep(5_000).await }).await;
    waiting.abort();
    let before = clock.ms();
    clock.run(&busy, work(two.pace, aws.clone(), clock.clone(), 60)).await;
    // 60 at 3 a second, and what the other one may have taken right before.
    assert!(clock.ms() - before <= 61 * 350 + 400, "{} ms", clock.ms() - before);
    assert_eq!(aws.throttled.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_copy_that_is_throttled_slows_the_others_down_and_other_accounts_are_not_affected() {
    let folder = tempfile::tempdir().expect("a folder");
    let clock = HandClock::default();
    let (one, two, other) = (copy(&folder, &clock, "a"), copy(&folder, &clock, "a"), copy(&folder, &clock, "b"));
    let busy = [Arc::clone(&one.busy), Arc::clone(&two.busy), Arc::clone(&other.busy)];
    clock.run(&busy, work(one.pace.clone(), Aws::default(), clock.clone(), 1)).await;
    one.pace.throttled("Account", "GetPrimaryEmail");
    // It is written by another thread.
    while QuotaFile::at(folder.path().join("quotas.db")).buckets("a").expect("buckets")[0].1.slowed == 0 {
        tokio::task::yield_now().await;
    }
    let before = clock.ms();
    clock.run(&busy, work(two.pace.clone(), Aws::default(), clock.clone(), 2)).await;
    assert!(clock.ms() - before > 1_000, "{}", clock.ms() - before);
    assert!(two.pace.slowed().is_some_and(|left| (50..70).contains(&left)), "{:?}", two.pace.slowed());
    let before = clock.ms();
    clock.run(&busy, work(other.pace, Aws::default(), clock.clone(), 2)).await;
    assert_eq!(clock.ms(), before);
}
