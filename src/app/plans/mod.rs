//! Bulk plans of email changes: those that this machine keeps, and the run over one of them.

mod asking;
mod dialog;
mod marked;
mod template;

pub use asking::{AskFocus, PlanAsking, PlanFrom};
pub use dialog::{FileAsking, PlanDialog, PlanProblems, PlanStage, PlanTrouble};
pub use marked::MarkedPlan;
pub use template::{TemplateDialog, TemplateFocus, TypedDomain};

use crate::app::model::Model;
use std::collections::BTreeMap;
use std::path::Path;

use super::App;
use super::command::{CommandId, DisabledReason};
use super::effect::{Effect, Read, RunId, TextFile, TextUse};
use super::layers::{Choice, Layer, Menu, MenuKind, Reader};
use super::notification::Notification;
use crate::domain::account::Account;
use crate::domain::api_error::ApiError;
use crate::domain::email_plan::{EmailPlan, ItemState, PlanGround, PlanId, PlanItem, result_file, results};
use crate::domain::emails::ChangeState;
use crate::domain::permit::{Refusal, permit_emails};
use crate::domain::remote_data::ReadId;
use crate::domain::run::ItemReport;

/// The plans that are known.
#[derive(Clone, Debug, Default)]
pub struct Plans {
    /// Those that this machine keeps, the newest first: all that are not finished, and some that are.
    pub kept: Vec<EmailPlan>,
    /// What was begun last in this run of the program.
    pub begun: Option<BegunPlan>,
    /// The result files on their way to the disk.
    pub(super) saving: Vec<ReadId>,
}

/// A plan that a run was started for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BegunPlan {
    /// The run.
    pub run: RunId,
    /// Its number, once it is kept.
    pub id: Option<PlanId>,
    /// The file it comes from.
    pub source: String,
    /// Its changes, as far as they are.
    pub items: Vec<PlanItem>,
    /// Why nothing more was begun, if that was so.
    pub halted: Option<ApiError>,
    /// Whether the run is over.
    pub ended: bool,
}

/// What can be done about plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanChoice {
    /// Read one from a file.
    Read,
    /// Go on with one that is not finished.
    Resume(PlanId),
    /// See what came of the run begun last.
    Begun,
    /// See what came of one that is kept.
    Results(PlanId),
}

/// Which plan a list of results is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResultsOf {
    /// The one begun last.
    Begun,
    /// One that is kept.
    Kept(PlanId),
}

impl Plans {
    /// The plans that are not finished.
    pub fn open(&self) -> impl Iterator<Item = &EmailPlan> {
        self.kept.iter().filter(|plan| plan.is_open())
    }

    /// One that is kept.
    #[must_use]
    pub fn get(&self, id: PlanId) -> Option<&EmailPlan> {
        self.kept.iter().find(|plan| plan.id == id)
    }

    /// The source and the items of a list of results.
    #[must_use]
    pub fn results(&self, of: ResultsOf) -> Option<(&str, &[PlanItem])> {
        match of {
            ResultsOf::Begun => self.begun.as_ref().map(|begun| (begun.source.as_str(), begun.items.as_slice())),
            ResultsOf::Kept(id) => self.get(id).map(|plan| (plan.source.as_str(), plan.items.as_slice())),
        }
    }
}

fn put(items: &mut [PlanItem], item: &PlanItem) {
    if let Some(there) = items.iter_mut().find(|there| there.line == item.line) {
        there.clone_from(item);
    }
}

impl Model {
    /// What a plan is checked against.
    pub(super) fn plan_ground(&self) -> PlanGround<'_> {
        let accounts: Vec<&Account> = self.accounts.keys().filter_map(|id| self.accounts.get(*id)).collect();
        let pending: BTreeMap<_, _> = accounts
            .iter()
            .filter_map(|account| match self.emails.org_role(account.id, self.now) {
                ChangeState::Pending(started) => Some((account.id, Some(started.new.clone()))),
                ChangeState::OtherStatus(_, started) => Some((account.id, started.map(|started| started.new.clone()))),
                ChangeState::AddressUnknown | ChangeState::AddressForgotten => Some((account.id, None)),
                _ => None,
            })
            .collect();
        let management = self.organization.value().map(|organization| organization.management_account);
        PlanGround { accounts, management, rules: &self.start.rules, pending, resend: false }
    }

    /// Why no plan can be started now, if that is so.
    #[must_use]
    pub fn plan_refusal(&self) -> Option<Refusal> {
        permit_emails(&self.facts(None)).err()
    }

    /// Whether the listing is whole: what is missing in it would be an unknown account, or an address that
    /// is not known to be in use.
    pub(super) fn is_listed(&self) -> Result<(), DisabledReason> {
        let whole = self.accounts.read().current().is_some() && self.organization.value().is_some();
        if whole { Ok(()) } else { Err(DisabledReason::NotReadYet) }
    }

    /// Whether something can be done about plans now.
    pub(crate) fn can_plan(&self, choice: PlanChoice) -> Result<(), DisabledReason> {
        match choice {
            PlanChoice::Begun | PlanChoice::Results(_) => Ok(()),
            PlanChoice::Read => self.is_listed(),
            PlanChoice::Resume(_) if self.under_way.is_some() => Err(DisabledReason::RunUnderWay),
            PlanChoice::Resume(_) => self.is_listed(),
        }
    }

    /// Takes the plans that this machine keeps; those that nobody goes on with are news once.
    pub(super) fn apply_plans(&mut self, kept: Vec<EmailPlan>) {
        let is_news = |plan: &&EmailPlan| self.plans.get(plan.id).is_none() && self.under_way.is_none();
        let open = kept.iter().filter(|plan| plan.is_open()).filter(is_news).count();
        if open > 0 {
            let left = kept.iter().flat_map(|plan| &plan.items).filter(|item| !item.state.is_settled()).count();
            self.out.notify(Notification::OpenPlans(open, left));
        }
        self.plans.kept = kept;
    }

    /// The plan of a run is kept under this number.
    pub(super) fn plan_kept(&mut self, run: RunId, id: PlanId) {
        let by = self.connection.value().map(|connection| connection.caller.arn.clone()).unwrap_or_default();
        let Some(begun) = self.plans.begun.as_mut().filter(|begun| begun.run == run) else { return };
        begun.id = Some(id);
        if self.plans.kept.iter().all(|plan| plan.id != id) {
            let (source, items) = (begun.source.clone(), begun.items.clone());
            self.plans.kept.insert(0, EmailPlan { id, at: self.now, by, source, reason: None, items });
        }
    }

    /// Nothing more of a plan is begun.
    pub(super) fn plan_halted(&mut self, run: RunId, fault: ApiError) {
        if let Some(begun) = self.plans.begun.as_mut().filter(|begun| begun.run == run) {
            begun.halted = Some(fault.clone());
        }
        self.out.notify(Notification::PlanHalted(fault));
    }

    /// The run over a plan is over: what came of it is written beside its file.
    pub(super) fn plan_ended(&mut self, run: RunId) {
        let Some(begun) = self.plans.begun.as_mut().filter(|begun| begun.run == run) else { return };
        begun.ended = true;
        let (path, text) = (result_file(&begun.source), results(&begun.items));
        // Of a plan that could not be kept nothing was begun.
        if let (Some(path), Some(_)) = (path, begun.id) {
            let id = self.out.read_id();
            self.plans.saving.push(id);
            self.out.push(Effect::Text(id, Box::new(TextFile::Save(path, TextUse::Results, text))));
        }
    }

    /// How many items of the plan begun last are in each state, in the order of the states.
    #[must_use]
    pub fn counts_of(items: &[PlanItem]) -> BTreeMap<ItemState, usize> {
        crate::domain::email_plan::counts(items)
    }
}

impl App {
    /// Asks what is to be done about plans; where there is none, for the file of one.
    pub(super) fn plan_menu(&mut self) {
        let mut choices = vec![Choice::Plan(PlanChoice::Read)];
        choices.extend(self.model.plans.begun.iter().map(|_| Choice::Plan(PlanChoice::Begun)));
        choices.extend(self.model.plans.open().map(|plan| Choice::Plan(PlanChoice::Resume(plan.id))));
        choices.extend(self.model.plans.kept.iter().map(|plan| Choice::Plan(PlanChoice::Results(plan.id))));
        if choices.len() == 1 {
            self.choose_plan(PlanChoice::Read);
        } else {
            // Another rootdeck may be at work on one of them.
            self.model.read(Read::Stored);
            self.layers.push(Layer::Menu(Menu::new(MenuKind::Plans, choices)));
        }
    }

    /// Does what the menu was asked for.
    pub(super) fn choose_plan(&mut self, choice: PlanChoice) {
        if let Err(why) = self.model.can_plan(choice) {
            self.refuse(CommandId::BulkPlan, why);
            return;
        }
        if matches!(self.layers.last(), Some(Layer::Menu(_))) {
            self.layers.pop();
        }
        match choice {
            PlanChoice::Read => self.layers.push(Layer::Plan(Box::default())),
            PlanChoice::Resume(id) => self.ask_to_resume(id),
            PlanChoice::Begun => self.layers.push(Layer::PlanResults(Reader::new(ResultsOf::Begun))),
            PlanChoice::Results(id) => self.layers.push(Layer::PlanResults(Reader::new(ResultsOf::Kept(id)))),
        }
    }

    /// Takes where an item is now; whether it did not come to a good end.
    pub(super) fn apply_item(&mut self, run: RunId, report: ItemReport) -> bool {
        let ItemReport { plan, item, written } = report;
        if let Some(begun) = self.model.plans.begun.as_mut().filter(|begun| begun.run == run) {
            put(&mut begun.items, &item);
        }
        if let Some(kept) = self.model.plans.kept.iter_mut().find(|kept| kept.id == plan) {
            put(&mut kept.items, &item);
        }
        if let Some((change, sent, written)) = written {
            self.organization_written(None, change, written, sent);
        }
        !item.state.is_good()
    }

    /// A result file is written, or can't be.
    pub(super) fn results_saved(&mut self, id: ReadId, path: &Path, result: &Result<(), ApiError>) -> bool {
        self.model.plans.saving.retain(|other| *other != id);
        if result.is_ok() {
            self.model.out.notify(Notification::FileSaved(TextUse::Results, path.to_owned()));
        }
        self.leave_when_done();
        true
    }
}
