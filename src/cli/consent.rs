//! Asking a person before anything is changed.

use std::io::{self, IsTerminal, Write};

use rustix::termios::QueueSelector;

use super::Exit;
use super::arguments::Consent;
use super::output::complain;
use super::signals::Interrupts;

impl Consent {
    /// Whether consent is given or can be asked for; looked at before anything is done.
    pub(super) fn check(&self) -> Result<(), Exit> {
        if self.yes || (io::stdin().is_terminal() && io::stderr().is_terminal()) {
            return Ok(());
        }
        complain("this has to be confirmed, and there is no terminal to ask at: add --yes");
        Err(Exit::Usage)
    }

    /// Has `token` typed, unless consent is given already.
    pub(super) async fn ask(&self, token: &str) -> Result<(), Exit> {
        if self.yes {
            return Ok(());
        }
        // Before the question: a ctrl-c right after it must not be lost.
        let mut interrupts = Interrupts::new().ok();
        // What was typed before one could see what goes is no answer.
        rustix::termios::tcflush(rustix::stdio::stdin(), QueueSelector::IFlush).ok();
        write!(io::stderr(), "Type {token} to go on: ").ok();
        io::stderr().flush().ok();
        let typing = tokio::task::spawn_blocking(|| {
            let mut line = String::new();
            io::stdin().read_line(&mut line).map(|_| line)
        });
        let typed = tokio::select! {
            typed = typing => typed,
            () = Interrupts::next_of(&mut interrupts) => {
                writeln!(io::stderr()).ok();
                complain("nothing was changed");
                return Err(Exit::Interrupted);
            }
        };
        if matches!(&typed, Ok(Ok(line)) if line.trim() == token) {
            return Ok(());
        }
        complain("that is not it: nothing was changed");
        Err(Exit::Failed)
    }
}
