use crate::app::effect::{Effect, Read, Wake};
use crate::app::model::start_asking::EACH;
use crate::app::shell::App;
use crate::app::state::choices::AskScope;
use crate::app::state::start_asking::Phase;
use crate::domain::remote_data::RemoteData;

impl App {
    pub(in crate::app) fn begin_start_asking(&mut self) {
        let limit = self.model.start.ask_at_start;
        if self.model.start_asking.phase != Phase::NotBegun || limit == 0 || !self.model.can_ask_at_start() {
            return;
        }
        let all = self.asked_in(AskScope::All);
        self.model.start_asking.total = all.len();
        if all.len() > limit {
            self.model.start_asking.phase = Phase::TooMany;
            return;
        }
        self.model.start_asking.phase = Phase::Asking;
        self.model.start_asking.waiting = all.into();
        self.model.out.push(Effect::Wake(EACH, Wake::AskNext));
    }

    /// Waits while a person is waiting for such an answer.
    pub(in crate::app) fn ask_next(&mut self) {
        if self.model.start_asking.phase != Phase::Asking || self.model.start_asking.asked.is_some() || self.quitting {
            return;
        }
        if self.model.in_progress.is_some() || self.model.emails.is_asking() {
            self.model.out.push(Effect::Wake(EACH, Wake::AskNext));
            return;
        }
        while let Some(account) = self.model.start_asking.waiting.pop_front() {
            // What was asked in this run is known already.
            let known = self.model.emails.get(account).is_some_and(|facts| facts.change != RemoteData::NotAsked);
            if !known || self.model.emails.get(account).is_some_and(crate::domain::emails::EmailFacts::is_kept) {
                self.model.start_asking.asked = Some(account);
                self.model.read_in_background(Read::EmailChange(account));
                return;
            }
        }
        self.model.start_asking.phase = Phase::Done;
    }
}
