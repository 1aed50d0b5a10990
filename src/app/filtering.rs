//! The filter of the view that is shown: typed, kept, cleared. Each view that lists accounts, and the
//! journal, has its own.

use crate::app::model::Model;
use jiff::Timestamp;

use super::accounts::Beside;
use super::field::TextField;
use super::filter::{Filter, FilterHint};
use super::findings::Findings;
use super::key::Key;
use super::root_access::{RootAccess, RootFacts, RootState};
use super::{App, Pane, View};
use crate::domain::account::{Account, AccountId};
use crate::domain::emails::Emails;
use crate::domain::organization::Organization;
use crate::domain::permit::left_out_of_root_access;

/// Where what is known of accounts beside the listing comes from.
#[derive(Clone, Copy)]
pub(super) struct Sources<'a> {
    pub(super) emails: &'a Emails,
    pub(super) root: &'a RootAccess,
    pub(super) findings: &'a Findings,
    pub(super) organization: Option<&'a Organization>,
    pub(super) now: Timestamp,
}

impl<'a> Sources<'a> {
    /// What is known of an account beside the listing.
    pub(super) fn beside(self, account: &Account) -> Beside<'a> {
        let left_out = left_out_of_root_access(account, self.organization).is_some();
        let audit = self.root.audit(account.id);
        Beside {
            pending: self.emails.known_pending(account.id, self.now),
            root: RootFacts { state: RootState::of(audit, left_out), audit },
            found: self.findings.kinds_of(account.id),
        }
    }
}

impl Model {
    /// Something has changed that filters may ask for.
    pub(super) fn mark_filtered_dirty(&mut self) {
        self.accounts.mark_filtered_dirty();
        if self.board.filter.asks_beside() {
            self.board.mark_dirty();
        }
        if self.root.filter.asks_beside() {
            self.root.mark_dirty();
        }
    }

    /// Where what filters ask for comes from.
    pub(super) fn sources(&self) -> Sources<'_> {
        let (emails, root, findings) = (&self.emails, &self.root, &self.findings);
        Sources { emails, root, findings, organization: self.organization.value(), now: self.now }
    }

    /// What is known of an account beside the listing, whether it is listed or not.
    pub(super) fn beside(&self, id: AccountId) -> Beside<'_> {
        let sources = self.sources();
        self.accounts.get(id).map_or_else(
            || Beside {
                pending: sources.emails.known_pending(id, sources.now),
                root: RootFacts { state: RootState::LeftOut, audit: sources.root.audit(id) },
                found: sources.findings.kinds_of(id),
            },
            |account| sources.beside(account),
        )
    }

    /// Whether a filter lets a listed account through.
    pub(super) fn is_let_by(&self, filter: &Filter, id: AccountId) -> bool {
        self.accounts.is_let_by(filter, id, |account| self.sources().beside(account))
    }
}

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
    pub(super) fn has_filter(&self) -> bool {
        let journal = self.view == View::Journal && !self.model.journal.filter.text().is_empty();
        journal || self.account_filter().is_some_and(|filter| !filter.text().is_empty())
    }

    /// Whether the filter of the view that is shown says anything.
    pub(super) fn is_filtered(&self) -> bool {
        self.account_filter().is_some_and(|filter| !filter.is_empty())
    }

    pub(super) fn start_filter(&mut self) {
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

    pub(super) fn keep_filter(&mut self) {
        if self.view == View::Journal {
            self.model.journal.filter.editing = false;
        } else if let Some(filter) = self.account_filter_mut() {
            filter.editing = false;
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

    /// Edits the filter. The cursor stays on its row while that is shown.
    pub(super) fn edit_filter(&mut self, edit: impl FnOnce(&mut TextField)) {
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
