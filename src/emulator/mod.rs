//! Another AWS on loopback, for the demo and the tests.
//!
//! It speaks the wire protocols of AWS Organizations, Account Management, IAM, STS, S3, SQS and the portal of IAM
//! Identity Center over HTTP. In what rootdeck uses the AWS SDK and the AWS CLI cannot tell the difference.
//!
//! It has a state (`world`): what one call changes, the next one sees. Its clock can be moved ([`Emulator::advance`]),
//! its mail read ([`Emulator::mail`]), and it can misbehave ([`InjectedFaultRule`]).
//!
//! Where AWS's behavior is not documented and was never captured, a comment says that it is a guess.

mod account;
mod authorize;
mod callers;
mod denial;
mod faults;
mod grants;
mod held;
mod iam;
mod identity;
mod mailbox;
mod options;
mod organizations;
mod random;
mod refusal;
mod request;
mod request_context;
mod resource_policy;
mod s3;
mod server;
mod service;
mod signature;
mod sqs;
mod sso;
mod sts;
mod task_policy;
mod throttle;
mod validation;
mod wire;
mod world;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{oneshot, watch};

pub use faults::{InjectedFaultKind, InjectedFaultRule, InjectedFaultRuleError, Occurrence};
pub use held::{Held, HeldAccount};
pub use identity::{AccessKey, Identity};
pub use mailbox::Mail;
pub use options::{MAX_ACCOUNTS, Options, StartError, Throttle, VerifySignatures};
pub use sso::SSO_TOKEN;
pub use world::mfa::MfaCode;

// What the services share.
use authorize::{Subject, authorize};
use callers::Caller;
use denial::Denial;
use refusal::{Detail, Refusal};
use request::Request;
use server::Shared;
use service::Service;
use signature::Signed;
use wire::{Answer, Element, Input, PageKey, Window};
use world::{OrgRole, World};

/// Dropping it closes the listener, and every connection after the answer it is working on.
#[derive(Debug)]
pub struct Emulator {
    address: SocketAddr,
    shared: Arc<Shared>,
    /// Its end is the server's signal to stop.
    _stop: oneshot::Sender<()>,
}

/// Builds the world and serves it in tasks of the current tokio runtime.
///
/// # Errors
/// [`StartError`] when the address is not a loopback one or cannot be bound, when the number of
/// accounts is out of range, or when the demo organization does not hold together.
pub async fn start(options: Options) -> Result<Emulator, StartError> {
    let listener = server::bind(options.listen).await?;
    let address = listener.address();
    let shared = Arc::new(Shared::new(&options, address)?);
    let (stop, stopped) = oneshot::channel();
    tokio::spawn(server::run(listener, Arc::clone(&shared), stopped));
    tracing::debug!(%address, "emulator listens");
    Ok(Emulator { address, shared, _stop: stop })
}

impl Emulator {
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The value for `AWS_ENDPOINT_URL`, or for an SDK client's `endpoint_url`.
    pub fn endpoint_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The credentials of `who`, the same in every emulator. In a generated organization of few accounts only those of
    /// the management account may exist.
    pub fn access_key(&self, who: Identity) -> AccessKey {
        who.access_key()
    }

    /// Newest last.
    pub fn mail(&self) -> Vec<Mail> {
        self.shared.world().mailbox.all().to_vec()
    }

    /// The number of mails sent so far.
    pub fn mail_changed(&self) -> watch::Receiver<usize> {
        self.shared.world().mailbox.changed()
    }

    /// Good for one session of [`Identity::User`]; then there is another.
    pub fn mfa_code(&self) -> Option<MfaCode> {
        self.shared.mfa_code()
    }

    /// Makes codes expire and changes complete. The `Date` header stays real: from another one the SDK would conclude
    /// that its clock is wrong.
    pub fn advance(&self, by: Duration) {
        self.shared.advance(by);
    }

    /// Rules are tried in the order they came in, after those of [`Options::faults`].
    pub fn inject(&self, rule: InjectedFaultRule) {
        self.shared.inject(rule);
    }

    /// Drops every rule: no more faults.
    pub fn behave(&self) {
        self.shared.behave();
    }

    /// What can be changed, as it is now.
    pub fn held(&self) -> Held {
        Held::of(&self.shared.world())
    }

    /// Those of the [`Emulator::requests`] that were carried out, whatever became of their answers.
    pub fn performed(&self) -> Vec<(String, String)> {
        self.shared.performed()
    }

    /// Oldest first, as (service, operation), for instance `("organizations", "ListAccounts")`; also those that were
    /// refused. Only the latest 65,536 are kept.
    pub fn requests(&self) -> Vec<(String, String)> {
        self.shared.requests()
    }

    /// For the AWS CLI and the SDKs, as the administrator of the management account.
    pub fn shell_lines(&self) -> Vec<String> {
        let key = self.access_key(Identity::Management);
        vec![
            format!("export AWS_ENDPOINT_URL={}", self.endpoint_url()),
            format!("export AWS_ACCESS_KEY_ID={}", key.id),
            format!("export AWS_SECRET_ACCESS_KEY={}", key.secret),
            "export AWS_REGION=us-east-1".to_owned(),
            "export AWS_DEFAULT_REGION=us-east-1".to_owned(),
        ]
    }
}
