//! The arguments of the commands about contacts.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::consent::Consent;
use super::forms::{Form, OneForm, Output};
use crate::domain::contact_edit::{ContactEdit, PrimaryEdit};
use crate::domain::contacts::{AlternateKind, ContactKind};
use crate::words::cli::arguments as words;

#[derive(Debug, Subcommand)]
pub(crate) enum Contacts {
    /// List the security, operations, billing and primary contacts of accounts
    List(ListContacts),
    /// Show the contacts of one account
    Show(ShowContacts),
    /// Set the security, operations or billing contact of accounts
    Set(SetContacts),
    /// Set the primary contact of accounts
    SetPrimary(SetPrimaryContact),
    /// Delete the security, operations or billing contact of accounts
    Delete(DeleteContacts),
    /// Change contacts and names of many accounts as a CSV file says
    Plan(PlanContacts),
}

/// How contacts are changed.
#[derive(Debug, Args)]
pub(crate) struct HowToChange {
    /// Show what would be changed, without changing it
    #[arg(long, conflicts_with = "yes")]
    pub dry_run: bool,
    #[command(flatten)]
    pub consent: Consent,
    #[command(flatten)]
    pub output: Output<Form>,
}

/// The accounts that something is changed in.
#[derive(Debug, Args)]
pub(crate) struct WhichToChange {
    /// Accounts (id, ARN or unique name), `-` for the lines of stdin, or `all`
    #[arg(required = true)]
    pub accounts: Vec<String>,
    #[command(flatten)]
    pub how: HowToChange,
}

#[derive(Debug, Args)]
#[command(after_help = words::SET_CONTACTS_END)]
pub(crate) struct SetContacts {
    #[command(flatten)]
    pub of: WhichToChange,
    /// Which contact
    #[arg(long = "type", value_name = "TYPE")]
    pub kind: AlternateWord,
    /// Name of the person or team
    #[arg(long, value_name = "TEXT")]
    pub name: Option<String>,
    /// Title of the person
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Email address
    #[arg(long, value_name = "ADDRESS")]
    pub email: Option<String>,
    /// Phone number
    #[arg(long, value_name = "NUMBER")]
    pub phone: Option<String>,
}

impl SetContacts {
    pub(in crate::cli) fn edit(&self) -> ContactEdit {
        let Self { name, title, email, phone, .. } = self;
        ContactEdit { name: name.clone(), title: title.clone(), email: email.clone(), phone: phone.clone() }
    }
}

#[derive(Debug, Args)]
#[command(after_help = words::SET_CONTACTS_END)]
pub(crate) struct SetPrimaryContact {
    #[command(flatten)]
    pub of: WhichToChange,
    /// Full name of the person or team
    #[arg(long, value_name = "TEXT")]
    pub name: Option<String>,
    /// Name of the company
    #[arg(long, value_name = "TEXT")]
    pub company: Option<String>,
    /// Line of the street address, up to three times
    #[arg(long, value_name = "LINE")]
    pub address: Vec<String>,
    /// City
    #[arg(long, value_name = "TEXT")]
    pub city: Option<String>,
    /// State or region
    #[arg(long, value_name = "TEXT")]
    pub state: Option<String>,
    /// District or county
    #[arg(long, value_name = "TEXT")]
    pub district: Option<String>,
    /// Postal code
    #[arg(long, value_name = "TEXT")]
    pub postal_code: Option<String>,
    /// Country (ISO 3166, two letters)
    #[arg(long, value_name = "CODE")]
    pub country: Option<String>,
    /// Phone number with + and the country's code
    #[arg(long, value_name = "NUMBER")]
    pub phone: Option<String>,
    /// Website of the company
    #[arg(long, value_name = "URL")]
    pub website: Option<String>,
}

impl SetPrimaryContact {
    pub(in crate::cli) fn edit(&self) -> PrimaryEdit {
        PrimaryEdit {
            name: self.name.clone(),
            company: self.company.clone(),
            address: self.address.clone(),
            city: self.city.clone(),
            state: self.state.clone(),
            district: self.district.clone(),
            postal_code: self.postal_code.clone(),
            country: self.country.clone(),
            phone: self.phone.clone(),
            website: self.website.clone(),
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct DeleteContacts {
    #[command(flatten)]
    pub of: WhichToChange,
    /// Which contact
    #[arg(long = "type", value_name = "TYPE")]
    pub kind: AlternateWord,
}

#[derive(Debug, Args)]
#[command(after_help = words::PLAN_CONTACTS_END)]
pub(crate) struct PlanContacts {
    /// CSV file with the columns of `contacts list -o csv` and `new_name`; `-` for stdin
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[command(flatten)]
    pub how: HowToChange,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum AlternateWord {
    /// Receives AWS's notices about security
    Security,
    /// Receives those about operations
    Operations,
    /// Receives those about billing
    Billing,
}

impl AlternateWord {
    pub(in crate::cli) fn alternate(self) -> AlternateKind {
        match self {
            Self::Security => AlternateKind::Security,
            Self::Operations => AlternateKind::Operations,
            Self::Billing => AlternateKind::Billing,
        }
    }
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
