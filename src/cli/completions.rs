//! `rootdeck completions`: scripts for shells, which ask the program itself what can follow. Accounts come from the kept
//! listing and profiles from the AWS configuration: no calls, and no credentials are loaded.

use std::ffi::OsString;

use clap::{Arg, Command};
use clap_complete::CompleteEnv;
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};
use clap_complete::env::Shells;

use super::arguments::{Arguments, ShellWord};
use super::environment::{Environment, configuration};
use super::error::{CliError, Done};
use super::output;
use crate::domain::account::Account;

/// By which a script asks. It holds the name of the shell.
const VARIABLE: &str = "ROOTDECK_COMPLETE";
const NAME: &str = "rootdeck";

pub(super) fn run(shell: ShellWord) -> Done {
    let shells = Shells::builtins();
    let Some(completer) = shells.completer(shell.name()) else {
        return Err(CliError::failed(shell.name()));
    };
    let mut script = Vec::new();
    completer.write_registration(VARIABLE, NAME, NAME, NAME, &mut script)?;
    output::deliver(Ok(String::from_utf8_lossy(&script).into_owned()))
}

/// Answers a script of a shell, where one asks.
pub(super) fn answer() -> Result<bool, clap::Error> {
    let folder = std::env::current_dir().ok();
    CompleteEnv::with_factory(|| with_candidates(Arguments::described()))
        .var(VARIABLE)
        .try_complete(std::env::args_os(), folder.as_deref())
}

/// Arguments are known by their names, which mean the same everywhere.
fn with_candidates(command: Command) -> Command {
    let add = |argument: Arg| match argument.get_id().as_str() {
        "account" | "accounts" => argument.add(ArgValueCandidates::new(accounts)),
        "profile" => argument.add(ArgValueCandidates::new(profiles)),
        _ => argument,
    };
    command.mut_args(add).mut_subcommands(with_candidates)
}

fn profiles() -> Vec<CompletionCandidate> {
    let names = block_on(crate::aws::profiles::names()).unwrap_or_default();
    names.into_iter().filter(|name| is_plain(name)).map(CompletionCandidate::new).collect()
}

fn accounts() -> Vec<CompletionCandidate> {
    let Ok(arguments) = Arguments::read(connection(std::env::args_os())) else { return Vec::new() };
    let place = Environment::new(&arguments, &configuration(&arguments));
    let accounts = block_on(place.kept_accounts()).unwrap_or_default();
    let id =
        |account: &Account| CompletionCandidate::new(account.id.to_string()).help(Some(account.name.clone().into()));
    let unique = |account: &&Account| accounts.iter().filter(|other| other.name == account.name).count() == 1;
    let named = accounts.iter().filter(|account| is_plain(&account.name)).filter(unique);
    accounts.iter().map(id).chain(named.map(|account| CompletionCandidate::new(account.name.clone()))).collect()
}

/// Of the command line that is being typed, what decides which accounts are kept.
fn connection(words: impl Iterator<Item = OsString>) -> Vec<OsString> {
    const DECIDING: [&str; 3] = ["--profile", "--endpoint-url", "--config"];
    let mut kept = vec![OsString::from(NAME)];
    let mut words = words.skip_while(|word| word != "--").skip(1).peekable();
    while let Some(word) = words.next() {
        let text = word.to_string_lossy();
        if text == "--demo" || DECIDING.iter().any(|name| text.strip_prefix(name).is_some_and(|it| it.starts_with('=')))
        {
            kept.push(word);
        } else if DECIDING.contains(&text.as_ref()) && words.peek().is_some_and(|value| !value.is_empty()) {
            kept.extend([word].into_iter().chain(words.next()));
        }
    }
    kept
}

/// Whether a shell reads it as it is. Scripts put what is completed onto the command line unquoted, and names come from
/// other people.
fn is_plain(word: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._@+-".contains(c);
    word.chars().all(plain) && word.starts_with(|first: char| first.is_ascii_alphanumeric())
}

fn block_on<T>(work: impl Future<Output = Option<T>>) -> Option<T> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().ok()?;
    let done = runtime.block_on(work);
    runtime.shutdown_background();
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_shell_would_run_is_not_offered() {
        for plain in ["payments-prod", "team.a", "a@b", "444455556666"] {
            assert!(is_plain(plain), "{plain}");
        }
        for not in ["$(id)", "a b", "a;b", "`id`", "-rf", "", "~root", "a\nb", "caf\u{e9}", "a'b", "a*"] {
            assert!(!is_plain(not), "{not}");
        }
    }

    #[test]
    fn the_profile_on_the_command_line_decides_whose_accounts_are_offered() {
        let of = |line: &str| {
            let words = connection(line.split(' ').map(OsString::from));
            words.iter().map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(of("x -- rootdeck --profile prod email start "), "rootdeck --profile prod");
        assert_eq!(
            of("x -- rootdeck email start --endpoint-url=http://a --demo"),
            "rootdeck --endpoint-url=http://a --demo"
        );
        assert_eq!(of("x -- rootdeck email --profile "), "rootdeck");
    }
}
