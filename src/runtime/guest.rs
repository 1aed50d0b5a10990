//! A shell that has the terminal for a while.

use std::io;

use tokio::process::{Child, Command};

use crate::domain::root_session::SessionKey;

/// A shell with the credentials of a root session in its environment. It is ended with the program.
#[derive(Debug)]
pub(super) struct Guest {
    /// Whose credentials it has.
    pub(super) key: SessionKey,
    child: Child,
}

impl Guest {
    /// Starts `command` on this program's terminal.
    ///
    /// # Errors
    /// Where it can't be started.
    pub(super) fn start(key: SessionKey, command: std::process::Command) -> io::Result<Self> {
        let child = Command::from(command).kill_on_drop(true).spawn()?;
        Ok(Self { key, child })
    }

    /// Waits until it has ended, however it ends.
    async fn ended(&mut self) {
        if let Err(error) = self.child.wait().await {
            tracing::warn!(%error, "the shell could not be waited for");
        }
    }
}

/// Ends when the shell does; never where there is none.
pub(super) async fn ended(guest: &mut Option<Guest>) {
    match guest {
        Some(guest) => guest.ended().await,
        None => std::future::pending().await,
    }
}
