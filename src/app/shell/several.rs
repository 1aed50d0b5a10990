//! What an organization does where the dashboard shows several.

use crate::app::command_id::DisabledReason;
use crate::app::filter::{Filter, TypedFilter};
use crate::app::list::{List, Motion};
use crate::app::shell::App;
use crate::app::view::ViewId;
use crate::app::views;
use crate::domain::account::AccountId;

/// The views whose lists show the accounts of all organizations.
pub(in crate::app) const MERGED: [ViewId; 3] = [ViewId::Accounts, ViewId::EmailChanges, ViewId::RootAccess];

impl App {
    pub(in crate::app) fn can_turn_organization(&self) -> Result<(), DisabledReason> {
        self.model.start.place.map(|_| ()).ok_or(DisabledReason::OneOrganization)
    }

    /// The account whose row has the cursor, of whichever organization.
    pub(in crate::app) fn row_with_cursor(&self) -> Option<AccountId> {
        self.shown().accounts(&self.model).selected()
    }

    /// Shows what `before` has shown: its view, with its lists, filters and cursors.
    pub(in crate::app) fn take_screen(&mut self, before: &mut Self) {
        self.view = before.view;
        self.touched = before.touched;
        let (accounts, other) = (&mut self.model.accounts, &mut before.model.accounts);
        std::mem::swap(&mut accounts.list, &mut other.list);
        std::mem::swap(&mut accounts.filter, &mut other.filter);
        accounts.pane = other.pane;
        let (board, other) = (&mut self.model.board, &mut before.model.board);
        std::mem::swap(&mut board.pane, &mut other.pane);
        std::mem::swap(&mut board.filter, &mut other.filter);
        let (root, other) = (&mut self.model.root, &mut before.model.root);
        std::mem::swap(&mut root.pane, &mut other.pane);
        std::mem::swap(&mut root.filter, &mut other.filter);
        before.details = None;
        self.fit(before.geometry);
        match self.view {
            ViewId::Readiness => self.show_readiness(),
            ViewId::Journal => self.show_journal(),
            _ => self.details = self.selected_id(),
        }
    }

    /// Lists what the organization on screen lists: with its filters, in its order.
    pub(in crate::app) fn list_as(&mut self, present: &Self) {
        self.view = present.view;
        self.model.now = self.model.now.max(present.model.now);
        self.model.accounts.sort_as(&present.model.accounts);
        if self.model.accounts.columns != present.model.accounts.columns {
            self.model.accounts.columns.clone_from(&present.model.accounts.columns);
        }
        if filter_as(&mut self.model.accounts.filter, &present.model.accounts.filter) {
            self.model.accounts.mark_dirty();
        }
        if filter_as(&mut self.model.board.filter, &present.model.board.filter) {
            self.model.board.derived.invalidate();
        }
        if filter_as(&mut self.model.root.filter, &present.model.root.filter) {
            self.model.root.derived.invalidate();
        }
        for id in MERGED {
            views::view(id).recompute(&mut self.model, id == self.view);
        }
    }

    /// Lists these accounts, of all organizations.
    pub(in crate::app) fn set_merged_rows(&mut self, rows: Vec<AccountId>) {
        match self.view {
            ViewId::Accounts => self.model.accounts.list.set_rows(rows),
            ViewId::EmailChanges => self.model.board.pane.list.set_rows(rows),
            ViewId::RootAccess => self.model.root.pane.list.set_rows(rows),
            ViewId::Organization | ViewId::Readiness | ViewId::Journal | ViewId::Mailbox => {}
        }
        if !self.touched {
            self.model.accounts.list.go(Motion::First);
            self.details = None;
        }
        self.follow_row();
    }

    /// Moves the cursors to the next rows of this organization, where there are any.
    pub(in crate::app) fn go_to_own_rows(&mut self) {
        let model = &mut self.model;
        let place = own_row_of(&model.accounts.list, |id| model.is_own(id));
        place.map(|id| model.accounts.list.select(id));
        let place = own_row_of(&model.board.pane.list, |id| model.is_own(id));
        place.map(|id| model.board.pane.list.select(id));
        let place = own_row_of(&model.root.pane.list, |id| model.is_own(id));
        place.map(|id| model.root.pane.list.select(id));
        self.touched = true;
        self.details = self.selected_id();
    }
}

/// The next row of the organization, from the cursor on.
fn own_row_of(list: &List<AccountId>, is_own: impl Fn(AccountId) -> bool) -> Option<AccountId> {
    let (before, behind) = list.rows().split_at(list.index().min(list.rows().len()));
    behind.iter().chain(before).copied().find(|id| is_own(*id))
}

/// Filters as `present` does; whether that is another filter.
fn filter_as(filter: &mut Filter, present: &Filter) -> bool {
    let differs = filter.text() != present.text();
    if differs {
        *filter = present.clone();
        filter.set_typed(false);
    }
    differs
}
