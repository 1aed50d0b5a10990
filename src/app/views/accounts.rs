//! View 1: the accounts, the details of one, and the switches.

use super::view::View;
use crate::app::command_id::KeyContext;
use crate::app::filter::{Filter, TypedFilter};
use crate::app::list::{Motion, OwnRows, Scrolled};
use crate::app::model::Model;
use crate::app::state::account_row::SortKey;
use crate::app::view::Pane;
use crate::domain::account::AccountId;
use crate::domain::change::Switch;
use crate::domain::export::Export;

pub(super) struct Accounts;

impl View for Accounts {
    fn context(&self, model: &Model) -> KeyContext {
        match model.accounts.pane {
            Pane::List => KeyContext::Accounts,
            Pane::Details => KeyContext::Details,
            Pane::Switches => KeyContext::Switches,
        }
    }

    fn pane<'a>(&self, model: &'a mut Model) -> &'a mut dyn Scrolled {
        &mut model.accounts
    }

    fn rows(&self, model: &Model) -> usize {
        model.own_in(&model.accounts.list).count()
    }

    fn own_rows<'a>(&self, model: &'a Model) -> Option<&'a OwnRows<AccountId>> {
        Some(&model.accounts.own)
    }

    fn sort_key<'a>(&self, model: &'a Model, id: AccountId) -> SortKey<'a> {
        model.accounts.key(id, model.sources())
    }

    fn export(&self, model: &Model) -> Export {
        let rows = || model.own_in(&model.accounts.list);
        Export::Accounts {
            accounts: rows().filter_map(|id| model.accounts.get(*id)).cloned().collect(),
            units: model.units.clone(),
            findings: model.findings.known().map(<[_]>::to_vec),
            addresses: rows().map(|id| (*id, model.findings.of_address(*id).to_vec())).collect(),
        }
    }

    fn go(&self, model: &mut Model, motion: Motion, rows: usize, lines: usize) {
        match model.accounts.pane {
            Pane::List | Pane::Details => self.pane(model).go(motion, rows, lines),
            Pane::Switches => model.switches.switches.go(motion),
        }
    }

    fn recompute(&self, model: &mut Model, _is_shown: bool) {
        model.fresh_accounts();
    }

    fn account_filter<'a>(&self, model: &'a Model) -> Option<&'a Filter> {
        Some(&model.accounts.filter)
    }

    fn filter_mut<'a>(&self, model: &'a mut Model) -> Option<&'a mut dyn TypedFilter> {
        Some(&mut model.accounts.filter)
    }

    fn filter_changed(&self, model: &mut Model) {
        model.accounts.filter_changed();
    }

    fn back_to_list(&self, model: &mut Model) -> bool {
        std::mem::replace(&mut model.accounts.pane, Pane::List) != Pane::List
    }

    fn switch(&self, model: &Model) -> Option<Switch> {
        model.switches.selected_switch().filter(|_| model.accounts.pane == Pane::Switches)
    }

    fn offers_switches(&self, model: &Model) -> bool {
        model.accounts.pane != Pane::Switches
    }

    fn refresh(&self, model: &mut Model, details: Option<AccountId>) {
        model.refresh_accounts(details);
    }

    fn counts_down(&self, model: &Model, _one_pane: bool, details: Option<AccountId>) -> bool {
        details.is_some_and(|id| model.emails.counts_down(id, model.now))
    }
}
