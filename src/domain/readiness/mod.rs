//! Whether each flow is open to the caller, what is missing, and how to fix it.
//!
//! A pure rule over what is known ([`Knowledge`]): what is not known is neither yes nor no. AWS's answer to a call of
//! this run beats a simulation, which is only a hint.

mod calls;
mod demand;
mod judge;
mod judgement;
mod knowledge;
mod permitted;
mod requirement;
pub(crate) mod simulation;

pub use calls::{Calls, Shown};
pub use knowledge::{Knowledge, NotSimulated, Simulated, SimulatedDecision, is_in_none};
pub use requirement::{Answer, OrgRoleRule, Readiness, Reason, Remedy, Requirement, Thing};

use demand::Demand;

use super::change::Change;
use super::flow::Flow;

pub(crate) fn all(knowledge: &Knowledge) -> Vec<Readiness> {
    Flow::ALL.into_iter().map(|flow| of_flow(flow, knowledge)).collect()
}

/// How it stands with a flow.
pub fn of_flow(flow: Flow, knowledge: &Knowledge) -> Readiness {
    Demand::of_flow(flow).judged(knowledge)
}

/// A change may be possible where the whole flow is not: a delegated administrator for IAM turns features off, not on.
pub(crate) fn of_change(change: &Change, knowledge: &Knowledge) -> Readiness {
    Demand::of_change(change).judged(knowledge)
}

#[cfg(test)]
mod property_tests;
#[cfg(test)]
mod tests;
