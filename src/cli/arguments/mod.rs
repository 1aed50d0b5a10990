//! Arguments and options.

mod consent;
mod email;
mod email_plan;
mod forms;
mod help;
mod iam_policy;
mod identity;
mod journal;
mod root_access;
mod switches;

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{Args, CommandFactory, FromArgMatches, Parser, ValueEnum};

pub(super) use consent::Consent;
pub(super) use email::{AcceptEmail, Email, EmailStatus, ForgetEmail, ResendEmail, ShowEmail, StartEmail};
pub(super) use email_plan::{ANY_DOMAIN, PlanTemplate, ResumePlan, StartPlan};
pub(super) use forms::{Form, OneForm};
pub(super) use iam_policy::{ExplainArguments, FlowWord, PolicyArguments, PolicyCommand};
pub(super) use identity::DemoIdentity;
pub(super) use journal::JournalArguments;
pub(super) use root_access::{
    AuditArguments, Bucket, BucketPolicy, Credentials, DeletePolicy, FailOn, KindWord, ListBuckets, ListQueues,
    OpenOrClose, PutPolicy, Queue, QueuePolicy, Recovery, SessionArguments, WhichAccounts,
};
pub(super) use switches::{Features, ListSwitches, Trust, Turning};

use crate::domain::view::ViewId;
use crate::emulator::{InjectedFaultRule, MAX_ACCOUNTS, Throttle};
use crate::words::cli::arguments as words;

/// Manage the root users of all accounts in an AWS organization: emails, credentials, access.
#[derive(Debug, Parser)]
#[command(name = "rootdeck", version, about, max_term_width = 100, next_help_heading = "Options of every command")]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(super) struct Arguments {
    /// Run against an emulated organization: no AWS account, no network, nothing saved
    #[arg(long, global = true)]
    pub demo: bool,
    /// AWS profile to use
    #[arg(long, global = true, value_name = "P")]
    pub profile: Option<String>,
    /// AWS region; determines the STS endpoint and the partition
    #[arg(long, global = true, value_name = "R")]
    pub region: Option<String>,
    /// Send all calls to this endpoint, such as `rootdeck emulator`
    #[arg(long, global = true, value_name = "URL")]
    pub endpoint_url: Option<String>,
    /// Make no changes in AWS
    #[arg(long, global = true)]
    pub read_only: bool,
    /// Allow changes that the journal cannot record
    #[arg(long, global = true)]
    pub no_journal: bool,
    /// Do not save account lists or audits on this machine, and ignore saved ones
    #[arg(long, global = true)]
    pub no_cache: bool,
    /// Draw with ASCII characters only, for terminals that show symbols too wide or not at all
    #[arg(long, global = true)]
    pub ascii: bool,
    /// Configuration file, instead of the one in the XDG folder
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Append log messages to this file (no secrets)
    #[arg(long, global = true, value_name = "FILE")]
    pub log_file: Option<PathBuf>,
    /// Log level; trace adds every message and effect of the dashboard
    #[arg(long, global = true, value_name = "LEVEL", env = "ROOTDECK_LOG_LEVEL", default_value = "debug")]
    #[arg(value_parser = ["error", "warn", "info", "debug", "trace"], ignore_case = true)]
    pub log_level: String,
    /// Generate a demo organization with N accounts
    #[arg(long, global = true, value_name = "N", value_parser = account_count, requires = "demo")]
    pub demo_accounts: Option<usize>,
    /// Caller in the demo: management, delegated-admin, member, or an AWS managed policy
    /// such as `PowerUserAccess`; for all names see `rootdeck emulator --help`
    #[arg(long, global = true, value_name = "NAME", default_value = "management", ignore_case = true)]
    #[arg(hide_possible_values = true)]
    pub demo_as: DemoIdentity,
    /// Latency of each response in the demo, in milliseconds
    #[arg(long, global = true, value_name = "MS", default_value_t = 0, hide_default_value = true)]
    pub demo_latency: u64,
    /// The view that the dashboard starts with: 1 to 7, or its name, such as root-access
    #[arg(long, value_name = "N", env = "ROOTDECK_VIEW", value_parser = view, help_heading = "Options of the dashboard")]
    pub view: Option<ViewId>,
    /// The filter that it starts with, as typed behind the key of the filter
    #[arg(long, value_name = "TEXT", env = "ROOTDECK_FILTER", help_heading = "Options of the dashboard")]
    pub filter: Option<String>,
    /// Command; without one, opens the dashboard
    #[command(subcommand)]
    pub command: Option<Subcommand>,
}

impl Arguments {
    /// With examples and exit codes in each help.
    pub(super) fn described() -> clap::Command {
        help::with_examples(Self::command(), "")
    }

    /// From the words of a command line. What is about the dashboard goes with no subcommand; in the environment it
    /// may stand all the same.
    pub(super) fn read<W: Into<OsString> + Clone>(words: impl IntoIterator<Item = W>) -> Result<Self, clap::Error> {
        let mut command = Self::described();
        let matches = command.try_get_matches_from_mut(words)?;
        let given =
            ["view", "filter"].into_iter().find(|id| matches.value_source(id) == Some(ValueSource::CommandLine));
        if let (Some(name), Some(option)) = (matches.subcommand_name(), given) {
            return Err(command.error(ErrorKind::ArgumentConflict, words::only_dashboard(option, name)));
        }
        Self::from_arg_matches(&matches).map_err(|error| error.format(&mut command))
    }
}

#[derive(Debug, clap::Subcommand)]
pub(super) enum Subcommand {
    /// Show the caller, what each task needs, what is missing, and how to fix it
    Status(StatusArguments),
    /// List the accounts with their primary emails
    Accounts(AccountsArguments),
    /// Audit root credentials of member accounts
    Audit(AuditArguments),
    /// Open a root session in a member account for a command, a shell or another tool
    Session(SessionArguments),
    /// Delete root credentials
    #[command(subcommand)]
    Credentials(Credentials),
    /// Allow or close root password recovery, and list open recoveries
    #[command(subcommand)]
    Recovery(Recovery),
    /// Show and change bucket policies as root, such as one that locks out all principals
    #[command(subcommand)]
    S3Policy(BucketPolicy),
    /// Show and change queue policies as root, such as one that locks out all principals
    #[command(subcommand)]
    SqsPolicy(QueuePolicy),
    /// Change primary emails and track the changes
    #[command(subcommand)]
    Email(Email),
    /// List, enable and disable trusted access of AWS services
    #[command(subcommand)]
    Trust(Trust),
    /// List, enable and disable the features of centralized root access
    #[command(subcommand)]
    Features(Features),
    /// Delete all email addresses saved on this machine, for all profiles
    Purge(PurgeArguments),
    /// Print a least-privilege IAM policy for rootdeck, or explain a policy
    Policy(PolicyArguments),
    /// Show the journal: changes made and refused on this machine (no AWS calls)
    Journal(JournalArguments),
    /// Run the AWS emulator for other programs, on this machine only
    Emulator(EmulatorArguments),
    /// Print all keys and their commands
    Keys,
    /// Print the JSON Schema of an output
    Schema(SchemaArguments),
    /// Print the configuration that holds, and where each setting comes from
    Config(ConfigArguments),
}

#[derive(Debug, Args)]
pub(super) struct StatusArguments {
    /// Output format
    #[arg(short, long, value_name = "FORM", default_value = "table")]
    pub output: OneForm,
}

#[derive(Debug, Args)]
pub(super) struct AccountsArguments {
    /// Output format
    #[arg(short, long, value_name = "FORM", default_value = "table")]
    pub output: Form,
}

#[derive(Debug, Args)]
pub(super) struct SchemaArguments {
    /// Words of the command joined by hyphens, such as email-status; without one, lists all names
    pub name: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct ConfigArguments {
    /// Print a configuration file with every setting explained, and its default
    #[arg(long = "default", conflicts_with = "output")]
    pub default_file: bool,
    /// Output format
    #[arg(short, long, value_name = "FORM", default_value = "toml")]
    pub output: ConfigForm,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ConfigForm {
    /// A configuration file, with the sources in comments
    Toml,
    /// One array of objects
    Json,
}

#[derive(Debug, Args)]
pub(super) struct PurgeArguments {
    /// Show what will be forgotten, without forgetting it
    #[arg(long, conflicts_with = "yes")]
    pub dry_run: bool,
    /// Skip the confirmation
    #[arg(long)]
    pub yes: bool,
}

#[derive(Debug, Args)]
#[command(after_long_help = identity::access_keys())]
pub(super) struct EmulatorArguments {
    /// Address to listen on; port 0 selects a free port
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:4599")]
    pub listen: SocketAddr,
    /// Generate an organization with N accounts instead of the built-in one
    #[arg(long, value_name = "N", value_parser = account_count)]
    pub accounts: Option<usize>,
    /// Seed for the generated organization
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub seed: u64,
    /// Latency of each response, in milliseconds
    #[arg(long, value_name = "MS", default_value_t = 0, hide_default_value = true)]
    pub latency: u64,
    /// Throttle requests as AWS does
    #[arg(long, value_name = "WHEN", default_value = "aws")]
    pub throttle: ThrottleWord,
    /// Inject faults: [OPERATION:]KIND=RATE, such as throttle=0.1, expired-token=1x
    /// or clock-skew=1
    #[arg(long, value_name = "KIND=RATE", value_delimiter = ',')]
    pub fault: Vec<InjectedFaultRule>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ThrottleWord {
    /// At AWS's quotas
    Aws,
    /// Never
    Off,
}

impl From<ThrottleWord> for Throttle {
    fn from(word: ThrottleWord) -> Self {
        match word {
            ThrottleWord::Aws => Self::Aws,
            ThrottleWord::Off => Self::Off,
        }
    }
}

fn view(text: &str) -> Result<ViewId, String> {
    ViewId::named(text).ok_or_else(|| words::a_view(ViewId::ALL.map(ViewId::as_str).join(", ")))
}

fn account_count(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(count @ 1..=MAX_ACCOUNTS) => Ok(count),
        _ => Err(words::a_number(MAX_ACCOUNTS)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::policy::ManagedPolicy;
    use crate::emulator::Identity;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn callers_are_named_in_any_case() {
        let who = |name: &str| Arguments::try_parse_from(["rootdeck", "--demo-as", name]).map(|it| it.demo_as.into());
        assert!(matches!(who("delegated-admin"), Ok(Identity::DelegatedAdministrator)));
        assert!(matches!(who("poweruseraccess"), Ok(Identity::Managed(ManagedPolicy::PowerUser))));
        assert!(matches!(who("AWSOrganizationsReadOnlyAccess"), Ok(Identity::Managed(_))));
        assert!(who("ReadOnlyAccess").is_err());
    }

    #[test]
    fn global_options_go_anywhere() {
        let before = Arguments::try_parse_from(["rootdeck", "--demo", "accounts", "-o", "json"]).expect("before");
        let after = Arguments::try_parse_from(["rootdeck", "accounts", "-o", "json", "--demo"]).expect("after");
        assert!(before.demo && after.demo);
        assert!(Arguments::try_parse_from(["rootdeck", "--demo", "--demo-accounts", "0"]).is_err());
    }

    #[test]
    fn what_is_about_the_dashboard_is_refused_before_a_subcommand() {
        let read = |words: &str| Arguments::read(words.split(' '));
        for (words, option) in
            [("rootdeck --view 3 status", "--view"), ("rootdeck --demo --filter x audit --deep", "--filter")]
        {
            let error = read(words).expect_err("refused");
            assert_eq!(error.kind(), ErrorKind::ArgumentConflict);
            let text = error.to_string();
            assert!(text.starts_with(&format!("error: {option} is for the dashboard, not for ")), "{text}");
        }
        assert!(read("rootdeck --view 3 --filter x").is_ok() && read("rootdeck --demo status").is_ok());
        assert!(read("rootdeck status --view 3").is_err() && read("rootdeck --view 9").is_err());
    }

    /// An argument of a command must not hide a global option: clap tells them apart by their ids.
    #[test]
    fn global_options_go_behind_every_command() {
        fn leaves<'a>(command: &'a clap::Command, path: &str, found: &mut Vec<(String, &'a clap::Command)>) {
            let path = format!("{path} {}", command.get_name());
            if command.get_subcommands().next().is_none() {
                found.push((path, command));
                return;
            }
            command.get_subcommands().for_each(|inner| leaves(inner, &path, found));
        }
        let mut command = Arguments::command();
        let global: Vec<(String, String)> = command
            .get_arguments()
            .filter(|argument| argument.is_global_set())
            .filter_map(|argument| Some((argument.get_id().to_string(), argument.get_long()?.to_owned())))
            .collect();
        command.build();
        let mut found = Vec::new();
        leaves(&command, "", &mut found);
        assert!(found.len() > 25 && global.len() > 8, "{}", found.len());
        for (path, leaf) in found.iter().filter(|(path, _)| !path.contains(" help")) {
            for (id, long) in &global {
                let there = leaf.get_arguments().find(|argument| argument.get_id().as_str() == id);
                assert_eq!(there.and_then(clap::Arg::get_long), Some(long.as_str()), "{path}: --{long}");
            }
        }
    }
}
