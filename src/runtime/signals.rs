//! Signals, and stopping for the shell.

use std::io;

use tokio::signal::unix::{Signal, SignalKind, signal};

/// Whether a shell can resume the program: not where its process group is that of the session itself (`ssh -t host
/// rootdeck`, a terminal that runs nothing else).
pub(super) fn has_shell() -> bool {
    rustix::process::getsid(None).is_ok_and(|session| session != rustix::process::getpgrp())
}

/// Gives the shell the terminal, as the child process did. Without a shell nobody could resume it, and it continues.
pub(super) fn stop_with_child() {
    if has_shell() {
        stop_group();
    } else if rustix::process::kill_current_process_group(rustix::process::Signal::CONT).is_err() {
        tracing::warn!("the program with the terminal could not be resumed");
    }
}

/// Whoever started the program (`cargo run`, a script) has to stop as well for the shell to come back.
pub(super) fn stop_group() {
    let stopped = rustix::process::kill_current_process_group(rustix::process::Signal::STOP);
    if stopped.is_err() {
        tracing::warn!("the process group could not be stopped");
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Received {
    End,
    Interrupt,
    Stop,
    Continue,
}

#[derive(Debug)]
pub(super) struct Signals {
    terminate: Signal,
    hang_up: Signal,
    interrupt: Signal,
    quit: Signal,
    stop: Signal,
    carry_on: Signal,
}

impl Signals {
    pub(super) fn listen() -> io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            hang_up: signal(SignalKind::hangup())?,
            interrupt: signal(SignalKind::interrupt())?,
            quit: signal(SignalKind::quit())?,
            stop: signal(SignalKind::from_raw(rustix::process::Signal::TSTP.as_raw()))?,
            carry_on: signal(SignalKind::from_raw(rustix::process::Signal::CONT.as_raw()))?,
        })
    }

    pub(super) async fn next(&mut self) -> Received {
        tokio::select! {
            _ = self.terminate.recv() => Received::End,
            _ = self.hang_up.recv() => Received::End,
            _ = self.interrupt.recv() => Received::Interrupt,
            _ = self.quit.recv() => Received::Interrupt,
            _ = self.stop.recv() => Received::Stop,
            _ = self.carry_on.recv() => Received::Continue,
        }
    }
}
