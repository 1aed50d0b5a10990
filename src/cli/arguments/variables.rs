//! `ROOTDECK_*`: the variables of the environment that stand for options, made of the names of the options.

use std::env;
use std::ffi::{OsStr, OsString};

use clap::builder::{FalseyValueParser, StyledStr};
use clap::error::{ContextKind, ContextValue};
use clap::{Arg, ArgAction, Command, Error};

use crate::words::cli::arguments::of_variable;

/// They confirm something, say that a command is about everything, or who gets a root session: that is typed for the one
/// command that it is about. What once came into an environment would hold for whatever is run there.
const TYPED: [&str; 6] = ["yes", "allow-new-domain", "allow-unusual-address", "all", "shell", "credential-process"];
/// Each command has its own, with the forms that it can print; the variable is that of all of them.
const ONCE: &str = "output";

/// With a variable for each long option of the command and of those below it.
pub(super) fn with_variables(command: Command) -> Command {
    below(command.mut_args(with_variable))
}

fn below(command: Command) -> Command {
    let is_own = |option: &Arg| option.get_long() != Some(ONCE);
    command.mut_subcommands(|inner| {
        below(inner.mut_args(|option| if is_own(&option) { with_variable(option) } else { option }))
    })
}

fn with_variable(option: Arg) -> Arg {
    let Some(name) = option.get_long().and_then(variable) else { return option };
    // An empty variable is none.
    if env::var_os(&name).is_some_and(|value| value.is_empty()) {
        return option;
    }
    // A switch: anything but an empty word, 0, no, off or false turns it on.
    let is_switch = matches!(option.get_action(), ArgAction::SetTrue);
    let option = option.env(name).hide_env(true);
    if is_switch { option.value_parser(FalseyValueParser::new()) } else { option }
}

/// The variable that stands for the option with this long name; `None` if it is typed only.
fn variable(long: &str) -> Option<String> {
    let has_one = !TYPED.contains(&long) && !["help", "version"].contains(&long);
    has_one.then(|| format!("ROOTDECK_{}", long.to_ascii_uppercase().replace('-', "_")))
}

/// The same error, with the variables that what is wrong comes from: nobody who has typed `words` sees them.
pub(super) fn naming_variables(mut error: Error, words: &[OsString]) -> Error {
    let is_set = |name: &String| env::var_os(name).is_some_and(|value| !value.is_empty());
    let wrong = [ContextKind::InvalidArg, ContextKind::PriorArg].into_iter().filter_map(|kind| error.get(kind));
    let mut names: Vec<String> = wrong
        .flat_map(texts)
        .filter_map(|option| option.strip_prefix("--")?.split([' ', '=', '[']).next())
        .filter(|long| !is_typed(long, words))
        .filter_map(variable)
        .filter(is_set)
        .collect();
    names.sort();
    names.dedup();
    if !names.is_empty() {
        let tips = names.into_iter().map(|name| StyledStr::from(of_variable(name))).collect();
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(tips));
    }
    error
}

fn texts(value: &ContextValue) -> Vec<&str> {
    match value {
        ContextValue::String(text) => vec![text],
        ContextValue::Strings(texts) => texts.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}

fn is_typed(long: &str, words: &[OsString]) -> bool {
    let is_it = |word: &OsStr| {
        let word = word.to_string_lossy();
        let is_long = word.strip_prefix("--").and_then(|word| word.split('=').next()) == Some(long);
        // The one short option with a value.
        is_long || (long == ONCE && word.starts_with("-o"))
    };
    words.iter().take_while(|word| *word != "--").any(|word| is_it(word))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::super::Arguments;
    use super::*;

    fn each(command: &Command, path: &str, see: &mut impl FnMut(&str, &Arg)) {
        command.get_arguments().for_each(|option| see(path, option));
        for inner in command.get_subcommands() {
            each(inner, &format!("{path} {}", inner.get_name()), see);
        }
    }

    #[test]
    fn each_long_option_has_the_variable_of_its_name_unless_it_confirms() {
        let mut counts = (0, 0);
        each(&with_variables(Arguments::command()), "rootdeck", &mut |path, option| {
            let Some(long) = option.get_long() else { return };
            let is_named = option.get_env().map(|name| name.to_string_lossy().into_owned());
            let is_exempt = TYPED.contains(&long) || (long == ONCE && path != "rootdeck");
            assert_eq!(is_named.is_none(), is_exempt, "{path} --{long}: {is_named:?}");
            if let Some(named) = is_named {
                let option = named.strip_prefix("ROOTDECK_").map(|name| name.to_lowercase().replace('_', "-"));
                assert_eq!(option.as_deref(), Some(long), "{path}");
                let of_our_own = ["SESSION", "SESSION_EXPIRES", "CREDENTIAL_PROCESS_OF", "COMPLETE"];
                assert!(of_our_own.iter().all(|name| named != format!("ROOTDECK_{name}")), "{path} --{long}");
                counts.0 += 1;
            } else {
                counts.1 += 1;
            }
        });
        assert!(counts.0 > 60 && counts.1 > 15, "{counts:?}");
    }

    #[test]
    fn an_option_is_typed_in_every_form_of_it() {
        let typed = |long: &str, words: &str| is_typed(long, &words.split(' ').map(OsString::from).collect::<Vec<_>>());
        assert!(typed("fail-on", "audit --fail-on x") && typed("fail-on", "audit --fail-on=x"));
        assert!(typed("output", "-ojson accounts") && !typed("fail-on", "audit --fail-on-x"));
        assert!(!typed("shell", "session a -- b --shell"));
    }
}
