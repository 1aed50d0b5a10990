//! `rootdeck emulator`: the emulated AWS for other programs.

use std::time::Duration;

use super::arguments::EmulatorArguments;
use super::signals::Interrupts;
use super::{Exit, output};
use crate::emulator::{Options, StartError, start};

/// Serves until it is interrupted.
pub(super) async fn run(arguments: &EmulatorArguments) -> Exit {
    let options = Options {
        listen: arguments.listen,
        accounts: arguments.accounts,
        seed: arguments.seed,
        latency: Duration::from_millis(arguments.latency),
        throttle: arguments.throttle.into(),
        faults: arguments.fault.clone(),
        ..Options::default()
    };
    let emulator = match start(options).await {
        Ok(emulator) => emulator,
        Err(error) => {
            output::complain(&format!("the emulator can't be started: {error}"));
            return if matches!(error, StartError::NotLoopback(_)) { Exit::Usage } else { Exit::Failed };
        }
    };
    let lines = emulator.shell_lines().join("\n");
    if output::print(&format!("{lines}\n")).is_err() {
        return Exit::Failed;
    }
    output::complain(&format!(
        "the emulator listens on {}; ctrl-c ends it; other callers' keys: rootdeck emulator --help",
        emulator.endpoint_url()
    ));
    Interrupts::next_of(&mut Interrupts::new().ok()).await;
    Exit::Done
}
