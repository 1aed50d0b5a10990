//! Times before now.

use std::time::Duration;

use jiff::Timestamp;

pub(super) fn earlier(now: Timestamp, by: Duration) -> Timestamp {
    now.checked_sub(by).unwrap_or(Timestamp::MIN)
}
