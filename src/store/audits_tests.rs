//! Audits, as they are kept from one run to the next.

use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::audit_record::AuditRecord;
use crate::domain::credential_change::{CredentialChange, CredentialChangeKind};
use crate::domain::journal::{Conclusion, Intention, JournalOutcome};
use crate::domain::mfa_device::MfaDevice;
use crate::domain::recorded_change::RecordedChange;
use crate::domain::records::{AuditRecords, JournalRecords};
use crate::domain::remote_data::Known;
use crate::domain::root_credentials::{
    AccessKey, AuditDepth, CredentialKind, LastUsed, Password, Presence, RootAudit, SigningCertificate,
};
use crate::domain::root_feature::RootFeature;
use crate::domain::sign_in::LastSignIn;
use crate::store::tests::{account, bound, time};
use crate::store::{ScopedStore, Store};

const AT: &str = "2026-03-02T10:00:00.5Z";
const LATER: &str = "2026-03-02T11:00:00Z";

fn api_error() -> ApiError {
    ApiError {
        code: Some("AccessDenied".to_owned()),
        request_id: Some("r-1".to_owned()),
        ..ApiError::new("iam:GetAccessKeyLastUsed", ApiErrorKind::RootFeatureOff(RootFeature::RootSessions), "denied")
    }
}

fn deep() -> RootAudit {
    let key = |id: &str, last_used| AccessKey { id: id.into(), status: "Active".into(), created: None, last_used };
    let used = LastUsed::Used { at: time(AT), service: "s3".into(), region: "us-east-1".into() };
    let keys = vec![key("A1", LastUsed::Never), key("A2", used), key("A3", LastUsed::Unknown(api_error()))];
    RootAudit {
        depth: AuditDepth::Deep,
        password: Presence::Present(Some(Password { created: Some(time(AT)) })),
        access_keys: Presence::Present(Some(keys)),
        mfa_devices: Presence::Present(Some(vec![MfaDevice { serial: "arn:m".into(), enabled: Some(time(AT)) }])),
        signing_certificates: Presence::Present(Some(vec![SigningCertificate {
            id: "C1".into(),
            status: "Active".into(),
            uploaded: None,
        }])),
        last_sign_in: LastSignIn::At(time(AT)),
    }
}

fn unread() -> RootAudit {
    RootAudit::unknown(AuditDepth::Quick, &ApiError { operation: "sts:AssumeRoot", ..api_error() })
}

fn keep(scope: &ScopedStore, at: &str, audit: RootAudit) {
    scope.save_audits(&[(account(7), time(at), audit)]).expect("saved");
}

#[test]
fn an_audit_comes_back_as_it_was_with_what_could_not_be_read_and_what_was_known_before() {
    let scope = bound(&Store::in_memory());
    keep(&scope, AT, deep());
    keep(&scope, LATER, unread());
    let known = |value, at| Known { value, at: time(at) };
    let record = AuditRecord { account: account(7), newest: known(unread(), LATER), earlier: Some(known(deep(), AT)) };
    assert_eq!(scope.audits(), Ok(vec![record]));
}

#[test]
fn another_copy_that_audited_earlier_does_not_make_an_audit_older() {
    let home = tempfile::tempdir().expect("a folder");
    let path = home.path().join("rootdeck").join("rootdeck.db");
    let (first, second) = (bound(&Store::open(&path).expect("opened")), bound(&Store::open(&path).expect("opened")));
    keep(&first, LATER, deep());
    keep(&second, AT, unread());
    let kept = second.audits().expect("read");
    assert_eq!((kept.len(), kept[0].newest.at, &kept[0].newest.value), (1, time(LATER), &deep()));
}

#[test]
fn without_a_cache_nothing_is_kept_and_nothing_given_out() {
    let store = Store::in_memory();
    let scope = bound(&store);
    keep(&scope, AT, deep());
    store.set_keep_listing(false);
    assert_eq!(scope.audits(), Ok(vec![]));
    keep(&scope, LATER, unread());
    scope.note_login_profile(account(7), &Presence::Absent).expect("nothing to do");
    store.set_keep_listing(true);
    assert_eq!(scope.audits().expect("read")[0].newest, Known { value: deep(), at: time(AT) });
}

#[test]
fn the_login_profile_that_was_seen_after_a_write_is_kept_with_the_age_of_the_audit() {
    let scope = bound(&Store::in_memory());
    scope.note_login_profile(account(7), &Presence::Absent).expect("no audit to take it into");
    assert_eq!(scope.audits(), Ok(vec![]));
    keep(&scope, AT, deep());
    scope.note_login_profile(account(7), &Presence::Absent).expect("noted");
    let kept = scope.audits().expect("read");
    assert_eq!((kept[0].newest.value.password.clone(), kept[0].newest.at), (Presence::Absent, time(AT)));
    scope.note_login_profile(account(7), &Presence::Unknown(api_error())).expect("says nothing");
    assert_eq!(scope.audits(), Ok(kept));
}

#[test]
fn an_audit_that_can_not_be_read_any_more_is_as_if_nobody_had_looked() {
    let store = Store::in_memory();
    let scope = bound(&store);
    keep(&scope, AT, deep());
    for found in ["", "{\"depth\":\"Deeper\"}", "[]"] {
        store.with(|connection| Ok(connection.execute("UPDATE audit SET found = ?1", [found])?)).expect("changed");
        assert_eq!(scope.audits(), Ok(vec![]));
    }
    keep(&scope, LATER, deep());
    assert_eq!(scope.audits().expect("read").len(), 1);
}

#[test]
fn what_is_kept_comes_back_without_what_a_terminal_would_obey() {
    let store = Store::in_memory();
    let scope = bound(&store);
    keep(&scope, AT, deep());
    let spoil = "UPDATE audit SET found = replace(found, 'A1', 'A\\u001b[2J')";
    store.with(|connection| Ok(connection.execute(spoil, [])?)).expect("changed");
    let kept = scope.audits().expect("read");
    let keys = kept[0].newest.value.access_keys.details().expect("keys");
    assert!(!keys[0].id.contains('\u{1b}'), "{:?}", keys[0].id);
}

/// Journals a change of account 7 that ended so; without an outcome it was cut off.
fn journal(scope: &ScopedStore, operation: &str, at: &str, outcome: Option<JournalOutcome>, code: Option<&str>) {
    let intention = Intention {
        at: time(at),
        caller: "arn:a".to_owned(),
        profile: None,
        account: Some(account(7)),
        operation: operation.to_owned(),
        change: RecordedChange::Other { text: String::new() },
        reason: None,
    };
    let id = scope.intend(&intention).expect("recorded");
    if let Some(outcome) = outcome {
        let conclusion =
            Conclusion { outcome, code: code.map(str::to_owned), cause: None, note: None, request_id: None };
        scope.conclude(id, time(at), &conclusion).expect("recorded");
    }
}

#[test]
fn the_newest_change_of_credentials_from_here_is_one_that_was_made_or_may_have_been() {
    use JournalOutcome::{Failed, Ok as Done, Refused, Unknown};
    let scope = bound(&Store::in_memory());
    let newest = |scope: &ScopedStore| scope.credential_changes().expect("read").pop();
    let is = |kind, at| Some(CredentialChange { account: account(7), kind, at: time(at) });
    journal(&scope, "iam:CreateLoginProfile", AT, Some(Refused), Some("AccessDenied"));
    journal(&scope, "iam:CreateLoginProfile", AT, Some(Failed), None);
    journal(&scope, "iam:CreateLoginProfile", AT, Some(Done), Some("EntityAlreadyExists"));
    journal(&scope, "iam:DeleteAccessKey", AT, Some(Done), Some("NoSuchEntity"));
    journal(&scope, "s3:PutBucketPolicy", AT, Some(Done), None);
    journal(&scope, "iam:DisableOrganizationsRootSessions", AT, Some(Done), None);
    assert_eq!(newest(&scope), None);
    journal(&scope, "iam:CreateLoginProfile", AT, Some(Done), None);
    assert_eq!(newest(&scope), is(CredentialChangeKind::RecoveryAllowed, AT));
    journal(&scope, "iam:DeleteAccessKey", LATER, Some(Unknown), None);
    assert_eq!(newest(&scope), is(CredentialChangeKind::Deleted(CredentialKind::AccessKey), LATER));
    journal(&scope, "iam:DeactivateMFADevice", LATER, None, None);
    assert_eq!(newest(&scope), is(CredentialChangeKind::Deleted(CredentialKind::MfaDevice), LATER));
}
