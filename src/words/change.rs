//! What a change is, what it brings about, and what its button says.

use crate::domain::account::AccountId;
use crate::domain::change::{Change, Switch};
use crate::domain::root_change::RootChange;
use crate::domain::root_feature::RootFeature;
use crate::domain::trusted_access::ServicePrincipal;

pub(crate) const ALARMS: &str = "CloudTrail of the member account shows it as userIdentity.type = Root: alarms for the use of \
                          root will go off.";

/// Ends a command that is too long to be shown whole.
pub(crate) const CUT: &str = "cut here; copied, it is whole";
pub(crate) const NO_DEMO_COMMANDS: &str =
    "the demo shows no commands, which would act on another organization outside it";

pub(crate) fn title(change: &Change) -> String {
    match change {
        Change::Switch { which: Switch::TrustedAccess(service), on } => {
            format!("{} trusted access for {service}", enable(*on))
        }
        Change::Switch { which: Switch::RootFeature(feature), on } => format!("{} {feature}", enable(*on)),
        Change::Delegation { account, service, register: true } => {
            format!("Make {account} the delegated administrator for {service}")
        }
        Change::Delegation { account, service, register: false } => {
            format!("Deregister {account} as delegated administrator for {service}")
        }
        Change::StartEmailChange { account, .. } => format!("Change the primary email of {account}"),
        Change::AcceptEmailChange { account, .. } => format!("Accept the new primary email of {account}"),
        Change::Root { account, change } => root_title(*account, change),
    }
}

pub(crate) fn consequences(change: &Change) -> Vec<&'static str> {
    let (account, iam) = (ServicePrincipal::account_management(), ServicePrincipal::iam());
    match change {
        Change::Switch { which: Switch::TrustedAccess(service), on: true } if *service == account => vec![
            "The management account, and a delegated administrator for Account Management, can then read and change \
             the primary (root) emails, contacts and names of all member accounts.",
            "Nothing changes in the member accounts by itself.",
        ],
        Change::Switch { which: Switch::TrustedAccess(_), on: true } => vec![
            "IAM can then offer centralized root access. Nothing changes until RootCredentialsManagement or \
             RootSessions is turned on as well.",
            "Features that were on before trusted access was last disabled are on again at once.",
        ],
        Change::Switch { which: Switch::TrustedAccess(service), on: false } if *service == account => vec![
            "Nobody can read or change the primary emails of member accounts from here any more.",
            "Email changes that wait for their one-time password can't be accepted while it is off.",
        ],
        Change::Switch { which: Switch::TrustedAccess(_), on: false } => vec![
            "Root credentials of member accounts can no longer be audited or deleted centrally, and no root session \
             can be opened, whatever the features say. IAM remembers the features.",
            "Root sessions already open go on until they expire. It can take 3 minutes to take effect.",
        ],
        Change::Switch { which: Switch::RootFeature(RootFeature::RootCredentialsManagement), on: true } => vec![
            "The management account and the delegated administrator for IAM can audit and delete the root credentials \
             of member accounts, and allow their recovery.",
            "Existing root credentials stay as they are. New accounts are created without any.",
        ],
        Change::Switch { which: Switch::RootFeature(RootFeature::RootSessions), on: true } => vec![
            "The management account and the delegated administrator for IAM can open short root sessions in member \
             accounts to unlock bucket and queue policies.",
            "Each use is logged in the member account as userIdentity.type = Root.",
        ],
        Change::Switch { which: Switch::RootFeature(RootFeature::RootCredentialsManagement), on: false } => vec![
            "Root credentials of member accounts can no longer be audited, deleted or recovered centrally. Deleted \
             ones stay deleted: such accounts can then be entered as root by nobody.",
            "It can take 3 minutes to take effect; sessions already open go on until they expire.",
        ],
        Change::Switch { which: Switch::RootFeature(RootFeature::RootSessions), on: false } => vec![
            "Locked bucket and queue policies of member accounts can no longer be unlocked centrally.",
            "It can take 3 minutes to take effect; sessions already open go on until they expire.",
        ],
        Change::Delegation { service, register: true, .. } if *service == account => vec![
            "Whoever may act in that account, and is allowed to, can then read and change the primary (root) emails, \
             contacts and names of all member accounts, as the management account can.",
            "There is one for Account Management in an organization.",
        ],
        Change::Delegation { service, register: true, .. } if *service == iam => vec![
            "Whoever may act in that account, and is allowed to, can then audit and delete root credentials and open \
             root sessions in all member accounts, as the management account can, and turn the root features off \
             (not on).",
        ],
        Change::Delegation { service, register: false, .. } if *service == account => vec![
            "That account can no longer read or change the primary emails of others. Email changes that it started \
             go on, and the management account can accept them.",
        ],
        Change::Delegation { service, register: false, .. } if *service == iam => vec![
            "That account can open no more root sessions. Those already open go on until they expire; it can take 3 \
             minutes to take effect.",
        ],
        // What others administer is not ours to tell: rootdeck does not change it.
        Change::Delegation { .. } => vec![],
        Change::StartEmailChange { .. } => vec![
            "A one-time password goes to the new address and is good for 24 hours. The password and MFA of root stay \
             as they are. Nobody is told until the change is accepted; then the old address, the new one and the \
             management account's get a mail.",
        ],
        Change::AcceptEmailChange { .. } => vec![
            "The new address becomes the root user's. The old address, the new one and the management account's get \
             a mail. It can take up to 4 hours to reach everywhere.",
        ],
        Change::Root { change, .. } => root_consequences(change),
    }
}

pub(crate) fn button(change: &Change) -> &'static str {
    match change {
        Change::Switch { on, .. } => enable(*on),
        Change::Delegation { register: true, .. } => "Register",
        Change::Delegation { register: false, .. } => "Deregister",
        Change::StartEmailChange { .. } => "Send OTP",
        Change::AcceptEmailChange { .. } => "Accept",
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
            "What is deleted can't be brought back. Whatever signs in or calls with it stops working at once."
        }
        RootChange::AllowPasswordRecovery => {
            "Whoever reads the root mailbox can then set a root password with \"Forgot password\", and sign in with it. \
             It stays open until it is closed."
        }
        RootChange::ClosePasswordRecovery => {
            "The root mailbox can no longer set a password. A password that was set meanwhile is deleted with it."
        }
        RootChange::DeletePolicy(_) => {
            "Access is then what the policies of the account's own principals allow; grants to other accounts and \
             services that stood in the policy are gone with it."
        }
        RootChange::PutPolicy(..) => put_replaces(None),
    };
    vec![what, ALARMS]
}

/// What becomes of the policy that is there when another is put; whether there is one may not be known.
pub(crate) fn put_replaces(is_there: Option<bool>) -> &'static str {
    match is_there {
        Some(true) => "The present policy is replaced as a whole.",
        Some(false) => "There is no policy now.",
        None => "A policy that is there is replaced as a whole.",
    }
}
