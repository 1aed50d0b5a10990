//! Bulk plans: many email changes, checked as a whole and started one after the other.

mod check;
mod file;
mod pattern;
mod plan;
mod template;

pub use check::{
    AlreadySo, CheckedPlan, IdProblem, LineProblem, NewDomain, PlanGround, PlanProblem, PlannedChange, Replaced,
    UnusualLine, check, check_again,
};
pub use file::{ACCOUNT_COLUMN, EMAIL_COLUMN, PlanNote, PlanRow, PlanText, Unreadable, decode, parse, read};
pub use pattern::{PLACEHOLDERS, PatternProblem, from_pattern};
pub use plan::{
    EmailPlan, ItemState, MARKED, NO_FILE, NewPlan, PlanId, PlanItem, RESULT_COLUMNS, counts, is_result_file,
    result_file, results,
};
pub use template::{domain_of, template};
