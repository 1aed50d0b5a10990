//! Work on many accounts, with its progress on stderr, until it is done or interrupted.

use std::collections::BTreeSet;

use jiff::Timestamp;
use tokio::sync::{mpsc, watch};

use super::output::Progress;
use super::signals::{Interrupts, waiting};
use crate::domain::account::AccountId;
use crate::domain::run::{Run, RunReport, Steering};
use crate::engine::Engine;
use crate::words::cli::program as words;

pub(super) struct Worked {
    pub(super) reports: Vec<(RunReport, Timestamp)>,
    pub(super) interrupted: bool,
}

pub(super) async fn work(engine: &Engine, run: Run, doing: &'static str) -> Worked {
    work_with(engine, run, doing, |_, _| {}).await
}

/// Ctrl-c starts nothing new and waits for what is in progress; a second one also leaves a run that only reads.
/// `print` sees each report as it comes.
pub(super) async fn work_with(
    engine: &Engine,
    run: Run,
    doing: &'static str,
    mut print: impl FnMut(&RunReport, Timestamp),
) -> Worked {
    let (total, is_writing) = (run.accounts(), run.is_writing());
    let awaited: BTreeSet<AccountId> = run.account_ids().into_iter().collect();
    let (steer, steering) = watch::channel(Steering::GoOn);
    let (report_to, mut reported) = mpsc::unbounded_channel();
    let working = engine.run(run, steering, Timestamp::now, move |report| {
        report_to.send(report).ok();
    });
    tokio::pin!(working);
    let mut interrupts = Interrupts::new();
    let mut worked = Worked { reports: Vec::new(), interrupted: false };
    let (mut finished, mut asked) = (false, 0_u32);
    let (mut throttled, mut slowed) = (String::new(), String::new());
    let progress = Progress::of(doing, total);
    loop {
        tokio::select! {
            biased;
            report = reported.recv() => match report {
                None | Some(RunReport::Ended) => return worked,
                Some(RunReport::Throttled(calls)) => {
                    throttled = words::throttled(calls);
                    progress.show(format!("{throttled}{slowed}"));
                }
                Some(RunReport::Slowed(left)) => {
                    slowed = left.map(words::slowed).unwrap_or_default();
                    progress.show(format!("{throttled}{slowed}"));
                }
                Some(report) => {
                    if is_of_account(&report, &awaited) {
                        progress.advance();
                    }
                    let now = engine.now();
                    progress.aside(|| print(&report, now));
                    worked.reports.push((report, now));
                }
            },
            () = interrupts.next() => {
                if worked.interrupted && !is_writing {
                    return worked;
                }
                asked = asked.saturating_add(1);
                if worked.interrupted {
                    progress.print_error(&waiting(asked, words::INTERRUPTED_IN_CHANGE));
                } else {
                    progress.print_error(words::INTERRUPTED);
                }
                worked.interrupted = true;
                steer.send(Steering::Stop).ok();
            }
            () = &mut working, if !finished => finished = true,
            // It ended without a word.
            () = std::future::ready(()), if finished && reported.is_empty() => return worked,
        }
    }
}

fn is_of_account(report: &RunReport, awaited: &BTreeSet<AccountId>) -> bool {
    match report {
        RunReport::PlanItem(report) => awaited.contains(&report.item.account),
        RunReport::PlanKept(_) | RunReport::Halted(_) => false,
        _ => true,
    }
}
