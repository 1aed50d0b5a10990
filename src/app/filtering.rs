//! The filter of the view that is shown: typed, kept, cleared.

use super::field::TextField;
use super::key::Key;
use super::list::Motion;
use super::{App, Pane, View};

impl App {
    /// The filter that is being typed, if one is.
    #[must_use]
    pub fn typed_filter(&self) -> Option<&TextField> {
        match self.view {
            View::Accounts | View::EmailChanges | View::RootAccess => {
                let filter = &self.accounts.filter;
                filter.editing.then(|| filter.field())
            }
            View::Journal => {
                let filter = &self.journal.filter;
                filter.editing.then(|| filter.field())
            }
            View::Organization | View::Readiness | View::Mailbox => None,
        }
    }

    /// Whether the view that is shown has a filter that says anything.
    pub(super) fn has_filter(&self) -> bool {
        match self.view {
            View::Journal => !self.journal.filter.text().is_empty(),
            _ => !self.accounts.filter.text().is_empty(),
        }
    }

    pub(super) fn start_filter(&mut self) {
        if self.view == View::Journal {
            self.journal.reading = false;
            self.journal.filter.editing = true;
        } else {
            self.pane = Pane::List;
            self.root.reading = false;
            self.board.reading = false;
            self.accounts.filter.editing = true;
        }
    }

    pub(super) fn keep_filter(&mut self) {
        match self.view {
            View::Journal => self.journal.filter.editing = false,
            _ => self.accounts.filter.editing = false,
        }
    }

    pub(super) fn clear_filter(&mut self) {
        self.keep_filter();
        self.edit_filter(TextField::clear);
    }

    /// Gives a key to the filter, if one is being typed; whether it took it.
    pub(super) fn typed_in_filter(&mut self, key: Key) -> bool {
        let mut took = false;
        if self.typed_filter().is_some() {
            self.edit_filter(|field| took = field.handle(key));
        }
        took
    }

    pub(super) fn pasted_in_filter(&mut self, text: &str) {
        if self.typed_filter().is_some() {
            self.edit_filter(|field| field.paste(text));
        }
    }

    /// Edits the filter; where it means something else then, the cursor goes to the first row.
    pub(super) fn edit_filter(&mut self, edit: impl FnOnce(&mut TextField)) {
        if self.view == View::Journal {
            if self.journal.filter.edit(edit) {
                self.journal.unsettle();
                self.journal.list.go(Motion::First);
            }
        } else if self.accounts.filter.edit(edit) {
            self.accounts.unsettle();
            self.accounts.list.go(Motion::First);
            self.root.list.go(Motion::First);
            self.board.list.go(Motion::First);
        }
    }
}
