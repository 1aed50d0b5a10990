//! Waiting until AWS shows a policy as it was set.

use crate::app::model::Model;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::App;
use super::effect::{Effect, Visit, Wake};
use super::notification::Notification;
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiError;
use crate::domain::policy_holder::is_same_policy;
use crate::domain::policy_holder::{PolicyHolder, PolicyText};
use crate::domain::remote_data::ReadId;
use crate::domain::root_change::RootChange;

/// How long AWS may take to show a policy as it was set (SQS documents 60 seconds).
pub const POLICY_WITHIN: SignedDuration = SignedDuration::from_secs(60);

/// How long to wait before AWS is asked again.
pub(crate) const LOOK_AGAIN: Duration = Duration::from_secs(5);

/// A policy that AWS took, or deleted, and does not show so yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwaitedPolicy {
    /// The account.
    pub account: AccountId,
    /// Whose policy.
    pub holder: PolicyHolder,
    /// The change.
    pub change: RootChange,
    /// Since when.
    pub since: Timestamp,
    /// The question under way.
    pub asked: Option<ReadId>,
}

impl AwaitedPolicy {
    /// Whether it has been awaited for longer than AWS needs.
    #[must_use]
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        now.duration_since(self.since) >= POLICY_WITHIN
    }

    /// Whether what AWS shows is what the change was to bring about.
    fn is_shown(&self, policy: Option<&PolicyText>) -> bool {
        is_policy_as(&self.change, policy)
    }
}

/// Whether `policy` is what `change` was to bring about.
pub(super) fn is_policy_as(change: &RootChange, policy: Option<&PolicyText>) -> bool {
    match (change, policy) {
        (RootChange::DeletePolicy(_), None) => true,
        (RootChange::PutPolicy(_, text), Some(shown)) => is_same_policy(text, shown),
        _ => false,
    }
}

impl Model {
    /// What AWS is still to show of this policy.
    #[must_use]
    pub fn awaited_policy(&self, account: AccountId, holder: &PolicyHolder) -> Option<&AwaitedPolicy> {
        self.unlocking.awaited.iter().find(|awaited| awaited.account == account && awaited.holder == *holder)
    }

    fn give_up_on(&mut self, place: usize) {
        let awaited = self.unlocking.awaited.remove(place);
        self.out.notify(Notification::PolicyNotSeen(awaited.account, awaited.change));
    }

    /// Waits until AWS shows a policy as it was set.
    pub(super) fn await_policy(&mut self, account: AccountId, holder: &PolicyHolder, change: &RootChange) {
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

    /// Asks again whether AWS shows a policy as it was set.
    pub(super) fn look_at_policy(&mut self, account: AccountId, holder: &PolicyHolder) {
        let now = self.now;
        let place =
            self.unlocking.awaited.iter().position(|awaited| awaited.account == account && awaited.holder == *holder);
        let Some(place) = place else { return };
        let known = self.accounts.get(account).cloned();
        let under_way = self.unlocking.awaited.get(place).is_some_and(|awaited| awaited.asked.is_some());
        let overdue = self.unlocking.awaited.get(place).is_some_and(|awaited| awaited.is_overdue(now));
        match known {
            Some(known) if !under_way => {
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
}

impl App {
    /// Takes what was read for the waiting; it is as good for the page.
    pub(super) fn apply_awaited_policy(
        &mut self,
        id: ReadId,
        account: AccountId,
        holder: &PolicyHolder,
        result: &Result<Option<PolicyText>, ApiError>,
    ) {
        let now = self.model.now;
        let Some(place) = self.model.unlocking.awaited.iter().position(|awaited| awaited.asked == Some(id)) else {
            return;
        };
        for view in self.policy_views().filter(|view| view.account == account && view.holder == *holder) {
            view.policy.set(result.clone(), now);
        }
        let Some(awaited) = self.model.unlocking.awaited.get_mut(place) else { return };
        awaited.asked = None;
        let shown = result.as_ref().is_ok_and(|policy| awaited.is_shown(policy.as_ref()));
        if shown {
            let awaited = self.model.unlocking.awaited.remove(place);
            self.model.out.notify(Notification::PolicySeen(awaited.account, awaited.change));
        } else if awaited.is_overdue(now) {
            self.model.give_up_on(place);
        } else {
            self.model.out.push(Effect::Wake(LOOK_AGAIN, Wake::LookAtPolicy(account, holder.clone())));
        }
    }
}
