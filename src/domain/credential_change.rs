//! Changes of root's credentials made from here: an audit from before one is out of date.

use jiff::Timestamp;

use super::account::AccountId;
use super::root_change::RootChange;
use super::root_credentials::{CredentialKind, RootCredential};

/// The newest one in an account that was made from here, or may have been.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CredentialChange {
    pub(crate) account: AccountId,
    pub(crate) kind: CredentialChangeKind,
    pub(crate) at: Timestamp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum CredentialChangeKind {
    /// A login profile was created, so that the root mailbox can set a password.
    RecoveryAllowed,
    /// For the password that is the login profile, even if it has no password yet.
    Deleted(CredentialKind),
}

impl CredentialChangeKind {
    pub(crate) const ALL: [Self; 5] = [
        Self::RecoveryAllowed,
        Self::Deleted(CredentialKind::Password),
        Self::Deleted(CredentialKind::AccessKey),
        Self::Deleted(CredentialKind::SigningCertificate),
        Self::Deleted(CredentialKind::MfaDevice),
    ];

    /// `None` if it leaves the credentials as they are.
    pub(crate) fn of(change: &RootChange) -> Option<Self> {
        match change {
            RootChange::AllowPasswordRecovery => Some(Self::RecoveryAllowed),
            RootChange::ClosePasswordRecovery => Some(Self::Deleted(CredentialKind::Password)),
            RootChange::DeleteCredential(credential) => Some(Self::Deleted(credential.kind())),
            RootChange::DeletePolicy(_) | RootChange::PutPolicy(..) => None,
        }
    }

    pub(crate) fn operation(self) -> &'static str {
        let credential = match self {
            Self::RecoveryAllowed => return RootChange::AllowPasswordRecovery.operation(),
            Self::Deleted(CredentialKind::Password) => RootCredential::Password,
            Self::Deleted(CredentialKind::AccessKey) => RootCredential::AccessKey(String::new()),
            Self::Deleted(CredentialKind::SigningCertificate) => RootCredential::SigningCertificate(String::new()),
            Self::Deleted(CredentialKind::MfaDevice) => RootCredential::MfaDevice(String::new()),
        };
        RootChange::DeleteCredential(credential).operation()
    }

    pub(crate) fn from_operation(operation: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.operation() == operation)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_found_by_the_operation_of_the_journal() {
        for kind in CredentialChangeKind::ALL {
            assert_eq!(CredentialChangeKind::from_operation(kind.operation()), Some(kind));
        }
        assert_eq!(CredentialChangeKind::from_operation("s3:PutBucketPolicy"), None);
        let closed = CredentialChangeKind::of(&RootChange::ClosePasswordRecovery);
        assert_eq!(closed, Some(CredentialChangeKind::Deleted(CredentialKind::Password)));
    }
}
