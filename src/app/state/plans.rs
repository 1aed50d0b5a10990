//! Bulk plans of email changes: those in the store, and the run of one of them.

use crate::app::ids::RunId;
use crate::app::state::choices::ResultsOf;
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
    pub(in crate::app) edited: Option<EditedPlan>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::app) struct EditedPlan {
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

impl Plans {
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
