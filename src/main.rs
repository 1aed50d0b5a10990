//! The `rootdeck` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    rootdeck::cli::main()
}
