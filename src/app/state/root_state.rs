//! The state of an account's root user, as view 3 sorts and filters it.

use crate::domain::root_credentials::{CredentialKind, RootAudit};

/// In the order of view 3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum RootState {
    /// There is a password, a key or a certificate.
    Finding,
    /// Nothing was found, but not everything could be read.
    Unknown,
    /// Everything was read, and root can neither sign in nor call.
    Clean,
    NotAudited,
    /// AWS opens no root session in it.
    Skipped,
}

impl RootState {
    pub(crate) fn of(audit: Option<&RootAudit>, skipped: bool) -> Self {
        match audit {
            _ if skipped => Self::Skipped,
            None => Self::NotAudited,
            Some(audit) if audit.is_finding() => Self::Finding,
            Some(audit) if audit.error().is_some() => Self::Unknown,
            Some(_) => Self::Clean,
        }
    }
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct RootFacts<'a> {
    pub(crate) state: RootState,
    pub(crate) audit: Option<&'a RootAudit>,
}

impl RootFacts<'_> {
    /// The values of `root:` in a filter.
    pub(crate) const WORDS: &'static [&'static str] =
        &["finding", "unknown", "clean", "unaudited", "password", "keys", "mfa", "certs"];

    /// Whether `root:VALUE` matches; a prefix of the value is enough.
    pub(crate) fn hold(&self, value: &str) -> bool {
        let has = |kind| self.audit.is_some_and(|audit| audit.has(kind) == Some(true));
        let words = [
            ("finding", self.state == RootState::Finding),
            ("unknown", self.audit.is_some_and(|audit| audit.error().is_some())),
            ("clean", self.state == RootState::Clean),
            ("unaudited", self.state == RootState::NotAudited),
            ("password", has(CredentialKind::Password)),
            ("keys", has(CredentialKind::AccessKey)),
            ("mfa", has(CredentialKind::MfaDevice)),
            ("certs", has(CredentialKind::SigningCertificate)),
        ];
        words.iter().any(|(word, holds)| *holds && word.starts_with(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::api_error::{ApiError, ApiErrorKind};
    use crate::domain::root_credentials::{AuditDepth, Presence};
    use crate::domain::sign_in::LastSignIn;

    fn clean() -> RootAudit {
        RootAudit {
            depth: AuditDepth::Quick,
            password: Presence::Absent,
            access_keys: Presence::Absent,
            mfa_devices: Presence::Absent,
            signing_certificates: Presence::Absent,
            last_sign_in: LastSignIn::Never,
        }
    }

    #[test]
    fn what_was_not_wholly_read_is_never_clean() {
        let api_error = || ApiError::new("iam:GetAccountSummary", ApiErrorKind::Throttled, "slow down");
        let partly = [
            RootAudit { password: Presence::Unknown(api_error()), ..clean() },
            RootAudit { access_keys: Presence::Unknown(api_error()), ..clean() },
            RootAudit { mfa_devices: Presence::Unknown(api_error()), ..clean() },
            RootAudit { signing_certificates: Presence::Unknown(api_error()), ..clean() },
        ];
        for audit in partly {
            assert_eq!(RootState::of(Some(&audit), false), RootState::Unknown);
            let facts = RootFacts { state: RootState::Unknown, audit: Some(&audit) };
            assert!(facts.hold("unknown") && !facts.hold("clean") && !facts.hold("finding"));
        }
        assert_eq!(RootState::of(Some(&clean()), false), RootState::Clean);
        assert_eq!(RootState::of(None, false), RootState::NotAudited);
    }

    #[test]
    fn a_finding_is_one_even_where_the_rest_is_unknown() {
        let error = ApiError::new("iam:ListMFADevices", ApiErrorKind::Timeout, "");
        let audit =
            RootAudit { access_keys: Presence::Present(None), mfa_devices: Presence::Unknown(error), ..clean() };
        assert_eq!(RootState::of(Some(&audit), false), RootState::Finding);
        let facts = RootFacts { state: RootState::Finding, audit: Some(&audit) };
        assert!(facts.hold("finding") && facts.hold("unknown") && facts.hold("key") && !facts.hold("mfa"));
    }
}
