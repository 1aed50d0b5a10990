//! View 1: the accounts of the organization.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

use crate::app::filter::{AccountFacts, AccountText, Beside, Filter};
use crate::app::histogram::Histogram;
use crate::app::list::List;
use crate::app::view::Pane;
use crate::domain::account::{Account, AccountId};
use crate::domain::api_error::ApiError;
use crate::domain::organization::UnitNames;
use crate::domain::remote_data::{ReadId, RemoteData};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Column {
    Name,
    Id,
    Email,
    State,
    Path,
    /// What the last audit found.
    Root,
    /// The email change.
    Change,
    Joined,
}

impl Column {
    fn next(self) -> Self {
        match self {
            Self::Name => Self::Id,
            Self::Id => Self::Email,
            Self::Email => Self::State,
            Self::State => Self::Path,
            Self::Path => Self::Joined,
            Self::Joined | Self::Root | Self::Change => Self::Name,
        }
    }
}

#[derive(Clone, Debug)]
struct Row {
    account: Account,
    path: String,
    text: AccountText,
}

impl Row {
    fn of(account: Account, path: String) -> Self {
        let text = AccountText::of(account.id, &account.name, &[&account.email], &path);
        Self { account, path, text }
    }

    fn index(&mut self) {
        self.text = AccountText::of(self.account.id, &self.account.name, &[&self.account.email], &self.path);
    }

    /// What a column is sorted by: a time, or its text ignoring case; then the id. What is not in the
    /// listing does not sort.
    fn key(&self, column: Column) -> (Option<Timestamp>, &str, AccountId) {
        let (time, text) = match column {
            Column::Name => (None, self.text.name()),
            Column::Id | Column::Root | Column::Change => (None, ""),
            Column::Email => (None, self.text.emails()),
            Column::State => (None, self.account.state.as_str()),
            Column::Path => (None, self.text.path()),
            Column::Joined => (self.account.joined, ""),
        };
        (time, text, self.account.id)
    }
}

/// How many columns the texts of the listing take. A filter does not change that, so that the columns
/// of the table stay where they are.
#[derive(Clone, Debug, Default)]
pub(crate) struct Widths {
    pub(crate) names: Histogram,
    pub(crate) emails: Histogram,
    pub(crate) paths: Histogram,
    pub(crate) states: Histogram,
}

impl Widths {
    fn of(rows: &HashMap<AccountId, Row>) -> Self {
        let mut widths = Self::default();
        for row in rows.values() {
            widths.count(row, Histogram::add);
        }
        widths
    }

    fn count(&mut self, Row { account, path, .. }: &Row, each: fn(&mut Histogram, &str)) {
        each(&mut self.names, &account.name);
        each(&mut self.emails, &account.email);
        each(&mut self.paths, path);
        each(&mut self.states, account.state.as_str());
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Accounts {
    rows: HashMap<AccountId, Row>,
    widths: Widths,
    /// In the order of the column; empty when it has to be sorted again.
    order: Vec<AccountId>,
    pub(crate) list: List<AccountId>,
    pub(crate) filter: Filter,
    pub(crate) sort: Column,
    pub(crate) reversed: bool,
    read: RemoteData<()>,
    seen: HashSet<AccountId>,
    cached_since: Option<Timestamp>,
    unsettled: bool,
    /// Grows with each change of what is listed.
    version: u64,
    pub(crate) pane: Pane,
}

impl Default for Accounts {
    fn default() -> Self {
        Self {
            rows: HashMap::new(),
            widths: Widths::default(),
            order: Vec::new(),
            list: List::default(),
            filter: Filter::default(),
            sort: Column::Name,
            reversed: false,
            read: RemoteData::default(),
            seen: HashSet::new(),
            cached_since: None,
            unsettled: false,
            version: 0,
            pane: Pane::List,
        }
    }
}

impl Accounts {
    pub(crate) fn get(&self, id: AccountId) -> Option<&Account> {
        self.rows.get(&id).map(|row| &row.account)
    }

    pub(crate) fn text(&self, id: AccountId) -> Option<&AccountText> {
        self.rows.get(&id).map(|row| &row.text)
    }

    pub(crate) fn widths(&self) -> &Widths {
        &self.widths
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
        self.rows.values().map(|row| &row.account)
    }

    /// Applies the listing of an earlier run, unless AWS was quicker.
    pub(crate) fn show_cached(&mut self, at: Timestamp, accounts: Vec<Account>, units: Option<&UnitNames>) {
        if self.read.value().is_some()
            || !self.seen.is_empty()
            || (!self.rows.is_empty() && self.cached_since.is_none())
        {
            return;
        }
        self.rows.clear();
        self.upsert(accounts, units);
        self.cached_since = Some(at);
    }

    /// Drops the cached listing: it is another organization's. What AWS has listed by now stays.
    pub(crate) fn drop_kept(&mut self) {
        if self.cached_since.take().is_some() {
            self.rows.retain(|id, _| self.seen.contains(id));
            self.measure();
            self.reorder();
        }
    }

    fn measure(&mut self) {
        self.widths = Widths::of(&self.rows);
    }

    pub(crate) fn start(&mut self, id: ReadId) {
        self.read.start(id);
        self.seen.clear();
    }

    pub(crate) fn page(&mut self, id: ReadId, accounts: Vec<Account>, units: Option<&UnitNames>) {
        if !self.read.awaits(id) {
            return;
        }
        self.seen.extend(accounts.iter().map(|account| account.id));
        self.upsert(accounts, units);
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
            let before = std::mem::replace(&mut row.account.email, email.to_owned());
            row.index();
            self.widths.emails.remove(&before);
            self.widths.emails.add(email);
            self.reorder();
        }
    }

    pub(crate) fn name_units(&mut self, units: &UnitNames) {
        for row in self.rows.values_mut() {
            row.path = path_of(units, &row.account);
            row.index();
        }
        self.measure();
        self.reorder();
    }

    /// Something that a filter may ask about has changed.
    pub(crate) fn mark_filtered_dirty(&mut self) {
        self.unsettled |= self.filter.asks_beside();
    }

    pub(crate) fn mark_dirty(&mut self) {
        self.unsettled = true;
    }

    fn reorder(&mut self) {
        self.order.clear();
        self.unsettled = true;
    }

    pub(crate) fn sort_next(&mut self) {
        self.sort = self.sort.next();
        self.reversed = false;
        self.reorder();
    }

    pub(crate) fn reverse(&mut self) {
        self.reversed = !self.reversed;
        self.reorder();
    }

    /// Brings the rows shown up to date; `beside` tells what else is known of an account.
    pub(crate) fn recompute<'a>(&'a mut self, beside: impl Fn(&Account) -> Beside<'a>) {
        if !std::mem::take(&mut self.unsettled) {
            return;
        }
        self.version += 1;
        if self.order.len() != self.rows.len() {
            let mut rows: Vec<&Row> = self.rows.values().collect();
            rows.sort_unstable_by(|one, other| one.key(self.sort).cmp(&other.key(self.sort)));
            self.order = rows.into_iter().map(|row| row.account.id).collect();
            if self.reversed {
                self.order.reverse();
            }
        }
        let order = self.order.iter().copied();
        let shown = if self.filter.is_empty() {
            order.collect()
        } else {
            order.filter(|id| self.rows.get(id).is_some_and(|row| lets(&self.filter, row, &beside))).collect()
        };
        self.list.set_rows(shown);
    }

    /// Grows with each change of what is listed.
    pub(crate) fn version(&self) -> u64 {
        self.version
    }

    pub(in crate::app) fn next_pane(&mut self, step: isize) {
        let panes = [Pane::List, Pane::Details, Pane::Switches];
        let index = panes.iter().position(|pane| *pane == self.pane).unwrap_or(0);
        let next = (isize::try_from(index).unwrap_or(0) + step).rem_euclid(3);
        self.pane = usize::try_from(next).ok().and_then(|next| panes.get(next)).copied().unwrap_or(Pane::List);
    }

    pub(crate) fn is_let_by<'a>(
        &'a self,
        filter: &Filter,
        id: AccountId,
        beside: impl Fn(&Account) -> Beside<'a>,
    ) -> bool {
        filter.is_empty() || self.rows.get(&id).is_some_and(|row| lets(filter, row, beside))
    }

    fn upsert(&mut self, accounts: Vec<Account>, units: Option<&UnitNames>) {
        for account in accounts {
            let path = units.map_or_else(|| path_of(&UnitNames::default(), &account), |units| path_of(units, &account));
            let row = Row::of(account, path);
            self.widths.count(&row, Histogram::add);
            if let Some(before) = self.rows.insert(row.account.id, row) {
                self.widths.count(&before, Histogram::remove);
            }
        }
        self.reorder();
    }
}

/// The path as it is shown and filtered; `?` where AWS does not report it.
fn path_of(units: &UnitNames, account: &Account) -> String {
    units.path_of(account).unwrap_or_else(|| "?".to_owned())
}

fn lets<'a>(filter: &Filter, row: &Row, beside: impl Fn(&Account) -> Beside<'a>) -> bool {
    let facts = AccountFacts { text: &row.text, state: &row.account.state, beside: || beside(&row.account) };
    filter.lets_account(&facts)
}
