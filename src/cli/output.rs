//! What goes to stdout and stderr. Data goes to the one, everything else to the other.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, IsTerminal, Write};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use super::error::Done;

use super::stderr::shows_progress;
pub(super) use super::stderr::{print_error, print_note};

pub(super) fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

pub(super) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Writes data to stdout, if it could be put into its form.
pub(super) fn deliver(text: io::Result<String>) -> Done {
    Ok(print(&text?)?)
}

pub(super) fn line(text: &str) -> Done {
    deliver(Ok(format!("{text}\n")))
}

/// Shows how far a long work is, on one line of stderr, if that is a terminal that can take a line back.
pub(super) struct Progress(ProgressBar);

impl Progress {
    pub(super) fn new() -> Self {
        Self(target(ProgressBar::new_spinner()).with_style(style("{msg}")))
    }

    /// A bar that is full once `total` things are done.
    pub(super) fn of(doing: &'static str, total: usize) -> Self {
        let bar = target(ProgressBar::new(total as u64)).with_prefix(doing);
        let progress = Self(bar.with_style(style("{prefix} [{bar:20}] {pos}/{len}{rate}{msg}").with_key("rate", rate)));
        progress.show("");
        progress
    }

    pub(super) fn show(&self, text: impl Into<Cow<'static, str>>) {
        self.0.set_message(text);
    }

    pub(super) fn advance(&self) {
        self.0.inc(1);
    }

    pub(super) fn print_error(&self, text: &str) {
        self.aside(|| print_error(text));
    }

    /// Does what prints, without the line of progress between.
    pub(super) fn aside<T>(&self, print: impl FnOnce() -> T) -> T {
        self.0.suspend(print)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

fn target(bar: ProgressBar) -> ProgressBar {
    if !shows_progress() {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    bar
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("= ")
}

/// So many in a second; nothing before the first is done.
fn rate(state: &ProgressState, line: &mut dyn fmt::Write) {
    if state.pos() > 0 {
        write!(line, ", {:.1}/s", state.per_sec()).ok();
    }
}
