//! Being asked to end, where that must not cut something off.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;

use super::error::Exit;
use crate::aws::session::CALL_LIMIT;
use crate::words::cli::program as words;

static HELD: AtomicUsize = AtomicUsize::new(0);
/// How they are told; there once the first was made.
static TELLER: Mutex<Option<watch::Sender<()>>> = Mutex::new(None);

/// While one exists, ctrl-c, SIGTERM and SIGHUP end nothing by themselves: whoever waits also waits for [`Self::next`].
#[derive(Debug)]
pub(super) struct Interrupts {
    /// `None` where the signals could not be had: then nothing is told.
    reported: Option<watch::Receiver<()>>,
}

impl Interrupts {
    pub(super) fn new() -> Self {
        Self { reported: Self::take().ok() }
    }

    fn take() -> io::Result<watch::Receiver<()>> {
        let mut teller = TELLER.lock().unwrap_or_else(PoisonError::into_inner);
        let reported = if let Some(teller) = teller.as_ref() {
            teller.subscribe()
        } else {
            // Who started the program with `nohup` wants it to live on without its terminal.
            let hang_up = if hang_up_is_ignored() { None } else { Some(signal(SignalKind::hangup())?) };
            let signals = Signals {
                interrupt: signal(SignalKind::interrupt())?,
                terminate: signal(SignalKind::terminate())?,
                hang_up,
            };
            let (print, reported) = watch::channel(());
            tokio::spawn(pass_on(signals, print.clone()));
            *teller = Some(print);
            reported
        };
        HELD.fetch_add(1, Ordering::SeqCst);
        Ok(reported)
    }

    pub(super) async fn next(&mut self) {
        let asked = match &mut self.reported {
            Some(reported) => reported.changed().await.is_ok(),
            None => false,
        };
        if !asked {
            // Nobody tells any more.
            std::future::pending::<()>().await;
        }
    }
}

/// What is said each time a person asks to end while AWS has not answered. `what` is what waits.
pub(super) fn waiting(asked: u32, what: &str) -> String {
    if asked <= 1 { words::waiting(what) } else { words::still_waiting(what, CALL_LIMIT.as_secs(), std::process::id()) }
}

impl Drop for Interrupts {
    fn drop(&mut self) {
        if self.reported.is_some() {
            HELD.fetch_sub(1, Ordering::SeqCst);
        }
    }
}

struct Signals {
    interrupt: Signal,
    terminate: Signal,
    hang_up: Option<Signal>,
}

impl Signals {
    async fn next(&mut self) {
        let hang_up = async {
            match &mut self.hang_up {
                Some(signal) => signal.recv().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
            _ = hang_up => {}
        }
    }
}

/// Passes signals on to whoever holds them back, and ends the program where nobody does. It is the one listener.
async fn pass_on(mut signals: Signals, print: watch::Sender<()>) {
    loop {
        signals.next().await;
        if HELD.load(Ordering::SeqCst) == 0 {
            std::process::exit(Exit::Interrupted.code().into());
        }
        print.send_replace(());
    }
}

/// Whether this process was started with SIGHUP ignored. Only Linux tells without unsafe code.
fn hang_up_is_ignored() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    ignores_hang_up(&status)
}

fn ignores_hang_up(status: &str) -> bool {
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| mask & 1 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_says_of_ignored_signals_is_read() {
        assert!(ignores_hang_up("Name:\tx\nSigIgn:\t0000000000001001\nSigCgt:\t0\n"));
        assert!(!ignores_hang_up("SigIgn:\t0000000000001000\nSigCgt:\t0000000000000001\n"));
        assert!(!ignores_hang_up(""));
    }
}
