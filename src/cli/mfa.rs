//! The code of an MFA device, for subcommands: asked for at the terminal, without echo.

use std::io::{self, IsTerminal, Write};

use crossterm::event::{Event, KeyCode, KeyModifiers, read};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use zeroize::Zeroizing;

use super::output::complain;
use super::place::RunPlace;
use crate::domain::fault::{Fault, FaultKind};
use crate::domain::mfa::MfaCode;
use crate::engine::Engine;
use crate::words::fault::headline;

/// How many codes are asked for before it is given up.
const ATTEMPTS: usize = 3;

impl RunPlace {
    /// Connects; where the role of the profile wants a code of an MFA device, a person at the terminal is
    /// asked for it.
    ///
    /// # Errors
    /// Whatever stands in the way.
    pub(super) async fn connect_asking(&self) -> Result<Engine, Fault> {
        let mut connected = self.connect(None).await;
        for _ in 0..ATTEMPTS {
            let Err(wanted) = &connected else { break };
            if wanted.kind != FaultKind::MfaCodeNeeded || !io::stdin().is_terminal() {
                break;
            }
            if wanted.code.is_some() {
                complain(&headline(wanted));
            }
            let Some(code) = ask(wanted).await else { break };
            connected = self.connect(Some(code)).await;
        }
        connected
    }
}

/// The code that was typed; `None` if there was none.
async fn ask(wanted: &Fault) -> Option<MfaCode> {
    // What else stands on the line is progress.
    let why = if wanted.code.is_none() { format!("{}. ", wanted.message) } else { String::new() };
    write!(io::stderr(), "\r\x1b[K{why}Code (not shown): ").ok();
    io::stderr().flush().ok();
    let typed = tokio::task::spawn_blocking(typed).await.ok()?.ok()?;
    let code = MfaCode::parse(&typed);
    if code.is_none() {
        complain("that is no code: six digits");
    }
    code
}

/// A line of the terminal, without echo. ctrl-c ends the program as it does elsewhere; to hear of it as
/// a signal would take it from everything that comes later.
fn typed() -> io::Result<Zeroizing<String>> {
    let mut typed = Zeroizing::new(String::with_capacity(64));
    enable_raw_mode()?;
    let ended = read_line(&mut typed);
    disable_raw_mode()?;
    writeln!(io::stderr()).ok();
    if ended? == LineEnd::Interrupted {
        typed.clear();
        rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::INT)?;
    }
    Ok(typed)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum LineEnd {
    Entered,
    Interrupted,
}

fn read_line(typed: &mut String) -> io::Result<LineEnd> {
    loop {
        let Event::Key(key) = read()? else { continue };
        match (key.code, key.modifiers.contains(KeyModifiers::CONTROL)) {
            (KeyCode::Char('c' | 'd'), true) | (KeyCode::Esc, _) => return Ok(LineEnd::Interrupted),
            (KeyCode::Enter, _) | (KeyCode::Char('j' | 'm'), true) => return Ok(LineEnd::Entered),
            (KeyCode::Backspace, _) => {
                typed.pop();
            }
            (KeyCode::Char(c), false) if typed.len() < 64 => typed.push(c),
            _ => {}
        }
    }
}
