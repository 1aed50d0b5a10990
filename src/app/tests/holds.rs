//! What holds wherever a walk comes.

use super::walk::{Walk, assert_tells_nothing};
use crate::app::dialogs::policies::PolicyPage;
use crate::app::layers::Layer;

impl Walk {
    /// What holds wherever one comes.
    pub(super) fn holds(&self) {
        assert_tells_nothing("state", &self.app);
        let accounts = &self.app.model.accounts.list;
        assert!(accounts.index() < accounts.rows().len().max(1));
        assert!(accounts.selected().is_none_or(|id| self.app.model.accounts.get(id).is_some()));
        let rows = self.app.model.switches.rows().len();
        assert!(self.app.model.switches.pane.list.index() < rows, "view 4 always has rows");
        assert_eq!(self.app.model.switches.pane.list.rows().len(), rows);
        let journal = &self.app.model.journal;
        assert!(journal.pane.list.index() < journal.pane.list.rows().len().max(1));
        assert!(journal.pane.list.selected().is_none_or(|id| journal.get(id).is_some()), "a row of no entry");
        let root = &self.app.model.root;
        assert!(root.pane.list.index() < root.pane.list.rows().len().max(1));
        let board = &self.app.model.board.pane.list;
        assert!(board.index() < board.rows().len().max(1));
        assert!(root.marks.iter().all(|id| self.app.model.accounts.get(*id).is_some()), "a mark on nothing");
        assert_eq!(
            self.app.model.in_progress.as_ref().map(|run| run.id),
            self.run.as_ref().map(|(number, ..)| *number)
        );
        assert!(self.app.model.mailbox.list.index() < self.app.model.mailbox.mails().len().max(1));
        let focused = match self.app.layers.last() {
            Some(Layer::StartEmail(dialog)) => {
                let check = dialog.check(&self.app.model);
                dialog.focuses_of(&check).contains(&dialog.form.focus)
            }
            Some(Layer::Policies(PolicyPage::Holders(holders))) => {
                holders.selected().is_some() || holders.list.rows().is_empty()
            }
            Some(Layer::Policies(_)) => true,
            Some(
                layer @ (Layer::Switches(_)
                | Layer::Copy(_)
                | Layer::Contacts(_)
                | Layer::AuditMenu(_)
                | Layer::AskMenu(_)
                | Layer::ExportMenu(_)
                | Layer::ConsoleMenu(_)
                | Layer::Plans(_)
                | Layer::SignIn(_)
                | Layer::SortMenu(_)
                | Layer::RootMenu(_)),
            ) => layer.clone().dialog_mut().choose(&self.app.model).is_some(),
            Some(Layer::Columns(dialog)) => dialog.list.selected().is_some(),
            Some(Layer::Units(dialog)) => dialog.list.selected().is_some() || dialog.list.rows().is_empty(),
            Some(Layer::Palette(palette)) => palette.list.selected().is_some() || palette.list.rows().is_empty(),
            Some(Layer::Profiles(dialog)) => dialog.list.selected().is_some() || dialog.list.rows().is_empty(),
            Some(Layer::PlanResults(_)) => true,
            Some(
                Layer::Help(_)
                | Layer::Notification(_)
                | Layer::Results(_)
                | Layer::Findings(_)
                | Layer::ManagedPolicies(_)
                | Layer::Controls(_),
            )
            | None => true,
            Some(layer) => {
                let dialog = layer.dialog();
                dialog.form().is_some_and(|form| dialog.stops().contains(&form.focus))
            }
        };
        assert!(focused, "nothing has the focus in {:?}", self.app.layers.last());
    }
}
