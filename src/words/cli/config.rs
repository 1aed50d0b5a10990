//! `rootdeck config`, and what is wrong with the keys in the configuration.

use crate::app::command::bindings::{KeyProblem, RejectedKeys};
use crate::app::command::by_id;
use crate::app::key_name::KeyNameError;
use crate::domain::text::{clean, cut_middle};
use crate::words::labels::place;

/// How much of a text from the file a message repeats, in columns.
const QUOTED: usize = 40;

/// Where the value of a setting comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Default,
    /// A file, and the line in it.
    File(String, usize),
    /// What protects could not be understood.
    Problems,
    Environment(&'static str),
    Option(&'static str),
}

pub(crate) fn source(source: &Source) -> String {
    match source {
        Source::Default => "default".to_owned(),
        Source::File(file, line) => format!("{file}:{line}"),
        Source::Problems => "because of the problems in the file".to_owned(),
        Source::Environment(name) => format!("environment {name}"),
        Source::Option(name) => format!("option {name}"),
    }
}

/// The first line of the effective configuration.
pub(crate) fn header(file: Option<&str>) -> String {
    match file {
        Some(file) => format!("The configuration of rootdeck, from {file}"),
        None => "The configuration of rootdeck; there is no file".to_owned(),
    }
}

pub(crate) fn other_keys() -> &'static str {
    "all other commands have their default keys: rootdeck keys"
}

/// Why a setting is not followed, and which keys the command has instead.
pub(crate) fn rejected(rejected: &RejectedKeys) -> String {
    let command = rejected.command.name();
    let why = match &rejected.why {
        KeyProblem::Name(name, error) => format!("`{command}`: {}", name_error(name, error)),
        KeyProblem::MustHaveOne => format!("`{command}` must have a key"),
        KeyProblem::AllText => {
            format!("`{command}` also works while text is typed, so it needs a key that types none, such as f10")
        }
        KeyProblem::MissingInText(key) => {
            format!("`{command}` works everywhere, so {key} could not be used in text fields any more")
        }
        KeyProblem::Taken(key, other, context, line) => {
            let line = line.map(|line| format!(" (line {line})")).unwrap_or_default();
            format!("`{command}`: {key} is a key of `{}`{line} in {}", other.name(), place(*context))
        }
    };
    let default = by_id(rejected.command).map_or(&[][..], |command| command.default_keys);
    let default: Vec<String> = default.iter().map(ToString::to_string).collect();
    format!("line {}: {why}; the default is used ({}).", rejected.line, default.join(" "))
}

fn name_error(name: &str, error: &KeyNameError) -> String {
    let name = cut_middle(&clean(name), QUOTED, "...");
    match error {
        KeyNameError::Unknown => {
            format!("\"{name}\" is not a key (keys are such as q, ctrl-q, alt-x, space, page-down or f5)")
        }
        KeyNameError::SentAs(key) => format!("terminals send {key} for {name}"),
        KeyNameError::NotSent => format!("terminals do not send {name}"),
    }
}
