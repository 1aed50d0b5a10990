//! Bulk plans of email changes: those in the store, and the run of one of them.

use std::collections::BTreeSet;

use crate::app::ids::RunId;
use crate::app::state::choices::ResultsOf;
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiError;
use crate::domain::email_plan::{EmailPlan, PlanId, PlanItem, PlanRow};
use crate::domain::remote_data::ReadId;

#[derive(Clone, Debug, Default)]
pub(crate) struct Plans {
    /// Those in the store, newest first: all that are unfinished, and some finished ones.
    pub(crate) kept: Vec<EmailPlan>,
    /// The plan started last in this run of the program.
    pub(crate) begun: Option<BegunPlan>,
    pub(in crate::app) saving: Vec<ReadId>,
    /// The plan of marked accounts whose list was closed last.
    pub(crate) edited: Option<EditedPlan>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EditedPlan {
    /// As the pattern made it.
    pub(in crate::app) made: Vec<PlanRow>,
    pub(in crate::app) rows: Vec<ListRow>,
}

/// A line of a plan, and whether it is taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ListRow {
    pub(crate) row: PlanRow,
    pub(crate) is_out: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BegunPlan {
    pub(crate) run: RunId,
    pub(crate) id: Option<PlanId>,
    pub(crate) source: String,
    pub(crate) reason: Option<String>,
    pub(crate) items: Vec<PlanItem>,
    /// Why nothing more was started, if so.
    pub(crate) halted: Option<ApiError>,
    pub(crate) ended: bool,
}

/// What was edited in the list of a plan, once that was closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Edits<'a> {
    None,
    /// The list comes back with these rows.
    Kept(Vec<&'a ListRow>),
    /// So many rows are of another pattern, and the next list discards them.
    Lost(usize),
}

impl<'a> Edits<'a> {
    pub(crate) fn kept(&self, account: AccountId) -> Option<&'a ListRow> {
        let Self::Kept(rows) = self else { return None };
        let account = account.to_string();
        rows.iter().find(|row| row.row.account == account).copied()
    }
}

impl Plans {
    /// What was edited in the list of the plan that these rows make.
    pub(crate) fn edits_of(&self, made: &[PlanRow]) -> Edits<'_> {
        let Some(before) = &self.edited else { return Edits::None };
        let is_made = |row: &&ListRow| {
            !row.is_out && before.made.iter().any(|it| it.account == row.row.account && it.new == row.row.new)
        };
        let edited: Vec<&ListRow> = before.rows.iter().filter(|row| !is_made(row)).collect();
        let accounts = |rows: &[PlanRow]| rows.iter().map(|row| row.account.clone()).collect::<BTreeSet<_>>();
        if edited.is_empty() {
            Edits::None
        } else if before.made == made {
            Edits::Kept(edited)
        } else if accounts(&before.made) == accounts(made) {
            Edits::Lost(edited.len())
        } else {
            Edits::None
        }
    }

    pub(crate) fn open(&self) -> impl Iterator<Item = &EmailPlan> {
        self.kept.iter().filter(|plan| plan.is_open())
    }

    pub(crate) fn get(&self, id: PlanId) -> Option<&EmailPlan> {
        self.kept.iter().find(|plan| plan.id == id)
    }

    pub(crate) fn results(&self, of: ResultsOf) -> Option<(&str, &[PlanItem])> {
        match of {
            ResultsOf::Begun => self.begun.as_ref().map(|begun| (begun.source.as_str(), begun.items.as_slice())),
            ResultsOf::Kept(id) => self.get(id).map(|plan| (plan.source.as_str(), plan.items.as_slice())),
        }
    }
}
