//! A plan for the marked accounts: their new addresses come from a pattern, and are then checked and
//! confirmed like those of a file.

use super::{PlanDialog, PlanFrom, PlanStage};
use crate::app::App;
use crate::app::command::DisabledReason;
use crate::app::confirm::Focus;
use crate::app::field::TextField;
use crate::app::layers::Layer;
use crate::app::model::Model;
use crate::domain::account::{Account, AccountId};
use crate::domain::email_plan::{PatternProblem, PlanRow, check, from_pattern};
use crate::domain::permit::permit_emails;

/// The accounts of a plan that comes from marks, and the pattern of their addresses.
#[derive(Clone, Debug, PartialEq)]
pub struct MarkedPlan {
    /// The accounts it is for.
    pub accounts: Vec<Account>,
    /// The marked ones whose primary email can't be changed from here.
    pub left_out: Vec<AccountId>,
    /// The pattern.
    pub pattern: TextField,
}

/// What can have the focus while the pattern is typed.
pub(super) const SPOTS: [Focus; 3] = [Focus::Field, Focus::Cancel, Focus::Act];

impl MarkedPlan {
    /// The address that the pattern gives each account.
    pub fn addresses(&self) -> impl Iterator<Item = (&Account, Result<String, PatternProblem>)> {
        self.accounts.iter().map(|account| (account, from_pattern(self.pattern.text(), account)))
    }

    /// The lines of the plan, if the pattern gives each account an address.
    #[must_use]
    pub fn rows(&self) -> Option<Vec<PlanRow>> {
        let has_text = !self.pattern.text().trim().is_empty() && !self.accounts.is_empty();
        let row = |(line, (account, new)): (u64, (&Account, Result<String, PatternProblem>))| {
            Some(PlanRow { line, account: account.id.to_string(), new: new.ok()?, breaks: false })
        };
        has_text.then(|| (1..).zip(self.addresses()).map(row).collect()).flatten()
    }
}

impl Model {
    /// The check of what the pattern gives.
    pub(super) fn check_pattern(&mut self, rows: Vec<PlanRow>) -> PlanStage {
        let checked = check(&rows, &self.plan_ground());
        self.journal_refused_lines(&checked);
        PlanStage::checked(PlanFrom::Marked(rows), checked)
    }
}

impl App {
    /// Whether `e` can open a dialog: for the selected account, or a plan for the marked ones.
    pub(in crate::app) fn can_change_emails(&self) -> Result<(), DisabledReason> {
        if self.model.root.marks.is_empty() {
            return self.can_change_email();
        }
        self.can_name_marks()?;
        match permit_emails(&self.model.facts(None)) {
            // The dialog says how to turn it on.
            Err(refusal) if refusal.gate().is_none() => return Err(DisabledReason::Refusal(refusal)),
            _ => {}
        }
        self.model.is_listed()
    }

    /// Opens the change of the selected account's primary email, or a plan for the marked accounts.
    pub(in crate::app) fn change_emails(&mut self) {
        if self.model.root.marks.is_empty() {
            self.with_account(Self::open_email);
            return;
        }
        let (accounts, left_out) = self.changeable_in_hand();
        self.model.journal_left_out_of_plan(&left_out);
        let marked = MarkedPlan { accounts, left_out, pattern: TextField::default() };
        let stage = PlanStage::Pattern(Focus::Field);
        self.layers.push(Layer::Plan(Box::new(PlanDialog { marked: Some(marked), stage, ..PlanDialog::default() })));
    }
}
