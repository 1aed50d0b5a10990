//! What every subcommand may say: connecting, asking, being interrupted.

use crate::app::state::left_behind::LeftBehind;

pub(crate) const STDIN: &str = "standard input";
pub(crate) const LISTING: &str = "list";
pub(crate) const CONNECTING: &str = "connecting";
pub(crate) const NO_TERMINAL_TO_ASK: &str = "confirmation required, but no terminal to ask on: add --yes";
pub(crate) const NOT_THE_TOKEN: &str = "no match: nothing was changed";
pub(crate) const GO_ON: &str = "Continue? [y/N] ";
pub(crate) const NOTHING_CHANGED: &str = "nothing was changed";
pub(crate) const ADD_REASON: &str = "add --reason TEXT; rootdeck config shows where this is set";
pub(crate) const INTERRUPTED: &str = "interrupted: finishing work in progress, nothing new is started";
pub(crate) const INTERRUPTED_IN_CHANGE: &str = "interrupted, and a change is in progress";
pub(crate) const CHANGE_IN_PROGRESS: &str = "the change is in progress";
pub(crate) const NO_MFA_CODE: &str = "not a code: six digits required";
pub(crate) const STORED_UNREADABLE: &str = "the changes started from this machine cannot be read";
pub(crate) const NO_DASHBOARD: &str =
    "the dashboard needs a terminal; for scripts there are subcommands: rootdeck --help";
pub(crate) const DUMB_TERMINAL: &str =
    "the dashboard cannot be drawn on a dumb terminal (TERM=dumb); use the subcommands: rootdeck --help";
pub(crate) const NO_TERM: &str = "TERM is not set, so the dashboard does not know this terminal; set it \
                                  (TERM=xterm-256color) or use the subcommands: rootdeck --help";
pub(crate) const MAILBOX_IN_DEMO: &str = "--view: the mailbox is in the demo only";
pub(crate) const NO_HOME: &str = "No home folder.";
pub(crate) const WITHOUT_STORE: &str = "rootdeck continues without it: nothing is saved, and nothing is changed in \
    AWS because the journal cannot record it (--no-journal allows changes).";
pub(crate) const DEMO_FORGETS: &str = "the demo starts fresh each time. To keep changes, run `rootdeck emulator` in \
    another terminal and set the variables it prints";

sentences! {
    output_unwritten(error) = "the output cannot be written: {error}";
    accounts(count) = "{count} accounts";
    type_token(token) = "Type {token} to continue: ";
    throttled(calls) = ", {calls} throttled";
    slowed(left) = ", slowed to {left}% of the quota";
    waiting(what) = "{what}: waiting for its outcome before quitting";
    still_waiting(what, limit, process) =
        "{what}: still waiting for AWS, at most {limit} s per call. Quitting now would lose the outcome from the \
         journal. To quit anyway: kill -9 {process}";
    plain_http(endpoint) =
        "!! {endpoint} is unencrypted http on another machine: the traffic can be read and changed. Root sessions \
         and one-time passwords are refused";
    standing_unknown(why) = "role of this account in the organization unknown: {why}";
    same_as(command) = "the same as: {command}";
    no_url(endpoint) = "endpoint {endpoint}: expected a URL such as https://host or http://127.0.0.1:4599";
    no_account(id) = "no account {id} in the organization";
    nobody_called(name) = "no account named {name}";
    several_called(name, candidates) = "several accounts are named {name}, use an id: {candidates}";
    no_units(why) = "the names of the organizational units could not be read: {why}";
    no_emulator(error) = "the emulator cannot be started: {error}";
    emulator_listens(endpoint) =
        "the emulator listens on {endpoint}; ctrl-c ends it; other callers' keys: rootdeck emulator --help";
    no_screen(error) = "the terminal cannot be used: {error}";
    no_log(error) = "the log file cannot be opened: {error}";
    no_runtime(error) = "the runtime cannot be started: {error}";
    gates_closed(needs, commands) [organization: ViewOrganization, toggle: Toggle] =
        "{needs}Enable it in view {organization} of the dashboard ({toggle}), or with credentials of the management \
         account:\n{commands}";
    task_needs(task, feature) = "{task} requires {feature}. ";
}

/// About how long work still takes.
pub(crate) fn time_left(left: std::time::Duration) -> String {
    match left.as_secs() {
        seconds @ 0..=90 => format!("{} s left", seconds.max(1)),
        seconds => format!("{} min left", seconds.div_ceil(60)),
    }
}

pub(crate) fn mfa_code(why: Option<&str>) -> String {
    let why = why.map(|why| format!("{why}. ")).unwrap_or_default();
    format!("{why}Code (not shown): ")
}

/// What stays open when the dashboard ends, and the command for it.
pub(crate) fn left_behind(left: &LeftBehind) -> Vec<String> {
    let line = |names: &[String], what: &str, command: &str| {
        (!names.is_empty()).then(|| format!("{what}: {} ({command})", names.join(", ")))
    };
    let lines = [
        line(&left.elsewhere, "email change started elsewhere", "rootdeck email status"),
        line(&left.recoveries, "password recovery still open", "rootdeck recovery list"),
    ];
    lines.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn what_is_left_is_told_in_seconds_and_then_in_minutes() {
        let left = |seconds| time_left(Duration::from_secs(seconds));
        assert_eq!([left(0), left(12), left(90)], ["1 s left", "12 s left", "90 s left"]);
        assert_eq!([left(91), left(600)], ["2 min left", "10 min left"]);
    }
}
