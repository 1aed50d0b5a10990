use std::path::Path;
use std::time::Duration;

use crate::app::command_id::DisabledReason;
use crate::app::dialogs::policies::PolicyView;
use crate::app::effect::{Effect, Visit, Wake};
use crate::app::model::Model;
use crate::app::notification::Notification;
use crate::app::state::policies::AwaitedPolicy;
use crate::domain::account::AccountId;
use crate::domain::change::Change;
use crate::domain::policy_holder::PolicyHolder;
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
            .find(|(account, holder, _)| *account == view.account && *holder == view.holder)
            .map(|(.., path)| path.as_path())
    }
}
