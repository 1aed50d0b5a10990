//! Whose credentials these are, in which region, and where the calls go.

use std::sync::Arc;
use std::time::Duration;

use aws_config::provider_config::ProviderConfig;
use aws_config::{BehaviorVersion, ConfigLoader, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_async::rt::sleep::{SharedAsyncSleep, TokioSleep};
use aws_smithy_async::time::{SharedTimeSource, SystemTimeSource};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::app_name::AppName;
use aws_types::origin::Origin;
use aws_types::os_shim_internal::{Env, Fs};
use aws_types::region::Region;
use aws_types::sdk_ua_metadata::FrameworkMetadata;
use secrecy::{ExposeSecret, SecretString};

use super::clients::Clients;
use super::mfa::MfaChain;
use super::profile::Configured;
use super::settings::{GET_CALLER_IDENTITY, configuration};
use super::{credentials, endpoint, http, sts};
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::caller::Caller;
use crate::domain::client_error::{AnswerError, AwsConfigError};
use crate::domain::connection::Connection;
use crate::domain::endpoint::is_unencrypted;
use crate::domain::mfa::MfaCode;
use crate::domain::quota::{Priority, QuotaLedger};
use crate::domain::request_limits::RequestLimits;
use crate::domain::text;

/// How long it may take to learn who is calling: a source of credentials may hang.
const IDENTITY_LIMIT: Duration = Duration::from_secs(20);
/// How long a call may take with all its attempts.
pub const CALL_LIMIT: Duration = Duration::from_mins(1);

/// How often a call is tried at an endpoint whose quotas are not known.
const PATIENT_ATTEMPTS: u32 = 12;
/// The longest pause between two of these attempts.
const PATIENT_PAUSE: Duration = Duration::from_secs(3);

#[derive(Clone, Debug)]
pub struct SessionOptions {
    /// The profile that was named on the command line. Beats keys in the environment.
    pub profile: Option<String>,
    pub region: Option<String>,
    /// An endpoint for all services, which beats those of environment and profile.
    pub endpoint_url: Option<String>,
    /// These credentials and nothing else (the demo): neither environment nor files are read, no proxy is used for a
    /// plain `http` endpoint, and the clock is not corrected.
    pub fixed: Option<FixedCredentials>,
    /// Whether calls are held back to AWS's quotas, where the endpoint is not on this machine.
    pub paced: bool,
    /// Whether they are there as well: a proxy, or an emulator with AWS's quotas.
    pub paced_on_this_machine: bool,
    /// Where the quotas are shared with other copies of the program.
    pub ledger: Option<Arc<dyn QuotaLedger>>,
    /// The limits of the configuration, wherever the endpoint is.
    pub limits: RequestLimits,
    pub times: TimeLimits,
    pub mfa_code: Option<MfaCode>,
}

/// How long a call may take. There is none without a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeLimits {
    /// Until there is a connection.
    pub connect: Duration,
    /// Until one attempt is answered, to the last byte.
    pub attempt: Duration,
    /// With all its attempts and the pauses between them.
    pub call: Duration,
}

impl Default for TimeLimits {
    fn default() -> Self {
        Self { connect: Duration::from_secs(5), attempt: Duration::from_secs(20), call: CALL_LIMIT }
    }
}

impl Default for SessionOptions {
    fn default() -> Self {
        Self {
            profile: None,
            region: None,
            endpoint_url: None,
            fixed: None,
            paced: true,
            paced_on_this_machine: false,
            ledger: None,
            limits: RequestLimits::default(),
            times: TimeLimits::default(),
            mfa_code: None,
        }
    }
}

#[derive(Clone, Debug)]
pub struct FixedCredentials {
    pub access_key_id: String,
    pub secret_access_key: SecretString,
}

/// A connection to AWS whose caller is confirmed. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Session {
    clients: Clients,
    connection: Connection,
}

impl Session {
    /// Finds credentials and region and asks AWS whose credentials they are.
    ///
    /// # Errors
    /// Kinds about credentials, or that AWS can't be reached in time. [`ApiError::operation`] is
    /// `sso:GetRoleCredentials` or `signin:CreateOAuth2Token` where signing in again fixes it.
    pub async fn connect(options: SessionOptions) -> Result<Self, ApiError> {
        let late = |_| {
            let error = AnswerError::NotInTime { seconds: IDENTITY_LIMIT.as_secs() };
            Err(ApiError::client(GET_CALLER_IDENTITY, ApiErrorKind::Timeout, error))
        };
        let session =
            tokio::time::timeout(IDENTITY_LIMIT, Self::connect_in_any_time(options)).await.unwrap_or_else(late);
        match &session {
            Ok(session) => {
                let Connection { caller, region, endpoint, .. } = &session.connection;
                tracing::info!(caller = without_addresses(&caller.arn), region, endpoint, "connected");
            }
            Err(error) => tracing::info!(operation = error.operation, kind = ?error.kind, "not connected"),
        }
        session
    }

    async fn connect_in_any_time(options: SessionOptions) -> Result<Self, ApiError> {
        let (paced, limits, ledger) = (options.paced, options.limits, options.ledger.clone());
        let paced_on_this_machine = options.paced_on_this_machine;
        let mut found = match options.fixed {
            Some(ref fixed) => fixed_config(&options, fixed)?,
            None => load_config(options).await?,
        };
        let endpoint = endpoint::overridden(&found.config);
        let is_loopback = endpoint.as_deref().is_some_and(endpoint::is_loopback);
        if is_loopback && endpoint.as_deref().is_some_and(|shown| shown.starts_with("http://")) {
            // A proxy would carry root sessions in the clear to another machine.
            found.config = found.config.into_builder().http_client(http::direct_client()).build();
        }
        // An emulator on this machine says so itself. An endpoint elsewhere may be AWS's, inside a VPC.
        let held_back = paced && (paced_on_this_machine || !is_loopback);
        let config = if paced && !held_back { patient(found.config) } else { found.config };
        let clients = Clients::new(&config, held_back, limits);
        let connection = Connection {
            caller: sts::caller(&clients).await?,
            profile: found.profile.as_deref().map(text::clean),
            region: text::clean(&found.region),
            region_assumed: found.region_assumed,
            endpoint,
            paced: held_back,
        };
        if let Some(ledger) = ledger {
            clients.pace.share(ledger, quotas_of(&connection));
        }
        Ok(Self { clients, connection })
    }

    /// The same connection, for calls of this priority.
    pub(crate) fn at(&self, priority: Priority) -> Self {
        let clients = Clients { pace: self.clients.pace.at(priority), ..self.clients.clone() };
        Self { clients, connection: self.connection.clone() }
    }

    pub(crate) fn clients(&self) -> &Clients {
        &self.clients
    }

    pub(crate) fn connection(&self) -> &Connection {
        &self.connection
    }

    pub(crate) fn caller(&self) -> &Caller {
        &self.connection.caller
    }

    /// `aws-global` and its like lead STS to the global endpoint, which does not serve `AssumeRoot` (service model).
    pub(crate) fn real_region(&self) -> &str {
        endpoint::real_region(&self.connection.region)
    }

    /// Where the calls go if that isn't AWS's own endpoints, to be on the screen at all times.
    pub fn endpoint_override(&self) -> Option<&str> {
        self.connection.endpoint.as_deref()
    }
}

/// Whose quotas the calls of a connection use: those of its account, where they are sent to.
fn quotas_of(connection: &Connection) -> String {
    let Connection { caller, endpoint, .. } = connection;
    format!("{}/{}/{}", endpoint.as_deref().unwrap_or_default(), caller.partition(), caller.account)
}

/// An ARN for the log: sessions and users are often named by an email address, which stays out.
fn without_addresses(arn: &str) -> String {
    arn.split('/').map(|part| if part.contains('@') { "*" } else { part }).collect::<Vec<_>>().join("/")
}

struct Found {
    config: SdkConfig,
    profile: Option<String>,
    region: String,
    region_assumed: bool,
}

async fn load_config(options: SessionOptions) -> Result<Found, ApiError> {
    let configured = Configured::read(Env::real(), &Fs::real(), options.profile.clone()).await?;
    let chain = MfaChain::of(&configured)?;
    let (region, region_assumed) = match options.region {
        Some(region) => (region, false),
        None => configured.region(),
    };
    let bundle = match configured.ca_bundle() {
        Some((path, named_by)) => Some(http::read_bundle(path, named_by).await?),
        None => None,
    };
    let http = http::client(bundle.as_deref())?;
    let mut loader = loader(&configured, &region, options.endpoint_url, options.times).http_client(http.clone());
    let providers = provider_config(&region, http, options.times);
    if let Some(chain) = chain.as_ref().filter(|chain| chain.wants().is_some() && options.mfa_code.is_none()) {
        // A code that nothing can be done with is not asked for.
        Box::pin(chain.check_base(&providers)).await?;
        return Err(chain.wanted());
    }
    if configured.is_asked_for() {
        loader = loader.credentials_provider(credentials::of_profile(&configured, &providers));
    }
    let mut config = named(loader.load().await);
    if let Some(chain) = chain {
        let shown = endpoint::overridden(&config);
        if chain.wants().is_some() && shown.is_some_and(|shown| is_unencrypted(&shown, &["sts"])) {
            return Err(configuration(AwsConfigError::UnencryptedMfa));
        }
        let given = Box::pin(chain.assume(&config, &providers, options.mfa_code.as_ref())).await?;
        config = config.into_builder().credentials_provider(given).build();
    }
    Ok(Found { config, profile: configured.named, region, region_assumed })
}

fn loader(configured: &Configured, region: &str, endpoint_url: Option<String>, times: TimeLimits) -> ConfigLoader {
    let mut loader = aws_config::defaults(BehaviorVersion::v2026_01_12())
        .region(Region::new(region.to_owned()))
        .timeout_config(timeouts(times))
        .profile_files(configured.files.for_sdk().clone());
    if configured.named.is_some() {
        loader = loader.profile_name(configured.key());
    }
    if let Some(url) = endpoint_url {
        loader = loader.endpoint_url(url);
    }
    loader
}

/// What [`Session::endpoint_override`] says once connected, from the environment and the files alone.
pub(crate) async fn endpoint_before(options: &SessionOptions) -> Result<Option<String>, ApiError> {
    let configured = Configured::read(Env::real(), &Fs::real(), options.profile.clone()).await?;
    let region = options.region.clone().unwrap_or_else(|| configured.region().0);
    let config =
        loader(&configured, &region, options.endpoint_url.clone(), options.times).no_credentials().load().await;
    Ok(endpoint::overridden(&config))
}

fn provider_config(region: &str, http: SharedHttpClient, times: TimeLimits) -> ProviderConfig {
    ProviderConfig::without_region()
        .with_behavior_version(Some(BehaviorVersion::v2026_01_12()))
        .with_region(Some(Region::new(region.to_owned())))
        .with_http_client(http)
        .with_timeout_config(timeouts(times))
}

fn fixed_config(options: &SessionOptions, fixed: &FixedCredentials) -> Result<Found, ApiError> {
    let region = options.region.clone().unwrap_or_else(|| "us-east-1".to_owned());
    let plain = options.endpoint_url.as_ref().is_some_and(|url| url.starts_with("http://"));
    let http = if plain { http::direct_client() } else { http::client(None)? };
    let secret = fixed.secret_access_key.expose_secret();
    let keys = Credentials::new(&fixed.access_key_id, secret, None, None, "given");
    let mut config = SdkConfig::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::new(region.clone()))
        .credentials_provider(SharedCredentialsProvider::new(keys))
        .http_client(http)
        .retry_config(RetryConfig::standard())
        .timeout_config(timeouts(options.times))
        .sleep_impl(SharedAsyncSleep::new(TokioSleep::new()))
        .time_source(SharedTimeSource::new(SystemTimeSource::new()))
        // Against a clock that is not real every denial would be tried again as a matter of clocks.
        .disable_clock_skew_correction(true);
    if let Some(url) = &options.endpoint_url {
        config = config.endpoint_url(url);
        config.insert_origin("endpoint_url", Origin::shared_config());
    }
    Ok(Found {
        config: named(config.build()),
        profile: options.profile.clone(),
        region,
        region_assumed: options.region.is_none(),
    })
}

/// More attempts than the SDK's, unless the person has said how many: calls that are not held back meet the quotas of
/// an endpoint by being refused. The pauses together stay below [`CALL_LIMIT`].
fn patient(config: SdkConfig) -> SdkConfig {
    let retry = config.retry_config().cloned().unwrap_or_else(RetryConfig::standard);
    if retry.max_attempts() != RetryConfig::standard().max_attempts() {
        return config;
    }
    let retry = retry.with_max_attempts(PATIENT_ATTEMPTS).with_max_backoff(PATIENT_PAUSE);
    config.into_builder().retry_config(retry).build()
}

/// Adds this program's name to the user agent, by which CloudTrail shows what made a call.
fn named(config: SdkConfig) -> SdkConfig {
    let mut builder = config.into_builder();
    if let Ok(name) = AppName::new(concat!(env!("CARGO_PKG_NAME"), "-", env!("CARGO_PKG_VERSION"))) {
        builder.set_app_name(Some(name));
    }
    let version = Some(env!("CARGO_PKG_VERSION"));
    if let Ok(framework) = FrameworkMetadata::new(env!("CARGO_PKG_NAME"), version) {
        builder.set_framework_metadata(vec![framework]);
    }
    builder.build()
}

fn timeouts(times: TimeLimits) -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(times.connect)
        .operation_attempt_timeout(times.attempt)
        .operation_timeout(times.call)
        .build()
}

#[cfg(test)]
#[path = "session_tests.rs"]
mod tests;
