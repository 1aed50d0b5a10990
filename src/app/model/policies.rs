use std::path::Path;
use std::time::Duration;

use crate::app::command_id::DisabledReason;
use crate::app::dialogs::policies::PolicyView;
use crate::app::draft::InEditor;
use crate::app::effect::{Edit, Effect, PolicyFile, Visit, Wake};
use crate::app::model::Model;
use crate::app::notification::Notification;
use crate::app::state::policies::AwaitedPolicy;
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiError;
use crate::domain::change::Change;
use crate::domain::policy_holder::{PolicyHolder, PolicyText};
use crate::domain::remote_data::ReadId;
use crate::domain::root_change::RootChange;

pub(crate) const LOOK_AGAIN: Duration = Duration::from_secs(5);

impl Model {
    pub(crate) fn awaited_policy(&self, account: AccountId, holder: &PolicyHolder) -> Option<&AwaitedPolicy> {
        self.unlocking.awaited.iter().find(|awaited| awaited.account == account && awaited.holder == *holder)
    }

    pub(in crate::app) fn give_up_on(&mut self, place: usize) {
        let awaited = self.unlocking.awaited.remove(place);
        self.out.notify(Notification::PolicyNotSeen(awaited.account, awaited.change));
    }

    pub(in crate::app) fn await_policy(&mut self, account: AccountId, holder: &PolicyHolder, change: &RootChange) {
        self.unlocking.awaited.retain(|awaited| awaited.account != account || awaited.holder != *holder);
        self.unlocking.awaited.push(AwaitedPolicy {
            account,
            holder: holder.clone(),
            change: change.clone(),
            since: self.now,
            asked: None,
        });
        self.out.push(Effect::Wake(LOOK_AGAIN, Wake::LookAtPolicy(account, holder.clone())));
    }

    pub(in crate::app) fn look_at_policy(&mut self, account: AccountId, holder: &PolicyHolder) {
        let now = self.now;
        let place =
            self.unlocking.awaited.iter().position(|awaited| awaited.account == account && awaited.holder == *holder);
        let Some(place) = place else { return };
        let known = self.accounts.get(account).cloned();
        let in_progress = self.unlocking.awaited.get(place).is_some_and(|awaited| awaited.asked.is_some());
        let overdue = self.unlocking.awaited.get(place).is_some_and(|awaited| awaited.is_overdue(now));
        match known {
            Some(known) if !in_progress => {
                let id = self.out.read_id();
                if let Some(awaited) = self.unlocking.awaited.get_mut(place) {
                    awaited.asked = Some(id);
                }
                self.out.push(Effect::Visit(id, Box::new(Visit::Policy(known, holder.clone()))));
            }
            // An answer that never comes, or an account that is gone, must not make it endless.
            _ if overdue => self.give_up_on(place),
            _ => self.out.push(Effect::Wake(LOOK_AGAIN, Wake::LookAtPolicy(account, holder.clone()))),
        }
    }

    /// Whether no read or write of this policy is in progress.
    pub(in crate::app) fn is_policy_free(
        &self,
        account: AccountId,
        holder: &PolicyHolder,
    ) -> Result<(), DisabledReason> {
        let about = |change: &RootChange| matches!(change, RootChange::DeletePolicy(other) | RootChange::PutPolicy(other, _) if other == holder);
        let written = self.writes.values().any(
            |change| matches!(change, Change::Root { account: other, change } if *other == account && about(change)),
        );
        if written || self.awaited_policy(account, holder).is_some() { Err(DisabledReason::InProgress) } else { Ok(()) }
    }

    pub(crate) fn is_saving(&self, view: &PolicyView) -> bool {
        self.unlocking.saving.iter().any(|(_, account, holder, _)| *account == view.account && *holder == view.holder)
    }

    /// Where the policy was last saved in this run. The file may have been edited since.
    pub(crate) fn saved_policy(&self, view: &PolicyView) -> Option<&Path> {
        let mut saved = self.unlocking.saved.iter();
        saved
            .find(|(account, holder, ..)| *account == view.account && *holder == view.holder)
            .map(|(.., path)| path.as_path())
    }

    /// Whether this text of the policy was saved in this run.
    pub(in crate::app) fn is_policy_saved(&self, account: AccountId, holder: &PolicyHolder, text: &str) -> bool {
        let mut saved = self.unlocking.saved.iter();
        saved.any(|(of, other, saved, _)| *of == account && other == holder && saved == text)
    }

    /// Saves the policy that a page shows, unless it is or is about to be.
    pub(in crate::app) fn save_policy(&mut self, view: &PolicyView) {
        let Some(text) = view.text().filter(|_| !view.is_saved() && !self.is_saving(view)).cloned() else { return };
        let (id, account, holder) = (self.out.read_id(), view.account, view.holder.clone());
        self.unlocking.saving.push((id, account, holder.clone(), text.clone()));
        self.out.push(Effect::File(id, Box::new(PolicyFile::Save(account, holder, text))));
    }

    /// Opens a text in the person's editor, or what was made of it last and is not used.
    pub(in crate::app) fn edit_text(&mut self, editing: &mut InEditor, name: &'static str, text: &str) {
        let id = self.open_in_editor(Edit::Text { name, text: editing.begins_with(text) });
        editing.opened(id, text);
    }

    pub(in crate::app) fn open_in_editor(&mut self, edit: Edit) -> ReadId {
        let id = self.out.read_id();
        self.out.push(Effect::Edit(id, Box::new(edit)));
        id
    }

    /// Records what a read of a policy showed.
    pub(in crate::app) fn note_policy(
        &mut self,
        account: AccountId,
        holder: &PolicyHolder,
        read: &Result<Option<PolicyText>, ApiError>,
    ) {
        let partition = self.partition().to_owned();
        self.unlocking.note(account, holder, read, &partition);
    }
}
