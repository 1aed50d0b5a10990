//! What goes to stdout and stderr. Data goes to the one, everything else to the other.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, IsTerminal, Write};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use rustix::termios::tcgetwinsize;

use super::error::Done;
use super::page::Page;

use super::stderr::{mark, shows_progress};
pub(super) use super::stderr::{print_error, print_note, shows_notes};
use crate::words::cli::program::time_left;
use crate::words::rows::Room;

/// Data; of one of several organizations later, with that of the others.
pub(super) fn print(text: &str) -> io::Result<()> {
    match Page::collecting() {
        Some(page) => page.add_text(text),
        None => print_now(text)?,
    }
    Ok(())
}

pub(super) fn print_now(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

pub(super) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// How wide a table may be; any width where stdout is no terminal.
pub(super) fn room() -> Option<Room> {
    if !is_terminal() {
        return None;
    }
    let columns = usize::from(tcgetwinsize(io::stdout()).ok()?.ws_col);
    // A terminal that reports no size is wide enough.
    (columns > 0).then(|| Room { columns, mark: mark() })
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
        let progress = Self::new();
        progress.expects(doing, total);
        progress
    }

    /// From now on a bar that is full once about `total` things are done.
    pub(super) fn expects(&self, doing: &'static str, total: usize) {
        let style = style("{prefix} [{bar:20}] {pos}/{len}{rate}{left}{msg}");
        self.0.set_style(style.with_key("rate", rate).with_key("left", left));
        self.0.set_length(total as u64);
        self.0.set_prefix(doing);
        self.0.reset_eta();
        self.show("");
    }

    pub(super) fn show(&self, text: impl Into<Cow<'static, str>>) {
        self.0.set_message(text);
    }

    /// That so many are done.
    pub(super) fn reached(&self, count: usize) {
        self.0.set_position(count as u64);
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
    // Several at once would draw over each other.
    if !shows_progress() || Page::current().is_some() {
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

/// About how long the rest takes; nothing before there is a rate.
fn left(state: &ProgressState, line: &mut dyn fmt::Write) {
    let is_on_its_way = state.pos() > 0 && state.len().is_some_and(|total| state.pos() < total);
    if is_on_its_way {
        write!(line, ", {}", time_left(state.eta())).ok();
    }
}
