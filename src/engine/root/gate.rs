//! Where work on many accounts waits, and where it reports its progress.

use std::sync::Arc;

use futures::stream::{Stream, StreamExt};
use tokio::sync::watch;

use crate::domain::run::{RunReport, Steering};

/// Who listens to a run: not generic, since the compiler would make each run once for each listener.
pub(in crate::engine) type Told = dyn Fn(RunReport) + Send + Sync;
pub(in crate::engine) type Report = Arc<Told>;

/// Reports the results of `work`, and the count of throttled calls as it grows.
pub(in crate::engine) async fn tell(
    work: impl Stream<Item = Option<RunReport>>,
    mut throttled: watch::Receiver<u64>,
    report: &Told,
) {
    let mut work = std::pin::pin!(work);
    loop {
        tokio::select! {
            biased;
            Ok(()) = throttled.changed() => report(RunReport::Throttled(*throttled.borrow_and_update())),
            done = work.next() => match done {
                Some(news) => news.into_iter().for_each(report),
                None => return,
            },
        }
    }
}

#[derive(Clone, Debug)]
pub(in crate::engine) struct Gate {
    pub(super) steering: watch::Receiver<Steering>,
    /// Closed once nobody waits for the run any more.
    pub(super) wanted: watch::Receiver<()>,
}

impl Gate {
    pub(in crate::engine) async fn opens(&mut self) -> bool {
        let go = self.steering.wait_for(|steering| *steering != Steering::Pause);
        let go = tokio::select! {
            // The person who paused the run is gone: nobody will resume it.
            go = go => go.is_ok_and(|steering| *steering == Steering::GoOn),
            Err(_) = self.wanted.changed() => false,
        };
        go && self.wanted.has_changed().is_ok()
    }

    pub(super) async fn open(mut self, work: impl Future<Output = RunReport>) -> Option<RunReport> {
        if self.opens().await { Some(work.await) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gate(steering: Steering) -> (watch::Sender<Steering>, watch::Sender<()>, Gate) {
        let (steer, steering) = watch::channel(steering);
        let (want, wanted) = watch::channel(());
        (steer, want, Gate { steering, wanted })
    }

    #[tokio::test]
    async fn a_paused_gate_opens_when_told_to_go_on_and_a_stopped_one_never() {
        let (steer, _want, mut gate) = gate(Steering::Pause);
        let mut waiting = gate.clone();
        let waiting = tokio::spawn(async move { waiting.opens().await });
        tokio::task::yield_now().await;
        assert!(!waiting.is_finished());
        steer.send_replace(Steering::GoOn);
        assert!(waiting.await.expect("an answer"));
        assert!(gate.opens().await);
        steer.send_replace(Steering::Stop);
        assert!(!gate.opens().await);
    }

    #[tokio::test]
    async fn when_nobody_steers_or_waits_any_more_a_paused_gate_stays_closed() {
        let (steer, _want, mut first) = gate(Steering::Pause);
        drop(steer);
        assert!(!first.opens().await);
        let (_steer, want, mut second) = gate(Steering::Pause);
        drop(want);
        assert!(!second.opens().await);
        let (steer, _want, mut third) = gate(Steering::GoOn);
        drop(steer);
        assert!(third.opens().await);
    }
}
