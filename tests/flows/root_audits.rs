//! Root sessions and what an audit says: what was read, and never more than that.

use rootdeck::domain::records::JournalRecords;
use std::time::Duration;

use futures::future::join_all;
use rootdeck::domain::account::{Account, AccountState};
use rootdeck::domain::api_error::ApiErrorKind;
use rootdeck::domain::change::{Change, Switch};
use rootdeck::domain::journal::JournalOutcome;
use rootdeck::domain::mfa_device::MfaKind;
use rootdeck::domain::permit::{Refusal, Rules};
use rootdeck::domain::root_change::RootChange;
use rootdeck::domain::root_credentials::{AuditDepth, CredentialKind, LastUsed, Presence, RootAudit};
use rootdeck::domain::root_feature::RootFeature;
use rootdeck::domain::root_session::SessionKey;
use rootdeck::domain::sign_in::LastSignIn;
use rootdeck::domain::task_policy::TaskPolicy;
use rootdeck::domain::trusted_access::ServicePrincipal;
use rootdeck::domain::write::{Seen, WriteOutcome};
use rootdeck::emulator::Identity;
use rootdeck::words::journal::sentence;

use super::office::{MANAGEMENT, Office, SECURITY, id};

use AuditDepth::{Deep, Quick};
use RootFeature::{RootCredentialsManagement, RootSessions};

/// An account whose root user has one and more of everything.
pub(crate) const FULL: &str = "555500000109";
/// One whose root user has nothing.
pub(crate) const CLEAN: &str = "444455558888";
/// One under a service control policy that denies root everything, with a password and a key.
pub(crate) const DENIED: &str = "666600000001";
/// One under the same with the exemption for root sessions.
const EXEMPT: &str = "222233336666";
/// One that is suspended.
const SUSPENDED: &str = "777700000001";

/// What an audit says of each kind, in the order of deletion.
pub(crate) fn has(audit: &RootAudit) -> [Option<bool>; 4] {
    CredentialKind::ALL.map(|kind| audit.has(kind))
}

/// Why an audit that found nothing out did not.
#[track_caller]
fn unknown(audit: &RootAudit) -> ApiErrorKind {
    assert_eq!(has(audit), [None; 4], "{audit:?}");
    audit.error().unwrap().kind
}

impl Office {
    async fn account(&self, id: &str) -> Account {
        self.listed(id).await
    }

    async fn audit(&self, account: &str, depth: AuditDepth) -> RootAudit {
        self.engine.audit(&self.account(account).await, depth).await
    }
}

#[tokio::test]
async fn a_quick_audit_is_three_calls_and_tells_the_kinds() {
    let office = Office::with_root_access().await;
    assert_eq!(has(&office.audit(FULL, Quick).await), [Some(true); 4]);
    assert_eq!(has(&office.audit(CLEAN, Quick).await), [Some(false); 4]);
    let requests = office.emulator.requests();
    let in_accounts: Vec<_> =
        requests.iter().rev().map(|(_, operation)| operation.as_str()).take_while(|it| *it != "ListAccounts").collect();
    assert_eq!(in_accounts.last(), Some(&"AssumeRoot"));
    // The other two at the same time.
    let mut asked = in_accounts;
    asked.sort_unstable();
    assert_eq!(asked, ["AssumeRoot", "GetAccountSummary", "GetUser"]);
}

#[tokio::test]
async fn a_deep_audit_tells_which_how_old_and_when_used_last() {
    let office = Office::with_root_access().await;
    let audit = office.audit(FULL, Deep).await;
    assert!(audit.password.details().unwrap().created.is_some());
    let keys = audit.access_keys.details().unwrap();
    let [active, inactive] = keys.as_slice() else { panic!("{keys:?}") };
    assert_eq!((active.id.as_str(), active.status.as_str()), ("AKIADEMONORTHWIND001", "Active"));
    assert_eq!(inactive.status, "Inactive");
    let (created, LastUsed::Used { at, service, region }) = (active.created.unwrap(), &active.last_used) else {
        panic!("{active:?}")
    };
    assert!(created < *at);
    assert_eq!((service.as_str(), region.as_str()), ("ec2", "us-east-1"));
    let devices = audit.mfa_devices.details().unwrap();
    assert!(devices[0].serial == "GAHT20488317" && devices[0].enabled.is_some());
    let certificates = audit.signing_certificates.details().unwrap();
    assert_eq!((certificates[0].status.as_str(), certificates.len()), ("Active", 1));
    assert_eq!(audit.credentials().len(), 5);

    assert!(audit.last_sign_in.time().is_some_and(|at| at > created));
    assert_eq!(devices[0].kind(), MfaKind::Hardware);

    let never = office.audit("555500000110", Deep).await;
    assert_eq!(never.access_keys.details().unwrap()[0].last_used, LastUsed::Never);
    assert_eq!(has(&office.audit(CLEAN, Deep).await), [Some(false); 4]);
}

#[tokio::test]
async fn the_last_sign_in_stays_known_after_the_password_is_gone() {
    let office = Office::with_root_access().await;
    for depth in [Quick, Deep] {
        let audit = office.audit("555500000101", depth).await;
        assert_eq!(has(&audit), [Some(false); 4]);
        assert!(audit.last_sign_in.time().is_some(), "{audit:?}");
        assert_eq!(office.audit(CLEAN, depth).await.last_sign_in, LastSignIn::Never);
    }
}

#[tokio::test]
async fn a_session_is_opened_once_journaled_and_used_again_by_all_who_want_the_same() {
    let office = Office::with_root_access().await;
    let (account, clean) = (office.account(FULL).await, office.account(CLEAN).await);
    let audits = join_all((0..6).map(|_| office.engine.audit(&account, Quick))).await;
    assert!(audits.iter().all(|audit| has(audit) == [Some(true); 4]));
    assert_eq!(office.arrived("AssumeRoot"), 1);
    let entry = office.newest_entry();
    assert_eq!((entry.operation.as_str(), entry.account), ("sts:AssumeRoot", Some(account.id)));
    assert_eq!(sentence(&entry.change), "open a root session for IAMAuditRootUserCredentials, 900 seconds");
    assert!(entry.outcome == JournalOutcome::Ok && entry.request_id.is_some());

    // Another account, another task, another caller: each its own.
    office.engine.audit(&clean, Quick).await;
    office.engine.root_session(&account, TaskPolicy::DeleteRootCredentials, 300, None).await.unwrap();
    assert!(sentence(&office.newest_entry().change).ends_with("IAMDeleteRootUserCredentials, 300 seconds"));
    office.engine_of(Identity::Management).await.audit(&account, Quick).await;
    assert_eq!(office.arrived("AssumeRoot"), 4);

    let key = SessionKey { account: account.id, task: TaskPolicy::DeleteRootCredentials };
    let session = office.engine.root_session(&account, key.task, 900, None).await.unwrap();
    let live = |at| office.engine.live_session(key, at).map(|session| session.access_key_id);
    assert_eq!(live(session.info.expires - Duration::from_secs(1)), Some(session.access_key_id));
    assert_eq!(live(session.info.expires), None);
    assert_eq!(office.arrived("AssumeRoot"), 4);
}

#[tokio::test]
async fn each_feature_is_the_gate_of_its_own_tasks_only() {
    for (on, off) in [(RootCredentialsManagement, RootSessions), (RootSessions, RootCredentialsManagement)] {
        let office = Office::with_root_access().await;
        office.write(Switch::RootFeature(off).set(false)).await;
        let account = office.account(CLEAN).await;
        for task in TaskPolicy::ALL {
            let opened = office.engine.root_session(&account, task, 60, None).await;
            if task.gate() == on {
                assert_eq!(opened.unwrap().info.key, SessionKey { account: account.id, task });
            } else {
                assert_eq!(opened.unwrap_err().kind, ApiErrorKind::RootFeatureOff(off), "{task}");
                let entry = office.newest_entry();
                assert_eq!((entry.outcome, entry.code.as_deref()), (JournalOutcome::Refused, Some("AccessDenied")));
            }
        }
    }
}

#[tokio::test]
async fn without_trusted_access_or_the_permission_the_audit_is_unknown_with_that_cause() {
    let office = Office::open().await;
    assert_eq!(unknown(&office.audit(FULL, Quick).await), ApiErrorKind::TrustedAccessOff);
    let office = Office::with_root_access().await;
    let account = office.account(FULL).await;
    for who in [Identity::Member, Identity::DelegatedAdministrator] {
        let engine = office.engine_of(who).await;
        assert_eq!(unknown(&engine.audit(&account, Deep).await), ApiErrorKind::AssumeRootDenied, "{who:?}");
    }
    // Once rootdeck knows what the caller is, nothing goes out.
    let before = office.arrived("AssumeRoot");
    let engine = office.engine_of(Identity::DelegatedAdministrator).await;
    engine.org_role(&engine.organization().await.unwrap()).await.unwrap();
    assert_eq!(unknown(&engine.audit(&account, Deep).await), ApiErrorKind::NotPermitted);
    assert_eq!(office.arrived("AssumeRoot"), before);
    // Delegated for IAM, it audits as well, and the tasks of root are open to it.
    office.register(SECURITY, &ServicePrincipal::iam()).await;
    engine.org_role(&engine.organization().await.unwrap()).await.unwrap();
    assert_eq!(has(&engine.audit(&account, Deep).await), [Some(true); 4]);
    let change = Change::Root { account: id(CLEAN), change: RootChange::AllowPasswordRecovery };
    let written = office.write_by(&engine, change, Some(office.account(CLEAN).await)).await;
    assert_eq!(written.outcome, WriteOutcome::Taken(None));
    assert!(matches!(written.seen, Seen::LoginProfile(Presence::Present(_))), "{written:?}");
}

#[tokio::test]
async fn accounts_that_can_not_be_the_target_are_never_called_and_say_why() {
    let office = Office::with_root_access().await;
    let protected = Rules { protected: [id(FULL)].into(), ..Rules::default() };
    let reading = Rules { read_only: true, ..Rules::default() };
    let (full, suspended) = (office.account(FULL).await, office.account(SUSPENDED).await);
    let management = office.account(MANAGEMENT).await;
    let not_active = Refusal::NotActive(AccountState::Suspended);
    for (account, why) in [(&management, Refusal::RootOfManagement), (&suspended, not_active)] {
        let audit = office.engine.audit(account, Quick).await;
        assert_eq!(unknown(&audit), ApiErrorKind::NotPermitted);
        assert_eq!(audit.error().unwrap().message, why.record(), "{audit:?}");
    }
    let journal = office.records.journal(100).unwrap().len();
    for rules in [protected, reading] {
        let engine = office.engine_with(rules);
        for task in TaskPolicy::ALL.into_iter().filter(|task| !task.is_reading()) {
            let error = engine.root_session(&full, task, 900, None).await.unwrap_err();
            assert_eq!(error.kind, ApiErrorKind::NotPermitted, "{task}");
        }
        assert_eq!(office.journaled(), ("sts:AssumeRoot".into(), JournalOutcome::Refused));
        assert_eq!(office.arrived("AssumeRoot"), 0);
    }
    assert_eq!(office.records.journal(100).unwrap().len(), journal + 8);
    // Looking is allowed where writing is not.
    let reading = office.engine_with(Rules { read_only: true, protected: [id(FULL)].into(), ..Rules::default() });
    assert_eq!(has(&reading.audit(&full, Quick).await), [Some(true); 4]);
}

#[tokio::test]
async fn what_an_scp_denies_is_unknown_and_one_with_the_exemption_does_not_deny() {
    let office = Office::with_root_access().await;
    for depth in [Quick, Deep] {
        let audit = office.audit(DENIED, depth).await;
        assert_eq!(unknown(&audit), ApiErrorKind::DeniedByScp);
        assert_eq!(has(&office.audit(EXEMPT, depth).await), [Some(true), Some(false), Some(false), Some(true)]);
    }
}

#[tokio::test]
async fn each_cell_of_a_deep_audit_stands_for_itself() {
    let office = Office::with_root_access().await;
    office.inject("ListMFADevices:access-denied=1x");
    let audit = office.audit(CLEAN, Deep).await;
    assert_eq!(has(&audit), [Some(false), Some(false), Some(false), None]);
    assert_eq!(audit.error().unwrap().kind, ApiErrorKind::AccessDenied);
    // Half an answer is none, and neither is it a shorter list.
    for (operation, cell) in [("ListAccessKeys", 1), ("ListSigningCertificates", 2), ("ListMFADevices", 3)] {
        office.inject(&format!("{operation}:malformed=1x"));
        let audit = office.audit(CLEAN, Deep).await;
        let mut expected = [Some(false); 4];
        expected[cell] = None;
        assert_eq!(has(&audit), expected, "{operation}");
        assert_eq!(audit.error().unwrap().kind, ApiErrorKind::Unreadable, "{operation}");
    }
    // The summary still shows that there is something where the list could not be read.
    office.inject("ListAccessKeys:access-denied=1x");
    let audit = office.audit(FULL, Deep).await;
    assert_eq!(audit.access_keys, Presence::Present(None));
    // And the lists do without the summary.
    office.inject("GetAccountSummary:access-denied=1x");
    assert_eq!(has(&office.audit(FULL, Deep).await), [Some(true); 4]);
    office.inject("GetAccessKeyLastUsed:access-denied=2x");
    let audit = office.audit(FULL, Deep).await;
    let keys = audit.access_keys.details().unwrap();
    assert!(
        keys.iter()
            .all(|key| matches!(&key.last_used, LastUsed::Unknown(error) if error.kind == ApiErrorKind::AccessDenied))
    );
}

#[tokio::test]
async fn a_session_that_aws_calls_expired_is_renewed_once() {
    let office = Office::with_root_access().await;
    assert_eq!(has(&office.audit(FULL, Quick).await), [Some(true); 4]);
    // Only AWS's clock has moved on.
    office.emulator.advance(Duration::from_mins(16));
    assert_eq!(has(&office.audit(FULL, Quick).await), [Some(true); 4]);
    assert_eq!(has(&office.audit(FULL, Deep).await), [Some(true); 4]);
    assert_eq!(office.arrived("AssumeRoot"), 2);
    // It is not tried for ever.
    office.inject("GetAccountSummary:expired-token=2x");
    assert_eq!(unknown(&office.audit(FULL, Quick).await), ApiErrorKind::ExpiredCredentials);
    assert_eq!(office.arrived("AssumeRoot"), 3);
}

#[tokio::test]
async fn a_session_outlives_the_gate_it_came_through() {
    let office = Office::with_root_access().await;
    assert_eq!(has(&office.audit(FULL, Quick).await), [Some(true); 4]);
    office.write(Switch::RootFeature(RootCredentialsManagement).set(false)).await;
    assert_eq!(has(&office.audit(FULL, Quick).await), [Some(true); 4]);
    office.emulator.advance(Duration::from_mins(15));
    let error = ApiErrorKind::RootFeatureOff(RootCredentialsManagement);
    assert_eq!(unknown(&office.audit(FULL, Quick).await), error);
}
