use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::app::command_id::{CommandId, DisabledReason};
use crate::app::dialog::{Next, Step};
use crate::app::dialogs::path::PlanTrouble;
use crate::app::dialogs::plan_asking::{PlanAsking, PlanFrom};
use crate::app::dialogs::plan_dialog::{PlanProblems, PlanStage};
use crate::app::dialogs::plan_template::{PlanTemplate, TypedDomain};
use crate::app::effect::{Effect, TextFile, TextUse};
use crate::app::ids::RunId;
use crate::app::model::Model;
use crate::app::notification::Notification;
use crate::app::state::choices::PlanChoice;
use crate::app::state::plans::BegunPlan;
use crate::app::state::runs::RunKind;
use crate::domain::account::Account;
use crate::domain::api_error::ApiError;
use crate::domain::email_plan::{
    CheckedPlan, EmailPlan, ItemState, MARKED, NewPlan, PlanGround, PlanId, PlanRow, check, check_again, result_file,
    results, template,
};
use crate::domain::emails::ChangeState;
use crate::domain::permit::{Refusal, permit_emails};
use crate::domain::run::{PlanToStart, Run};

impl Model {
    /// Starts exactly what the dialog showed. This is the only place that does.
    pub(in crate::app) fn start_plan(
        &mut self,
        asking: &PlanAsking,
        reason: Option<String>,
    ) -> Result<Step, PlanStage> {
        let why = if self.in_progress.is_some() {
            Some(DisabledReason::RunInProgress)
        } else {
            self.plan_refusal().map(DisabledReason::Refusal)
        };
        if let Some(why) = why {
            return Ok(Step::Stay(Some(Next::Refuse(CommandId::BulkPlan, why))));
        }
        let (plan, id, source, items) = match &asking.from {
            PlanFrom::File(_, rows) | PlanFrom::Marked(rows) => {
                // The listing may have been reloaded since.
                let now = check(rows, &self.plan_ground());
                if now != asking.checked {
                    return Err(self.show_changed_plan(now, asking));
                }
                let source = match &asking.from {
                    PlanFrom::File(path, _) => path.display().to_string(),
                    PlanFrom::Marked(_) | PlanFrom::Kept(_) => MARKED.to_owned(),
                };
                let items = now.items();
                let plan = NewPlan { source: source.clone(), reason: reason.clone(), items: items.clone() };
                (PlanToStart::New(plan), None, source, items)
            }
            PlanFrom::Kept(id) => {
                let Some(plan) = self.plans.get(*id) else { return Ok(Step::Stay(None)) };
                let now = check_again(plan, &self.plan_ground());
                if now != asking.checked {
                    return Err(self.show_changed_plan(now, asking));
                }
                (PlanToStart::Kept(*id), Some(*id), plan.source.clone(), plan.items.clone())
            }
        };
        let (accounts, skipped) = (asking.checked.accounts(), asking.checked.skipped());
        let run = Run::StartEmailChanges { plan, accounts, skipped, resend: false };
        let run = self.start_run(run, RunKind::StartEmailChanges);
        self.plans.begun = Some(BegunPlan { run, id, source, reason, items, halted: None, ended: false });
        Ok(Step::Done(Some(Next::PlanResults)))
    }

    /// An error if the file's plan of before is not finished, and the file has changed since.
    pub(in crate::app) fn stage_of(&self, path: PathBuf, rows: Vec<PlanRow>) -> Result<PlanStage, PlanTrouble> {
        let checked = check(&rows, &self.plan_ground());
        let source = path.display().to_string();
        let open = self.plans.open().find(|plan| plan.source == source).filter(|_| checked.problems.is_empty());
        match open {
            Some(plan) if checked.is_same_as(plan) => Ok(self.resuming(plan)),
            Some(plan) => Err(PlanTrouble::Open(plan.id)),
            None => Ok(PlanStage::checked(PlanFrom::File(path, rows), checked)),
        }
    }

    pub(in crate::app) fn resuming(&self, plan: &EmailPlan) -> PlanStage {
        let checked = check_again(plan, &self.plan_ground());
        let unsure = plan.count(ItemState::Sending) + plan.count(ItemState::Unknown);
        PlanStage::Asking(Box::new(PlanAsking::new(PlanFrom::Kept(plan.id), checked, unsure)))
    }

    /// What was shown has changed: it is shown again, to be confirmed again.
    fn show_changed_plan(&mut self, checked: CheckedPlan, asking: &PlanAsking) -> PlanStage {
        self.out.notify(Notification::PlanChanged);
        if checked.is_good() || matches!(asking.from, PlanFrom::Kept(_)) {
            let confirmed_domain = asking.confirmed_domain.clone();
            let insisted = asking.insisted && asking.checked.unusual == checked.unusual;
            let anew = PlanAsking::new(asking.from.clone(), checked, asking.unsure);
            PlanStage::Asking(Box::new(PlanAsking { confirmed_domain, insisted, ..anew }))
        } else {
            PlanStage::Problems(Box::new(PlanProblems { checked, top: 0 }))
        }
    }

    pub(in crate::app) fn check_pattern(&mut self, rows: Vec<PlanRow>) -> PlanStage {
        let checked = check(&rows, &self.plan_ground());
        self.journal_refused_lines(&checked);
        PlanStage::checked(PlanFrom::Marked(rows), checked)
    }

    pub(in crate::app) fn plan_ground(&self) -> PlanGround<'_> {
        let accounts: Vec<&Account> = self.accounts.keys().filter_map(|id| self.accounts.get(*id)).collect();
        let pending: BTreeMap<_, _> = accounts
            .iter()
            .filter_map(|account| match self.emails.state(account.id, self.now) {
                ChangeState::Pending(started) => Some((account.id, Some(started.new.clone()))),
                ChangeState::OtherStatus(_, started) => Some((account.id, started.map(|started| started.new.clone()))),
                ChangeState::AddressUnknown | ChangeState::AddressForgotten => Some((account.id, None)),
                _ => None,
            })
            .collect();
        PlanGround { accounts, management: self.management(), rules: &self.start.rules, pending, resend: false }
    }

    pub(crate) fn plan_refusal(&self) -> Option<Refusal> {
        permit_emails(&self.facts(None)).err()
    }

    /// Whether a plan, or mails with codes, can lead to a change. What has to be enabled first is offered later.
    pub(in crate::app) fn may_start_plans(&self) -> Result<(), DisabledReason> {
        match self.plan_refusal() {
            // That is known soon, and says nothing of the caller.
            Some(Refusal::IdentityUnconfirmed) => Ok(()),
            Some(refusal) if refusal.gate().is_none() => Err(DisabledReason::Refusal(refusal)),
            _ => Ok(()),
        }
    }

    /// Whether there is anything to do with plans, or their results to look at.
    pub(in crate::app) fn can_open_plans(&self) -> Result<(), DisabledReason> {
        let has_results = self.plans.begun.is_some() || !self.plans.kept.is_empty();
        if has_results { Ok(()) } else { self.may_start_plans() }
    }

    /// Without the whole listing, an account could seem unknown, or an address unused.
    pub(in crate::app) fn is_listed(&self) -> Result<(), DisabledReason> {
        let whole = self.accounts.read().current().is_some() && self.organization.value().is_some();
        if whole { Ok(()) } else { Err(DisabledReason::NotReadYet) }
    }

    pub(crate) fn can_plan(&self, choice: PlanChoice) -> Result<(), DisabledReason> {
        match choice {
            PlanChoice::Begun | PlanChoice::Results(_) => Ok(()),
            PlanChoice::Read => self.may_start_plans().and_then(|()| self.is_listed()),
            PlanChoice::Resume(_) if self.may_start_plans().is_err() => self.may_start_plans(),
            PlanChoice::Resume(_) if self.in_progress.is_some() => Err(DisabledReason::RunInProgress),
            PlanChoice::Resume(_) => self.is_listed(),
        }
    }

    /// Unfinished plans are reported once.
    pub(in crate::app) fn apply_plans(&mut self, kept: Vec<EmailPlan>) {
        let is_news = |plan: &&EmailPlan| self.plans.get(plan.id).is_none() && self.in_progress.is_none();
        let open = kept.iter().filter(|plan| plan.is_open()).filter(is_news).count();
        if open > 0 {
            let left = kept.iter().flat_map(|plan| &plan.items).filter(|item| !item.state.is_settled()).count();
            self.out.notify(Notification::OpenPlans(open, left));
        }
        self.plans.kept = kept;
    }

    pub(in crate::app) fn plan_kept(&mut self, run: RunId, id: PlanId) {
        let by = self.connection.value().map(|connection| connection.caller.arn.clone()).unwrap_or_default();
        let Some(begun) = self.plans.begun.as_mut().filter(|begun| begun.run == run) else { return };
        begun.id = Some(id);
        if self.plans.kept.iter().all(|plan| plan.id != id) {
            let (source, reason, items) = (begun.source.clone(), begun.reason.clone(), begun.items.clone());
            self.plans.kept.insert(0, EmailPlan { id, at: self.now, by, source, reason, items });
        }
    }

    pub(in crate::app) fn plan_halted(&mut self, run: RunId, error: ApiError) {
        if let Some(begun) = self.plans.begun.as_mut().filter(|begun| begun.run == run) {
            begun.halted = Some(error.clone());
        }
        self.out.notify(Notification::PlanHalted(error));
    }

    /// The run of a plan has ended: its results are written beside its file.
    pub(in crate::app) fn plan_ended(&mut self, run: RunId) {
        let Some(begun) = self.plans.begun.as_mut().filter(|begun| begun.run == run) else { return };
        begun.ended = true;
        let (path, text) = (result_file(&begun.source), results(&begun.items, self.start.spoken));
        // Nothing was started of a plan that could not be saved.
        if let (Some(path), Some(_)) = (path, begun.id) {
            let id = self.out.read_id();
            self.plans.saving.push(id);
            self.out.push(Effect::Text(id, Box::new(TextFile::Save(path, TextUse::Results, text))));
        }
    }

    pub(in crate::app) fn template(&self, of: &PlanTemplate) -> String {
        let domain = match of.typed_domain() {
            TypedDomain::Good(domain) => Some(domain),
            TypedDomain::None | TypedDomain::Bad => None,
        };
        let accounts = of.accounts.iter().filter_map(|id| self.accounts.get(*id));
        template(accounts.map(|account| (account, self.accounts.path(account.id))), domain.as_deref())
    }
}
