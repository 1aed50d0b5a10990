//! Arguments and options.

mod accounts;
mod consent;
mod contacts;
mod delegates;
mod email;
mod email_plan;
mod emulator;
mod forms;
mod help;
mod iam_policy;
mod identity;
mod journal;
mod report;
mod root_access;
mod scp;
mod switches;
#[cfg(test)]
mod tests;
mod variables;

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;

use axum::http::Uri;
use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{ArgMatches, Args, CommandFactory, FromArgMatches, Parser, ValueEnum};

pub(super) use accounts::{
    AccountsArguments, AccountsCommand, AcknowledgeFindings, FailOnAccount, FindingWord, FindingsArguments,
    FindingsCommand, ListAccounts, ListFindings, RenameAccount, ShowAccount,
};
pub(super) use consent::Consent;
pub(super) use contacts::{
    Contacts, DeleteContacts, FailOnContact, HowToChange, ListContacts, PlanContacts, SetContacts, SetPrimaryContact,
    ShowContacts, WhichToChange,
};
pub(super) use delegates::{Delegates, SetDelegate};
pub(super) use email::{AcceptEmail, Email, EmailStatus, ForgetEmail, ResendEmail, ShowEmail, StartEmail};
pub(super) use email_plan::{ANY_DOMAIN, DropPlan, PlanTemplate, Plans, ResumePlan, StartPlan};
use emulator::{DelegateWord, ThrottleWord, VerifyWord};
pub(super) use forms::{ConfigForm, Form, OneForm, Output};
pub(super) use iam_policy::{ExplainArguments, FlowWord, PolicyArguments, PolicyCommand, PolicyKindWord, TaskWord};
pub(super) use identity::DemoIdentity;
pub(super) use journal::JournalArguments;
pub(super) use report::{ReportArguments, ReportForm};
pub(super) use root_access::{
    ALL_REGIONS, AllowRecovery, AuditArguments, AuditCommand, AuditHistory, AuditNow, Bucket, BucketPolicy,
    CloseRecovery, Credentials, DeletePolicy, FailOn, KindWord, ListBuckets, ListQueues, PutPolicy, Queue, QueuePolicy,
    Recovery, SessionArguments, ShowPolicy, WhichAccounts,
};
pub(super) use scp::{ExplainScp, FailOnControl, Scp};
pub(super) use switches::{Features, ListSwitches, Trust, Turning};
use variables::naming_variables;

use crate::domain::view::ViewId;
use crate::emulator::{InjectedFaultRule, MAX_ACCOUNTS};
use crate::words::cli::arguments as words;

/// Manage the root users of all accounts in an AWS organization: emails, credentials, access.
#[derive(Debug, Parser)]
#[command(name = "rootdeck", version = super::version::VERSION, about, max_term_width = 100, next_help_heading = "Options of every command")]
#[command(after_help = words::EVERY_COMMAND)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(super) struct Arguments {
    /// Run against an emulated organization: no AWS account, no network, nothing saved
    #[arg(long, global = true)]
    pub demo: bool,
    /// AWS profile to use
    #[arg(long, global = true, value_name = "P")]
    pub profile: Option<String>,
    /// AWS profiles of several organizations, to show them side by side
    #[arg(long, global = true, value_name = "P,…", value_delimiter = ',', value_parser = profile_name)]
    pub profiles: Vec<String>,
    /// AWS region; determines the STS endpoint and the partition
    #[arg(long, global = true, value_name = "R")]
    pub region: Option<String>,
    /// Send all calls to this endpoint, such as `rootdeck emulator`
    #[arg(long, global = true, value_name = "URL")]
    #[arg(value_parser = url)]
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
    /// Print data and errors only: no notes, no progress
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Show no progress
    #[arg(long, global = true)]
    pub no_progress: bool,
    /// Configuration file, or `-` for stdin, instead of the one in the XDG folder
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Append log messages to this file (no secrets)
    #[arg(long, global = true, value_name = "FILE")]
    pub log_file: Option<PathBuf>,
    /// Log level; trace adds every message and effect of the dashboard
    #[arg(long, global = true, value_name = "LEVEL")]
    #[arg(default_value = "debug", ignore_case = true)]
    #[arg(value_parser = ["error", "warn", "info", "debug", "trace"])]
    pub log_level: String,
    /// Generate a demo organization with N accounts
    #[arg(long, global = true, value_name = "N")]
    #[arg(value_parser = account_count)]
    pub demo_accounts: Option<usize>,
    /// Caller in the demo: management, delegated-admin, member, or an AWS managed policy
    /// such as `PowerUserAccess`; for all names see `rootdeck emulator --help`
    #[arg(long, global = true, value_name = "NAME")]
    #[arg(default_value = "management", ignore_case = true, hide_possible_values = true)]
    pub demo_as: DemoIdentity,
    /// Latency of each response in the demo, in milliseconds
    #[arg(long, global = true, value_name = "MS")]
    #[arg(default_value_t = 0, hide_default_value = true)]
    pub demo_latency: u64,
    /// Skip the confirmation, where a command asks for one
    #[arg(short, long, global = true, hide = true)]
    pub yes: bool,
    /// Output format, of the commands that have one
    #[arg(short, long, global = true, hide = true, value_name = "FORM")]
    #[arg(value_parser = ["table", "json", "ndjson", "csv", "toml"])]
    pub output: Option<String>,
    /// The view that the dashboard starts with: 1 to 7, or its name, such as root-access
    #[arg(long, value_name = "N", value_parser = view, help_heading = "Options of the dashboard")]
    pub view: Option<ViewId>,
    /// Filter to start with, as typed after `/`
    #[arg(long, value_name = "TEXT", help_heading = "Options of the dashboard")]
    pub filter: Option<String>,
    /// The accounts that the command is about, where they were looked up in several organizations already
    #[arg(skip)]
    pub named: Option<Vec<String>>,
    /// Command; without one, opens the dashboard
    #[command(subcommand)]
    pub command: Option<Subcommand>,
}

impl Arguments {
    /// With the variables of options, and examples and exit codes in each help.
    pub(super) fn described() -> clap::Command {
        help::with_examples(variables::with_variables(Self::command()), "")
    }

    /// From the words of a command line. What is not about the command that is called is refused there; in the
    /// environment it may stand all the same.
    pub(super) fn read<W: Into<OsString> + Clone>(words: impl IntoIterator<Item = W>) -> Result<Self, clap::Error> {
        let words: Vec<OsString> = words.into_iter().map(Into::into).collect();
        let mut command = Self::described();
        let has_output = |path: &[&str]| {
            let leaf = path.iter().try_fold(&command, |command, name| command.find_subcommand(name));
            !path.is_empty() && leaf.is_some_and(|leaf| leaf.get_arguments().any(|one| one.get_id() == "output"))
        };
        let matches = command.clone().try_get_matches_from(&words);
        let matches = matches.map_err(|error| naming_variables(error, &words))?;
        let typed = |id: &&str| matches.value_source(id) == Some(ValueSource::CommandLine);
        let path = path(&matches);
        let wrong = if let (Some(name), Some(option)) = (path.first(), ["view", "filter"].iter().find(|id| typed(id))) {
            Some(words::only_dashboard(option, name))
        } else if typed(&"demo_accounts") && !matches.get_flag("demo") {
            Some(words::ONLY_DEMO.to_owned())
        } else if typed(&"output") && !has_output(&path) {
            Some(words::no_output([&["rootdeck"], path.as_slice()].concat().join(" ")))
        } else {
            None
        };
        if let Some(wrong) = wrong {
            return Err(command.error(ErrorKind::ArgumentConflict, wrong));
        }
        let read = Self::from_arg_matches(&matches);
        let mut read = read.map_err(|error| naming_variables(error, &words).format(&mut command))?;
        if read.profile.is_some() && !read.profiles.is_empty() {
            // What was typed beats what is in the environment.
            match (typed(&"profile"), typed(&"profiles")) {
                (true, false) => read.profiles.clear(),
                (false, true) => read.profile = None,
                _ => {
                    let error = command.error(ErrorKind::ArgumentConflict, words::ONE_OR_SEVERAL);
                    return Err(naming_variables(error, &words));
                }
            }
        }
        Ok(read)
    }
}

impl Arguments {
    /// The options for one of several profiles, and for these accounts of its organization if some were named.
    pub(super) fn through(&self, profile: &str, named: Option<Vec<String>>) -> Self {
        Self {
            demo: self.demo,
            profile: Some(profile.to_owned()),
            profiles: Vec::new(),
            region: self.region.clone(),
            endpoint_url: self.endpoint_url.clone(),
            read_only: self.read_only,
            no_journal: self.no_journal,
            no_cache: self.no_cache,
            ascii: self.ascii,
            quiet: self.quiet,
            no_progress: self.no_progress,
            config: self.config.clone(),
            log_file: self.log_file.clone(),
            log_level: self.log_level.clone(),
            demo_accounts: self.demo_accounts,
            demo_as: self.demo_as,
            demo_latency: self.demo_latency,
            yes: self.yes,
            output: self.output.clone(),
            view: self.view,
            filter: self.filter.clone(),
            named,
            command: None,
        }
    }
}

/// The names of the command that was called, the outermost first.
fn path(mut matches: &ArgMatches) -> Vec<&str> {
    let mut path = Vec::new();
    while let Some((name, inner)) = matches.subcommand() {
        path.push(name);
        matches = inner;
    }
    path
}

fn profile_name(text: &str) -> Result<String, &'static str> {
    let name = text.trim();
    if name.is_empty() { Err(words::A_PROFILE) } else { Ok(name.to_owned()) }
}

fn url(text: &str) -> Result<String, &'static str> {
    if is_url(text) { Ok(text.to_owned()) } else { Err(words::A_URL) }
}

/// Whether calls can be sent there.
pub(super) fn is_url(text: &str) -> bool {
    text.parse::<Uri>().is_ok_and(|url| {
        url.scheme_str().is_some_and(|scheme| ["http", "https"].contains(&scheme))
            && url.host().is_some_and(|host| !host.is_empty())
    })
}

#[derive(Debug, clap::Subcommand)]
pub(super) enum Subcommand {
    /// Show the caller, what each task needs, what is missing, and how to fix it
    Status(StatusArguments),
    /// List the accounts with their primary emails
    Accounts(AccountsArguments),
    /// List and acknowledge what changed since earlier account lists
    Findings(FindingsArguments),
    /// Audit root credentials of member accounts
    Audit(AuditArguments),
    /// Write one file about all root users for an audit: Markdown, HTML or OCSF
    Report(ReportArguments),
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
    /// List and change the contacts of accounts: security, operations, billing, primary
    #[command(subcommand)]
    Contacts(Contacts),
    /// Show which SCPs and RCPs block root sessions, and how to let them through
    #[command(subcommand)]
    Scp(Scp),
    /// List, enable and disable trusted access of AWS services
    #[command(subcommand)]
    Trust(Trust),
    /// List, enable and disable the features of centralized root access
    #[command(subcommand)]
    Features(Features),
    /// List, register and deregister delegated administrators
    #[command(subcommand)]
    DelegatedAdmins(Delegates),
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
    /// Print the effective configuration, and where each setting comes from
    Config(ConfigArguments),
    /// Print a script that completes commands, profiles and accounts in a shell
    Completions(CompletionsArguments),
    /// Print the manual page of rootdeck
    Man(ManArguments),
}

#[derive(Debug, Args)]
#[command(after_help = words::COMPLETIONS)]
pub(super) struct CompletionsArguments {
    /// Shell
    pub shell: ShellWord,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ShellWord {
    Bash,
    Zsh,
    Fish,
    Elvish,
    #[value(alias = "pwsh")]
    Powershell,
}

impl ShellWord {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Bash => "bash",
            Self::Zsh => "zsh",
            Self::Fish => "fish",
            Self::Elvish => "elvish",
            Self::Powershell => "powershell",
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct ManArguments {
    /// Write the pages of all commands to this folder
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = words::READY_ENDS)]
pub(super) struct StatusArguments {
    /// Exit with 4 unless these tasks are ready, and show only these
    #[arg(long = "for", value_name = "TASK,…", value_delimiter = ',')]
    pub tasks: Vec<TaskWord>,
    #[command(flatten)]
    pub output: Output<Form>,
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
    #[command(flatten)]
    pub output: Output<ConfigForm>,
}

#[derive(Debug, Args)]
pub(super) struct PurgeArguments {
    /// Show what will be forgotten, without forgetting it
    #[arg(long, conflicts_with = "yes")]
    pub dry_run: bool,
    #[command(flatten)]
    pub output: Output<Form>,
    /// Skip the confirmation
    #[arg(short, long)]
    pub yes: bool,
}

#[derive(Debug, Args)]
#[command(after_long_help = emulator::help())]
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
    /// or clock-skew=1; --help lists the kinds
    #[arg(long, value_name = "KIND=RATE", value_delimiter = ',')]
    pub fault: Vec<InjectedFaultRule>,
    /// Verify signatures and their dates; without a value, everybody's
    #[arg(long, value_name = "WHOSE", num_args = 0..=1, require_equals = true, default_value = "sessions")]
    #[arg(default_missing_value = "all")]
    pub verify_signatures: VerifyWord,
    /// Register these callers' accounts as delegated administrators at the start, with
    /// trusted access (and the root features for iam-delegate)
    #[arg(long, value_name = "CALLER", value_delimiter = ',')]
    pub delegates: Vec<DelegateWord>,
    /// How long STS still opens root sessions after trusted access, a root feature or
    /// the delegated administrator is removed (AWS: 60 to 180)
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
    pub trust_delay: u64,
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
