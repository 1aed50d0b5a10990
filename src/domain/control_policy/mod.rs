//! Service and resource control policies (SCPs and RCPs) on the way from the root of the organization to an account, and
//! what they leave to root sessions there.

mod exemption;
mod judge;
mod report;
mod way;

pub(crate) use exemption::{Exemption, NotExempted, document_file, exemptions, update_policy};
pub(crate) use judge::{ActionVerdict, Cause, TaskVerdict, Verdict, judge, judge_opening};
pub use report::Controls;
pub(crate) use report::MemberControls;
pub use way::ControlKind;
pub(crate) use way::{ControlPolicy, ControlWay, Level, Place};

#[cfg(test)]
pub(crate) mod tests;
