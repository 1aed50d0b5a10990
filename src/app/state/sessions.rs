//! Root sessions opened to be handed over. The credentials never come here: the engine keeps them,
//! and gives them to a shell or the clipboard when told to.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;

use crate::domain::remote_data::ReadId;
use crate::domain::root_session::{SessionInfo, SessionKey};

#[derive(Clone, Debug, Default)]
pub(crate) struct Sessions {
    /// The newest last.
    info: Vec<SessionInfo>,
    /// Those that AWS was asked for, and for how many seconds.
    pub(in crate::app) asked: BTreeMap<ReadId, (SessionKey, u16)>,
    pub(in crate::app) tick_asked: bool,
}

impl Sessions {
    /// The newest last.
    pub(crate) fn all(&self) -> &[SessionInfo] {
        &self.info
    }

    pub(crate) fn newest(&self) -> Option<SessionInfo> {
        self.info.last().copied()
    }

    pub(crate) fn get(&self, key: SessionKey) -> Option<SessionInfo> {
        self.info.iter().find(|session| session.key == key).copied()
    }

    /// Whether AWS was asked for this one and has not answered.
    pub(crate) fn is_asked(&self, key: SessionKey) -> bool {
        self.asked.values().any(|(asked, _)| *asked == key)
    }

    pub(in crate::app) fn take(&mut self, session: SessionInfo) {
        self.info.retain(|known| known.key != session.key);
        self.info.push(session);
    }

    /// Removes and returns those that have ended.
    pub(in crate::app) fn expire(&mut self, now: Timestamp) -> Vec<SessionKey> {
        let ended = self.info.iter().filter(|session| session.expires <= now).map(|session| session.key).collect();
        self.info.retain(|session| session.expires > now);
        ended
    }

    /// The time until a countdown changes: every 10 seconds, in the last minute every second. Each
    /// change costs bytes on the line. `None` without a countdown.
    pub(in crate::app) fn next_tick(&self, now: Timestamp) -> Option<Duration> {
        const MINUTE: i128 = 60_000;
        let wait = |session: &SessionInfo| {
            let left = session.expires.duration_since(now).as_millis();
            let step = if left > MINUTE { 10_000 } else { 1_000 };
            // A timer that fires a little early must not fire again at once.
            let rest = left.rem_euclid(step);
            if rest < 50 { rest + step } else { rest }
        };
        let least = self.info.iter().map(wait).min()?;
        u64::try_from(least).ok().map(Duration::from_millis)
    }
}
