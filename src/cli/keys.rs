//! `rootdeck keys`: the command table, with the keys of the configuration.

use std::fmt::Write;

use super::arguments::Arguments;
use super::connection::configuration_with_problems_printed;
use super::environment;
use super::error::Done;
use super::output;
use super::rows::labelled;
use crate::app::command::{COMMANDS, EVERYWHERE};
use crate::words::labels;

pub(super) fn run(arguments: &Arguments) -> Done {
    let (keys, _) = environment::keys(&configuration_with_problems_printed(arguments));
    let mut text = String::new();
    for &place in EVERYWHERE {
        writeln!(text, "{}", labels::place(place)).ok();
        for command in COMMANDS.iter().filter(|command| command.places.contains(&place)) {
            let name = command.id.name();
            let label = format!("  {:<17} {name:<19} ", keys.names(command));
            writeln!(text, "{}", labelled(&label, command.help)).ok();
        }
    }
    output::deliver(Ok(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::command::{Command, KeyContext};

    /// The rows of README's table: what works in every view, then what else each place has.
    fn rows() -> String {
        let views = |command: &Command| {
            EVERYWHERE
                .iter()
                .take_while(|place| **place != KeyContext::Filter)
                .all(|place| command.places.contains(place))
        };
        let named = |command: &Command| {
            let keys: Vec<String> = command.default_keys.iter().map(|key| format!("`{key}`")).collect();
            format!("{} {}", keys.join(" "), command.title)
        };
        let row = |name: &str, commands: Vec<&Command>| {
            let commands: Vec<String> = commands.into_iter().map(named).collect();
            format!("| {name} | {} |\n", commands.join(", "))
        };
        let mut text = row("Every view", COMMANDS.iter().filter(|command| views(command)).collect());
        for &place in EVERYWHERE {
            let own = COMMANDS.iter().filter(|command| command.places.contains(&place) && !views(command));
            text.push_str(&row(labels::place(place), own.collect()));
        }
        text
    }

    #[test]
    fn the_table_of_keys_in_readme_is_the_table_of_commands() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
        let readme = std::fs::read_to_string(file).expect("README.md");
        let (before, rest) = readme.split_once("| Where | Keys |\n|---|---|\n").expect("a table of keys");
        let (_, after) = rest.split_once("\n\n").expect("a table ends");
        let right = format!("{before}| Where | Keys |\n|---|---|\n{}\n{after}", rows());
        if std::env::var_os("UPDATE_README").is_some() {
            std::fs::write(file, &right).expect("written");
        }
        assert!(readme == right, "run this test with UPDATE_README=1; the table should be:\n{}", rows());
    }
}
