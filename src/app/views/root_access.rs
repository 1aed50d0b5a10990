//! View 3: the root credentials of the accounts.

use std::collections::BTreeMap;

use super::view::View;
use crate::app::command_id::KeyContext;
use crate::app::filter::{AccountText, Filter, TypedFilter};
use crate::app::list::{List, ListPane, OwnRows, Scrolled};
use crate::app::model::Model;
use crate::app::state::account_row::SortKey;
use crate::app::state::root_access::RootAccess as RootAccessState;
use crate::app::state::root_state::RootState;
use crate::domain::account::AccountId;
use crate::domain::export::{Export, RootAccessRow};

pub(super) struct RootAccess;

impl View for RootAccess {
    fn context(&self, _model: &Model) -> KeyContext {
        KeyContext::RootAccess
    }

    fn pane<'a>(&self, model: &'a mut Model) -> &'a mut dyn Scrolled {
        &mut model.root.pane
    }

    fn account_pane<'a>(&self, model: &'a mut Model) -> Option<&'a mut ListPane<AccountId>> {
        Some(&mut model.root.pane)
    }

    fn accounts<'a>(&self, model: &'a Model) -> &'a List<AccountId> {
        &model.root.pane.list
    }

    fn own_rows<'a>(&self, model: &'a Model) -> Option<&'a OwnRows<AccountId>> {
        Some(&model.root.own)
    }

    fn sort_key<'a>(&self, model: &'a Model, id: AccountId) -> SortKey<'a> {
        let root = model.accounts.get(id).map(|account| model.root_order(account));
        let text = model.accounts.text(id).map_or("", AccountText::name);
        SortKey { root, text, id: Some(id), ..SortKey::default() }
    }

    fn lists(&self, model: &Model, account: AccountId) -> bool {
        model.is_let_by(&model.root.filter, account)
    }

    /// Also the marks, which the views 1 and 2 show as well.
    fn recompute(&self, model: &mut Model, is_shown: bool) {
        let accounts = model.fresh_accounts();
        if model.root.marked_of.is_stale(accounts) {
            let accounts = &model.accounts;
            model.root.marks.retain(|id| accounts.get(id).is_some());
        }
        if !is_shown || !model.root.derived.is_stale((accounts, model.management())) {
            return;
        }
        let (mut counts, mut hidden_findings) = (BTreeMap::new(), 0);
        let mut rows = Vec::new();
        for account in model.accounts.listed() {
            let order = model.root_order(account);
            let state = order.0;
            if model.is_let_by(&model.root.filter, account.id) {
                *counts.entry(state).or_default() += 1;
                let name = model.accounts.text(account.id).map_or("", AccountText::name);
                rows.push((order, name, account.id));
            } else {
                hidden_findings += usize::from(state == RootState::Finding);
            }
        }
        rows.sort_unstable();
        let rows = rows.into_iter().map(|(.., id)| id).collect();
        model.root.hidden_findings = hidden_findings;
        model.root.counts = counts;
        let RootAccessState { own, pane, .. } = &mut model.root;
        own.set(&mut pane.list, rows);
    }

    fn rows(&self, model: &Model) -> usize {
        model.own_in(&model.root.pane.list).count()
    }

    fn export(&self, model: &Model) -> Export {
        let row = |id: &AccountId| {
            let account = model.accounts.get(*id)?.clone();
            let (audit, skipped) = (model.root.audits.get(id).cloned(), model.skipped(&account));
            Some(RootAccessRow { account, audit, skipped })
        };
        Export::RootAccess {
            rows: model.own_in(&model.root.pane.list).filter_map(row).collect(),
            units: model.units.clone(),
            now: model.now,
        }
    }

    fn account_filter<'a>(&self, model: &'a Model) -> Option<&'a Filter> {
        Some(&model.root.filter)
    }

    fn filter_mut<'a>(&self, model: &'a mut Model) -> Option<&'a mut dyn TypedFilter> {
        Some(&mut model.root.filter)
    }

    fn filter_changed(&self, model: &mut Model) {
        model.root.derived.invalidate();
    }

    fn offers_switches(&self, _model: &Model) -> bool {
        true
    }

    fn refresh(&self, model: &mut Model, details: Option<AccountId>) {
        model.refresh_accounts(details);
    }
}
