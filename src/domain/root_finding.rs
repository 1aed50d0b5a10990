//! What auditors look for in the root user of an account, under the names they know.

use jiff::{SignedDuration, Timestamp};

use super::root_credentials::{AccessKey, CredentialKind, LastUsed, RootAudit};
use super::word_enum::word_enum;

/// What counts as recent use of root.
pub const RECENT: SignedDuration = SignedDuration::from_hours(90 * 24);

word_enum! {
    /// A finding about root, the worst first.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum RootFinding {
        /// The password alone signs root in.
        PasswordWithoutMfa = "password_without_mfa",
        /// An access key was used in the last 90 days.
        AccessKeyInUse = "access_key_in_use",
        /// There are access keys.
        AccessKey = "access_key",
        /// Somebody signed in as root in the last 90 days.
        RecentSignIn = "recent_sign_in",
        /// There is a password, and no MFA device is a hardware token.
        NoHardwareMfa = "no_hardware_mfa",
        /// There are signing certificates.
        SigningCertificate = "signing_certificate",
        /// There is a password.
        Password = "password",
    }
}

word_enum! {
    /// How bad a finding is, the worst first.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Severity {
        /// Whoever has one thing is root.
        Critical = "critical",
        /// Root is used, or can be with one thing that leaks easily.
        High = "high",
        /// Root can be used.
        Medium = "medium",
    }
}

/// Who has a name for a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framework {
    /// CIS AWS Foundations Benchmark 7.0.
    Cis7,
    /// Its release 6.0.
    Cis6,
    /// Its release 5.0.
    Cis5,
    /// Its releases 1.4 to 4.0, which have the same numbers.
    CisTo4,
    /// AWS Security Hub.
    SecurityHub,
    /// Prowler, an open scanner.
    Prowler,
}

/// A framework, and its name for a finding.
pub type Reference = (Framework, &'static str);

/// The number of a recommendation in the releases of the CIS AWS Foundations Benchmark, newest first.
pub(super) const fn cis(v7: &'static str, v6: &'static str, v5: &'static str, v4: &'static str) -> [Reference; 4] {
    use Framework::{Cis5, Cis6, Cis7, CisTo4};
    [(Cis7, v7), (Cis6, v6), (Cis5, v5), (CisTo4, v4)]
}

// From Prowler's public mappings (compliance/aws/cis_*.json) and the list of Security Hub's controls.
const NO_KEY: [Reference; 4] = cis("2.4", "2.3", "1.3", "1.4");
const MFA: [Reference; 4] = cis("2.5", "2.4", "1.4", "1.5");
const HARDWARE_MFA: [Reference; 4] = cis("2.6", "2.5", "1.5", "1.6");
const USE: [Reference; 4] = cis("2.7", "2.6", "1.6", "1.7");

/// Whether a use counts as recent.
fn is_recent(at: Timestamp, now: Timestamp) -> bool {
    now.duration_since(at) <= RECENT
}

impl RootFinding {
    /// How bad it is.
    pub fn severity(self) -> Severity {
        match self {
            Self::PasswordWithoutMfa | Self::AccessKeyInUse => Severity::Critical,
            Self::AccessKey | Self::RecentSignIn => Severity::High,
            Self::NoHardwareMfa | Self::SigningCertificate | Self::Password => Severity::Medium,
        }
    }

    /// What others call it: a framework, and its name there. Empty where none has it.
    pub fn references(self) -> Vec<Reference> {
        use Framework::{Prowler, SecurityHub};
        let (cis, rest): (&[_], &[_]) = match self {
            Self::PasswordWithoutMfa => (&MFA, &[(SecurityHub, "IAM.9"), (Prowler, "iam_root_mfa_enabled")]),
            Self::AccessKey => (&NO_KEY, &[(SecurityHub, "IAM.4"), (Prowler, "iam_no_root_access_key")]),
            Self::NoHardwareMfa => {
                (&HARDWARE_MFA, &[(SecurityHub, "IAM.6"), (Prowler, "iam_root_hardware_mfa_enabled")])
            }
            Self::AccessKeyInUse | Self::RecentSignIn => (&USE, &[(Prowler, "iam_avoid_root_usage")]),
            Self::SigningCertificate | Self::Password => (&[], &[]),
        };
        cis.iter().chain(rest).copied().collect()
    }

    /// Whether a key was used in the last 90 days.
    pub(crate) fn is_recently_used(key: &AccessKey, now: Timestamp) -> bool {
        matches!(&key.last_used, LastUsed::Used { at, .. } if is_recent(*at, now))
    }

    /// Whether an audit found anything; `None` if it found nothing and did not read all that decides it.
    pub(crate) fn any(audit: &RootAudit, now: Timestamp) -> Option<bool> {
        let decides = [CredentialKind::Password, CredentialKind::AccessKey, CredentialKind::SigningCertificate];
        let is_read = decides.iter().all(|kind| audit.has(*kind).is_some()) && audit.last_sign_in.is_known();
        match Self::of(audit, now).is_empty() {
            false => Some(true),
            true if is_read => Some(false),
            true => None,
        }
    }

    /// Whether an audit tells that there is no such finding, where it found none: a quick one does not ask for the last
    /// use of keys, nor for the kinds of devices.
    pub(crate) fn is_decided(self, audit: &RootAudit) -> bool {
        let is_known = |kind| audit.has(kind).is_some();
        let without_password = audit.password.is_absent();
        match self {
            Self::PasswordWithoutMfa => {
                let has_devices = audit.mfa_devices.is_present();
                without_password || has_devices || (is_known(CredentialKind::Password) && audit.mfa_devices.is_absent())
            }
            Self::AccessKeyInUse => {
                let is_use_known = |key: &AccessKey| !matches!(key.last_used, LastUsed::Unknown(_));
                let keys = audit.access_keys.details();
                audit.access_keys.is_absent() || keys.is_some_and(|all| all.iter().all(is_use_known))
            }
            Self::AccessKey => is_known(CredentialKind::AccessKey),
            Self::RecentSignIn => audit.last_sign_in.is_known(),
            Self::NoHardwareMfa => {
                let is_listed = audit.mfa_devices.is_absent() || audit.mfa_devices.details().is_some();
                without_password || (is_known(CredentialKind::Password) && is_listed)
            }
            Self::SigningCertificate => is_known(CredentialKind::SigningCertificate),
            Self::Password => is_known(CredentialKind::Password),
        }
    }

    /// What an audit found, the worst first. What was not read is no finding, and not its absence either: the audit has
    /// the cause beside it.
    pub fn of(audit: &RootAudit, now: Timestamp) -> Vec<Self> {
        let mut keys = audit.access_keys.details().into_iter().flatten();
        let devices = audit.mfa_devices.details();
        let mut holds = |finding: &Self| match finding {
            Self::PasswordWithoutMfa => audit.lacks_mfa(),
            Self::AccessKeyInUse => keys.any(|key| Self::is_recently_used(key, now)),
            Self::AccessKey => audit.access_keys.is_present(),
            Self::RecentSignIn => audit.last_sign_in.time().is_some_and(|at| is_recent(at, now)),
            Self::NoHardwareMfa => {
                let none = devices.is_some_and(|all| all.iter().all(|device| device.is_hardware() == Some(false)));
                audit.password.is_present() && none
            }
            Self::SigningCertificate => audit.signing_certificates.is_present(),
            Self::Password => audit.password.is_present(),
        };
        Self::ALL.into_iter().filter(|finding| holds(finding)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::api_error::{ApiError, ApiErrorKind};
    use crate::domain::mfa_device::MfaDevice;
    use crate::domain::root_credentials::{AuditDepth, Presence};
    use crate::domain::sign_in::LastSignIn;

    const DAY: i64 = 24 * 60 * 60;
    const VIRTUAL: &str = "arn:aws:iam::444455556666:mfa/x";
    const PASSKEY: &str = "arn:aws:iam::444455556666:u2f/root/x";

    fn day(day: i64) -> Timestamp {
        Timestamp::from_second(day * DAY).expect("a time")
    }

    fn clean() -> RootAudit {
        RootAudit {
            depth: AuditDepth::Deep,
            password: Presence::Absent,
            access_keys: Presence::Absent,
            mfa_devices: Presence::Absent,
            signing_certificates: Presence::Absent,
            last_sign_in: LastSignIn::Never,
        }
    }

    fn device(serial: &str) -> MfaDevice {
        MfaDevice { serial: serial.into(), enabled: None }
    }

    fn key(used: i64) -> AccessKey {
        let last_used = LastUsed::Used { at: day(used), service: "s3".into(), region: "us-east-1".into() };
        AccessKey { id: "AKIA1".into(), status: "Active".into(), created: None, last_used }
    }

    fn found(audit: &RootAudit) -> Vec<RootFinding> {
        RootFinding::of(audit, day(100))
    }

    #[test]
    fn root_without_credentials_that_nobody_used_is_no_finding() {
        assert_eq!(found(&clean()), []);
    }

    #[test]
    fn a_sign_in_is_a_finding_for_ninety_days_also_after_the_password_is_gone() {
        let signed_in = |at| RootAudit { last_sign_in: LastSignIn::At(day(at)), ..clean() };
        assert_eq!(found(&signed_in(10)), [RootFinding::RecentSignIn]);
        assert_eq!(found(&signed_in(9)), []);
    }

    #[test]
    fn the_use_of_a_key_counts_for_ninety_days() {
        let keys = |used| RootAudit { access_keys: Presence::Present(Some(vec![key(used)])), ..clean() };
        assert_eq!(found(&keys(10)), [RootFinding::AccessKeyInUse, RootFinding::AccessKey]);
        assert_eq!(found(&keys(9)), [RootFinding::AccessKey]);
    }

    #[test]
    fn mfa_is_judged_only_with_a_password_and_by_devices_whose_kind_is_known() {
        let with = |serials: &[&str]| RootAudit {
            password: Presence::Present(None),
            mfa_devices: Presence::Present(Some(serials.iter().map(|serial| device(serial)).collect())),
            ..clean()
        };
        assert_eq!(found(&with(&[VIRTUAL])), [RootFinding::NoHardwareMfa, RootFinding::Password]);
        assert_eq!(found(&with(&[VIRTUAL, "GAHT20488317"])), [RootFinding::Password]);
        assert_eq!(found(&with(&[VIRTUAL, PASSKEY])), [RootFinding::Password]);
        let quick = RootAudit { password: Presence::Present(None), mfa_devices: Presence::Present(None), ..clean() };
        assert_eq!(found(&quick), [RootFinding::Password]);
        let alone = RootAudit { password: Presence::Present(None), ..clean() };
        assert_eq!(found(&alone), [RootFinding::PasswordWithoutMfa, RootFinding::Password]);
    }

    #[test]
    fn what_could_not_be_read_is_no_finding() {
        let error = ApiError::new("iam:GetAccountSummary", ApiErrorKind::AccessDenied, "no");
        assert_eq!(found(&RootAudit::unknown(AuditDepth::Deep, &error)), []);
    }

    #[test]
    fn a_sign_in_that_was_not_read_leaves_it_open_whether_there_is_a_finding() {
        let any = |audit: RootAudit| RootFinding::any(&audit, day(100));
        assert_eq!(any(clean()), Some(false));
        assert_eq!(any(RootAudit { last_sign_in: LastSignIn::NotAsked, ..clean() }), None);
        let recent = RootAudit { last_sign_in: LastSignIn::At(day(99)), ..clean() };
        assert_eq!(any(recent), Some(true));
        let error = ApiError::new("iam:GetAccountSummary", ApiErrorKind::AccessDenied, "no");
        assert_eq!(any(RootAudit { mfa_devices: Presence::Unknown(error.clone()), ..clean() }), Some(false));
        assert_eq!(any(RootAudit { access_keys: Presence::Unknown(error.clone()), ..clean() }), None);
        let part = RootAudit { password: Presence::Present(None), access_keys: Presence::Unknown(error), ..clean() };
        assert_eq!(any(part), Some(true));
    }

    #[test]
    fn a_quick_audit_decides_nothing_about_uses_of_keys_and_kinds_of_devices() {
        let undecided = |audit: &RootAudit| -> Vec<&str> {
            RootFinding::ALL.into_iter().filter(|one| !one.is_decided(audit)).map(RootFinding::as_str).collect()
        };
        let quick = RootAudit {
            password: Presence::Present(None),
            access_keys: Presence::Present(None),
            mfa_devices: Presence::Present(None),
            ..clean()
        };
        assert_eq!(undecided(&quick), ["access_key_in_use", "no_hardware_mfa"]);
        assert!(undecided(&clean()).is_empty());
        let deep = RootAudit {
            access_keys: Presence::Present(Some(vec![key(1)])),
            mfa_devices: Presence::Present(Some(vec![device(PASSKEY)])),
            ..quick.clone()
        };
        assert!(undecided(&deep).is_empty());
        // Without a password, no device matters.
        assert_eq!(undecided(&RootAudit { password: Presence::Absent, ..quick }), ["access_key_in_use"]);
        let error = ApiError::new("iam:GetAccessKeyLastUsed", ApiErrorKind::AccessDenied, "no");
        let unread = AccessKey { last_used: LastUsed::Unknown(error.clone()), ..key(1) };
        let unread = RootAudit { access_keys: Presence::Present(Some(vec![unread])), ..clean() };
        assert_eq!(undecided(&unread), ["access_key_in_use"]);
        assert_eq!(undecided(&RootAudit::unknown(AuditDepth::Deep, &error)).len(), RootFinding::ALL.len());
    }

    #[test]
    fn the_worst_comes_first() {
        assert!(RootFinding::ALL.map(RootFinding::severity).is_sorted());
    }
}
