//! The terminal's modes: taken at the start, given back whatever ends the program.

use std::io;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crossterm::cursor::Show;
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::queue;
use crossterm::style::ResetColor;
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};
use tokio::sync::Notify;

use super::shift::NO_MARGINS;

static TAKEN: AtomicBool = AtomicBool::new(false);
/// Whether the terminal reports the mouse while it is taken.
static MOUSE: AtomicBool = AtomicBool::new(false);
static HOOK: Once = Once::new();
/// Told when something has panicked: the terminal was given back, so nothing may be drawn any more.
static PANICKED: Notify = Notify::const_new();

pub(super) async fn panicked() {
    PANICKED.notified().await;
}

/// Buttons and the wheel, by cells: motion is not asked for, so an idle pointer costs nothing.
const REPORT_MOUSE: &[u8] = b"\x1b[?1000h\x1b[?1006h";
const IGNORE_MOUSE: &[u8] = b"\x1b[?1006l\x1b[?1000l";

#[derive(Debug)]
pub(super) struct Guard(());

impl Guard {
    pub(super) fn take(mouse: bool) -> io::Result<Self> {
        MOUSE.store(mouse, Ordering::SeqCst);
        HOOK.call_once(|| {
            let before = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |info| {
                // The message has to land on the shell's screen, not on the one about to vanish.
                give_back();
                before(info);
                PANICKED.notify_one();
            }));
        });
        let guard = Self(());
        Self::enter()?;
        Ok(guard)
    }

    /// At the start and after the shell has resumed the program.
    pub(super) fn enter() -> io::Result<()> {
        // Whoever had the terminal meanwhile may have changed its modes, and crossterm takes them for
        // its own as long as it has not been told otherwise.
        disable_raw_mode()?;
        enable_raw_mode()?;
        TAKEN.store(true, Ordering::SeqCst);
        let mut sequence = Vec::new();
        queue!(sequence, EnterAlternateScreen, EnableBracketedPaste)?;
        if MOUSE.load(Ordering::SeqCst) {
            sequence.extend(REPORT_MOUSE);
        }
        write_at_once(&sequence)
    }

    /// Whether the terminal is this program's to use: not while the shell has put it in the background.
    pub(super) fn is_ours() -> bool {
        match rustix::termios::tcgetpgrp(rustix::stdio::stdin()) {
            Ok(group) => group == rustix::process::getpgrp(),
            // Without a controlling terminal there are no jobs.
            Err(_) => true,
        }
    }

    pub(super) fn leave() {
        give_back();
    }
}

#[derive(Debug)]
pub(super) struct Modes(Termios);

impl Modes {
    pub(super) fn now() -> Option<Self> {
        tcgetattr(rustix::stdio::stdin()).ok().map(Self)
    }

    pub(super) fn set(&self) {
        tcsetattr(rustix::stdio::stdin(), OptionalActions::Now, &self.0).ok();
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        give_back();
    }
}

fn give_back() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    // A frame may have been cut off between its margins.
    let mut sequence = NO_MARGINS.as_bytes().to_vec();
    if MOUSE.load(Ordering::SeqCst) {
        sequence.extend(IGNORE_MOUSE);
    }
    let queued = queue!(sequence, ResetColor, DisableBracketedPaste, LeaveAlternateScreen, Show);
    // Where the terminal is gone there is nothing to give back.
    if queued.is_ok() {
        write_at_once(&sequence).ok();
    }
    disable_raw_mode().ok();
}

/// The most cells of a screen. No terminal has as many, and what reports more is mistaken.
const CELLS: u32 = 1_000_000;

/// Columns and rows; of a terminal that reports none, `COLUMNS` and `LINES`, or 80 and 24.
pub(super) fn size() -> (u16, u16) {
    let reported = crossterm::terminal::size().unwrap_or_default();
    sized(reported.0, reported.1, |name| std::env::var(name).ok())
}

pub(super) fn reported_size(columns: u16, rows: u16) -> (u16, u16) {
    sized(columns, rows, |name| std::env::var(name).ok())
}

fn sized(columns: u16, rows: u16, variable: impl Fn(&str) -> Option<String>) -> (u16, u16) {
    let or = |reported: u16, name: &str, otherwise: u16| {
        let set = || variable(name)?.trim().parse().ok().filter(|size| (1..=1000).contains(size));
        if reported > 0 { reported } else { set().unwrap_or(otherwise) }
    };
    let (columns, rows) = (or(columns, "COLUMNS", 80), or(rows, "LINES", 24));
    let most = u16::try_from(CELLS / u32::from(columns.max(1))).unwrap_or(u16::MAX);
    (columns, rows.min(most))
}

/// How long to wait for a terminal that takes no output.
const STALLED: Duration = Duration::from_millis(500);

pub(super) fn write_at_once(sequence: &[u8]) -> io::Result<()> {
    if takes_output(STALLED)? { write_all(sequence) } else { Err(io::ErrorKind::TimedOut.into()) }
}

fn takes_output(most: Duration) -> io::Result<bool> {
    let limit = Timespec::try_from(most).map_err(io::Error::other)?;
    let output = rustix::stdio::stdout();
    let mut fds = [PollFd::new(&output, PollFlags::OUT)];
    Ok(poll(&mut fds, Some(&limit))? > 0)
}

/// In one `write` as far as the terminal takes it. The lock of the standard library's stdout would be held while the
/// terminal stalls, and its buffer cuts a frame in pieces.
pub(super) fn write_all(mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match rustix::io::write(rustix::stdio::stdout(), bytes) {
            Ok(count) => bytes = bytes.get(count..).unwrap_or_default(),
            Err(Errno::INTR) => {}
            Err(Errno::AGAIN) => {
                takes_output(STALLED)?;
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Ends when the terminal is gone. A thread waits for it in the kernel, and is not joined, since it can't be
/// interrupted.
pub(super) fn watch() -> Gone {
    let (reported, gone) = tokio::sync::oneshot::channel();
    let watcher = std::thread::Builder::new().name("terminal".to_owned()).spawn(move || {
        let input = io::stdin();
        loop {
            // No event is asked for: hang-ups and errors are reported anyway.
            let mut fds = [PollFd::new(&input, PollFlags::empty())];
            match poll(&mut fds, None) {
                Err(error) if error == Errno::INTR => {}
                Err(_) => return,
                Ok(_) => {
                    let [input] = fds;
                    if input.revents().intersects(PollFlags::HUP | PollFlags::ERR) {
                        reported.send(()).ok();
                    }
                    return;
                }
            }
        }
    });
    match watcher {
        Ok(_) => Box::pin(async move {
            // A watcher that ended without a word knows nothing.
            if gone.await.is_err() {
                std::future::pending::<()>().await;
            }
        }),
        Err(_) => never(),
    }
}

pub(super) type Gone = std::pin::Pin<Box<dyn Future<Output = ()> + Send>>;

pub(super) fn never() -> Gone {
    Box::pin(std::future::pending())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_without_a_size_has_that_of_the_environment_or_the_usual_one() {
        let none = |_: &str| None;
        for (reported, expected) in
            [((0, 0), (80, 24)), ((0, 30), (80, 30)), ((100, 0), (100, 24)), ((60, 15), (60, 15))]
        {
            assert_eq!(sized(reported.0, reported.1, none), expected);
        }
        let set = |columns: &'static str, lines: &'static str| {
            move |name: &str| Some(if name == "LINES" { lines } else { columns }.to_owned())
        };
        assert_eq!(sized(0, 0, set("120", "36")), (120, 36));
        assert_eq!(sized(60, 15, set("120", "36")), (60, 15), "the terminal knows better");
        for (columns, lines) in [("0", "-1"), ("", "x"), ("99999", "1e9")] {
            assert_eq!(sized(0, 0, set(columns, lines)), (80, 24));
        }
        let (columns, rows) = sized(u16::MAX, u16::MAX, none);
        assert!(u32::from(columns) * u32::from(rows) <= CELLS);
    }
}
