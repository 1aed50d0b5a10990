//! Asking a person before anything is changed.

use std::io::{self, IsTerminal, Write};

use rustix::termios::QueueSelector;

use super::arguments::Consent;
use super::error::{CliError, Done};
use super::output::{print_error, print_note};
use super::signals::Interrupts;
use crate::words::cli::program as words;

impl Consent {
    /// Whether consent is given or can be asked for; looked at before anything is done.
    pub(super) fn check(&self) -> Done {
        let can_ask = io::stdin().is_terminal() && io::stderr().is_terminal();
        if self.yes || can_ask { Ok(()) } else { Err(CliError::usage(words::NO_TERMINAL_TO_ASK)) }
    }

    /// Says what a person has to know before the question. Where nobody is asked it is a note.
    pub(super) fn tell(&self, text: &str) {
        if self.yes { print_note(text) } else { print_error(text) }
    }

    /// The same for several sentences, or none.
    pub(super) fn tell_all<T: AsRef<str>>(&self, texts: impl IntoIterator<Item = T>) {
        texts.into_iter().for_each(|text| self.tell(text.as_ref()));
    }

    pub(super) async fn ask(&self, token: &str) -> Done {
        if self.yes {
            return Ok(());
        }
        let typed = answer(&words::type_token(token)).await?;
        if typed.trim() == token { Ok(()) } else { Err(CliError::failed(words::NOT_THE_TOKEN)) }
    }

    /// Asks whether to go on with what can do little harm, unless consent is given already.
    pub(super) async fn agree(&self) -> Done {
        if self.yes {
            return Ok(());
        }
        let typed = answer(words::GO_ON).await?;
        let agreed = ["y", "yes"].contains(&typed.trim().to_lowercase().as_str());
        if agreed { Ok(()) } else { Err(CliError::failed(words::NOTHING_CHANGED)) }
    }
}

async fn answer(question: &str) -> Result<String, CliError> {
    // Before the question: a ctrl-c right after it must not be lost.
    let mut interrupts = Interrupts::new();
    // What was typed before one could see what goes is no answer.
    rustix::termios::tcflush(rustix::stdio::stdin(), QueueSelector::IFlush).ok();
    write!(io::stderr(), "{question}").ok();
    io::stderr().flush().ok();
    let typing = tokio::task::spawn_blocking(|| {
        let mut line = String::new();
        io::stdin().read_line(&mut line).map(|_| line)
    });
    tokio::select! {
        // What can't be read is no answer either.
        typed = typing => Ok(typed.ok().and_then(Result::ok).unwrap_or_default()),
        () = interrupts.next() => {
            writeln!(io::stderr()).ok();
            Err(CliError::interrupted(words::NOTHING_CHANGED))
        }
    }
}
