//! The purpose of calls in member accounts.

use std::sync::{Arc, OnceLock};

use jiff::Timestamp;

use crate::aws::clock::AwsClock;
use crate::aws::retry::Throttles;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::email_plan::PlanId;
use crate::engine::shared::{Clock, Engine};

#[derive(Clone)]
pub(in crate::engine) struct OperationContext {
    clock: Clock,
    aws: AwsClock,
    /// The reason or ticket given by the person, for the journal.
    pub(super) reason: Option<String>,
    place: Option<(PlanId, u64)>,
    /// How many accounts are worked on for it.
    pub(in crate::engine) accounts: usize,
    /// Whether it changes nothing and hands over no session.
    pub(super) reads: bool,
    pub(super) throttles: Throttles,
    pub(super) hopeless: Arc<OnceLock<ApiError>>,
}

impl OperationContext {
    pub(in crate::engine) fn new(engine: &Engine, clock: Clock, reason: Option<String>) -> Self {
        let aws = engine.clients().clock.clone();
        let (throttles, hopeless) = (Throttles::default(), Arc::default());
        Self { clock, aws, reason, place: None, accounts: 1, reads: false, throttles, hopeless }
    }

    pub(in crate::engine) fn at_line(&self, plan: PlanId, line: u64) -> Self {
        Self { place: Some((plan, line)), ..self.clone() }
    }

    pub(in crate::engine) fn place(&self) -> Option<(PlanId, u64)> {
        self.place
    }

    pub(in crate::engine) fn on(self, accounts: usize) -> Self {
        Self { accounts, ..self }
    }

    pub(super) fn look(engine: &Engine) -> Self {
        Self { reads: true, ..Self::to_hand_over(engine, engine.reason()) }
    }

    /// A session for somebody else, now.
    pub(super) fn to_hand_over(engine: &Engine, reason: Option<String>) -> Self {
        Self::new(engine, Arc::new(Timestamp::now), reason)
    }

    /// Records a refusal that is about the caller or the organization: further accounts would be refused as well, and
    /// each attempt is journaled here and logged there.
    pub(super) fn note(&self, refused: &ApiError) {
        let gate = matches!(refused.kind, ApiErrorKind::TrustedAccessOff | ApiErrorKind::RootFeatureOff(_));
        if gate || refused.kind.is_about_credentials() {
            // The request id is that of one account's call only.
            self.hopeless.set(ApiError { request_id: None, ..refused.clone() }).ok();
        }
    }

    pub(in crate::engine) fn throttled(&self) -> tokio::sync::watch::Receiver<u64> {
        self.throttles.count()
    }

    /// AWS's time: its reports and sessions are compared with it.
    pub(in crate::engine) fn now(&self) -> Timestamp {
        self.aws.at((self.clock)())
    }
}
