//! What is recorded, and that it is read back as it was.

use std::collections::BTreeSet;

use super::*;
use crate::domain::account::AccountId;
use crate::domain::account_change::AccountName;
use crate::domain::contacts::AlternateContact;
use crate::domain::email::EmailAddress;
use crate::domain::otp::Otp;

fn account() -> AccountId {
    "444455556666".parse().expect("an id")
}

/// One of every kind of change.
pub(crate) fn changes() -> Vec<Change> {
    let iam = ServicePrincipal::iam;
    let new = || EmailAddress::parse("root@corp.example").expect("an address");
    let bucket = || PolicyHolder::Bucket { name: "logs".into(), region: "eu-west-1".into() };
    let queue = || PolicyHolder::Queue { url: "https://sqs/444455556666/jobs".into(), region: "us-east-1".into() };
    let of_root = [
        RootChange::DeleteCredential(RootCredential::Password),
        RootChange::DeleteCredential(RootCredential::AccessKey("AKIA1".into())),
        RootChange::DeleteCredential(RootCredential::SigningCertificate("TA7".into())),
        RootChange::DeleteCredential(RootCredential::MfaDevice("arn:aws:iam::444455556666:mfa/x".into())),
        RootChange::AllowPasswordRecovery,
        RootChange::ClosePasswordRecovery,
        RootChange::DeletePolicy(bucket()),
        RootChange::DeletePolicy(queue()),
        RootChange::PutPolicy(bucket(), "{}".into()),
        RootChange::PutPolicy(queue(), "{ }".into()),
    ];
    let contact = AlternateContact {
        name: "Nancy".into(),
        title: "CISO".into(),
        email: "soc@corp.example".into(),
        phone: "+1".into(),
    };
    let was = AlternateContact { email: "before@corp.example".into(), ..contact.clone() };
    let of_account = [
        AccountChange::PutContact(AlternateKind::Security, Box::new(contact.clone()), Some(Box::new(was.clone()))),
        AccountChange::PutContact(AlternateKind::Billing, Box::new(contact), None),
        AccountChange::DeleteContact(AlternateKind::Billing, None),
        AccountChange::DeleteContact(AlternateKind::Operations, Some(Box::new(was))),
        AccountChange::PutPrimaryContact(Box::default()),
        AccountChange::Rename { old: "a".into(), new: AccountName::parse("b").expect("a name") },
    ];
    let of_account = of_account.map(|change| Change::Account { account: account(), is_own: false, change });
    let others = [
        Switch::TrustedAccess(iam()).set(true),
        Switch::TrustedAccess(ServicePrincipal::account_management()).set(false),
        Switch::RootFeature(RootFeature::RootSessions).set(true),
        Switch::RootFeature(RootFeature::RootCredentialsManagement).set(false),
        Change::Delegation { account: account(), service: iam(), register: true },
        Change::Delegation { account: account(), service: iam(), register: false },
        Change::StartEmailChange { account: account(), old: "old address@example.com".into(), new: new() },
        Change::AcceptEmailChange { account: account(), new: new(), otp: Some(Otp::parse("482915").expect("a code")) },
    ];
    others
        .into_iter()
        .chain(of_account)
        .chain(of_root.map(|change| Change::Root { account: account(), change }))
        .collect()
}

/// What is recorded of each of them, and of what is no change, or was attempted only.
pub(crate) fn records() -> Vec<RecordedChange> {
    let session = |task, seconds, accounts| RecordedChange::OpenRootSession { task, seconds, accounts };
    let task = Some(TaskPolicy::UnlockQueuePolicy);
    let attempts = [
        RecordedChange::start_of_email_change(None),
        RecordedChange::start_of_email_change(Some(7)),
        RecordedChange::SendOneTimePasswordAgain,
        RecordedChange::AcceptPrimaryEmailChange { new_email: None },
        RecordedChange::AcceptPrimaryEmailChangesOfMails,
        RecordedChange::StartPlanOfPrimaryEmailChanges { accounts: None },
        RecordedChange::StartPlanOfPrimaryEmailChanges { accounts: Some(12) },
        RecordedChange::AllowRootPasswordRecovery { until: "2026-03-01T18:00:00Z".parse().ok() },
        session(task, Some(900), None),
        session(task, None, None),
        session(task, None, Some(3)),
        session(None, None, None),
    ];
    let forgotten = RecordedChange::StartPrimaryEmailChange {
        old_email: Some(RecordedAddress::Forgotten),
        new_email: Some(RecordedAddress::Forgotten),
        plan: None,
        line: None,
    };
    changes().iter().map(RecordedChange::of).chain(attempts).chain([forgotten]).collect()
}

#[test]
fn every_change_is_read_back_as_it_was_recorded() {
    let planned = records().into_iter().map(|record| record.in_plan(3, 9));
    let other = RecordedChange::Other { text: "x".into() };
    for record in records().into_iter().chain(planned).chain([other]) {
        let fields = record.fields();
        assert_eq!(RecordedChange::from_fields(&fields).ok(), Some(record), "{fields:?}");
    }
}

#[test]
fn every_kind_is_known_by_its_word() {
    let kinds: BTreeSet<String> = records().iter().map(RecordedChange::kind).collect();
    let unknown: Vec<&String> = kinds.iter().filter(|kind| !RecordedChange::KINDS.contains(&kind.as_str())).collect();
    assert_eq!((unknown, kinds.len()), (vec![], RecordedChange::KINDS.len() - 1), "all but sentences of old");
    let changes = records().into_iter().filter(RecordedChange::is_change);
    assert!(
        changes.count() > 20
            && !RecordedChange::OpenRootSession { task: None, seconds: None, accounts: None }.is_change()
    );
}

#[test]
fn every_field_is_known_by_name_and_is_a_text_or_a_number() {
    let records = || records().into_iter().map(|record| record.in_plan(3, 9));
    for (name, value) in records().flat_map(|record| record.fields()) {
        assert!(RecordedChange::FIELDS.contains(&name.as_str()), "{name}");
        assert!(value.is_string() || value.is_u64(), "{name}: {value}");
    }
    for name in RecordedChange::FIELDS {
        assert!(records().any(|record| record.fields().contains_key(name)), "{name}");
    }
}

#[test]
fn only_the_start_of_an_email_change_is_part_of_a_plan() {
    for record in records() {
        let fields = record.clone().in_plan(3, 9).fields();
        let is_start = matches!(record, RecordedChange::StartPrimaryEmailChange { .. });
        assert_eq!(fields.contains_key("plan"), is_start, "{record:?}");
    }
}

#[test]
fn the_one_time_password_is_not_recorded() {
    for record in records() {
        assert!(!format!("{record:?} {:?}", record.fields()).contains("482915"), "{record:?}");
    }
}
