//! Everything that this program can write to AWS, as a value. From a [`Change`] come the confirmation, the danger, the
//! commands shown, the IAM actions, the journal's record, and the call.

use std::fmt;

use jiff::SignedDuration;

use super::account::AccountId;
use super::account_change::AccountChange;
use super::aws_command::{AwsCommand, CallerOptions};
use super::email::EmailAddress;
use super::otp::Otp;
use super::root_change::RootChange;
use super::root_feature::RootFeature;
use super::trusted_access::ServicePrincipal;

pub(crate) use super::danger::Danger;

/// One write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Set a switch of the organization.
    Switch {
        /// Which one.
        which: Switch,
        /// To on, or to off.
        on: bool,
    },
    /// Make a member account a delegated administrator of a service, or end that.
    Delegation {
        /// The member account.
        account: AccountId,
        /// The service.
        service: ServicePrincipal,
        /// Whether it is to be one.
        register: bool,
    },
    /// Have a one-time password sent to the new address.
    StartEmailChange {
        /// The member account.
        account: AccountId,
        /// The address it has.
        old: String,
        /// The address it is to have.
        new: EmailAddress,
    },
    /// Prove that the new mailbox is ours; the address changes after that.
    AcceptEmailChange {
        /// The member account.
        account: AccountId,
        /// The address that the change was started with.
        new: EmailAddress,
        /// Judged, shown and recorded without it; not sent without it.
        otp: Option<Otp>,
    },
    /// Change a contact or the name of an account.
    Account {
        /// The account.
        account: AccountId,
        /// Whether it is the caller's own, which AWS wants not to be named.
        is_own: bool,
        /// What.
        change: AccountChange,
    },
    /// Something inside a member account, through a root session.
    Root {
        /// The member account.
        account: AccountId,
        /// What.
        change: RootChange,
    },
}

pub(crate) const START_EMAIL_CHANGE: &str = "account:StartPrimaryEmailUpdate";

pub(crate) const REGISTER_DELEGATE: &str = "organizations:RegisterDelegatedAdministrator";

impl Change {
    pub(crate) fn danger(&self) -> Danger {
        match self {
            Self::Switch { on: false, .. } | Self::Delegation { .. } => Danger::Strong,
            Self::Switch { on: true, .. } | Self::StartEmailChange { .. } | Self::AcceptEmailChange { .. } => {
                Danger::Mild
            }
            Self::Account { change, .. } => change.danger(),
            Self::Root { change, .. } => change.danger(),
        }
    }

    /// The member account it is about; `None` for the organization's switches.
    pub fn account(&self) -> Option<AccountId> {
        match self {
            Self::Delegation { account, .. }
            | Self::StartEmailChange { account, .. }
            | Self::AcceptEmailChange { account, .. }
            | Self::Account { account, .. }
            | Self::Root { account, .. } => Some(*account),
            Self::Switch { .. } => None,
        }
    }

    /// What a person types to confirm a change of [`Danger::Strong`] or more.
    pub(crate) fn token(&self) -> Option<String> {
        match self {
            Self::Switch { which, on: false } => Some(which.to_string()),
            Self::Delegation { account, .. } | Self::Root { account, .. } => Some(account.to_string()),
            Self::Account { account, change, .. } if change.danger() > Danger::Mild => Some(account.to_string()),
            _ => None,
        }
    }

    /// The AWS operation, in the notation of IAM.
    pub fn operation(&self) -> &'static str {
        match self {
            Self::Switch { which, on } => which.operation(*on),
            Self::Delegation { register: true, .. } => REGISTER_DELEGATE,
            Self::Delegation { register: false, .. } => "organizations:DeregisterDelegatedAdministrator",
            Self::StartEmailChange { .. } => START_EMAIL_CHANGE,
            Self::AcceptEmailChange { .. } => "account:AcceptPrimaryEmailUpdate",
            Self::Account { change, .. } => change.operation(),
            Self::Root { change, .. } => change.operation(),
        }
    }

    /// The call as a command line. A one-time password is in a variable of the shell, one for each account.
    pub fn command(&self, caller: &CallerOptions) -> AwsCommand {
        let command = match self {
            Self::Switch { which, on } => which.command(*on),
            Self::Delegation { account, service, register } => {
                let verb = if *register { "register" } else { "deregister" };
                AwsCommand::new("organizations", &format!("{verb}-delegated-administrator"))
                    .with("account-id", &account.to_string())
                    .with("service-principal", service.as_str())
            }
            Self::StartEmailChange { account, new, .. } => AwsCommand::new("account", "start-primary-email-update")
                .with("account-id", &account.to_string())
                .with("primary-email", new.as_str()),
            Self::AcceptEmailChange { account, new, .. } => AwsCommand::new("account", "accept-primary-email-update")
                .with("account-id", &account.to_string())
                .with("primary-email", new.as_str())
                .with_variable("otp", &format!("OTP_{account}")),
            Self::Account { account, is_own, change } => change.command((!is_own).then_some(*account)),
            Self::Root { account, change } => change.command(*account),
        };
        command.by(caller)
    }

    /// The delegation, and whether it registers.
    pub(crate) fn delegation(&self) -> Option<(AccountId, &ServicePrincipal, bool)> {
        match self {
            Self::Delegation { account, service, register } => Some((*account, service, *register)),
            _ => None,
        }
    }

    pub(crate) fn email_of(&self) -> Option<AccountId> {
        match self {
            Self::StartEmailChange { account, .. } | Self::AcceptEmailChange { account, .. } => Some(*account),
            _ => None,
        }
    }

    pub(crate) fn switch(&self) -> Option<(&Switch, bool)> {
        match self {
            Self::Switch { which, on } => Some((which, *on)),
            _ => None,
        }
    }
}

/// How long AWS may take to show a new setting (seen in practice for the root features).
pub(crate) const SEEN_WITHIN: SignedDuration = SignedDuration::from_secs(180);

/// A setting of the organization that is on or off.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Switch {
    /// Trusted access of one service.
    TrustedAccess(ServicePrincipal),
    /// A feature of centralized root access.
    RootFeature(RootFeature),
}

impl Switch {
    /// The change that sets it.
    pub fn set(&self, on: bool) -> Change {
        Change::Switch { which: self.clone(), on }
    }

    fn operation(&self, on: bool) -> &'static str {
        match (self, on) {
            (Self::TrustedAccess(_), true) => "organizations:EnableAWSServiceAccess",
            (Self::TrustedAccess(_), false) => "organizations:DisableAWSServiceAccess",
            (Self::RootFeature(RootFeature::RootCredentialsManagement), true) => {
                "iam:EnableOrganizationsRootCredentialsManagement"
            }
            (Self::RootFeature(RootFeature::RootCredentialsManagement), false) => {
                "iam:DisableOrganizationsRootCredentialsManagement"
            }
            (Self::RootFeature(RootFeature::RootSessions), true) => "iam:EnableOrganizationsRootSessions",
            (Self::RootFeature(RootFeature::RootSessions), false) => "iam:DisableOrganizationsRootSessions",
        }
    }

    fn command(&self, on: bool) -> AwsCommand {
        let verb = if on { "enable" } else { "disable" };
        match self {
            Self::TrustedAccess(service) => AwsCommand::new("organizations", &format!("{verb}-aws-service-access"))
                .with("service-principal", service.as_str()),
            Self::RootFeature(RootFeature::RootCredentialsManagement) => {
                AwsCommand::new("iam", &format!("{verb}-organizations-root-credentials-management"))
            }
            Self::RootFeature(RootFeature::RootSessions) => {
                AwsCommand::new("iam", &format!("{verb}-organizations-root-sessions"))
            }
        }
    }
}

impl fmt::Display for Switch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TrustedAccess(service) => service.fmt(f),
            Self::RootFeature(feature) => feature.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accept() -> Change {
        Change::AcceptEmailChange {
            account: "444455556666".parse().expect("an id"),
            new: EmailAddress::parse("root@corp.example").expect("an address"),
            otp: Some(Otp::parse("482915").expect("a code")),
        }
    }

    #[test]
    fn the_one_time_password_is_in_nothing_that_is_shown_or_kept() {
        let change = accept();
        let command = change.command(&CallerOptions::default()).to_string();
        for text in [&command, &format!("{change:?}")] {
            assert!(!text.contains("482915"), "{text}");
        }
        assert!(command.ends_with(r#"--otp "${OTP_444455556666:?}""#), "{command}");
    }

    #[test]
    fn turning_something_off_needs_its_name_typed() {
        for switch in [Switch::TrustedAccess(ServicePrincipal::iam()), Switch::RootFeature(RootFeature::RootSessions)] {
            assert_eq!(switch.set(true).danger(), Danger::Mild);
            let off = switch.set(false);
            assert_eq!(off.danger(), Danger::Strong);
            assert!(off.token().is_some_and(|token| !token.is_empty()));
            assert_eq!(off.switch(), Some((&switch, false)));
        }
    }
}
