//! The code of an MFA device, for subcommands: asked for at the terminal, without echo.

use std::io::{self, IsTerminal, Write};

use tokio::sync::Mutex;

use super::environment::Environment;
use super::error::Exit;
use super::hidden::{Given, Hidden, given, is_called_off, piece};
use super::output::print_error;
use super::signals::Interrupts;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::endpoint::{CODES, ROOT_SESSIONS, is_unencrypted};
use crate::domain::mfa::MfaCode;
use crate::engine::Engine;
use crate::runtime::Connect;
use crate::words::api_error::headline;
use crate::words::cli::program as words;
use crate::words::record::message;

const ATTEMPTS: usize = 3;

/// Several organizations are connected at once; a person answers one question after the other.
static ASKING: Mutex<()> = Mutex::const_new(());

impl Environment {
    /// Connects; where the role of the profile wants an MFA code, a person at the terminal is asked.
    pub(super) async fn connect_asking(&self) -> Result<Engine, ApiError> {
        if let Some(engine) = self.kept_engine() {
            return Ok(engine.clone());
        }
        let mut connected = self.connect(None).await;
        for _ in 0..ATTEMPTS {
            let Err(wanted) = &connected else { break };
            if wanted.kind != ApiErrorKind::MfaCodeNeeded || !is_person_there() {
                break;
            }
            if wanted.code.is_some() {
                print_error(&headline(wanted));
            }
            let _alone = ASKING.lock().await;
            match ask(wanted).await {
                Some(code) => connected = self.connect(Some(code)).await,
                None => print_error(words::NO_MFA_CODE),
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
        print_error(&words::plain_http(endpoint));
    }
}

/// Whether somebody can answer. A program that runs this one for its credentials shows nobody what it asks.
fn is_person_there() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

async fn ask(wanted: &ApiError) -> Option<MfaCode> {
    // Before the modes of the terminal change: whatever ends the program gives them back.
    let mut interrupts = Interrupts::new();
    let question = words::mfa_code(wanted.code.is_none().then(|| message(&wanted.message)).as_deref());
    // Before the question: what is typed at once must not be shown.
    let hidden = Hidden::begin().ok()?;
    // What else stands on the line is progress.
    write!(io::stderr(), "\r\x1b[K{question}").ok();
    io::stderr().flush().ok();
    let typed = tokio::select! {
        typed = tokio::task::spawn_blocking(line) => typed.ok().and_then(Result::ok).filter(|line| !is_called_off(line)),
        () = interrupts.next() => None,
    };
    drop(hidden);
    writeln!(io::stderr()).ok();
    let Some(typed) = typed else { std::process::exit(Exit::Interrupted.code().into()) };
    MfaCode::parse(std::str::from_utf8(&typed).ok()?)
}

/// A line of the terminal; nothing at its end.
fn line() -> io::Result<Given> {
    let mut given = given();
    piece(&mut given)?;
    Ok(given)
}
