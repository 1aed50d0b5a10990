//! `rootdeck session`: a root session for another program.

use std::process::{Child, Command};

use jiff::Timestamp;
use rustix::process::{Pid, Signal, kill_process};
use secrecy::ExposeSecret;
use tokio::signal::unix::{SignalKind, signal};

use super::arguments::{Arguments, SessionArguments};
use super::context::{CommandContext, Needs};
use super::error::{CliError, Done, Exit};
use super::output::{self, print_error, print_note};
use crate::domain::root_session::RootSession;
use crate::domain::task_policy::TaskPolicy;
use crate::runtime::core_dump::with_limit_of_before;
use crate::runtime::subshell;
use crate::words::cli::session as words;
use crate::words::time::left;

/// What a shell ends with where a program is not there, and where it can't be run.
const NOT_FOUND: u8 = 127;
const NOT_RUNNABLE: u8 = 126;

pub(super) async fn run(arguments: &Arguments, wanted: &SessionArguments) -> Done {
    let context = CommandContext::read_about(arguments, std::slice::from_ref(&wanted.account), Needs::Switches).await?;
    let account = context.find(&wanted.account)?;
    let reason = wanted.reason.clone();
    context.clear(wanted.task, account, reason.as_deref()).await?;
    let opened = context.engine.root_session(account, wanted.task, wanted.seconds, reason).await;
    let session = opened.map_err(|error| context.error(&error))?;
    print_opened(&session, &account.name, wanted.task);
    let aws = context.engine.session();
    let (region, endpoint) = (aws.real_region(), aws.endpoint_override());
    if wanted.credential_process {
        return print(&session);
    }
    if wanted.shell {
        let ended = wait_for(subshell::shell(&session, region, endpoint), session).await;
        print_note(words::SHELL_ENDED);
        return ended;
    }
    let [program, words @ ..] = wanted.command.as_slice() else {
        return Err(CliError::usage(words::NO_COMMAND));
    };
    let mut command = Command::new(program);
    command.args(words);
    subshell::environment(&session, region, endpoint).give_to(&mut command);
    wait_for(command, session).await
}

fn print_opened(session: &RootSession, name: &str, task: TaskPolicy) {
    let remaining = session.info.expires.duration_since(Timestamp::now());
    print_note(&words::opened(name, session.info.key.account, task, left(remaining), task.actions().join(", ")));
}

fn print(session: &RootSession) -> Done {
    if output::is_terminal() {
        print_error(words::CREDENTIALS_ON_SCREEN);
    }
    let text = subshell::process_credentials(session)?;
    Ok(output::print(text.expose_secret())?)
}

/// Passes on what asks this process alone to end; ctrl-c is meant for the command, which has its own copy.
async fn wait_for(mut command: Command, session: RootSession) -> Done {
    // Before the command starts: a ctrl-c right after that must not end this process alone.
    let signals = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()), signal(SignalKind::hangup()));
    let (Ok(mut interrupt), Ok(mut terminate), Ok(mut hangup)) = signals else {
        return Err(CliError::failed(words::NO_SIGNALS));
    };
    let spawned = with_limit_of_before(|| command.spawn());
    drop((command, session));
    let child = spawned.map_err(|error| {
        let is_missing = error.kind() == std::io::ErrorKind::NotFound;
        let code = if is_missing { NOT_FOUND } else { NOT_RUNNABLE };
        CliError::failed(words::not_started(error)).ending(Exit::Passed(code))
    })?;
    let id = Pid::from_child(&child);
    let ending = tokio::task::spawn_blocking(move || end_of(child));
    tokio::pin!(ending);
    loop {
        let asked = tokio::select! {
            ended = &mut ending => return ended.unwrap_or(Exit::Failed.end()),
            _ = interrupt.recv() => None,
            _ = terminate.recv() => Some(Signal::TERM),
            _ = hangup.recv() => Some(Signal::HUP),
        };
        if let Some(signal) = asked {
            kill_process(id, signal).ok();
        }
    }
}

fn end_of(mut child: Child) -> Done {
    let status = child.wait()?;
    let signalled = std::os::unix::process::ExitStatusExt::signal(&status).map(|signal| 128 + signal);
    match status.code().or(signalled).and_then(|code| u8::try_from(code).ok()) {
        Some(0) => Ok(()),
        Some(code) => Exit::Passed(code).end(),
        None => Exit::Failed.end(),
    }
}
