//! The accounts marked for work on several.

use std::collections::BTreeSet;
use std::ops::Deref;

use crate::domain::account::AccountId;

/// How many changes of the marks can be undone.
const STEPS: usize = 32;

/// The marked accounts, and how they were before the last changes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marks {
    marked: BTreeSet<AccountId>,
    /// The account that was marked last, where a range begins.
    anchor: Option<AccountId>,
    /// The marks before each change, the newest last.
    past: Vec<BTreeSet<AccountId>>,
    /// Whether the newest change was made by what used the marks, which ends account by account.
    used: bool,
}

impl Deref for Marks {
    type Target = BTreeSet<AccountId>;

    fn deref(&self) -> &BTreeSet<AccountId> {
        &self.marked
    }
}

impl Marks {
    pub(crate) fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    fn change(&mut self, marked: BTreeSet<AccountId>) {
        if marked == self.marked {
            return;
        }
        if self.past.len() == STEPS {
            self.past.remove(0);
        }
        self.past.push(std::mem::replace(&mut self.marked, marked));
        self.used = false;
    }

    pub(in crate::app) fn toggle(&mut self, id: AccountId) {
        let mut marked = self.marked.clone();
        self.anchor = (!marked.remove(&id)).then_some(id);
        marked.extend(self.anchor);
        self.change(marked);
    }

    /// Marks the rows from the account that was marked last to `cursor`; that one alone where the other is not shown.
    pub(in crate::app) fn mark_range(&mut self, shown: &[AccountId], cursor: AccountId) {
        let place = |id: AccountId| shown.iter().position(|row| *row == id);
        let Some(end) = place(cursor) else { return };
        let start = self.anchor.and_then(place).unwrap_or(end);
        let range = shown.get(start.min(end)..=start.max(end)).unwrap_or_default();
        let marked = self.marked.iter().chain(range).copied().collect();
        self.anchor = Some(cursor);
        self.change(marked);
    }

    /// Marks all that is shown; unmarks it if it is all marked.
    pub(in crate::app) fn mark_all(&mut self, shown: &[AccountId]) {
        let shown: BTreeSet<AccountId> = shown.iter().copied().collect();
        let is_marked = shown.is_subset(&self.marked);
        self.anchor = None;
        self.change(if is_marked { &self.marked - &shown } else { &self.marked | &shown });
    }

    /// Inverts what is shown. The marks of hidden accounts stay.
    pub(in crate::app) fn invert(&mut self, shown: &[AccountId]) {
        let shown: BTreeSet<AccountId> = shown.iter().copied().collect();
        self.anchor = None;
        self.change(&self.marked ^ &shown);
    }

    pub(in crate::app) fn clear(&mut self) {
        self.anchor = None;
        self.change(BTreeSet::new());
    }

    pub(in crate::app) fn undo(&mut self) {
        if let Some(before) = self.past.pop() {
            self.marked = before;
            self.anchor = None;
            self.used = false;
        }
    }

    /// The work on these accounts is done. What a batch unmarks one after the other is one change.
    pub(in crate::app) fn use_up(&mut self, done: impl IntoIterator<Item = AccountId>) {
        let mut marked = self.marked.clone();
        for id in done {
            marked.remove(&id);
        }
        if self.used {
            self.marked = marked;
        } else if marked != self.marked {
            self.change(marked);
            self.used = true;
        }
    }

    /// Drops accounts that are not listed any more, from earlier states, too.
    pub(in crate::app) fn retain(&mut self, is_listed: impl Fn(AccountId) -> bool) {
        for marks in self.past.iter_mut().chain([&mut self.marked]) {
            marks.retain(|id| is_listed(*id));
        }
        self.anchor = self.anchor.filter(|id| is_listed(*id));
    }
}
