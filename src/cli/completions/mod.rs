//! `rootdeck completions`: scripts for shells, which ask the program itself what can follow. Accounts come from the kept
//! listing and profiles from the AWS configuration: no calls, and no credentials are loaded.

mod bash;
mod candidates;

use std::env;
use std::ffi::OsString;

use clap_complete::CompleteEnv;
use clap_complete::env::{Elvish, EnvCompleter, Fish, Powershell, Shells, Zsh};

use self::bash::Bash;
use self::candidates::{NAME, with_candidates};
use super::arguments::{Arguments, ShellWord};
use super::error::{CliError, Done};
use super::output;

/// By which a script asks. It holds the name of the shell.
const VARIABLE: &str = "ROOTDECK_COMPLETE";
/// Without it the first key in each shell would complete nothing where the script is installed as a function.
const END_OF_ZSH: &str = include_str!("../../../assets/completions-end.zsh");

pub(super) fn run(shell: ShellWord) -> Done {
    let bash = Bash::default();
    let all: [&dyn EnvCompleter; 5] = [&bash, &Elvish, &Fish, &Powershell, &Zsh];
    let Some(completer) = all.into_iter().find(|one| one.is(shell.name())) else {
        return Err(CliError::failed(shell.name()));
    };
    let mut script = Vec::new();
    completer.write_registration(VARIABLE, NAME, NAME, NAME, &mut script)?;
    if Zsh.is(shell.name()) {
        script.extend_from_slice(END_OF_ZSH.as_bytes());
    }
    output::deliver(Ok(String::from_utf8_lossy(&script).into_owned()))
}

/// Answers a script of a shell, where one asks.
pub(super) fn answer() -> Result<bool, clap::Error> {
    let Some(shell) = env::var_os(VARIABLE).map(|shell| shell.to_string_lossy().into_owned()) else { return Ok(false) };
    let folder = env::current_dir().ok();
    let mut words: Vec<OsString> = env::args_os().skip_while(|word| word != "--").skip(1).collect();
    let mut bash = Bash::default();
    if bash.is(&shell) {
        (bash, words) = Bash::of(&words);
    }
    let asked = words.clone();
    let quotes = !Powershell.is(&shell);
    let all: [&dyn EnvCompleter; 5] = [&bash, &Elvish, &Fish, &Powershell, &Zsh];
    CompleteEnv::with_factory(move || with_candidates(Arguments::described(), &asked, quotes))
        .var(VARIABLE)
        .shells(Shells(&all))
        .try_complete([OsString::from(NAME), OsString::from("--")].into_iter().chain(words), folder.as_deref())
}
