//! A report about root for an audit: what was found, what is excepted, and what changed since the report before.

mod compare;
mod comparison;
mod document;
mod earlier;
pub(crate) mod exception;
mod finding;

pub(crate) use compare::compare;
pub(crate) use comparison::{Comparison, Source};
pub(crate) use document::{JudgedException, Reading, Report, ReportedAccount, ReportedFinding};
pub(crate) use earlier::{COMPLIANCE_FINDING, EarlierReport, PRODUCT, ROOT_AUDIT, UID_SEPARATOR, UNDECIDED, WARNING};
pub(crate) use finding::FindingName;

#[cfg(test)]
mod tests;
