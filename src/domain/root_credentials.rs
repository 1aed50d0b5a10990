//! What root of an account can sign in or call with, as an audit found it.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::api_error::ApiError;
use super::mfa_device::MfaDevice;
use super::sign_in::LastSignIn;

/// A kind of root credentials, in the order AWS's console deletes them: MFA last, so that a password left behind by a
/// failure still has its second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CredentialKind {
    /// The password (login profile).
    Password,
    /// Access keys.
    AccessKey,
    /// X.509 signing certificates.
    SigningCertificate,
    /// MFA devices.
    MfaDevice,
}

impl CredentialKind {
    /// All kinds, in the order of deletion.
    pub const ALL: [Self; 4] = [Self::Password, Self::AccessKey, Self::SigningCertificate, Self::MfaDevice];

    /// Its word in outputs.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::AccessKey => "access_key",
            Self::SigningCertificate => "signing_certificate",
            Self::MfaDevice => "mfa_device",
        }
    }
}

/// One credential of root, by what AWS's delete operation needs to name it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "credential", content = "credential_id", rename_all = "snake_case")]
pub enum RootCredential {
    /// The password; there is at most one.
    Password,
    /// An access key, by its id.
    AccessKey(String),
    /// A signing certificate, by its id.
    SigningCertificate(String),
    /// An MFA device, by its serial number or ARN.
    MfaDevice(String),
}

impl RootCredential {
    /// Its kind.
    pub fn kind(&self) -> CredentialKind {
        match self {
            Self::Password => CredentialKind::Password,
            Self::AccessKey(_) => CredentialKind::AccessKey,
            Self::SigningCertificate(_) => CredentialKind::SigningCertificate,
            Self::MfaDevice(_) => CredentialKind::MfaDevice,
        }
    }
}

impl fmt::Display for RootCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Password => f.write_str("password"),
            Self::AccessKey(id) => write!(f, "access key {id}"),
            Self::SigningCertificate(id) => write!(f, "signing certificate {id}"),
            Self::MfaDevice(serial) => write!(f, "MFA device {serial}"),
        }
    }
}

/// Whether AWS shows something. Unknown is never absent. The time is in the answer's
/// [`RemoteData`](super::remote_data::RemoteData).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Presence<T> {
    /// It is not there.
    Absent,
    /// It is there; the details if they were asked for.
    Present(Option<T>),
    /// It could not be read, and why.
    Unknown(ApiError),
}

impl<T> Presence<T> {
    pub(crate) fn is_present(&self) -> bool {
        matches!(self, Self::Present(_))
    }

    /// Whether it is known not to be there.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// The details, if it is there and they are known.
    pub fn details(&self) -> Option<&T> {
        match self {
            Self::Present(details) => details.as_ref(),
            Self::Absent | Self::Unknown(_) => None,
        }
    }

    /// Why it is not known.
    pub fn error(&self) -> Option<&ApiError> {
        match self {
            Self::Unknown(error) => Some(error),
            Self::Absent | Self::Present(_) => None,
        }
    }
}

/// How thoroughly to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AuditDepth {
    /// `GetAccountSummary`: what kinds there are.
    Quick,
    /// Also which ones, how old and when last used.
    Deep,
}

/// The password of root.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Password {
    /// When it was created. AWS may leave it out.
    pub created: Option<Timestamp>,
}

/// An access key of root.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessKey {
    /// The access key id; not a secret.
    pub id: String,
    /// Whether it works. AWS's word: `Active`, `Inactive`, `Expired`.
    pub status: String,
    /// When it was created.
    pub created: Option<Timestamp>,
    /// When, where and for what it was used last.
    pub last_used: LastUsed,
}

/// The last use of an access key, as `GetAccessKeyLastUsed` tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LastUsed {
    /// AWS knows of no use.
    Never,
    /// AWS knows of one.
    Used {
        /// When.
        at: Timestamp,
        /// The service, by AWS's short name: `s3`, `iam` …
        service: String,
        /// The region.
        region: String,
    },
    /// It could not be read.
    Unknown(ApiError),
}

/// A signing certificate of root.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SigningCertificate {
    pub(crate) id: String,
    /// AWS's word: `Active`, `Inactive`, `Expired`.
    pub status: String,
    pub(crate) uploaded: Option<Timestamp>,
}

/// What an audit found in one account. Every cell was read, or says why it was not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RootAudit {
    /// How thoroughly was looked.
    pub depth: AuditDepth,
    /// The password.
    pub password: Presence<Password>,
    /// The access keys.
    pub access_keys: Presence<Vec<AccessKey>>,
    /// The MFA devices.
    pub mfa_devices: Presence<Vec<MfaDevice>>,
    /// The signing certificates.
    pub signing_certificates: Presence<Vec<SigningCertificate>>,
    /// The last sign-in with the password. Audits that were saved before it was read have not asked.
    #[serde(default)]
    pub last_sign_in: LastSignIn,
}

impl RootAudit {
    pub(crate) fn unknown(depth: AuditDepth, error: &ApiError) -> Self {
        Self {
            depth,
            last_sign_in: LastSignIn::Unknown(error.clone()),
            password: Presence::Unknown(error.clone()),
            access_keys: Presence::Unknown(error.clone()),
            mfa_devices: Presence::Unknown(error.clone()),
            signing_certificates: Presence::Unknown(error.clone()),
        }
    }

    pub(crate) fn read_nothing(&self) -> bool {
        CredentialKind::ALL.into_iter().all(|kind| self.has(kind).is_none())
    }

    /// Whether a kind is known to be there; `None` if it could not be read.
    pub fn has(&self, kind: CredentialKind) -> Option<bool> {
        fn of<T>(presence: &Presence<T>) -> Option<bool> {
            match presence {
                Presence::Absent => Some(false),
                Presence::Present(_) => Some(true),
                Presence::Unknown(_) => None,
            }
        }
        match kind {
            CredentialKind::Password => of(&self.password),
            CredentialKind::AccessKey => of(&self.access_keys),
            CredentialKind::SigningCertificate => of(&self.signing_certificates),
            CredentialKind::MfaDevice => of(&self.mfa_devices),
        }
    }

    /// Whether `earlier` tells something that this audit could not read, or did not ask for.
    pub(crate) fn tells_less_than(&self, earlier: &Self) -> bool {
        fn less<T>(newer: &Presence<T>, earlier: &Presence<T>) -> bool {
            match newer {
                Presence::Absent | Presence::Present(Some(_)) => false,
                Presence::Present(None) => earlier.details().is_some(),
                Presence::Unknown(_) => earlier.error().is_none(),
            }
        }
        less(&self.password, &earlier.password)
            || less(&self.access_keys, &earlier.access_keys)
            || less(&self.mfa_devices, &earlier.mfa_devices)
            || less(&self.signing_certificates, &earlier.signing_certificates)
            || (!self.last_sign_in.is_known() && earlier.last_sign_in.is_known())
    }

    /// Whether root can sign in or call: a password, a key or a certificate is there.
    pub(crate) fn is_usable(&self) -> bool {
        self.password.is_present() || self.access_keys.is_present() || self.signing_certificates.is_present()
    }

    /// Whether nothing could be read, so that it says only when it was tried.
    pub(crate) fn is_unread(&self) -> bool {
        self.password.error().is_some()
            && self.access_keys.error().is_some()
            && self.mfa_devices.error().is_some()
            && self.signing_certificates.error().is_some()
    }

    /// Whether the password alone signs root in: there is one, and surely no MFA device.
    pub(crate) fn lacks_mfa(&self) -> bool {
        self.password.is_present() && self.mfa_devices.is_absent()
    }

    /// Why something could not be read: the first reason.
    pub fn error(&self) -> Option<&ApiError> {
        self.password
            .error()
            .or(self.access_keys.error())
            .or(self.mfa_devices.error())
            .or(self.signing_certificates.error())
            .or(self.last_sign_in.error())
    }

    /// Each named credential, in the order of deletion. A quick audit names the password only, which needs no details.
    pub fn credentials(&self) -> Vec<RootCredential> {
        let password = self.password.is_present().then_some(RootCredential::Password);
        let keys = self.access_keys.details().into_iter().flatten();
        let certificates = self.signing_certificates.details().into_iter().flatten();
        let devices = self.mfa_devices.details().into_iter().flatten();
        password
            .into_iter()
            .chain(keys.map(|key| RootCredential::AccessKey(key.id.clone())))
            .chain(certificates.map(|certificate| RootCredential::SigningCertificate(certificate.id.clone())))
            .chain(devices.map(|device| RootCredential::MfaDevice(device.serial.clone())))
            .collect()
    }

    /// Whether a credential is there; `None` if that is not known, as of a key among those without details.
    pub fn shows(&self, credential: &RootCredential) -> Option<bool> {
        fn among<T>(presence: &Presence<Vec<T>>, is_it: impl Fn(&T) -> bool) -> Option<bool> {
            match presence {
                Presence::Absent => Some(false),
                Presence::Present(Some(all)) => Some(all.iter().any(is_it)),
                Presence::Present(None) | Presence::Unknown(_) => None,
            }
        }
        match credential {
            RootCredential::Password => self.has(CredentialKind::Password),
            RootCredential::AccessKey(id) => among(&self.access_keys, |key| key.id == *id),
            RootCredential::SigningCertificate(id) => among(&self.signing_certificates, |one| one.id == *id),
            RootCredential::MfaDevice(serial) => among(&self.mfa_devices, |device| device.serial == *serial),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::api_error::ApiErrorKind;

    fn key(id: &str) -> AccessKey {
        AccessKey { id: id.into(), status: "Active".into(), created: None, last_used: LastUsed::Never }
    }

    #[test]
    fn what_could_not_be_read_is_neither_there_nor_gone() {
        let error = ApiError::new("iam:GetAccountSummary", ApiErrorKind::AccessDenied, "no");
        let audit = RootAudit::unknown(AuditDepth::Quick, &error);
        assert!(CredentialKind::ALL.into_iter().all(|kind| audit.has(kind).is_none()));
        assert_eq!(audit.shows(&RootCredential::Password), None);
        assert!(!audit.is_usable() && audit.credentials().is_empty());
        assert_eq!(audit.error(), Some(&error));
    }

    #[test]
    fn credentials_are_named_in_the_order_of_deletion_with_mfa_last() {
        let audit = RootAudit {
            depth: AuditDepth::Deep,
            password: Presence::Present(Some(Password { created: None })),
            access_keys: Presence::Present(Some(vec![key("AKIA1"), key("AKIA2")])),
            mfa_devices: Presence::Present(Some(vec![MfaDevice { serial: "m".into(), enabled: None }])),
            signing_certificates: Presence::Absent,
            last_sign_in: LastSignIn::Never,
        };
        let kinds: Vec<_> = audit.credentials().iter().map(RootCredential::kind).collect();
        assert!(kinds.is_sorted());
        assert_eq!(kinds.last(), Some(&CredentialKind::MfaDevice));
        assert_eq!(audit.shows(&RootCredential::AccessKey("AKIA2".into())), Some(true));
        assert_eq!(audit.shows(&RootCredential::AccessKey("AKIA3".into())), Some(false));
        assert_eq!(audit.shows(&RootCredential::SigningCertificate("c".into())), Some(false));
    }

    #[test]
    fn only_what_was_read_says_that_a_password_stands_alone() {
        let error = ApiError::new("iam:ListMFADevices", ApiErrorKind::Timeout, "");
        let audit = |password, mfa_devices| RootAudit {
            password,
            mfa_devices,
            ..RootAudit::unknown(AuditDepth::Quick, &ApiError::new("x", ApiErrorKind::Timeout, ""))
        };
        assert!(audit(Presence::Present(None), Presence::Absent).lacks_mfa());
        assert!(!audit(Presence::Present(None), Presence::Unknown(error.clone())).lacks_mfa());
        assert!(!audit(Presence::Present(None), Presence::Present(None)).lacks_mfa());
        assert!(!audit(Presence::Unknown(error), Presence::Absent).lacks_mfa());
        assert!(!audit(Presence::Absent, Presence::Absent).lacks_mfa());
    }

    #[test]
    fn a_quick_audit_says_nothing_of_a_single_key() {
        let audit = RootAudit {
            depth: AuditDepth::Quick,
            password: Presence::Absent,
            access_keys: Presence::Present(None),
            mfa_devices: Presence::Absent,
            signing_certificates: Presence::Absent,
            last_sign_in: LastSignIn::Never,
        };
        assert!(audit.is_usable());
        assert_eq!(audit.shows(&RootCredential::AccessKey("AKIA1".into())), None);
        assert_eq!(audit.shows(&RootCredential::MfaDevice("m".into())), Some(false));
    }
}
