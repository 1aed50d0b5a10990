//! Being asked to end, where that must not cut something off.

use std::io;
use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::signal::unix::{Signal, SignalKind, signal};

use super::Exit;

/// How many of them there are.
static HELD: AtomicUsize = AtomicUsize::new(0);
/// What ends the program where there is none any more: the system does not once a signal was taken.
static GUARD: Once = Once::new();

/// As long as it is there, ctrl-c and SIGTERM end nothing by themselves: whatever waits has to wait for
/// [`Interrupts::next`], too.
#[derive(Debug)]
pub(super) struct Interrupts {
    interrupt: Signal,
    terminate: Signal,
}

impl Drop for Interrupts {
    fn drop(&mut self) {
        HELD.fetch_sub(1, Ordering::SeqCst);
    }
}

fn taken() -> io::Result<(Signal, Signal)> {
    Ok((signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?))
}

/// Ends the program at a signal that nobody holds back.
async fn guard((mut interrupt, mut terminate): (Signal, Signal)) {
    loop {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        if HELD.load(Ordering::SeqCst) == 0 {
            std::process::exit(Exit::Interrupted.code().into());
        }
    }
}

impl Interrupts {
    /// Takes the signals.
    ///
    /// # Errors
    /// The system's.
    pub(super) fn new() -> io::Result<Self> {
        let (interrupt, terminate) = taken()?;
        let guarding = taken()?;
        HELD.fetch_add(1, Ordering::SeqCst);
        GUARD.call_once(|| {
            tokio::spawn(guard(guarding));
        });
        Ok(Self { interrupt, terminate })
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
