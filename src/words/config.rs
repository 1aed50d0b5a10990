//! What is wrong with rootdeck's configuration file.

use crate::domain::config_problem::{ConfigProblem, ConfigProblemKind, Expected, FoundValue};

pub(crate) fn problem(problem: &ConfigProblem) -> String {
    let line = problem.line.map(|line| format!("line {line}: ")).unwrap_or_default();
    let end = match &problem.kind {
        _ if problem.read_only => "read-only until this is fixed.",
        ConfigProblemKind::UnknownKey { .. }
        | ConfigProblemKind::UnknownColour { .. }
        | ConfigProblemKind::AmongColours { .. }
        | ConfigProblemKind::UnknownCommand { .. }
        | ConfigProblemKind::SetTwice { .. }
        | ConfigProblemKind::UnknownService { .. } => "ignored.",
        ConfigProblemKind::Value { expected: Expected::Colour { .. }, .. } => "the theme's colour is used.",
        _ => "the default is used.",
    };
    format!("{line}{}; {end}", wrong(&problem.kind))
}

fn wrong(kind: &ConfigProblemKind) -> String {
    match kind {
        ConfigProblemKind::File { path, problem } => {
            format!("The configuration {path} {}", super::client_error::file(problem))
        }
        ConfigProblemKind::NotUtf8 => "The configuration is not valid UTF-8".to_owned(),
        ConfigProblemKind::NotToml(why) => format!("The configuration is not TOML: {why}"),
        ConfigProblemKind::UnknownKey { key, meant } => {
            let meant = meant.map(|meant| format!(" (did you mean `{meant}`?)")).unwrap_or_default();
            format!("`{key}` is not a valid setting{meant}")
        }
        ConfigProblemKind::UnknownColour { key, meant } => {
            let meant = meant.map(|meant| format!(" (did you mean `{meant}`?)")).unwrap_or_default();
            format!("`{key}` is not a valid key in [colours]{meant}")
        }
        ConfigProblemKind::AmongColours { key } => format!("`{key}` must come before [colours]"),
        ConfigProblemKind::UnknownCommand { name, is_setting: true, .. } => {
            format!("`{name}` is not a command but a setting: move it above [keys]")
        }
        ConfigProblemKind::UnknownCommand { name, meant, .. } => {
            let meant = meant.as_ref().map(|meant| format!(" (did you mean `{meant}`?)")).unwrap_or_default();
            format!("`{name}` is not a command{meant}")
        }
        ConfigProblemKind::SetTwice { command, line } => {
            format!("the keys of `{command}` are set in line {line} already")
        }
        ConfigProblemKind::UnknownService { service, services, meant } => {
            let meant = meant.map(|meant| format!(" (did you mean `{meant}`?)")).unwrap_or_default();
            format!("`{service}` is not one of {}{meant}", services.join(", "))
        }
        ConfigProblemKind::Value { key, expected, found } => {
            format!("`{key}` is {}, not {}", rule(expected), value(found))
        }
    }
}

fn rule(expected: &Expected) -> String {
    match expected {
        Expected::Boolean => "true or false".to_owned(),
        Expected::Accounts => "a list of account ids (12 digits in quotes)".to_owned(),
        Expected::Domains => "a list of domains such as \"corp.example\"".to_owned(),
        Expected::Profiles => "a list of profile names such as [\"prod\", \"sandbox\"]".to_owned(),
        Expected::Theme { names, meant } => {
            let meant = meant.map(|word| format!(" (did you mean \"{word}\"?)")).unwrap_or_default();
            format!("one of {}{meant}", names.join(", "))
        }
        Expected::Colours => "a table: [colours]".to_owned(),
        Expected::Colour { meant } => {
            let meant = meant.map(|word| format!(" (did you mean \"{word}\"?)")).unwrap_or_default();
            format!("the name of a colour, a number from 0 to 255 or \"#rrggbb\"{meant}")
        }
        Expected::Ascii => "true, false or \"auto\"".to_owned(),
        Expected::View { names, meant } => {
            let meant = meant.map(|word| format!(" (did you mean \"{word}\"?)")).unwrap_or_default();
            format!("a number from 1 to 7 or one of {}{meant}", names.join(", "))
        }
        Expected::Columns(names) => format!("\"auto\" or a list of {}", names.join(", ")),
        Expected::Limits => "a table such as { organizations = 4 }".to_owned(),
        Expected::UpToRequests(most) => format!("a number from 1 to {most}, as many as AWS allows"),
        Expected::KeyTable => "a table: a line [keys], and lines such as refresh = \"f5\" below it".to_owned(),
        Expected::Keys => "a key in quotes or a list of keys".to_owned(),
        Expected::UpToAccounts(most) => format!("a number of accounts from 0 to {most}"),
        Expected::UpToDays(most) => format!("a number of days from 0 to {most}"),
    }
}

fn value(found: &FoundValue) -> String {
    match found {
        FoundValue::Text(text) => format!("\"{text}\""),
        FoundValue::Boolean(value) => value.to_string(),
        FoundValue::Integer(number) => format!("the number {number}"),
        FoundValue::Float => "a number".to_owned(),
        FoundValue::DateTime => "a date or time".to_owned(),
        FoundValue::List => "a list".to_owned(),
        FoundValue::Table => "a table".to_owned(),
    }
}
