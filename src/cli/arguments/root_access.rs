//! The arguments of the commands about root of the member accounts.

use std::ffi::OsString;
use std::path::PathBuf;
use std::str::FromStr;

use clap::{ArgGroup, Args, Subcommand, ValueEnum};
use jiff::SignedDuration;

use super::consent::{Consent, Purpose, reason};
use super::forms::{Form, Output};
use crate::domain::region::is_region;
use crate::domain::root_credentials::CredentialKind;
use crate::domain::root_session::LONGEST_SECONDS;
use crate::domain::since::{self, duration};
use crate::domain::task_policy::TaskPolicy;
use crate::words::cli::arguments as words;

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, after_help = words::AUDIT_ENDS)]
pub(crate) struct AuditArguments {
    #[command(subcommand)]
    pub command: Option<AuditCommand>,
    #[command(flatten)]
    pub audit: AuditNow,
}

#[derive(Debug, Subcommand)]
pub(crate) enum AuditCommand {
    /// Show what audits from this machine found in an account over time (no AWS calls)
    History(AuditHistory),
}

#[derive(Debug, Args)]
#[command(after_help = words::HISTORY_ENDS)]
pub(crate) struct AuditHistory {
    /// Account (id, or name in the last account list)
    pub account: String,
    #[command(flatten)]
    pub output: Output<Form>,
}

#[derive(Debug, Args)]
pub(crate) struct AuditNow {
    /// Also list the credentials, their age and last use
    #[arg(long)]
    pub deep: bool,
    #[command(flatten)]
    pub accounts: NamedAccounts,
    /// Show only accounts where the last audit on this machine found something else: new findings, credentials that are
    /// new, were used or deleted, and accounts that it could read and this one cannot
    #[arg(long, conflicts_with = "max_age")]
    pub since_last: bool,
    /// Answer from the audits on this machine that are no older, such as 12h or 7d, without root sessions; accounts
    /// without a complete audit are audited again
    #[arg(long, value_name = "AGE", value_parser = age)]
    pub max_age: Option<SignedDuration>,
    #[command(flatten)]
    pub output: Output<Form>,
    /// Exit with 1 on these results, for scheduled jobs
    #[arg(long, value_name = "WHAT,…", value_delimiter = ',')]
    pub fail_on: Vec<FailOn>,
    #[command(flatten)]
    pub purpose: Purpose,
}

pub(super) fn age(text: &str) -> Result<SignedDuration, String> {
    duration(text).ok_or_else(|| words::AN_AGE.to_owned())
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum WhichAccounts {
    /// All member accounts.
    All,
    /// Those in these lists of ids or names.
    Named(Vec<String>),
}

/// The accounts of a command that is about all where none are named.
#[derive(Debug, Args)]
pub(crate) struct NamedAccounts {
    /// Accounts (id, ARN or unique name), or `-` for the lines of stdin; default: `all`
    #[arg(id = "named_accounts", value_name = "ACCOUNT")]
    named: Vec<WhichAccounts>,
    /// The same as one list
    #[arg(long, value_name = "ACCOUNT,…|all|-")]
    accounts: Vec<WhichAccounts>,
}

impl NamedAccounts {
    pub(in crate::cli) fn which(&self) -> WhichAccounts {
        if self.named.is_empty() && self.accounts.is_empty() {
            return WhichAccounts::All;
        }
        WhichAccounts::joined(self.named.iter().chain(&self.accounts))
    }
}

impl FromStr for WhichAccounts {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.eq_ignore_ascii_case("all") {
            return Ok(Self::All);
        }
        // An empty variable of a script is not "all", and not "nothing to complain of" either.
        let is_empty = text.split(',').all(|part| part.trim().is_empty());
        if is_empty { Err(words::NAMES_NO_ACCOUNT) } else { Ok(Self::Named(vec![text.to_owned()])) }
    }
}

impl WhichAccounts {
    /// Those of an option that was given several times.
    pub(in crate::cli) fn joined<'a>(all: impl IntoIterator<Item = &'a Self>) -> Self {
        let texts = |which: &Self| match which {
            Self::All => None,
            Self::Named(texts) => Some(texts.clone()),
        };
        all.into_iter().map(texts).collect::<Option<Vec<_>>>().map_or(Self::All, |texts| Self::Named(texts.concat()))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// There is a finding: a root password, access key or signing certificate, or a recent sign-in
    Finding,
    /// An account is unread or partly read
    Unread,
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("receiver").required(true).args(["credential_process", "shell", "command"]))]
#[command(after_help = words::SESSION_ENDS, override_usage = words::SESSION_USAGE)]
pub(crate) struct SessionArguments {
    /// Member account (id, ARN or unique name)
    pub account: String,
    /// Task policy (AWS name)
    #[arg(help = words::task_help(task_names()), value_parser = task)]
    pub task: TaskPolicy,
    /// Duration of the session in seconds
    #[arg(long, value_name = "N", default_value_t = LONGEST_SECONDS, value_parser = clap::value_parser!(u16).range(1..=i64::from(LONGEST_SECONDS)))]
    pub seconds: u16,
    /// Reason or ticket for the journal (one line)
    #[arg(long, value_name = "TEXT", value_parser = reason)]
    pub reason: Option<String>,
    /// Print the credentials to stdout in `credential_process` format
    #[arg(long)]
    pub credential_process: bool,
    /// Open a shell with the session, marked in its prompt
    #[arg(long)]
    pub shell: bool,
    /// Command to run with the session in its environment
    #[arg(last = true, value_name = "COMMAND")]
    pub command: Vec<OsString>,
}

fn task(text: &str) -> Result<TaskPolicy, String> {
    TaskPolicy::from_name(text).ok_or_else(|| words::one_of(task_names()))
}

fn task_names() -> String {
    TaskPolicy::ALL.map(TaskPolicy::as_str).join(", ")
}

#[derive(Debug, Subcommand)]
pub(crate) enum Credentials {
    /// Delete root credentials, after a preview
    Delete(DeleteCredentials),
}

#[derive(Debug, Args)]
#[command(after_help = words::DELETION_ENDS)]
pub(crate) struct DeleteCredentials {
    /// Member accounts (id, ARN or unique name), `all` active ones, or `-` for the lines of stdin
    #[arg(required = true)]
    pub accounts: Vec<String>,
    /// Show the preview only, delete nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Only these types
    #[arg(long, value_name = "KIND,…", value_delimiter = ',')]
    pub only: Vec<KindWord>,
    /// Only credentials created longer ago, such as 90d; those of unknown age are not deleted
    #[arg(long, value_name = "DURATION", value_parser = span)]
    pub older_than: Option<SignedDuration>,
    /// Only access keys and passwords not used for this time, such as 90d. Those with unknown last use are kept
    #[arg(long, value_name = "DURATION", value_parser = span)]
    pub unused_for: Option<SignedDuration>,
    #[command(flatten)]
    pub output: Output<Form>,
    #[command(flatten)]
    pub consent: Consent,
}

fn span(text: &str) -> Result<SignedDuration, &'static str> {
    since::span(text).ok_or(words::A_SPAN)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum KindWord {
    /// The password
    Password,
    /// Access keys
    AccessKeys,
    /// Signing certificates
    SigningCertificates,
    /// MFA devices
    MfaDevices,
}

impl From<KindWord> for CredentialKind {
    fn from(word: KindWord) -> Self {
        match word {
            KindWord::Password => Self::Password,
            KindWord::AccessKeys => Self::AccessKey,
            KindWord::SigningCertificates => Self::SigningCertificate,
            KindWord::MfaDevices => Self::MfaDevice,
        }
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Recovery {
    /// Allow whoever reads the root mailbox to set a root password
    Allow(AllowRecovery),
    /// Close recovery, and delete a password set in the meantime
    Close(CloseRecovery),
    /// List the recoveries allowed on this machine and still open
    List {
        #[command(flatten)]
        output: Output<Form>,
    },
}

#[derive(Debug, Args)]
#[command(after_help = words::RECOVERY_END)]
pub(crate) struct AllowRecovery {
    /// Member accounts (id, ARN or unique name), `all` active ones, or `-` for the lines of stdin
    #[arg(required = true)]
    pub accounts: Vec<String>,
    /// When it should be closed again: a time such as 2026-12-01T18:00 or a day
    #[arg(long, value_name = "TIME", conflicts_with = "span")]
    pub until: Option<String>,
    /// The same as a span from now, such as 2h
    #[arg(long = "for", id = "span", value_name = "SPAN", value_parser = span)]
    pub span: Option<SignedDuration>,
    #[command(flatten)]
    pub output: Output<Form>,
    #[command(flatten)]
    pub consent: Consent,
}

#[derive(Debug, Args)]
pub(crate) struct CloseRecovery {
    /// Member accounts (id, ARN or unique name), `all` active ones, or `-` for the lines of stdin
    #[arg(required_unless_present = "expired", conflicts_with = "expired")]
    pub accounts: Vec<String>,
    /// Close those that were allowed on this machine, are past their end, and still open: for cron
    #[arg(long)]
    pub expired: bool,
    #[command(flatten)]
    pub output: Output<Form>,
    #[command(flatten)]
    pub consent: Consent,
}

#[derive(Debug, Subcommand)]
pub(crate) enum BucketPolicy {
    /// List the buckets of accounts, and whether their policies lock out all principals
    List(ListBuckets),
    /// Print the policy of a bucket
    Show(ShowPolicy<Bucket>),
    /// Delete the policy of a bucket; saves it to a file first
    Delete(DeletePolicy<Bucket>),
    /// Put a policy on a bucket; saves the current one first
    Put(PutPolicy<Bucket>),
}

#[derive(Debug, Args)]
pub(crate) struct ListBuckets {
    /// Member accounts (id, ARN or unique name), `all` active ones, or `-` for the lines of stdin
    #[arg(required = true)]
    pub accounts: Vec<String>,
    #[command(flatten)]
    pub output: Output<Form>,
    #[command(flatten)]
    pub purpose: Purpose,
}

#[derive(Debug, Args)]
pub(crate) struct Bucket {
    /// Member account (id, ARN or unique name)
    pub account: String,
    /// Bucket name
    pub bucket: String,
}

#[derive(Debug, Args)]
pub(crate) struct ShowPolicy<Holder: Args> {
    #[command(flatten)]
    pub of: Holder,
    #[command(flatten)]
    pub purpose: Purpose,
}

#[derive(Debug, Args)]
pub(crate) struct DeletePolicy<Holder: Args> {
    #[command(flatten)]
    pub of: Holder,
    /// Save the policy to this new file instead of one named by date in the state folder
    #[arg(long, value_name = "FILE")]
    pub save: Option<PathBuf>,
    #[command(flatten)]
    pub output: Output<Form>,
    #[command(flatten)]
    pub consent: Consent,
}

#[derive(Debug, Args)]
pub(crate) struct PutPolicy<Holder: Args> {
    #[command(flatten)]
    pub of: Holder,
    /// File with the policy, or `-` for stdin
    pub file: PathBuf,
    /// Save the current policy to this new file instead of one named by date in the state folder
    #[arg(long, value_name = "FILE")]
    pub save: Option<PathBuf>,
    #[command(flatten)]
    pub output: Output<Form>,
    #[command(flatten)]
    pub consent: Consent,
}

#[derive(Debug, Subcommand)]
pub(crate) enum QueuePolicy {
    /// List the queues of accounts, and whether their policies lock out all principals
    List(ListQueues),
    /// Print the policy of a queue
    Show(ShowPolicy<Queue>),
    /// Clear the policy of a queue; saves it to a file first
    Delete(DeletePolicy<Queue>),
    /// Put a policy on a queue; saves the current one first
    Put(PutPolicy<Queue>),
}

#[derive(Debug, Args)]
pub(crate) struct ListQueues {
    /// Member accounts (id, ARN or unique name), `all` active ones, or `-` for the lines of stdin
    #[arg(required = true)]
    pub accounts: Vec<String>,
    /// Regions to search, instead of the current one; `all` for all known regions of the partition
    #[arg(long, value_name = "REGION,…|all", value_delimiter = ',', value_parser = regions)]
    pub regions: Vec<String>,
    #[command(flatten)]
    pub output: Output<Form>,
    #[command(flatten)]
    pub purpose: Purpose,
}

/// All regions, among the names of some.
pub(in crate::cli) const ALL_REGIONS: &str = "all";

fn regions(text: &str) -> Result<String, String> {
    if text.eq_ignore_ascii_case(ALL_REGIONS) { Ok(ALL_REGIONS.to_owned()) } else { region(text) }
}

fn region(text: &str) -> Result<String, String> {
    if is_region(text) { Ok(text.to_owned()) } else { Err(words::A_REGION.to_owned()) }
}

#[derive(Debug, Args)]
pub(crate) struct Queue {
    /// Member account (id, ARN or unique name)
    pub account: String,
    /// Queue name, URL or ARN
    #[arg(value_name = "QUEUE")]
    pub named: String,
    /// Region of the queue, if given by name and not in the current region
    #[arg(id = "queue_region", long = "queue-region", value_name = "REGION", value_parser = region)]
    pub region: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::super::Arguments;
    use super::*;
    use clap::Parser;

    fn parse(words: &[&str]) -> Result<Arguments, clap::Error> {
        Arguments::try_parse_from([&["rootdeck"], words].concat())
    }

    #[test]
    fn accounts_are_all_or_those_named() {
        assert_eq!("ALL".parse(), Ok(WhichAccounts::All));
        let named = |texts: &[&str]| WhichAccounts::Named(texts.iter().map(ToString::to_string).collect());
        assert_eq!("444455556666, team a,".parse(), Ok(named(&["444455556666, team a,"])));
        assert_eq!(WhichAccounts::joined(&[named(&["a"]), named(&["b"])]), named(&["a", "b"]));
        assert_eq!(WhichAccounts::joined(&[named(&["a"]), WhichAccounts::All]), WhichAccounts::All);
        let audit = |words: &[&str]| match parse(&[&["audit"], words].concat()).map(|read| read.command) {
            Ok(Some(super::super::Subcommand::Audit(audit))) => audit.audit.accounts.which(),
            other => panic!("{other:?}"),
        };
        assert_eq!(audit(&[]), WhichAccounts::All);
        assert_eq!(audit(&["a", "b,c", "--accounts", "d", "--accounts", "e"]), named(&["a", "b,c", "d", "e"]));
        assert_eq!(audit(&["a", "all"]), WhichAccounts::All);
        assert!(parse(&["audit", "--accounts", ""]).is_err() && parse(&["audit", "--accounts", " , "]).is_err());
    }

    #[test]
    fn a_session_goes_to_exactly_one_receiver() {
        let session = ["session", "444455556666", "s3unlockbucketpolicy"];
        for receiver in [&["--shell"][..], &["--credential-process"], &["--", "aws", "s3", "ls"]] {
            assert!(parse(&[&session, receiver].concat()).is_ok(), "{receiver:?}");
        }
        for receiver in [&[][..], &["--shell", "--credential-process"], &["--shell", "--", "env"], &["env"], &["--"]] {
            assert!(parse(&[&session, receiver].concat()).is_err(), "{receiver:?}");
        }
    }

    #[test]
    fn a_session_is_for_a_task_of_aws_and_no_longer_than_aws_allows() {
        let with = |words: &[&str]| parse(&[&["session", "1"], words, &["--shell"]].concat());
        for words in [
            &["AdministratorAccess"][..],
            &["S3UnlockBucketPolicy", "--seconds", "901"],
            &["S3UnlockBucketPolicy", "--seconds", "0"],
        ] {
            assert!(with(words).is_err(), "{words:?}");
        }
        assert!(with(&["SQSUnlockQueuePolicy", "--seconds", "900"]).is_ok());
    }

    #[test]
    fn kinds_of_credentials_are_given_in_a_list() {
        assert!(
            parse(&["credentials", "delete", "--only", "password,access-keys,signing-certificates,mfa-devices", "1"])
                .is_ok()
        );
        assert!(parse(&["credentials", "delete", "--only", "keys", "1"]).is_err());
        assert!(parse(&["credentials", "delete"]).is_err());
        let delete = |words: &[&str]| parse(&[&["credentials", "delete", "1"], words].concat()).is_ok();
        assert!(delete(&["--older-than", "90d", "--unused-for", "12w"]));
        assert!(!delete(&["--older-than", "90"]) && !delete(&["--unused-for", "2026-01-01"]));
    }
}
