use std::time::Duration;

use crate::app::effect::{Effect, Read, Wake};
use crate::app::shell::{App, REST};

impl App {
    pub(in crate::app) fn woken(&mut self, wake: Wake) {
        match wake {
            Wake::Rest(rest) if rest == self.rests => {
                self.details = self.selected_id();
                self.model.journal.details = self.model.journal.pane.list.selected();
            }
            Wake::Rest(_) => {}
            Wake::Fade(id) => {
                self.notifications.remove(id);
            }
            Wake::Minute => self.minute_asked = false,
            Wake::LookAt(switch) => self.look_at(&switch),
            Wake::LookAtPolicy(account, holder) => self.model.look_at_policy(account, &holder),
            Wake::Countdown => self.model.sessions.tick_asked = false,
            Wake::Resolve => self.resolve_again(),
            Wake::AskNext => self.ask_next(),
            Wake::Follow(account) => {
                let facts = self.model.emails.entry(account);
                facts.look_due = false;
                if facts.looks.is_some() {
                    self.model.read(Read::EmailChange(account));
                }
            }
        }
    }

    /// A countdown on screen needs a tick each minute; nothing else does.
    pub(in crate::app) fn tick_if_needed(&mut self) {
        if self.counts_down() && !self.minute_asked {
            self.minute_asked = true;
            self.model.out.push(Effect::Wake(Duration::from_mins(1), Wake::Minute));
        }
    }

    fn counts_down(&self) -> bool {
        let dialog = self.layers.iter().any(|layer| layer.dialog().counts_down());
        let header = self.model.recovery.next_end().is_some_and(|open| !open.is_expired(self.model.now));
        let view = self.shown().counts_down(&self.model, self.geometry.one_pane, self.details);
        dialog || header || view
    }

    pub(in crate::app) fn rest(&mut self) {
        self.rests += 1;
        self.model.out.push(Effect::Wake(REST, Wake::Rest(self.rests)));
    }
}
