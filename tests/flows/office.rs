//! An administrator's office: an emulated AWS, a store in a file, and an engine between them.

use rootdeck::domain::records::{JournalRecords, StartRecords};
use std::fmt::Debug;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use rootdeck::aws::session::{FixedCredentials, Session, SessionOptions};
use rootdeck::domain::account::{Account, AccountId};
use rootdeck::domain::api_error::{ApiError, ApiErrorKind};
use rootdeck::domain::change::{Change, Switch};
use rootdeck::domain::email::EmailAddress;
use rootdeck::domain::email_change::{EmailChangeStatus, StartedEmailChange, StartedProgress};
use rootdeck::domain::journal::{JournalEntry, JournalOutcome};
use rootdeck::domain::otp::{Otp, Pasted, find_in_paste};
use rootdeck::domain::permit::Rules;
use rootdeck::domain::records::Records;
use rootdeck::domain::root_change::RootChange;
use rootdeck::domain::root_feature::RootFeature;
use rootdeck::domain::trusted_access::ServicePrincipal;
use rootdeck::domain::write::{PresentPolicy, Seen, WriteOutcome, WriteRequest, Written};
use rootdeck::emulator::{self, Emulator, Identity, Options};
use rootdeck::engine::Engine;
use rootdeck::store::{ScopedStore, Store};
use secrecy::SecretString;
use tempfile::TempDir;

/// The management account of the demo organization.
pub(crate) const MANAGEMENT: &str = "111122223333";
/// Two ordinary accounts of it, with their addresses.
pub(crate) const SANDBOX: &str = "444455556666";
pub(crate) const SANDBOX_EMAIL: &str = "aws+sandbox07@example.com";
pub(crate) const OTHER: &str = "444455556008";
/// The account of the emulator's delegated administrator.
pub(crate) const SECURITY: &str = "222233334444";

/// How long an accepted change takes to complete: AWS's four hours at most.
pub(crate) const IN_PROGRESS: Duration = Duration::from_hours(4);

pub(crate) const START: &str = "StartPrimaryEmailUpdate";
pub(crate) const ACCEPT: &str = "AcceptPrimaryEmailUpdate";

pub(crate) struct Office {
    pub(crate) emulator: Emulator,
    /// Of the management account's administrator, unpaced.
    pub(crate) engine: Engine,
    pub(crate) records: ScopedStore,
    pub(crate) folder: TempDir,
    ahead: Arc<AtomicU64>,
}

impl Office {
    /// The demo organization as it is: trusted access for neither service of ours.
    pub(crate) async fn open() -> Self {
        Self::with(Options::default()).await
    }

    /// The demo organization with trusted access for Account Management.
    pub(crate) async fn trusting() -> Self {
        let office = Self::open().await;
        office.trust(ServicePrincipal::account_management()).await;
        office
    }

    /// The demo organization with centralized root access: trusted access for IAM and both features.
    pub(crate) async fn with_root_access() -> Self {
        Self::with_root_access_and(Options::default()).await
    }

    pub(crate) async fn with_root_access_and(options: Options) -> Self {
        let office = Self::with(options).await;
        office.trust(ServicePrincipal::iam()).await;
        for feature in RootFeature::ALL {
            office.write(Switch::RootFeature(feature).set(true)).await;
        }
        office
    }

    pub(crate) async fn with(options: Options) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("state").join("rootdeck.db")).unwrap();
        Self::on(store, folder, options).await
    }

    /// Where it is not about the file.
    pub(crate) async fn in_memory(options: Options) -> Self {
        Self::on(Store::in_memory(), tempfile::tempdir().unwrap(), options).await
    }

    /// In a file that no disk holds up, where there is such a place.
    pub(crate) async fn in_fast_file(options: Options) -> Self {
        let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
        let store = Store::open(&folder.path().join("state").join("rootdeck.db")).unwrap();
        Self::on(store, folder, options).await
    }

    /// The records as another start of the program opens them.
    pub(crate) fn records_again(&self) -> ScopedStore {
        let store = Store::open(&self.folder.path().join("state").join("rootdeck.db")).unwrap();
        store.scope(None, Some(&self.emulator.endpoint_url()))
    }

    async fn on(store: Store, folder: TempDir, options: Options) -> Self {
        // Long enough that nothing completes by itself while a test looks at what is in progress.
        let options = Options { completion_delay: IN_PROGRESS, ..options };
        let emulator = emulator::start(options).await.unwrap();
        let records = store.scope(None, Some(&emulator.endpoint_url()));
        let session = Session::connect(session_options(&emulator, Identity::Management)).await.unwrap();
        let engine = Engine::new(session, Rules::default(), Arc::new(records.clone()));
        Self { emulator, engine, records, folder, ahead: Arc::default() }
    }

    /// An engine of somebody else on the same records.
    pub(crate) async fn engine_of(&self, who: Identity) -> Engine {
        let session = Session::connect(session_options(&self.emulator, who)).await.unwrap();
        Engine::new(session, Rules::default(), Arc::new(self.records.clone()))
    }

    /// The same caller under other rules.
    pub(crate) fn engine_with(&self, rules: Rules) -> Engine {
        Engine::new(self.engine.session().clone(), rules, Arc::new(self.records.clone()))
    }

    /// Makes a change in a member account.
    pub(crate) async fn change_root(&self, account: &Account, change: RootChange) -> Written {
        let change = Change::Root { account: account.id, change };
        self.write_by(&self.engine, change, Some(account.clone())).await
    }

    /// The same caller with records of another kind.
    pub(crate) fn engine_on(&self, records: Arc<dyn Records>) -> Engine {
        Engine::new(self.engine.session().clone(), Rules::default(), records)
    }

    /// Moves the clocks of both sides.
    pub(crate) fn advance(&self, by: Duration) {
        self.emulator.advance(by);
        self.ahead.fetch_add(by.as_secs(), Ordering::SeqCst);
    }

    pub(crate) fn clock(&self) -> impl Fn() -> Timestamp + Send + Sync + 'static {
        let ahead = Arc::clone(&self.ahead);
        // Whole seconds: the fraction of one may happen to be somebody's six digits.
        move || {
            let now = Timestamp::from_second(Timestamp::now().as_second()).unwrap();
            now + Duration::from_secs(ahead.load(Ordering::SeqCst))
        }
    }

    pub(crate) async fn write(&self, change: Change) -> Written {
        self.write_by(&self.engine, change, None).await
    }

    pub(crate) async fn write_by(&self, engine: &Engine, change: Change, account: Option<Account>) -> Written {
        let request = WriteRequest {
            change,
            account,
            reason: Some("TICKET-7".into()),
            present: PresentPolicy::Any,
            until: None,
            resend: false,
        };
        engine.write(request, self.clock()).await
    }

    pub(crate) async fn trust(&self, service: ServicePrincipal) {
        let written = self.write(Switch::TrustedAccess(service.clone()).set(true)).await;
        assert_eq!(written.outcome, WriteOutcome::Taken(None));
        assert!(matches!(written.seen, Seen::TrustedAccess(Ok(trusted)) if trusted.is_on(&service)));
    }

    pub(crate) async fn start(&self, account: &str, new: &str) -> Written {
        self.write(start(account, new)).await
    }

    /// The same with its password sent again.
    pub(crate) async fn resend(&self, account: &str, new: &str) -> Written {
        let request = WriteRequest {
            change: start(account, new),
            account: None,
            reason: None,
            present: PresentPolicy::Any,
            until: None,
            resend: true,
        };
        self.engine.write(request, self.clock()).await
    }

    pub(crate) async fn accept(&self, account: &str, new: &str, otp: Otp) -> Written {
        self.write(Change::AcceptEmailChange { account: id(account), new: address(new), otp: Some(otp) }).await
    }

    /// The code of the newest mail to `to`, as a person gets at it: by pasting the mail.
    pub(crate) fn code(&self, to: &str) -> Otp {
        let mails = self.emulator.mail();
        let mail = mails.iter().rfind(|mail| mail.to == to && mail.subject.starts_with("Verify")).unwrap();
        match find_in_paste(&mail.body) {
            Pasted::Code { otp, address } => {
                assert_eq!(address.as_deref(), Some(to));
                otp
            }
            Pasted::Nothing => panic!("no code in a mail to {to}"),
        }
    }

    /// A code that is not the one in the newest mail to `to`.
    pub(crate) fn wrong_code(&self, to: &str) -> Otp {
        let wrong = if self.code(to).expose() == "000000" { "111111" } else { "000000" };
        Otp::parse(wrong).unwrap()
    }

    pub(crate) fn mails_to(&self, to: &str) -> usize {
        self.emulator.mail().iter().filter(|mail| mail.to == to).count()
    }

    /// How many requests for `operation` have arrived.
    pub(crate) fn arrived(&self, operation: &str) -> usize {
        self.emulator.requests().iter().filter(|(_, name)| name == operation).count()
    }

    pub(crate) fn inject(&self, rule: &str) {
        self.emulator.inject(rule.parse().unwrap());
    }

    /// The record of the newest start of an account.
    pub(crate) fn record(&self, account: &str) -> Option<StartedEmailChange> {
        self.records.started().unwrap().into_iter().find(|change| change.account == id(account))
    }

    /// The new address of that record, and how far it is.
    pub(crate) fn kept(&self, account: &str) -> (String, StartedProgress) {
        let record = self.record(account).unwrap();
        (record.new.to_string(), record.progress)
    }

    /// The newest entry of the journal.
    pub(crate) fn newest_entry(&self) -> JournalEntry {
        self.records.journal(1).unwrap().remove(0)
    }

    /// What came of the newest entry of the journal.
    pub(crate) fn journaled(&self) -> (String, JournalOutcome) {
        let entry = self.newest_entry();
        (entry.operation, entry.outcome)
    }

    /// Registers a delegated administrator, which rootdeck can't.
    pub(crate) async fn register(&self, account: &str, service: &ServicePrincipal) {
        let request = self
            .organizations()
            .register_delegated_administrator()
            .account_id(account)
            .service_principal(service.as_str());
        request.send().await.unwrap();
    }

    /// An SDK client of the test's own.
    fn organizations(&self) -> aws_sdk_organizations::Client {
        let key = self.emulator.access_key(Identity::Management);
        let config = aws_sdk_organizations::Config::builder()
            .behavior_version(aws_sdk_organizations::config::BehaviorVersion::latest())
            .region(aws_sdk_organizations::config::Region::new("us-east-1"))
            .credentials_provider(aws_credential_types::Credentials::new(key.id, key.secret, None, None, "test"))
            .http_client(aws_smithy_http_client::Builder::new().build_http())
            .endpoint_url(self.emulator.endpoint_url())
            .build();
        aws_sdk_organizations::Client::from_conf(config)
    }

    /// The account as the listing has it now.
    pub(crate) async fn listed(&self, account: &str) -> Account {
        let mut found = None;
        let listing = self.engine.accounts(|page| {
            found = found.take().or_else(|| page.iter().find(|listed| listed.id == id(account)).cloned());
        });
        listing.await.unwrap();
        Arc::unwrap_or_clone(found.unwrap())
    }

    /// All accounts as the listing has them now.
    pub(crate) async fn all_accounts(&self) -> Vec<Account> {
        let mut all = Vec::new();
        self.engine.accounts(|page| all.extend_from_slice(page)).await.unwrap();
        all.into_iter().map(Arc::unwrap_or_clone).collect()
    }

    /// What AWS says about the account's email change.
    pub(crate) async fn status(&self, account: &str) -> EmailChangeStatus {
        self.engine.email_change(id(account)).await.unwrap().status
    }
}

pub(crate) fn session_options(emulator: &Emulator, who: Identity) -> SessionOptions {
    let key = emulator.access_key(who);
    SessionOptions {
        endpoint_url: Some(emulator.endpoint_url()),
        fixed: Some(FixedCredentials { access_key_id: key.id, secret_access_key: SecretString::from(key.secret) }),
        paced: false,
        ..SessionOptions::default()
    }
}

pub(crate) fn id(account: &str) -> AccountId {
    account.parse().unwrap()
}

pub(crate) fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

pub(crate) fn start(account: &str, new: &str) -> Change {
    Change::StartEmailChange { account: id(account), old: "old@example.com".into(), new: address(new) }
}

/// The error of a refused write.
#[track_caller]
pub(crate) fn refused(written: &Written) -> &ApiError {
    match &written.outcome {
        WriteOutcome::Refused(error) => error,
        other => panic!("not refused: {other:?}"),
    }
}

/// The kind of error of a write that nobody knows the end of.
#[track_caller]
pub(crate) fn unknown(written: &Written) -> ApiErrorKind {
    match &written.outcome {
        WriteOutcome::Unknown(error) => error.kind,
        other => panic!("not unknown: {other:?}"),
    }
}

/// The kind of error of a read that failed.
#[track_caller]
pub(crate) fn failed<T: Debug>(read: Result<T, ApiError>) -> ApiErrorKind {
    read.unwrap_err().kind
}
