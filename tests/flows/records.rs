//! What is on this machine's disk before a request leaves it.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use rootdeck::domain::account::{Account, AccountId};
use rootdeck::domain::api_error::{ApiError, ApiErrorKind};
use rootdeck::domain::change::{Change, Switch};
use rootdeck::domain::email_change::{
    EmailChangeStatus as Status, JournaledStart, StartedEmailChange, StartedProgress as Progress,
};
use rootdeck::domain::email_plan::{EmailPlan, NewPlan, PlanId, PlanItem};
use rootdeck::domain::journal::{Binding, Conclusion, Intention, JournalEntry, JournalOutcome};
use rootdeck::domain::records::{AuditRecords, JournalRecords, ListingRecords, PlanRecords, Records, StartRecords};
use rootdeck::domain::recovery::LeftOpen;
use rootdeck::domain::root_feature::RootFeature;
use rootdeck::domain::trusted_access::ServicePrincipal;
use rootdeck::domain::write::{PresentPolicy, Seen, WriteOutcome, WriteRequest};
use rootdeck::emulator::Options;
use rootdeck::store::ScopedStore;
use rusqlite::Connection;

use super::office::{Office, SANDBOX, START, address, id, start};

const NEW: &str = "root-sandbox@corp.example";

/// A second connection to the store's file, as another program has.
fn beside(office: &Office) -> Connection {
    Connection::open(office.folder.path().join("state").join("rootdeck.db")).unwrap()
}

/// Makes every row that goes into `table` fail.
fn break_table(office: &Office, table: &str) {
    let sql = format!("CREATE TRIGGER broken BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'no more'); END");
    beside(office).execute_batch(&sql).unwrap();
}

fn every_change() -> Vec<Change> {
    let iam = ServicePrincipal::iam();
    vec![
        start(SANDBOX, NEW),
        Change::AcceptEmailChange {
            account: id(SANDBOX),
            new: address(NEW),
            otp: Some(rootdeck::domain::otp::Otp::parse("482915").unwrap()),
        },
        Switch::TrustedAccess(iam.clone()).set(true),
        Switch::RootFeature(RootFeature::RootCredentialsManagement).set(true),
        Switch::RootFeature(RootFeature::RootSessions).set(false),
        Switch::TrustedAccess(iam).set(false),
    ]
}

/// The name of the operation as the emulator logs it.
fn operation(change: &Change) -> &'static str {
    change.operation().split_once(':').unwrap().1
}

#[tokio::test]
async fn what_can_not_be_journaled_is_not_sent() {
    let office = Office::trusting().await;
    break_table(&office, "intended");
    for change in every_change() {
        let before = office.emulator.requests().len();
        let operation = operation(&change);
        let written = office.write(change).await;
        match &written.outcome {
            WriteOutcome::Failed(error) => assert_eq!(error.kind, ApiErrorKind::Local, "{operation}"),
            other => panic!("{operation}: {other:?}"),
        }
        assert_eq!(written.seen, Seen::Nothing, "{operation}");
        assert_eq!(office.emulator.requests().len(), before, "{operation}");
    }
    assert_eq!(office.record(SANDBOX), None);
    assert_eq!(office.mails_to(NEW), 0);
}

#[tokio::test]
async fn a_start_whose_address_can_not_be_kept_is_not_sent_and_journaled_as_failed() {
    let office = Office::trusting().await;
    break_table(&office, "started");
    let written = office.start(SANDBOX, NEW).await;
    assert!(matches!(&written.outcome, WriteOutcome::Failed(error) if error.kind == ApiErrorKind::Local));
    assert_eq!(office.arrived(START), 0);
    assert_eq!(office.journaled(), ("account:StartPrimaryEmailUpdate".into(), JournalOutcome::Failed));
}

/// Takes as long as the store waits for another program.
#[tokio::test]
async fn while_another_program_holds_the_store_nothing_is_sent() {
    let office = Office::open().await;
    let holding = beside(&office);
    holding.execute_batch("BEGIN EXCLUSIVE").unwrap();
    // The first write of a run has to bind the store, which fails already.
    let written = office.start(SANDBOX, NEW).await;
    match &written.outcome {
        WriteOutcome::Failed(error) => {
            assert_eq!(error.kind, ApiErrorKind::Local);
            assert!(error.message.contains("\"busy\""), "{}", error.message);
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(office.arrived(START), 0);
    holding.execute_batch("ROLLBACK").unwrap();
    // It fixes itself: AWS is asked now, and says what it has to say.
    assert!(matches!(office.start(SANDBOX, NEW).await.outcome, WriteOutcome::Refused(_)));
    assert_eq!(office.arrived(START), 1);
}

#[tokio::test]
async fn an_outcome_that_can_not_be_journaled_is_told_and_its_entry_stays_open() {
    let office = Office::trusting().await;
    break_table(&office, "concluded");
    let written = office.start(SANDBOX, NEW).await;
    assert_eq!(written.outcome, WriteOutcome::Taken(Some(Status::Pending)));
    assert_eq!(office.journaled(), ("account:StartPrimaryEmailUpdate".into(), JournalOutcome::Intended));
    assert_eq!(office.kept(SANDBOX), (NEW.into(), Progress::Pending));
}

/// The store, which tells for each thing that is written down whether the request was out already.
struct Watched {
    store: ScopedStore,
    office: Arc<Office>,
    operation: &'static str,
    seen: Mutex<Vec<(&'static str, bool, Option<JournalOutcome>)>>,
}

impl Watched {
    fn note(&self, what: &'static str) {
        let sent = self.office.arrived(self.operation) > 0;
        let entry = self.store.journal(1).unwrap().first().map(|entry| entry.outcome);
        self.seen.lock().unwrap().push((what, sent, entry));
    }
}

impl Records for Watched {
    fn bind(&self, binding: &Binding) -> Result<(), ApiError> {
        self.store.bind(binding)
    }
}

impl JournalRecords for Watched {
    fn journal(&self, limit: usize) -> Result<Vec<JournalEntry>, ApiError> {
        self.store.journal(limit)
    }

    fn journaled_starts(&self) -> Result<Vec<JournaledStart>, ApiError> {
        self.store.journaled_starts()
    }

    fn intend(&self, entry: &Intention) -> Result<i64, ApiError> {
        let done = self.store.intend(entry);
        self.note("intended");
        done
    }

    fn conclude(&self, id: i64, at: Timestamp, conclusion: &Conclusion) -> Result<(), ApiError> {
        let done = self.store.conclude(id, at, conclusion);
        self.note("concluded");
        done
    }

    fn left_open(&self) -> Result<Vec<LeftOpen>, ApiError> {
        self.store.left_open()
    }
}

impl StartRecords for Watched {
    fn record_start(&self, change: &StartedEmailChange) -> Result<(), ApiError> {
        let done = self.store.record_start(change);
        self.note("address kept");
        done
    }

    fn set_progress(&self, account: AccountId, progress: Progress) -> Result<(), ApiError> {
        self.store.set_progress(account, progress)
    }

    fn started(&self) -> Result<Vec<StartedEmailChange>, ApiError> {
        self.store.started()
    }

    fn forget(&self, account: AccountId) -> Result<(), ApiError> {
        self.store.forget(account)
    }
}

impl PlanRecords for Watched {
    fn save_plan(&self, plan: &NewPlan, at: Timestamp, by: &str) -> Result<PlanId, ApiError> {
        self.store.save_plan(plan, at, by)
    }

    fn plans(&self, recent: usize) -> Result<Vec<EmailPlan>, ApiError> {
        self.store.plans(recent)
    }

    fn plan(&self, id: PlanId) -> Result<Option<EmailPlan>, ApiError> {
        self.store.plan(id)
    }

    fn drop_plan(&self, before: &EmailPlan) -> Result<bool, ApiError> {
        self.store.drop_plan(before)
    }

    fn move_item(&self, plan: PlanId, before: &PlanItem, after: &PlanItem) -> Result<bool, ApiError> {
        self.store.move_item(plan, before, after)
    }
}

impl AuditRecords for Watched {}

impl ListingRecords for Watched {
    fn save_listing(&self, accounts: &[Arc<Account>], at: Timestamp) -> Result<(), ApiError> {
        self.store.save_listing(accounts, at)
    }
}

#[tokio::test]
async fn every_write_is_in_the_journal_before_its_request_arrives() {
    for change in every_change() {
        let office = Arc::new(Office::open().await);
        let operation = operation(&change);
        let is_start = matches!(change, Change::StartEmailChange { .. });
        let watched = Arc::new(Watched {
            store: office.records.clone(),
            office: Arc::clone(&office),
            operation,
            seen: Mutex::default(),
        });
        let engine = office.engine_on(Arc::clone(&watched) as Arc<dyn Records>);
        let written = office.write_by(&engine, change, None).await;
        let outcome = match written.outcome {
            WriteOutcome::Taken(_) => JournalOutcome::Ok,
            WriteOutcome::Refused(_) => JournalOutcome::Refused,
            other => panic!("{operation}: {other:?}"),
        };
        let mut steps = vec![("intended", false, Some(JournalOutcome::Intended))];
        if is_start {
            steps.push(("address kept", false, Some(JournalOutcome::Intended)));
        }
        steps.push(("concluded", true, Some(outcome)));
        assert_eq!(*watched.seen.lock().unwrap(), steps, "{operation}");
        assert_eq!(office.arrived(operation), 1, "{operation}");
    }
}

/// Waits for something that is sure to come, unless it is broken.
async fn until(office: &Office, what: impl Fn(&Office) -> bool) {
    let seen = async {
        while !what(office) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_mins(1), seen).await.unwrap();
}

#[tokio::test]
async fn a_write_that_nobody_waits_for_any_more_is_carried_out_and_concluded() {
    let office = Office::with(Options { latency: Duration::from_millis(50), ..Options::default() }).await;
    office.trust(ServicePrincipal::account_management()).await;
    let request = WriteRequest {
        change: start(SANDBOX, NEW),
        account: None,
        reason: None,
        present: PresentPolicy::Any,
        until: None,
        resend: false,
    };
    let mut write = Box::pin(office.engine.write(request, office.clock()));
    assert!(futures::poll!(&mut write).is_pending());
    drop(write);
    until(&office, |office| office.journaled() == ("account:StartPrimaryEmailUpdate".into(), JournalOutcome::Ok)).await;
    assert_eq!(office.kept(SANDBOX), (NEW.into(), Progress::Pending));
    assert_eq!((office.arrived(START), office.mails_to(NEW)), (1, 1));
}

#[tokio::test]
async fn a_write_that_is_dropped_while_its_request_is_out_is_concluded_too() {
    let office = Office::trusting().await;
    office.inject(&format!("{START}:delay(2s)=1x"));
    let request = WriteRequest {
        change: start(SANDBOX, NEW),
        account: None,
        reason: None,
        present: PresentPolicy::Any,
        until: None,
        resend: false,
    };
    let mut write = Box::pin(office.engine.write(request, office.clock()));
    tokio::select! {
        _ = &mut write => panic!("the write was to be late"),
        () = until(&office, |office| office.arrived(START) == 1) => {}
    }
    drop(write);
    until(&office, |office| office.journaled().1 != JournalOutcome::Intended).await;
    assert_eq!(office.journaled().1, JournalOutcome::Ok);
    assert_eq!(office.kept(SANDBOX), (NEW.into(), Progress::Pending));
}

#[tokio::test]
async fn a_later_run_finds_the_address_of_what_an_earlier_one_started() {
    let office = Office::trusting().await;
    office.start(SANDBOX, NEW).await;
    // A store of its own on the same file, before AWS has answered anything.
    let file = office.folder.path().join("state").join("rootdeck.db");
    let later = rootdeck::store::Store::open(&file).unwrap().scope(None, Some(&office.emulator.endpoint_url()));
    let started = later.started().unwrap();
    assert_eq!(started.iter().map(|change| change.new.as_str()).collect::<Vec<_>>(), [NEW]);
    // Another emulator's records are its own.
    let other = rootdeck::store::Store::open(&file).unwrap().scope(None, Some("http://127.0.0.1:1"));
    assert!(other.started().unwrap().is_empty());
    let engine = office.engine_on(Arc::new(later.clone()));
    let accept = Change::AcceptEmailChange { account: id(SANDBOX), new: address(NEW), otp: Some(office.code(NEW)) };
    let written = office.write_by(&engine, accept, None).await;
    assert_eq!(written.outcome, WriteOutcome::Taken(Some(Status::Accepted)));
    assert_eq!(later.started().unwrap()[0].progress, Progress::Accepted);
}
