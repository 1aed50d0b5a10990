//! Being asked to end, where that must not cut something off.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;

use super::Exit;

/// How many [`Interrupts`] there are.
static HELD: AtomicUsize = AtomicUsize::new(0);
/// How they are told; there once the first was made.
static TELLER: Mutex<Option<watch::Sender<()>>> = Mutex::new(None);

/// As long as it is there, ctrl-c and SIGTERM end nothing by themselves: whatever waits has to wait for
/// [`Interrupts::next`], too. Where there is none any more they end the program again.
#[derive(Debug)]
pub(super) struct Interrupts {
    told: watch::Receiver<()>,
}

impl Interrupts {
    /// Takes the signals.
    ///
    /// # Errors
    /// The system's.
    pub(super) fn new() -> io::Result<Self> {
        let mut teller = TELLER.lock().unwrap_or_else(PoisonError::into_inner);
        let told = if let Some(teller) = teller.as_ref() {
            teller.subscribe()
        } else {
            let signals = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
            let (tell, told) = watch::channel(());
            tokio::spawn(pass_on(signals, tell.clone()));
            *teller = Some(tell);
            told
        };
        HELD.fetch_add(1, Ordering::SeqCst);
        Ok(Self { told })
    }

    /// Ends when the program is asked to end.
    pub(super) async fn next(&mut self) {
        if self.told.changed().await.is_err() {
            // Nobody tells any more.
            std::future::pending::<()>().await;
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

impl Drop for Interrupts {
    fn drop(&mut self) {
        HELD.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Passes signals on to whoever holds them back, and ends the program where nobody does: the system does
/// not once they were taken. The one listener there is: who holds a signal back can't be gone because of
/// it before this has looked.
async fn pass_on((mut interrupt, mut terminate): (Signal, Signal), tell: watch::Sender<()>) {
    loop {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        if HELD.load(Ordering::SeqCst) == 0 {
            std::process::exit(Exit::Interrupted.code().into());
        }
        tell.send_replace(());
    }
}
