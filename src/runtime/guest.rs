//! A program that has the terminal for a while: a shell, or a sign-in.

use std::io;
use std::process::ExitStatus;

use tokio::process::{Child, Command};

use crate::domain::fault::{Fault, FaultKind};
use crate::domain::profile::{Browser, SignIn};
use crate::domain::root_session::SessionKey;
use crate::words::sign_in;

/// What the terminal is handed over for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Errand {
    /// A shell with the credentials of a root session in its environment.
    Shell(SessionKey),
    /// Signing in.
    SignIn(SignIn, Browser),
}

/// The program that has the terminal. It is ended with this one.
#[derive(Debug)]
pub(super) struct Guest {
    /// What it is there for.
    pub(super) errand: Errand,
    child: Child,
}

impl Guest {
    /// Starts `command` on this program's terminal.
    ///
    /// # Errors
    /// Where it can't be started.
    pub(super) fn start(errand: Errand, command: std::process::Command) -> io::Result<Self> {
        let child = Command::from(command).kill_on_drop(true).spawn()?;
        Ok(Self { errand, child })
    }

    /// Waits until it has ended, however it ends.
    async fn ended(&mut self) -> Option<ExitStatus> {
        let status = self.child.wait().await;
        if let Err(error) = &status {
            tracing::warn!(%error, "the program with the terminal could not be waited for");
        }
        status.ok()
    }
}

/// Ends when the guest does, and tells how; never where there is none.
pub(super) async fn ended(guest: &mut Option<Guest>) -> Option<ExitStatus> {
    match guest {
        Some(guest) => guest.ended().await,
        None => std::future::pending().await,
    }
}

/// Says which command is run, runs it, and where it fails waits until its words were read: the
/// program's own screen would hide them. The command is `$2` and on; `$1` is what is said at a failure.
const SCRIPT: &str = r#"said=$1; shift
printf '$'; printf ' %s' "$@"; printf '\n'
"$@"
code=$?
if [ "$code" -ne 0 ]; then printf '\n%s' "$said"; read -r _; fi
exit "$code""#;

/// The program that signs a person in.
pub(super) fn sign_in_command(sign_in: &SignIn, browser: Browser) -> std::process::Command {
    let mut command = std::process::Command::new("/bin/sh");
    command.args(["-c", SCRIPT, "sh", sign_in::WAITS_AFTER_FAILURE]).args(sign_in.words(browser));
    command
}

/// What came of a sign-in.
///
/// # Errors
/// `Local` where it failed.
pub(super) fn signed_in(status: Option<ExitStatus>) -> Result<(), Fault> {
    match status {
        Some(status) if status.success() => Ok(()),
        status => {
            let said = sign_in::failed(status.and_then(|status| status.code()));
            Err(Fault::new("rootdeck:sign-in", FaultKind::Local, &said))
        }
    }
}
