//! When AWS's word says what became of a change, and when it does not.

use jiff::Timestamp;

use super::verdict::*;
use super::*;
use crate::domain::account::AccountId;
use crate::domain::account_change::{AccountChange, AccountName};
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::change::{Change, Switch};
use crate::domain::contacts::{AlternateContact, AlternateKind};
use crate::domain::email::EmailAddress;
use crate::domain::email_change::{EmailChangeReport, EmailChangeStatus as Status};
use crate::domain::journal::{JournalEntry, JournalOutcome};
use crate::domain::otp::Otp;
use crate::domain::policy_holder::{PolicyHolder, PolicyText};
use crate::domain::recorded_change::{FORGOTTEN, RecordedAddress, RecordedChange};
use crate::domain::root_change::RootChange;
use crate::domain::root_credentials::{AccessKey, AuditDepth, LastUsed, Password, Presence, RootAudit, RootCredential};
use crate::domain::root_feature::{RootFeature, RootFeatures};
use crate::domain::sign_in::LastSignIn;
use crate::domain::trusted_access::{DelegatedAdministrator, ServicePrincipal, TrustedAccess, TrustedService};
use crate::domain::write::Seen;

const AT: i64 = 1_760_000_000;
const MINUTE: i64 = 60;
const HOUR: i64 = 3_600;

fn time(after: i64) -> Timestamp {
    Timestamp::from_second(AT + after).expect("a time")
}

fn account() -> AccountId {
    "444455556666".parse().expect("an id")
}

fn new() -> EmailAddress {
    EmailAddress::parse("root@corp.example").expect("an address")
}

fn start() -> Change {
    Change::StartEmailChange { account: account(), old: "old@example.com".into(), new: new() }
}

fn accept() -> Change {
    Change::AcceptEmailChange { account: account(), new: new(), otp: Some(Otp::parse("482915").expect("a code")) }
}

fn root(change: RootChange) -> Change {
    Change::Root { account: account(), change }
}

fn soc(email: &str) -> AlternateContact {
    AlternateContact { name: "SOC".into(), title: "Team".into(), email: email.into(), phone: "+1".into() }
}

fn of_account(change: AccountChange) -> Change {
    Change::Account { account: account(), is_own: false, change }
}

fn put_contact(old: Option<&str>, new: &str) -> Change {
    let old = old.map(|old| Box::new(soc(old)));
    of_account(AccountChange::PutContact(AlternateKind::Security, Box::new(soc(new)), old))
}

fn delete_contact() -> Change {
    of_account(AccountChange::DeleteContact(AlternateKind::Security, Some(Box::new(soc("old@corp.example")))))
}

fn rename() -> Change {
    of_account(AccountChange::Rename { old: "a".into(), new: AccountName::parse("b").expect("a name") })
}

fn delegation(on: bool) -> Change {
    let (account, service) = (account(), ServicePrincipal::iam());
    if on {
        Change::Delegation { account, service, register: true }
    } else {
        Change::Delegation { account, service, register: false }
    }
}

/// The entry that the journal has of `change`, cut off.
fn entry(change: &Change) -> JournalEntry {
    JournalEntry {
        id: 7,
        at: time(0),
        caller: "arn:aws:iam::111122223333:user/alice".into(),
        profile: None,
        account: change.account(),
        operation: change.operation().into(),
        change: RecordedChange::of(change),
        reason: None,
        outcome: JournalOutcome::Intended,
        finished: None,
        code: None,
        cause: None,
        note: None,
        request_id: None,
    }
}

fn email(status: Status, updated: Option<i64>, primary: &str) -> Evidence {
    let report = EmailChangeReport { status, updated: updated.map(time) };
    Evidence::Email { report, primary: Some(primary.to_owned()) }
}

fn judged(change: &Change, evidence: &Evidence, later: &[Change], now: i64) -> Verdict {
    let later: Vec<Sought> = later.iter().map(|change| Sought::of_change(time(MINUTE), change)).collect();
    Sought::of(&entry(change)).judge(evidence, &later, time(now))
}

/// What a verdict is, without its words.
fn kind(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Done(_) => "done",
        Verdict::NotDone(_) => "not done",
        Verdict::Open(Doubt::LaterFromHere) => "later",
        Verdict::Open(Doubt::OtherTime) => "other time",
        Verdict::Open(Doubt::SoBefore(_)) => "so before",
        Verdict::Open(Doubt::Traceless) => "traceless",
        Verdict::Open(Doubt::Hidden) => "hidden",
        Verdict::Open(_) => "open",
    }
}

#[test]
fn an_entry_tells_as_much_as_its_change() {
    let iam = ServicePrincipal::iam();
    let queue = PolicyHolder::Queue { url: "https://sqs/1/q".into(), region: "eu-west-1".into() };
    for change in [
        start(),
        accept(),
        Switch::TrustedAccess(iam.clone()).set(true),
        Switch::TrustedAccess(iam).set(false),
        Switch::RootFeature(RootFeature::RootSessions).set(true),
        Switch::RootFeature(RootFeature::RootCredentialsManagement).set(false),
        delegation(true),
        delegation(false),
        root(RootChange::DeleteCredential(RootCredential::Password)),
        root(RootChange::DeleteCredential(RootCredential::AccessKey("AKIA1".into()))),
        root(RootChange::DeleteCredential(RootCredential::SigningCertificate("TA7".into()))),
        root(RootChange::DeleteCredential(RootCredential::MfaDevice("arn:aws:iam::4:mfa/x".into()))),
        root(RootChange::AllowPasswordRecovery),
        root(RootChange::ClosePasswordRecovery),
        root(RootChange::DeletePolicy(queue.clone())),
        root(RootChange::PutPolicy(queue, "{}".into())),
        put_contact(None, "soc@corp.example"),
        delete_contact(),
        rename(),
    ] {
        let sought = Sought::of(&entry(&change));
        assert_eq!(sought, Sought::of_change(time(0), &change), "{change:?}");
        assert_ne!(sought.what, What::Other, "{change:?}");
    }
}

#[test]
fn a_start_was_taken_if_the_report_is_of_its_time() {
    let old = "old@example.com";
    for (status, updated, expected) in [
        (Status::Pending, Some(1), "done"),
        (Status::Pending, Some(-1), "done"),
        (Status::Pending, Some(4 * MINUTE), "done"),
        // From before by less than clocks may differ, and from long after: perhaps another one.
        (Status::Pending, Some(-MINUTE), "other time"),
        (Status::Pending, Some(HOUR), "other time"),
        (Status::Pending, None, "other time"),
        (Status::Pending, Some(-HOUR), "not done"),
        (Status::Completed, Some(-HOUR), "not done"),
        (Status::None, None, "not done"),
        // A change before it may have ended just then.
        (Status::Completed, Some(1), "other time"),
        (Status::Failed, Some(1), "other time"),
        (Status::Accepted, Some(HOUR), "other time"),
        (Status::Other("PAUSED".into()), Some(1), "other time"),
    ] {
        let verdict = judged(&start(), &email(status.clone(), updated, old), &[], 2 * HOUR);
        assert_eq!(kind(&verdict), expected, "{status:?} {updated:?}");
    }
    let completed = email(Status::Completed, Some(HOUR), "Root@corp.example");
    assert_eq!(kind(&judged(&start(), &completed, &[accept()], 2 * HOUR)), "done");
}

#[test]
fn an_address_that_the_account_had_before_shows_no_start_and_no_acceptance() {
    for (updated, expected) in [(Some(-HOUR), "not done"), (Some(-MINUTE), "other time"), (Some(1), "done")] {
        let there = email(Status::Completed, updated, "root@corp.example");
        for change in [start(), accept()] {
            assert_eq!(kind(&judged(&change, &there, &[], 2 * HOUR)), expected, "{change:?} {updated:?}");
        }
    }
}

#[test]
fn what_was_started_again_from_here_hides_the_first_start() {
    let pending = email(Status::Pending, Some(MINUTE), "old@example.com");
    assert_eq!(kind(&judged(&start(), &pending, &[start()], HOUR)), "later");
    let completed = email(Status::Completed, Some(HOUR), "root@corp.example");
    assert_eq!(kind(&judged(&start(), &completed, &[start(), accept()], 2 * HOUR)), "later");
    let other =
        Change::StartEmailChange { account: "444455557777".parse().expect("an id"), old: "o".into(), new: new() };
    assert!(!Sought::of_change(time(0), &start()).shares_with(&Sought::of_change(time(0), &other)));
}

#[test]
fn an_address_that_an_earlier_change_gives_says_nothing_about_a_start() {
    let completed = email(Status::Completed, Some(HOUR), "root@corp.example");
    let judged =
        |journal: &[JournalEntry]| kind(&sought_in(&entry(&start()), journal).judge(&completed, &[], time(2 * HOUR)));
    assert_eq!(judged(&[]), "done");
    for before in [start(), accept()] {
        let with = |outcome| judged(&[JournalEntry { id: 3, at: time(-MINUTE), outcome, ..entry(&before) }]);
        assert_eq!(with(JournalOutcome::Ok), "other time");
        assert_eq!(with(JournalOutcome::Unknown), "other time");
        assert_eq!(with(JournalOutcome::Failed), "done");
    }
    let another = EmailAddress::parse("another@corp.example").expect("an address");
    let other = Change::StartEmailChange { account: account(), old: "o".into(), new: another };
    let before = JournalEntry { id: 3, at: time(-MINUTE), outcome: JournalOutcome::Ok, ..entry(&other) };
    assert_eq!(judged(&[before]), "done");
}

#[test]
fn an_acceptance_was_taken_if_aws_accepted_at_its_time_or_the_address_is_there() {
    let old = "old@example.com";
    for (status, updated, primary, expected) in [
        (Status::Accepted, Some(1), old, "done"),
        (Status::Completed, Some(3 * HOUR), "root@corp.example", "done"),
        (Status::Accepted, Some(HOUR), old, "other time"),
        (Status::Accepted, Some(-HOUR), old, "not done"),
        // Still waiting for a password, from before: none was accepted.
        (Status::Pending, Some(-10), old, "not done"),
        (Status::Pending, Some(MINUTE), old, "other time"),
        (Status::Completed, Some(HOUR), "somebody@corp.example", "other time"),
        (Status::Failed, Some(HOUR), old, "other time"),
        (Status::None, None, old, "not done"),
    ] {
        let verdict = judged(&accept(), &email(status.clone(), updated, primary), &[], 4 * HOUR);
        assert_eq!(kind(&verdict), expected, "{status:?} {updated:?} {primary}");
    }
    let there = email(Status::Completed, Some(HOUR), "root@corp.example");
    assert_eq!(kind(&judged(&accept(), &there, &[accept()], 4 * HOUR)), "later");
}

#[test]
fn a_contact_that_is_as_it_was_to_be_was_set() {
    let shown = |email: Option<&str>| Evidence::Contact(email.map(soc));
    let set = put_contact(Some("old@corp.example"), "soc@corp.example");
    for (change, found, now, expected) in [
        (&set, Some("soc@corp.example"), HOUR, "done"),
        (&set, Some("old@corp.example"), MINUTE, "not done"),
        (&set, None, MINUTE, "not done"),
        // Somebody may have changed it since.
        (&set, Some("old@corp.example"), 2 * HOUR, "traceless"),
        (&delete_contact(), None, HOUR, "done"),
        (&delete_contact(), Some("old@corp.example"), MINUTE, "not done"),
        (&delete_contact(), Some("old@corp.example"), 2 * HOUR, "traceless"),
        // The journal has the address only: of the other texts nothing tells.
        (&put_contact(Some("soc@corp.example"), "soc@corp.example"), Some("soc@corp.example"), MINUTE, "open"),
        // There may have been one with this address that nobody had read.
        (&put_contact(None, "soc@corp.example"), Some("soc@corp.example"), MINUTE, "open"),
        (&put_contact(None, "soc@corp.example"), Some("old@corp.example"), MINUTE, "not done"),
        (&put_contact(None, "soc@corp.example"), None, MINUTE, "not done"),
    ] {
        assert_eq!(kind(&judged(change, &shown(found), &[], now)), expected, "{change:?} {found:?} {now}");
    }
    assert_eq!(kind(&judged(&set, &shown(Some("soc@corp.example")), &[delete_contact()], HOUR)), "later");
    let named = |name: &str| judged(&rename(), &Evidence::AccountName(name.into()), &[], MINUTE);
    assert_eq!((kind(&named("b")), kind(&named("a"))), ("done", "not done"));
}

#[test]
fn an_address_that_was_forgotten_proves_nothing() {
    let mut entry = entry(&accept());
    entry.change = RecordedChange::AcceptPrimaryEmailChange { new_email: Some(RecordedAddress::Forgotten) };
    let evidence = email(Status::Completed, Some(HOUR), "root@corp.example");
    assert_eq!(kind(&Sought::of(&entry).judge(&evidence, &[], time(2 * HOUR))), "other time");
}

#[test]
fn a_credential_that_was_forgotten_is_not_taken_to_be_gone() {
    let mut entry = entry(&root(RootChange::DeleteCredential(RootCredential::MfaDevice("arn:x".into()))));
    let audit = audit(Presence::Absent, &[]);
    assert_eq!(kind(&judge_by_audit(&entry, &audit, &[], time(HOUR))), "done");
    entry.change = RecordedChange::DeleteRootCredential { credential: RootCredential::MfaDevice(FORGOTTEN.to_owned()) };
    assert_eq!(kind(&judge_by_audit(&entry, &audit, &[], time(HOUR))), "open");
}

#[test]
fn what_an_earlier_version_wrote_and_nobody_can_read_is_judged_as_far_as_its_operation_tells() {
    for (change, expected) in [
        (start(), What::Start(account(), None)),
        (accept(), What::Accept(account(), None)),
        (root(RootChange::AllowPasswordRecovery), What::Recovery(account())),
        (root(RootChange::ClosePasswordRecovery), What::Credential(account(), RootCredential::Password)),
        (Switch::RootFeature(RootFeature::RootSessions).set(true), What::Other),
    ] {
        let entry = JournalEntry { change: RecordedChange::Other { text: "x".into() }, ..entry(&change) };
        assert_eq!(Sought::of(&entry).what, expected, "{change:?}");
    }
}

fn trusted(enabled: Option<i64>) -> Evidence {
    let service = TrustedService { principal: ServicePrincipal::iam(), enabled: enabled.map(time) };
    Evidence::TrustedAccess(TrustedAccess::new(vec![service]))
}

#[test]
fn trusted_access_is_judged_by_the_time_it_was_enabled() {
    let enable = Switch::TrustedAccess(ServicePrincipal::iam()).set(true);
    let disable = Switch::TrustedAccess(ServicePrincipal::iam()).set(false);
    let off = Evidence::TrustedAccess(TrustedAccess::default());
    for (change, evidence, now, expected) in [
        (&enable, trusted(Some(1)), HOUR, "done"),
        (&enable, trusted(None), HOUR, "done"),
        (&enable, trusted(Some(-HOUR)), HOUR, "so before"),
        (&enable, trusted(Some(HOUR)), 2 * HOUR, "other time"),
        (&enable, off.clone(), 10 * MINUTE, "not done"),
        (&enable, off.clone(), 2 * HOUR, "traceless"),
        (&disable, off, 48 * HOUR, "done"),
        (&disable, trusted(Some(-HOUR)), 48 * HOUR, "not done"),
        (&disable, trusted(Some(MINUTE)), HOUR, "other time"),
        (&disable, trusted(None), 2 * HOUR, "traceless"),
    ] {
        assert_eq!(kind(&judged(change, &evidence, &[], now)), expected, "{change:?} {evidence:?}");
        assert_eq!(kind(&judged(change, &evidence, std::slice::from_ref(&enable), now)), "later", "{change:?}");
    }
}

#[test]
fn delegations_are_judged_as_trusted_access_is() {
    let delegates = |since: Option<i64>| {
        let services = since.map(|since| (ServicePrincipal::iam(), Some(time(since)))).into_iter().collect();
        Evidence::Delegates(vec![DelegatedAdministrator { account: account(), name: "audit".into(), services }])
    };
    for (on, since, now, expected) in [
        (true, Some(1), HOUR, "done"),
        (true, Some(-HOUR), HOUR, "so before"),
        (true, None, 10 * MINUTE, "not done"),
        (false, None, HOUR, "done"),
        (false, Some(-HOUR), HOUR, "not done"),
    ] {
        assert_eq!(kind(&judged(&delegation(on), &delegates(since), &[], now)), expected, "{on} {since:?}");
    }
    assert_eq!(kind(&judged(&delegation(true), &delegates(Some(1)), &[delegation(false)], HOUR)), "later");
}

#[test]
fn root_features_have_no_time_and_are_believed_for_an_hour() {
    let enable = Switch::RootFeature(RootFeature::RootSessions).set(true);
    let features = |on: &[RootFeature]| Evidence::RootFeatures(RootFeatures::Enabled(on.to_vec()));
    let on = features(&[RootFeature::RootSessions]);
    let off = features(&[RootFeature::RootCredentialsManagement]);
    let hidden = Evidence::RootFeatures(RootFeatures::NeedTrustedAccess);
    let disable = Switch::RootFeature(RootFeature::RootSessions).set(false);
    for (change, evidence, now, expected) in [
        (&enable, &on, 48 * HOUR, "done"),
        (&enable, &off, 10 * MINUTE, "not done"),
        (&enable, &off, 2 * HOUR, "traceless"),
        (&enable, &hidden, 10 * MINUTE, "hidden"),
        (&disable, &off, 10 * MINUTE, "done"),
        (&disable, &on, 10 * MINUTE, "not done"),
    ] {
        assert_eq!(kind(&judged(change, evidence, &[], now)), expected, "{change:?} {evidence:?}");
    }
}

fn audit(password: Presence<Password>, keys: &[&str]) -> RootAudit {
    let key =
        |id: &&str| AccessKey { id: (*id).into(), status: "Active".into(), created: None, last_used: LastUsed::Never };
    RootAudit {
        depth: AuditDepth::Deep,
        password,
        access_keys: Presence::Present(Some(keys.iter().map(key).collect())),
        mfa_devices: Presence::Absent,
        signing_certificates: Presence::Absent,
        last_sign_in: LastSignIn::Never,
    }
}

fn since(created: i64) -> Presence<Password> {
    Presence::Present(Some(Password { created: Some(time(created)) }))
}

#[test]
fn an_audit_says_nothing_about_a_change_that_a_later_one_of_the_same_thing_hides() {
    let password = root(RootChange::DeleteCredential(RootCredential::Password));
    let key = |id: &str| root(RootChange::DeleteCredential(RootCredential::AccessKey(id.into())));
    let (close, allow) = (root(RootChange::ClosePasswordRecovery), root(RootChange::AllowPasswordRecovery));
    let shares = |one: &Change, other: &Change| {
        Sought::of_change(time(0), one).shares_with(&Sought::of_change(time(HOUR), other))
    };
    for (one, other) in [(&password, &password), (&password, &close), (&allow, &close), (&key("A"), &key("A"))] {
        assert!(shares(one, other), "{one:?} {other:?}");
        let gone = audit(Presence::Absent, &[]);
        let later = [Sought::of_change(time(HOUR), other)];
        assert_eq!(kind(&judge_by_audit(&entry(one), &gone, &later, time(10 * MINUTE))), "later", "{one:?}");
    }
    assert!(!shares(&key("A"), &key("B")) && !shares(&key("A"), &password), "other credentials hide nothing");
}

#[test]
fn an_audit_tells_what_is_gone_and_what_is_still_there() {
    let key = root(RootChange::DeleteCredential(RootCredential::AccessKey("AKIA1".into())));
    let close = root(RootChange::ClosePasswordRecovery);
    let allow = root(RootChange::AllowPasswordRecovery);
    for (change, audit, now, expected) in [
        (&key, audit(Presence::Absent, &["AKIA2"]), 48 * HOUR, "done"),
        (&key, audit(Presence::Absent, &["AKIA1"]), 48 * HOUR, "not done"),
        (&close, audit(Presence::Absent, &[]), HOUR, "done"),
        (&close, audit(since(-HOUR), &[]), HOUR, "not done"),
        (&close, audit(since(MINUTE), &[]), HOUR, "other time"),
        (&close, audit(Presence::Present(None), &[]), HOUR, "open"),
        (&allow, audit(since(1), &[]), 48 * HOUR, "done"),
        (&allow, audit(since(-HOUR), &[]), HOUR, "so before"),
        (&allow, audit(since(HOUR), &[]), 2 * HOUR, "other time"),
        (&allow, audit(Presence::Absent, &[]), 10 * MINUTE, "not done"),
        (&allow, audit(Presence::Absent, &[]), 2 * HOUR, "traceless"),
        (&start(), audit(Presence::Absent, &[]), HOUR, "open"),
    ] {
        assert_eq!(kind(&judge_by_audit(&entry(change), &audit, &[], time(now))), expected, "{change:?} {audit:?}");
    }
}

#[test]
fn a_policy_tells_of_its_deletion_and_that_there_is_none_of_a_put() {
    let bucket = |name: &str| PolicyHolder::Bucket { name: name.into(), region: "eu-west-1".into() };
    let delete = root(RootChange::DeletePolicy(bucket("a")));
    let put = root(RootChange::PutPolicy(bucket("a"), "{}".into()));
    let policy = PolicyText::from("{}");
    for (change, name, policy, now, expected) in [
        (&delete, "a", None, 48 * HOUR, Some("done")),
        (&delete, "a", Some(&policy), 10 * MINUTE, Some("not done")),
        // Somebody may have put one since.
        (&delete, "a", Some(&policy), 2 * HOUR, None),
        (&delete, "b", None, MINUTE, None),
        (&put, "a", None, 10 * MINUTE, Some("not done")),
        (&put, "a", None, 2 * HOUR, None),
        // Which one it is, the journal does not know.
        (&put, "a", Some(&policy), MINUTE, None),
        (&put, "b", None, MINUTE, None),
    ] {
        let judged = judge_by_policy(&entry(change), &bucket(name), policy, time(now));
        assert_eq!(judged.as_ref().map(kind), expected, "{change:?} {name} {policy:?}");
    }
}

#[test]
fn what_is_read_right_after_a_change_of_root_tells_whether_it_was_done() {
    let bucket = PolicyHolder::Bucket { name: "a".into(), region: "eu-west-1".into() };
    let policy = |text: &str| Seen::Policy(Ok(Some(text.into())));
    let put = root(RootChange::PutPolicy(bucket.clone(), r#"{"Id":"x","Version":"1"}"#.into()));
    let delete = root(RootChange::DeletePolicy(bucket));
    let close = root(RootChange::ClosePasswordRecovery);
    let allow = root(RootChange::AllowPasswordRecovery);
    let unread = || ApiError::new("x", ApiErrorKind::Timeout, "x");
    for (change, seen, expected) in [
        (&put, policy(r#"{ "Version": "1", "Id": "x" }"#), "done"),
        (&put, policy("{}"), "not done"),
        (&put, Seen::Policy(Ok(None)), "not done"),
        (&put, Seen::Policy(Err(unread())), "open"),
        (&delete, Seen::Policy(Ok(None)), "done"),
        (&delete, policy("{}"), "not done"),
        (&close, Seen::LoginProfile(Presence::Absent), "done"),
        (&close, Seen::LoginProfile(since(-HOUR)), "not done"),
        (&close, Seen::LoginProfile(Presence::Unknown(unread())), "open"),
        (&allow, Seen::LoginProfile(since(1)), "done"),
        (&allow, Seen::LoginProfile(Presence::Absent), "not done"),
        (&allow, Seen::LoginProfile(Presence::Unknown(unread())), "open"),
        (&allow, Seen::Nothing, "open"),
    ] {
        assert_eq!(kind(&judge_by_seen(time(0), change, &seen, &[], time(3))), expected, "{change:?} {seen:?}");
    }
}

#[test]
fn a_session_matters_for_its_quarter_of_an_hour() {
    let mut session = entry(&root(RootChange::AllowPasswordRecovery));
    session.operation = "sts:AssumeRoot".into();
    session.change = RecordedChange::OpenRootSession { task: None, seconds: Some(900), accounts: None };
    let sought = Sought::of(&session);
    assert_eq!(sought.doubt(), Some(Doubt::Session(time(900))));
    assert!(sought.matters(time(16 * MINUTE)) && !sought.matters(time(HOUR)));
    assert!(Sought::of_change(time(0), &start()).matters(time(72 * HOUR)));
}

#[test]
fn what_is_said_of_it_holds_no_address() {
    for verdict in [
        judged(&start(), &email(Status::Completed, Some(HOUR), "root@corp.example"), &[], HOUR),
        judged(&start(), &email(Status::Pending, Some(1), "old@example.com"), &[], HOUR),
        judged(&accept(), &email(Status::Pending, Some(-HOUR), "old@example.com"), &[], HOUR),
    ] {
        let (Verdict::Done(note) | Verdict::NotDone(note)) = verdict else { panic!("{verdict:?}") };
        assert!(!note.contains('@'), "{note}");
    }
}
