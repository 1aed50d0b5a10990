//! View 2: the email changes that are known, from this machine's store and from AWS.

use crate::app::model::Model;
use jiff::Timestamp;

use super::App;
use super::View;
use super::filter::{AccountFacts, AccountText, Filter};
use super::list::{List, Motion};
use crate::domain::account::{AccountId, AccountState};
use crate::domain::emails::{ChangeState, EmailFacts};

/// How view 2 shows the changes.
#[derive(Clone, Debug, Default)]
pub struct Board {
    /// The rows, and the selection.
    pub list: List<AccountId>,
    /// What is shown of them.
    pub filter: Filter,
    /// Whether the details have the focus.
    pub reading: bool,
    /// The first line of the details on screen.
    pub top: usize,
    /// How many changes are not over, whatever the filter.
    pub open: usize,
    /// How many of those were started elsewhere.
    pub alarms: usize,
    /// How many changes are known, whatever the filter.
    pub known: usize,
    /// Whether a row was chosen: until then the first one is.
    pub(super) chosen: bool,
    /// What the rows were settled with; `None` where they have to be again.
    settled: Option<SettledWith>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct SettledWith {
    emails: u64,
    minute: i64,
    is_shown: bool,
}

impl Board {
    /// Notes that the filter, or what it asks for, has changed.
    pub(super) fn mark_dirty(&mut self) {
        self.settled = None;
    }

    /// Moves the cursor, or the text of the details.
    pub fn go(&mut self, motion: Motion, rows: usize, lines: usize) {
        if self.reading {
            self.top = motion.apply(self.top, rows, lines).min(lines.saturating_sub(rows));
        } else {
            self.chosen = true;
            self.top = 0;
            self.list.go(motion);
        }
    }
}

/// What a row is sorted by: what needs a person first.
fn rank(facts: &EmailFacts, now: Timestamp) -> u8 {
    match facts.org_role(now) {
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

impl Model {
    /// Whether the filter of view 2 lets a change through: of the account, or of the address it is to have.
    fn is_change_let(&self, id: AccountId, facts: &EmailFacts) -> bool {
        let account = self.accounts.get(id);
        let name = account.map_or("", |account| account.name.as_str());
        let known = facts.primary.value().map(String::as_str);
        let emails =
            [account.map(|account| account.email.as_str()), known, facts.started.as_ref().map(|it| it.new.as_str())];
        let emails: Vec<&str> = emails.into_iter().flatten().collect();
        let text = AccountText::of(id, name, &emails, self.accounts.path(id));
        let state = account.map_or(&AccountState::Unknown, |account| &account.state);
        let beside = || self.beside(id);
        self.board.filter.lets_account(&AccountFacts { text: &text, state, beside })
    }
}

impl App {
    /// Brings the rows of view 2 up to date, and the count on its tab.
    pub(super) fn recompute_board(&mut self, accounts_settled: bool) {
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
    pub(super) fn board_counts_down(&self) -> bool {
        let covered = self.geometry.one_pane && self.model.board.reading;
        !covered && self.model.board.list.visible().iter().any(|id| self.model.emails.counts_down(*id, self.model.now))
    }
}
