//! Whether a root credential is old, or unused for long.

use jiff::{SignedDuration, Timestamp};

use super::api_error::ApiError;
use super::root_credentials::{AccessKey, LastUsed, RootAudit, RootCredential};
use super::sign_in::LastSignIn;

/// What AWS reports about the age of a credential.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CredentialDates {
    /// When it was created, uploaded or enabled.
    pub(crate) created: Option<Timestamp>,
    /// Of access keys; of the password the last sign-in with it, without a service.
    pub(crate) last_used: Option<LastUsed>,
    /// AWS's word, `Active` or `Inactive`; of access keys and signing certificates.
    pub(crate) aws_status: Option<String>,
}

/// Which credentials are meant: all of these conditions hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct AgeLimits {
    pub(crate) older_than: Option<SignedDuration>,
    pub(crate) unused_for: Option<SignedDuration>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum AgeVerdict {
    /// It is meant.
    Due,
    Younger(Timestamp),
    UsedSince(Timestamp),
    AgeUnknown,
    /// AWS does not tell, or why it could not be read.
    UseUnknown(Option<ApiError>),
}

impl CredentialDates {
    pub(crate) fn of(audit: &RootAudit, credential: &RootCredential) -> Self {
        match credential {
            RootCredential::Password => {
                let created = audit.password.details().and_then(|password| password.created);
                Self { created, last_used: use_of_password(&audit.last_sign_in, created), aws_status: None }
            }
            RootCredential::AccessKey(id) => {
                let key = audit.access_keys.details().and_then(|keys| keys.iter().find(|key| key.id == *id));
                let of = |key: &AccessKey| Self {
                    created: key.created,
                    last_used: Some(key.last_used.clone()),
                    aws_status: Some(key.status.clone()),
                };
                key.map(of).unwrap_or_default()
            }
            RootCredential::SigningCertificate(id) => {
                let all = audit.signing_certificates.details();
                let found = all.and_then(|all| all.iter().find(|one| one.id == *id));
                let aws_status = found.map(|one| one.status.clone());
                Self { created: found.and_then(|one| one.uploaded), last_used: None, aws_status }
            }
            RootCredential::MfaDevice(serial) => {
                let all = audit.mfa_devices.details();
                let found = all.and_then(|all| all.iter().find(|device| device.serial == *serial));
                Self { created: found.and_then(|device| device.enabled), ..Self::default() }
            }
        }
    }
}

/// AWS keeps the last sign-in beyond the password: one from before this password was not with it.
fn use_of_password(last: &LastSignIn, created: Option<Timestamp>) -> Option<LastUsed> {
    match last {
        LastSignIn::NotAsked => None,
        LastSignIn::Never => Some(LastUsed::Never),
        LastSignIn::At(at) if created.is_some_and(|created| created > *at) => Some(LastUsed::Never),
        LastSignIn::At(at) => Some(LastUsed::Used { at: *at, service: String::new(), region: String::new() }),
        LastSignIn::Unknown(error) => Some(LastUsed::Unknown(error.clone())),
    }
}

impl AgeLimits {
    /// What is unknown is not taken for old.
    pub(crate) fn judge(&self, dates: &CredentialDates, now: Timestamp) -> AgeVerdict {
        let is_before = |at: Timestamp, span: SignedDuration| now.duration_since(at) > span;
        if let Some(span) = self.older_than {
            match dates.created {
                None => return AgeVerdict::AgeUnknown,
                Some(created) if !is_before(created, span) => return AgeVerdict::Younger(created),
                Some(_) => {}
            }
        }
        let Some(span) = self.unused_for else { return AgeVerdict::Due };
        match (&dates.last_used, dates.created) {
            (None, _) => AgeVerdict::UseUnknown(None),
            (Some(LastUsed::Unknown(error)), _) => AgeVerdict::UseUnknown(Some(error.clone())),
            (Some(LastUsed::Used { at, .. }), _) if is_before(*at, span) => AgeVerdict::Due,
            (Some(LastUsed::Used { at, .. }), _) => AgeVerdict::UsedSince(*at),
            // Unused since it was created.
            (Some(LastUsed::Never), None) => AgeVerdict::AgeUnknown,
            (Some(LastUsed::Never), Some(created)) if is_before(created, span) => AgeVerdict::Due,
            (Some(LastUsed::Never), Some(created)) => AgeVerdict::Younger(created),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::api_error::ApiErrorKind;

    fn now() -> Timestamp {
        "2026-11-29T12:00:00Z".parse().expect("a time")
    }

    fn days(count: i64) -> SignedDuration {
        SignedDuration::from_hours(24 * count)
    }

    fn dates(created: Option<i64>, last_used: Option<LastUsed>) -> CredentialDates {
        CredentialDates { created: created.map(|count| now() - days(count)), last_used, aws_status: None }
    }

    fn used(ago: i64) -> LastUsed {
        LastUsed::Used { at: now() - days(ago), service: "s3".into(), region: "us-east-1".into() }
    }

    #[test]
    fn only_what_is_known_to_be_old_is_old() {
        let limits = AgeLimits { older_than: Some(days(90)), unused_for: None };
        let judge = |created| limits.judge(&dates(created, None), now());
        assert_eq!(judge(Some(91)), AgeVerdict::Due);
        assert_eq!(judge(Some(90)), AgeVerdict::Younger(now() - days(90)));
        assert_eq!(judge(None), AgeVerdict::AgeUnknown);
        assert_eq!(AgeLimits::default().judge(&dates(None, None), now()), AgeVerdict::Due, "no condition");
    }

    #[test]
    fn what_was_never_used_is_unused_since_it_was_created() {
        let limits = AgeLimits { older_than: None, unused_for: Some(days(90)) };
        let judge = |created, last_used| limits.judge(&dates(created, last_used), now());
        assert_eq!(judge(Some(400), Some(used(91))), AgeVerdict::Due);
        assert_eq!(judge(Some(400), Some(used(3))), AgeVerdict::UsedSince(now() - days(3)));
        assert_eq!(judge(Some(400), Some(LastUsed::Never)), AgeVerdict::Due);
        assert_eq!(judge(Some(4), Some(LastUsed::Never)), AgeVerdict::Younger(now() - days(4)));
        assert_eq!(judge(None, Some(LastUsed::Never)), AgeVerdict::AgeUnknown);
        assert_eq!(judge(Some(400), None), AgeVerdict::UseUnknown(None), "AWS does not tell of MFA devices");
        let error = ApiError::new("iam:GetAccessKeyLastUsed", ApiErrorKind::Throttled, "slow down");
        let unread = Some(LastUsed::Unknown(error.clone()));
        assert_eq!(judge(Some(400), unread), AgeVerdict::UseUnknown(Some(error)));
    }

    #[test]
    fn a_password_is_used_by_signing_in_with_it() {
        let limits = AgeLimits { older_than: None, unused_for: Some(days(90)) };
        let judge = |last: LastSignIn, created: i64| {
            let created = Some(now() - days(created));
            let dates = CredentialDates { created, last_used: use_of_password(&last, created), aws_status: None };
            limits.judge(&dates, now())
        };
        let at = |ago: i64| now() - days(ago);
        assert_eq!(judge(LastSignIn::At(at(91)), 400), AgeVerdict::Due);
        assert_eq!(judge(LastSignIn::At(at(3)), 400), AgeVerdict::UsedSince(at(3)));
        assert_eq!(judge(LastSignIn::At(at(91)), 4), AgeVerdict::Younger(at(4)), "with an earlier password");
        assert_eq!(judge(LastSignIn::Never, 400), AgeVerdict::Due);
        assert_eq!(judge(LastSignIn::NotAsked, 400), AgeVerdict::UseUnknown(None));
    }

    #[test]
    fn both_conditions_have_to_hold() {
        let limits = AgeLimits { older_than: Some(days(90)), unused_for: Some(days(30)) };
        assert_eq!(limits.judge(&dates(Some(91), Some(used(31))), now()), AgeVerdict::Due);
        assert_eq!(limits.judge(&dates(Some(40), Some(used(31))), now()), AgeVerdict::Younger(now() - days(40)));
        assert_eq!(limits.judge(&dates(Some(91), Some(used(1))), now()), AgeVerdict::UsedSince(now() - days(1)));
    }
}
