//! `rootdeck emulator`: the emulated AWS for other programs.

use std::time::Duration;

use super::arguments::EmulatorArguments;
use super::error::{CliError, Done};
use super::output;
use super::signals::Interrupts;
use crate::emulator::{Options, StartError, start};
use crate::words::cli::program as words;

pub(super) async fn run(arguments: &EmulatorArguments) -> Done {
    let options = Options {
        listen: arguments.listen,
        accounts: arguments.accounts,
        seed: arguments.seed,
        latency: Duration::from_millis(arguments.latency),
        throttle: arguments.throttle.into(),
        faults: arguments.fault.clone(),
        verify_signatures: arguments.verify_signatures.into(),
        delegates: arguments.delegates.iter().map(|word| (*word).into()).collect(),
        withdrawal_delay: Duration::from_secs(arguments.trust_delay),
        ..Options::default()
    };
    let emulator = start(options).await.map_err(|error| {
        let why = words::no_emulator(&error);
        if matches!(error, StartError::NotLoopback(_)) { CliError::usage(why) } else { CliError::failed(why) }
    })?;
    output::line(&emulator.shell_lines().join("\n"))?;
    output::print_error(&words::emulator_listens(emulator.endpoint_url()));
    Interrupts::new().next().await;
    Ok(())
}
