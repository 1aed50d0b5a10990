//! What became of a change whose answer was never seen, judged by what AWS shows now.
//!
//! Nothing is judged that is not shown: a report of AWS counts for a change only if its time fits, and not if a later
//! change of the same thing could be behind it. What can't be told stays unknown, with the reason.

mod beside;
mod email;
mod judge;
mod looks;
mod sought;
mod switches;
#[cfg(test)]
mod tests;
mod verdict;

pub(crate) use beside::{later, sought_in};
pub(crate) use looks::{judge_by_audit, judge_by_login_profile, judge_by_policy, judge_by_seen, shows};
pub(crate) use sought::{Evidence, Sought, What};
pub use verdict::{Doubt, ROUNDING, Resolution, StillOpen, Verdict};
