//! What every subcommand may say: connecting, asking, being interrupted.

pub(crate) const CONNECTING: &str = "connecting";
pub(crate) const NO_TERMINAL_TO_ASK: &str = "this has to be confirmed, and there is no terminal to ask at: add --yes";
pub(crate) const NOT_THE_TOKEN: &str = "that is not it: nothing was changed";
pub(crate) const GO_ON: &str = "Go on? [y/N] ";
pub(crate) const NOTHING_CHANGED: &str = "nothing was changed";
pub(crate) const INTERRUPTED: &str = "interrupted: what is in progress is finished, nothing new is started";
pub(crate) const INTERRUPTED_IN_CHANGE: &str = "interrupted, and a change is in progress";
pub(crate) const CHANGE_IN_PROGRESS: &str = "the change is in progress";
pub(crate) const NO_MFA_CODE: &str = "that is no code: six digits";
pub(crate) const STORED_UNREADABLE: &str = "what was started from this machine can't be read";
pub(crate) const NO_DASHBOARD: &str =
    "the dashboard needs a terminal; for scripts there are subcommands: rootdeck --help";
pub(crate) const DUMB_TERMINAL: &str =
    "the dashboard can't be drawn on a dumb terminal (TERM=dumb); use the subcommands: rootdeck --help";
pub(crate) const NO_TERM: &str = "TERM is not set, so the dashboard does not know this terminal; set it \
                                  (TERM=xterm-256color) or use the subcommands: rootdeck --help";
pub(crate) const MAILBOX_IN_DEMO: &str = "--view: the mailbox is in the demo only";
pub(crate) const NO_HOME: &str = "There is no home folder.";
pub(crate) const WITHOUT_STORE: &str = "rootdeck goes on without it: nothing is kept when it ends, and nothing is \
                                        changed in AWS, since the journal could not record it (--no-journal changes \
                                        things all the same).";
pub(crate) const DEMO_FORGETS: &str = "the demo starts anew each time. To keep what is turned on or started, run \
                                       `rootdeck emulator` in another terminal and set the variables that it prints";

sentences! {
    accounts(count) = "{count} accounts";
    type_token(token) = "Type {token} to go on: ";
    throttled(calls) = ", {calls} throttled";
    waiting(what) = "{what}: waiting for its outcome before ending";
    still_waiting(what, limit, process) =
        "{what}: still waiting for AWS, at most {limit} s for each call. Ending now would lose the outcome from the \
         journal; to end all the same: kill -9 {process}";
    plain_http(endpoint) =
        "!! {endpoint} is plain http on another machine: whoever is in between can read and change everything. \
         Root sessions and one-time passwords are refused there";
    standing_unknown(why) = "what this account is in the organization can't be told: {why}";
    same_as(command) = "the same as: {command}";
    no_account(id) = "the organization has no account {id}";
    nobody_called(name) = "no account of the organization is called {name}";
    several_called(name, candidates) = "several accounts are called {name}, so give an id: {candidates}";
    no_units(why) = "the names of the organizational units could not be read: {why}";
    no_emulator(error) = "the emulator can't be started: {error}";
    emulator_listens(endpoint) =
        "the emulator listens on {endpoint}; ctrl-c ends it; other callers' keys: rootdeck emulator --help";
    no_screen(error) = "the terminal can't be used: {error}";
    no_log(error) = "the log file can't be opened: {error}";
    no_runtime(error) = "the runtime can't be started: {error}";
    gates_closed(needs, commands) [organization: ViewOrganization, toggle: Toggle] =
        "{needs}Turn it on in view {organization} of the dashboard ({toggle}), or with credentials of the management account:\n{commands}";
    task_needs(task, feature) = "{task} needs {feature}. ";
}

pub(crate) fn mfa_code(why: Option<&str>) -> String {
    let why = why.map(|why| format!("{why}. ")).unwrap_or_default();
    format!("{why}Code (not shown): ")
}
