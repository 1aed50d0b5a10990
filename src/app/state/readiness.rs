//! View 5: whether the caller can use each flow, what blocks it, and what fixes that.

use crate::app::derived::Derived;
use crate::app::list::{List, Motion};
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
    pub(crate) list: List<Flow>,
    pub(crate) reading: bool,
    pub(crate) top: usize,
    /// What the flows were judged by.
    pub(in crate::app) derived: Derived<Knowledge>,
}

/// How much of each flow each AWS managed policy allows.
pub(crate) type ManagedTable = Vec<(Flow, Vec<Extent>)>;

impl ReadinessView {
    pub(crate) fn selected(&self) -> Option<&Readiness> {
        let flow = self.list.selected()?;
        self.judged.iter().find(|readiness| readiness.flow == flow)
    }

    pub(in crate::app) fn go(&mut self, motion: Motion, rows: usize, lines: usize) {
        if self.reading {
            self.top = motion.apply(self.top, rows, lines).min(lines.saturating_sub(rows));
        } else {
            self.top = 0;
            self.list.go(motion);
        }
    }
}
