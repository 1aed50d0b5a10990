//! The only way out of the core: effects, notifications, and the ids of reads and writes.

use std::mem;

use crate::app::effect::Effect;
use crate::app::ids::{RunId, WriteId};
use crate::app::notification::Notification;
use crate::domain::remote_data::ReadId;

#[derive(Clone, Debug, Default)]
pub(crate) struct Outbox {
    effects: Vec<Effect>,
    notification: Vec<Notification>,
    next_read: u64,
    next_write: u64,
    next_run: u64,
}

impl Outbox {
    pub(crate) fn push(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Shown at the end of the message.
    pub(crate) fn notify(&mut self, notification: Notification) {
        self.notification.push(notification);
    }

    pub(crate) fn read_id(&mut self) -> ReadId {
        self.next_read += 1;
        ReadId(self.next_read)
    }

    pub(crate) fn write_id(&mut self) -> WriteId {
        self.next_write += 1;
        WriteId(self.next_write)
    }

    pub(crate) fn run_id(&mut self) -> RunId {
        self.next_run += 1;
        RunId(self.next_run)
    }

    pub(in crate::app) fn take_notifications(&mut self) -> Vec<Notification> {
        mem::take(&mut self.notification)
    }

    pub(in crate::app) fn take_effects(&mut self) -> Vec<Effect> {
        mem::take(&mut self.effects)
    }
}
