//! A row of view 1: an account, what a filter reads of it, and what it is sorted by.

use std::collections::HashSet;
use std::sync::Arc;

use jiff::Timestamp;

use crate::app::filter::AccountText;
use crate::app::histogram::Histogram;
use crate::app::state::columns::Column;
use crate::app::state::filtering::Sources;
use crate::app::state::root_state::RootState;
use crate::domain::account::{Account, AccountId, JoinedMethod};
use crate::domain::organization::UnitNames;

#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) account: Arc<Account>,
    pub(super) path: Arc<str>,
    pub(super) text: AccountText,
}

impl Row {
    pub(super) fn of(account: Arc<Account>, path: Arc<str>) -> Self {
        let text = AccountText::of(account.id, &account.name, &[&account.email], &path);
        Self { account, path, text }
    }

    pub(super) fn index(&mut self) {
        self.text = AccountText::of(self.account.id, &self.account.name, &[&self.account.email], &self.path);
    }

    /// What a column is sorted by. What is unknown comes last, equal ones by their names.
    pub(super) fn key<'a>(&'a self, column: Column, sources: Sources<'a>) -> SortKey<'a> {
        let name = self.text.name();
        let key = match column {
            Column::Id => SortKey::default(),
            Column::Name => SortKey { text: name, ..SortKey::default() },
            Column::Email => SortKey { text: self.text.emails(), ..SortKey::default() },
            Column::State => SortKey { text: self.account.state.as_str(), ..SortKey::default() },
            Column::Path => SortKey { text: self.text.path(), ..SortKey::default() },
            Column::Root => SortKey { root: Some(sources.root_order(&self.account)), text: name, ..SortKey::default() },
            Column::Change => SortKey { rank: sources.change_order(self.account.id), text: name, ..SortKey::default() },
            Column::Joined => SortKey {
                rank: u8::from(self.account.joined.is_none()),
                time: self.account.joined,
                ..SortKey::default()
            },
            Column::Org => SortKey { text: sources.organization_name, ..SortKey::default() },
            Column::Method => {
                let method = self.account.joined_method.as_ref();
                SortKey {
                    rank: u8::from(method.is_none()),
                    text: method.map_or("", JoinedMethod::as_str),
                    ..SortKey::default()
                }
            }
        };
        SortKey { id: Some(self.account.id), ..key }
    }
}

/// The path as it is shown and filtered; `?` where AWS does not report it.
pub(super) fn path_of(known: &mut HashSet<Arc<str>>, units: &UnitNames, account: &Account) -> Arc<str> {
    let path = units.path_of(account).unwrap_or_else(|| "?".to_owned());
    if let Some(known) = known.get(path.as_str()) {
        return Arc::clone(known);
    }
    let path: Arc<str> = path.into();
    known.insert(Arc::clone(&path));
    path
}

/// What the row of an account is sorted by. Compared field by field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::app) struct SortKey<'a> {
    pub(in crate::app) root: Option<(RootState, bool)>,
    pub(in crate::app) rank: u8,
    pub(in crate::app) time: Option<Timestamp>,
    pub(in crate::app) text: &'a str,
    pub(in crate::app) id: Option<AccountId>,
}

/// How many columns the texts of the listing take. A filter does not change that, so that the columns
/// of the table stay where they are.
#[derive(Clone, Debug, Default)]
pub(crate) struct Widths {
    pub(crate) names: Histogram,
    pub(crate) emails: Histogram,
    /// Of the emails, with the `@`.
    pub(crate) domains: Histogram,
    pub(crate) paths: Histogram,
    pub(crate) states: Histogram,
}

impl Widths {
    pub(super) fn of<'a>(rows: impl Iterator<Item = &'a Row>) -> Self {
        let mut widths = Self::default();
        for row in rows {
            widths.count(row, Histogram::add);
        }
        widths
    }

    pub(super) fn count(&mut self, Row { account, path, .. }: &Row, each: fn(&mut Histogram, &str)) {
        each(&mut self.names, &account.name);
        each(&mut self.emails, &account.email);
        let domain = account.email.rfind('@').and_then(|at| account.email.get(at..));
        each(&mut self.domains, domain.unwrap_or_default());
        each(&mut self.paths, path);
        each(&mut self.states, account.state.as_str());
    }
}
