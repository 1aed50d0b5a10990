//! A program that has the terminal for a while: a shell, an editor, or a sign-in.

use std::io;
use std::process::ExitStatus;

use tokio::process::{Child, Command};

use super::core_dump::with_limit_of_before;
use super::editor::Editing;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::profile::{Browser, SignIn};
use crate::domain::root_session::SessionKey;
use crate::words::sign_in as words;

#[derive(Debug, PartialEq, Eq)]
pub(super) enum ChildPurpose {
    Shell(SessionKey),
    Editor(Box<Editing>),
    SignIn(SignIn, Browser),
    /// Reading the output of a sign-in that failed; rootdeck's own screen would hide it.
    ReadFailure(ApiError),
}

#[derive(Debug)]
pub(super) struct ChildProcess {
    pub(super) purpose: ChildPurpose,
    child: Child,
}

impl ChildProcess {
    pub(super) fn start(purpose: ChildPurpose, command: std::process::Command) -> Result<Self, ApiError> {
        let started = with_limit_of_before(|| Command::from(command).kill_on_drop(true).spawn());
        let reported = |error: io::Error| match (&purpose, error.kind()) {
            (ChildPurpose::SignIn(..), io::ErrorKind::NotFound) => failure(words::NOT_INSTALLED),
            (ChildPurpose::SignIn(..) | ChildPurpose::ReadFailure(_), _) => failure(&error.to_string()),
            (ChildPurpose::Editor(_), _) => ApiError::new("rootdeck:editor", ApiErrorKind::Local, &error.to_string()),
            (ChildPurpose::Shell(_), _) => ApiError::new("rootdeck:shell", ApiErrorKind::Local, &error.to_string()),
        };
        let child = started.map_err(reported)?;
        Ok(Self { purpose, child })
    }

    /// Whether a stop from the keyboard stops it, and it alone: shells look after themselves.
    pub(super) fn is_stopped_by_keys(&self) -> bool {
        !matches!(self.purpose, ChildPurpose::Shell(_))
    }

    /// However it ends.
    async fn ended(&mut self) -> Option<ExitStatus> {
        let status = self.child.wait().await;
        if let Err(error) = &status {
            tracing::warn!(%error, "the program with the terminal could not be waited for");
        }
        status.ok()
    }
}

/// Waits for the end of the child process; forever if there is none.
pub(super) async fn ended(child_process: &mut Option<ChildProcess>) -> Option<ExitStatus> {
    match child_process {
        Some(child_process) => child_process.ended().await,
        None => std::future::pending().await,
    }
}

pub(super) fn sign_in(sign_in: &SignIn, browser: Browser) -> std::process::Command {
    let words = sign_in.words(browser);
    let mut words = words.iter();
    let mut command = std::process::Command::new(words.next().map_or("aws", String::as_str));
    command.args(words);
    command
}

pub(super) fn wait() -> std::process::Command {
    let mut command = std::process::Command::new("/bin/sh");
    command.args(["-c", "printf '\\n%s' \"$1\"; read -r _", "sh", words::WAITS_AFTER_FAILURE]);
    command
}

/// Whether a person stopped it: nothing is left to read then. The AWS CLI catches ctrl-c and ends with 130.
pub(super) fn was_stopped(status: Option<ExitStatus>) -> bool {
    status.is_none_or(|status| matches!(status.code(), None | Some(130)))
}

pub(super) fn signed_in(status: Option<ExitStatus>) -> Result<(), ApiError> {
    match status {
        Some(status) if status.success() => Ok(()),
        status if was_stopped(status) => Err(failure(words::STOPPED)),
        status => Err(failure(&words::failed(status.and_then(|status| status.code()).unwrap_or_default()))),
    }
}

fn failure(message: &str) -> ApiError {
    ApiError::new("rootdeck:sign-in", ApiErrorKind::Local, message)
}
