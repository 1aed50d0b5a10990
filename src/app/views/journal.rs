//! View 6: what this program did and refused.

use super::view::View;
use crate::app::command_id::KeyContext;
use crate::app::effect::Read;
use crate::app::filter::{EntryCandidate, TypedFilter};
use crate::app::list::{Motion, Scrolled};
use crate::app::model::Model;
use crate::domain::account::AccountId;
use crate::domain::export::Export;
use crate::domain::journal::JournalEntry;

pub(super) struct Journal;

impl View for Journal {
    fn context(&self, _model: &Model) -> KeyContext {
        KeyContext::Journal
    }

    fn pane<'a>(&self, model: &'a mut Model) -> &'a mut dyn Scrolled {
        &mut model.journal.pane
    }

    fn rows(&self, model: &Model) -> usize {
        model.journal.pane.list.rows().len()
    }

    fn export(&self, model: &Model) -> Export {
        let entries: Vec<JournalEntry> = model.journal.shown().cloned().collect();
        let about = entries.iter().filter_map(|entry| model.accounts.get(entry.account?));
        let names = about.map(|account| (account.id, account.name.clone())).collect();
        Export::Journal { entries, names }
    }

    fn recompute(&self, model: &mut Model, is_shown: bool) {
        // Whoever reads an entry keeps it while newer ones come.
        let pane = &mut model.journal.pane;
        pane.chosen |= pane.reading || pane.top > 0;
        let accounts = model.fresh_accounts();
        if !is_shown || !model.journal.derived.is_stale(accounts) {
            return;
        }
        let (journal, accounts, now) = (&model.journal, &model.accounts, model.now);
        let name = |account: Option<AccountId>| {
            account.and_then(|id| accounts.get(id)).map_or("", |account| account.name.as_str())
        };
        let entries = journal.journal.value().map(|journal| journal.entries.as_slice()).unwrap_or_default();
        let rows = if journal.filter.is_empty() {
            entries.iter().map(|entry| entry.id).collect()
        } else {
            let candidates = entries.iter().map(|entry| {
                let outcome = journal.state(entry, now).word();
                EntryCandidate { entry, name: name(entry.account), outcome, spoken: model.start.spoken }
            });
            journal.filter.keep(candidates, now, &model.start.time_zone)
        };
        model.journal.pane.list.set_rows(rows);
        if !model.journal.pane.chosen {
            model.journal.pane.list.go(Motion::First);
        }
        if !model.journal.pane.chosen || model.journal.details.is_none() {
            model.journal.details = model.journal.pane.list.selected();
        }
    }

    fn filter<'a>(&self, model: &'a Model) -> Option<&'a dyn TypedFilter> {
        Some(&model.journal.filter)
    }

    fn filter_mut<'a>(&self, model: &'a mut Model) -> Option<&'a mut dyn TypedFilter> {
        Some(&mut model.journal.filter)
    }

    fn filter_changed(&self, model: &mut Model) {
        model.journal.derived.invalidate();
    }

    fn refresh(&self, model: &mut Model, _details: Option<AccountId>) {
        model.read(Read::Journal);
    }
}
