//! Performs reads and writes through the engine and sends the results back.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures::future::BoxFuture;
use futures::stream::{self, StreamExt};
use jiff::Timestamp;
use tokio::sync::{RwLock, mpsc, watch};

use super::policy_file::PolicyFolder;
use crate::app::effect::{Read, StoreRequest, Visit, Wake};
use crate::app::ids::{RunId, WriteId};
use crate::app::msg::{Answer, Msg};
use crate::domain::account::{Account, AccountId};
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::client_error::ClientError;
use crate::domain::connection::Connection;
use crate::domain::contacts::ContactKind;
use crate::domain::mfa::MfaCode;
use crate::domain::profile::Profile;
use crate::domain::quota::Priority;
use crate::domain::remote_data::ReadId;
use crate::domain::root_session::{RootSession, SessionKey};
use crate::domain::run::{Run, RunReport, Steering};
use crate::domain::stored::Stored;
use crate::domain::write::{Seen, WriteOutcome, WriteRequest, Written};
use crate::engine::Engine;

/// Pages of a listing that arrive within this time are shown in one frame.
const PAGES_TOGETHER: Duration = Duration::from_millis(40);

/// How many accounts on screen are read at once. The pace, not this, is the limit.
const FIRST_AT_ONCE: usize = 4;

const JOURNAL_ENTRIES: usize = 5_000;

pub(crate) trait Connect: fmt::Debug + Send + Sync {
    /// Loads credentials and asks AWS whose they are; with an MFA code where the role of the profile wants one.
    fn connect(&self, code: Option<MfaCode>) -> BoxFuture<'_, Result<Engine, ApiError>>;
    /// Takes the records that belong to a connection, from now on.
    fn take(&self, engine: &Engine);
    /// Reads what this machine keeps, given the connection if there is one yet.
    fn stored(&self, engine: Option<Engine>) -> BoxFuture<'_, Result<Stored, ApiError>>;
    fn profiles(&self) -> BoxFuture<'_, Result<Vec<Profile>, ApiError>>;
    /// With another profile; with none, as if none were named.
    fn with_profile(&self, profile: Option<String>) -> Arc<dyn Connect>;
    fn policies(&self) -> Option<PolicyFolder>;
}

#[derive(Clone, Debug)]
pub(super) struct Performer {
    pub(super) connector: Arc<dyn Connect>,
    engine: Arc<RwLock<Option<Engine>>>,
    runs: Arc<Mutex<BTreeMap<RunId, watch::Sender<Steering>>>>,
    /// The newest attempt to connect. What an older one finds is no longer valid.
    newest: Arc<AtomicU64>,
    results: mpsc::UnboundedSender<Msg>,
}

impl Performer {
    pub(super) fn new(connector: Arc<dyn Connect>, results: mpsc::UnboundedSender<Msg>) -> Self {
        Self { connector, engine: Arc::default(), runs: Arc::default(), newest: Arc::default(), results }
    }

    /// By AWS's clock as soon as AWS has answered, since AWS's times are compared with it.
    pub(super) fn now(&self) -> Timestamp {
        // It is locked only while the connection changes.
        match self.engine.try_read().as_deref() {
            Ok(Some(engine)) => engine.now(),
            _ => Timestamp::now(),
        }
    }

    pub(super) fn wake(&self, delay: Duration, wake: Wake) {
        self.spawn(|_| async move {
            tokio::time::sleep(delay).await;
            Msg::Woken(wake)
        });
    }

    fn spawn<Work: Future<Output = Msg> + Send + 'static>(&self, work: impl FnOnce(Self) -> Work) {
        let (this, work) = (self.clone(), work(self.clone()));
        tokio::spawn(async move { this.send(work.await) });
    }

    async fn engine(&self) -> Result<Engine, ApiError> {
        self.engine.read().await.clone().ok_or_else(not_connected)
    }

    pub(super) fn read(&self, id: ReadId, read: Read) {
        if read == Read::Connect {
            return self.connect(id, None);
        }
        self.spawn(|this| async move { Msg::Answer(id, this.ask(id, this.engine().await, read).await) });
    }

    /// One that can't be read is left to the listing, and so are all after AWS has refused one.
    pub(super) fn read_first(&self, id: ReadId, accounts: Vec<AccountId>) {
        let this = self.clone();
        tokio::spawn(async move {
            let Ok(engine) = this.engine().await else { return };
            let read = |account| {
                let engine = engine.clone();
                async move { engine.account(account).await }
            };
            let mut found = stream::iter(accounts.into_iter().map(read)).buffer_unordered(FIRST_AT_ONCE);
            while let Some(found) = found.next().await {
                match found {
                    Ok(account) => this.send(Msg::Answer(id, Answer::AccountFirst(Box::new(account)))),
                    Err(error) if error.kind == ApiErrorKind::NotFound => {}
                    Err(_) => return,
                }
            }
        });
    }

    pub(super) fn read_in_background(&self, id: ReadId, read: Read) {
        self.spawn(|this| async move {
            let engine = this.engine().await.map(|engine| engine.at(Priority::Background));
            Msg::Answer(id, this.ask(id, engine, read).await)
        });
    }

    pub(super) fn connect(&self, id: ReadId, code: Option<MfaCode>) {
        self.newest.store(id.0, Ordering::SeqCst);
        self.spawn(|this| async move {
            let connected = match this.connector.connect(code).await {
                Ok(engine) => this.take(id, engine).await,
                Err(error) => Err(error),
            };
            Msg::Answer(id, Answer::Connected(connected))
        });
    }

    /// Uses `engine` from now on, unless another attempt to connect has begun since `id`.
    async fn take(&self, id: ReadId, engine: Engine) -> Result<Connection, ApiError> {
        let connection = engine.session().connection().clone();
        let mut in_use = self.engine.write().await;
        if self.newest.load(Ordering::SeqCst) != id.0 {
            return Err(not_connected());
        }
        self.connector.take(&engine);
        if let Some(before) = in_use.as_ref() {
            engine.keep_sessions_of(before);
        }
        *in_use = Some(engine);
        Ok(connection)
    }

    /// Answers to this one are dropped, and so are the secrets of its root sessions.
    pub(super) fn with_profile(&self, profile: Option<String>, results: mpsc::UnboundedSender<Msg>) -> Self {
        Self::new(self.connector.with_profile(profile), results)
    }

    /// Never cancelled: the loop waits for its outcome.
    pub(super) fn write(&self, id: WriteId, request: WriteRequest) {
        self.spawn(|this| async move {
            let written = match this.engine().await {
                Ok(engine) => engine.write(request, Timestamp::now).await,
                Err(error) => Written { outcome: WriteOutcome::Failed(error), seen: Seen::Nothing },
            };
            Msg::Written(id, Box::new(written))
        });
    }

    pub(super) fn visit(&self, id: ReadId, visit: Visit) {
        self.spawn(|this| async move { Msg::Answer(id, look_into(this.engine().await, visit).await) });
    }

    /// `Ended` is the last report.
    pub(super) fn run(&self, id: RunId, run: Run) {
        let (steer, steering) = watch::channel(Steering::GoOn);
        self.runs().insert(id, steer);
        let this = self.clone();
        tokio::spawn(async move {
            match this.engine().await {
                Ok(engine) => engine.run(run, steering, Timestamp::now, move |report| this.report(id, report)).await,
                Err(_) => this.report(id, RunReport::Ended),
            }
        });
    }

    fn report(&self, id: RunId, report: RunReport) {
        if report == RunReport::Ended {
            self.runs().remove(&id);
        }
        self.send(Msg::Run(id, Box::new(report)));
    }

    pub(super) fn steer(&self, id: RunId, steering: Steering) {
        if let Some(steer) = self.runs().get(&id) {
            steer.send_replace(steering);
        }
    }

    pub(super) fn keep(&self, id: ReadId, store_request: StoreRequest) {
        self.spawn(|this| async move {
            let kept = match (this.engine().await, store_request.clone()) {
                (Ok(engine), StoreRequest::Adopt(change)) => engine.adopt_email_change(change).await,
                (Ok(engine), StoreRequest::Forget(account)) => engine.forget_email_change(account).await,
                (Ok(engine), StoreRequest::Acknowledge(findings)) => engine.acknowledge(findings).await,
                (Ok(engine), StoreRequest::View(choice)) => engine.keep_view(choice).await,
                (Ok(engine), StoreRequest::Refusal(subject, why)) => {
                    engine.note_refusal(&subject, Timestamp::now(), &why).await;
                    Ok(())
                }
                (Err(error), _) => Err(error),
            };
            Msg::Answer(id, Answer::Kept(Box::new(store_request), kept))
        });
    }

    /// Uses an open root session, the region of its calls and the overridden endpoint.
    pub(super) async fn with_session<T>(
        &self,
        key: SessionKey,
        use_it: impl FnOnce(&RootSession, &str, Option<&str>) -> T,
    ) -> Result<T, ApiError> {
        let engine = self.engine().await?;
        let session = engine.live_session(key, engine.now()).ok_or_else(|| {
            ApiError::client("rootdeck:session", ApiErrorKind::NotPermitted, ClientError::SessionEnded)
        })?;
        Ok(use_it(&session, engine.session().real_region(), engine.session().endpoint_override()))
    }

    fn runs(&self) -> MutexGuard<'_, BTreeMap<RunId, watch::Sender<Steering>>> {
        // Each change is one call, so a panic elsewhere leaves nothing half done.
        self.runs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn ask(&self, id: ReadId, engine: Result<Engine, ApiError>, read: Read) -> Answer {
        match read {
            Read::Stored => Answer::Stored(self.connector.stored(engine.ok()).await.map(Box::new)),
            Read::Profiles => Answer::Profiles(self.connector.profiles().await),
            // An attempt to connect answers it.
            Read::Connect => Answer::Connected(Err(not_connected())),
            Read::Organization => Answer::Organization(async { engine?.organization().await }.await),
            Read::OrgRole => Answer::OrgRole(
                async {
                    let engine = engine?;
                    let organization = engine.known_organization().ok_or_else(not_connected)?;
                    engine.org_role(&organization).await
                }
                .await,
            ),
            Read::Accounts => Answer::AccountsEnd(async { self.list(id, &engine?).await }.await),
            Read::UnitNames => Answer::UnitNames(async { engine?.unit_names().await }.await),
            Read::TrustedAccess => Answer::TrustedAccess(async { engine?.trusted_access().await }.await),
            Read::RootFeatures => Answer::RootFeatures(async { engine?.root_features().await }.await),
            Read::DelegatedAdministrators => {
                Answer::DelegatedAdministrators(async { engine?.delegated_administrators().await }.await)
            }
            Read::PrimaryEmail(account) => {
                Answer::PrimaryEmail(account, async { engine?.primary_email(account).await }.await)
            }
            Read::EmailChange(account) => {
                Answer::EmailChange(account, async { engine?.email_change(account).await }.await)
            }
            Read::Contacts(account) => Answer::Contacts(
                account,
                async { Ok(Box::new(engine?.contacts(account, &ContactKind::ALL).await)) }.await,
            ),
            Read::Controls(account) => Answer::Controls(
                account,
                async {
                    let engine = engine?;
                    let account = engine.account(account).await?;
                    engine.controls(&account).await.map(Box::new)
                }
                .await,
            ),
            Read::Journal => Answer::Journal(async { engine?.read_journal(JOURNAL_ENTRIES).await }.await),
            Read::Resolve(only) => Answer::Resolved(
                only,
                async {
                    let engine = engine?;
                    // All of them: nobody has asked.
                    let engine = if only.is_none() { engine.at(Priority::Background) } else { engine };
                    engine.resolve(only, engine.now()).await
                }
                .await,
            ),
            Read::Readiness => Answer::Readiness(async { Ok(Box::new(engine?.simulated_result().await)) }.await),
            Read::Calls => Answer::Calls(engine.map(|engine| engine.shown())),
        }
    }

    async fn list(&self, id: ReadId, engine: &Engine) -> Result<(), ApiError> {
        let (pages_in, mut pages) = mpsc::unbounded_channel::<Vec<Arc<Account>>>();
        let this = self.clone();
        let bundler = tokio::spawn(async move {
            while let Some(mut bundle) = pages.recv().await {
                tokio::time::sleep(PAGES_TOGETHER).await;
                while let Ok(page) = pages.try_recv() {
                    bundle.extend(page);
                }
                this.send(Msg::Answer(id, Answer::AccountPages(bundle)));
            }
        });
        let result = engine
            .accounts_continued(|page| {
                pages_in.send(page.to_vec()).ok();
            })
            .await;
        drop(pages_in);
        // The end must not overtake the last pages.
        bundler.await.ok();
        if result.is_ok() {
            self.tell_findings(engine).await;
        }
        result
    }

    async fn tell_findings(&self, engine: &Engine) {
        let found = match engine.listing_kept() {
            Ok(()) => engine.findings().await,
            Err(error) => Err(error),
        };
        match found {
            Ok(findings) => self.send(Msg::Findings(findings)),
            Err(error) if error.kind == ApiErrorKind::Local => self.send(Msg::Local(error)),
            // A refusal by AWS is shown where the read was asked for.
            Err(_) => {}
        }
    }

    pub(super) fn send(&self, msg: Msg) {
        // It fails only after the loop has ended.
        self.results.send(msg).ok();
    }
}

async fn look_into(engine: Result<Engine, ApiError>, visit: Visit) -> Answer {
    match visit {
        Visit::Buckets(account) => Answer::Buckets(account.id, async { engine?.buckets(&account).await }.await),
        Visit::Queues(account, search) => {
            Answer::Queues(account.id, async { engine?.queues(&account, &search).await }.await)
        }
        Visit::Policy(account, holder) => {
            let policy = async { engine?.policy(&account, &holder).await }.await;
            Answer::Policy(account.id, holder, policy)
        }
        Visit::Session(account, task, seconds, reason) => {
            let session = async { engine?.root_session(&account, task, seconds, reason).await }.await;
            Answer::Session(SessionKey { account: account.id, task }, session.map(|session| session.info))
        }
    }
}

fn not_connected() -> ApiError {
    ApiError::client("sts:GetCallerIdentity", ApiErrorKind::Unreachable, ClientError::NotConnected)
}
