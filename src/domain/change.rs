//! Everything that this program can write to AWS, as a value.
//!
//! From a [`Change`] alone come the confirmation (through `words`), the danger, the calls shown as
//! AWS CLI commands, the IAM actions it needs, what the journal records, and what the engine runs.

use jiff::SignedDuration;

use super::account::AccountId;
use super::aws_command::{AwsCommand, CallerOptions};
use super::email::EmailAddress;
use super::otp::Otp;
use super::root_change::RootChange;
use super::root_feature::RootFeature;
use super::trusted_access::ServicePrincipal;

pub use super::danger::Danger;

/// One write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Let a service work in the accounts of the organization.
    EnableTrustedAccess(ServicePrincipal),
    /// Stop that.
    DisableTrustedAccess(ServicePrincipal),
    /// Turn on a feature of centralized root access.
    EnableRootFeature(RootFeature),
    /// Turn it off.
    DisableRootFeature(RootFeature),
    /// Make a member account a delegated administrator of a service.
    RegisterDelegate {
        /// The member account.
        account: AccountId,
        /// The service.
        service: ServicePrincipal,
    },
    /// Stop that.
    DeregisterDelegate {
        /// The member account.
        account: AccountId,
        /// The service.
        service: ServicePrincipal,
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
        /// The one-time password from the mail.
        otp: Otp,
    },
    /// Something inside a member account, through a root session.
    Root {
        /// The member account.
        account: AccountId,
        /// What.
        change: RootChange,
    },
}

/// The operation by which an email change is started.
pub const START_EMAIL_CHANGE: &str = "account:StartPrimaryEmailUpdate";

/// The operation that makes an account a delegated administrator.
pub const REGISTER_DELEGATE: &str = "organizations:RegisterDelegatedAdministrator";

impl Change {
    /// How much harm it can do.
    #[must_use]
    pub fn danger(&self) -> Danger {
        match self {
            Self::DisableTrustedAccess(_)
            | Self::DisableRootFeature(_)
            | Self::RegisterDelegate { .. }
            | Self::DeregisterDelegate { .. } => Danger::Strong,
            Self::EnableTrustedAccess(_)
            | Self::EnableRootFeature(_)
            | Self::StartEmailChange { .. }
            | Self::AcceptEmailChange { .. } => Danger::Mild,
            Self::Root { change, .. } => change.danger(),
        }
    }

    /// The member account it is about; `None` for the organization's switches.
    #[must_use]
    pub fn account(&self) -> Option<AccountId> {
        match self {
            Self::RegisterDelegate { account, .. }
            | Self::DeregisterDelegate { account, .. }
            | Self::StartEmailChange { account, .. }
            | Self::AcceptEmailChange { account, .. }
            | Self::Root { account, .. } => Some(*account),
            Self::EnableTrustedAccess(_)
            | Self::DisableTrustedAccess(_)
            | Self::EnableRootFeature(_)
            | Self::DisableRootFeature(_) => None,
        }
    }

    /// What a person must type to confirm a change of [`Danger::Strong`] and more: the name of the
    /// switch, or the account's id.
    #[must_use]
    pub fn token(&self) -> Option<String> {
        match self {
            Self::DisableTrustedAccess(service) => Some(service.to_string()),
            Self::DisableRootFeature(feature) => Some(feature.to_string()),
            Self::RegisterDelegate { account, .. }
            | Self::DeregisterDelegate { account, .. }
            | Self::Root { account, .. } => Some(account.to_string()),
            _ => None,
        }
    }

    /// The AWS operation, in the notation of IAM.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        match self {
            Self::EnableTrustedAccess(_) => "organizations:EnableAWSServiceAccess",
            Self::DisableTrustedAccess(_) => "organizations:DisableAWSServiceAccess",
            Self::EnableRootFeature(RootFeature::RootCredentialsManagement) => {
                "iam:EnableOrganizationsRootCredentialsManagement"
            }
            Self::EnableRootFeature(RootFeature::RootSessions) => "iam:EnableOrganizationsRootSessions",
            Self::DisableRootFeature(RootFeature::RootCredentialsManagement) => {
                "iam:DisableOrganizationsRootCredentialsManagement"
            }
            Self::DisableRootFeature(RootFeature::RootSessions) => "iam:DisableOrganizationsRootSessions",
            Self::RegisterDelegate { .. } => REGISTER_DELEGATE,
            Self::DeregisterDelegate { .. } => "organizations:DeregisterDelegatedAdministrator",
            Self::StartEmailChange { .. } => START_EMAIL_CHANGE,
            Self::AcceptEmailChange { .. } => "account:AcceptPrimaryEmailUpdate",
            Self::Root { change, .. } => change.operation(),
        }
    }

    /// The same call as a command line that acts as `caller`. A one-time password is in a variable of the
    /// shell, one for each account.
    #[must_use]
    pub fn command(&self, caller: &CallerOptions) -> AwsCommand {
        let command = match self {
            Self::EnableTrustedAccess(service) => AwsCommand::new("organizations", "enable-aws-service-access")
                .with("service-principal", service.as_str()),
            Self::DisableTrustedAccess(service) => AwsCommand::new("organizations", "disable-aws-service-access")
                .with("service-principal", service.as_str()),
            Self::EnableRootFeature(RootFeature::RootCredentialsManagement) => {
                AwsCommand::new("iam", "enable-organizations-root-credentials-management")
            }
            Self::EnableRootFeature(RootFeature::RootSessions) => {
                AwsCommand::new("iam", "enable-organizations-root-sessions")
            }
            Self::DisableRootFeature(RootFeature::RootCredentialsManagement) => {
                AwsCommand::new("iam", "disable-organizations-root-credentials-management")
            }
            Self::DisableRootFeature(RootFeature::RootSessions) => {
                AwsCommand::new("iam", "disable-organizations-root-sessions")
            }
            Self::RegisterDelegate { account, service } => {
                AwsCommand::new("organizations", "register-delegated-administrator")
                    .with("account-id", &account.to_string())
                    .with("service-principal", service.as_str())
            }
            Self::DeregisterDelegate { account, service } => {
                AwsCommand::new("organizations", "deregister-delegated-administrator")
                    .with("account-id", &account.to_string())
                    .with("service-principal", service.as_str())
            }
            Self::StartEmailChange { account, new, .. } => AwsCommand::new("account", "start-primary-email-update")
                .with("account-id", &account.to_string())
                .with("primary-email", new.as_str()),
            Self::AcceptEmailChange { account, new, .. } => accept_command(*account, new),
            Self::Root { account, change } => change.command(*account),
        };
        command.by(caller)
    }

    /// The delegation it is about, and whether it makes it.
    #[must_use]
    pub fn delegation(&self) -> Option<(AccountId, &ServicePrincipal, bool)> {
        match self {
            Self::RegisterDelegate { account, service } => Some((*account, service, true)),
            Self::DeregisterDelegate { account, service } => Some((*account, service, false)),
            _ => None,
        }
    }

    /// The account whose email change it starts or accepts.
    #[must_use]
    pub fn email_of(&self) -> Option<AccountId> {
        match self {
            Self::StartEmailChange { account, .. } | Self::AcceptEmailChange { account, .. } => Some(*account),
            _ => None,
        }
    }

    /// The switch of the organization it is about, and what it is set to.
    #[must_use]
    pub fn switch(&self) -> Option<(Switch, bool)> {
        match self {
            Self::EnableTrustedAccess(service) => Some((Switch::TrustedAccess(service.clone()), true)),
            Self::DisableTrustedAccess(service) => Some((Switch::TrustedAccess(service.clone()), false)),
            Self::EnableRootFeature(feature) => Some((Switch::RootFeature(*feature), true)),
            Self::DisableRootFeature(feature) => Some((Switch::RootFeature(*feature), false)),
            Self::RegisterDelegate { .. }
            | Self::DeregisterDelegate { .. }
            | Self::StartEmailChange { .. }
            | Self::AcceptEmailChange { .. }
            | Self::Root { .. } => None,
        }
    }
}

/// How long AWS may take to show a switch as it was set (seen in practice for the root features).
pub const SEEN_WITHIN: SignedDuration = SignedDuration::from_secs(180);

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
    #[must_use]
    pub fn set(&self, on: bool) -> Change {
        match (self, on) {
            (Self::TrustedAccess(service), true) => Change::EnableTrustedAccess(service.clone()),
            (Self::TrustedAccess(service), false) => Change::DisableTrustedAccess(service.clone()),
            (Self::RootFeature(feature), true) => Change::EnableRootFeature(*feature),
            (Self::RootFeature(feature), false) => Change::DisableRootFeature(*feature),
        }
    }
}

/// The call that accepts a change, whatever its one-time password is.
#[must_use]
pub fn accept_command(account: AccountId, new: &EmailAddress) -> AwsCommand {
    AwsCommand::new("account", "accept-primary-email-update")
        .with("account-id", &account.to_string())
        .with("primary-email", new.as_str())
        .with_variable("otp", &format!("OTP_{account}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accept() -> Change {
        Change::AcceptEmailChange {
            account: "444455556666".parse().expect("an id"),
            new: EmailAddress::parse("root@corp.example").expect("an address"),
            otp: Otp::parse("482915").expect("a code"),
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
            assert_eq!(off.switch(), Some((switch, false)));
        }
    }
}
