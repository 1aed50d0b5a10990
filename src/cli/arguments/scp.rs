//! The arguments of the commands about service and resource control policies.

use clap::{Args, Subcommand, ValueEnum};

use super::forms::{OneForm, Output};
use crate::words::cli::arguments as words;

#[derive(Debug, Subcommand)]
pub(crate) enum Scp {
    /// Show which SCPs and RCPs block root sessions in an account, and the change that lets them through
    Explain(ExplainScp),
}

#[derive(Debug, Args)]
#[command(after_help = words::SCP_END)]
pub(crate) struct ExplainScp {
    /// Account (id, ARN or unique name)
    pub account: String,
    /// Exit with 1 on these results, for scheduled jobs
    #[arg(long, value_name = "WHAT,…", value_delimiter = ',')]
    pub fail_on: Vec<FailOnControl>,
    #[command(flatten)]
    pub output: Output<OneForm>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOnControl {
    /// A task is blocked
    Blocked,
    /// Whether a task is blocked is unknown
    Unknown,
}
