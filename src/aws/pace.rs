//! Holds calls back to AWS's quotas, so that bulk work does not throttle others of the account.
//!
//! Each operation with a quota has a token bucket, and so has each service that the configuration limits. The whole
//! process shares them. With a [`QuotaLedger`], so do all copies of the program on this machine that call as the same
//! account. Tokens are handed out in the order of [`Priority`], by a task that lives while somebody waits.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use super::lanes::{Lane, Rank};
use super::pace_clock::PaceClock;
use super::quotas::{is_write, quota, with_margin};
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiError;
use crate::domain::email_change::{STARTS, STARTS_WINDOW};
use crate::domain::quota::{Demand, Lease, Micros, Priority, Quota, QuotaLedger, WHOLE};
use crate::domain::request_limits::RequestLimits;

/// Clones share the buckets.
#[derive(Clone, Debug)]
pub(crate) struct Pace {
    shared: Option<Arc<Shared>>,
    priority: Priority,
}

#[derive(Debug)]
struct Shared {
    /// Whether AWS's quotas hold.
    quotas: bool,
    /// What the configuration wants beside them, wherever the calls go.
    limits: RequestLimits,
    lanes: Mutex<HashMap<&'static str, Lane>>,
    starts: Mutex<HashMap<AccountId, VecDeque<Micros>>>,
    /// Where the buckets are shared, and whose they are.
    ledger: OnceLock<(Arc<dyn QuotaLedger>, String)>,
    /// Whether it has failed, which is reported once.
    ledger_failed: AtomicBool,
    /// The leases that are being asked for.
    leasing: Arc<AtomicUsize>,
    clock: PaceClock,
}

impl Pace {
    pub(crate) fn new(quotas: bool, limits: RequestLimits) -> Self {
        Self::with_clock(quotas, limits, PaceClock::real())
    }

    pub(crate) fn with_clock(quotas: bool, limits: RequestLimits, clock: PaceClock) -> Self {
        let holds_back = quotas || !limits.is_empty();
        let shared = || Shared {
            quotas,
            limits,
            lanes: Mutex::default(),
            starts: Mutex::default(),
            ledger: OnceLock::new(),
            ledger_failed: AtomicBool::new(false),
            leasing: Arc::default(),
            clock,
        };
        Self { shared: holds_back.then(|| Arc::new(shared())), priority: Priority::default() }
    }

    /// Shares the buckets, which are those of `whose`, from now on.
    pub(crate) fn share(&self, ledger: Arc<dyn QuotaLedger>, whose: String) {
        if let Some(shared) = &self.shared {
            shared.ledger.set((ledger, whose)).ok();
        }
    }

    /// The same buckets, for calls of this priority.
    pub(crate) fn at(&self, priority: Priority) -> Self {
        Self { priority, ..self.clone() }
    }

    /// Waits for the turn of a call. One that is dropped meanwhile takes no token.
    pub(crate) async fn wait(&self, operation: &'static str) {
        let Some(shared) = &self.shared else { return };
        let rank = Rank::of(self.priority, is_write(operation));
        for (bucket, quota) in shared.buckets_of(operation) {
            shared.turn(bucket, quota, rank).await;
        }
    }

    /// A start of an email change has a quota per member account, too.
    pub(crate) async fn wait_for_start(&self, operation: &'static str, account: AccountId) {
        if let Some(shared) = self.shared.as_ref().filter(|shared| shared.quotas) {
            let wait = {
                let mut starts = lock(&shared.starts);
                take_start(starts.entry(account).or_default(), shared.now())
            };
            if !wait.is_zero() {
                shared.clock.sleep(wait).await;
            }
        }
        self.wait(operation).await;
    }

    /// AWS has throttled a call of this operation; both as the SDK names them.
    pub(crate) fn throttled(&self, service: &str, name: &str) {
        let Some(shared) = &self.shared else { return };
        let operation = format!("{}:{name}", service.to_ascii_lowercase());
        let Some(quota) = quota(&operation).filter(|_| shared.quotas).map(with_margin) else { return };
        let now = shared.now();
        // It was sent, so it has a lane; its name there lasts as long as the program.
        let known = lock(&shared.lanes).get_key_value(operation.as_str()).map(|(name, _)| *name);
        let Some(known) = known else { return };
        if let Some(lane) = lock(&shared.lanes).get_mut(known) {
            lane.bucket.slow(quota, now);
        }
        tracing::info!(operation = known, "throttled: calls go out more slowly for a while");
        if let Some((ledger, whose)) = shared.ledger.get().cloned() {
            let shared = Arc::clone(shared);
            tokio::task::spawn_blocking(move || {
                if let Err(error) = ledger.slow(&whose, known, quota, now) {
                    shared.note_failure(&error);
                }
            });
        }
    }

    /// What is left of the rates, in percent of the lowest, with what the ledger knows of other copies; `None` where AWS's
    /// quotas do not hold.
    pub(crate) async fn rate(&self) -> Option<u8> {
        let shared = self.shared.as_ref().filter(|shared| shared.quotas)?;
        let own = self.slowed().unwrap_or(100);
        let Some((ledger, whose)) = shared.ledger.get().cloned() else { return Some(own) };
        let kept = tokio::task::spawn_blocking(move || ledger.buckets(&whose)).await;
        let (kept, now) = (kept.ok().and_then(Result::ok).unwrap_or_default(), shared.now());
        let others = kept.iter().map(|(_, bucket)| percent(bucket.left_of_rate(now)));
        others.chain([own]).min()
    }

    /// What is left of the rates after AWS throttled, in percent of the lowest; `None`: all of it.
    pub(crate) fn slowed(&self) -> Option<u8> {
        let shared = self.shared.as_ref()?;
        let now = shared.now();
        let left = lock(&shared.lanes).values().map(|lane| lane.bucket.left_of_rate(now)).min()?;
        (left < WHOLE).then(|| percent(left))
    }
}

#[cfg(test)]
impl Pace {
    /// How many leases are being asked for.
    pub(crate) fn leasing(&self) -> Arc<AtomicUsize> {
        self.shared.as_ref().map(|shared| Arc::clone(&shared.leasing)).unwrap_or_default()
    }
}

impl Shared {
    fn now(&self) -> Micros {
        self.clock.now()
    }

    /// That of the service first: whoever waits there holds no token of the operation.
    fn buckets_of(&self, operation: &'static str) -> impl Iterator<Item = (&'static str, Quota)> + use<> {
        let service = operation.split_once(':').map_or(operation, |(service, _)| service);
        let limit = self.limits.of(service).map(|rate| (service, Quota::per_second(rate.max(1), 1)));
        let quota = quota(operation).filter(|_| self.quotas).map(|quota| (operation, with_margin(quota)));
        limit.into_iter().chain(quota)
    }

    async fn turn(self: &Arc<Self>, bucket: &'static str, quota: Quota, rank: Rank) {
        let turn = {
            let mut lanes = lock(&self.lanes);
            let lane = lanes.entry(bucket).or_insert_with(|| Lane::new(quota));
            let turn = lane.enter(rank, self.now());
            if !std::mem::replace(&mut lane.served, true) {
                tokio::spawn(Arc::clone(self).serve(bucket));
            }
            turn
        };
        // It fails only where the whole program ends.
        turn.await.ok();
    }

    /// Hands out the tokens of a bucket until nobody waits for one.
    async fn serve(self: Arc<Self>, bucket: &'static str) {
        loop {
            let (demand, arrived, spare) = {
                let mut lanes = lock(&self.lanes);
                let Some(lane) = lanes.get_mut(bucket) else { return };
                let now = self.now();
                let Some(demand) = lane.demand(now) else {
                    lane.served = false;
                    return;
                };
                (demand, Arc::clone(&lane.arrived), lane.spare(now))
            };
            let lease = match spare {
                0 => self.lease(bucket, demand).await,
                granted => Lease { granted, wait: 0, bucket: None },
            };
            {
                let mut lanes = lock(&self.lanes);
                let Some(lane) = lanes.get_mut(bucket) else { return };
                lane.bucket = lease.bucket.unwrap_or(lane.bucket);
                lane.let_go(lease.granted, self.now());
            }
            if lease.granted == 0 {
                let wait = Duration::from_micros(lease.wait.unsigned_abs());
                tokio::select! {
                    () = self.clock.sleep(wait) => {}
                    () = arrived.notified() => {}
                }
            }
        }
    }

    /// From the ledger; from the bucket of this process where there is none, or it fails.
    async fn lease(self: &Arc<Self>, bucket: &'static str, demand: Demand) -> Lease {
        let now = self.now();
        if let Some((ledger, whose)) = self.ledger.get().cloned() {
            self.leasing.fetch_add(1, Ordering::SeqCst);
            let leased = tokio::task::spawn_blocking(move || ledger.lease(&whose, bucket, demand, now)).await;
            self.leasing.fetch_sub(1, Ordering::SeqCst);
            match leased {
                Ok(Ok(lease)) => return lease,
                Ok(Err(error)) => self.note_failure(&error),
                Err(_) => {}
            }
        }
        let mut lanes = lock(&self.lanes);
        let own = lanes.entry(bucket).or_insert_with(|| Lane::new(demand.quota));
        own.bucket.take(demand, now)
    }

    fn note_failure(&self, error: &ApiError) {
        if !self.ledger_failed.swap(true, Ordering::Relaxed) {
            tracing::warn!(message = error.message, "the quotas are not shared with other copies");
        }
    }
}

fn percent(left: i64) -> u8 {
    u8::try_from(left * 100 / WHOLE).unwrap_or(100)
}

fn take_start(taken: &mut VecDeque<Micros>, now: Micros) -> Duration {
    let window = Micros::try_from(STARTS_WINDOW.as_micros()).unwrap_or(Micros::MAX);
    let at = match taken.len().checked_sub(STARTS).and_then(|oldest| taken.get(oldest)) {
        // A clock that was set back makes nobody wait longer than that.
        Some(oldest) => oldest.saturating_add(window).clamp(now, now.saturating_add(window)),
        None => now,
    };
    taken.push_back(at);
    if taken.len() > STARTS {
        taken.pop_front();
    }
    Duration::from_micros((at - now).unsigned_abs())
}

/// What is locked is whole after a panic elsewhere: each change is one call.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
#[path = "pace_tests.rs"]
mod tests;
