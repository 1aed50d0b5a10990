//! The state of an account's root user, as view 3 sorts and filters it.

use jiff::Timestamp;

use crate::domain::root_credentials::{CredentialKind, RootAudit};
use crate::domain::root_finding::RootFinding;

/// In the order of view 3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum RootState {
    /// There is a finding.
    Finding,
    /// Nothing was found, but not everything could be read.
    Unknown,
    /// Everything was read, and nothing was found.
    Clean,
    NotAudited,
    /// AWS opens no root session in it.
    Skipped,
}

impl RootState {
    pub(crate) fn of(audit: Option<&RootAudit>, skipped: bool, now: Timestamp) -> Self {
        let Some(audit) = audit.filter(|_| !skipped) else {
            return if skipped { Self::Skipped } else { Self::NotAudited };
        };
        match RootFinding::any(audit, now) {
            Some(true) => Self::Finding,
            Some(false) if audit.error().is_none() => Self::Clean,
            Some(false) | None => Self::Unknown,
        }
    }
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct RootFacts<'a> {
    pub(crate) state: RootState,
    pub(crate) audit: Option<&'a RootAudit>,
    pub(crate) now: Timestamp,
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
            ("unknown", self.state == RootState::Unknown || self.audit.is_some_and(|audit| audit.error().is_some())),
            ("clean", self.state == RootState::Clean),
            ("unaudited", self.state == RootState::NotAudited),
            ("password", has(CredentialKind::Password)),
            ("keys", has(CredentialKind::AccessKey)),
            ("mfa", has(CredentialKind::MfaDevice)),
            ("certs", has(CredentialKind::SigningCertificate)),
        ];
        words.iter().any(|(word, holds)| *holds && word.starts_with(value))
    }

    /// The findings, the worst first; none where AWS opens no root session.
    pub(crate) fn findings(&self) -> Vec<RootFinding> {
        let audit = self.audit.filter(|_| self.state != RootState::Skipped);
        audit.map(|audit| RootFinding::of(audit, self.now)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::api_error::{ApiError, ApiErrorKind};
    use crate::domain::root_credentials::{AuditDepth, Presence};
    use crate::domain::sign_in::LastSignIn;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

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
            assert_eq!(RootState::of(Some(&audit), false, NOW), RootState::Unknown);
            let facts = RootFacts { state: RootState::Unknown, audit: Some(&audit), now: NOW };
            assert!(facts.hold("unknown") && !facts.hold("clean") && !facts.hold("finding"));
        }
        assert_eq!(RootState::of(Some(&clean()), false, NOW), RootState::Clean);
        let unasked = RootAudit { last_sign_in: LastSignIn::NotAsked, ..clean() };
        assert_eq!(RootState::of(Some(&unasked), false, NOW), RootState::Unknown);
        assert_eq!(RootState::of(None, false, NOW), RootState::NotAudited);
    }

    #[test]
    fn a_recent_sign_in_is_a_finding_without_any_credential() {
        let audit = RootAudit { last_sign_in: LastSignIn::At(NOW), ..clean() };
        assert_eq!(RootState::of(Some(&audit), false, NOW), RootState::Finding);
        assert_eq!(RootState::of(Some(&audit), true, NOW), RootState::Skipped);
    }

    #[test]
    fn a_finding_is_one_even_where_the_rest_is_unknown() {
        let error = ApiError::new("iam:ListMFADevices", ApiErrorKind::Timeout, "");
        let audit =
            RootAudit { access_keys: Presence::Present(None), mfa_devices: Presence::Unknown(error), ..clean() };
        assert_eq!(RootState::of(Some(&audit), false, NOW), RootState::Finding);
        let facts = RootFacts { state: RootState::Finding, audit: Some(&audit), now: NOW };
        assert!(facts.hold("finding") && facts.hold("unknown") && facts.hold("key") && !facts.hold("mfa"));
    }
}
