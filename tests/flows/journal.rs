//! What the journal says about changes that were cut off, and how their end is found out by reading.

use rootdeck::domain::records::{JournalRecords, Records};
use std::sync::Arc;
use std::time::Duration;

use rootdeck::domain::account_change::{AccountChange, AccountName};
use rootdeck::domain::api_error::ApiErrorKind;
use rootdeck::domain::change::{Change, Switch};
use rootdeck::domain::contacts::{AlternateContact, AlternateKind};
use rootdeck::domain::email_change::{EmailChangeStatus as Status, StartedProgress as Progress};
use rootdeck::domain::journal::{Binding, Intention, JournalEntry, JournalOutcome as WriteOutcome};
use rootdeck::domain::permit::Rules;
use rootdeck::domain::policy_holder::PolicyHolder;
use rootdeck::domain::recorded_change::{RecordedAddress, RecordedChange};
use rootdeck::domain::resolution::{Doubt, Resolution};
use rootdeck::domain::root_change::RootChange;
use rootdeck::domain::root_credentials::{AuditDepth, RootCredential};
use rootdeck::domain::root_feature::RootFeature;
use rootdeck::domain::trusted_access::ServicePrincipal;
use rootdeck::engine::Engine;
use rusqlite::Connection;

use super::office::{ACCEPT, OTHER, Office, SANDBOX, START, id, start};

const NEW: &str = "root-sandbox@corp.example";
const MINUTES: Duration = Duration::from_mins(6);
/// The account with buckets.
const SHOP: &str = "555500000103";

/// As after a kill between the call and the answer: nothing that comes of `work` reaches the journal.
pub(crate) async fn cut_off(office: &Office, work: impl Future) {
    let file = office.folder.path().join("state").join("rootdeck.db");
    let beside = Connection::open(file).unwrap();
    let kill = "CREATE TRIGGER killed BEFORE INSERT ON concluded BEGIN SELECT RAISE(ABORT, 'killed'); END";
    beside.execute_batch(kill).unwrap();
    work.await;
    beside.execute_batch("DROP TRIGGER killed").unwrap();
}

/// The next start of the program.
pub(crate) fn next_start(office: &Office) -> Engine {
    office.engine_with(Rules::default())
}

pub(crate) async fn resolve(office: &Office, engine: &Engine) -> Resolution {
    engine.resolve(None, office.clock()()).await.unwrap()
}

/// The doubts that stay.
fn doubts(resolution: &Resolution) -> Vec<Doubt> {
    resolution.open.iter().map(|open| open.doubt.clone()).collect()
}

fn note(entry: &JournalEntry) -> &str {
    entry.note.as_deref().unwrap_or_default()
}

#[tokio::test]
async fn a_start_that_was_cut_off_after_aws_took_it_is_unknown_and_then_seen_to_be_done() {
    let office = Office::trusting().await;
    cut_off(&office, office.start(SANDBOX, NEW)).await;
    let engine = next_start(&office);
    engine.organization().await.unwrap();
    let open = engine.open_entries(office.clock()()).await.unwrap();
    assert_eq!(open.iter().map(|entry| entry.outcome).collect::<Vec<_>>(), [WriteOutcome::Intended]);
    let resolution = resolve(&office, &engine).await;
    assert_eq!((resolution.settled_as(WriteOutcome::Ok), resolution.count()), (1, 1));
    let entry = office.newest_entry();
    assert_eq!((entry.outcome, entry.reason.as_deref()), (WriteOutcome::Ok, Some("TICKET-7")));
    assert!(note(&entry).starts_with("seen afterwards: PENDING since "), "{entry:?}");
    // It is known now, and nothing was sent for it.
    assert_eq!(resolve(&office, &engine).await, Resolution::default());
    assert_eq!((office.arrived(START), office.kept(SANDBOX)), (1, (NEW.into(), Progress::Pending)));
}

#[tokio::test]
async fn a_start_that_never_reached_aws_is_failed_once_nobody_can_have_it_in_progress() {
    let office = Office::trusting().await;
    office.inject(&format!("{START}:drop=1x"));
    cut_off(&office, office.start(SANDBOX, NEW)).await;
    let engine = next_start(&office);
    let at = office.newest_entry().at;
    let early = resolve(&office, &engine).await;
    assert_eq!(doubts(&early), [Doubt::Recent(at + Duration::from_mins(5))]);
    assert_eq!(early.again(), Some(at + Duration::from_mins(5)));
    assert_eq!(
        (office.newest_entry().outcome, office.kept(SANDBOX).1),
        (WriteOutcome::Intended, Progress::Unconfirmed)
    );
    office.advance(MINUTES);
    let resolution = resolve(&office, &engine).await;
    assert_eq!(resolution.settled_as(WriteOutcome::Failed), 1);
    assert!(note(&office.newest_entry()).contains("AWS knows of no email change"));
    // Its password is not waited for.
    assert_eq!(office.record(SANDBOX), None);
}

#[tokio::test]
async fn a_second_start_that_never_reached_aws_leaves_the_first_as_it_is() {
    let office = Office::trusting().await;
    office.start(SANDBOX, NEW).await;
    office.advance(Duration::from_mins(20));
    office.inject(&format!("{START}:drop=1x"));
    cut_off(&office, office.start(SANDBOX, "second@corp.example")).await;
    office.advance(MINUTES);
    let resolution = resolve(&office, &next_start(&office)).await;
    assert_eq!(resolution.settled_as(WriteOutcome::Failed), 1);
    assert!(note(&office.newest_entry()).ends_with(", from before"), "{:?}", office.newest_entry());
    assert_eq!(office.kept(SANDBOX), (NEW.into(), Progress::Pending));
}

#[tokio::test]
async fn a_resend_that_was_cut_off_right_after_the_start_is_not_told_from_it() {
    let office = Office::trusting().await;
    office.start(SANDBOX, NEW).await;
    office.inject(&format!("{START}:drop=1x"));
    cut_off(&office, office.resend(SANDBOX, NEW)).await;
    // Either they are too close, or AWS's report is of the first one.
    let resolution = resolve(&office, &next_start(&office)).await;
    assert!(matches!(doubts(&resolution).as_slice(), [Doubt::LaterFromHere | Doubt::OtherTime]), "{resolution:?}");
}

#[tokio::test]
async fn an_acceptance_that_was_cut_off_is_seen_to_be_done_or_not() {
    let office = Office::trusting().await;
    for account in [SANDBOX, OTHER] {
        office.start(account, &format!("{account}@corp.example")).await;
    }
    let codes = [SANDBOX, OTHER].map(|account| office.code(&format!("{account}@corp.example")));
    let [taken, lost] = codes;
    cut_off(&office, office.accept(SANDBOX, &format!("{SANDBOX}@corp.example"), taken)).await;
    office.inject(&format!("{ACCEPT}:drop=1x"));
    cut_off(&office, office.accept(OTHER, &format!("{OTHER}@corp.example"), lost)).await;
    office.advance(MINUTES);
    let resolution = resolve(&office, &next_start(&office)).await;
    assert_eq!(
        (resolution.settled_as(WriteOutcome::Ok), resolution.settled_as(WriteOutcome::Failed)),
        (1, 1),
        "{resolution:?}"
    );
    let journal = office.records.journal(2).unwrap();
    assert!(note(&journal[0]).starts_with("seen afterwards: PENDING"), "{journal:?}");
    assert!(note(&journal[1]).starts_with("seen afterwards: ACCEPTED"), "{journal:?}");
    assert_eq!(office.status(OTHER).await, Status::Pending);
}

#[tokio::test]
async fn switches_that_were_cut_off_are_looked_at() {
    let office = Office::open().await;
    let iam = ServicePrincipal::iam();
    cut_off(&office, office.write(Switch::TrustedAccess(iam.clone()).set(true))).await;
    let delegate = Change::Delegation { account: id(OTHER), service: iam, register: true };
    cut_off(&office, office.write(delegate)).await;
    cut_off(&office, office.write(Switch::RootFeature(RootFeature::RootSessions).set(true))).await;
    office.inject("EnableOrganizationsRootCredentialsManagement:drop=1x");
    cut_off(&office, office.write(Switch::RootFeature(RootFeature::RootCredentialsManagement).set(true))).await;
    office.advance(MINUTES);
    let resolution = resolve(&office, &next_start(&office)).await;
    assert_eq!(
        (resolution.settled_as(WriteOutcome::Ok), resolution.settled_as(WriteOutcome::Failed)),
        (3, 1),
        "{resolution:?}"
    );
}

#[tokio::test]
async fn contacts_and_names_that_were_cut_off_are_looked_at() {
    let office = Office::trusting().await;
    let change = |account: &str, change| Change::Account { account: id(account), is_own: false, change };
    let soc = |email: &str| AlternateContact {
        name: "SOC".into(),
        title: "Team".into(),
        email: email.into(),
        phone: "+1 206 555 0100".into(),
    };
    let put = |new: &str, old: Option<&str>| {
        let old = old.map(|old| Box::new(soc(old)));
        AccountChange::PutContact(AlternateKind::Security, Box::new(soc(new)), old)
    };
    cut_off(&office, office.write(change(SANDBOX, put("soc2@corp.example", Some("soc@corp.example"))))).await;
    let RecordedChange::PutAlternateContact { old_email, new_email, .. } = office.newest_entry().change else {
        panic!()
    };
    let known = |address: &str| RecordedAddress::Known(address.to_owned());
    assert_eq!((old_email, new_email), (Some(known("soc@corp.example")), known("soc2@corp.example")));
    office.inject("PutAccountName:drop=1x");
    let rename = AccountChange::Rename { old: "sandbox-07".into(), new: AccountName::parse("sandbox 7").unwrap() };
    cut_off(&office, office.write(change(SANDBOX, rename))).await;
    office.advance(MINUTES);
    let resolution = resolve(&office, &next_start(&office)).await;
    let settled = |outcome| resolution.settled_as(outcome);
    assert_eq!((settled(WriteOutcome::Ok), settled(WriteOutcome::Failed)), (1, 1), "{resolution:?}");
    let journal = office.records.journal(20).unwrap();
    let put = journal.iter().find(|entry| entry.operation == "account:PutAlternateContact").unwrap();
    assert_eq!((put.outcome, note(put)), (WriteOutcome::Ok, "seen afterwards: AWS shows the new address"));
}

#[tokio::test]
async fn what_can_not_be_read_stays_unknown_and_says_why() {
    let office = Office::trusting().await;
    cut_off(&office, office.start(SANDBOX, NEW)).await;
    office.inject("GetPrimaryEmailUpdateStatus:access-denied=1x");
    let engine = next_start(&office);
    match doubts(&resolve(&office, &engine).await).as_slice() {
        [Doubt::Unread(error)] => assert_eq!(error.kind, ApiErrorKind::AccessDenied),
        other => panic!("{other:?}"),
    }
    assert_eq!(office.newest_entry().outcome, WriteOutcome::Intended);
    // Asked again, the one entry is told.
    let only = engine.resolve(Some(office.newest_entry().id), office.clock()()).await.unwrap();
    assert_eq!(only.settled_as(WriteOutcome::Ok), 1);
}

#[tokio::test]
async fn a_deletion_that_was_cut_off_is_told_by_the_next_audit_and_opens_no_session_by_itself() {
    let office = Office::with_root_access().await;
    let account = office.listed(SANDBOX).await;
    let password = RootChange::DeleteCredential(RootCredential::Password);
    cut_off(&office, office.change_root(&account, password)).await;
    let sessions = office.arrived("AssumeRoot");
    let engine = next_start(&office);
    let resolution = resolve(&office, &engine).await;
    assert!(doubts(&resolution).contains(&Doubt::NeedsAudit(id(SANDBOX))), "{resolution:?}");
    assert!(doubts(&resolution).iter().any(|doubt| matches!(doubt, Doubt::Session(_))), "{resolution:?}");
    assert_eq!(office.arrived("AssumeRoot"), sessions);
    engine.audit(&account, AuditDepth::Deep).await;
    let journal = office.records.journal(20).unwrap();
    let deletion = journal.iter().find(|entry| entry.operation == "iam:DeleteLoginProfile").unwrap();
    assert_eq!((deletion.outcome, note(deletion)), (WriteOutcome::Ok, "seen afterwards: an audit shows it gone"));
    // A session that may have been issued is over by now, and its entry no question any more.
    office.advance(Duration::from_mins(30));
    assert_eq!(engine.open_entries(office.clock()()).await.unwrap(), []);
}

#[tokio::test]
async fn a_policy_that_is_gone_tells_of_the_deletion_that_was_cut_off() {
    let office = Office::with_root_access().await;
    let account = office.listed(SHOP).await;
    let buckets = office.engine.buckets(&account).await.unwrap();
    let mut holder = None;
    for bucket in buckets {
        let region = bucket.region.unwrap_or_else(|| "us-east-1".into());
        let found = PolicyHolder::Bucket { name: bucket.name, region };
        if matches!(office.engine.policy(&account, &found).await, Ok(Some(_))) {
            holder = Some(found);
        }
    }
    let holder = holder.expect("a bucket with a policy");
    cut_off(&office, office.change_root(&account, RootChange::DeletePolicy(holder.clone()))).await;
    let engine = next_start(&office);
    assert!(doubts(&resolve(&office, &engine).await).contains(&Doubt::NeedsPolicy(id(SHOP))));
    assert_eq!(engine.policy(&account, &holder).await, Ok(None));
    let journal = office.records.journal(20).unwrap();
    let deletion = journal.iter().find(|entry| entry.operation == "s3:DeleteBucketPolicy").unwrap();
    assert_eq!((deletion.outcome, note(deletion)), (WriteOutcome::Ok, "seen afterwards: there is no policy"));
}

#[tokio::test]
async fn what_is_in_progress_here_is_neither_cut_off_nor_resolved() {
    let office = Arc::new(Office::trusting().await);
    office.inject(&format!("{START}:delay(2s)=1x"));
    let writing = tokio::spawn({
        let office = Arc::clone(&office);
        async move { office.start(SANDBOX, NEW).await }
    });
    while office.arrived(START) == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let journal = office.engine.read_journal(10).await.unwrap();
    let newest = journal.entries.first().unwrap();
    assert_eq!(newest.outcome, WriteOutcome::Intended);
    assert!(journal.in_progress.contains(&newest.id));
    assert_eq!(office.engine.open_entries(office.clock()()).await.unwrap(), []);
    // Another program on the same records can't know that; it leaves it alone as long as it is young.
    let elsewhere = next_start(&office);
    assert!(matches!(doubts(&resolve(&office, &elsewhere).await).as_slice(), [Doubt::Recent(_)]));
    writing.await.unwrap();
    let journal = office.engine.read_journal(10).await.unwrap();
    assert_eq!((journal.entries[0].outcome, journal.in_progress.len()), (WriteOutcome::Ok, 0));
}

#[tokio::test]
async fn two_organizations_never_mix() {
    let office = Office::trusting().await;
    cut_off(&office, office.start(SANDBOX, NEW)).await;
    // The same store, the same account number, another organization.
    let file = office.folder.path().join("state").join("rootdeck.db");
    let other = rootdeck::store::Store::open(&file).unwrap().scope(Some("other"), Some("http://127.0.0.1:1"));
    other.bind(&Binding { partition: "aws".into(), organization: "o-another000".into() }).unwrap();
    let entry = office.newest_entry();
    let theirs = Intention {
        at: entry.at,
        caller: entry.caller.clone(),
        profile: None,
        account: Some(id(SANDBOX)),
        operation: entry.operation.clone(),
        change: entry.change.clone(),
        reason: None,
    };
    other.intend(&theirs).unwrap();
    let resolution = resolve(&office, &next_start(&office)).await;
    assert_eq!((resolution.settled_as(WriteOutcome::Ok), resolution.count()), (1, 1));
    let left = other.journal(10).unwrap();
    assert_eq!(left.iter().map(|entry| entry.outcome).collect::<Vec<_>>(), [WriteOutcome::Intended]);
    assert_eq!(office.records.journal(100).unwrap().iter().filter(|entry| entry.is_open()).count(), 0);
}

#[tokio::test]
async fn a_refusal_of_rootdeck_s_own_is_journaled_with_its_cause_and_the_person_s_reason() {
    let office = Office::trusting().await;
    let rules = Rules { protected: std::iter::once(id(SANDBOX)).collect(), ..Rules::default() };
    let engine = office.engine_with(rules);
    office.write_by(&engine, start(SANDBOX, NEW), None).await;
    let entry = office.newest_entry();
    assert_eq!((entry.outcome, entry.reason.as_deref()), (WriteOutcome::Refused, Some("TICKET-7")));
    assert!(note(&entry).starts_with("rootdeck: ") && note(&entry).contains("protect"), "{entry:?}");
    assert_eq!((entry.code, entry.request_id), (None, None));
}

#[tokio::test]
async fn every_way_of_a_write_keeps_its_reason_and_its_request_id() {
    let office = Office::with_root_access().await;
    office.trust(ServicePrincipal::account_management()).await;
    office.start(SANDBOX, NEW).await;
    office.accept(SANDBOX, NEW, office.wrong_code(NEW)).await;
    office.accept(SANDBOX, NEW, office.code(NEW)).await;
    let account = office.listed(OTHER).await;
    office.change_root(&account, RootChange::AllowPasswordRecovery).await;
    office.write(Switch::RootFeature(RootFeature::RootSessions).set(false)).await;
    office.inject(&format!("{START}:drop=1x"));
    office.start(OTHER, "lost@corp.example").await;
    let journal = office.records.journal(100).unwrap();
    assert!(journal.len() >= 10, "{journal:?}");
    for entry in &journal {
        assert_eq!(entry.reason.as_deref(), Some("TICKET-7"), "{entry:?}");
        let lost = note(entry).contains("connection was lost");
        assert!(entry.request_id.is_some() || lost, "{entry:?}");
        assert!(entry.caller.starts_with("arn:aws:") && entry.finished.is_some(), "{entry:?}");
    }
    let wrong = journal.iter().find(|entry| entry.outcome == WriteOutcome::Refused).unwrap();
    assert_eq!((wrong.code.as_deref(), wrong.note.as_deref()), (Some("ValidationException"), None));
}
