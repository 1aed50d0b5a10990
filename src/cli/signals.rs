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
}

/// Ends when the program is asked to end; never where the signals can't be had.
pub(super) async fn end_asked_for() {
    match Interrupts::new() {
        Ok(mut interrupts) => interrupts.next().await,
        Err(_) => std::future::pending().await,
    }
}
