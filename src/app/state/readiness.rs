//! View 5: whether the caller can use each flow, what blocks it, and what fixes that.

use crate::app::derived::Derived;
use crate::app::list::ListPane;
use crate::domain::flow::Flow;
use crate::domain::permission::explain::Extent;
use crate::domain::readiness::simulation::SimulationResult;
use crate::domain::readiness::{Calls, Knowledge, Readiness};
use crate::domain::remote_data::RemoteData;

#[derive(Clone, Debug, Default)]
pub(crate) struct ReadinessView {
    /// What IAM says about the caller's policies.
    pub(crate) simulated_result: RemoteData<SimulationResult>,
    /// What calls of this run showed.
    pub(crate) calls: RemoteData<Calls>,
    pub(crate) judged: Vec<Readiness>,
    pub(crate) pane: ListPane<Flow>,
    /// What the flows were judged by.
    pub(in crate::app) derived: Derived<Knowledge>,
}

/// How much of each flow each AWS managed policy allows.
pub(crate) type ManagedTable = Vec<(Flow, Vec<Extent>)>;

impl ReadinessView {
    pub(crate) fn selected(&self) -> Option<&Readiness> {
        let flow = self.pane.list.selected()?;
        self.judged.iter().find(|readiness| readiness.flow == flow)
    }
}
