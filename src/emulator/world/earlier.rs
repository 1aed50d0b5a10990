//! Times before now.

use std::time::Duration;

use jiff::Timestamp;

/// `by` before `now`.
pub(super) fn earlier(now: Timestamp, by: Duration) -> Timestamp {
    now.checked_sub(by).unwrap_or(Timestamp::MIN)
}
