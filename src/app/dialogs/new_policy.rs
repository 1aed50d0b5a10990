//! What would replace a policy: from a file, from the person's editor, or the present one without a statement.

use crate::app::command_id::DisabledReason;
use crate::app::draft::{Draft, InEditor};
use crate::app::model::Model;
use crate::app::reading::Reading;
use crate::app::search::Search;
use crate::app::state::policies::PolicySource;
use crate::domain::account::AccountId;
use crate::domain::change::Change;
use crate::domain::diff::{DiffLine, diff};
use crate::domain::policy::{laid_out_as, pretty};
use crate::domain::policy_holder::{PolicyHolder, PolicyText, is_same_policy};
use crate::domain::policy_judgement::{check, is_empty};
use crate::domain::root_change::RootChange;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NewPolicy {
    pub account: AccountId,
    pub holder: PolicyHolder,
    pub source: PolicySource,
    pub text: PolicyText,
    /// What AWS showed when this was asked for; `None` if there was no policy.
    pub present: Option<PolicyText>,
    /// From the present policy to this one.
    pub diff: Vec<DiffLine>,
    pub editing: InEditor,
    pub reading: Reading,
    pub search: Search,
}

impl NewPolicy {
    pub(in crate::app) fn new(
        account: AccountId,
        holder: PolicyHolder,
        source: PolicySource,
        text: PolicyText,
        present: Option<PolicyText>,
    ) -> Self {
        let text = match &present {
            Some(present) if !matches!(source, PolicySource::File(_)) => laid_out_as(present, &text),
            _ => text,
        };
        let diff = diff(&present.as_deref().map(pretty).unwrap_or_default(), &pretty(&text));
        let (editing, reading, search) = (InEditor::default(), Reading::default(), Search::default());
        Self { account, holder, source, text, present, diff, editing, reading, search }
    }

    /// Nothing is left of it: AWS takes no policy without statements.
    pub(crate) fn deletes(&self) -> bool {
        self.present.is_some() && is_empty(&self.text)
    }

    pub(crate) fn changes_nothing(&self) -> bool {
        self.present.as_ref().is_some_and(|present| is_same_policy(present, &self.text))
    }

    pub(in crate::app) fn change(&self) -> Change {
        let holder = self.holder.clone();
        let change = if self.deletes() {
            RootChange::DeletePolicy(holder)
        } else {
            RootChange::PutPolicy(holder, self.text.clone())
        };
        Change::Root { account: self.account, change }
    }

    pub(in crate::app) fn can_put(&self, model: &Model) -> Result<(), DisabledReason> {
        if !self.deletes() && check(&self.text).is_err() {
            return Err(DisabledReason::NotAPolicy);
        }
        if self.changes_nothing() {
            return Err(DisabledReason::SamePolicy);
        }
        if !self.reading.is_done {
            return Err(DisabledReason::NotReadToItsEnd);
        }
        let is_saved = |present: &PolicyText| model.is_policy_saved(self.account, &self.holder, present);
        if self.present.as_ref().is_some_and(|present| !is_saved(present)) {
            return Err(DisabledReason::NotSaved);
        }
        model.is_policy_free(self.account, &self.holder)
    }

    pub(in crate::app) fn edit_text(&mut self, model: &mut Model) {
        let text = self.shown_text();
        model.edit_text(&mut self.editing, "policy.json", &text);
    }

    /// As the editor gets it.
    fn shown_text(&self) -> String {
        pretty(&self.text).join("\n") + "\n"
    }

    pub(in crate::app) fn draft(&self) -> Draft {
        self.editing.begins_with(&self.shown_text())
    }

    /// It was edited again. The search stays.
    pub(in crate::app) fn replace(&mut self, text: &str) {
        let (holder, present, search) = (self.holder.clone(), self.present.clone(), self.search.clone());
        *self = Self { search, ..Self::new(self.account, holder, PolicySource::Editor, text.to_owned(), present) };
    }
}
