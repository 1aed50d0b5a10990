//! Answers that are not AWS's: no yes, no no, and nothing that was read.

use rootdeck::domain::records::{JournalRecords, StartRecords};
use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use rootdeck::aws::session::{Session, SessionOptions};
use rootdeck::domain::account::Account;
use rootdeck::domain::api_error::ApiErrorKind;
use rootdeck::domain::change::{Change, Switch};
use rootdeck::domain::email_change::{EmailChangeStatus as Status, StartedProgress as Progress};
use rootdeck::domain::journal::{JournalEntry, JournalOutcome};
use rootdeck::domain::permit::Rules;
use rootdeck::domain::policy_holder::PolicyHolder;
use rootdeck::domain::root_change::RootChange;
use rootdeck::domain::root_credentials::{AuditDepth, RootCredential};
use rootdeck::domain::root_feature::RootFeature;
use rootdeck::domain::trusted_access::ServicePrincipal;
use rootdeck::domain::write::{Seen, WriteOutcome, Written};
use rootdeck::emulator::Identity;
use rootdeck::engine::Engine;
use rootdeck::store::{Retention, Store};

use super::office::{ACCEPT, OTHER, Office, SANDBOX, START, id, session_options, start, unknown};
use super::spoiler::{Page, Spoil, Spoiler};

const NEW: &str = "root-sandbox@corp.example";
/// The account with buckets and queues.
const SHOP: &str = "555500000103";

/// The office seen through a proxy: a caller of the same records behind it.
pub(crate) struct Behind {
    pub(crate) office: Office,
    pub(crate) proxy: Spoiler,
    pub(crate) engine: Engine,
}

impl Behind {
    pub(crate) async fn of(office: Office) -> Self {
        Self::paced(office, false).await
    }

    /// `paced`, as the program itself reads: an endpoint on this machine is then asked patiently.
    pub(crate) async fn paced(office: Office, paced: bool) -> Self {
        let options = SessionOptions { paced, ..session_options(&office.emulator, Identity::Management) };
        Self::through(office, options, |_| {}).await
    }

    /// `set` prepares the proxy before anything comes by.
    pub(crate) async fn through(office: Office, options: SessionOptions, set: impl FnOnce(&Spoiler)) -> Self {
        let proxy = Spoiler::before(&office.emulator.endpoint_url()).await;
        set(&proxy);
        let endpoint_url = Some(proxy.url.clone());
        let session = Session::connect(SessionOptions { endpoint_url, ..options }).await.unwrap();
        let engine = Engine::new(session, Rules::default(), Arc::new(office.records.clone()));
        engine.organization().await.unwrap();
        Self { office, proxy, engine }
    }

    async fn write(&self, change: Change, account: Option<Account>) -> Written {
        self.office.write_by(&self.engine, change, account).await
    }

    /// The newest entry about the operation of `change`.
    fn entry(&self, change: &Change) -> JournalEntry {
        let journal = self.office.records.journal(50).unwrap();
        journal.into_iter().find(|entry| entry.operation == change.operation()).unwrap()
    }
}

/// What is written, by name.
#[derive(Clone, Copy, Debug)]
enum Write {
    EnableTrust,
    DisableTrust,
    EnableFeature,
    DisableFeature,
    Register,
    Deregister,
    Start,
    Accept,
    DeletePassword,
    AllowRecovery,
    CloseRecovery,
    DeleteBucketPolicy,
    PutBucketPolicy,
    DeleteQueuePolicy,
    PutQueuePolicy,
}

const WRITES: [Write; 15] = [
    Write::EnableTrust,
    Write::DisableTrust,
    Write::EnableFeature,
    Write::DisableFeature,
    Write::Register,
    Write::Deregister,
    Write::Start,
    Write::Accept,
    Write::DeletePassword,
    Write::AllowRecovery,
    Write::CloseRecovery,
    Write::DeleteBucketPolicy,
    Write::PutBucketPolicy,
    Write::DeleteQueuePolicy,
    Write::PutQueuePolicy,
];

/// An account without a password of root, for what opens its recovery.
const WITHOUT: &str = super::root_audits::CLEAN;

impl Write {
    /// An organization in which it can be made, and the change.
    async fn prepare(self) -> (Behind, Change, Option<Account>) {
        let office = Office::with_root_access().await;
        let account_management = ServicePrincipal::account_management();
        if !matches!(self, Self::EnableTrust) {
            office.trust(account_management.clone()).await;
        }
        let sandbox = id(SANDBOX);
        let root = |account: &str, change| Change::Root { account: id(account), change };
        let bucket = PolicyHolder::Bucket { name: "shop-prod-order-exports".into(), region: "ap-northeast-1".into() };
        let change = match self {
            Self::EnableTrust => Switch::TrustedAccess(account_management).set(true),
            Self::DisableTrust => Switch::TrustedAccess(account_management).set(false),
            Self::EnableFeature => {
                office.write(Switch::RootFeature(RootFeature::RootSessions).set(false)).await;
                Switch::RootFeature(RootFeature::RootSessions).set(true)
            }
            Self::DisableFeature => Switch::RootFeature(RootFeature::RootSessions).set(false),
            Self::Register => Change::Delegation { account: sandbox, service: account_management, register: true },
            Self::Deregister => {
                office.register(SANDBOX, &account_management).await;
                Change::Delegation { account: sandbox, service: account_management, register: false }
            }
            Self::Start => start(SANDBOX, NEW),
            Self::Accept => {
                office.start(SANDBOX, NEW).await;
                Change::AcceptEmailChange {
                    account: sandbox,
                    new: super::office::address(NEW),
                    otp: Some(office.code(NEW)),
                }
            }
            Self::DeletePassword => root(SANDBOX, RootChange::DeleteCredential(RootCredential::Password)),
            Self::AllowRecovery => root(WITHOUT, RootChange::AllowPasswordRecovery),
            Self::CloseRecovery => root(SANDBOX, RootChange::ClosePasswordRecovery),
            Self::DeleteBucketPolicy => root(SHOP, RootChange::DeletePolicy(bucket)),
            Self::PutBucketPolicy => {
                root(SHOP, RootChange::PutPolicy(bucket, OPEN.replace("ARN", "arn:aws:s3:::shop-prod-order-exports/*")))
            }
            Self::DeleteQueuePolicy | Self::PutQueuePolicy => {
                let account = office.listed(SHOP).await;
                let search = rootdeck::domain::policy_holder::QueueSearch::One {
                    queue: "shop-prod-orders".into(),
                    region: "eu-west-1".into(),
                };
                let queue = office.engine.queues(&account, &search).await.unwrap().queues.remove(0);
                let arn = format!("arn:aws:sqs:{}:{SHOP}:{}", queue.region, queue.name());
                let holder = PolicyHolder::Queue { url: queue.url, region: queue.region };
                let put = RootChange::PutPolicy(
                    holder.clone(),
                    OPEN.replace("ARN", &arn).replace("s3:GetObject", "sqs:SendMessage"),
                );
                root(SHOP, if matches!(self, Self::PutQueuePolicy) { put } else { RootChange::DeletePolicy(holder) })
            }
        };
        let account = match change.account() {
            Some(account) => Some(office.listed(&account.to_string()).await),
            None => None,
        };
        // What was prepared is not so close that it could be taken for the change.
        office.advance(Duration::from_mins(10));
        (Behind::of(office).await, change, account)
    }

    /// The operation as the wire names it.
    fn on_the_wire(change: &Change) -> String {
        change.operation().split_once(':').unwrap().1.to_owned()
    }
}

/// A policy that locks nobody out.
const OPEN: &str = r#"{"Version":"2012-10-17","Statement":[{"Sid":"Ours","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::555500000103:root"},"Action":"s3:GetObject","Resource":"ARN"}]}"#;

/// Answers that somebody else gives.
fn pages() -> Vec<Page> {
    let mut pages: Vec<Page> = [200, 408, 429, 503].map(Page::html).into();
    pages.push(Page::json(200, "{\"ok\":true}"));
    pages.push(Page::json(403, "{\"error\":\"forbidden\"}"));
    // A gateway that names requests by AWS's header.
    pages.push(Page::html(200).of_aws());
    pages
}

/// Makes the write of each kind; the answer to it is spoiled by `spoil`.
async fn each(writes: &[Write], page: Page, after: bool) {
    for write in writes {
        let (behind, change, account) = write.prepare().await;
        let operation = Write::on_the_wire(&change);
        let spoil = if after { Spoil::After(page) } else { Spoil::Instead(page) };
        behind.proxy.spoil(&operation, spoil, 99);
        let arrived = behind.office.arrived(&operation);
        let written = behind.write(change.clone(), account).await;
        let cell = format!("{write:?} {page:?} after={after}: {written:?}");
        let WriteOutcome::Unknown(error) = &written.outcome else { panic!("{cell}") };
        assert_eq!(error.kind, ApiErrorKind::NotFromAws, "{cell}");
        assert!(!error.message.contains("Blocked"), "{cell}");
        // It went out once, whatever came back.
        assert_eq!(
            (behind.proxy.asked(&operation), behind.office.arrived(&operation) - arrived),
            (1, usize::from(after)),
            "{cell}"
        );
        let entry = behind.entry(&change);
        let expected = if after { JournalOutcome::Ok } else { JournalOutcome::Unknown };
        assert_eq!(entry.outcome, expected, "{cell}\n{entry:?}");
        if matches!(write, Write::Start) {
            // The address is kept: the mail may come.
            let progress = if after { Progress::Pending } else { Progress::Unconfirmed };
            assert_eq!(behind.office.kept(SANDBOX), (NEW.into(), progress), "{cell}");
        }
        if matches!(write, Write::AllowRecovery) {
            let left_open = behind.office.records.left_open().unwrap();
            assert!(left_open.iter().any(|one| one.account == id(WITHOUT)), "{cell}");
        }
    }
}

/// One for each way in which a service answers.
const ONE_OF_EACH: [Write; 5] =
    [Write::EnableTrust, Write::EnableFeature, Write::Start, Write::PutBucketPolicy, Write::DeleteQueuePolicy];

#[tokio::test]
async fn a_write_that_was_done_and_answered_by_somebody_else_is_found_out_by_the_look() {
    for page in [Page::EMPTY, Page::html(403)] {
        each(&WRITES, page, true).await;
    }
    for page in pages() {
        each(&ONE_OF_EACH, page, true).await;
    }
}

#[tokio::test]
async fn a_write_that_was_held_back_and_answered_by_somebody_else_is_neither_done_nor_refused() {
    for page in [Page::EMPTY, Page::html(403)] {
        each(&WRITES, page, false).await;
    }
    for page in pages() {
        each(&ONE_OF_EACH, page, false).await;
    }
}

#[tokio::test]
async fn an_answer_that_names_no_request_or_is_half_or_of_another_type_is_no_yes() {
    for spoil in [Spoil::Unnamed, Spoil::Half, Spoil::Typed("text/html")] {
        for write in [Write::Start, Write::Accept, Write::EnableFeature, Write::AllowRecovery] {
            let (behind, change, account) = write.prepare().await;
            behind.proxy.spoil(&Write::on_the_wire(&change), spoil, 1);
            let written = behind.write(change.clone(), account).await;
            assert!(matches!(written.outcome, WriteOutcome::Unknown(_)), "{write:?} {spoil:?}: {written:?}");
            assert_eq!(behind.entry(&change).outcome, JournalOutcome::Ok, "{write:?} {spoil:?}");
        }
    }
}

#[tokio::test]
async fn a_yes_that_aws_does_not_show_is_none() {
    let (behind, change, _) = Write::Start.prepare().await;
    // In every respect as AWS would say it.
    behind.proxy.spoil(START, Spoil::Instead(Page::json(200, "{\"Status\":\"PENDING\"}").of_aws()), 1);
    let written = behind.write(change.clone(), None).await;
    assert_eq!(unknown(&written), ApiErrorKind::NotFromAws);
    assert!(matches!(&written.seen, Seen::Email { report: Ok(report), .. } if report.status == Status::None));
    let entry = behind.entry(&change);
    assert_eq!(entry.outcome, JournalOutcome::Unknown);
    assert!(entry.note.unwrap().starts_with("AWS said yes; seen afterwards: "));
    assert_eq!(behind.office.kept(SANDBOX), (NEW.into(), Progress::Unconfirmed));
    // Without the status, which AWS always gives, it is no yes to begin with.
    behind.proxy.spoil(START, Spoil::Instead(Page::json(200, "{}").of_aws()), 1);
    assert_eq!(unknown(&behind.write(change.clone(), None).await), ApiErrorKind::Unreadable);
    // For real, it settles what is open.
    assert_eq!(behind.write(change.clone(), None).await.outcome, WriteOutcome::Taken(Some(Status::Pending)));
    assert_eq!(behind.office.kept(SANDBOX).1, Progress::Pending);

    let (behind, change, _) = Write::EnableTrust.prepare().await;
    behind.proxy.spoil("EnableAWSServiceAccess", Spoil::Instead(Page::EMPTY.of_aws()), 1);
    let written = behind.write(change.clone(), None).await;
    let service = ServicePrincipal::account_management();
    assert!(matches!(&written.seen, Seen::TrustedAccess(Ok(trusted)) if !trusted.is_on(&service)), "{written:?}");
    assert_eq!(behind.entry(&change).outcome, JournalOutcome::Unknown);
    // A later read that shows it settles it.
    behind.office.trust(service).await;
    let before = behind.office.records.journal(1).unwrap().remove(0).id;
    behind.engine.trusted_access().await.unwrap();
    let journal = behind.office.records.journal(50).unwrap();
    let entry = journal.iter().find(|entry| entry.id < before && entry.operation == change.operation()).unwrap();
    // Which of the two turned it on can't be told: the later one hides it.
    assert_eq!(entry.outcome, JournalOutcome::Unknown);
}

#[tokio::test]
async fn what_aws_shows_late_settles_the_yes_that_it_did_not_show() {
    let (behind, change, account) = Write::DeleteBucketPolicy.prepare().await;
    let Change::Root { change: RootChange::DeletePolicy(holder), .. } = &change else { panic!("{change:?}") };
    let account = account.unwrap();
    // The look right after still shows it, as at a node of AWS that does not know yet.
    behind.proxy.spoil("GetBucketPolicy", Spoil::Instead(Page::json(200, "{\"Statement\":[]}").of_aws()), 1);
    let written = behind.write(change.clone(), Some(account.clone())).await;
    assert_eq!(written.outcome, WriteOutcome::Taken(None));
    assert_eq!(behind.entry(&change).outcome, JournalOutcome::Unknown);
    assert_eq!(behind.engine.policy(&account, holder).await, Ok(None));
    assert_eq!(behind.entry(&change).outcome, JournalOutcome::Ok);
}

#[tokio::test]
async fn a_no_of_aws_stays_one_also_without_a_code() {
    let (behind, change, _) = Write::Start.prepare().await;
    let page = Page::json(400, "{\"message\":\"PrimaryEmail must not be blank\"}").of_aws();
    behind.proxy.spoil(START, Spoil::Instead(page), 1);
    let written = behind.write(change.clone(), None).await;
    let (WriteOutcome::Failed(error) | WriteOutcome::Refused(error)) = &written.outcome else { panic!("{written:?}") };
    assert_eq!((error.code.as_deref(), error.message.as_str()), (None, "PrimaryEmail must not be blank"));
    assert_eq!(error.request_id.as_deref(), Some("9a1f-spoiled"));
    // Nothing was started, and nothing is said to have failed.
    assert_eq!(behind.office.record(SANDBOX), None);
}

#[tokio::test]
async fn a_start_that_aws_refuses_is_no_change_that_failed() {
    let office = Office::trusting().await;
    office.inject(&format!("{START}:access-denied=1x"));
    let written = office.start(SANDBOX, NEW).await;
    assert!(matches!(written.outcome, WriteOutcome::Refused(_)), "{written:?}");
    assert_eq!((office.record(SANDBOX), office.journaled().1), (None, JournalOutcome::Refused));
}

#[tokio::test]
async fn a_machine_that_is_ahead_of_aws_takes_its_own_change_for_its_own() {
    let (behind, change, _) = Write::Start.prepare().await;
    // Ten minutes: more than any margin.
    behind.proxy.set_behind(SignedDuration::from_mins(10));
    behind.engine.organization().await.unwrap();
    behind.proxy.spoil(START, Spoil::After(Page::html(504)), 1);
    let written = behind.write(change.clone(), None).await;
    assert_eq!(unknown(&written), ApiErrorKind::NotFromAws);
    assert_eq!(behind.entry(&change).outcome, JournalOutcome::Ok);
    assert_eq!(behind.office.kept(SANDBOX), (NEW.into(), Progress::Pending));
    // What is kept has AWS's times.
    let record = behind.office.record(SANDBOX).unwrap();
    let now = behind.office.clock()();
    assert!(now.duration_since(record.started) > SignedDuration::from_mins(9), "{record:?}");
}

#[tokio::test]
async fn an_account_whose_recovery_may_be_open_is_told_by_the_next_audit_of_another_run() {
    let (behind, change, account) = Write::AllowRecovery.prepare().await;
    behind.proxy.spoil("CreateLoginProfile", Spoil::After(Page::html(403)), 1);
    behind.proxy.spoil("GetLoginProfile", Spoil::Instead(Page::html(403)), 3);
    behind.write(change.clone(), account.clone()).await;
    assert_eq!(behind.entry(&change).outcome, JournalOutcome::Unknown);
    assert_eq!(behind.office.records.left_open().unwrap().len(), 1);
    // Another run, which has not been asked to find anything out.
    let another = behind.office.engine_with(Rules::default());
    another.organization().await.unwrap();
    another.audit(&account.unwrap(), AuditDepth::Deep).await;
    let entry = behind.entry(&change);
    assert_eq!(entry.outcome, JournalOutcome::Ok, "{entry:?}");
    assert_eq!(behind.office.records.left_open().unwrap().len(), 1);
}

#[tokio::test]
async fn an_acceptance_behind_a_gateway_is_known_by_what_aws_shows() {
    let (behind, change, _) = Write::Accept.prepare().await;
    behind.proxy.spoil(ACCEPT, Spoil::Instead(Page::json(200, "{\"Status\":\"ACCEPTED\"}").of_aws()), 1);
    let written = behind.write(change.clone(), None).await;
    assert_eq!(unknown(&written), ApiErrorKind::NotFromAws);
    assert_eq!(behind.entry(&change).outcome, JournalOutcome::Unknown);
    // The code is still wanted.
    assert_eq!(behind.office.kept(SANDBOX), (NEW.into(), Progress::Pending));
    assert_eq!(behind.office.status(SANDBOX).await, Status::Pending);
    assert_eq!(behind.office.status(OTHER).await, Status::None);
}

#[tokio::test]
async fn open_changes_outlive_a_machine_whose_clock_is_a_year_ahead() {
    let behind = Behind::of(Office::trusting().await).await;
    behind.proxy.set_behind(SignedDuration::from_hours(24 * 400));
    behind.engine.organization().await.unwrap();
    behind.write(start(SANDBOX, NEW), None).await;
    // By this machine's clock the change is 400 days old, and has been over for long.
    let store = Store::open(&behind.office.folder.path().join("state").join("rootdeck.db")).unwrap();
    store.set_retention(Retention { finished_days: 1, listing_days: 1, history_days: 1 });
    let records = store.scope(None, Some(&behind.office.emulator.endpoint_url()));
    let next_run = Engine::new(behind.engine.session().clone(), Rules::default(), Arc::new(records.clone()));
    next_run.organization().await.unwrap();
    assert_eq!(records.started().unwrap().len(), 1);
    // Once it is that old for AWS as well, it goes.
    behind.proxy.set_behind(SignedDuration::ZERO);
    let session = Session::connect(session_options(&behind.office.emulator, Identity::Management)).await.unwrap();
    Engine::new(session, Rules::default(), Arc::new(records.clone())).organization().await.unwrap();
    assert_eq!(records.started().unwrap(), []);
}
