use crate::app::command_id::DisabledReason;
use crate::app::model::Model;
use crate::app::state::choices::RootTask;
use crate::domain::account::AccountId;
use crate::domain::change::Switch;
use crate::domain::permit::{Refusal, permit_look, permit_task};
use crate::domain::remote_data::Known;
use crate::domain::root_credentials::{Password, Presence};
use crate::domain::root_session::SessionKey;
use crate::domain::task_policy::TaskPolicy;

impl Model {
    /// The root login profile as last seen, by a write of this run or by an audit.
    pub(crate) fn login_profile(&self, account: AccountId) -> Option<Known<Presence<Password>>> {
        let looked = self.recovery.logins.get(&account).cloned();
        let audited =
            self.root.audits.get(&account).map(|audit| Known { value: audit.value.password.clone(), at: audit.at });
        match (looked, audited) {
            (Some(looked), Some(audited)) => Some(if audited.at > looked.at { audited } else { looked }),
            (looked, audited) => looked.or(audited),
        }
    }

    pub(in crate::app) fn can_list_left_open(&self) -> Result<(), DisabledReason> {
        if self.recovery.all().is_empty() { Err(DisabledReason::NothingLeftOpen) } else { Ok(()) }
    }

    pub(in crate::app) fn can_begin(&self, account: AccountId, task: RootTask) -> Result<(), DisabledReason> {
        let Some(policy) = task.policy() else {
            let keys = TaskPolicy::ALL.map(|task| self.can_open_session(SessionKey { account, task }));
            // One session that can be opened, at most after its gate, is enough; otherwise the
            // first reason.
            let open = keys
                .iter()
                .any(|can| matches!(can, Ok(()) | Err(DisabledReason::Refusal(Refusal::NeedsRootFeature(_)))));
            return if open { Ok(()) } else { keys.into_iter().next().unwrap_or(Ok(())) };
        };
        let looks = matches!(task, RootTask::UnlockBucket | RootTask::UnlockQueue);
        let facts = self.facts(self.accounts.get(account));
        let permitted = if looks { permit_look(policy, account, &facts) } else { permit_task(policy, account, &facts) };
        permitted.map_err(DisabledReason::Refusal)?;
        let writes = matches!(task, RootTask::AllowRecovery | RootTask::CloseRecovery);
        let busy = writes && self.writes.values().any(|change| change.account() == Some(account));
        if busy { Err(DisabledReason::InProgress) } else { Ok(()) }
    }

    /// A read-only run opens none: unseen by the program, a session can do whatever its task policy allows.
    pub(in crate::app) fn can_open_session(&self, key: SessionKey) -> Result<(), DisabledReason> {
        if self.start.rules.read_only {
            return Err(DisabledReason::Refusal(Refusal::ReadOnly));
        }
        let facts = self.facts(self.accounts.get(key.account));
        permit_task(key.task, key.account, &facts).map_err(DisabledReason::Refusal)
    }

    /// The switch that has to be on before the task, if only that blocks it and the caller can turn
    /// it on; otherwise why the caller can't.
    pub(crate) fn gate(&self, why: &DisabledReason) -> Option<Result<Switch, DisabledReason>> {
        let DisabledReason::Refusal(refusal) = why else { return None };
        let switch = refusal.gate()?;
        Some(match self.can_turn(&switch) {
            Ok(()) => Ok(switch),
            Err(cannot) => Err(DisabledReason::Gate(switch, Box::new(cannot))),
        })
    }
}
