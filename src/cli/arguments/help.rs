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

    fn below(command: &Command, path: &str, found: &mut Vec<(String, Command)>) {
        for inner in command.get_subcommands().filter(|inner| inner.get_name() != "help") {
            let path = format!("{path} {}", inner.get_name()).trim_start().to_owned();
            found.push((path.clone(), inner.clone()));
            below(inner, &path, found);
        }
    }

    #[test]
    fn the_help_of_each_command_and_group_has_two_examples_that_are_right_and_the_exit_codes() {
        let mut all = Vec::new();
        below(&Arguments::described(), "", &mut all);
        let is_group = |path: &str| ["email", "email plans", "trust", "credentials"].contains(&path);
        assert!(all.len() > 45 && all.iter().filter(|(path, _)| is_group(path)).count() == 4, "{}", all.len());
        for (path, mut command) in all {
            for help in [command.render_help(), command.render_long_help()].map(|help| help.to_string()) {
                assert!(help.contains("Examples:\n") && help.contains("Exit code"), "{path}: {help}");
            }
            for (line, _) in of(&path).expect("examples") {
                assert!(line.starts_with(&format!("rootdeck {path}")), "{path}: {line}");
                let words = line.split([' ']).take_while(|word| !word.starts_with(['>', '<', '|']));
                let read = Arguments::try_parse_from(words);
                assert!(read.is_ok(), "{line}: {:?}", read.err());
            }
        }
        let help = Arguments::described().render_help().to_string();
        assert!(help.contains("Examples:\n") && help.contains("Exit codes: "), "{help}");
    }
}
