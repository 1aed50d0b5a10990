//! Starting a plan from the command line: its progress, its result file, and what it ends with.

use std::path::PathBuf;

use jiff::Timestamp;

use super::forms;
use crate::cli::arguments::Form;
use crate::cli::bulk::{self, Worked};
use crate::cli::context::CommandContext;
use crate::cli::error::{Came, CliError, Done, Exit};
use crate::cli::output::{self, print_error, print_note};
use crate::domain::api_error::ApiError;
use crate::domain::email_plan::{CheckedPlan, ItemState, PlanId, PlanItem, counts, result_file, results};
use crate::domain::run::{PlanToStart, Run, RunReport};
use crate::domain::text::clean;
use crate::runtime::text_file;
use crate::words::cli::plans as words;
use crate::words::record::message;

pub(super) struct Work {
    pub(super) plan: PlanToStart,
    pub(super) source: String,
    pub(super) items: Vec<PlanItem>,
    pub(super) checked: CheckedPlan,
    pub(super) resend: bool,
    /// Where what comes of it is to be written, if not beside the plan.
    pub(super) results: Option<PathBuf>,
    pub(super) output: Form,
}

impl Work {
    pub(super) async fn start(mut self, context: &CommandContext) -> Done {
        let file = self.results.take().or_else(|| result_file(&self.source));
        // Before anything is sent: a result that can't be written is worth little afterwards.
        self.write(file.as_ref())?;
        let run = Run::StartEmailChanges {
            plan: self.plan.clone(),
            accounts: self.checked.accounts(),
            skipped: self.checked.skipped(),
            resend: self.resend,
        };
        let worked = bulk::work(&context.engine, run, "start").await;
        let (plan, halted) = self.take(&worked);
        if let Some(plan) = plan {
            self.read_again(context, plan).await;
        }
        if let Some(error) = &halted {
            context.print_halt(error, self.left_by_halt());
        }
        let written = self.write(file.as_ref()).inspect_err(CliError::print);
        let printed = output::deliver(forms::outcomes(&self.items, &context.account_names(), self.output))
            .inspect_err(CliError::print);
        print_note(&words::counts(&counts(&self.items)));
        if let (Some(path), Ok(())) = (&file, &written) {
            print_note(&words::results_in(clean(&path.display().to_string())));
        }
        let is_open = self.items.iter().any(|item| !item.state.is_settled());
        let now = Timestamp::now();
        if let Some(from) = self.items.iter().filter_map(|item| item.known_from(now)).max() {
            print_note(&words::come_back(from));
        }
        if let Some(plan) = plan.filter(|_| is_open) {
            print_error(&words::rest_is_kept(context.resume_command(plan)));
        }
        let exit = exit(&self.items, worked.interrupted, halted.as_ref());
        exit.end()?;
        if written.and(printed).is_ok() { Ok(()) } else { Exit::Failed.end() }
    }

    fn left_by_halt(&self) -> &'static str {
        let untouched =
            |item: &PlanItem| matches!(item.state, ItemState::Waiting | ItemState::Already | ItemState::Refused);
        if self.items.iter().all(untouched) { words::NOTHING_STARTED } else { words::HALTED }
    }

    /// Takes what was reported; the number of the plan, and why nothing more was begun.
    fn take(&mut self, worked: &Worked) -> (Option<PlanId>, Option<ApiError>) {
        let (mut plan, mut halted) = (None, None);
        for (report, _) in &worked.reports {
            match report {
                RunReport::PlanKept(id) => plan = Some(*id),
                RunReport::Halted(error) => halted = Some(error.clone()),
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

    /// Takes the items as they are kept: another rootdeck may have worked on some.
    async fn read_again(&mut self, context: &CommandContext, plan: PlanId) {
        let cached_emails = context.engine.email_plan(plan).await;
        for there in cached_emails.ok().flatten().map(|plan| plan.items).unwrap_or_default() {
            let mine = self.items.iter_mut().find(|item| item.line == there.line);
            if let Some(item) = mine.filter(|item| !item.state.is_settled() && item.message.is_none()) {
                *item = there;
            }
        }
    }

    fn write(&self, file: Option<&PathBuf>) -> Done {
        let Some(path) = file else { return Ok(()) };
        let saved = text_file::save_results(path, &results(&self.items, message));
        saved.map_err(|error| CliError::failed(words::results_unwritten(message(&error.message))))
    }
}

fn exit(items: &[PlanItem], interrupted: bool, halted: Option<&ApiError>) -> Exit {
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
    use crate::domain::api_error::ApiErrorKind;
    use crate::domain::email::EmailAddress;

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
        let error = ApiError::new("account:StartPrimaryEmailUpdate", ApiErrorKind::TrustedAccessOff, "off");
        assert_eq!(exit(&items(&[S::Waiting]), false, Some(&error)), Exit::NotPermitted);
        assert_eq!(exit(&items(&[S::Waiting, S::Started]), false, Some(&error)), Exit::Some);
    }
}
