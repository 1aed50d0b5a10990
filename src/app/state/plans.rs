//! Bulk plans of email changes: those that this machine keeps, and the run over one of them.

use crate::app::ids::RunId;
use crate::app::state::choices::ResultsOf;
use crate::domain::api_error::ApiError;
use crate::domain::email_plan::{EmailPlan, PlanId, PlanItem};
use crate::domain::remote_data::ReadId;

/// The plans that are known.
#[derive(Clone, Debug, Default)]
pub struct Plans {
    /// Those that this machine keeps, the newest first: all that are not finished, and some that are.
    pub kept: Vec<EmailPlan>,
    /// What was begun last in this run of the program.
    pub begun: Option<BegunPlan>,
    /// The result files on their way to the disk.
    pub(in crate::app) saving: Vec<ReadId>,
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
