//! The demo: an emulated AWS in this process.

use std::time::Duration;

use secrecy::SecretString;
use tokio::sync::{OnceCell, mpsc};

use super::arguments::Arguments;
use crate::app::msg::Msg;
use crate::aws::session::{FixedCredentials, SessionOptions};
use crate::domain::fault::{Fault, FaultKind};
use crate::domain::mail::Mail;
use crate::emulator::{Emulator, Identity, Options, Throttle, start};

/// The demo's AWS, started when it is first needed so that the first frame does not wait for it.
#[derive(Debug)]
pub(super) struct Demo {
    options: Options,
    identity: Identity,
    emulator: OnceCell<Emulator>,
}

impl Demo {
    pub(super) fn new(arguments: &Arguments) -> Self {
        let options = Options {
            accounts: arguments.demo_accounts,
            latency: Duration::from_millis(arguments.demo_latency),
            throttle: Throttle::Off,
            ..Options::default()
        };
        Self { options, identity: arguments.demo_as.into(), emulator: OnceCell::new() }
    }

    async fn emulator(&self) -> Result<&Emulator, Fault> {
        let starting = || start(self.options.clone());
        self.emulator.get_or_try_init(starting).await.map_err(|error| {
            Fault::new("rootdeck:demo", FaultKind::Local, &format!("the emulator can't be started: {error}"))
        })
    }

    /// How to reach it, and nothing else: no environment, no proxy, no file.
    ///
    /// # Errors
    /// Where it can't be started.
    pub(super) async fn session_options(&self) -> Result<SessionOptions, Fault> {
        let emulator = self.emulator().await?;
        let key = emulator.access_key(self.identity);
        Ok(SessionOptions {
            profile: None,
            region: Some("us-east-1".to_owned()),
            endpoint_url: Some(emulator.endpoint_url()),
            fixed: Some(FixedCredentials { access_key_id: key.id, secret_access_key: SecretString::from(key.secret) }),
            paced: false,
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
