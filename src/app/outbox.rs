//! The only way out of the core: effects, notifications, and the numbers that questions and writes go out
//! under.

use std::mem;

use crate::app::effect::Effect;
use crate::app::ids::{RunId, WriteId};
use crate::app::notification::Notification;
use crate::domain::remote_data::ReadId;

/// What one message has brought about so far, in order.
#[derive(Clone, Debug, Default)]
pub struct Outbox {
    effects: Vec<Effect>,
    notification: Vec<Notification>,
    next_read: u64,
    next_write: u64,
    next_run: u64,
}

impl Outbox {
    /// Has something done outside.
    pub fn push(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Tells the person something, at the end of the message.
    pub fn notify(&mut self, notification: Notification) {
        self.notification.push(notification);
    }

    /// The number of the next question.
    pub fn read_id(&mut self) -> ReadId {
        self.next_read += 1;
        ReadId(self.next_read)
    }

    /// The number of the next write.
    pub fn write_id(&mut self) -> WriteId {
        self.next_write += 1;
        WriteId(self.next_write)
    }

    /// The number of the next run over accounts.
    pub fn run_id(&mut self) -> RunId {
        self.next_run += 1;
        RunId(self.next_run)
    }

    /// Takes what is to be told.
    pub(in crate::app) fn take_notifications(&mut self) -> Vec<Notification> {
        mem::take(&mut self.notification)
    }

    /// Takes what is to be done, in order.
    pub(in crate::app) fn take_effects(&mut self) -> Vec<Effect> {
        mem::take(&mut self.effects)
    }
}
