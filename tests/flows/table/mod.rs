//! Each flow under each fault: what AWS holds in the end is what is said and what is journaled, nothing is performed
//! twice, and nothing is sent that the journal does not have.
//!
//! The rows are in `flows`, the columns in `tests/support/faults.rs`, and what must be true of each cell in `cell`.
//! `ROOTDECK_CELLS=start,html` runs the cells whose names contain all of these words.

mod aws_holds;
mod cell;
mod flows;
mod said;

use std::time::Duration;

use futures::stream::{self, StreamExt};

use crate::faults::{Column, columns};
use flows::{ROWS, Row};

pub(crate) use aws_holds::{look, observer};
pub(crate) use flows::contact;
pub(crate) use said::{Said, said};

/// A few, so that what is not to be waited for is not slow.
const AT_ONCE: usize = 12;
/// No cell takes nearly as long: each call has a limit.
const GUARD: Duration = Duration::from_mins(3);

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_aws_holds_is_what_is_said_and_journaled_whatever_happens_on_the_way() {
    let wanted = std::env::var("ROOTDECK_CELLS").unwrap_or_default().to_lowercase();
    let is_wanted = |name: &str| wanted.split(',').all(|word| name.to_lowercase().contains(word.trim()));
    let mut cells = Vec::new();
    for column in columns() {
        for row in ROWS {
            let name = format!("{} x {}", row.name(), column.name());
            if is_wanted(&name) {
                cells.push((name, *row, column));
            }
        }
    }
    // Those that wait go first: the others use the time.
    cells.sort_by_key(|(_, _, column)| !column.fault.waits);
    let count = cells.len();
    let run = cells.into_iter().map(|(name, row, column)| async move { wrong(name, row, column).await });
    let failed: Vec<String> =
        stream::iter(run).buffer_unordered(AT_ONCE).filter_map(|one| async { one }).collect().await;
    assert!(failed.is_empty(), "{} of {count} cells:\n{}", failed.len(), failed.join("\n"));
}

/// What is wrong with a cell. It is told at once as well: the table takes a while.
#[expect(clippy::print_stderr, reason = "progress for whoever waits")]
async fn wrong(name: String, row: Row, column: Column) -> Option<String> {
    let cell = tokio::spawn(tokio::time::timeout(GUARD, cell::holds_true(row, column)));
    let why = match cell.await {
        Ok(Ok(Ok(()))) => return None,
        Ok(Ok(Err(why))) => why,
        Ok(Err(_)) => "it does not end".to_owned(),
        Err(panic) => panic.to_string(),
    };
    let wrong = format!("{name}: {why}");
    eprintln!("{wrong}");
    Some(wrong)
}
