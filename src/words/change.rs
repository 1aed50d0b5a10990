//! What a change is, what it brings about, and what its button says.

use crate::domain::account::AccountId;
use crate::domain::account_change::AccountChange;
use crate::domain::change::{Change, Switch};
use crate::domain::contacts::AlternateKind;
use crate::domain::root_change::RootChange;
use crate::domain::root_feature::RootFeature;
use crate::domain::trusted_access::ServicePrincipal;

pub(crate) const ALARMS: &str = "Logged in the member account's CloudTrail as root activity. Alarms on root usage \
    will fire.";

/// Ends a command that is too long to be shown whole.
pub(crate) const CUT: &str = "cut here, complete when copied";
pub(crate) const NO_DEMO_COMMANDS: &str = "no commands in the demo: outside it they would act on a real organization";

pub(crate) fn title(change: &Change) -> String {
    match change {
        Change::Switch { which: Switch::TrustedAccess(service), on } => {
            format!("{} trusted access for {service}", enable(*on))
        }
        Change::Switch { which: Switch::RootFeature(feature), on } => format!("{} {feature}", enable(*on)),
        Change::Delegation { account, service, register: true } => {
            format!("Register {account} as delegated administrator for {service}")
        }
        Change::Delegation { account, service, register: false } => {
            format!("Deregister {account} as delegated administrator for {service}")
        }
        Change::StartEmailChange { account, .. } => format!("Change the primary email of {account}"),
        Change::AcceptEmailChange { account, .. } => format!("Accept the new primary email of {account}"),
        Change::Account { account, change, .. } => account_title(*account, change),
        Change::Root { account, change } => root_title(*account, change),
    }
}

pub(crate) fn consequences(change: &Change) -> Vec<&'static str> {
    let (account, iam) = (ServicePrincipal::account_management(), ServicePrincipal::iam());
    match change {
        Change::Switch { which: Switch::TrustedAccess(service), on: true } if *service == account => vec![
            "The management account and the delegated administrator for Account Management will be able to read and \
             change the primary (root) emails, contacts and names of all member accounts.",
            "The member accounts themselves stay unchanged.",
        ],
        Change::Switch { which: Switch::TrustedAccess(_), on: true } => vec![
            "Makes centralized root access in IAM available. Nothing else changes until RootCredentialsManagement \
             or RootSessions is enabled.",
            "Features that were enabled when trusted access was last disabled are enabled again immediately.",
        ],
        Change::Switch { which: Switch::TrustedAccess(service), on: false } if *service == account => vec![
            "Nobody can read or change the primary emails of member accounts centrally.",
            "Email changes waiting for their one-time password cannot be accepted while it is off.",
        ],
        Change::Switch { which: Switch::TrustedAccess(_), on: false } => vec![
            "Root credentials of member accounts can no longer be audited or deleted centrally, and no root session \
             can be opened, even where a feature is enabled. IAM remembers the features.",
            "Open root sessions stay valid until they expire. Takes up to 3 minutes.",
        ],
        Change::Switch { which: Switch::RootFeature(RootFeature::RootCredentialsManagement), on: true } => vec![
            "The management account and the delegated administrator for IAM will be able to audit and delete the \
             root credentials of member accounts, and to allow password recovery.",
            "Existing root credentials stay unchanged. New accounts are created without root credentials.",
        ],
        Change::Switch { which: Switch::RootFeature(RootFeature::RootSessions), on: true } => vec![
            "The management account and the delegated administrator for IAM will be able to open short root \
             sessions in member accounts to unlock bucket and queue policies.",
            "Each use is logged in the member account's CloudTrail as root activity.",
        ],
        Change::Switch { which: Switch::RootFeature(RootFeature::RootCredentialsManagement), on: false } => vec![
            "Root credentials of member accounts can no longer be audited, deleted or recovered centrally. Deleted \
             credentials stay deleted: nobody can sign in to these accounts as root.",
            "Takes up to 3 minutes. Open root sessions stay valid until they expire.",
        ],
        Change::Switch { which: Switch::RootFeature(RootFeature::RootSessions), on: false } => vec![
            "Locked bucket and queue policies of member accounts can no longer be unlocked centrally.",
            "Takes up to 3 minutes. Open root sessions stay valid until they expire.",
        ],
        Change::Delegation { service, register: true, .. } if *service == account => vec![
            "Principals of that account whose IAM policies allow it will be able to read and change the primary (root) \
             emails, contacts and names of all member accounts, as the management account can.",
            "Account Management has one delegated administrator per organization.",
        ],
        Change::Delegation { service, register: true, .. } if *service == iam => vec![
            "Principals of that account whose IAM policies allow it will be able to audit and delete root credentials and \
             open root sessions in all member accounts, as the management account can, and to disable (not enable) \
             the root features.",
        ],
        Change::Delegation { service, register: false, .. } if *service == account => vec![
            "That account can no longer read or change the primary emails of other accounts. Email changes that it \
             started stay open, and the management account can accept them.",
        ],
        Change::Delegation { service, register: false, .. } if *service == iam => vec![
            "That account can no longer open root sessions. Open root sessions stay valid until they expire. Takes \
             up to 3 minutes.",
        ],
        // What others administer is not ours to tell: rootdeck does not change it.
        Change::Delegation { .. } => vec![],
        Change::StartEmailChange { .. } => vec![
            "AWS sends a one-time password to the new address, valid for 24 hours. Password and MFA of root stay \
             unchanged. AWS notifies the old address, the new address and the management account only after the \
             change.",
        ],
        Change::AcceptEmailChange { .. } => vec![
            "The new address becomes the root user's email. AWS notifies the old address, the new address and the \
             management account's. Takes up to 4 hours to complete.",
        ],
        Change::Account { change, .. } => account_consequences(change),
        Change::Root { change, .. } => root_consequences(change),
    }
}

pub(crate) fn button(change: &Change) -> &'static str {
    match change {
        Change::Switch { on, .. } => enable(*on),
        Change::Delegation { register: true, .. } => "Register",
        Change::Delegation { register: false, .. } => "Deregister",
        Change::StartEmailChange { .. } => "Send code",
        Change::AcceptEmailChange { .. } => "Accept",
        Change::Account { change, .. } => match change {
            AccountChange::PutContact(..) | AccountChange::PutPrimaryContact(_) => "Set",
            AccountChange::DeleteContact(..) => "Delete",
            AccountChange::Rename { .. } => "Rename",
        },
        Change::Root { change, .. } => match change {
            RootChange::DeleteCredential(_) | RootChange::DeletePolicy(_) => "Delete",
            RootChange::AllowPasswordRecovery => "Allow",
            RootChange::ClosePasswordRecovery => "Close",
            RootChange::PutPolicy(..) => "Put",
        },
    }
}

fn enable(on: bool) -> &'static str {
    if on { "Enable" } else { "Disable" }
}

fn account_title(account: AccountId, change: &AccountChange) -> String {
    match change {
        AccountChange::PutContact(kind, ..) => format!("Set the {kind} contact of {account}"),
        AccountChange::DeleteContact(kind, _) => format!("Delete the {kind} contact of {account}"),
        AccountChange::PutPrimaryContact(_) => format!("Set the primary contact of {account}"),
        AccountChange::Rename { .. } => format!("Rename {account}"),
    }
}

fn account_consequences(change: &AccountChange) -> Vec<&'static str> {
    match change {
        AccountChange::PutContact(AlternateKind::Security, ..) => {
            vec![
                "AWS sends notices about security to this contact in addition to the root mailbox. An existing contact is replaced.",
            ]
        }
        AccountChange::PutContact(AlternateKind::Operations, ..) => {
            vec![
                "AWS sends notices about operations to this contact in addition to the root mailbox. An existing contact is replaced.",
            ]
        }
        AccountChange::PutContact(AlternateKind::Billing, ..) => {
            vec![
                "AWS sends notices about billing to this contact in addition to the root mailbox. An existing contact is replaced.",
            ]
        }
        AccountChange::DeleteContact(..) => {
            vec!["AWS sends these notices only to the root mailbox then. AWS keeps no copy of the contact."]
        }
        AccountChange::PutPrimaryContact(_) => {
            vec!["The whole primary contact is replaced. AWS may use its phone number to verify the owner."]
        }
        AccountChange::Rename { .. } => {
            vec!["The name changes everywhere in the organization at once. Access and ids stay unchanged."]
        }
    }
}

fn root_title(account: AccountId, change: &RootChange) -> String {
    match change {
        RootChange::DeleteCredential(credential) => format!("Delete the root {credential} of {account}"),
        RootChange::AllowPasswordRecovery => format!("Allow password recovery of root in {account}"),
        RootChange::ClosePasswordRecovery => format!("Close password recovery of root in {account}"),
        RootChange::DeletePolicy(holder) => format!("Delete the policy of {holder} in {account}"),
        RootChange::PutPolicy(holder, _) => format!("Put a policy on {holder} in {account}"),
    }
}

fn root_consequences(change: &RootChange) -> Vec<&'static str> {
    let what = match change {
        RootChange::DeleteCredential(_) => {
            "This cannot be undone. Anything that uses these credentials stops working immediately."
        }
        RootChange::AllowPasswordRecovery => {
            "Whoever reads the root mailbox can set a root password with \"Forgot password\" and sign in as root. \
             Recovery stays open until you close it."
        }
        RootChange::ClosePasswordRecovery => {
            "The root mailbox can no longer be used to set a password. A password set in the meantime is deleted."
        }
        RootChange::DeletePolicy(_) => {
            "Afterwards only identity policies in the account grant access. Grants to other accounts and \
             services in this policy are lost."
        }
        RootChange::PutPolicy(..) => put_replaces(None),
    };
    vec![what, ALARMS]
}

/// What becomes of the policy that is there when another is put; whether there is one may not be known.
pub(crate) fn put_replaces(is_there: Option<bool>) -> &'static str {
    match is_there {
        Some(true) => "The current policy is replaced completely.",
        Some(false) => "No policy at present.",
        None => "An existing policy is replaced completely.",
    }
}
