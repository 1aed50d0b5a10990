//! Who may call from the start.

use std::collections::HashMap;

use crate::emulator::callers::Caller;
use crate::emulator::world::entities::Entities;

/// The principals that are there from the start, by access key id. Sessions that were given out
/// are in the world.
#[derive(Debug, Default)]
pub(crate) struct Callers(HashMap<&'static str, Caller>);

impl Callers {
    pub(crate) fn add(&mut self, entities: &Entities) {
        self.0.extend(entities.callers().map(|(key, caller)| (key, caller.clone())));
    }

    pub(crate) fn with_key(&self, access_key_id: &str) -> Option<&Caller> {
        self.0.get(access_key_id)
    }
}
