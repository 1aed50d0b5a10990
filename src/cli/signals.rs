//! Being asked to end, where that must not cut something off.

use std::io;

use tokio::signal::unix::{Signal, SignalKind, signal};

/// From when it is made, ctrl-c and SIGTERM end nothing by themselves, for as long as the program
/// runs: whatever waits has to wait for [`Interrupts::next`], too.
#[derive(Debug)]
pub(super) struct Interrupts {
    interrupt: Signal,
    terminate: Signal,
}

impl Interrupts {
    /// Takes the signals.
    ///
    /// # Errors
    /// The system's.
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    /// Ends when the program is asked to end.
    pub(super) async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }

    /// The same; without an end where the signals could not be had.
    pub(super) async fn next_of(interrupts: &mut Option<Self>) {
        match interrupts {
            Some(interrupts) => interrupts.next().await,
            None => std::future::pending().await,
        }
    }
}
