//! The sentences of earlier versions, and what is read in them.

use super::*;
use crate::domain::journal::OutcomeCause;

fn known(text: &str) -> RecordedAddress {
    RecordedAddress::Known(text.to_owned())
}

fn started(old: Option<RecordedAddress>, new: Option<RecordedAddress>) -> RecordedChange {
    RecordedChange::StartPrimaryEmailChange { old_email: old, new_email: new, plan: None, line: None }
}

fn deleted(credential: RootCredential) -> RecordedChange {
    RecordedChange::DeleteRootCredential { credential }
}

fn of(kind: HolderKind, name: &str, region: &str) -> RecordedHolder {
    RecordedHolder { kind, name: name.to_owned(), region: region.to_owned() }
}

fn session(task: Option<TaskPolicy>, seconds: Option<u16>, accounts: Option<u64>) -> RecordedChange {
    RecordedChange::OpenRootSession { task, seconds, accounts }
}

#[test]
fn each_sentence_of_an_earlier_version_is_read() {
    use RecordedAddress::Forgotten;
    let (iam, account) = (ServicePrincipal::iam, ServicePrincipal::account_management);
    let audit = Some(TaskPolicy::AuditRootCredentials);
    let sentences = [
        ("enable trusted access iam.amazonaws.com", RecordedChange::EnableTrustedAccess { service: iam() }),
        ("disable trusted access account.amazonaws.com", RecordedChange::DisableTrustedAccess { service: account() }),
        ("enable RootSessions", RecordedChange::EnableRootFeature { feature: RootFeature::RootSessions }),
        (
            "disable RootCredentialsManagement",
            RecordedChange::DisableRootFeature { feature: RootFeature::RootCredentialsManagement },
        ),
        (
            "register delegated administrator for iam.amazonaws.com",
            RecordedChange::RegisterDelegatedAdministrator { service: iam() },
        ),
        (
            "deregister delegated administrator for iam.amazonaws.com",
            RecordedChange::DeregisterDelegatedAdministrator { service: iam() },
        ),
        ("start primary email change a@b.c -> d@e.f", started(Some(known("a@b.c")), Some(known("d@e.f")))),
        // AWS has no rule for addresses of long ago.
        ("start primary email change the old one -> d@e.f", started(Some(known("the old one")), Some(known("d@e.f")))),
        (
            "start primary email change (address forgotten) -> (address forgotten)",
            started(Some(Forgotten), Some(Forgotten)),
        ),
        ("start a primary email change", started(None, None)),
        ("have a one-time password sent again", RecordedChange::SendOneTimePasswordAgain),
        (
            "accept primary email change -> d@e.f",
            RecordedChange::AcceptPrimaryEmailChange { new_email: Some(known("d@e.f")) },
        ),
        (
            "accept primary email change -> (address forgotten)",
            RecordedChange::AcceptPrimaryEmailChange { new_email: Some(Forgotten) },
        ),
        ("accept a primary email change", RecordedChange::AcceptPrimaryEmailChange { new_email: None }),
        ("accept the primary email changes of mails", RecordedChange::AcceptPrimaryEmailChangesOfMails),
        (
            "start the primary email changes of a plan",
            RecordedChange::StartPlanOfPrimaryEmailChanges { accounts: None },
        ),
        (
            "start the 12 primary email changes of a plan",
            RecordedChange::StartPlanOfPrimaryEmailChanges { accounts: Some(12) },
        ),
        ("delete root password", deleted(RootCredential::Password)),
        ("delete root access key AKIA1", deleted(RootCredential::AccessKey("AKIA1".to_owned()))),
        ("delete root signing certificate TA7", deleted(RootCredential::SigningCertificate("TA7".to_owned()))),
        ("delete root MFA device arn:x", deleted(RootCredential::MfaDevice("arn:x".to_owned()))),
        ("allow recovery of the root password", RecordedChange::AllowRootPasswordRecovery { until: None }),
        ("close recovery of the root password", RecordedChange::CloseRootPasswordRecovery),
        (
            "delete the policy of bucket logs (eu-west-1)",
            RecordedChange::DeletePolicy { holder: of(HolderKind::Bucket, "logs", "eu-west-1") },
        ),
        (
            "put a policy of 212 bytes on queue jobs.fifo (us-east-1)",
            RecordedChange::PutPolicy { holder: of(HolderKind::Queue, "jobs.fifo", "us-east-1"), bytes: 212 },
        ),
        ("open a root session", session(None, None, None)),
        ("open a root session for IAMAuditRootUserCredentials", session(audit, None, None)),
        ("open a root session for IAMAuditRootUserCredentials, 900 seconds", session(audit, Some(900), None)),
        ("open a root session for IAMAuditRootUserCredentials, in 3 accounts", session(audit, None, Some(3))),
    ];
    for (sentence, change) in sentences {
        assert_eq!(read(sentence), change, "{sentence}");
    }
}

#[test]
fn what_is_no_such_sentence_stays_as_it_is() {
    for sentence in [
        "",
        "x",
        "enable ",
        "enable trusted access ",
        "enable trusted access a b",
        "enable SomethingNew",
        "start primary email change a@b.c",
        "start the many primary email changes of a plan",
        // It does not say which.
        "start the primary email change of a line of a plan",
        "delete root ",
        "delete root passwords",
        "delete root access key ",
        "delete the policy of topic x (eu-west-1)",
        "delete the policy of bucket x",
        "put a policy of some bytes on bucket x (eu-west-1)",
        "open a root session for SomethingNew",
        "open a root session for IAMAuditRootUserCredentials, 900000 seconds",
        "open a root session for IAMAuditRootUserCredentials, at once",
    ] {
        assert_eq!(read(sentence), RecordedChange::Other { text: sentence.to_owned() });
    }
}

#[test]
fn a_note_is_known_by_how_it_begins() {
    for (note, expected) in [
        ("rootdeck: the configuration protects this account", Some(OutcomeCause::NotPermitted)),
        ("another rootdeck was quicker; nothing was sent", Some(OutcomeCause::AnotherWasFirst)),
        ("the connection was lost before the answer", Some(OutcomeCause::ConnectionLost)),
        ("seen afterwards: PENDING since 2026-03-01T14:02:00Z", Some(OutcomeCause::SeenAfterwards)),
        ("AWS said yes; seen afterwards: off", Some(OutcomeCause::NotSeenAfterwards)),
        ("something else about rootdeck", None),
    ] {
        assert_eq!(cause(note), expected, "{note}");
    }
}
