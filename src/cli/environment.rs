//! Where this run is: its configuration, how to reach AWS, what it keeps on this machine.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, OnceLock, PoisonError};

use futures::FutureExt;
use futures::future::BoxFuture;
use jiff::Timestamp;
use tokio::sync::OnceCell;
use tokio::task_local;

use super::arguments::Arguments;
use super::demo::Demo;
use super::stdin::{self, is_stdin};
use crate::app::command::bindings::{self, RejectedKeys};
use crate::app::key_map::KeyMap;
use crate::aws::profiles as aws_profiles;
use crate::aws::session::{Session, SessionOptions, TimeLimits, endpoint_before};
use crate::config::{self, Config, Loaded};
use crate::domain::account::{Account, AccountId};
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::audit_history::PastAudit;
use crate::domain::client_error::FileProblem;
use crate::domain::held_accounts::HeldAccounts;
use crate::domain::journal::{Binding, JournalEntry};
use crate::domain::mfa::MfaCode;
use crate::domain::permit::Rules;
use crate::domain::profile::Profile;
use crate::domain::quota::QuotaLedger;
use crate::domain::records::JournalRecords;
use crate::domain::remote_data::Known;
use crate::domain::root_credentials::RootAudit;
use crate::domain::stored::Stored;
use crate::domain::text::clean;
use crate::engine::{Engine, RECENT_PLANS};
use crate::runtime::Connect;
use crate::runtime::policy_file::PolicyFolder;
use crate::store::{QuotaFile, Retention, ScopedStore, Store};
use crate::words::cli::config::rejected as rejected_keys;
use crate::words::cli::program as words;
use crate::words::config::problem as config_problem;
use crate::words::store::error as store_error;

task_local! {
    /// Where a command runs for one of several organizations: it was found, and may be connected, already.
    static FOUND: Environment;
}

#[derive(Clone, Debug)]
pub(super) struct Environment {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    demo: Option<Demo>,
    options: SessionOptions,
    rules: Rules,
    keep_listing: bool,
    /// How long things are kept; nothing is taken away if that is not told.
    retention: OnceLock<Retention>,
    /// The profile and endpoint that the command line and the environment name.
    scope: (Option<String>, Option<String>),
    /// Where the calls will go, with what the profile says of it.
    goes_to: OnceCell<Option<String>>,
    /// One for all profiles.
    store: Arc<OnceCell<Store>>,
    records: Mutex<Connections>,
    held: HeldAccounts,
    /// Connected before the command began.
    engine: OnceLock<Engine>,
}

#[derive(Debug, Default)]
struct Connections {
    /// Of those that are not in use yet.
    made: Vec<(Engine, ScopedStore)>,
    in_use: Option<ScopedStore>,
}

#[derive(Debug)]
pub(super) struct Kept {
    /// Which organization that is; `None` if there was never a run with this profile and endpoint.
    pub(super) binding: Option<Binding>,
    pub(super) entries: Vec<JournalEntry>,
    /// The accounts as they were listed last, if that is kept.
    pub(super) listing: Vec<Account>,
}

/// What stdin holds, which can be read once.
static CONFIGURATION_OF_STDIN: LazyLock<Result<Vec<u8>, FileProblem>> =
    LazyLock::new(|| stdin::read(Path::new(stdin::STDIN), config::MAX_BYTES));

pub(super) fn configuration(arguments: &Arguments) -> Loaded {
    if arguments.config.as_deref().is_some_and(is_stdin) {
        return config::of_bytes(Path::new(words::STDIN), CONFIGURATION_OF_STDIN.clone(), &bindings::names());
    }
    config::load(arguments.config.as_deref(), config::default_path().as_deref(), &bindings::names())
}

/// The keys of the commands, and the settings of keys that can't be followed.
pub(super) fn keys(loaded: &Loaded) -> (KeyMap, Vec<RejectedKeys>) {
    bindings::key_map(&loaded.config.keys)
}

/// What is wrong with the configuration, a sentence each.
pub(super) fn problems(loaded: &Loaded) -> Vec<String> {
    let file = loaded.path.as_ref().map(|path| format!("{}: ", path.display())).unwrap_or_default();
    let of_file = loaded.problems.iter().map(|problem| (problem.line, config_problem(problem)));
    let of_keys = keys(loaded).1.into_iter().map(|rejected| (Some(rejected.line), rejected_keys(&rejected)));
    let mut all: Vec<(Option<usize>, String)> = of_file.chain(of_keys).collect();
    all.sort_by_key(|(line, _)| *line);
    all.into_iter().map(|(_, text)| clean(&format!("{file}{text}"))).collect()
}

pub(super) fn rules(arguments: &Arguments, loaded: &Loaded) -> Rules {
    let mut rules = loaded.config.rules();
    rules.read_only |= arguments.read_only;
    rules.no_journal = arguments.no_journal;
    rules
}

pub(super) fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The profile that is in use before anything is loaded, cleaned as the session's is.
pub(super) fn profile(arguments: &Arguments) -> Option<String> {
    if arguments.demo { None } else { named_profile(arguments.profile.as_deref()) }
}

/// Where all copies on this machine share AWS's quotas: beside the store.
fn ledger() -> Option<Arc<dyn QuotaLedger>> {
    let path = crate::store::quotas_beside(&crate::store::default_path()?);
    Some(Arc::new(QuotaFile::at(path)))
}

/// The profile that is in use where this one is named on the command line, or none is.
fn named_profile(named: Option<&str>) -> Option<String> {
    named.map(ToOwned::to_owned).or_else(|| environment("AWS_PROFILE")).map(|profile| clean(&profile))
}

/// The profiles whose organizations are asked side by side, each once; none where the run is about one.
pub(super) fn profiles(arguments: &Arguments, loaded: &Loaded) -> Vec<String> {
    // Whose credentials are used is said already.
    let is_named = || {
        arguments.profile.is_some()
            || ["AWS_PROFILE", "AWS_ACCESS_KEY_ID"].iter().any(|name| environment(name).is_some())
    };
    let all = match &arguments.profiles {
        typed if !typed.is_empty() => typed.as_slice(),
        _ if arguments.demo || is_named() => &[],
        _ => loaded.config.profiles.as_slice(),
    };
    let mut each: Vec<String> = Vec::new();
    for profile in all {
        if !each.contains(profile) {
            each.push(profile.clone());
        }
    }
    each
}

impl Environment {
    pub(super) fn new(arguments: &Arguments, loaded: &Loaded) -> Self {
        FOUND.try_with(Clone::clone).unwrap_or_else(|_| Self::named_by(arguments, loaded))
    }

    /// Commands that run inside are in this one.
    pub(super) async fn scope<T>(self, work: impl Future<Output = T>) -> T {
        FOUND.scope(self, work).await
    }

    fn named_by(arguments: &Arguments, loaded: &Loaded) -> Self {
        let endpoint = arguments.endpoint_url.clone().or_else(|| environment("AWS_ENDPOINT_URL"));
        let inner = Inner {
            demo: arguments.demo.then(|| Demo::new(arguments)),
            options: SessionOptions {
                profile: arguments.profile.clone(),
                region: arguments.region.clone(),
                endpoint_url: arguments.endpoint_url.clone(),
                fixed: None,
                paced: true,
                paced_on_this_machine: false,
                ledger: ledger(),
                limits: loaded.config.request_limits,
                times: TimeLimits::default(),
                mfa_code: None,
            },
            rules: rules(arguments, loaded),
            keep_listing: !arguments.no_cache,
            retention: OnceLock::new(),
            scope: (profile(arguments), endpoint),
            goes_to: OnceCell::new(),
            store: Arc::default(),
            records: Mutex::default(),
            held: HeldAccounts::default(),
            engine: OnceLock::new(),
        };
        Self { inner: Arc::new(inner) }
    }

    /// The same with another profile; with none, as if none had been named on the command line.
    pub(super) fn through(&self, profile: Option<String>) -> Self {
        let before = &self.inner;
        let demo = before.demo.as_ref().map(|demo| demo.asked_by(profile.as_deref()));
        let named = if demo.is_some() { profile.clone() } else { named_profile(profile.as_deref()) };
        let inner = Inner {
            demo,
            options: SessionOptions { profile, ..before.options.clone() },
            rules: before.rules.clone(),
            keep_listing: before.keep_listing,
            retention: before.retention.clone(),
            scope: (named, before.scope.1.clone()),
            goes_to: OnceCell::new(),
            store: Arc::clone(&before.store),
            records: Mutex::default(),
            held: HeldAccounts::default(),
            engine: OnceLock::new(),
        };
        Self { inner: Arc::new(inner) }
    }

    /// With the store rid of what is older than the configuration says, once it is opened.
    pub(super) fn keeping(self, config: &Config) -> Self {
        let retention = Retention {
            finished_days: config.keep_finished_days,
            listing_days: config.keep_listing_days,
            history_days: config.keep_audit_history_days,
        };
        self.inner.retention.set(retention).ok();
        self
    }

    /// Uses this connection from now on.
    pub(super) fn keep(&self, engine: &Engine) {
        self.inner.engine.set(engine.clone()).ok();
    }

    pub(super) fn kept_engine(&self) -> Option<&Engine> {
        self.inner.engine.get()
    }

    /// What a run with this profile and endpoint was bound to last; nothing is asked.
    pub(super) async fn last_binding(&self) -> Result<Option<Binding>, ApiError> {
        self.of_records(|records| records.last_binding()).await
    }

    /// The endpoint that is asked for instead of AWS's own, on the command line or in the environment.
    pub(super) fn endpoint(&self) -> Option<&str> {
        self.inner.scope.1.as_deref()
    }

    pub(super) fn demo(&self) -> Option<&Demo> {
        self.inner.demo.as_ref()
    }

    pub(super) async fn connect(&self, mfa_code: Option<MfaCode>) -> Result<Engine, ApiError> {
        let options = match &self.inner.demo {
            Some(demo) => demo.session_options().await?,
            None => SessionOptions { mfa_code, ..self.inner.options.clone() },
        };
        let session = Session::connect(options).await?;
        let store = self.store().await;
        let records = store.scope(session.connection().profile.as_deref(), session.endpoint_override());
        let held = self.inner.held.clone();
        let engine = Engine::sharing(held, session, self.inner.rules.clone(), Arc::new(records.clone()));
        self.records().made.push((engine.clone(), records));
        Ok(engine)
    }

    fn records(&self) -> MutexGuard<'_, Connections> {
        // Each change is one call, so a panic elsewhere leaves nothing half done.
        self.inner.records.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What this machine keeps; of the organization of the last run until AWS has said which it is.
    pub(super) async fn stored(&self, engine: Option<Engine>) -> Result<Stored, ApiError> {
        let connected = engine.is_some();
        let store = self.store().await;
        let in_use = self.records().in_use.clone();
        let records = match in_use.filter(|_| connected) {
            Some(records) => records,
            None => self.scope_before(&store).await,
        };
        if let Some(error) = store.trouble() {
            return Err(error.clone());
        }
        let unresolved = match engine {
            Some(engine) => engine.open_entries(engine.now()).await?.len(),
            None => 0,
        };
        let held = self.inner.held.clone();
        let read = move || {
            // Once connected, AWS's own listing is on its way.
            let stored = records.stored(RECENT_PLANS, !connected)?;
            if let Some((_, accounts)) = &stored.listing {
                held.hold(accounts);
            }
            Ok(Stored { unresolved, ..stored })
        };
        tokio::task::spawn_blocking(read).await.unwrap_or_else(|error| Err(local(&error.to_string())))
    }

    /// The records that a connection of this run will have, before there is one.
    async fn scope_before(&self, store: &Store) -> ScopedStore {
        let (profile, named) = &self.inner.scope;
        let read = || async {
            match &self.inner.demo {
                Some(_) => named.clone(),
                // A profile may name an endpoint. One that can't be read leads nowhere.
                None => endpoint_before(&self.inner.options).await.unwrap_or_else(|_| named.clone()),
            }
        };
        let endpoint = self.inner.goes_to.get_or_init(read).await;
        store.scope(profile.as_deref(), endpoint.as_deref())
    }

    /// The journal of what this profile and endpoint led to last, or lead to if they are connected to it.
    pub(super) async fn journal(&self) -> Result<Kept, ApiError> {
        self.of_records(|records| {
            let listing = listed(&records)?;
            Ok(Kept { binding: records.last_binding()?, entries: records.journal(usize::MAX)?, listing })
        })
        .await
    }

    /// The accounts as they were listed last; none without a listing.
    pub(super) async fn last_listing(&self) -> Result<Vec<Account>, ApiError> {
        self.of_records(|records| listed(&records)).await
    }

    /// The audits of an account from this machine, newest first.
    pub(super) async fn audit_history(&self, account: AccountId) -> Result<Vec<PastAudit>, ApiError> {
        self.of_records(move |records| records.audit_history(account)).await
    }

    /// What was known of the accounts at that time.
    pub(super) async fn audits_as_of(&self, at: Timestamp) -> Result<BTreeMap<AccountId, Known<RootAudit>>, ApiError> {
        self.of_records(move |records| records.audits_as_of(at)).await
    }

    async fn of_records<T: Send + 'static>(
        &self,
        read: impl FnOnce(ScopedStore) -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let store = self.store().await;
        if let Some(error) = store.trouble() {
            return Err(error.clone());
        }
        let in_use = self.records().in_use.clone();
        let records = match in_use {
            Some(records) => records,
            None => self.scope_before(&store).await,
        };
        let done = tokio::task::spawn_blocking(move || read(records)).await;
        done.unwrap_or_else(|error| Err(local(&error.to_string())))
    }

    /// The accounts of the last listing, if there is one: without a call, and without making a store.
    pub(super) async fn kept_accounts(&self) -> Option<Vec<Account>> {
        if self.inner.demo.is_some() || !crate::store::default_path()?.exists() {
            return None;
        }
        let records = self.scope_before(&self.store().await).await;
        Some(Account::unshared(records.listing().ok()??.1))
    }

    pub(super) async fn store_trouble(&self) -> Option<ApiError> {
        self.store().await.trouble().cloned()
    }

    async fn store(&self) -> Store {
        let open = || async {
            if self.inner.demo.is_some() {
                return Store::in_memory();
            }
            let path = crate::store::default_path();
            let (keep_listing, retention) = (self.inner.keep_listing, self.inner.retention.get().copied());
            let opened = tokio::task::spawn_blocking(move || open(path, keep_listing, retention)).await;
            opened.unwrap_or_else(|error| Store::stand_in(local(&error.to_string())))
        };
        self.inner.store.get_or_init(open).await.clone()
    }
}

/// The accounts of the last listing; none without one.
fn listed(records: &ScopedStore) -> Result<Vec<Account>, ApiError> {
    Ok(records.listing()?.map(|(_, accounts)| Account::unshared(accounts)).unwrap_or_default())
}

impl Connect for Environment {
    fn connect(&self, code: Option<MfaCode>) -> BoxFuture<'_, Result<Engine, ApiError>> {
        self.connect(code).boxed()
    }

    fn take(&self, engine: &Engine) {
        let mut records = self.records();
        let found = records.made.iter().position(|(made, _)| made.is(engine));
        if let Some(place) = found {
            records.in_use = Some(records.made.swap_remove(place).1);
        }
        records.made.clear();
    }

    fn stored(&self, engine: Option<Engine>) -> BoxFuture<'_, Result<Stored, ApiError>> {
        self.stored(engine).boxed()
    }

    fn profiles(&self) -> BoxFuture<'_, Result<Vec<Profile>, ApiError>> {
        async move {
            match &self.inner.demo {
                Some(demo) => Ok(demo.profiles()),
                None => aws_profiles::list().await,
            }
        }
        .boxed()
    }

    fn with_profile(&self, profile: Option<String>) -> Arc<dyn Connect> {
        Arc::new(self.through(profile))
    }

    /// The folder that policies are saved in: beside the store; that of the demo in memory.
    fn policies(&self) -> Option<PolicyFolder> {
        if let Some(demo) = &self.inner.demo {
            return Some(PolicyFolder::Memory(demo.policies.clone()));
        }
        Some(PolicyFolder::Disk(crate::store::default_path()?.parent()?.join("policies")))
    }
}

fn open(path: Option<PathBuf>, keep_listing: bool, retention: Option<Retention>) -> Store {
    let Some(path) = path else {
        return Store::stand_in(local(&format!("{} {}", words::NO_HOME, words::WITHOUT_STORE)));
    };
    match Store::open(&path) {
        Ok(store) => {
            store.set_keep_listing(keep_listing);
            if let Some(retention) = retention {
                store.set_retention(retention);
            }
            store
        }
        Err(error) => Store::stand_in(local(&format!("{} {}", store_error(&error), words::WITHOUT_STORE))),
    }
}

fn local(message: &str) -> ApiError {
    ApiError::new("rootdeck:store", ApiErrorKind::Local, &clean(message))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::domain::policy_holder::PolicyHolder;

    #[test]
    fn the_demo_saves_policies_in_memory_and_other_runs_do_not() {
        let place = |words: &[&str]| {
            let arguments = Arguments::try_parse_from(words).expect("a command line");
            Environment::new(&arguments, &Loaded::default())
        };
        let demo = place(&["rootdeck", "--demo"]);
        let other = demo.with_profile(Some("member".to_owned()));
        let (Some(PolicyFolder::Memory(_)), Some(folder @ PolicyFolder::Memory(_))) =
            (demo.policies(), other.policies())
        else {
            panic!("not in memory");
        };
        // Another caller of the demo finds what the first has saved.
        let holder = PolicyHolder::Bucket { name: "b".into(), region: "eu-west-1".into() };
        let account = "444455556666".parse().expect("an id");
        let path = folder.save(account, &holder, "{}", jiff::Timestamp::UNIX_EPOCH).expect("saved");
        assert!(demo.policies().and_then(|folder| folder.in_memory(&path)).is_some());
        assert!(!matches!(place(&["rootdeck"]).policies(), Some(PolicyFolder::Memory(_))));
    }
}
