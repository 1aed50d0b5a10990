//! Performs reads and writes through the engine and sends back what came of them.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use jiff::Timestamp;
use tokio::sync::{RwLock, mpsc};

use crate::app::asked::ReadId;
use crate::app::effect::{Effect, Read, Wake, WriteId};
use crate::app::msg::{Answer, Connection, Msg, Stored};
use crate::domain::account::Account;
use crate::domain::fault::{Fault, FaultKind};
use crate::domain::write::{Outcome, Seen, WriteRequest, Written};
use crate::engine::Engine;

/// Pages of a listing that arrive within this time are shown in one frame.
const PAGES_TOGETHER: Duration = Duration::from_millis(40);

/// Connects, each time it is called.
pub type Connect = dyn Fn() -> BoxFuture<'static, Result<Engine, Fault>> + Send + Sync;
/// Reads what this machine keeps, each time it is called.
pub type ReadStored = dyn Fn(Option<Engine>) -> BoxFuture<'static, Result<Stored, Fault>> + Send + Sync;

/// How AWS and what this machine keeps are reached; the command line decides that.
#[derive(Clone)]
pub struct Connector {
    /// Loads credentials and asks AWS whose they are.
    pub connect: Arc<Connect>,
    /// Reads what this machine keeps, given the connection if there is one yet.
    pub stored: Arc<ReadStored>,
}

impl fmt::Debug for Connector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Connector")
    }
}

/// Performs effects in tasks of their own; each sends its answer to the loop.
#[derive(Clone, Debug)]
pub(super) struct Performer {
    connector: Connector,
    engine: Arc<RwLock<Option<Engine>>>,
    results: mpsc::UnboundedSender<Msg>,
}

impl Performer {
    pub(super) fn new(connector: Connector, results: mpsc::UnboundedSender<Msg>) -> Self {
        Self { connector, engine: Arc::default(), results }
    }

    /// Sends `wake` back after `delay`.
    pub(super) fn wake(&self, delay: Duration, wake: Wake) {
        let this = self.clone();
        tokio::spawn(async move {
            tokio::time::sleep(delay).await;
            this.send(Msg::Woken(wake));
        });
    }

    /// Performs those of `effects` that only ask to be woken.
    pub(super) fn wakes(&self, effects: Vec<Effect>) {
        for effect in effects {
            if let Effect::Wake(delay, wake) = effect {
                self.wake(delay, wake);
            }
        }
    }

    /// Asks `read`; the answer, or why there is none, comes back with its number.
    pub(super) fn read(&self, id: ReadId, read: Read) {
        let this = self.clone();
        tokio::spawn(async move {
            let answer = match read {
                Read::Stored => {
                    let engine = this.engine.read().await.clone();
                    Answer::Stored((this.connector.stored)(engine).await)
                }
                Read::Connect => Answer::Connected(this.connect().await),
                read => match this.engine.read().await.clone() {
                    Some(engine) => this.ask(id, &engine, read).await,
                    None => Answer::failed(read, not_connected()),
                },
            };
            this.send(Msg::Answer(id, answer));
        });
    }

    /// Makes a confirmed change. It is never cancelled: the loop waits for its outcome.
    pub(super) fn write(&self, id: WriteId, request: WriteRequest) {
        let this = self.clone();
        tokio::spawn(async move {
            let written = match this.engine.read().await.clone() {
                Some(engine) => engine.write(request, Timestamp::now).await,
                None => Written { outcome: Outcome::Failed(not_connected()), seen: Seen::Nothing },
            };
            this.send(Msg::Written(id, Box::new(written)));
        });
    }

    async fn connect(&self) -> Result<Connection, Fault> {
        let engine = (self.connector.connect)().await?;
        let session = engine.session();
        let connection = Connection {
            caller: session.caller().clone(),
            profile: session.profile().map(str::to_owned),
            region: session.region().to_owned(),
            region_assumed: session.region_assumed(),
            endpoint: session.endpoint_override().map(str::to_owned),
        };
        *self.engine.write().await = Some(engine);
        Ok(connection)
    }

    async fn ask(&self, id: ReadId, engine: &Engine, read: Read) -> Answer {
        match read {
            Read::Stored => Answer::Stored((self.connector.stored)(Some(engine.clone())).await),
            Read::Connect => Answer::Connected(self.connect().await),
            Read::Organization => Answer::Organization(engine.organization().await),
            Read::Standing => Answer::Standing(match engine.known_organization() {
                Some(organization) => engine.standing(&organization).await,
                None => Err(not_connected()),
            }),
            Read::Accounts => Answer::AccountsEnd(self.list(id, engine).await),
            Read::UnitNames => Answer::UnitNames(engine.unit_names().await),
            Read::TrustedAccess => Answer::TrustedAccess(engine.trusted_access().await),
            Read::RootFeatures => Answer::RootFeatures(engine.root_features().await),
            Read::DelegatedAdministrators => Answer::DelegatedAdministrators(engine.delegated_administrators().await),
            Read::PrimaryEmail(account) => Answer::PrimaryEmail(account, engine.primary_email(account).await),
            Read::EmailChange(account) => Answer::EmailChange(account, engine.email_change(account).await),
        }
    }

    /// Lists the accounts; pages go to the loop in bundles as they arrive.
    async fn list(&self, id: ReadId, engine: &Engine) -> Result<(), Fault> {
        let (pages_in, mut pages) = mpsc::unbounded_channel::<Vec<Account>>();
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
            .accounts(|page| {
                pages_in.send(page.to_vec()).ok();
            })
            .await;
        drop(pages_in);
        // The end must not overtake the last pages.
        bundler.await.ok();
        result
    }

    fn send(&self, msg: Msg) {
        // The loop has ended: nobody waits for this any more.
        self.results.send(msg).ok();
    }
}

fn not_connected() -> Fault {
    Fault::new("sts:GetCallerIdentity", FaultKind::NotPermitted, "there is no connection to AWS yet")
}
