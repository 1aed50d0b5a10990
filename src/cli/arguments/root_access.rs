//! The arguments of the commands about root of the member accounts.

use std::ffi::OsString;
use std::path::PathBuf;
use std::str::FromStr;

use clap::{ArgGroup, Args, Subcommand, ValueEnum};

use super::consent::Consent;
use super::forms::Form;
use crate::domain::region::is_region;
use crate::domain::root_credentials::CredentialKind;
use crate::domain::root_session::LONGEST_SECONDS;
use crate::domain::task_policy::TaskPolicy;
use crate::words::cli::arguments as words;

#[derive(Debug, Args)]
#[command(after_help = words::AUDIT_ENDS)]
pub(crate) struct AuditArguments {
    /// Also which credentials, how old they are and when they were last used
    #[arg(long)]
    pub deep: bool,
    /// The accounts, by id or unique name
    #[arg(long, value_name = "ACCOUNT,…|all", default_value = "all")]
    pub accounts: WhichAccounts,
    /// The form of the output
    #[arg(short, long, value_name = "FORM", default_value = "table")]
    pub output: Form,
    /// End with 1 if there is such a thing, for scheduled runs
    #[arg(long, value_name = "WHAT,…", value_delimiter = ',')]
    pub fail_on: Vec<FailOn>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum WhichAccounts {
    /// All member accounts.
    All,
    /// Those with these ids or names.
    Named(Vec<String>),
}

impl FromStr for WhichAccounts {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.eq_ignore_ascii_case("all") {
            return Ok(Self::All);
        }
        let named: Vec<String> =
            text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect();
        // An empty variable of a script is not "all", and not "nothing to complain of" either.
        if named.is_empty() { Err(words::NAMES_NO_ACCOUNT) } else { Ok(Self::Named(named)) }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// A password, an access key or a signing certificate of root
    Finding,
    /// An account that was not wholly read
    Unread,
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("receiver").required(true).args(["credential_process", "shell", "command"]))]
#[command(after_help = words::SESSION_ENDS, override_usage = words::SESSION_USAGE)]
pub(crate) struct SessionArguments {
    /// The member account, by id or unique name
    pub account: String,
    /// The task policy, by AWS's name
    #[arg(help = words::task_help(task_names()), value_parser = task)]
    pub task: TaskPolicy,
    /// How long the session lasts, in seconds
    #[arg(long, value_name = "N", default_value_t = LONGEST_SECONDS, value_parser = clap::value_parser!(u16).range(1..=i64::from(LONGEST_SECONDS)))]
    pub seconds: u16,
    /// Print the credentials to stdout, as the AWS tools read them from a `credential_process`
    #[arg(long)]
    pub credential_process: bool,
    /// Open a shell that has the session, with its prompt marked
    #[arg(long)]
    pub shell: bool,
    /// The command that gets the session in its environment
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
    /// Delete root credentials, after a look at exactly what would go
    Delete(DeleteCredentials),
}

#[derive(Debug, Args)]
#[command(after_help = words::DELETION_ENDS)]
pub(crate) struct DeleteCredentials {
    /// The member accounts, by id or unique name
    #[arg(required = true)]
    pub accounts: Vec<String>,
    /// Say what would go, and delete nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Only these kinds
    #[arg(long, value_name = "KIND,…", value_delimiter = ',')]
    pub only: Vec<KindWord>,
    /// The form of the output
    #[arg(short, long, value_name = "FORM", default_value = "table")]
    pub output: Form,
    #[command(flatten)]
    pub consent: Consent,
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
    /// Let whoever reads the root mailbox set a root password
    Allow(OpenOrClose),
    /// Take that back, together with a password that was set meanwhile
    Close(OpenOrClose),
    /// List the accounts that were allowed from here and not closed again
    List {
        /// The form of the output
        #[arg(short, long, value_name = "FORM", default_value = "table")]
        output: Form,
    },
}

#[derive(Debug, Args)]
pub(crate) struct OpenOrClose {
    /// The member account, by id or unique name
    pub account: String,
    #[command(flatten)]
    pub consent: Consent,
}

#[derive(Debug, Subcommand)]
pub(crate) enum BucketPolicy {
    /// List the buckets of an account
    List(ListBuckets),
    /// Print the policy of a bucket
    Show(Bucket),
    /// Save the policy of a bucket to a file and delete it
    Delete(DeletePolicy<Bucket>),
    /// Put a policy on a bucket, in the place of the present one, which is saved first
    Put(PutPolicy<Bucket>),
}

#[derive(Debug, Args)]
pub(crate) struct ListBuckets {
    /// The member account, by id or unique name
    pub account: String,
    /// The form of the output
    #[arg(short, long, value_name = "FORM", default_value = "table")]
    pub output: Form,
}

#[derive(Debug, Args)]
pub(crate) struct Bucket {
    /// The member account, by id or unique name
    pub account: String,
    /// The bucket's name
    pub bucket: String,
}

#[derive(Debug, Args)]
pub(crate) struct DeletePolicy<Holder: Args> {
    #[command(flatten)]
    pub of: Holder,
    /// Save the policy to this file, which must not be there yet, instead of the state folder
    #[arg(long, value_name = "FILE")]
    pub save: Option<PathBuf>,
    #[command(flatten)]
    pub consent: Consent,
}

#[derive(Debug, Args)]
pub(crate) struct PutPolicy<Holder: Args> {
    #[command(flatten)]
    pub of: Holder,
    /// The file that holds the policy
    pub file: PathBuf,
    /// Save the present policy to this file, which must not be there yet, instead of the state folder
    #[arg(long, value_name = "FILE")]
    pub save: Option<PathBuf>,
    #[command(flatten)]
    pub consent: Consent,
}

#[derive(Debug, Subcommand)]
pub(crate) enum QueuePolicy {
    /// List the queues of an account
    List(ListQueues),
    /// Print the policy of a queue
    Show(Queue),
    /// Save the policy of a queue to a file and clear it
    Delete(DeletePolicy<Queue>),
    /// Put a policy on a queue, in the place of the present one, which is saved first
    Put(PutPolicy<Queue>),
}

#[derive(Debug, Args)]
pub(crate) struct ListQueues {
    /// The member account, by id or unique name
    pub account: String,
    /// The regions to look in, instead of the one in use
    #[arg(long, value_name = "REGION,…", value_delimiter = ',', value_parser = region)]
    pub regions: Vec<String>,
    /// The form of the output
    #[arg(short, long, value_name = "FORM", default_value = "table")]
    pub output: Form,
}

fn region(text: &str) -> Result<String, String> {
    if is_region(text) { Ok(text.to_owned()) } else { Err(words::A_REGION.to_owned()) }
}

#[derive(Debug, Args)]
pub(crate) struct Queue {
    /// The member account, by id or unique name
    pub account: String,
    /// The queue's name, URL or ARN
    #[arg(value_name = "QUEUE")]
    pub named: String,
    /// The queue's region, if it is given by name and is not in the region in use
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
        let named = WhichAccounts::Named(vec!["444455556666".into(), "team a".into()]);
        assert_eq!("444455556666, team a,".parse(), Ok(named));
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
    }
}
