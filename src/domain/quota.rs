//! Token buckets: how often AWS may be called, and who shares that.

use super::api_error::ApiError;

/// A time in microseconds since the epoch, by the clock that all who share a bucket share.
pub type Micros = i64;

const SECOND: i64 = 1_000_000;
/// A token, in the unit of [`Bucket::tokens`].
const TOKEN: i64 = 1_000_000;
/// The whole rate, in the unit of [`Bucket::left`].
pub(crate) const WHOLE: i64 = 1000;
/// What is left of the rate at least, however often AWS throttles: a tenth.
const LEAST: i64 = 100;
/// How much of the whole rate is regained each second: all of it in 20 s.
const REGAINED: i64 = 50;
/// Throttled answers that arrive within this time have one cause.
const ONE_CAUSE: i64 = SECOND;
/// A bucket that is not used is full long before that.
const LONGEST: i64 = 3600 * SECOND;
/// While the rate recovers, a wait is worked out again after this time.
const WHILE_SLOWED: i64 = SECOND / 2;

/// How urgent a call is. Where AWS's quotas hold calls back, the urgent ones go first; nobody waits for ever.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Priority {
    /// A person waits for it.
    #[default]
    Person,
    /// It is part of work on many accounts that a person started: a batch, a plan.
    Batch,
    /// Nobody asked for it now.
    Background,
}

/// How often an operation may be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// How long it takes to regain a call, in microseconds.
    pub every: i64,
    /// How many calls may go out at once after a pause.
    pub burst: u32,
}

impl Quota {
    /// So many calls a second, and so many at once.
    pub const fn per_second(rate: u32, burst: u32) -> Self {
        Self { every: SECOND / if rate == 0 { 1 } else { rate as i64 }, burst }
    }

    /// Calls in `micros`, at least one.
    pub(crate) fn calls_in(self, micros: i64) -> u32 {
        u32::try_from(micros / self.every.max(1)).unwrap_or(u32::MAX).max(1)
    }

    fn capacity(self) -> i64 {
        i64::from(self.burst.max(1)) * TOKEN
    }
}

/// A token bucket, as it was at a time. A new one is full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// Millionths of a token. Below zero: calls that AWS throttled are sent again without asking.
    pub tokens: i64,
    /// When that was; 0 for a new one.
    pub at: Micros,
    /// What was left of the rate when AWS throttled last, in thousandths.
    pub left: i64,
    /// When AWS throttled last; 0 if it never did.
    pub slowed: Micros,
}

impl Default for Bucket {
    fn default() -> Self {
        Self { tokens: i64::MAX, at: 0, left: WHOLE, slowed: 0 }
    }
}

/// What was taken from a bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lease {
    /// So many calls may go out now.
    pub granted: u32,
    /// Where that is none: when to ask again, in microseconds from now.
    pub wait: i64,
    /// What the bucket has become.
    pub bucket: Option<Bucket>,
}

/// What is wanted of a bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Demand {
    /// What the bucket holds.
    pub quota: Quota,
    /// So many calls at most.
    pub wanted: u32,
    /// How many tokens to leave in it, for calls that matter more.
    pub reserve: u32,
}

impl Bucket {
    /// Takes what there is, up to what is wanted.
    pub fn take(&mut self, Demand { quota, wanted, reserve }: Demand, now: Micros) -> Lease {
        self.fill(quota, now);
        let reserve = i64::from(reserve) * TOKEN;
        let there = u32::try_from((self.tokens - reserve).max(0) / TOKEN).unwrap_or(u32::MAX);
        let granted = there.min(wanted);
        self.tokens -= i64::from(granted) * TOKEN;
        let left = self.left_of_rate(now);
        let lacking = (TOKEN + reserve - self.tokens).max(0);
        let wait = (lacking * quota.every / TOKEN) * WHOLE / left.max(1) + 1;
        let wait = if left < WHOLE { wait.min(WHILE_SLOWED) } else { wait };
        Lease { granted, wait, bucket: Some(*self) }
    }

    /// AWS has throttled a call: others use the same quota, or it is lower than known. Half the rate is left, and the
    /// bucket is empty, but for the call that will be sent again.
    pub fn slow(&mut self, quota: Quota, now: Micros) {
        self.fill(quota, now);
        if self.slowed == 0 || (now - self.slowed).abs() >= ONE_CAUSE {
            self.left = (self.left_of_rate(now) / 2).max(LEAST);
            self.slowed = now;
        }
        self.tokens = self.tokens.min(0).max(-quota.capacity()) - TOKEN;
    }

    /// What is left of the rate, in thousandths: less than all of it for a while after AWS throttled.
    pub fn left_of_rate(&self, now: Micros) -> i64 {
        if self.slowed == 0 {
            return WHOLE;
        }
        let since = (now - self.slowed).clamp(0, LONGEST);
        (self.left + since * REGAINED / SECOND).clamp(LEAST, WHOLE)
    }

    fn fill(&mut self, quota: Quota, now: Micros) {
        // A clock that was set back brings no tokens and takes none.
        let elapsed = (now - self.at).clamp(0, LONGEST);
        // The rate grows evenly in between.
        let rate = i64::midpoint(self.left_of_rate(self.at), self.left_of_rate(now));
        let gained = elapsed * rate * (TOKEN / WHOLE) / quota.every.max(1);
        self.tokens = self.tokens.min(quota.capacity()).saturating_add(gained).min(quota.capacity());
        // A time too short for a millionth is not lost.
        if gained > 0 || now < self.at {
            self.at = now;
        }
    }
}

/// Buckets that several copies of the program share.
pub trait QuotaLedger: Send + Sync + std::fmt::Debug {
    /// Takes from a bucket of `whose`. What is taken is spent: it is not given back, and whoever dies with it keeps
    /// nothing, since the bucket fills on.
    ///
    /// # Errors
    /// If the ledger can't be read or written.
    fn lease(&self, whose: &str, bucket: &str, demand: Demand, now: Micros) -> Result<Lease, ApiError>;

    /// See [`Bucket::slow`].
    ///
    /// # Errors
    /// If the ledger can't be read or written.
    fn slow(&self, whose: &str, bucket: &str, quota: Quota, now: Micros) -> Result<(), ApiError>;

    /// The buckets of `whose` as they are kept, by name.
    ///
    /// # Errors
    /// If the ledger can't be read.
    fn buckets(&self, whose: &str) -> Result<Vec<(String, Bucket)>, ApiError>;
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Micros = 1_800_000_000 * SECOND;

    fn take(bucket: &mut Bucket, quota: Quota, ms: i64) -> u32 {
        bucket.take(Demand { quota, wanted: u32::MAX, reserve: 0 }, AT + ms * 1000).granted
    }

    #[test]
    fn a_new_bucket_is_full_and_fills_again_but_never_beyond_its_burst() {
        let quota = Quota::per_second(8, 12);
        let mut bucket = Bucket::default();
        assert_eq!([0, 0, 124, 125, 500, 60_000].map(|ms| take(&mut bucket, quota, ms)), [12, 0, 0, 1, 3, 12]);
        let nothing = bucket.take(Demand { quota, wanted: 5, reserve: 0 }, AT + 60_000_000);
        assert_eq!((nothing.granted, nothing.wait), (0, 125_001));
    }

    #[test]
    fn a_reserve_is_left_for_others() {
        let quota = Quota::per_second(3, 3);
        let mut bucket = Bucket::default();
        let spared = bucket.take(Demand { quota, wanted: 9, reserve: 1 }, AT);
        assert_eq!(spared.granted, 2);
        assert_eq!(bucket.take(Demand { quota, wanted: 9, reserve: 1 }, AT).granted, 0);
        assert_eq!(take(&mut bucket, quota, 0), 1);
    }

    #[test]
    fn throttling_halves_the_rate_once_for_each_cause_and_a_tenth_of_it_stays() {
        let quota = Quota::per_second(10, 10);
        let mut bucket = Bucket::default();
        let mut left = Vec::new();
        for ms in [0, 10, 999, 1000, 2000, 3000, 4000, 5000] {
            bucket.slow(quota, AT + ms * 1000);
            left.push(bucket.left_of_rate(AT + ms * 1000));
        }
        assert_eq!(left, [500, 500, 549, 275, 162, 106, 100, 100]);
    }

    #[test]
    fn after_throttling_the_rate_is_regained_evenly_within_twenty_seconds() {
        let quota = Quota::per_second(10, 1);
        let mut bucket = Bucket::default();
        bucket.slow(quota, AT);
        assert_eq!(
            [0, 1, 5, 10, 20].map(|second| bucket.left_of_rate(AT + second * SECOND)),
            [500, 550, 750, 1000, 1000]
        );
        // The tokens of a second follow the rate: about 5 in the first, 10 in the end.
        let mut in_second =
            |second: i64| -> u32 { (0..1000).step_by(10).map(|ms| take(&mut bucket, quota, second * 1000 + ms)).sum() };
        let first: Vec<u32> = (0..12).map(&mut in_second).collect();
        assert!(first[0] <= 5 && first[1] >= 5 && first[11] == 10, "{first:?}");
        assert!(first.windows(2).all(|two| two[0] <= two[1]), "{first:?}");
    }

    #[test]
    fn a_clock_that_jumps_brings_no_more_than_a_burst_and_blocks_nothing_for_long() {
        let quota = Quota::per_second(1, 2);
        let mut bucket = Bucket::default();
        assert_eq!(take(&mut bucket, quota, 0), 2);
        assert_eq!(take(&mut bucket, quota, 86_400_000), 2);
        // Set back by a day: nothing at once, and the next one after a second.
        assert_eq!([0, 999, 1000].map(|ms| take(&mut bucket, quota, ms)), [0, 0, 1]);
    }
}
