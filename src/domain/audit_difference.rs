//! What is different between two audits of an account.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::remote_data::Known;
use super::root_credentials::{AccessKey, CredentialKind, LastUsed, Presence, RootAudit};
use super::root_finding::RootFinding;
use super::sign_in::LastSignIn;
use super::word_enum::word_enum;

word_enum! {
    /// What happened to a credential between two audits.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum DifferenceWord {
        /// It was not there before. A password that was set again is new, too.
        New = "new",
        /// It was used; of a password: root signed in.
        Used = "used",
        /// It is not there any more.
        Gone = "gone",
    }
}

/// A difference between two audits of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AuditDifference {
    pub(crate) word: DifferenceWord,
    pub(crate) kind: CredentialKind,
    /// AWS's name for it; `None` for the password, and where only the kind is known.
    pub(crate) id: Option<String>,
    /// When it was created or used, where AWS reports that.
    pub(crate) at: Option<Timestamp>,
}

/// What the last audit that showed anything different shows, until there is another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AuditComparison {
    /// The time of the audit before.
    pub(crate) since: Timestamp,
    pub(crate) differences: Vec<AuditDifference>,
}

/// A credential as it is named: its id, and when it was made.
type Named = (Option<String>, Option<Timestamp>);

/// What `after` shows to be different. What either could not read is no difference.
pub(crate) fn differences(before: &Known<RootAudit>, after: &RootAudit) -> Vec<AuditDifference> {
    let old = &before.value;
    let mut found = of_password(old, after);
    let keys = |key: &AccessKey| (Some(key.id.clone()), key.created);
    found.extend(of_kind(CredentialKind::AccessKey, &old.access_keys, &after.access_keys, keys));
    found.extend(of_kind(
        CredentialKind::SigningCertificate,
        &old.signing_certificates,
        &after.signing_certificates,
        |one| (Some(one.id.clone()), one.uploaded),
    ));
    found.extend(of_kind(CredentialKind::MfaDevice, &old.mfa_devices, &after.mfa_devices, |one| {
        (Some(one.serial.clone()), one.enabled)
    }));
    found.extend(uses(before, after));
    found.sort_by_key(|difference| (difference.word, difference.kind));
    found
}

fn difference(word: DifferenceWord, kind: CredentialKind, (id, at): Named) -> AuditDifference {
    AuditDifference { word, kind, id, at }
}

fn of_password(before: &RootAudit, after: &RootAudit) -> Vec<AuditDifference> {
    let made = |audit: &RootAudit| audit.password.details().and_then(|password| password.created);
    let word = match (&before.password, &after.password) {
        (Presence::Absent, Presence::Present(_)) => DifferenceWord::New,
        (Presence::Present(_), Presence::Absent) => DifferenceWord::Gone,
        (Presence::Present(Some(old)), Presence::Present(Some(new)))
            if new.created.is_some() && new.created != old.created =>
        {
            DifferenceWord::New
        }
        _ => return Vec::new(),
    };
    let at = if word == DifferenceWord::New { made(after) } else { None };
    vec![difference(word, CredentialKind::Password, (None, at))]
}

fn of_kind<T>(
    kind: CredentialKind,
    before: &Presence<Vec<T>>,
    after: &Presence<Vec<T>>,
    name: impl Fn(&T) -> Named,
) -> Vec<AuditDifference> {
    let unnamed = |word| vec![difference(word, kind, (None, None))];
    // None of a kind is a list without entries.
    let listed = |presence: &Presence<Vec<T>>| match presence {
        Presence::Absent => Some(Vec::new()),
        Presence::Present(all) => all.as_ref().map(|all| all.iter().map(&name).collect::<Vec<Named>>()),
        Presence::Unknown(_) => None,
    };
    match (before, after) {
        (Presence::Unknown(_), _) | (_, Presence::Unknown(_)) => Vec::new(),
        (Presence::Absent, Presence::Present(None)) => unnamed(DifferenceWord::New),
        (Presence::Present(None), Presence::Absent) => unnamed(DifferenceWord::Gone),
        _ => {
            let (Some(old), Some(new)) = (listed(before), listed(after)) else { return Vec::new() };
            let lacks = |all: &[Named], one: &Named| all.iter().all(|(id, _)| *id != one.0);
            let came = new.iter().filter(|one| lacks(&old, one)).cloned();
            let left = old.iter().filter(|one| lacks(&new, one)).map(|(id, _)| (id.clone(), None));
            let came = came.map(|one| difference(DifferenceWord::New, kind, one));
            came.chain(left.map(|one| difference(DifferenceWord::Gone, kind, one))).collect()
        }
    }
}

/// Sign-ins, and uses of keys.
fn uses(before: &Known<RootAudit>, after: &RootAudit) -> Vec<AuditDifference> {
    let known_sign_in = match &before.value.last_sign_in {
        LastSignIn::At(at) => *at,
        LastSignIn::Never => Timestamp::MIN,
        LastSignIn::NotAsked | LastSignIn::Unknown(_) => before.at,
    };
    let signed_in = after.last_sign_in.time().filter(|at| *at > known_sign_in);
    let signed_in = signed_in.map(|at| difference(DifferenceWord::Used, CredentialKind::Password, (None, Some(at))));
    let known_use = |id: &str| {
        let old = before.value.access_keys.details().and_then(|all| all.iter().find(|key| key.id == id));
        match old.map(|key| &key.last_used) {
            Some(LastUsed::Used { at, .. }) => *at,
            Some(LastUsed::Never) => Timestamp::MIN,
            Some(LastUsed::Unknown(_)) | None => before.at,
        }
    };
    let used = |key: &AccessKey| match &key.last_used {
        LastUsed::Used { at, .. } if *at > known_use(&key.id) => {
            Some(difference(DifferenceWord::Used, CredentialKind::AccessKey, (Some(key.id.clone()), Some(*at))))
        }
        _ => None,
    };
    let keys = after.access_keys.details().into_iter().flatten();
    signed_in.into_iter().chain(keys.filter_map(used)).collect()
}

/// The findings of an audit that `before` had not; without one, all of them. Another key or certificate, a password set
/// again and another sign-in count as new. Of what `before` could not read, whatever is there is new.
pub(crate) fn new_findings(after: &RootAudit, before: Option<&RootAudit>, now: Timestamp) -> Vec<RootFinding> {
    let all = RootFinding::of(after, now);
    let Some(old) = before else { return all };
    let had = RootFinding::of(old, now);
    // Its time matters only for uses that the earlier audit had not read.
    let different = differences(&Known { value: old.clone(), at: Timestamp::MAX }, after);
    let has = |word, kind| different.iter().any(|one| one.word == word && one.kind == kind);
    let again = |finding: RootFinding| match finding {
        RootFinding::AccessKey => has(DifferenceWord::New, CredentialKind::AccessKey),
        RootFinding::SigningCertificate => has(DifferenceWord::New, CredentialKind::SigningCertificate),
        RootFinding::Password => has(DifferenceWord::New, CredentialKind::Password),
        RootFinding::RecentSignIn => has(DifferenceWord::Used, CredentialKind::Password),
        RootFinding::PasswordWithoutMfa | RootFinding::AccessKeyInUse | RootFinding::NoHardwareMfa => false,
    };
    // A quick audit does not ask for the kinds of devices.
    let unasked = old.password.is_present() && matches!(old.mfa_devices, Presence::Present(None));
    let is_new = |finding: &RootFinding| match finding {
        RootFinding::NoHardwareMfa if unasked => false,
        finding => !had.contains(finding) || again(*finding),
    };
    all.into_iter().filter(is_new).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::api_error::{ApiError, ApiErrorKind};
    use crate::domain::mfa_device::MfaDevice;
    use crate::domain::root_credentials::{AuditDepth, Password};

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("a time")
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

    fn key(id: &str, used: Option<i64>) -> AccessKey {
        let last_used = used.map_or(LastUsed::Never, |second| LastUsed::Used {
            at: at(second),
            service: "s3".into(),
            region: "us-east-1".into(),
        });
        AccessKey { id: id.into(), status: "Active".into(), created: Some(at(5)), last_used }
    }

    fn keys(all: Vec<AccessKey>) -> RootAudit {
        RootAudit { access_keys: Presence::Present(Some(all)), ..clean() }
    }

    fn between(before: RootAudit, after: &RootAudit) -> Vec<String> {
        let found = differences(&Known { value: before, at: at(100) }, after);
        let words = |one: &AuditDifference| {
            let id = one.id.as_ref().map(|id| format!(" {id}")).unwrap_or_default();
            let at = one.at.map(|at| format!(" {}", at.as_second())).unwrap_or_default();
            format!("{} {:?}{id}{at}", one.word, one.kind)
        };
        found.iter().map(words).collect()
    }

    #[test]
    fn a_credential_is_new_or_gone_by_its_id() {
        let (one, two) = (keys(vec![key("A1", None)]), keys(vec![key("A2", None)]));
        assert_eq!(between(one.clone(), &two), ["new AccessKey A2 5", "gone AccessKey A1"]);
        assert_eq!(between(clean(), &one), ["new AccessKey A1 5"]);
        assert_eq!(between(one.clone(), &clean()), ["gone AccessKey A1"]);
        assert_eq!(between(one.clone(), &one), [""; 0]);
        let unnamed = RootAudit { access_keys: Presence::Present(None), ..clean() };
        assert_eq!(between(clean(), &unnamed), ["new AccessKey"]);
        assert_eq!(between(unnamed.clone(), &clean()), ["gone AccessKey"]);
        // Whether it is the same one is not known.
        assert_eq!(between(unnamed, &one), [""; 0]);
        let device = MfaDevice { serial: "GAHT1".into(), enabled: None };
        let guarded = RootAudit { mfa_devices: Presence::Present(Some(vec![device])), ..clean() };
        assert_eq!(between(guarded, &clean()), ["gone MfaDevice GAHT1"]);
    }

    #[test]
    fn a_password_that_was_set_again_is_new() {
        let with =
            |second| RootAudit { password: Presence::Present(Some(Password { created: Some(at(second)) })), ..clean() };
        assert_eq!(between(with(1), &with(2)), ["new Password 2"]);
        assert_eq!(between(with(1), &with(1)), [""; 0]);
        assert_eq!(between(with(1), &clean()), ["gone Password"]);
    }

    #[test]
    fn what_was_used_since_is_told_and_what_was_known_is_not() {
        let signed_in = |second| RootAudit { last_sign_in: LastSignIn::At(at(second)), ..clean() };
        assert_eq!(between(clean(), &signed_in(50)), ["used Password 50"]);
        assert_eq!(between(signed_in(50), &signed_in(50)), [""; 0]);
        assert_eq!(between(signed_in(50), &signed_in(60)), ["used Password 60"]);
        // An audit that had not read it was made at 100.
        let unread = RootAudit { last_sign_in: LastSignIn::NotAsked, ..clean() };
        assert_eq!(between(unread.clone(), &signed_in(99)), [""; 0]);
        assert_eq!(between(unread, &signed_in(101)), ["used Password 101"]);
        let used = |second| keys(vec![key("A1", Some(second))]);
        assert_eq!(between(used(7), &used(8)), ["used AccessKey A1 8"]);
        assert_eq!(between(used(7), &used(7)), [""; 0]);
        assert_eq!(between(keys(vec![key("A1", None)]), &used(8)), ["used AccessKey A1 8"]);
    }

    #[test]
    fn what_could_not_be_read_is_no_difference() {
        let error = ApiError::new("iam:GetAccountSummary", ApiErrorKind::AccessDenied, "no");
        let unread = RootAudit::unknown(AuditDepth::Deep, &error);
        let full = keys(vec![key("A1", Some(8))]);
        assert_eq!(between(full.clone(), &unread), [""; 0]);
        assert_eq!(between(unread, &full), [""; 0]);
    }

    #[test]
    fn the_kind_of_mfa_is_not_new_where_the_audit_before_did_not_ask() {
        let device = MfaDevice { serial: "arn:aws:iam::444455556666:mfa/x".into(), enabled: None };
        let deep = RootAudit {
            password: Presence::Present(None),
            mfa_devices: Presence::Present(Some(vec![device])),
            ..clean()
        };
        let quick = RootAudit { mfa_devices: Presence::Present(None), ..deep.clone() };
        assert_eq!(new_findings(&deep, Some(&quick), at(0)), []);
        assert_eq!(new_findings(&deep, Some(&clean()), at(0)), [RootFinding::NoHardwareMfa, RootFinding::Password]);
        let signed_in = |second| RootAudit { last_sign_in: LastSignIn::At(at(second)), ..deep.clone() };
        assert_eq!(new_findings(&signed_in(8), Some(&signed_in(7)), at(9)), [RootFinding::RecentSignIn]);
        assert_eq!(new_findings(&signed_in(7), Some(&signed_in(7)), at(9)), []);
    }
}
