//! What is changed of an account beside its primary email: its contacts and its name.

use super::account::AccountId;
use super::account_detail::{DetailField, DetailProblem};
use super::aws_command::AwsCommand;
use super::contacts::{AlternateContact, AlternateKind, PrimaryContact};
use super::danger::Danger;

/// One change of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountChange {
    /// Set an alternate contact; the present one is replaced. Last, that one, where it is known.
    PutContact(AlternateKind, Box<AlternateContact>, Option<Box<AlternateContact>>),
    /// Delete an alternate contact; the same.
    DeleteContact(AlternateKind, Option<Box<AlternateContact>>),
    /// Replace the primary contact as a whole.
    PutPrimaryContact(Box<PrimaryContact>),
    /// Give the account another name.
    Rename {
        /// The name it has.
        old: String,
        /// The name it is to have.
        new: AccountName,
    },
}

impl AccountChange {
    pub(crate) fn operation(&self) -> &'static str {
        match self {
            Self::PutContact(..) => "account:PutAlternateContact",
            Self::DeleteContact(..) => "account:DeleteAlternateContact",
            Self::PutPrimaryContact(_) => "account:PutContactInformation",
            Self::Rename { .. } => "account:PutAccountName",
        }
    }

    /// What is put can be put back. Of what is deleted AWS keeps nothing.
    pub(crate) fn danger(&self) -> Danger {
        match self {
            Self::DeleteContact(..) => Danger::Strong,
            Self::PutContact(..) | Self::PutPrimaryContact(_) | Self::Rename { .. } => Danger::Mild,
        }
    }

    /// `account` is absent for the caller's own, which AWS wants not to be named.
    pub(crate) fn command(&self, account: Option<AccountId>) -> AwsCommand {
        let command = |operation| {
            let command = AwsCommand::new("account", operation);
            match account {
                Some(account) => command.with("account-id", &account.to_string()),
                None => command,
            }
        };
        match self {
            Self::PutContact(kind, contact, _) => command("put-alternate-contact")
                .with("alternate-contact-type", kind.wire())
                .with("name", &contact.name)
                .with("title", &contact.title)
                .with("email-address", &contact.email)
                .with("phone-number", &contact.phone),
            Self::DeleteContact(kind, _) => {
                command("delete-alternate-contact").with("alternate-contact-type", kind.wire())
            }
            Self::PutPrimaryContact(contact) => {
                command("put-contact-information").with("contact-information", &contact.json())
            }
            Self::Rename { new, .. } => command("put-account-name").with("account-name", new.as_str()),
        }
    }
}

/// The name of an account as AWS takes it: 1 to 50 characters of ASCII, without `<` and `>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountName(String);

impl AccountName {
    /// Checks `text`, white space around it aside, which AWS cuts off.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, DetailProblem> {
        let text = DetailField::AccountName.checked(text)?;
        Ok(Self(text))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::account_detail::Flaw;

    #[test]
    fn a_name_is_ascii_of_up_to_50_characters() {
        assert_eq!(AccountName::parse(" payments prod ").expect("a name").as_str(), "payments prod");
        for (text, flaw) in [
            ("", Flaw::Missing),
            ("  ", Flaw::Missing),
            ("a<b", Flaw::Form),
            ("決済", Flaw::Form),
            (&"x".repeat(51), Flaw::LongerThan(50)),
        ] {
            assert_eq!(AccountName::parse(text).expect_err(text).flaw, flaw, "{text}");
        }
    }

    #[test]
    fn the_command_of_the_callers_own_account_names_no_account() {
        let rename = AccountChange::Rename { old: "a".into(), new: AccountName::parse("b c").expect("a name") };
        assert_eq!(rename.command(None).to_string(), "aws account put-account-name --account-name 'b c'");
        let account = "444455556666".parse().ok();
        let put = rename.command(account).to_string();
        assert!(put.contains("--account-id 444455556666"), "{put}");
    }
}
