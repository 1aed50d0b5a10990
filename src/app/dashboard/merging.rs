//! The rows of several organizations in one list.

use std::collections::HashSet;

use crate::app::dashboard::Dashboard;
use crate::app::dashboard::merged_of::MergedOf;
use crate::app::list::OwnRows;
use crate::app::shell::several::MERGED;
use crate::app::view::ViewId;
use crate::app::views;
use crate::domain::account::AccountId;

impl Dashboard {
    /// Lists the accounts of all organizations in the view on screen, in one order.
    pub(super) fn merge(&mut self) {
        for one in &mut self.others {
            one.app.list_as(&self.present.app);
        }
        if !MERGED.contains(&self.present.app.view) {
            return;
        }
        let now = self.merged_of();
        if self.merged.as_ref() == Some(&now) {
            return;
        }
        let rows = self.rows_of_all(now.view);
        self.merged = Some(MergedOf { rows: rows.len(), ..now });
        self.present.app.set_merged_rows(rows);
    }

    fn merged_of(&self) -> MergedOf {
        let app = &self.present.app;
        let (view, accounts) = (views::view(app.view), &app.model.accounts);
        let mut versions: Vec<_> =
            self.each().map(|one| (one.org, view.own_rows(&one.app.model).map_or(0, OwnRows::version))).collect();
        versions.sort_unstable();
        MergedOf {
            view: app.view,
            order: (accounts.sort, accounts.reversed),
            versions,
            rows: view.accounts(&app.model).rows().len(),
        }
    }

    /// Each account once, also where two profiles lead to the same organization.
    fn rows_of_all(&self, id: ViewId) -> Vec<AccountId> {
        let view = views::view(id);
        let (mut seen, mut rows) = (HashSet::new(), Vec::new());
        for one in self.each() {
            let own = view.own_rows(&one.app.model).map(OwnRows::rows).unwrap_or_default();
            let new = own.iter().filter(|id| seen.insert(**id));
            rows.extend(new.map(|id| (view.sort_key(&one.app.model, *id), one.org, *id)));
        }
        rows.sort_unstable();
        if id == ViewId::Accounts && self.present.app.model.accounts.reversed {
            rows.reverse();
        }
        rows.into_iter().map(|(.., id)| id).collect()
    }
}
