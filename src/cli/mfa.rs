//! The code of an MFA device, for subcommands: asked for at the terminal, without echo.

use std::io::{self, IsTerminal, Write};

use crossterm::event::{Event, KeyCode, KeyModifiers, read};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use zeroize::Zeroizing;

use super::Exit;
use super::environment::Environment;
use super::output::print_error;
use super::signals::Interrupts;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::endpoint::{CODES, ROOT_SESSIONS, is_unencrypted};
use crate::domain::mfa::MfaCode;
use crate::engine::Engine;
use crate::words::api_error::headline;

/// How many codes are asked for before it is given up.
const ATTEMPTS: usize = 3;
/// The most that is taken for one, in bytes.
const MOST: usize = 64;

impl Environment {
    /// Connects; where the role of the profile wants a code of an MFA device, a person at the terminal is
    /// asked for it.
    ///
    /// # Errors
    /// Whatever stands in the way.
    pub(super) async fn connect_asking(&self) -> Result<Engine, ApiError> {
        let mut connected = self.connect(None).await;
        for _ in 0..ATTEMPTS {
            let Err(wanted) = &connected else { break };
            if wanted.kind != ApiErrorKind::MfaCodeNeeded || !is_person_there() {
                break;
            }
            if wanted.code.is_some() {
                print_error(&headline(wanted));
            }
            match ask(wanted).await {
                Some(code) => connected = self.connect(Some(code)).await,
                None => print_error("that is no code: six digits"),
            }
        }
        connected.inspect(|engine| {
            warn_of_endpoint(engine);
            self.take(engine);
        })
    }
}

/// Says so where what is read and sent can be read, and changed, by whoever is in between.
fn warn_of_endpoint(engine: &Engine) {
    let endpoint = engine.session().endpoint_override();
    if let Some(endpoint) = endpoint.filter(|shown| is_unencrypted(shown, &[&ROOT_SESSIONS[..], &CODES].concat())) {
        print_error(&format!(
            "!! {endpoint} is plain http on another machine: whoever is in between can read and change everything. \
             Root sessions and one-time passwords are refused there"
        ));
    }
}

/// Whether somebody would see the question and could answer it. A program that runs this one for its
/// credentials shows nobody what it asks.
fn is_person_there() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// The code that was typed; `None` if it is none.
async fn ask(wanted: &ApiError) -> Option<MfaCode> {
    // Before the modes of the terminal change: whatever ends the program gives them back.
    let mut interrupts = Interrupts::new().ok();
    let why = if wanted.code.is_none() { format!("{}. ", wanted.message) } else { String::new() };
    // Before the question: what is typed at once must not be shown.
    enable_raw_mode().ok()?;
    // What else stands on the line is progress.
    write!(io::stderr(), "\r\x1b[K{why}Code (not shown): ").ok();
    io::stderr().flush().ok();
    let typed = tokio::select! {
        typed = tokio::task::spawn_blocking(typed) => typed.ok().and_then(Result::ok).flatten(),
        () = Interrupts::next_of(&mut interrupts) => None,
    };
    disable_raw_mode().ok();
    writeln!(io::stderr()).ok();
    let Some(typed) = typed else { std::process::exit(Exit::Interrupted.code().into()) };
    MfaCode::parse(&typed)
}

/// A line of the terminal; `None` if ctrl-c ends it.
fn typed() -> io::Result<Option<Zeroizing<String>>> {
    let mut typed = Zeroizing::new(String::with_capacity(MOST));
    loop {
        let Event::Key(key) = read()? else { continue };
        match (key.code, key.modifiers.contains(KeyModifiers::CONTROL)) {
            (KeyCode::Char('c' | 'd'), true) | (KeyCode::Esc, _) => return Ok(None),
            (KeyCode::Enter, _) | (KeyCode::Char('j' | 'm'), true) => return Ok(Some(typed)),
            (KeyCode::Backspace, _) => {
                typed.pop();
            }
            (KeyCode::Char(c), false) if typed.len() + c.len_utf8() <= MOST => typed.push(c),
            _ => {}
        }
    }
}
