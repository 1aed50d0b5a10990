//! What `rootdeck session` says.

pub(crate) const SHELL_ENDED: &str = "the shell has ended";
pub(crate) const NO_COMMAND: &str = "no command given";
pub(crate) const CREDENTIALS_ON_SCREEN: &str = "these are root credentials: anyone who reads this screen can use them";
pub(crate) const NO_SIGNALS: &str = "the signals of this process cannot be handled";

sentences! {
    opened(name, id, task, left, actions) =
        "root session in {name} ({id}) for {task}, {left}; it cannot be ended earlier. Allowed: {actions}";
    not_started(error) = "the command cannot be started: {error}";
}
