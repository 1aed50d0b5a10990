//! Calls that wait for a token, by bucket: those that matter more go first, and nobody waits for ever.

use std::collections::VecDeque;
use std::sync::Arc;

use tokio::sync::{Notify, oneshot};

use crate::domain::quota::{Bucket, Demand, Micros, Priority, Quota};

/// Writes go before reads of the same priority.
pub(super) const RANKS: usize = 4;

/// Each so many calls, the one that has waited longest goes, whatever its rank.
const FAIR: u64 = 5;

/// Background work that has waited so long takes the last token as well.
const PATIENCE: Micros = 5_000_000;

/// What a copy takes of a shared bucket at once: for half a second, so that one that dies takes no more with it.
const LEASED: i64 = 500_000;

/// Tokens that were leased and that nobody waits for any more count no longer than this.
const SPARE: Micros = 1_000_000;

/// How early a call goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank(usize);

impl Rank {
    pub(super) fn of(priority: Priority, writes: bool) -> Self {
        Self(match (priority, writes) {
            (Priority::Person, _) => 0,
            (Priority::Batch | Priority::Background, true) => 1,
            (Priority::Batch, false) => 2,
            (Priority::Background, false) => RANKS - 1,
        })
    }

    fn is_background(self) -> bool {
        self.0 == RANKS - 1
    }
}

#[derive(Debug)]
struct Ticket {
    number: u64,
    since: Micros,
    go: oneshot::Sender<()>,
}

/// The calls that wait for the tokens of a bucket.
#[derive(Debug)]
pub(super) struct Lane {
    pub(super) quota: Quota,
    /// As it is known here; where it is shared, the ledger knows better.
    pub(super) bucket: Bucket,
    /// Whether somebody hands out its tokens.
    pub(super) served: bool,
    /// Told when a call comes that goes before all that wait.
    pub(super) arrived: Arc<Notify>,
    waiting: [VecDeque<Ticket>; RANKS],
    tickets: u64,
    gone: u64,
    spare: (u32, Micros),
}

impl Lane {
    pub(super) fn new(quota: Quota) -> Self {
        Self {
            quota,
            bucket: Bucket::default(),
            served: false,
            arrived: Arc::default(),
            waiting: Default::default(),
            tickets: 0,
            gone: 0,
            spare: (0, 0),
        }
    }

    /// The turn of a new call.
    pub(super) fn enter(&mut self, rank: Rank, now: Micros) -> oneshot::Receiver<()> {
        let (go, turn) = oneshot::channel();
        let first = self.first();
        self.tickets += 1;
        if let Some(queue) = self.waiting.get_mut(rank.0) {
            queue.push_back(Ticket { number: self.tickets, since: now, go });
        }
        if self.served && first.is_none_or(|first| rank < first) {
            self.arrived.notify_one();
        }
        turn
    }

    /// What those who wait want of the bucket; `None` if nobody waits any more.
    pub(super) fn demand(&mut self, now: Micros) -> Option<Demand> {
        for queue in &mut self.waiting {
            queue.retain(|ticket| !ticket.go.is_closed());
        }
        let waiting = self.waiting.iter().map(VecDeque::len).sum::<usize>();
        let first = self.first()?;
        let since = self.waiting.get(first.0).and_then(|queue| queue.front()).map_or(now, |ticket| ticket.since);
        let is_patient = first.is_background() && (now - since) < PATIENCE;
        Some(Demand {
            quota: self.quota,
            wanted: u32::try_from(waiting).unwrap_or(u32::MAX).min(self.quota.calls_in(LEASED)),
            reserve: u32::from(is_patient && self.quota.burst > 1),
        })
    }

    /// Tokens of an earlier lease.
    pub(super) fn spare(&mut self, now: Micros) -> u32 {
        let (tokens, since) = std::mem::take(&mut self.spare);
        if (now - since).abs() <= SPARE { tokens } else { 0 }
    }

    /// Lets so many go.
    pub(super) fn let_go(&mut self, tokens: u32, now: Micros) {
        for left in (0..tokens).rev() {
            if !self.let_one_go() {
                self.spare = (left + 1, now);
                return;
            }
        }
    }

    fn let_one_go(&mut self) -> bool {
        loop {
            let next = if self.gone % FAIR == FAIR - 1 { self.oldest() } else { self.first() };
            let Some(ticket) = next.and_then(|rank| self.waiting.get_mut(rank.0)?.pop_front()) else { return false };
            if ticket.go.send(()).is_ok() {
                self.gone += 1;
                return true;
            }
        }
    }

    fn first(&self) -> Option<Rank> {
        self.waiting.iter().position(|queue| !queue.is_empty()).map(Rank)
    }

    fn oldest(&self) -> Option<Rank> {
        let fronts = self.waiting.iter().enumerate().filter_map(|(rank, queue)| Some((queue.front()?.number, rank)));
        fronts.min().map(|(_, rank)| Rank(rank))
    }
}
