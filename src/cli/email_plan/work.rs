//! Starting a plan from the command line: its progress, its result file, and what it ends with.

use std::path::PathBuf;

use jiff::Timestamp;

use super::forms;
use crate::cli::arguments::Form;
use crate::cli::bulk::{self, Worked};
use crate::cli::error::{Came, CliError, Done, Exit};
use crate::cli::ground::Ground;
use crate::cli::output::{self, complain};
use crate::domain::email_plan::{CheckedPlan, ItemState, PlanId, PlanItem, counts, result_file, results};
use crate::domain::fault::Fault;
use crate::domain::run::{PlanToStart, Run, RunReport};
use crate::domain::text::clean;
use crate::runtime::text_file;
use crate::words::plans as words;

/// A plan that was confirmed.
pub(super) struct Work {
    /// Which.
    pub(super) plan: PlanToStart,
    /// The file it comes from.
    pub(super) source: String,
    /// Its changes, as far as they are known to be.
    pub(super) items: Vec<PlanItem>,
    /// Which of them can be started.
    pub(super) checked: CheckedPlan,
    /// Whether the passwords of changes that are pending already are sent again.
    pub(super) resend: bool,
    /// Where what comes of it is to be written, if not beside the plan.
    pub(super) results: Option<PathBuf>,
    /// The form of the output.
    pub(super) output: Form,
}

impl Work {
    /// Starts what is left of it.
    pub(super) async fn start(mut self, ground: &Ground) -> Done {
        let file = self.results.take().or_else(|| result_file(&self.source));
        // Before anything is sent: a result that can't be written is worth little afterwards.
        self.write(file.as_ref())?;
        let run = Run::StartEmailChanges {
            plan: self.plan.clone(),
            accounts: self.checked.accounts(),
            left_out: self.checked.left_out(),
            resend: self.resend,
        };
        let worked = bulk::work(&ground.engine, run, "start").await;
        let (plan, halted) = self.take(&worked);
        if let Some(plan) = plan {
            self.read_again(ground, plan).await;
        }
        if let Some(fault) = &halted {
            ground.complain_of_halt(fault, self.left_by_halt());
        }
        let written = self.write(file.as_ref()).inspect_err(CliError::print);
        let printed = output::deliver(forms::outcomes(&self.items, self.output)).inspect_err(CliError::print);
        complain(&words::counts(&counts(&self.items)));
        if let (Some(path), Ok(())) = (&file, &written) {
            complain(&format!("what came of it is in {}", clean(&path.display().to_string())));
        }
        let is_open = self.items.iter().any(|item| !item.state.is_settled());
        let now = Timestamp::now();
        if let Some(from) = self.items.iter().filter_map(|item| item.told_from(now)).max() {
            complain(&words::come_back(from));
        }
        if let Some(plan) = plan.filter(|_| is_open) {
            complain(&format!("what is left is kept: `{}` goes on with it", ground.resume_command(plan)));
        }
        let exit = exit(&self.items, worked.interrupted, halted.as_ref());
        exit.end()?;
        if written.and(printed).is_ok() { Ok(()) } else { Exit::Failed.end() }
    }

    /// What is left behind where nothing more was begun.
    fn left_by_halt(&self) -> &'static str {
        let untouched =
            |item: &PlanItem| matches!(item.state, ItemState::Waiting | ItemState::Already | ItemState::Refused);
        if self.items.iter().all(untouched) { words::NOTHING_STARTED } else { words::HALTED }
    }

    /// Takes what was reported; the number of the plan, and why nothing more was begun.
    fn take(&mut self, worked: &Worked) -> (Option<PlanId>, Option<Fault>) {
        let (mut plan, mut halted) = (None, None);
        for (report, _) in &worked.reports {
            match report {
                RunReport::PlanKept(id) => plan = Some(*id),
                RunReport::Halted(fault) => halted = Some(fault.clone()),
                RunReport::PlanItem(report) => {
                    if let Some(item) = self.items.iter_mut().find(|item| item.line == report.item.line) {
                        item.clone_from(&report.item);
                    }
                }
                _ => {}
            }
        }
        (plan, halted)
    }

    /// Takes the items as they are kept: another rootdeck may have worked on some. What could not be kept
    /// of those that were sent from here was reported.
    async fn read_again(&mut self, ground: &Ground, plan: PlanId) {
        let kept = ground.engine.email_plan(plan).await;
        for there in kept.ok().flatten().map(|plan| plan.items).unwrap_or_default() {
            let mine = self.items.iter_mut().find(|item| item.line == there.line);
            if let Some(item) = mine.filter(|item| !item.state.is_settled() && item.message.is_none()) {
                *item = there;
            }
        }
    }

    /// Writes the result file.
    fn write(&self, file: Option<&PathBuf>) -> Done {
        let Some(path) = file else { return Ok(()) };
        let saved = text_file::save_results(path, &results(&self.items));
        let why = |fault: Fault| format!("the results: {}; name another file with --results", fault.message);
        saved.map_err(|fault| CliError::failed(why(fault)))
    }
}

/// What it ends with.
fn exit(items: &[PlanItem], interrupted: bool, halted: Option<&Fault>) -> Exit {
    let came = |item: &PlanItem| match item.state {
        ItemState::Sending | ItemState::Unknown => Came::Unknown,
        state if state.is_good() => Came::Good,
        _ => Came::Failed,
    };
    Exit::of_each(&items.iter().map(came).collect::<Vec<_>>(), interrupted, halted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::email::EmailAddress;
    use crate::domain::fault::FaultKind;

    fn items(states: &[ItemState]) -> Vec<PlanItem> {
        let new = EmailAddress::parse("a@b.example").expect("an address");
        let account = "444455556666".parse().expect("an id");
        let item = |state| PlanItem { state, ..PlanItem::waiting(2, account, "old@b.example", new.clone()) };
        states.iter().map(|state| item(*state)).collect()
    }

    #[test]
    fn it_ends_as_it_is_said_to() {
        use ItemState as S;
        let ends = |states: &[S]| exit(&items(states), false, None);
        assert_eq!(ends(&[S::Started, S::Already]), Exit::Done);
        assert_eq!(ends(&[S::Started, S::Refused]), Exit::Some);
        assert_eq!(ends(&[S::Started, S::Waiting]), Exit::Some);
        assert_eq!(ends(&[S::Refused, S::Unknown]), Exit::Unknown);
        assert_eq!(exit(&items(&[S::Unknown]), true, None), Exit::Interrupted);
        let fault = Fault::new("account:StartPrimaryEmailUpdate", FaultKind::TrustedAccessOff, "off");
        assert_eq!(exit(&items(&[S::Waiting]), false, Some(&fault)), Exit::NotPermitted);
        assert_eq!(exit(&items(&[S::Waiting, S::Started]), false, Some(&fault)), Exit::Some);
    }
}
