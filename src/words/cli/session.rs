//! What `rootdeck session` says.

pub(crate) const SHELL_ENDED: &str = "the shell has ended";
pub(crate) const NO_COMMAND: &str = "no command was given";
pub(crate) const CREDENTIALS_ON_SCREEN: &str = "these are credentials of root: whoever reads this screen can use them";
pub(crate) const NO_SIGNALS: &str = "the signals of this process can't be had";

sentences! {
    opened(name, id, task, left, actions) =
        "root session in {name} ({id}) for {task}, {left}; it can't be ended before. What works in it: {actions}";
    not_started(error) = "the command can't be started: {error}";
}
