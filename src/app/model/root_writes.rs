use jiff::Timestamp;

use crate::app::model::Model;
use crate::app::notification::Notification;
use crate::domain::account::AccountId;
use crate::domain::credential_change::{CredentialChange, CredentialChangeKind};
use crate::domain::policy_holder::PolicyHolder;
use crate::domain::recovery::LeftOpen;
use crate::domain::root_change::RootChange;
use crate::domain::write::WriteOutcome;

impl Model {
    /// An audit from before this change no longer describes the account.
    pub(in crate::app) fn note_credential_change(
        &mut self,
        account: AccountId,
        change: &RootChange,
        outcome: &WriteOutcome,
        at: Timestamp,
    ) {
        let may_be_done = matches!(outcome, WriteOutcome::Taken(_) | WriteOutcome::Unknown(_));
        if let Some(kind) = CredentialChangeKind::of(change).filter(|_| may_be_done) {
            self.root.note_change(CredentialChange { account, kind, at });
        }
    }

    /// AWS accepted it and shows something else. A policy is waited for.
    pub(in crate::app) fn not_shown(&mut self, account: AccountId, change: &RootChange) -> Notification {
        match holder_of(change) {
            Some(holder) => {
                self.await_policy(account, holder, change);
                Notification::PolicyAwaited(account, change.clone())
            }
            None => Notification::RootNotSeen(account, change.clone()),
        }
    }

    /// What may be left open is listed; only what was verified as closed leaves the list.
    pub(in crate::app) fn note_recovery(
        &mut self,
        account: AccountId,
        change: &RootChange,
        ended: &Result<Notification, WriteOutcome>,
        sent: Timestamp,
    ) {
        let may_be_done = matches!(ended, Err(WriteOutcome::Unknown(_)));
        match (change, ended) {
            (RootChange::AllowPasswordRecovery, Ok(Notification::RootAlready(..))) => {}
            (RootChange::AllowPasswordRecovery, ended) if ended.is_ok() || may_be_done => {
                let by = self.connection.value().map(|known| known.caller.arn.clone()).unwrap_or_default();
                self.recovery.opened(LeftOpen::new(account, sent, by));
            }
            (RootChange::ClosePasswordRecovery, Ok(Notification::RootSeen(..) | Notification::RootAlready(..))) => {
                self.recovery.closed(account);
            }
            _ => {}
        }
    }
}

pub(in crate::app) fn holder_of(change: &RootChange) -> Option<&PolicyHolder> {
    match change {
        RootChange::DeletePolicy(holder) | RootChange::PutPolicy(holder, _) => Some(holder),
        RootChange::DeleteCredential(_) | RootChange::AllowPasswordRecovery | RootChange::ClosePasswordRecovery => None,
    }
}
