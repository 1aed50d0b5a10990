//! The organization, and what there is outside of it.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::emulator::world::blueprint::{Blueprint, FeatureSet};
use crate::emulator::world::sessions::{NoSession, Session};
use crate::emulator::world::{self, World};
use crate::emulator::{Caller, Options, StartError};

/// One for each kind of organization. What happens in one is not seen in another.
#[derive(Debug)]
pub(super) struct Worlds {
    organization: Mutex<World>,
    consolidated_billing: Mutex<World>,
    without_organization: Mutex<World>,
}

impl Worlds {
    pub(super) fn new(options: &Options, address: SocketAddr) -> Result<Self, StartError> {
        let [consolidated_billing, without_organization] = Blueprint::outside()?;
        let made = |blueprint| World::new(options, blueprint, address).map(Mutex::new);
        Ok(Self {
            organization: made(world::plan(options)?)?,
            consolidated_billing: made(consolidated_billing)?,
            without_organization: made(without_organization)?,
        })
    }

    fn all(&self) -> [&Mutex<World>; 3] {
        [&self.organization, &self.consolidated_billing, &self.without_organization]
    }

    pub(super) fn callers(&self) -> HashMap<&'static str, Caller> {
        let mut callers = HashMap::new();
        for world in self.all() {
            callers.extend(locked(world).entities.callers().map(|(key, caller)| (key, caller.clone())));
        }
        callers
    }

    pub(super) fn of(&self, feature_set: FeatureSet) -> MutexGuard<'_, World> {
        let mut world = locked(match feature_set {
            FeatureSet::All => &self.organization,
            FeatureSet::ConsolidatedBilling => &self.consolidated_billing,
            FeatureSet::None => &self.without_organization,
        });
        world.catch_up();
        world
    }

    pub(super) fn session(&self, access_key_id: &str, token: Option<&str>) -> Result<Session, NoSession> {
        let mut worst = NoSession::Unknown;
        for world in self.all() {
            let world = locked(world);
            match world.sessions.get(access_key_id, token, world.now()) {
                Ok(session) => return Ok(session.clone()),
                Err(NoSession::Unknown) => {}
                Err(NoSession::Expired) => worst = NoSession::Expired,
            }
        }
        Err(worst)
    }

    pub(super) fn advance(&self, by: Duration) {
        self.all().into_iter().for_each(|world| locked(world).advance(by));
    }
}

/// A panic while a lock is held spoils one request, not all later ones.
pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
