//! Deleting root credentials, and allowing and closing the recovery of the password: what is called
//! done was read to be so.

use rootdeck::domain::records::JournalRecords;
use std::time::Duration;

use jiff::Timestamp;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use rootdeck::domain::account::Account;
use rootdeck::domain::api_error::ApiErrorKind;
use rootdeck::domain::deletion::{DeletionCall, DeletionPlan, DeletionResult, DeletionVerdict};
use rootdeck::domain::journal::JournalOutcome;
use rootdeck::domain::permit::{Refusal, Rules};
use rootdeck::domain::root_change::RootChange;
use rootdeck::domain::root_credentials::{AuditDepth, CredentialKind, Presence, RootAudit, RootCredential};
use rootdeck::domain::run::{Run, RunReport, Steering};
use rootdeck::domain::write::{Seen, WriteOutcome};
use rootdeck::engine::Engine;
use rootdeck::words::journal::sentence;

use super::office::{Office, id, refused, unknown};
use super::root_audits::{CLEAN, DENIED, FULL, has};
use super::root_runs::Watcher;

use DeletionVerdict::{AlreadyAbsent, Deleted, DeniedByScp, NotAttempted};

/// The calls that delete, in AWS's order.
const CALLS: [&str; 4] = ["DeleteLoginProfile", "DeleteAccessKey", "DeleteSigningCertificate", "DeactivateMFADevice"];

/// What the dry run would list.
async fn plan(office: &Office, account: &str) -> DeletionPlan {
    let account = office.listed(account).await;
    let credentials = office.engine.audit(&account, AuditDepth::Deep).await.credentials();
    DeletionPlan { account, credentials }
}

/// Deletes, and gives the results with the proof.
async fn delete(engine: &Engine, plan: DeletionPlan, watcher: &Watcher) -> (Vec<DeletionResult>, RootAudit) {
    let (account, wanted) = (plan.account.id, plan.credentials.len());
    let run = Run::DeleteCredentials { plans: vec![plan], reason: Some("TICKET-9".into()) };
    engine.run(run, watcher.steer.subscribe(), Timestamp::now, watcher.listen()).await;
    let found = watcher.ended().into_iter().find_map(|report| match report {
        RunReport::Deleted { account: of, results, audit } if of == account => Some((results, *audit)),
        _ => None,
    });
    let (results, audit) = found.unwrap();
    assert_eq!(results.len(), wanted);
    (results, audit)
}

fn verdicts(results: &[DeletionResult]) -> Vec<DeletionVerdict> {
    results.iter().map(DeletionResult::verdict).collect()
}

fn deletions(office: &Office) -> Vec<String> {
    let requests = office.emulator.requests().into_iter().map(|(_, operation)| operation);
    requests.filter(|operation| CALLS.contains(&operation.as_str())).collect()
}

#[tokio::test]
async fn all_credentials_go_in_awss_order_each_journaled_and_a_fresh_audit_proves_it() {
    let office = Office::with_root_access().await;
    let mut plan = plan(&office, FULL).await;
    plan.credentials.reverse();
    let audits = office.arrived("GetAccountSummary");
    let (results, audit) = delete(&office.engine, plan, &Watcher::new()).await;
    assert_eq!(verdicts(&results), [Deleted; 5]);
    assert_eq!(has(&audit), [Some(false); 4]);
    assert_eq!(audit.depth, AuditDepth::Deep);
    assert_eq!(office.arrived("GetAccountSummary"), audits + 1);
    let [password, key, certificate, device] = CALLS;
    assert_eq!(deletions(&office), [password, key, key, certificate, device]);
    assert_eq!(office.arrived("UpdateAccessKey"), 0);
    let mut journal = office.records.journal(6).unwrap();
    let session = journal.pop().unwrap();
    assert_eq!(session.operation, "sts:AssumeRoot");
    assert!(sentence(&session.change).contains("IAMDeleteRootUserCredentials"), "{session:?}");
    for entry in &journal {
        assert_eq!((entry.outcome, entry.reason.as_deref()), (JournalOutcome::Ok, Some("TICKET-9")));
        assert!(entry.request_id.is_some() && entry.account == Some(id(FULL)));
    }
    assert_eq!(sentence(&journal[0].change), "delete root MFA device GAHT20488317");
    assert_eq!(journal[4].operation, "iam:DeleteLoginProfile");
}

#[tokio::test]
async fn what_is_gone_already_is_told_apart() {
    let office = Office::with_root_access().await;
    let account = office.listed(CLEAN).await;
    let credentials = vec![RootCredential::Password, RootCredential::AccessKey("AKIADEMONOSUCHKEY000".into())];
    let (results, _) = delete(&office.engine, DeletionPlan { account, credentials }, &Watcher::new()).await;
    assert_eq!(verdicts(&results), [AlreadyAbsent; 2]);
    let entries = office.records.journal(10).unwrap();
    let entry = entries.iter().find(|entry| entry.operation == "iam:DeleteAccessKey").unwrap();
    assert_eq!((entry.outcome, entry.code.as_deref()), (JournalOutcome::Ok, Some("NoSuchEntity")));
}

#[tokio::test]
async fn what_an_scp_denies_is_still_there_and_nothing_is_claimed() {
    let office = Office::with_root_access().await;
    let account = office.listed(DENIED).await;
    let key = RootCredential::AccessKey("AKIADEMOPOLICYCANARY".into());
    let device = RootCredential::MfaDevice("arn:aws:iam::666600000001:mfa/x".into());
    let plan = DeletionPlan { account, credentials: vec![RootCredential::Password, key, device] };
    let (results, audit) = delete(&office.engine, plan, &Watcher::new()).await;
    assert_eq!(verdicts(&results), [DeniedByScp, DeniedByScp, NotAttempted]);
    assert_eq!(has(&audit), [None; 4]);
    assert_eq!(office.arrived("DeactivateMFADevice"), 0);
}

#[tokio::test]
async fn a_lost_answer_is_unknown_until_the_audit_shows_that_it_was_done() {
    let office = Office::with_root_access().await;
    let plan = plan(&office, FULL).await;
    office.inject("DeleteLoginProfile:lose-reply=1x");
    let (results, audit) = delete(&office.engine, plan, &Watcher::new()).await;
    assert!(
        matches!(&results[0].call, DeletionCall::Made(WriteOutcome::Unknown(error)) if error.kind == ApiErrorKind::ConnectionLost)
    );
    // Sent once; done, as was seen afterwards. The second factor was not touched meanwhile.
    assert_eq!(verdicts(&results), [Deleted, Deleted, Deleted, Deleted, NotAttempted]);
    assert_eq!(has(&audit), [Some(false), Some(false), Some(false), Some(true)]);
    assert_eq!(office.arrived("DeleteLoginProfile"), 1);
    let entries = office.records.journal(10).unwrap();
    let lost = entries.iter().find(|entry| entry.operation == "iam:DeleteLoginProfile").unwrap();
    // The first conclusion was "unknown"; the last one counts.
    assert_eq!((lost.outcome, lost.request_id.clone()), (JournalOutcome::Ok, None));
}

#[tokio::test]
async fn a_stop_leaves_the_rest_of_the_account_alone_and_audits_it_all_the_same() {
    let office = Office::with_root_access().await;
    let (plan, watcher) = (plan(&office, FULL).await, Watcher::new());
    office.inject("DeleteLoginProfile:delay(300ms)=1x");
    let stop = async {
        while office.arrived("DeleteLoginProfile") == 0 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        watcher.steer.send_replace(Steering::Stop);
    };
    let ((results, audit), ()) = tokio::join!(delete(&office.engine, plan, &watcher), stop);
    assert_eq!(verdicts(&results), [Deleted, NotAttempted, NotAttempted, NotAttempted, NotAttempted]);
    assert_eq!(has(&audit), [Some(false), Some(true), Some(true), Some(true)]);
    assert_eq!(deletions(&office), ["DeleteLoginProfile"]);
}

#[tokio::test]
async fn accounts_that_may_not_be_written_to_keep_everything() {
    let office = Office::with_root_access().await;
    let plan = plan(&office, FULL).await;
    let protected = Rules { protected: [id(FULL)].into(), ..Rules::default() };
    for rules in [protected, Rules { read_only: true, ..Rules::default() }] {
        let engine = office.engine_with(rules);
        let (results, audit) = delete(&engine, plan.clone(), &Watcher::new()).await;
        assert_eq!(verdicts(&results), [NotAttempted; 5]);
        let DeletionCall::NotAttempted(Some(error)) = &results[0].call else { panic!("{results:?}") };
        assert_eq!(error.kind, ApiErrorKind::NotPermitted);
        assert_eq!(has(&audit), [Some(true); 4]);
    }
    assert_eq!(deletions(&office), [""; 0]);
}

/// What the account really has: AWS itself, asked until it answers without an error.
async fn truth(office: &Office, account: &Account) -> RootAudit {
    for _ in 0..50 {
        let audit = office.engine.audit(account, AuditDepth::Deep).await;
        if audit.error().is_none() && audit.access_keys != Presence::Present(None) {
            return audit;
        }
    }
    panic!("no audit without a fault");
}

#[test]
fn nothing_is_called_deleted_that_aws_still_has() {
    let sent_once = ["lose-reply", "drop", "internal-error", "access-denied", "malformed", "expired-token"];
    let read = ["access-denied", "malformed", "expired-token"];
    let reads = ["GetLoginProfile", "ListAccessKeys", "ListSigningCertificates", "ListMFADevices", "AssumeRoot"];
    let error = prop_oneof![
        3 => (prop::sample::select(CALLS.to_vec()), prop::sample::select(sent_once.to_vec())),
        1 => (prop::sample::select(reads.to_vec()), prop::sample::select(read.to_vec())),
    ];
    let errors = prop::collection::vec((error, 1..=2u32), 0..5);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let mut runner = TestRunner::new(Config { cases: 16, failure_persistence: None, ..Config::default() });
    let held = runner.run(&errors, |errors| {
        runtime.block_on(async {
            let office = Office::with_root_access().await;
            let plan = plan(&office, FULL).await;
            for ((operation, kind), times) in &errors {
                office.inject(&format!("{operation}:{kind}={times}x"));
            }
            let (results, _) = delete(&office.engine, plan.clone(), &Watcher::new()).await;
            let left = truth(&office, &plan.account).await;
            for result in results {
                let gone = left.shows(&result.credential) == Some(false);
                if matches!(result.verdict(), Deleted | AlreadyAbsent) {
                    prop_assert!(gone, "{:?}", result);
                }
                // A password or a key that is left has the second factor it had.
                if result.credential.kind() == CredentialKind::MfaDevice && gone {
                    prop_assert!(left.password.is_absent() && left.access_keys.is_absent(), "{:?}", left);
                }
            }
            Ok(())
        })
    });
    held.unwrap();
}

#[tokio::test]
async fn one_credential_is_deleted_by_itself_and_the_audit_is_what_is_seen() {
    let office = Office::with_root_access().await;
    let account = office.listed(FULL).await;
    let key = RootCredential::AccessKey("AKIADEMONORTHWIND002".into());
    let written = office.change_root(&account, RootChange::DeleteCredential(key.clone())).await;
    assert_eq!(written.outcome, WriteOutcome::Taken(None));
    let Seen::RootCredentials(audit) = &written.seen else { panic!("{written:?}") };
    assert_eq!(audit.shows(&key), Some(false));
    assert_eq!(has(audit), [Some(true); 4]);
}

#[tokio::test]
async fn recovery_is_allowed_and_closed_and_accounts_left_open_are_listed() {
    let office = Office::with_root_access().await;
    let account = office.listed(CLEAN).await;
    let open = || async { office.engine.left_open().await.unwrap() };
    let written = office.change_root(&account, RootChange::AllowPasswordRecovery).await;
    assert_eq!(written.outcome, WriteOutcome::Taken(None));
    assert!(
        matches!(&written.seen, Seen::LoginProfile(Presence::Present(Some(password))) if password.created.is_some())
    );
    let left = open().await;
    assert_eq!((left.len(), left[0].account), (1, account.id));
    assert_eq!(left[0].by, office.engine.caller().arn);

    let again = office.change_root(&account, RootChange::AllowPasswordRecovery).await;
    assert!(matches!(&again.outcome, WriteOutcome::AlreadySo(error) if error.kind == ApiErrorKind::AlreadyExists));
    assert!(matches!(&again.seen, Seen::LoginProfile(Presence::Present(_))));
    assert_eq!(office.journaled(), ("iam:CreateLoginProfile".into(), JournalOutcome::Refused));
    assert_eq!(open().await, left);

    let closed = office.change_root(&account, RootChange::ClosePasswordRecovery).await;
    assert_eq!((closed.outcome, closed.seen), (WriteOutcome::Taken(None), Seen::LoginProfile(Presence::Absent)));
    assert_eq!(open().await, []);
    let again = office.change_root(&account, RootChange::ClosePasswordRecovery).await;
    assert!(matches!(&again.outcome, WriteOutcome::AlreadySo(error) if error.code.as_deref() == Some("NoSuchEntity")));
    assert_eq!(again.seen, Seen::LoginProfile(Presence::Absent));
}

/// What the journal says of the newest closing.
fn closing(office: &Office) -> JournalOutcome {
    let entries = office.records.journal(10).unwrap();
    entries.iter().find(|entry| entry.operation == "iam:DeleteLoginProfile").unwrap().outcome
}

#[tokio::test]
async fn an_allowance_whose_answer_is_lost_counts_as_open_and_is_sent_once() {
    let office = Office::with_root_access().await;
    let account = office.listed(CLEAN).await;
    office.inject("CreateLoginProfile:lose-reply=1x");
    let written = office.change_root(&account, RootChange::AllowPasswordRecovery).await;
    assert_eq!(unknown(&written), ApiErrorKind::ConnectionLost);
    assert!(matches!(&written.seen, Seen::LoginProfile(Presence::Present(_))));
    assert_eq!(office.arrived("CreateLoginProfile"), 1);
    assert_eq!(office.engine.left_open().await.unwrap()[0].account, account.id);

    // A closing of which nothing is known leaves it open; one that is seen to have been done does not.
    office.inject("DeleteLoginProfile:drop=1x");
    let written = office.change_root(&account, RootChange::ClosePasswordRecovery).await;
    assert!(matches!(&written.seen, Seen::LoginProfile(Presence::Present(_))), "{written:?}");
    assert_eq!(closing(&office), JournalOutcome::Unknown);
    assert_eq!(office.engine.left_open().await.unwrap().len(), 1);
    office.inject("DeleteLoginProfile:lose-reply=1x");
    let written = office.change_root(&account, RootChange::ClosePasswordRecovery).await;
    assert_eq!(
        (unknown(&written), &written.seen),
        (ApiErrorKind::ConnectionLost, &Seen::LoginProfile(Presence::Absent))
    );
    assert_eq!(closing(&office), JournalOutcome::Ok);
    assert_eq!(office.engine.left_open().await.unwrap(), []);
}

#[tokio::test]
async fn a_change_whose_session_is_refused_was_not_sent() {
    let office = Office::with_root_access().await;
    let account = office.listed(CLEAN).await;
    office.inject("AssumeRoot:access-denied=1x");
    let written = office.change_root(&account, RootChange::AllowPasswordRecovery).await;
    assert_eq!((refused(&written).kind, &written.seen), (ApiErrorKind::AssumeRootDenied, &Seen::Nothing));
    // The answer to the session is lost, not that to the change.
    office.inject("AssumeRoot:malformed=1x");
    let written = office.change_root(&account, RootChange::AllowPasswordRecovery).await;
    assert!(
        matches!(&written.outcome, WriteOutcome::Failed(error) if error.kind == ApiErrorKind::Unreadable),
        "{written:?}"
    );
    assert_eq!(office.arrived("CreateLoginProfile"), 0);
    let denied = office.change_root(&office.listed(DENIED).await, RootChange::ClosePasswordRecovery).await;
    assert_eq!(refused(&denied).kind, ApiErrorKind::DeniedByScp);
    assert!(
        matches!(&denied.seen, Seen::LoginProfile(Presence::Unknown(error)) if error.kind == ApiErrorKind::DeniedByScp)
    );
    let suspended = office.change_root(&office.listed("777700000001").await, RootChange::ClosePasswordRecovery).await;
    assert!(matches!(suspended.outcome, WriteOutcome::NotPermitted(Refusal::NotActive(_))));
}
