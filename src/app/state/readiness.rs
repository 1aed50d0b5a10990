//! View 5: whether each flow is open to the caller, what stands in the way, and what mends that.

use crate::app::derived::Derived;
use crate::app::list::{List, Motion};
use crate::domain::flow::Flow;
use crate::domain::permission::explain::Extent;
use crate::domain::readiness::simulation::SimulationResult;
use crate::domain::readiness::{Calls, Knowledge, Readiness};
use crate::domain::remote_data::RemoteData;

/// What is known of the readiness of each flow, and how view 5 shows it.
#[derive(Clone, Debug, Default)]
pub struct ReadinessView {
    /// What IAM says about the caller's policies.
    pub simulated_result: RemoteData<SimulationResult>,
    /// What calls of this run showed.
    pub calls: RemoteData<Calls>,
    /// How it stands with every flow.
    pub judged: Vec<Readiness>,
    /// The rows, and the selection.
    pub list: List<Flow>,
    /// Whether the details have the focus.
    pub reading: bool,
    /// The first line of the details on screen.
    pub top: usize,
    /// What the flows were judged by.
    pub(in crate::app) derived: Derived<Knowledge>,
}

/// How much of each flow each of the policies that AWS manages allows.
pub type ManagedTable = Vec<(Flow, Vec<Extent>)>;

impl ReadinessView {
    /// The selected flow, with how it stands.
    #[must_use]
    pub fn selected(&self) -> Option<&Readiness> {
        let flow = self.list.selected()?;
        self.judged.iter().find(|readiness| readiness.flow == flow)
    }

    /// Moves the cursor, or the text of the details.
    pub(in crate::app) fn go(&mut self, motion: Motion, rows: usize, lines: usize) {
        if self.reading {
            self.top = motion.apply(self.top, rows, lines).min(lines.saturating_sub(rows));
        } else {
            self.top = 0;
            self.list.go(motion);
        }
    }
}
