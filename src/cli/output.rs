//! What goes to stdout and stderr. Data goes to the one, everything else to the other.

use std::io::{self, IsTerminal, Write};

use super::error::Done;

pub(super) use super::stderr::print_error;

/// Writes data to stdout.
///
/// # Errors
/// Where stdout can't be written to, a closed pipe included.
pub(super) fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// Whether stdout is a terminal.
pub(super) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Writes data to stdout, if it could be put into its form.
pub(super) fn deliver(text: io::Result<String>) -> Done {
    Ok(print(&text?)?)
}

/// Writes a line to stdout.
pub(super) fn line(text: &str) -> Done {
    deliver(Ok(format!("{text}\n")))
}

/// Shows how far a long work is, on one line of stderr, if that is a terminal.
#[derive(Debug)]
pub(super) struct Progress {
    shown: bool,
}

impl Progress {
    pub(super) fn new() -> Self {
        Self { shown: io::stderr().is_terminal() }
    }

    /// Replaces the line.
    pub(super) fn show(&self, text: &str) {
        if self.shown {
            write!(io::stderr(), "\r\x1b[K{text}").ok();
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.show("");
    }
}
