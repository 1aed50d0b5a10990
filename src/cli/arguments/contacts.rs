//! The arguments of the commands about contacts.

use clap::{Args, Subcommand, ValueEnum};

use super::forms::{Form, OneForm, Output};
use crate::domain::contacts::ContactKind;
use crate::words::cli::arguments as words;

#[derive(Debug, Subcommand)]
pub(crate) enum Contacts {
    /// List the security, operations, billing and primary contacts of accounts
    List(ListContacts),
    /// Show the contacts of one account
    Show(ShowContacts),
}

#[derive(Debug, Args)]
#[command(after_help = words::CONTACTS_END)]
pub(crate) struct ListContacts {
    /// Accounts (id, ARN or unique name), or `-` for the lines of stdin; default: `all`
    pub accounts: Vec<String>,
    /// Read only these contacts: each takes a call per account
    #[arg(long = "type", value_name = "TYPE,…", value_delimiter = ',')]
    pub kinds: Vec<ContactWord>,
    /// Exit with 1 on these results, for scheduled jobs
    #[arg(long, value_name = "WHAT,…", value_delimiter = ',')]
    pub fail_on: Vec<FailOnContact>,
    #[command(flatten)]
    pub output: Output<Form>,
}

impl ListContacts {
    /// In the order they are shown; all if none is named.
    pub(in crate::cli) fn kinds(&self) -> Vec<ContactKind> {
        let is_wanted =
            |kind: &ContactKind| self.kinds.is_empty() || self.kinds.iter().any(|word| word.kind() == *kind);
        ContactKind::ALL.into_iter().filter(is_wanted).collect()
    }
}

#[derive(Debug, Args)]
pub(crate) struct ShowContacts {
    /// Account (id, ARN or unique name)
    pub account: String,
    #[command(flatten)]
    pub output: Output<OneForm>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ContactWord {
    /// Receives AWS's notices about security
    Security,
    /// Receives those about operations
    Operations,
    /// Receives those about billing
    Billing,
    /// Owner of the account, with address
    Primary,
}

impl ContactWord {
    pub(in crate::cli) fn kind(self) -> ContactKind {
        match self {
            Self::Security => ContactKind::Security,
            Self::Operations => ContactKind::Operations,
            Self::Billing => ContactKind::Billing,
            Self::Primary => ContactKind::Primary,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOnContact {
    /// An account has no security contact
    Finding,
    /// An account is unread or partly read
    Unread,
}

#[cfg(test)]
mod tests {
    use super::super::Arguments;
    use clap::Parser;

    fn takes(words: &[&str]) -> bool {
        Arguments::try_parse_from([&["rootdeck", "contacts"], words].concat()).is_ok()
    }

    #[test]
    fn contacts_are_listed_for_all_or_some_and_shown_for_one() {
        assert!(takes(&["list"]) && takes(&["list", "a", "b", "--type", "security,primary", "--fail-on", "finding"]));
        assert!(takes(&["show", "a", "-o", "json"]));
        assert!(!takes(&[]) && !takes(&["show"]) && !takes(&["show", "a", "b"]) && !takes(&["list", "--type", "x"]));
    }
}
