//! The demo: an emulated AWS in this process.

use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use tokio::sync::{OnceCell, mpsc};

use super::arguments::Arguments;
use crate::app::msg::Msg;
use crate::aws::session::{FixedCredentials, SessionOptions};
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::mail::Mail;
use crate::domain::profile::{CredentialSource, Profile};
use crate::domain::request_limits::RequestLimits;
use crate::emulator::{Emulator, Identity, Options, Throttle, start};
use crate::runtime::policy_file::MemoryFolder;
use crate::words::cli::organizations::ACQUIRED_ORGANIZATION;
use crate::words::cli::program::no_emulator;

/// The profile of the management account of another organization.
pub(super) const ACQUIRED: &str = "acquired";
const ACQUIRED_ACCOUNTS: usize = 24;
const REGION: &str = "us-east-1";

/// The demo's AWS, started when it is first needed so that the first frame does not wait for it.
#[derive(Clone, Debug)]
pub(super) struct Demo {
    options: Options,
    started_as: Identity,
    identity: Identity,
    /// What the caller is shown as, where a person has chosen it from the profiles.
    profile: Option<String>,
    emulator: Arc<OnceCell<Emulator>>,
    /// The AWS of another organization.
    acquired: Arc<OnceCell<Emulator>>,
    is_acquired: bool,
    pub(super) policies: MemoryFolder,
}

impl Demo {
    pub(super) fn new(arguments: &Arguments) -> Self {
        let identity = arguments.demo_as.into();
        // Whoever asks as a delegate wants to see one.
        let options = Options {
            delegates: vec![identity],
            accounts: arguments.demo_accounts,
            latency: Duration::from_millis(arguments.demo_latency),
            throttle: Throttle::Off,
            ..Options::default()
        };
        Self {
            options,
            started_as: identity,
            identity,
            profile: None,
            emulator: Arc::default(),
            acquired: Arc::default(),
            is_acquired: false,
            policies: MemoryFolder::default(),
        }
    }

    /// Whether one of its profiles is called so.
    pub(super) fn has_profile(name: &str) -> bool {
        name == ACQUIRED || Identity::ALL.into_iter().any(|identity| identity.name() == name)
    }

    /// The same AWS, asked by another of its callers; by the first one again if nobody is called so.
    pub(super) fn asked_by(&self, name: Option<&str>) -> Self {
        let found = name.and_then(|name| Identity::ALL.into_iter().find(|identity| identity.name() == name));
        let is_acquired = name == Some(ACQUIRED);
        let otherwise = if is_acquired { Identity::Management } else { self.started_as };
        let profile = name.map(ToOwned::to_owned);
        Self { identity: found.unwrap_or(otherwise), profile, is_acquired, ..self.clone() }
    }

    /// Its callers, as profiles to choose among; first the one that it was started with.
    pub(super) fn profiles(&self) -> Vec<Profile> {
        let profile = |name: Option<&str>, about: &'static str| Profile {
            name: name.map(ToOwned::to_owned),
            source: CredentialSource::Demo(about),
            region: None,
            account: None,
            endpoint: None,
            sign_in: None,
            mfa: None,
        };
        let all = Identity::ALL.into_iter().map(|identity| profile(Some(identity.name()), identity.description()));
        let acquired = profile(Some(ACQUIRED), ACQUIRED_ORGANIZATION);
        std::iter::once(profile(None, self.started_as.name())).chain(all).chain([acquired]).collect()
    }

    async fn emulator(&self) -> Result<&Emulator, ApiError> {
        let (emulator, options) = if self.is_acquired {
            let delegates = Vec::new();
            (&self.acquired, Options { accounts: Some(ACQUIRED_ACCOUNTS), delegates, ..self.options.clone() })
        } else {
            (&self.emulator, self.options.clone())
        };
        let started = emulator.get_or_try_init(|| start(options)).await;
        started.map_err(|error| ApiError::new("rootdeck:demo", ApiErrorKind::Local, &no_emulator(error)))
    }

    /// How to reach it, and nothing else: no environment, no proxy, no file.
    pub(super) async fn session_options(&self) -> Result<SessionOptions, ApiError> {
        let emulator = self.emulator().await?;
        let key = emulator.access_key(self.identity);
        Ok(SessionOptions {
            profile: self.profile.clone(),
            region: Some(REGION.to_owned()),
            endpoint_url: Some(emulator.endpoint_url()),
            fixed: Some(FixedCredentials { access_key_id: key.id, secret_access_key: SecretString::from(key.secret) }),
            paced: false,
            limits: RequestLimits::default(),
            mfa_code: None,
        })
    }

    /// Sends the mailbox whenever it has changed, for as long as somebody listens.
    pub(super) async fn deliver(&self, to: mpsc::UnboundedSender<Msg>) {
        let Ok(emulator) = self.emulator().await else { return };
        let mut changed = emulator.mail_changed();
        while changed.changed().await.is_ok() {
            let mails = emulator.mail().into_iter().map(|mail| Mail {
                to: mail.to,
                subject: mail.subject,
                body: mail.body,
                sent: mail.sent_at,
            });
            if to.send(Msg::Mail(mails.collect())).is_err() {
                return;
            }
        }
    }
}
