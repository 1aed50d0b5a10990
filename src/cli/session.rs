//! `rootdeck session`: a root session for another program.

use std::process::{Child, Command};

use jiff::Timestamp;
use rustix::process::{Pid, Signal, kill_process};
use secrecy::ExposeSecret;
use tokio::signal::unix::{SignalKind, signal};

use super::Exit;
use super::arguments::{Arguments, SessionArguments};
use super::ground::Ground;
use super::output::{self, complain};
use crate::domain::root_session::RootSession;
use crate::domain::task_policy::TaskPolicy;
use crate::runtime::core_dump::with_limit_of_before;
use crate::runtime::subshell;
use crate::words::time::left;

/// What a shell ends with where a program is not there, and where it can't be run.
const NOT_FOUND: u8 = 127;
const NOT_RUNNABLE: u8 = 126;

/// Opens the session and gives it to whom it is for.
pub(super) async fn run(arguments: &Arguments, wanted: &SessionArguments) -> Exit {
    hand_over(arguments, wanted).await.unwrap_or_else(|exit| exit)
}

async fn hand_over(arguments: &Arguments, wanted: &SessionArguments) -> Result<Exit, Exit> {
    let ground = Ground::read(arguments).await?;
    let account = ground.find(&wanted.account)?;
    ground.clear(wanted.task, account).await?;
    let opened = ground.engine.root_session(account, wanted.task, wanted.seconds).await;
    let session = opened.map_err(|fault| ground.complain_of(&fault))?;
    tell(&session, &account.name, wanted.task);
    let aws = ground.engine.session();
    let (region, endpoint) = (aws.real_region(), aws.endpoint_override());
    if wanted.credential_process {
        return Ok(print(&session));
    }
    if wanted.shell {
        let ended = wait_for(subshell::shell(&session, region, endpoint), session).await;
        complain("the shell has ended");
        return Ok(ended);
    }
    let [program, words @ ..] = wanted.command.as_slice() else {
        complain("no command was given");
        return Err(Exit::Usage);
    };
    let mut command = Command::new(program);
    command.args(words);
    subshell::environment(&session, region, endpoint).give_to(&mut command);
    Ok(wait_for(command, session).await)
}

fn tell(session: &RootSession, name: &str, task: TaskPolicy) {
    let remaining = session.in_hand.expires.duration_since(Timestamp::now());
    complain(&format!(
        "root session in {name} ({}) for {task}, {}; it can't be ended before. What works in it: {}",
        session.in_hand.key.account,
        left(remaining),
        task.actions().join(", ")
    ));
}

fn print(session: &RootSession) -> Exit {
    if output::is_terminal() {
        complain("these are credentials of root: whoever reads this screen can use them");
    }
    match subshell::process_credentials(session).and_then(|text| output::print(text.expose_secret())) {
        Ok(()) => Exit::Done,
        Err(error) => {
            complain(&error.to_string());
            Exit::Failed
        }
    }
}

/// Runs `command` to its end. Ours is not the process that ctrl-c is meant for; what asks this
/// process alone to end is passed on. The copies made for the command are wiped once it has its own.
async fn wait_for(mut command: Command, session: RootSession) -> Exit {
    // Before the command starts: a ctrl-c right after that must not end this process alone.
    let signals = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()), signal(SignalKind::hangup()));
    let (Ok(mut interrupt), Ok(mut terminate), Ok(mut hangup)) = signals else {
        complain("the signals of this process can't be had");
        return Exit::Failed;
    };
    let spawned = with_limit_of_before(|| command.spawn());
    drop((command, session));
    let child = match spawned {
        Ok(child) => child,
        Err(error) => {
            complain(&format!("the command can't be started: {error}"));
            let missing = error.kind() == std::io::ErrorKind::NotFound;
            return Exit::Passed(if missing { NOT_FOUND } else { NOT_RUNNABLE });
        }
    };
    let id = Pid::from_child(&child);
    let ending = tokio::task::spawn_blocking(move || end_of(child));
    tokio::pin!(ending);
    loop {
        let asked = tokio::select! {
            ended = &mut ending => return ended.unwrap_or(Exit::Failed),
            _ = interrupt.recv() => None,
            _ = terminate.recv() => Some(Signal::TERM),
            _ = hangup.recv() => Some(Signal::HUP),
        };
        if let Some(signal) = asked {
            kill_process(id, signal).ok();
        }
    }
}

fn end_of(mut child: Child) -> Exit {
    match child.wait() {
        Ok(status) => {
            let signalled = std::os::unix::process::ExitStatusExt::signal(&status).map(|signal| 128 + signal);
            let code = status.code().or(signalled).and_then(|code| u8::try_from(code).ok());
            code.map_or(Exit::Failed, Exit::Passed)
        }
        Err(error) => {
            complain(&error.to_string());
            Exit::Failed
        }
    }
}
