use jiff::Timestamp;

use crate::app::ids::WriteId;
use crate::app::model::root_writes::holder_of;
use crate::app::notification::Notification;
use crate::app::shell::App;
use crate::app::state::policies::is_policy_as;
use crate::app::state::root_access::Shown;
use crate::domain::account::AccountId;
use crate::domain::change::Change;
use crate::domain::root_change::RootChange;
use crate::domain::root_credentials::Presence;
use crate::domain::write::{Seen, WriteOutcome, Written};

impl App {
    pub(in crate::app) fn root_written(
        &mut self,
        id: WriteId,
        account: AccountId,
        change: &RootChange,
        written: Written,
        sent: Timestamp,
    ) {
        self.model.note_credential_change(account, change, &written.outcome, sent);
        let shown = shown(change, &written.seen);
        self.apply_root_seen(account, change, written.seen);
        let ended = match (written.outcome, shown) {
            // If AWS shows it, it is done, whatever became of the answer.
            (WriteOutcome::Taken(_) | WriteOutcome::Unknown(_), Shown::Yes) => {
                Ok(Notification::RootSeen(account, change.clone()))
            }
            (WriteOutcome::Taken(_), Shown::No | Shown::NotAsked) => Ok(self.model.not_shown(account, change)),
            (WriteOutcome::AlreadySo(_), Shown::Yes) => Ok(Notification::RootAlready(account, change.clone())),
            (WriteOutcome::AlreadySo(_), Shown::No) => Ok(Notification::RootNotSeen(account, change.clone())),
            (WriteOutcome::Taken(_) | WriteOutcome::AlreadySo(_), Shown::Unread(error))
            | (WriteOutcome::AlreadySo(error), Shown::NotAsked) => {
                Ok(Notification::RootUnread(account, change.clone(), error))
            }
            (trouble, _) => Err(trouble),
        };
        self.model.note_recovery(account, change, &ended, sent);
        if let (Ok(_), Some(holder)) = (&ended, holder_of(change)) {
            self.forget_edits(account, holder);
        }
        let change = Change::Root { account, change: change.clone() };
        match ended {
            Ok(notification) => {
                self.layers.retain(|layer| !layer.dialog().sends(id) && !layer.dialog().is_done_by(&change));
                self.model.out.notify(notification);
            }
            Err(trouble) => {
                if let Some(layer) = self.layers.iter_mut().find(|layer| layer.dialog().sends(id)) {
                    drop(layer.dialog_mut().answered(&change, Some(&trouble), None));
                } else {
                    self.model.out.notify(Notification::WriteTrouble(change, trouble));
                }
            }
        }
    }

    fn apply_root_seen(&mut self, account: AccountId, change: &RootChange, seen: Seen) {
        let now = self.model.now;
        match seen {
            Seen::LoginProfile(login) => {
                self.model.root.apply_login_profile(account, &login);
                self.model.mark_filtered_dirty();
                self.model.recovery.saw(account, login, now);
            }
            Seen::RootCredentials(audit) => self.model.root.apply_audit(account, *audit, now),
            Seen::Policy(result) => {
                let Some(holder) = holder_of(change) else { return };
                self.model.note_policy(account, holder, &result);
                for view in self.policy_views().filter(|view| view.account == account && view.holder == *holder) {
                    view.policy.set(result.clone(), now);
                }
            }
            Seen::Nothing
            | Seen::TrustedAccess(_)
            | Seen::Delegates(_)
            | Seen::RootFeatures(_)
            | Seen::Email { .. }
            | Seen::Contact(_)
            | Seen::PrimaryContact(_)
            | Seen::AccountName(_) => {}
        }
    }
}

fn shown(change: &RootChange, seen: &Seen) -> Shown {
    let either = |yes: bool| if yes { Shown::Yes } else { Shown::No };
    match (change, seen) {
        (_, Seen::LoginProfile(Presence::Unknown(error)) | Seen::Policy(Err(error))) => Shown::Unread(error.clone()),
        (RootChange::AllowPasswordRecovery, Seen::LoginProfile(login)) => either(login.is_present()),
        (RootChange::ClosePasswordRecovery, Seen::LoginProfile(login)) => either(login.is_absent()),
        (RootChange::DeletePolicy(_) | RootChange::PutPolicy(..), Seen::Policy(Ok(policy))) => {
            either(is_policy_as(change, policy.as_ref()))
        }
        (RootChange::DeleteCredential(credential), Seen::RootCredentials(audit)) => match audit.shows(credential) {
            Some(there) => either(!there),
            None => audit.error().map_or(Shown::NotAsked, |error| Shown::Unread(error.clone())),
        },
        _ => Shown::NotAsked,
    }
}
