use crate::app::command_id::DisabledReason;
use crate::app::shell::App;
use crate::domain::account::AccountId;

/// With more hidden accounts than this, a question can't name them all: clear the filter first.
pub(crate) const NAMED_HIDDEN: usize = 16;

impl App {
    /// The marked accounts, or the selected one if none is marked.
    pub(in crate::app) fn chosen_accounts(&self) -> Vec<AccountId> {
        if self.model.root.marks.is_empty() {
            self.selected_id().into_iter().collect()
        } else {
            self.model.root.marks.iter().copied().collect()
        }
    }

    /// The marked accounts that the view does not show.
    pub(crate) fn hidden_marks(&self) -> Vec<AccountId> {
        let view = self.shown();
        let is_shown = |id: &AccountId| view.lists(&self.model, *id);
        self.model.root.marks.iter().filter(|id| !is_shown(id)).copied().collect()
    }

    /// Whether a question can name all accounts it applies to: a batch works in one organization.
    pub(in crate::app) fn can_name_marks(&self) -> Result<(), DisabledReason> {
        if let Some((marked, organization)) = &self.elsewhere.marks {
            return Err(DisabledReason::MarksElsewhere(*marked, organization.clone()));
        }
        let hidden = self.hidden_marks().len();
        if hidden > NAMED_HIDDEN { Err(DisabledReason::HiddenMarks(hidden)) } else { Ok(()) }
    }

    pub(in crate::app) fn can_mark(&self) -> Result<(), DisabledReason> {
        self.selected_id().map(|_| ()).ok_or_else(|| self.model.no_account())
    }

    /// Toggles the mark of the selected account, and moves to the next row.
    pub(in crate::app) fn mark(&mut self) {
        let Some(id) = self.selected_id().filter(|id| self.model.accounts.get(*id).is_some()) else { return };
        self.model.root.marks.toggle(id);
        self.choose_row();
        self.shown().next_row(&mut self.model);
    }

    /// Marks the rows from the account marked last to the cursor, which stays where it is.
    pub(in crate::app) fn mark_range(&mut self) {
        let Some(id) = self.selected_id() else { return };
        let shown = self.markable();
        self.model.root.marks.mark_range(&shown, id);
        self.choose_row();
    }

    pub(in crate::app) fn mark_shown(&mut self) {
        let shown = self.markable();
        self.model.root.marks.mark_all(&shown);
    }

    pub(in crate::app) fn invert_marks(&mut self) {
        let shown = self.markable();
        self.model.root.marks.invert(&shown);
    }

    fn choose_row(&mut self) {
        if let Some(chosen) = self.shown().chosen_mut(&mut self.model) {
            *chosen = true;
        }
    }

    /// The rows of the view that are accounts of the listing.
    fn markable(&self) -> Vec<AccountId> {
        self.shown_accounts().into_iter().filter(|id| self.model.accounts.get(*id).is_some()).collect()
    }
}
