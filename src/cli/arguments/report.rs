//! The arguments of the report.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::SignedDuration;

use super::consent::Purpose;
use super::root_access::{FailOn, WhichAccounts, age};
use crate::words::cli::arguments as words;

#[derive(Debug, Args)]
#[command(after_help = words::REPORT_ENDS)]
pub(crate) struct ReportArguments {
    /// Form of the file
    #[arg(long, value_name = "FORM", default_value = "markdown")]
    pub format: ReportForm,
    /// Write to this new file, for its owner only, instead of stdout
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Replace the file if it exists
    #[arg(long, requires = "out")]
    pub force: bool,
    /// Accounts (id, ARN or unique name), `-` for the lines of stdin
    #[arg(long, value_name = "ACCOUNT,…|all|-", default_value = "all")]
    pub accounts: Vec<WhichAccounts>,
    /// Read only which types of credentials exist: no ages, no last use of keys, no kind of MFA
    #[arg(long)]
    pub quick: bool,
    /// Also read the contacts: a missing security contact is a finding
    #[arg(long)]
    pub contacts: bool,
    /// Exceptions (TOML), instead of exceptions.toml beside the configuration file
    #[arg(long, value_name = "FILE")]
    pub exceptions: Option<PathBuf>,
    /// Also report what changed since an earlier report (OCSF file), or since then, by the audits on this machine
    #[arg(long, value_name = "FILE|TIME|DURATION")]
    pub since: Option<String>,
    /// Use audits on this machine that are no older, such as 12h or 7d, without root sessions; accounts without a
    /// complete audit are audited again
    #[arg(long, value_name = "AGE", value_parser = age)]
    pub max_age: Option<SignedDuration>,
    /// Exit with 1 on these results, for scheduled jobs; findings with an exception are none
    #[arg(long, value_name = "WHAT,…", value_delimiter = ',')]
    pub fail_on: Vec<FailOn>,
    #[command(flatten)]
    pub purpose: Purpose,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportForm {
    /// Markdown, for people and repositories
    Markdown,
    /// One page without scripts, for browsers and printers
    Html,
    /// OCSF Compliance Findings (class 2003) as a JSON array, for tools
    Ocsf,
}
