use jiff::Timestamp;

use crate::app::shell::App;
use crate::app::state::board::SettledWith;
use crate::app::view::View;
use crate::domain::account::AccountId;
use crate::domain::emails::{ChangeState, EmailFacts};

/// What a row is sorted by: what needs a person first.
fn rank(facts: &EmailFacts, now: Timestamp) -> u8 {
    match facts.state(now) {
        ChangeState::AddressUnknown => 0,
        ChangeState::Failed => 1,
        ChangeState::Unconfirmed(_) | ChangeState::OtherStatus(..) | ChangeState::AddressForgotten => 2,
        ChangeState::Pending(_) => 3,
        ChangeState::Expired(_) => 4,
        // Asked, and not known.
        ChangeState::Quiet => 5,
        ChangeState::Accepted => 6,
        ChangeState::Completed => 7,
    }
}

impl App {
    /// Brings the rows of view 2 up to date, and the count on its tab.
    pub(in crate::app) fn recompute_board(&mut self, accounts_settled: bool) {
        let is_shown = self.view == View::EmailChanges;
        let with =
            SettledWith { emails: self.model.emails.version(), minute: self.model.now.as_second() / 60, is_shown };
        if accounts_settled {
            self.model.board.settled = None;
        }
        if self.model.board.settled == Some(with) {
            return;
        }
        self.model.board.settled = Some(with);
        let (emails, now) = (&self.model.emails, self.model.now);
        let known: Vec<_> = emails.iter().filter(|(_, facts)| facts.is_on_board(now)).collect();
        self.model.board.known = known.len();
        self.model.board.alarms = known.iter().filter(|(_, facts)| facts.is_alarm(now)).count();
        self.model.board.open = known.iter().filter(|(_, facts)| facts.is_pending(now)).count();
        if !is_shown {
            return;
        }
        let mut rows: Vec<(u8, Timestamp, AccountId)> = known
            .into_iter()
            .filter(|(id, facts)| self.model.board.filter.is_empty() || self.model.is_change_let(*id, facts))
            .map(|(id, facts)| {
                let at = facts.started.as_ref().map_or(Timestamp::MAX, |started| started.started);
                (rank(facts, now), at, id)
            })
            .collect();
        rows.sort_unstable();
        self.model.board.list.set_rows(rows.into_iter().map(|(.., id)| id).collect());
        if !self.model.board.chosen {
            self.details = self.model.board.list.selected();
        }
    }

    /// Whether a row of view 2 shows a time that runs.
    pub(in crate::app) fn board_counts_down(&self) -> bool {
        let covered = self.geometry.one_pane && self.model.board.reading;
        !covered && self.model.board.list.visible().iter().any(|id| self.model.emails.counts_down(*id, self.model.now))
    }
}
