//! Bulk plans: many email changes, checked as a whole and started one after the other.

mod check;
mod file;
mod pattern;
mod plan;
mod template;

pub(crate) use check::{AlreadySo, IdProblem, LineProblem, NewDomain, PlannedChange, Replaced, UnusualLine};
pub use check::{CheckedPlan, PlanGround, PlanProblem, check, check_again};
pub use file::parse;
pub(crate) use file::{
    ACCOUNT_COLUMN, ACCOUNT_NAMES, EMAIL_COLUMN, PlanNote, PlanRow, PlanText, Sheet, Unreadable, bare, decode, id_of,
    read, sheet,
};
pub(crate) use pattern::{PLACEHOLDERS, PatternProblem, from_pattern};
pub use plan::{EmailPlan, ItemState, NewPlan, PlanId, PlanItem};
pub(crate) use plan::{MARKED, NO_FILE, counts, is_result_file, result_file, results};
pub use template::template;
pub(crate) use template::{domain_of, table};
