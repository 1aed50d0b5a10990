//! Work on many accounts, with its progress on stderr, until it is done or interrupted.

use std::collections::BTreeSet;
use std::time::Instant;

use jiff::Timestamp;
use tokio::sync::{mpsc, watch};

use super::output::{Progress, print_error};
use super::signals::{Interrupts, waiting};
use crate::domain::account::AccountId;
use crate::domain::run::{Run, RunReport, Steering};
use crate::engine::Engine;

/// How many cells the bar has.
const BAR: usize = 20;

/// What came of a run.
pub(super) struct Worked {
    /// What was reported of accounts, with the time it came.
    pub(super) reports: Vec<(RunReport, Timestamp)>,
    /// Whether it was stopped before it was done.
    pub(super) interrupted: bool,
}

/// Works through `run`. Ctrl-c lets what is under way come to its end and starts nothing new; pressed
/// again it also leaves a run that only reads.
pub(super) async fn work(engine: &Engine, run: Run, doing: &str) -> Worked {
    let (total, is_writing) = (run.accounts(), run.is_writing());
    let awaited: BTreeSet<AccountId> = run.account_ids().into_iter().collect();
    let (steer, steering) = watch::channel(Steering::GoOn);
    let (print, mut told) = mpsc::unbounded_channel();
    let working = engine.run(run, steering, Timestamp::now, move |report| {
        print.send(report).ok();
    });
    tokio::pin!(working);
    let mut interrupts = Interrupts::new().ok();
    let mut count = Count { doing: doing.to_owned(), done: 0, total, throttled: 0, since: Instant::now() };
    let mut worked = Worked { reports: Vec::new(), interrupted: false };
    let (mut finished, mut asked) = (false, 0_u32);
    let progress = Progress::new();
    loop {
        progress.show(&count.line());
        tokio::select! {
            biased;
            report = told.recv() => match report {
                None | Some(RunReport::Ended) => return worked,
                Some(RunReport::Throttled(calls)) => count.throttled = calls,
                Some(report) => {
                    count.done += usize::from(is_of_account(&report, &awaited));
                    worked.reports.push((report, engine.now()));
                }
            },
            () = Interrupts::next_of(&mut interrupts) => {
                progress.show("");
                if worked.interrupted && !is_writing {
                    return worked;
                }
                asked = asked.saturating_add(1);
                if worked.interrupted {
                    print_error(&waiting(asked, "interrupted, and a change is in progress"));
                } else {
                    print_error("interrupted: what is in progress is finished, nothing new is started");
                }
                worked.interrupted = true;
                steer.send(Steering::Stop).ok();
            }
            () = &mut working, if !finished => finished = true,
            // It ended without a word.
            () = std::future::ready(()), if finished && told.is_empty() => return worked,
        }
    }
}

/// Whether a report is about one of the accounts that are worked on.
fn is_of_account(report: &RunReport, awaited: &BTreeSet<AccountId>) -> bool {
    match report {
        RunReport::PlanItem(report) => awaited.contains(&report.item.account),
        RunReport::PlanKept(_) | RunReport::Halted(_) => false,
        _ => true,
    }
}

/// How far the work is.
struct Count {
    doing: String,
    done: usize,
    total: usize,
    throttled: u64,
    since: Instant,
}

impl Count {
    fn line(&self) -> String {
        let filled = self.done.saturating_mul(BAR).checked_div(self.total).unwrap_or(BAR).min(BAR);
        let bar = format!("{}{}", "=".repeat(filled), " ".repeat(BAR - filled));
        let throttled = if self.throttled > 0 { format!(", {} throttled", self.throttled) } else { String::new() };
        let rate = rate(self.done, self.since.elapsed().as_secs_f64());
        format!("{} [{bar}] {}/{}{rate}{throttled}", self.doing, self.done, self.total)
    }
}

/// Accounts in a second; nothing before the first is done.
fn rate(done: usize, seconds: f64) -> String {
    match u32::try_from(done) {
        Ok(done @ 1..) if seconds > 0.0 => format!(", {:.1}/s", f64::from(done) / seconds),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_how_far_it_is_and_what_was_throttled() {
        let count = |done, throttled| Count { doing: "audit".into(), done, total: 4, throttled, since: Instant::now() };
        assert_eq!(count(0, 0).line(), "audit [                    ] 0/4");
        let half = count(2, 3).line();
        assert!(half.starts_with("audit [==========          ] 2/4, ") && half.ends_with("/s, 3 throttled"), "{half}");
        assert_eq!(rate(12, 4.0), ", 3.0/s");
    }

    #[test]
    fn no_account_at_all_is_no_division_by_nothing() {
        let count = Count { doing: "audit".into(), done: 0, total: 0, throttled: 0, since: Instant::now() };
        assert!(count.line().contains("0/0"));
    }
}
