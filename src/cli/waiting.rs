//! Waiting, with what is waited for on stderr, until it is over or interrupted.

use std::time::Duration;

use super::output::Progress;
use super::signals::Interrupts;

/// How often AWS is asked again whether it shows what it took.
const LOOK_EACH: Duration = Duration::from_secs(5);

/// Waits so many seconds; whether it was not interrupted.
pub(super) async fn count_down(
    progress: &Progress,
    interrupts: &mut Interrupts,
    seconds: u64,
    words: impl Fn(u64) -> String,
) -> bool {
    for left in (1..=seconds).rev() {
        progress.show(words(left));
        tokio::select! {
            () = tokio::time::sleep(Duration::from_secs(1)) => {}
            () = interrupts.next() => return false,
        }
    }
    progress.show("");
    true
}

/// Looks again until what is seen `is_settled` or the time is over; `None` if it was interrupted.
pub(super) async fn look_again<T>(
    mut seen: T,
    within: Duration,
    words: impl Fn(u64) -> String,
    is_settled: impl Fn(&T) -> bool,
    look: impl AsyncFn() -> T,
) -> Option<T> {
    let progress = Progress::new();
    let mut interrupts = Interrupts::new();
    let mut waited = Duration::ZERO;
    while waited < within && !is_settled(&seen) {
        progress.show(words(waited.as_secs()));
        tokio::select! {
            () = tokio::time::sleep(LOOK_EACH) => {}
            () = interrupts.next() => return None,
        }
        waited += LOOK_EACH;
        seen = look().await;
    }
    Some(seen)
}
