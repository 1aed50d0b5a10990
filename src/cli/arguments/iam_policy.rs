//! The arguments of `rootdeck policy`.

use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Args, Subcommand, ValueEnum};

use super::forms::{Form, Output};
use crate::domain::account::AccountId;
use crate::domain::email::EmailAddress;
use crate::domain::flow::Flow;
use crate::domain::permission::PolicyScope;
use crate::domain::policy::ManagedPolicy;
use crate::words::cli::arguments as words;

#[derive(Debug, Args)]
#[command(after_help = words::POLICY_PRINTS)]
pub(crate) struct PolicyArguments {
    /// Explain a policy
    #[command(subcommand)]
    pub command: Option<PolicyCommand>,
    /// Tasks to allow (default: all); scp prints the policy that guards root, alarms a
    /// template of rules that report changes
    #[arg(long = "for", value_name = "FLOW,…", value_delimiter = ',')]
    pub flows: Vec<FlowWord>,
    #[command(flatten)]
    pub place: ScopeArguments,
    /// Allow only these domains for new primary emails, instead of the configured ones
    #[arg(long, value_name = "D,…", value_delimiter = ',', value_parser = domain)]
    pub allowed_domains: Vec<String>,
    /// Exclude optional permissions
    #[arg(long)]
    pub essential: bool,
    /// With --for alarms: print the event patterns only
    #[arg(long)]
    pub patterns: bool,
    /// Include permissions on which AWS's documents contradict each other
    #[arg(long)]
    pub with_doubtful: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PolicyCommand {
    /// Show which tasks a policy allows, what is missing, and the effect
    Explain(ExplainArguments),
}

#[derive(Debug, Args)]
#[command(after_help = words::POLICY_EXPLAINS)]
pub(crate) struct ExplainArguments {
    /// AWS managed policy, such as `PowerUserAccess`
    #[arg(value_parser = managed, conflicts_with = "file")]
    pub name: Option<ManagedPolicy>,
    /// Your own policy, as JSON, or `-` for stdin
    #[arg(long, value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Type of your own policy (default: scp where nothing in it allows anything, else identity)
    #[arg(long, value_name = "TYPE", requires = "file")]
    pub kind: Option<PolicyKindWord>,
    #[command(flatten)]
    pub place: ScopeArguments,
    #[command(flatten)]
    pub output: Output<Form>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PolicyKindWord {
    /// Policy of a user, group or role
    Identity,
    /// Service control policy
    Scp,
    /// Resource control policy
    Rcp,
}

#[derive(Debug, Args)]
pub(crate) struct ScopeArguments {
    /// Partition: aws, aws-cn, aws-us-gov …
    #[arg(long, value_name = "P", default_value = "aws", value_parser = partition)]
    pub partition: String,
    /// Organization id
    #[arg(long, value_name = "O", value_parser = organization)]
    pub organization: Option<String>,
    /// Management account id
    #[arg(long, value_name = "ID", value_parser = account)]
    pub management_account: Option<AccountId>,
}

impl ScopeArguments {
    /// With these domains for new primary emails.
    pub(crate) fn place(&self, domains: impl IntoIterator<Item = String>) -> PolicyScope {
        PolicyScope {
            partition: self.partition.clone(),
            organization: self.organization.clone(),
            management: self.management_account,
            domains: domains.into_iter().collect(),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FlowWord {
    /// List accounts and OUs, and the role of this account in the organization
    #[value(alias = "accounts")]
    Browse,
    /// Read primary emails and the status of their changes
    ReadEmails,
    /// Start and accept changes of primary emails
    #[value(alias = "email")]
    ChangeEmails,
    /// Read the security, operations, billing and primary contacts
    #[value(alias = "contacts")]
    ReadContacts,
    /// Change contacts and names of accounts
    ChangeContacts,
    /// Read the SCPs and RCPs that restrict root sessions in an account
    ReadScps,
    /// Enable and disable trusted access for account.amazonaws.com and iam.amazonaws.com
    #[value(alias = "trust")]
    TrustedAccess,
    /// Enable and disable the two features of centralized root access
    #[value(alias = "features")]
    RootFeatures,
    /// Register and deregister delegated administrators of the two services
    Delegation,
    /// Audit root credentials of member accounts
    Audit,
    /// Delete root credentials, after an audit
    #[value(alias = "credentials")]
    DeleteCredentials,
    /// Allow and close root password recovery
    Recovery,
    /// Show and change bucket policies as root
    #[value(alias = "s3-policy")]
    S3Policies,
    /// Show and change queue policies as root
    #[value(alias = "sqs-policy")]
    SqsPolicies,
    /// Simulate permissions with IAM
    Simulate,
    /// All of these
    Everything,
    /// SCP, not for callers: denies root of member accounts everything except root sessions
    Scp,
    /// Template of rules, not for callers: they report changes of who controls root
    Alarms,
}

impl FlowWord {
    /// The flows that it stands for; `scp` and `alarms` for none.
    pub(crate) fn flows(self) -> Vec<Flow> {
        let word = self.to_possible_value();
        let is_meant = |flow: &Flow| {
            self == Self::Everything || word.as_ref().is_some_and(|word| word.matches(flow.as_str(), false))
        };
        Flow::ALL.into_iter().filter(is_meant).collect()
    }
}

/// A task that somebody can be ready for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TaskWord(FlowWord);

impl TaskWord {
    pub(crate) fn flows(self) -> Vec<Flow> {
        self.0.flows()
    }
}

impl ValueEnum for TaskWord {
    fn value_variants<'a>() -> &'a [Self] {
        const {
            &[
                Self(FlowWord::Browse),
                Self(FlowWord::ReadEmails),
                Self(FlowWord::ChangeEmails),
                Self(FlowWord::ReadContacts),
                Self(FlowWord::ChangeContacts),
                Self(FlowWord::ReadScps),
                Self(FlowWord::TrustedAccess),
                Self(FlowWord::RootFeatures),
                Self(FlowWord::Delegation),
                Self(FlowWord::Audit),
                Self(FlowWord::DeleteCredentials),
                Self(FlowWord::Recovery),
                Self(FlowWord::S3Policies),
                Self(FlowWord::SqsPolicies),
                Self(FlowWord::Simulate),
                Self(FlowWord::Everything),
            ]
        }
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        self.0.to_possible_value()
    }
}

fn managed(text: &str) -> Result<ManagedPolicy, String> {
    let names = ManagedPolicy::ALL.map(ManagedPolicy::as_str).join(", ");
    ManagedPolicy::from_name(text).ok_or_else(|| words::one_of_policies(names))
}

fn partition(text: &str) -> Result<String, String> {
    let word = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase());
    if text.split('-').all(word) && text.starts_with("aws") {
        return Ok(text.to_owned());
    }
    Err(words::A_PARTITION.to_owned())
}

fn organization(text: &str) -> Result<String, String> {
    let is_id = |id: &str| {
        (10..=32).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    if text.strip_prefix("o-").is_some_and(is_id) {
        return Ok(text.to_owned());
    }
    Err(words::AN_ORGANIZATION.to_owned())
}

fn account(text: &str) -> Result<AccountId, String> {
    AccountId::written(text).ok_or_else(|| words::AN_ACCOUNT.to_owned())
}

fn domain(text: &str) -> Result<String, String> {
    let address = EmailAddress::parse(&format!("a@{text}")).ok().map(|address| address.domain());
    address.filter(|domain| domain.eq_ignore_ascii_case(text)).ok_or_else(|| words::A_DOMAIN.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_stands_for_its_flow() {
        let words = FlowWord::value_variants()
            .iter()
            .filter(|word| !matches!(word, FlowWord::Everything | FlowWord::Scp | FlowWord::Alarms));
        let flows: Vec<Flow> = words.flat_map(|word| word.flows()).collect();
        assert_eq!(flows, Flow::ALL);
        assert_eq!(FlowWord::Everything.flows(), Flow::ALL);
        assert_eq!(FlowWord::Scp.flows(), []);
    }

    #[test]
    fn the_words_are_those_of_the_flows() {
        for word in FlowWord::value_variants().iter().filter(|word| word.flows().len() == 1) {
            let name = word.to_possible_value().map(|value| value.get_name().to_owned());
            assert_eq!(name.as_deref(), word.flows().first().map(|flow| flow.as_str()));
        }
        assert!(Flow::ALL.iter().all(|flow| FlowWord::value_variants().iter().any(|word| word.flows() == [*flow])));
    }

    #[test]
    fn what_is_no_place_is_not_taken_for_one() {
        for text in ["aws", "aws-cn", "aws-us-gov", "aws-iso-b", "aws-eusc"] {
            assert!(partition(text).is_ok(), "{text}");
        }
        for text in ["", "aws-", "gcp", "aws*", "AWS", "aws:iam"] {
            assert!(partition(text).is_err(), "{text}");
        }
        assert!(organization("o-8j81brsjuj").is_ok());
        for text in ["8j81brsjuj", "o-short", "o-8J81BRSJUJ", "o-*"] {
            assert!(organization(text).is_err(), "{text}");
        }
        assert_eq!(domain("Corp.Example").as_deref(), Ok("corp.example"));
        for text in ["", "*", "corp", "a@corp.example", "*.example"] {
            assert!(domain(text).is_err(), "{text}");
        }
    }
}
