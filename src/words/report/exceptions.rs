//! What is wrong with a file of exceptions.

use crate::domain::report::FindingName;
use crate::domain::report::exception::{ExceptionProblem, ExceptionProblemKind};

/// `line 3: "no_mfa" is not a finding (did you mean no_hardware_mfa?) …`
pub(crate) fn problem(file: &str, problem: &ExceptionProblem) -> String {
    use ExceptionProblemKind as Kind;
    let meant = |word: Option<&str>| word.map(|word| format!(" (did you mean {word}?)")).unwrap_or_default();
    let wrong = match &problem.kind {
        Kind::NotToml(why) => format!("not TOML: {why}"),
        Kind::NotAnException(key) => format!("`{key}` is not allowed here: each exception starts with [[exception]]"),
        Kind::UnknownKey(key, word) => format!("unknown key `{key}`{}", meant(*word)),
        Kind::Missing(key) => format!("this exception has no `{key}`"),
        Kind::Account(found) => format!("`account` is {found}, not an account id of 12 digits in quotes"),
        Kind::Finding(found, word) => {
            format!("`finding` is {found}, not one of {}{}", FindingName::exceptable().join(", "), meant(*word))
        }
        Kind::Text(key) => format!("`{key}` must be a text that is not empty"),
        Kind::Until(found) => format!("`until` is {found}, not a day such as 2027-03-31"),
        Kind::Twice(line) => format!("the same account and finding as in line {line}"),
    };
    format!("{file}: line {}: {wrong}", problem.line)
}
