//! The arguments of the commands about accounts, and about what changed in their list.

use clap::{Args, Subcommand, ValueEnum};

use super::contacts::HowToChange;
use super::forms::{Form, OneForm, Output};
use crate::words::cli::arguments as words;

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, after_help = words::ACCOUNTS_END)]
pub(crate) struct AccountsArguments {
    #[command(subcommand)]
    pub command: Option<AccountsCommand>,
    #[command(flatten)]
    pub listing: ListAccounts,
}

#[derive(Debug, Subcommand)]
pub(crate) enum AccountsCommand {
    /// List the accounts with their primary emails
    List(ListAccounts),
    /// Show all that is known of one account: email, path, email change, root credentials
    Show(ShowAccount),
    /// Give an account another name (several: `contacts plan` with the column `new_name`)
    Rename(RenameAccount),
}

#[derive(Debug, Args)]
pub(crate) struct RenameAccount {
    /// Account (id, ARN or unique name)
    pub account: String,
    /// New name: 1 to 50 characters of ASCII without < and >
    #[arg(value_name = "NAME")]
    pub new_name: String,
    #[command(flatten)]
    pub how: HowToChange,
}

#[derive(Debug, Args)]
#[command(after_help = words::ACCOUNTS_END)]
pub(crate) struct ListAccounts {
    /// Only accounts in one of these states
    #[arg(long, value_name = "STATE,…", value_delimiter = ',')]
    pub state: Vec<String>,
    /// Only accounts in these organizational units (id, name or path) or below; Root: directly in the root
    #[arg(long, value_name = "OU,…", value_delimiter = ',')]
    pub ou: Vec<String>,
    /// Only accounts whose primary email has one of these domains; `*.corp.example` is all below it
    #[arg(long, value_name = "DOMAIN,…", value_delimiter = ',')]
    pub email_domain: Vec<String>,
    /// Only accounts whose primary email has none of these domains
    #[arg(long, value_name = "DOMAIN,…", value_delimiter = ',')]
    pub not_email_domain: Vec<String>,
    /// Only accounts with an open email change that this machine knows (`email status --all` checks with AWS)
    #[arg(long)]
    pub pending: bool,
    /// Only accounts that changed since earlier lists (see `findings`)
    #[arg(long)]
    pub finding: bool,
    /// Only accounts whose primary email is doubtful: another domain than allowed, a look-alike, a personal provider
    #[arg(long)]
    pub address_finding: bool,
    /// Exit with 1 on these results, for scheduled jobs
    #[arg(long, value_name = "WHAT,…", value_delimiter = ',')]
    pub fail_on: Vec<FailOnAccount>,
    #[command(flatten)]
    pub output: Output<Form>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOnAccount {
    /// A listed account changed since earlier lists; without filters, also one that left
    Finding,
    /// A listed account has an open email change that this machine knows
    Pending,
    /// The primary email of a listed account is doubtful
    Address,
    /// Any account is listed
    Any,
}

#[derive(Debug, Args)]
pub(crate) struct ShowAccount {
    /// Account (id, ARN or unique name)
    pub account: String,
    #[command(flatten)]
    pub output: Output<OneForm>,
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct FindingsArguments {
    #[command(subcommand)]
    pub command: Option<FindingsCommand>,
    #[command(flatten)]
    pub listing: ListFindings,
}

#[derive(Debug, Subcommand)]
pub(crate) enum FindingsCommand {
    /// List what changed since earlier account lists and is not acknowledged (no AWS calls)
    List(ListFindings),
    /// Acknowledge findings: they are no longer listed
    Acknowledge(AcknowledgeFindings),
}

#[derive(Debug, Args)]
#[command(after_help = words::FINDINGS_END)]
pub(crate) struct ListFindings {
    /// Only findings of this kind
    #[arg(long, value_name = "KIND,…", value_delimiter = ',')]
    pub kind: Vec<FindingWord>,
    /// Exit with 1 if a finding is listed, for scheduled jobs
    #[arg(long, value_name = "WHAT")]
    pub fail_on: Option<FailOnFinding>,
    #[command(flatten)]
    pub output: Output<Form>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOnFinding {
    /// A finding is listed
    Finding,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FindingWord {
    /// The primary email was changed by someone else
    Email,
    /// The account is no longer in the organization
    Gone,
    /// The account is new
    New,
    /// The account is in another state
    State,
}

#[derive(Debug, Args)]
pub(crate) struct AcknowledgeFindings {
    /// Numbers of findings, as `findings list` shows them
    #[arg(required_unless_present = "all", conflicts_with = "all", value_name = "ID")]
    pub ids: Vec<i64>,
    /// Acknowledge all findings
    #[arg(long)]
    pub all: bool,
    #[command(flatten)]
    pub output: Output<Form>,
}

#[cfg(test)]
mod tests {
    use super::super::Arguments;
    use clap::Parser;

    fn takes(words: &[&str]) -> bool {
        Arguments::try_parse_from([&["rootdeck"], words].concat()).is_ok()
    }

    #[test]
    fn a_list_may_be_asked_for_by_its_noun_alone() {
        assert!(takes(&["accounts"]) && takes(&["accounts", "list", "--state", "active"]));
        assert!(takes(&["accounts", "--pending", "-o", "csv"]) && takes(&["accounts", "show", "a", "-o", "json"]));
        assert!(takes(&["findings"]) && takes(&["findings", "--kind", "email,gone"]) && takes(&["findings", "list"]));
        assert!(!takes(&["accounts", "--pending", "list"]) && !takes(&["accounts", "show"]));
    }

    #[test]
    fn findings_are_acknowledged_by_number_or_all() {
        assert!(takes(&["findings", "acknowledge", "1", "2"]) && takes(&["findings", "acknowledge", "--all"]));
        assert!(!takes(&["findings", "acknowledge"]) && !takes(&["findings", "acknowledge", "1", "--all"]));
    }
}
