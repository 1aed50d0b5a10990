//! Findings about primary emails, in words.

use crate::domain::account::Account;
use crate::domain::address_finding::{AddressBook, AddressFinding};

/// What is wrong, for the details of an account.
pub(crate) fn sentence(finding: AddressFinding, book: &AddressBook, account: &Account) -> String {
    match (finding, book.looks_like(account)) {
        (AddressFinding::LookAlikeDomain, Some(other)) => {
            format!("look-alike domain: it looks like {other}. Whoever owns it can take over root.")
        }
        (AddressFinding::SharedMailbox, _) => format!("mailbox of {} accounts", book.sharing(account)),
        _ => short(finding).to_owned(),
    }
}

/// The same without its numbers.
pub(crate) fn short(finding: AddressFinding) -> &'static str {
    match finding {
        AddressFinding::LookAlikeDomain => "look-alike domain. Whoever owns it can take over root.",
        AddressFinding::PersonalProvider => "personal mail provider. The owner of the mailbox can take over root.",
        AddressFinding::ForeignDomain => "domain not allowed by the configuration.",
        AddressFinding::InvalidAddress => "AWS documents such an address as invalid: mail to root may not arrive.",
        AddressFinding::SeveralPlusSigns => "several plus signs: mail to root may not arrive.",
        AddressFinding::SharedMailbox => "shared mailbox. Whoever reads it can take over root in many accounts.",
    }
}

/// What fixes it.
pub(crate) fn fix(finding: AddressFinding) -> &'static str {
    match finding {
        AddressFinding::SharedMailbox => {
            "Make sure that only your team reads the mailbox, or give accounts mailboxes of their own."
        }
        _ => "Change the primary email while the account is ACTIVE: rootdeck email start ACCOUNT NEW_EMAIL.",
    }
}

/// Said of accounts that are not active.
pub(crate) const NOT_REUSABLE: &str = "its email cannot be used for another account, and cannot be changed now";

/// Said of active ones, where one account is shown.
pub(crate) const BEFORE_CLOSING: &str = "change the primary email first: that of a closed account cannot be used again";

/// What else holds the old address, where Control Tower manages the organization.
pub(crate) const CONTROL_TOWER: &str = "Control Tower is enabled. If it manages this account, update what keeps the old \
    address after the change: the provisioned product of Account Factory, the request of AFT, accounts-config of \
    Landing Zone Accelerator.";

/// The same for Terraform, which nobody can see from here.
pub(crate) const TERRAFORM: &str = "Terraform: a changed email in aws_organizations_account replaces the account. Change \
    the configuration only after the state was refreshed.";
