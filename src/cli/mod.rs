//! The command line: what was asked for, and one file for each way of answering.

mod accounts;
mod again;
mod arguments;
mod audit;
mod bulk;
mod completions;
mod config;
mod connection;
mod consent;
mod contacts;
mod context;
mod credentials;
mod dashboard;
mod delegates;
mod demo;
mod email;
mod email_plan;
mod emulator;
mod environment;
mod error;
mod explain;
mod find;
#[cfg(test)]
mod finding_page;
mod findings;
mod hidden;
mod iam_policy;
mod input;
mod journal;
mod keys;
mod locks;
mod man;
mod mfa;
mod next;
mod organizations;
mod output;
mod page;
mod policy;
mod printer;
mod purge;
mod recovery;
mod report;
mod rows;
mod s3_policy;
mod schema;
mod scp;
mod session;
mod signals;
mod sqs_policy;
mod status;
mod stderr;
mod stdin;
mod switches;
mod target;
#[cfg(test)]
mod troubleshooting;
mod version;
mod waiting;

use std::process::ExitCode;

use clap::error::ErrorKind;

use arguments::{Arguments, Subcommand};
use error::{CliError, Done, Exit};

use crate::words::cli::program as words;
use crate::words::client_error::file as file_problem;

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

pub fn main() -> ExitCode {
    crate::runtime::core_dump::forbid();
    match completions::answer() {
        Ok(false) => {}
        Ok(true) => return Exit::Done.into(),
        Err(error) => {
            error.print().ok();
            return Exit::Usage.into();
        }
    }
    let arguments = match Arguments::read(std::env::args_os()) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version go to stdout and are no error.
            error.print().ok();
            return match error.kind() {
                ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Exit::Done.into(),
                _ => Exit::Usage.into(),
            };
        }
    };
    stderr::configure(&arguments);
    crate::words::keys::configure(environment::keys(&environment::configuration(&arguments)).0);
    let ended = match start(&arguments) {
        Ok(runtime) => {
            let ended = runtime.block_on(run(&arguments));
            // What still waits (a timer, a read nobody needs any more) is not waited for.
            runtime.shutdown_background();
            ended
        }
        Err(error) => Err(error),
    };
    let Err(error) = ended else { return Exit::Done.into() };
    error.print();
    error.exit().into()
}

fn start(arguments: &Arguments) -> Result<tokio::runtime::Runtime, CliError> {
    start_log(arguments).map_err(|error| CliError::failed(words::no_log(error)))?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.map_err(|error| CliError::failed(words::no_runtime(error)))
}

async fn run(arguments: &Arguments) -> Done {
    match &arguments.command {
        None => dashboard::run(arguments).await,
        Some(command) => {
            let once = async |arguments: &Arguments| Box::pin(run_once(arguments, command)).await;
            Box::pin(organizations::run(arguments, command, once)).await
        }
    }
}

/// Runs a command about one organization, or none.
async fn run_once(arguments: &Arguments, command: &Subcommand) -> Done {
    match command {
        Subcommand::Status(wanted) => status::run(arguments, wanted).await,
        Subcommand::Accounts(listing) => accounts::run(arguments, listing).await,
        Subcommand::Findings(wanted) => findings::run(arguments, wanted).await,
        Subcommand::Audit(audit) => audit::run(arguments, audit).await,
        Subcommand::Report(wanted) => report::run(arguments, wanted).await,
        Subcommand::Session(session) => session::run(arguments, session).await,
        Subcommand::Credentials(credentials) => credentials::run(arguments, credentials).await,
        Subcommand::Recovery(recovery) => recovery::run(arguments, recovery).await,
        Subcommand::S3Policy(policy) => s3_policy::run(arguments, policy).await,
        Subcommand::SqsPolicy(policy) => sqs_policy::run(arguments, policy).await,
        Subcommand::Email(email) => email::run(arguments, email).await,
        Subcommand::Contacts(wanted) => contacts::run(arguments, wanted).await,
        Subcommand::Scp(wanted) => scp::run(arguments, wanted).await,
        Subcommand::Trust(trust) => switches::trust(arguments, trust).await,
        Subcommand::Features(features) => switches::features(arguments, features).await,
        Subcommand::DelegatedAdmins(wanted) => delegates::run(arguments, wanted).await,
        Subcommand::Policy(policy) => iam_policy::run(arguments, policy),
        Subcommand::Journal(journal) => journal::run(arguments, journal).await,
        Subcommand::Emulator(emulator) => emulator::run(emulator).await,
        Subcommand::Purge(purge) => purge::run(arguments, purge).await,
        Subcommand::Schema(wanted) => schema::run(wanted),
        Subcommand::Keys => keys::run(arguments),
        Subcommand::Config(wanted) => config::run(arguments, wanted),
        Subcommand::Completions(wanted) => completions::run(wanted.shell),
        Subcommand::Man(wanted) => man::run(wanted),
    }
}

/// Logs this program's own lines, for the file's owner alone: the SDK's could hold what was sent.
fn start_log(arguments: &Arguments) -> Result<(), String> {
    let Some(path) = &arguments.log_file else { return Ok(()) };
    let file = crate::runtime::text_file::open_log(path).map_err(|problem| file_problem(&problem))?;
    let filter = tracing_subscriber::EnvFilter::new(format!("rootdeck={}", arguments.log_level));
    let log =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::sync::Mutex::new(file)).with_ansi(false);
    log.try_init().map_err(|error| error.to_string())
}
