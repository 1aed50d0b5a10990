use crate::app::command::DisabledReason;
use crate::app::shell::App;
use crate::domain::account::AccountId;

/// More hidden accounts than this are not named in one question: the filter has to go first.
pub(crate) const NAMED_HIDDEN: usize = 16;

impl App {
    /// The marked accounts, or the selected one where none is marked.
    pub(in crate::app) fn accounts_in_hand(&self) -> Vec<AccountId> {
        if self.model.root.marks.is_empty() {
            self.selected_id().into_iter().collect()
        } else {
            self.model.root.marks.iter().copied().collect()
        }
    }

    /// The marked accounts that the view does not show.
    #[must_use]
    pub fn hidden_marks(&self) -> Vec<AccountId> {
        let view = self.shown();
        let is_shown = |id: &AccountId| view.lists(&self.model, *id);
        self.model.root.marks.iter().filter(|id| !is_shown(id)).copied().collect()
    }

    /// Whether a question can name all that is hidden of what it works on.
    pub(in crate::app) fn can_name_marks(&self) -> Result<(), DisabledReason> {
        let hidden = self.hidden_marks().len();
        if hidden > NAMED_HIDDEN { Err(DisabledReason::HiddenMarks(hidden)) } else { Ok(()) }
    }

    pub(in crate::app) fn can_mark(&self) -> Result<(), DisabledReason> {
        self.selected_id().map(|_| ()).ok_or_else(|| self.model.no_account())
    }

    /// Marks the selected account or takes its mark away, and goes on to the next row.
    pub(in crate::app) fn mark(&mut self) {
        let Some(id) = self.selected_id().filter(|id| self.model.accounts.get(*id).is_some()) else { return };
        if !self.model.root.marks.remove(&id) {
            self.model.root.marks.insert(id);
        }
        if let Some(chosen) = self.shown().chosen_mut(&mut self.model) {
            *chosen = true;
        }
        self.shown().next_row(&mut self.model);
    }

    /// Marks all accounts that are shown, beside those already marked.
    pub(in crate::app) fn mark_shown(&mut self) {
        let shown: Vec<AccountId> =
            self.shown_accounts().iter().filter(|id| self.model.accounts.get(**id).is_some()).copied().collect();
        self.model.root.marks.extend(shown);
    }
}
