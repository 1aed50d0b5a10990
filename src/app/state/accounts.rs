//! View 1: the accounts of the organization.

use std::collections::HashSet;
use std::sync::Arc;

use indexmap::IndexMap;
use jiff::Timestamp;

use crate::app::filter::{AccountFacts, AccountText, Beside, Filter};
use crate::app::focus::cycle;
use crate::app::histogram::Histogram;
use crate::app::list::{List, Motion, OwnRows, Scrolled};
use crate::app::state::account_row::{Row, SortKey, Widths, path_of};
use crate::app::state::columns::{ChosenColumns, Column};
use crate::app::state::filtering::Sources;
use crate::app::view::Pane;
use crate::domain::account::{Account, AccountId};
use crate::domain::api_error::ApiError;
use crate::domain::organization::UnitNames;
use crate::domain::remote_data::{ReadId, RemoteData};

#[derive(Clone, Debug, Default)]
pub(crate) struct Accounts {
    /// In the order that they came in: a filter reads them one after another in memory, whatever they are sorted by.
    rows: IndexMap<AccountId, Row>,
    /// Of the rows: there are far fewer units than accounts.
    paths: HashSet<Arc<str>>,
    widths: Widths,
    /// The rows by their places, in the order of the column; empty when it has to be sorted again.
    order: Vec<(usize, AccountId)>,
    pub(crate) list: List<AccountId>,
    pub(crate) own: OwnRows<AccountId>,
    pub(crate) filter: Filter,
    pub(crate) sort: Column,
    pub(crate) reversed: bool,
    pub(crate) columns: ChosenColumns,
    read: RemoteData<()>,
    seen: HashSet<AccountId>,
    cached_since: Option<Timestamp>,
    unsettled: bool,
    /// What the list was made with, while nothing else has changed.
    listed_by: Option<Listed>,
    /// Grows with each change of what is listed.
    version: u64,
    pub(crate) pane: Pane,
    /// The first line of the details on screen, and the account that they were scrolled for.
    scrolled: Option<(AccountId, usize)>,
}

impl Accounts {
    /// `is_merged` where the list shows the accounts of several organizations.
    pub(in crate::app) fn new(columns: ChosenColumns, is_merged: bool) -> Self {
        Self { columns, own: OwnRows::new(is_merged), ..Self::default() }
    }

    pub(crate) fn get(&self, id: AccountId) -> Option<&Account> {
        self.rows.get(&id).map(|row| &*row.account)
    }

    pub(crate) fn text(&self, id: AccountId) -> Option<&AccountText> {
        self.rows.get(&id).map(|row| &row.text)
    }

    pub(crate) fn widths(&self) -> &Widths {
        &self.widths
    }

    /// What the row is sorted by.
    pub(in crate::app) fn key<'a>(&'a self, id: AccountId, sources: Sources<'a>) -> SortKey<'a> {
        self.rows.get(&id).map_or_else(SortKey::default, |row| row.key(self.sort, sources))
    }

    /// The path of organizational unit names; `?` if AWS does not report it.
    pub(crate) fn path(&self, id: AccountId) -> &str {
        self.rows.get(&id).map_or("", |row| &row.path)
    }

    pub(crate) fn ids(&self) -> Vec<AccountId> {
        let mut ids: Vec<AccountId> = self.keys().copied().collect();
        ids.sort_unstable();
        ids
    }

    /// In no order.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &AccountId> {
        self.rows.keys()
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(crate) fn read(&self) -> &RemoteData<()> {
        &self.read
    }

    /// When the listing was read, if it comes from an earlier run.
    pub(crate) fn cached_since(&self) -> Option<Timestamp> {
        self.cached_since
    }

    /// In no order.
    pub(crate) fn listed(&self) -> impl Iterator<Item = &Account> + Clone {
        self.rows.values().map(|row| &*row.account)
    }

    /// Applies the listing of an earlier run, unless AWS was quicker.
    pub(crate) fn show_cached(&mut self, at: Timestamp, accounts: Vec<Arc<Account>>, units: Option<&UnitNames>) {
        if self.read.value().is_some()
            || !self.seen.is_empty()
            || (!self.rows.is_empty() && self.cached_since.is_none())
        {
            return;
        }
        self.rows.clear();
        self.upsert(accounts, units);
        self.reorder();
        self.cached_since = Some(at);
    }

    /// Drops the cached listing: it is another organization's. What AWS has listed by now stays.
    pub(crate) fn drop_cached(&mut self) {
        if self.cached_since.take().is_some() {
            self.rows.retain(|id, _| self.seen.contains(id));
            self.measure();
            self.reorder();
        }
    }

    fn measure(&mut self) {
        self.widths = Widths::of(self.rows.values());
    }

    pub(crate) fn start(&mut self, id: ReadId) {
        self.read.start(id);
        self.seen.clear();
    }

    pub(crate) fn page(&mut self, id: ReadId, accounts: Vec<Arc<Account>>, units: Option<&UnitNames>) {
        if !self.read.awaits(id) {
            return;
        }
        self.seen.extend(accounts.iter().map(|account| account.id));
        self.upsert(accounts, units);
    }

    /// An account that was read by itself while the listing is read. What AWS does not report of a single one stays.
    pub(crate) fn first(&mut self, id: ReadId, account: Account, units: Option<&UnitNames>) {
        if !self.read.awaits(id) {
            return;
        }
        let known = self.get(account.id);
        let unit_ids = account.unit_ids.or_else(|| known.and_then(|known| known.unit_ids.clone()));
        let joined_method = account.joined_method.or_else(|| known.and_then(|known| known.joined_method.clone()));
        self.upsert(vec![Arc::new(Account { joined_method, unit_ids, ..account })], units);
    }

    /// How many accounts the listing in progress has brought, where those of an earlier one are shown.
    pub(crate) fn read_so_far(&self) -> Option<usize> {
        (self.read.is_loading() && self.seen.len() < self.rows.len()).then_some(self.seen.len())
    }

    /// After a complete listing, accounts that were not in it are gone; after a failed one none is.
    /// Returns whether it was the read waited for.
    pub(crate) fn end(&mut self, id: ReadId, result: Result<(), ApiError>, at: Timestamp) -> bool {
        let whole = result.is_ok();
        if !self.read.finish(id, result, at) {
            return false;
        }
        if whole {
            let seen = std::mem::take(&mut self.seen);
            self.rows.retain(|id, _| seen.contains(id));
            self.cached_since = None;
            self.measure();
            self.reorder();
        }
        true
    }

    pub(crate) fn set_email(&mut self, id: AccountId, email: &str) {
        if let Some(row) = self.rows.get_mut(&id)
            && row.account.email != email
        {
            let before = std::mem::replace(&mut Arc::make_mut(&mut row.account).email, email.to_owned());
            row.index();
            self.widths.emails.remove(&before);
            self.widths.emails.add(email);
            self.reorder();
        }
    }

    pub(crate) fn name_units(&mut self, units: &UnitNames) {
        self.paths.clear();
        for row in self.rows.values_mut() {
            row.path = path_of(&mut self.paths, units, &row.account);
            row.index();
        }
        self.measure();
        self.reorder();
    }

    /// AWS shows this name now.
    pub(in crate::app) fn rename(&mut self, id: AccountId, name: &str, units: Option<&UnitNames>) {
        if let Some(account) = self.get(id).filter(|account| account.name != name).cloned() {
            self.upsert(vec![Arc::new(Account { name: name.to_owned(), ..account })], units);
        }
    }

    /// Something that a filter may ask about has changed.
    pub(crate) fn mark_filtered_dirty(&mut self) {
        if self.filter.asks_beside() || self.sort.is_beside() {
            self.mark_dirty();
        }
    }

    pub(crate) fn mark_dirty(&mut self) {
        self.unsettled = true;
        self.listed_by = None;
    }

    /// A key of the filter that is typed.
    pub(crate) fn filter_changed(&mut self) {
        self.unsettled = true;
    }

    fn reorder(&mut self) {
        self.order.clear();
        self.mark_dirty();
    }

    /// Another column is sorted in ascending order.
    pub(crate) fn sort_by(&mut self, column: Column) {
        if self.sort != column {
            self.sort = column;
            self.reversed = false;
            self.reorder();
        }
    }

    /// Sorted as the list of another organization.
    pub(in crate::app) fn sort_as(&mut self, other: &Self) {
        if (self.sort, self.reversed) != (other.sort, other.reversed) {
            (self.sort, self.reversed) = (other.sort, other.reversed);
            self.reorder();
        }
    }

    pub(crate) fn reverse(&mut self) {
        self.reversed = !self.reversed;
        self.reorder();
    }

    /// Brings the rows shown up to date; `sources` tell what else is known of an account.
    pub(in crate::app) fn recompute(&mut self, sources: Sources<'_>) {
        if !std::mem::take(&mut self.unsettled) {
            return;
        }
        self.version += 1;
        if self.sort.is_beside() || self.order.len() != self.rows.len() {
            let keys = self.rows.values().enumerate().map(|(place, row)| (row.key(self.sort, sources), place));
            let mut keys: Vec<(SortKey<'_>, usize)> = keys.collect();
            keys.sort_unstable();
            self.order = keys.into_iter().filter_map(|(key, place)| Some((place, key.id?))).collect();
            if self.reversed {
                self.order.reverse();
            }
        }
        let lets = self.let_by_filter(sources);
        let shown = self.order.iter().filter(|(place, _)| lets.get(*place).is_some_and(|lets| *lets));
        self.own.set(&mut self.list, shown.map(|(_, id)| *id).collect());
        self.listed_by = Some(Listed { filter: self.filter.clone(), lets });
    }

    /// For each row by its place whether the filter lets it.
    fn let_by_filter(&mut self, sources: Sources<'_>) -> Vec<bool> {
        let before = self.listed_by.take().filter(|before| self.filter.narrows(&before.filter));
        let mut known = before.map_or_else(|| vec![true; self.rows.len()], |before| before.lets);
        if !self.filter.is_empty() {
            // Each letter leaves fewer rows to look at.
            for (known, row) in known.iter_mut().zip(self.rows.values()).filter(|(known, _)| **known) {
                *known = lets(&self.filter, row, |account| sources.beside(account));
            }
        }
        known
    }

    /// Grows with each change of what is listed.
    pub(crate) fn version(&self) -> u64 {
        self.version
    }

    /// The first line of the details of an account: those of another one begin at their top.
    pub(crate) fn details_top(&self, id: AccountId) -> usize {
        self.scrolled.filter(|(of, _)| *of == id).map_or(0, |(_, top)| top)
    }

    pub(in crate::app) fn next_pane(&mut self, step: isize) {
        self.pane = cycle(&[Pane::List, Pane::Details, Pane::Switches], self.pane, step);
    }

    pub(crate) fn is_let_by<'a>(
        &'a self,
        filter: &Filter,
        id: AccountId,
        beside: impl Fn(&Account) -> Beside<'a>,
    ) -> bool {
        filter.is_empty() || self.rows.get(&id).is_some_and(|row| lets(filter, row, beside))
    }

    fn upsert(&mut self, accounts: Vec<Arc<Account>>, units: Option<&UnitNames>) {
        let unnamed = UnitNames::default();
        let mut is_news = false;
        for account in accounts {
            let path = path_of(&mut self.paths, units.unwrap_or(&unnamed), &account);
            // A refresh brings little that is new: nothing is sorted and filtered again for the rest.
            if let Some(row) = self.rows.get_mut(&account.id)
                && row.account == account
                && row.path == path
            {
                // Equal, and the listing in progress holds this one: the other one goes.
                row.account = account;
                continue;
            }
            is_news = true;
            let row = Row::of(account, path);
            self.widths.count(&row, Histogram::add);
            if let Some(before) = self.rows.insert(row.account.id, row) {
                self.widths.count(&before, Histogram::remove);
            }
        }
        if is_news {
            self.reorder();
        }
    }
}

/// A filter, and which rows it let, by their places.
#[derive(Clone, Debug)]
struct Listed {
    filter: Filter,
    lets: Vec<bool>,
}

impl Scrolled for Accounts {
    fn go(&mut self, motion: Motion, rows: usize, lines: usize) {
        if self.pane == Pane::Details {
            self.scroll_text(motion, rows, lines);
        } else {
            self.go_rows(motion);
        }
    }

    fn go_rows(&mut self, motion: Motion) {
        self.list.go(motion);
    }

    fn pick(&mut self, index: usize) -> bool {
        self.list.pick(index)
    }

    fn scroll_text(&mut self, motion: Motion, rows: usize, lines: usize) {
        let Some(id) = self.list.selected() else { return };
        self.scrolled = Some((id, motion.scroll(self.details_top(id), rows, lines)));
    }

    fn set_page(&mut self, rows: usize) {
        self.list.set_page(rows);
    }

    fn set_follows(&mut self, follows: bool) {
        self.list.set_follows(follows);
    }

    fn limit_scroll(&mut self, last: usize) {
        if let Some((_, top)) = &mut self.scrolled {
            *top = last.min(*top);
        }
    }

    fn focus_text(&mut self) {
        self.pane = Pane::Details;
    }
}

fn lets<'a>(filter: &Filter, row: &Row, beside: impl Fn(&Account) -> Beside<'a>) -> bool {
    let facts = AccountFacts { text: &row.text, state: &row.account.state, beside: || beside(&row.account) };
    filter.lets_account(&facts)
}
