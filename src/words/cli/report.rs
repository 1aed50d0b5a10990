//! What `rootdeck report` says.

use crate::domain::report::JudgedException;
use crate::domain::report::exception::ExceptionState;
use crate::words::report::exception_state;

pub(crate) const NO_ORGANIZATION: &str = "the organization could not be read";
pub(crate) const NO_AUDITS_THEN: &str = "no audits on this machine from before then: everything found counts as new";

sentences! {
    to_come(time) = "--since {time} is in the future";
    exists(path) = "{path} already exists: add --force to replace it";
    no_report(path) = "{path} is not a report of rootdeck in OCSF (rootdeck report --format ocsf), and not a time";
    other_organization(path, theirs, ours) = "{path} is a report about {theirs}, not about {ours}";
    written(path) = "report written to {path}";
}

pub(crate) fn no_since(text: &str, times: &str) -> String {
    format!(
        "--since {text}: expected a time or duration ({times}), or a report in OCSF; the file {text} does not exist"
    )
}

pub(crate) fn sum(accounts: &str, open: usize, excepted: usize, unread: usize) -> String {
    let findings = if open == 1 { "1 open finding".to_owned() } else { format!("{open} open findings") };
    let excepted = if excepted == 0 { String::new() } else { format!(", {excepted} with an exception") };
    format!("{accounts}: {findings}{excepted}, {unread} unread or partly read")
}

/// What a person has to know about an exception that does not apply.
pub(crate) fn exception(one: &JudgedException) -> Option<String> {
    let JudgedException { exception, state } = one;
    match state {
        ExceptionState::Applies | ExceptionState::NotReported => None,
        ExceptionState::Expired | ExceptionState::NoFinding | ExceptionState::Unread | ExceptionState::NoAccount => {
            let (line, account, finding) = (exception.line, exception.account, exception.finding.as_str());
            Some(format!("exception in line {line} ({account}, {finding}): {}", exception_state(*state)))
        }
    }
}
