//! The clock that the pace goes by.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use futures::FutureExt;
use futures::future::BoxFuture;

use crate::domain::quota::Micros;

#[derive(Clone)]
pub(crate) struct PaceClock {
    now: Arc<dyn Fn() -> Micros + Send + Sync>,
    sleep: Arc<dyn Fn(Duration) -> BoxFuture<'static, ()> + Send + Sync>,
}

impl PaceClock {
    /// This machine's, which all copies on it see. One that counts from the start of the program would not do: it
    /// stands still while the machine sleeps.
    pub(super) fn real() -> Self {
        let now = || {
            let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
            Micros::try_from(since.as_micros()).unwrap_or(Micros::MAX)
        };
        Self { now: Arc::new(now), sleep: Arc::new(|time| tokio::time::sleep(time).boxed()) }
    }

    pub(super) fn now(&self) -> Micros {
        (self.now)()
    }

    pub(super) async fn sleep(&self, time: Duration) {
        (self.sleep)(time).await;
    }
}

impl fmt::Debug for PaceClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PaceClock")
    }
}

/// A clock for tests, which goes on to what is next as soon as nobody has anything to do.
#[cfg(test)]
pub(crate) mod by_hand {
    use std::collections::BTreeMap;
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::sync::oneshot;

    use super::*;

    pub(crate) const START: Micros = 1_800_000_000_000_000;

    #[derive(Clone, Default)]
    pub(crate) struct HandClock(Arc<Mutex<State>>);

    #[derive(Default)]
    struct State {
        since: Micros,
        sleepers: BTreeMap<(Micros, u64), oneshot::Sender<()>>,
        slept: u64,
    }

    impl HandClock {
        pub(crate) fn clock(&self) -> PaceClock {
            let (one, two) = (self.clone(), self.clone());
            PaceClock {
                now: Arc::new(move || one.now()),
                sleep: Arc::new(move |time| {
                    let (wake, woken) = oneshot::channel();
                    let mut state = two.0.lock().expect("a state");
                    state.slept += 1;
                    let key = (state.since + Micros::try_from(time.as_micros()).expect("a time"), state.slept);
                    state.sleepers.insert(key, wake);
                    async move { woken.await.unwrap_or(()) }.boxed()
                }),
            }
        }

        pub(crate) fn now(&self) -> Micros {
            START + self.0.lock().expect("a state").since
        }

        /// Milliseconds since the start.
        pub(crate) fn ms(&self) -> i64 {
            (self.now() - START) / 1000
        }

        pub(crate) async fn sleep(&self, ms: u64) {
            self.clock().sleep(Duration::from_millis(ms)).await;
        }

        /// Runs `work`, which must not wait for real time. `busy`: leases on other threads.
        pub(crate) async fn run<T: Send + 'static>(
            &self,
            busy: &[Arc<AtomicUsize>],
            work: impl Future<Output = T> + Send + 'static,
        ) -> T {
            let work = tokio::spawn(work);
            loop {
                for _ in 0..100 {
                    tokio::task::yield_now().await;
                }
                if work.is_finished() {
                    return work.await.expect("a result");
                }
                if busy.iter().any(|busy| busy.load(Ordering::SeqCst) > 0) {
                    std::thread::yield_now();
                    continue;
                }
                let mut state = self.0.lock().expect("a state");
                state.sleepers.retain(|_, sleeper| !sleeper.is_closed());
                let (at, _) = *state.sleepers.keys().next().expect("somebody who sleeps");
                while let Some(first) = state.sleepers.first_entry().filter(|first| first.key().0 <= at) {
                    first.remove().send(()).ok();
                }
                state.since = state.since.max(at);
            }
        }
    }
}
