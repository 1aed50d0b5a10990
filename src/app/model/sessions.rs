use jiff::SignedDuration;

use crate::app::command_id::DisabledReason;
use crate::app::effect::{Effect, Wake};
use crate::app::model::Model;
use crate::app::notification::Notification;
use crate::domain::root_session::{SessionInfo, SessionKey};

impl Model {
    /// Asks to be woken when a countdown has to be redrawn, once at a time.
    pub(in crate::app) fn tick_sessions(&mut self) {
        if self.sessions.tick_asked {
            return;
        }
        if let Some(wait) = self.sessions.next_tick(self.now) {
            self.sessions.tick_asked = true;
            self.out.push(Effect::Wake(wait, Wake::Countdown));
        }
    }

    pub(in crate::app) fn can_list_sessions(&self) -> Result<(), DisabledReason> {
        self.sessions.newest().map(|_| ()).ok_or(DisabledReason::NoSession)
    }

    /// Reports that the shell has ended, and what became of its session meanwhile.
    pub(in crate::app) fn shell_ended(&mut self, key: SessionKey) {
        match self.sessions.get(key) {
            Some(session) if session.expires > self.now => self.out.notify(Notification::ShellEnded(key)),
            // Its end is reported like that of any session.
            Some(_) => {}
            None => self.out.notify(Notification::SessionEnded(key)),
        }
    }

    /// Zero once it has ended.
    pub(crate) fn time_left(&self, session: SessionInfo) -> SignedDuration {
        session.expires.duration_since(self.now).max(SignedDuration::ZERO)
    }
}
