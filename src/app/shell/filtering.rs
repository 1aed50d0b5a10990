use crate::app::field::TextField;
use crate::app::filter::{Filter, FilterHint};
use crate::app::key::Key;
use crate::app::shell::App;
use crate::app::view::{Pane, View};
use crate::domain::account::AccountId;

impl App {
    /// The filter of the view that is shown, if it lists accounts.
    #[must_use]
    pub fn account_filter(&self) -> Option<&Filter> {
        match self.view {
            View::Accounts => Some(&self.model.accounts.filter),
            View::EmailChanges => Some(&self.model.board.filter),
            View::RootAccess => Some(&self.model.root.filter),
            View::Organization | View::Readiness | View::Journal | View::Mailbox => None,
        }
    }

    fn account_filter_mut(&mut self) -> Option<&mut Filter> {
        match self.view {
            View::Accounts => Some(&mut self.model.accounts.filter),
            View::EmailChanges => Some(&mut self.model.board.filter),
            View::RootAccess => Some(&mut self.model.root.filter),
            View::Organization | View::Readiness | View::Journal | View::Mailbox => None,
        }
    }

    /// The filter that is being typed, if one is.
    #[must_use]
    pub fn typed_filter(&self) -> Option<&TextField> {
        let journal = (self.view == View::Journal && self.model.journal.filter.editing)
            .then(|| self.model.journal.filter.field());
        self.account_filter().filter(|filter| filter.editing).map(Filter::field).or(journal)
    }

    /// What helps whoever types the filter.
    #[must_use]
    pub fn filter_hint(&self) -> Option<FilterHint<'_>> {
        if self.view == View::Journal { self.model.journal.filter.hint() } else { self.account_filter()?.hint() }
    }

    /// Whether the view that is shown has a filter with any text.
    pub(in crate::app) fn has_filter(&self) -> bool {
        let journal = self.view == View::Journal && !self.model.journal.filter.text().is_empty();
        journal || self.account_filter().is_some_and(|filter| !filter.text().is_empty())
    }

    /// Whether the filter of the view that is shown says anything.
    pub(in crate::app) fn is_filtered(&self) -> bool {
        self.account_filter().is_some_and(|filter| !filter.is_empty())
    }

    pub(in crate::app) fn start_filter(&mut self) {
        match self.view {
            View::Journal => {
                self.model.journal.reading = false;
                self.model.journal.filter.editing = true;
            }
            View::Accounts => self.pane = Pane::List,
            View::EmailChanges => self.model.board.reading = false,
            View::RootAccess => self.model.root.reading = false,
            View::Organization | View::Readiness | View::Mailbox => {}
        }
        if let Some(filter) = self.account_filter_mut() {
            filter.editing = true;
        }
    }

    pub(in crate::app) fn keep_filter(&mut self) {
        if self.view == View::Journal {
            self.model.journal.filter.editing = false;
        } else if let Some(filter) = self.account_filter_mut() {
            filter.editing = false;
        }
    }

    pub(in crate::app) fn clear_filter(&mut self) {
        self.keep_filter();
        self.edit_filter(TextField::clear);
    }

    /// Gives a key to the filter, if one is being typed; whether it took it.
    pub(in crate::app) fn typed_in_filter(&mut self, key: Key) -> bool {
        let mut took = false;
        if self.typed_filter().is_some() {
            self.edit_filter(|field| took = field.handle(key));
        }
        took
    }

    pub(in crate::app) fn pasted_in_filter(&mut self, text: &str) {
        if self.typed_filter().is_some() {
            self.edit_filter(|field| field.paste(text));
        }
    }

    /// Edits the filter. The cursor stays on its row while that is shown.
    pub(in crate::app) fn edit_filter(&mut self, edit: impl FnOnce(&mut TextField)) {
        if self.view == View::Journal {
            if self.model.journal.filter.edit(edit) {
                self.model.journal.mark_dirty();
            }
            return;
        }
        let changed = self.account_filter_mut().is_some_and(|filter| filter.edit(edit));
        match self.view {
            _ if !changed => {}
            View::EmailChanges => self.model.board.mark_dirty(),
            View::RootAccess => self.model.root.mark_dirty(),
            _ => self.model.accounts.mark_dirty(),
        }
    }

    /// The rows of the view that is shown, whether they fit on the page or not.
    #[must_use]
    pub fn shown_accounts(&self) -> &[AccountId] {
        match self.view {
            View::EmailChanges => self.model.board.list.rows(),
            View::RootAccess => self.model.root.list.rows(),
            _ => self.model.accounts.list.rows(),
        }
    }
}
