//! View 2: the email changes.

use jiff::Timestamp;

use super::view::View;
use crate::app::command_id::KeyContext;
use crate::app::filter::{Filter, TypedFilter};
use crate::app::list::{List, ListPane, OwnRows, Scrolled};
use crate::app::model::Model;
use crate::app::state::account_row::SortKey;
use crate::app::state::board::{Board, Widths};
use crate::domain::account::AccountId;
use crate::domain::emails::{ChangeState, EmailFacts};
use crate::domain::export::{EmailChangeRow, Export};

pub(super) struct EmailChanges;

impl View for EmailChanges {
    fn context(&self, _model: &Model) -> KeyContext {
        KeyContext::EmailChanges
    }

    fn pane<'a>(&self, model: &'a mut Model) -> &'a mut dyn Scrolled {
        &mut model.board.pane
    }

    fn account_pane<'a>(&self, model: &'a mut Model) -> Option<&'a mut ListPane<AccountId>> {
        Some(&mut model.board.pane)
    }

    fn accounts<'a>(&self, model: &'a Model) -> &'a List<AccountId> {
        &model.board.pane.list
    }

    fn own_rows<'a>(&self, model: &'a Model) -> Option<&'a OwnRows<AccountId>> {
        Some(&model.board.own)
    }

    fn sort_key<'a>(&self, model: &'a Model, id: AccountId) -> SortKey<'a> {
        let facts = model.emails.get(id);
        let started = facts.and_then(|facts| facts.started.as_ref()).map_or(Timestamp::MAX, |started| started.started);
        let rank = facts.map_or(0, |facts| rank(facts, model.now));
        SortKey { rank, time: Some(started), id: Some(id), ..SortKey::default() }
    }

    fn lists(&self, model: &Model, account: AccountId) -> bool {
        model.board.pane.list.rows().contains(&account)
    }

    /// Also the counts on its tab, which are on screen with every view.
    fn recompute(&self, model: &mut Model, is_shown: bool) {
        let inputs = (model.fresh_accounts(), model.emails.version(), model.now.as_second() / 60, is_shown);
        if !model.board.derived.is_stale(inputs) {
            return;
        }
        let (emails, now) = (&model.emails, model.now);
        let known: Vec<_> = emails.iter().filter(|(_, facts)| facts.is_on_board(now)).collect();
        model.board.known = known.len();
        model.board.changing = known.iter().map(|(id, _)| *id).collect();
        model.board.alarms = known.iter().filter(|(_, facts)| facts.is_alarm(now)).count();
        model.board.unread = known.iter().filter(|(_, facts)| facts.state(now) == ChangeState::Quiet).count();
        let is_danger =
            |facts: &EmailFacts| matches!(facts.state(now), ChangeState::AddressUnknown | ChangeState::Failed);
        model.board.dangers = known.iter().filter(|(_, facts)| is_danger(facts)).count();
        model.board.open = known.iter().filter(|(_, facts)| facts.is_pending(now)).count();
        if !is_shown {
            return;
        }
        let widths = widths(model, &known);
        let mut rows: Vec<(u8, Timestamp, AccountId)> = known
            .into_iter()
            .filter(|(id, facts)| model.board.filter.is_empty() || model.is_change_let(*id, facts))
            .map(|(id, facts)| {
                let at = facts.started.as_ref().map_or(Timestamp::MAX, |started| started.started);
                (rank(facts, now), at, id)
            })
            .collect();
        rows.sort_unstable();
        model.board.widths = widths;
        let rows = rows.into_iter().map(|(.., id)| id).collect();
        let Board { own, pane, .. } = &mut model.board;
        own.set(&mut pane.list, rows);
    }

    fn rows(&self, model: &Model) -> usize {
        model.own_in(&model.board.pane.list).count()
    }

    fn export(&self, model: &Model) -> Export {
        let row = |id: &AccountId| EmailChangeRow {
            id: *id,
            name: model.accounts.get(*id).map(|account| account.name.clone()),
            facts: model.emails.get(*id).cloned().unwrap_or_default(),
        };
        Export::EmailChanges(model.own_in(&model.board.pane.list).map(row).collect(), model.now)
    }

    fn account_filter<'a>(&self, model: &'a Model) -> Option<&'a Filter> {
        Some(&model.board.filter)
    }

    fn filter_mut<'a>(&self, model: &'a mut Model) -> Option<&'a mut dyn TypedFilter> {
        Some(&mut model.board.filter)
    }

    fn filter_changed(&self, model: &mut Model) {
        model.board.derived.invalidate();
    }

    fn refresh(&self, model: &mut Model, details: Option<AccountId>) {
        model.refresh_accounts(details);
        model.ask_about(model.open_changes());
    }

    fn counts_down(&self, model: &Model, one_pane: bool, details: Option<AccountId>) -> bool {
        let covered = one_pane && model.board.pane.reading;
        let counts_down = |id: AccountId| model.emails.counts_down(id, model.now);
        let of_others = model.board.own.rows();
        details.is_some_and(counts_down)
            || of_others.iter().copied().any(counts_down)
            || !covered && model.board.pane.list.visible().iter().copied().any(counts_down)
    }
}

fn widths(model: &Model, known: &[(AccountId, &EmailFacts)]) -> Widths {
    let mut widths = Widths::default();
    for (id, facts) in known {
        let account = model.accounts.get(*id);
        match account {
            Some(account) => widths.names.add(&account.name),
            None => widths.unlisted += 1,
        }
        let started = facts.known_start(model.now);
        let old = started.map(|started| started.old.as_str()).or(account.map(|account| account.email.as_str()));
        widths.old_addresses.add(old.unwrap_or_default());
        match started {
            Some(started) => widths.new_addresses.add(started.new.as_str()),
            None => widths.unaddressed += 1,
        }
    }
    widths
}

/// Changes that need a person come first.
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
