//! What the shell asks of the view on screen, whichever it is.

use crate::app::command_id::KeyContext;
use crate::app::filter::{Filter, TypedFilter};
use crate::app::list::{List, ListPane, Motion, OwnRows, Scrolled};
use crate::app::model::Model;
use crate::app::state::account_row::SortKey;
use crate::domain::account::AccountId;
use crate::domain::change::Switch;
use crate::domain::export::Export;

/// One of the numbered views. What it shows is in the [`Model`]; a view knows where.
pub(in crate::app) trait View: Sync {
    fn context(&self, model: &Model) -> KeyContext;

    /// Its list, and the details beside it.
    fn pane<'a>(&self, model: &'a mut Model) -> &'a mut dyn Scrolled;

    /// The same, where it lists accounts of its own.
    fn account_pane<'a>(&self, _model: &'a mut Model) -> Option<&'a mut ListPane<AccountId>> {
        None
    }

    /// The accounts that it lists; those of view 1 where it lists none.
    fn accounts<'a>(&self, model: &'a Model) -> &'a List<AccountId> {
        &model.accounts.list
    }

    /// Its own rows, where its list shows the accounts of several organizations.
    fn own_rows<'a>(&self, _model: &'a Model) -> Option<&'a OwnRows<AccountId>> {
        None
    }

    /// What the row of the account is sorted by in such a list.
    fn sort_key<'a>(&self, _model: &'a Model, _id: AccountId) -> SortKey<'a> {
        SortKey::default()
    }

    /// How many rows of this organization it shows.
    fn rows(&self, model: &Model) -> usize;

    /// The rows that it shows, in their order, with all that is known of them.
    fn export(&self, model: &Model) -> Export;

    /// Moves the cursor, or the text that has the focus: `rows` of its `lines` are on screen.
    fn go(&self, model: &mut Model, motion: Motion, rows: usize, lines: usize) {
        self.pane(model).go(motion, rows, lines);
    }

    /// Moves the cursor of its accounts to the next row, wherever the focus is.
    fn next_row(&self, model: &mut Model) {
        match self.account_pane(model) {
            Some(pane) => pane.list.go(Motion::Rows(1)),
            None => model.accounts.list.go(Motion::Rows(1)),
        }
    }

    fn lists(&self, model: &Model, account: AccountId) -> bool {
        model.is_let_by(&model.accounts.filter, account)
    }

    /// Brings its rows up to date where what they are computed from has changed.
    fn recompute(&self, _model: &mut Model, _is_shown: bool) {}

    /// Whether a row was chosen in it; until then it stays on its first one.
    fn chosen_mut<'a>(&self, model: &'a mut Model) -> Option<&'a mut bool> {
        self.account_pane(model).map(|pane| &mut pane.chosen)
    }

    fn account_filter<'a>(&self, _model: &'a Model) -> Option<&'a Filter> {
        None
    }

    fn filter<'a>(&self, model: &'a Model) -> Option<&'a dyn TypedFilter> {
        self.account_filter(model).map(|filter| filter as &dyn TypedFilter)
    }

    fn filter_mut<'a>(&self, _model: &'a mut Model) -> Option<&'a mut dyn TypedFilter> {
        None
    }

    /// Its filter means something else now.
    fn filter_changed(&self, _model: &mut Model) {}

    /// Moves the focus to its next pane, or the one before.
    fn next_pane(&self, model: &mut Model, step: isize) {
        match self.pane(model).reading_mut() {
            Some(reading) => *reading = !*reading,
            None => model.accounts.next_pane(step),
        }
    }

    /// Moves the focus back to its list; whether it was elsewhere.
    fn back_to_list(&self, model: &mut Model) -> bool {
        self.pane(model).reading_mut().is_some_and(std::mem::take)
    }

    fn switch(&self, _model: &Model) -> Option<Switch> {
        None
    }

    /// Whether the switches are chosen from a menu in it.
    fn offers_switches(&self, _model: &Model) -> bool {
        false
    }

    /// Asks AWS again for what it shows; `details` is the account that details are about.
    fn refresh(&self, _model: &mut Model, _details: Option<AccountId>) {}

    /// Whether it shows time that runs out. In one pane, the details cover the list.
    fn counts_down(&self, _model: &Model, _one_pane: bool, _details: Option<AccountId>) -> bool {
        false
    }
}
