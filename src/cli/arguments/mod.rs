//! Arguments and options.

mod consent;
mod email;
mod email_plan;
mod forms;
mod iam_policy;
mod identity;
mod journal;
mod root_access;
mod switches;

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, ValueEnum};

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

/// See and change who controls the root user of every account of an AWS organization.
#[derive(Debug, Parser)]
#[command(name = "rootdeck", version, about, max_term_width = 100, next_help_heading = "Options of every command")]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(super) struct Arguments {
    /// Use an emulated organization in this process: no AWS account, no network, nothing stored
    #[arg(long, global = true)]
    pub demo: bool,
    /// The profile of the AWS configuration to use
    #[arg(long, global = true, value_name = "P")]
    pub profile: Option<String>,
    /// The AWS region; decides the endpoint of STS and the partition
    #[arg(long, global = true, value_name = "R")]
    pub region: Option<String>,
    /// Send all calls to this endpoint, such as that of `rootdeck emulator`
    #[arg(long, global = true, value_name = "URL")]
    pub endpoint_url: Option<String>,
    /// Write nothing to AWS
    #[arg(long, global = true)]
    pub read_only: bool,
    /// Change things even where the journal of this machine can't record it
    #[arg(long, global = true)]
    pub no_journal: bool,
    /// Keep no listing and no audit of the accounts on this machine, and show none kept earlier
    #[arg(long, global = true)]
    pub no_cache: bool,
    /// Draw with ASCII characters only, for terminals that draw signs two columns wide or not at all
    #[arg(long, global = true)]
    pub ascii: bool,
    /// The configuration file, instead of the one in the XDG folder
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Append what happens to this file; it holds no secrets
    #[arg(long, global = true, value_name = "FILE")]
    pub log_file: Option<PathBuf>,
    /// How much goes into the log file; trace adds every message and effect of the dashboard
    #[arg(long, global = true, value_name = "LEVEL", env = "ROOTDECK_LOG_LEVEL", default_value = "debug")]
    #[arg(value_parser = ["error", "warn", "info", "debug", "trace"], ignore_case = true)]
    pub log_level: String,
    /// The demo's organization with so many accounts instead of its own
    #[arg(long, global = true, value_name = "N", value_parser = account_count, requires = "demo")]
    pub demo_accounts: Option<usize>,
    /// Whose credentials to use in the demo: management, delegated-admin, member, or a policy of AWS
    /// such as `PowerUserAccess`; `rootdeck emulator --help` lists all names
    #[arg(long, global = true, value_name = "NAME", default_value = "management", ignore_case = true)]
    #[arg(hide_possible_values = true)]
    pub demo_as: DemoIdentity,
    /// Let the demo's AWS take so many milliseconds for each answer
    #[arg(long, global = true, value_name = "MS", default_value_t = 0, hide_default_value = true)]
    pub demo_latency: u64,
    /// The view that the dashboard starts with: 1 to 7, or its name, such as root-access
    #[arg(long, value_name = "N", env = "ROOTDECK_VIEW", value_parser = view, help_heading = "Options of the dashboard")]
    pub view: Option<ViewId>,
    /// The filter that it starts with, as typed behind the key of the filter
    #[arg(long, value_name = "TEXT", env = "ROOTDECK_FILTER", help_heading = "Options of the dashboard")]
    pub filter: Option<String>,
    /// What to do; without one, the dashboard
    #[command(subcommand)]
    pub command: Option<Subcommand>,
}

#[derive(Debug, clap::Subcommand)]
pub(super) enum Subcommand {
    /// Say who you are, what each of rootdeck's flows needs, and what fixes what is missing
    Status(StatusArguments),
    /// List the accounts with their primary emails
    Accounts(AccountsArguments),
    /// See which root credentials the member accounts have
    Audit(AuditArguments),
    /// Open a root session in a member account and hand it over
    Session(SessionArguments),
    /// Delete root credentials
    #[command(subcommand)]
    Credentials(Credentials),
    /// Allow the recovery of root passwords, close it again, and list what was left open
    #[command(subcommand)]
    Recovery(Recovery),
    /// See and change bucket policies as root, such as one that shuts everyone out
    #[command(subcommand)]
    S3Policy(BucketPolicy),
    /// See and change queue policies as root, such as one that shuts everyone out
    #[command(subcommand)]
    SqsPolicy(QueuePolicy),
    /// Change primary emails, and see how changes stand
    #[command(subcommand)]
    Email(Email),
    /// See and switch trusted access: which AWS services may work in the accounts
    #[command(subcommand)]
    Trust(Trust),
    /// See and switch the features of centralized root access
    #[command(subcommand)]
    Features(Features),
    /// Forget every email address that is kept on this machine, of all profiles
    Purge(PurgeArguments),
    /// Print an IAM policy that allows what rootdeck does and no more, or explain one
    Policy(PolicyArguments),
    /// Show what was done and refused from this machine; AWS is not asked for it
    Journal(JournalArguments),
    /// Run the emulated AWS for other programs, on this machine only
    Emulator(EmulatorArguments),
    /// Print all keys and what they do
    Keys,
    /// Print the configuration that holds, and where each setting comes from
    Config(ConfigArguments),
}

#[derive(Debug, Args)]
pub(super) struct StatusArguments {
    /// The form of the output
    #[arg(short, long, value_name = "FORM", default_value = "table")]
    pub output: OneForm,
}

#[derive(Debug, Args)]
pub(super) struct AccountsArguments {
    /// The form of the output
    #[arg(short, long, value_name = "FORM", default_value = "table")]
    pub output: Form,
}

#[derive(Debug, Args)]
pub(super) struct ConfigArguments {
    /// Print a configuration file with every setting explained, and its default
    #[arg(long = "default", conflicts_with = "output")]
    pub default_file: bool,
    /// The form of the output
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
    /// Say what would be forgotten, and forget nothing
    #[arg(long, conflicts_with = "yes")]
    pub dry_run: bool,
    /// Do it without asking
    #[arg(long)]
    pub yes: bool,
}

#[derive(Debug, Args)]
#[command(after_long_help = identity::access_keys())]
pub(super) struct EmulatorArguments {
    /// The address to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:4599")]
    pub listen: SocketAddr,
    /// An organization with so many accounts instead of the built-in one
    #[arg(long, value_name = "N", value_parser = account_count)]
    pub accounts: Option<usize>,
    /// Which of the large organizations; the same for the same number
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub seed: u64,
    /// Take so many milliseconds for each answer
    #[arg(long, value_name = "MS", default_value_t = 0, hide_default_value = true)]
    pub latency: u64,
    /// Whether to refuse too many requests as AWS does
    #[arg(long, value_name = "WHEN", default_value = "aws")]
    pub throttle: ThrottleWord,
    /// Go wrong in these ways: [OPERATION:]KIND=RATE, such as throttle=0.1, expired-token=1x
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
    use clap::CommandFactory;

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
