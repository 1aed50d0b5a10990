//! The page docs/findings.md: every finding, with the names that auditors know.

use super::report::sections::{MEANINGS, meaning};
use super::report::{line, table};
use crate::domain::report::FindingName;

const TITLE: &str = "# Findings

<!-- Generated from src/domain/root_finding.rs and src/words/root_finding.rs: UPDATE_DOCS=1 cargo test --locked --lib finding_page -->

What `rootdeck audit`, `rootdeck report` and the view Root access find, the worst first, with the numbers in the CIS AWS Foundations
Benchmark, the controls of AWS Security Hub, and the checks of Prowler. The names are those of the JSON (`root_findings`),
of the filter (`found:password_without_mfa`) and of the exceptions of a report. Recent means in the last 90 days.

An account has a finding (`finding` in the JSON) if it has any of these. What could not be read is neither a finding nor
its absence: `finding` is then null, and the cause is beside it.

`no_security_contact` is in `rootdeck contacts list` and, with `--contacts`, in the report. `centralized_root_access_off` is a
finding of the organization: the report has it, with the management account as its account, also in exceptions.

";

pub(crate) fn page() -> String {
    let rows = FindingName::all().into_iter().map(meaning);
    rows.fold(TITLE.to_owned() + &table(MEANINGS), |text, row| text + &line(row.cells.iter().map(String::as_str)))
}
