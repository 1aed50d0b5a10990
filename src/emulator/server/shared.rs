//! What connections share: how a request is admitted and performed.

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::sync::{Mutex, MutexGuard};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};

use super::worlds::{Worlds, locked};
use crate::emulator::faults::{Faults, InjectedFaultKind, InjectedFaultRule};
use crate::emulator::identity::SECRET;
use crate::emulator::signature::verify;
use crate::emulator::throttle::{Buckets, Demand};
use crate::emulator::wire::{self, Answer, Incoming, Reply};
use crate::emulator::world::blueprint::FeatureSet;
use crate::emulator::world::mfa::{MfaCode, MfaDevice};
use crate::emulator::world::sessions::NoSession;
use crate::emulator::{
    Caller, Options, Refusal, Request, Service, Signed, StartError, VerifySignatures, World, authorize,
};
use crate::emulator::{account, iam, organizations, s3, sqs, sso, sts};

/// How fast the clock is that the fault `clock-skew` reports.
const FAST: SignedDuration = SignedDuration::from_mins(10);
const LOG_LENGTH: usize = 1 << 16;

#[derive(Debug)]
pub(crate) struct Shared {
    worlds: Worlds,
    /// By access key id. Sessions are in the world.
    callers: HashMap<&'static str, Caller>,
    faults: Mutex<Faults>,
    buckets: Mutex<Buckets>,
    log: Mutex<VecDeque<(String, String)>>,
    performed: Mutex<VecDeque<(String, String)>>,
    latency: Duration,
    verify: VerifySignatures,
}

impl Shared {
    pub(crate) fn new(options: &Options, address: SocketAddr) -> Result<Self, StartError> {
        let worlds = Worlds::new(options, address)?;
        Ok(Self {
            callers: worlds.callers(),
            worlds,
            faults: Mutex::new(Faults::new(options.faults.clone(), options.seed)),
            buckets: Mutex::new(Buckets::new(options.throttle)),
            log: Mutex::default(),
            performed: Mutex::default(),
            latency: options.latency,
            verify: options.verify_signatures,
        })
    }

    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.worlds.of(FeatureSet::All)
    }

    pub(crate) fn mfa_code(&self) -> Option<MfaCode> {
        self.world().mfa_device.as_ref().map(MfaDevice::shown)
    }

    pub(crate) fn advance(&self, by: Duration) {
        self.worlds.advance(by);
    }

    pub(crate) fn inject(&self, rule: InjectedFaultRule) {
        locked(&self.faults).add(rule);
    }

    pub(crate) fn behave(&self) {
        locked(&self.faults).clear();
    }

    pub(crate) fn performed(&self) -> Vec<(String, String)> {
        locked(&self.performed).iter().cloned().collect()
    }

    pub(crate) fn requests(&self) -> Vec<(String, String)> {
        locked(&self.log).iter().cloned().collect()
    }

    /// `None` if the connection is to end without an answer.
    pub(super) async fn serve(&self, incoming: &Incoming, signed: Signed<'_>) -> Option<Reply> {
        let request_id = request_id();
        let Some(service) = incoming.service else { return Some(wire::nobody(&request_id)) };
        let operation = incoming.operation.as_str();
        remember(&self.log, service, operation);
        let injected = locked(&self.faults).strike(operation);
        let pause = self.latency.saturating_add(injected.delay);
        if !pause.is_zero() {
            tokio::time::sleep(pause).await;
        }
        if injected.kind == Some(InjectedFaultKind::Drop) {
            return None;
        }
        let outcome = self.outcome(service, incoming, signed, injected.kind);
        if outcome.is_ok() {
            remember(&self.performed, service, operation);
        }
        let mut reply = wire::reply(service, incoming, outcome, &request_id);
        let status = reply.status();
        tracing::debug!(service = service.name(), operation, status, "answered");
        match injected.kind {
            Some(InjectedFaultKind::LoseReply) => return None,
            Some(InjectedFaultKind::Malformed) => reply.cut_in_half(),
            _ => {}
        }
        Some(reply)
    }

    fn outcome(
        &self,
        service: Service,
        incoming: &Incoming,
        signed: Signed<'_>,
        fault: Option<InjectedFaultKind>,
    ) -> Result<Answer, Refusal> {
        let operation = incoming.operation.as_str();
        let caller = self.caller(service, incoming, signed)?;
        match fault {
            Some(InjectedFaultKind::ExpiredToken) => return Err(service.expired_token()),
            Some(InjectedFaultKind::ClockSkew) => {
                let now = Timestamp::now();
                return Err(service.skewed(now, now.saturating_add(FAST).unwrap_or(now)));
            }
            Some(InjectedFaultKind::Throttle) => return Err(service.throttled()),
            Some(InjectedFaultKind::InternalError) => return Err(service.internal_error()),
            Some(InjectedFaultKind::AccessDenied) => return Err(service.access_denied(&caller, operation)),
            _ => {}
        }
        let input = incoming.input.as_ref().map_err(Clone::clone)?;
        let demand =
            Demand { service, operation, caller: &caller.account, target: input.text("AccountId").ok().flatten() };
        if !locked(&self.buckets).admit(demand, Instant::now()) {
            return Err(service.throttled());
        }
        let region = incoming.region.as_deref().unwrap_or_default();
        let global_endpoint = incoming.global_endpoint;
        self.perform(service, Request { caller: &caller, region, operation, input, global_endpoint })
    }

    /// Long-lived keys need no session token, and one that comes along is not looked at. The portal only knows tokens.
    fn caller(&self, service: Service, incoming: &Incoming, signed: Signed<'_>) -> Result<Caller, Refusal> {
        let token = incoming.session_token.as_ref().map(ExposeSecret::expose_secret);
        if service == Service::Sso {
            return sso::holder(&self.world(), token);
        }
        let key = incoming.access_key.as_deref().ok_or_else(|| service.missing_credentials())?;
        let is_right = |secret: &SecretString| verify(signed, service, secret, Timestamp::now());
        if let Some(caller) = self.callers.get(key) {
            if self.verify == VerifySignatures::All {
                is_right(&SECRET.into())?;
            }
            return Ok(caller.clone());
        }
        let session = self.worlds.session(key, token).map_err(|problem| match problem {
            NoSession::Unknown => service.unknown_credentials(),
            NoSession::Expired => service.expired_token(),
        })?;
        if self.verify != VerifySignatures::Never {
            is_right(&session.secret)?;
        }
        Ok(session.caller)
    }

    fn perform(&self, service: Service, request: Request<'_>) -> Result<Answer, Refusal> {
        let Request { caller, operation, input, .. } = request;
        let mut world = self.worlds.of(caller.feature_set);
        let subject = match service {
            Service::Organizations => Some(organizations::subject(&world, operation, input)),
            Service::Account => Some(account::subject(&world.organization, caller, operation, input)),
            Service::Iam => Some(iam::subject(&world, caller, operation, input)?),
            // What their requests are about is known only after they are read.
            Service::Sts | Service::S3 | Service::Sqs => None,
            // The token is all it takes.
            Service::Sso => None,
        };
        if let Some(subject) = subject {
            authorize(&world, caller, service, operation, subject)?;
        }
        match service {
            Service::Organizations => organizations::call(&mut world, request),
            Service::Account => account::call(&mut world, request),
            Service::Iam => iam::call(&mut world, request),
            Service::Sts => sts::call(&mut world, request),
            Service::Sso => sso::call(&mut world, request),
            Service::S3 => s3::call(&mut world, request),
            Service::Sqs => sqs::call(&mut world, request),
        }
    }
}

fn remember(log: &Mutex<VecDeque<(String, String)>>, service: Service, operation: &str) {
    let mut log = locked(log);
    if log.len() == LOG_LENGTH {
        log.pop_front();
    }
    log.push_back((service.name().to_owned(), operation.to_owned()));
}

/// A random UUID, which is what AWS names requests by.
fn request_id() -> String {
    let [high, low]: [u64; 2] = std::array::from_fn(|_| getrandom::u64().unwrap_or_default());
    let (first, second, third) = (high >> 32, (high >> 16) & 0xffff, high & 0xfff);
    format!("{first:08x}-{second:04x}-4{third:03x}-{:04x}-{:012x}", 0x8000 | low >> 50, low & 0xffff_ffff_ffff)
}
