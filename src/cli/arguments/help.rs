//! What the help of each command ends with.

use clap::Command;

use crate::words::cli::examples::{EXIT_CODES, LOCAL, LOCAL_EXIT_CODES, has_exit_codes, of, section};

/// The command of this path, with examples and exit codes in the help of each command.
pub(super) fn with_examples(command: Command, path: &str) -> Command {
    let names: Vec<String> = command.get_subcommands().map(|inner| inner.get_name().to_owned()).collect();
    let command = names.into_iter().fold(command, |command, name| {
        let path = format!("{path} {name}");
        command.mut_subcommand(name, |inner| with_examples(inner, path.trim_start()))
    });
    let Some(examples) = of(path) else { return command };
    let codes = if LOCAL.contains(&path) { LOCAL_EXIT_CODES } else { EXIT_CODES };
    let ending = |before: Option<String>| {
        let codes = (!before.as_deref().is_some_and(has_exit_codes)).then(|| codes.to_owned());
        before.into_iter().chain(codes).chain([section(&examples)]).collect::<Vec<_>>().join("\n\n")
    };
    let [short, long] =
        [command.get_after_help(), command.get_after_long_help()].map(|text| text.map(ToString::to_string));
    let command = if long.is_some() { command.after_long_help(ending(long)) } else { command };
    command.after_help(ending(short))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::super::Arguments;
    use super::*;

    fn leaves(command: &Command, path: &str, found: &mut Vec<(String, Command)>) {
        for inner in command.get_subcommands().filter(|inner| inner.get_name() != "help") {
            let path = format!("{path} {}", inner.get_name()).trim_start().to_owned();
            if inner.get_subcommands().next().is_none() || ["accounts", "findings", "policy"].contains(&path.as_str()) {
                found.push((path.clone(), inner.clone()));
            }
            leaves(inner, &path, found);
        }
    }

    #[test]
    fn the_help_of_each_command_has_two_examples_that_are_right_and_the_exit_codes() {
        let mut all = Vec::new();
        leaves(&Arguments::described(), "", &mut all);
        assert!(all.len() > 35, "{}", all.len());
        for (path, mut leaf) in all {
            for help in [leaf.render_help(), leaf.render_long_help()].map(|help| help.to_string()) {
                assert!(help.contains("Examples:\n") && help.contains("Exit code"), "{path}: {help}");
            }
            for (line, _) in of(&path).expect("examples") {
                assert!(line.starts_with(&format!("rootdeck {path}")), "{path}: {line}");
                let words = line.split([' ']).take_while(|word| !word.starts_with(['>', '<', '|']));
                let read = Arguments::try_parse_from(words);
                assert!(read.is_ok(), "{line}: {:?}", read.err());
            }
        }
    }
}
