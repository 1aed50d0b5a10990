use jiff::{SignedDuration, Timestamp};

use super::exception::{Exception, ExceptionState};
use super::*;
use crate::domain::account::AccountId;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::contacts::{Contact, ContactFinding, Contacts};
use crate::domain::mfa_device::MfaDevice;
use crate::domain::root_credentials::{AccessKey, AuditDepth, LastUsed, Presence, RootAudit};
use crate::domain::root_finding::RootFinding;
use crate::domain::sign_in::LastSignIn;

const PASSWORD: FindingName = FindingName::Root(RootFinding::Password);
const KEY: FindingName = FindingName::Root(RootFinding::AccessKey);

fn now() -> Timestamp {
    "2026-03-01T10:00:00Z".parse().expect("a time")
}

fn id(number: u64) -> AccountId {
    format!("{number:012}").parse().expect("an id")
}

fn clean() -> RootAudit {
    RootAudit {
        depth: AuditDepth::Deep,
        password: Presence::Absent,
        access_keys: Presence::Absent,
        mfa_devices: Presence::Present(None),
        signing_certificates: Presence::Absent,
        last_sign_in: LastSignIn::Never,
    }
}

fn with_password() -> RootAudit {
    RootAudit { password: Presence::Present(None), ..clean() }
}

fn unread() -> RootAudit {
    RootAudit::unknown(AuditDepth::Deep, &ApiError::new("sts:AssumeRoot", ApiErrorKind::DeniedByScp, "no"))
}

fn account(number: u64, audit: RootAudit) -> ReportedAccount {
    ReportedAccount {
        id: id(number),
        name: format!("account-{number}"),
        email: "aws@example.com".into(),
        reading: Reading::Audited(Box::new(audit), now()),
        contacts: None,
        contacts_skipped: None,
        last_known: None,
        findings: Vec::new(),
    }
}

fn report(accounts: Vec<ReportedAccount>, exceptions: Vec<Exception>) -> Report {
    let mut report = Report {
        organization: "o-8j81brsjuj".into(),
        management_account: id(1),
        features: None,
        caller: "arn:aws:sts::000000000001:assumed-role/Auditor/ann".into(),
        endpoint: None,
        made: now(),
        version: "1".into(),
        depth: AuditDepth::Deep,
        accounts,
        has_contacts: false,
        exceptions: Vec::new(),
        exceptions_file: None,
        comparison: None,
        recoveries: Some(Vec::new()),
    };
    report.judge(exceptions, true);
    report
}

fn exception(number: u64, finding: FindingName, until: &str) -> Exception {
    let until = until.parse().expect("a day");
    Exception { line: 1, account: id(number), finding, reason: "r".into(), attested_by: "CISO".into(), until }
}

fn states(report: &Report) -> Vec<ExceptionState> {
    report.exceptions.iter().map(|one| one.state).collect()
}

fn open(report: &Report) -> Vec<(AccountId, FindingName)> {
    report.open().map(|(account, name)| (account.id, name)).collect()
}

#[test]
fn an_exception_holds_to_the_end_of_its_day_and_is_a_finding_after_it() {
    let with = |until| report(vec![account(2, with_password())], vec![exception(2, PASSWORD, until)]);
    let holds = with("2026-03-01");
    assert_eq!((states(&holds), open(&holds)), (vec![ExceptionState::Applies], vec![]));
    assert_eq!(holds.accounts[0].findings[0].exception, Some(0));
    let expired = with("2026-02-28");
    assert_eq!(states(&expired), [ExceptionState::Expired]);
    assert_eq!(open(&expired), [(id(2), PASSWORD), (id(2), FindingName::ExpiredException)]);
}

#[test]
fn an_exception_that_matches_nothing_is_told_and_what_was_not_read_is_not_nothing() {
    let accounts = vec![account(2, clean()), account(3, unread())];
    let exceptions =
        vec![exception(2, PASSWORD, "2026-04-01"), exception(3, KEY, "2026-04-01"), exception(9, KEY, "2026-04-01")];
    let report = report(accounts, exceptions);
    assert_eq!(states(&report), [ExceptionState::NoFinding, ExceptionState::Unread, ExceptionState::NoAccount]);
}

#[test]
fn what_was_found_then_and_could_not_be_read_now_is_not_resolved() {
    let then = |audits: Vec<(u64, RootAudit)>| {
        let at = now() - SignedDuration::from_hours(24);
        let known = |(number, value)| (id(number), crate::domain::remote_data::Known { value, at });
        EarlierReport::from_audits(at, "o-8j81brsjuj", &audits.into_iter().map(known).collect())
    };
    let now_found = report(vec![account(2, clean()), account(3, unread()), account(4, with_password())], vec![]);
    let earlier = then(vec![(2, with_password()), (3, with_password()), (5, clean())]);
    let found = compare(&now_found, Source::History(earlier.made), &earlier);
    let changes: Vec<_> = found.changes.iter().map(|one| (one.account, one.name, one.is_new)).collect();
    assert_eq!(changes, [(id(4), PASSWORD, true), (id(2), PASSWORD, false)]);
    assert_eq!((found.unread_then, found.missing_now), (vec![id(4)], vec![id(5)]));
}

fn names(found: &Comparison) -> (Vec<(&'static str, bool)>, Vec<&'static str>) {
    let changes = found.changes.iter().map(|one| (one.name.as_str(), one.is_new)).collect();
    (changes, found.undecided.keys().map(|name| name.as_str()).collect())
}

#[test]
fn what_a_quick_audit_does_not_ask_for_is_neither_resolved_nor_new() {
    let key = |last_used| AccessKey { id: "AKIA1".into(), status: "Active".into(), created: None, last_used };
    let used = LastUsed::Used { at: now(), service: "s3".into(), region: "us-east-1".into() };
    let device = MfaDevice { serial: "arn:aws:iam::000000000002:mfa/x".into(), enabled: None };
    let deep = RootAudit {
        access_keys: Presence::Present(Some(vec![key(used)])),
        mfa_devices: Presence::Present(Some(vec![device])),
        ..with_password()
    };
    let quick = RootAudit {
        depth: AuditDepth::Quick,
        access_keys: Presence::Present(None),
        mfa_devices: Presence::Present(None),
        ..with_password()
    };
    let unused = RootAudit { access_keys: Presence::Present(Some(vec![key(LastUsed::Never)])), ..deep.clone() };
    let both = vec!["access_key_in_use", "no_hardware_mfa"];
    let then = |audit: &RootAudit| {
        let known = crate::domain::remote_data::Known { value: audit.clone(), at: now() };
        EarlierReport::from_audits(now(), "o-8j81brsjuj", &[(id(2), known)].into())
    };
    let compared = |audit: &RootAudit, earlier: &EarlierReport| {
        compare(&report(vec![account(2, audit.clone())], vec![]), Source::History(now()), earlier)
    };
    assert_eq!(names(&compared(&quick, &then(&deep))), (vec![], both.clone()));
    assert_eq!(names(&compared(&deep, &then(&quick))), (vec![], both));
    assert_eq!(names(&compared(&deep, &then(&unused))), (vec![("access_key_in_use", true)], vec![]));
    assert_eq!(names(&compared(&unused, &then(&deep))), (vec![("access_key_in_use", false)], vec![]));
    // A key that is gone is not in use, at any depth.
    let none = RootAudit { access_keys: Presence::Absent, ..quick };
    let gone = vec![("access_key_in_use", false), ("access_key", false)];
    assert_eq!(names(&compared(&none, &then(&deep))), (gone, vec!["no_hardware_mfa"]));
}

#[test]
fn an_expired_exception_is_resolved_only_by_a_report_with_exceptions() {
    let mut earlier = EarlierReport { made: now(), ..EarlierReport::default() };
    earlier.findings.entry(id(2)).or_default().insert(FindingName::ExpiredException);
    let mut without = report(vec![account(2, clean())], vec![]);
    let found = compare(&without, Source::History(now()), &earlier);
    assert_eq!(names(&found), (vec![], vec!["exception_expired"]));
    without.exceptions_file = Some("exceptions.toml".into());
    let found = compare(&without, Source::History(now()), &earlier);
    assert_eq!(names(&found), (vec![("exception_expired", false)], vec![]));
}

#[test]
fn an_exception_for_what_a_quick_audit_does_not_ask_for_is_unknown() {
    let quick = RootAudit { depth: AuditDepth::Quick, access_keys: Presence::Present(None), ..with_password() };
    let in_use = FindingName::Root(RootFinding::AccessKeyInUse);
    assert_eq!(
        states(&report(vec![account(2, quick)], vec![exception(2, in_use, "2026-04-01")])),
        [ExceptionState::Unread]
    );
}

#[test]
fn a_contact_is_not_resolved_by_a_report_without_contacts() {
    let missing = FindingName::Contact(ContactFinding::NoSecurityContact);
    let with = |security| {
        let contacts = Some(Contacts { security, ..Contacts::default() });
        report(vec![ReportedAccount { contacts, ..account(2, clean()) }], vec![])
    };
    assert_eq!(open(&with(Contact::Absent)), [(id(2), missing)]);
    let mut earlier = EarlierReport { made: now(), ..EarlierReport::default() };
    earlier.findings.entry(id(2)).or_default().insert(missing);
    let changes = |report: &Report| compare(report, Source::History(now()), &earlier).changes.len();
    assert_eq!(changes(&report(vec![account(2, clean())], vec![])), 0);
    assert_eq!(changes(&with(Contact::NotRead)), 0);
    let error = ApiError::new("account:GetAlternateContact", ApiErrorKind::AccessDenied, "no");
    assert_eq!(changes(&with(Contact::Unknown(error))), 0);
}

#[test]
fn what_is_no_report_of_rootdeck_is_not_taken_for_one() {
    for text in ["", "[]", "{}", "[{\"class_uid\": 2004}]", "[{\"class_uid\": 2003, \"time\": 1}]", "nonsense"] {
        assert_eq!(EarlierReport::from_ocsf(text), None, "{text}");
    }
    let foreign = "[{\"class_uid\": 2003, \"time\": 1, \"finding_info\": {\"uid\": \"prowler-aws-x\"}}]";
    assert_eq!(EarlierReport::from_ocsf(foreign), None);
}
