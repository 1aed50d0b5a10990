//! What came of a write inside a member account. Nothing is called done that was not read.

use crate::app::model::Model;
use jiff::Timestamp;

use super::App;
use super::awaited_policy::is_policy_as;
use super::confirm::{Phase, Spot};
use super::effect::WriteId;
use super::layers::Layer;
use super::notice::{News, Trouble};
use super::policies::PolicyPage;
use crate::domain::account::AccountId;
use crate::domain::change::Change;
use crate::domain::credential_change::{CredentialChange, CredentialChangeKind};
use crate::domain::fault::Fault;
use crate::domain::policy_holder::PolicyHolder;
use crate::domain::recovery::LeftOpen;
use crate::domain::root_change::RootChange;
use crate::domain::root_credentials::Presence;
use crate::domain::write::{Outcome, Seen, Written};

/// Whether what was read after a write is what it was to bring about.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Shown {
    Yes,
    No,
    /// It could not be read.
    Unread(Fault),
    /// Nobody looked.
    NotAsked,
}

impl Model {
    /// An audit from before this change no longer tells how the account is.
    fn note_credential_change(&mut self, account: AccountId, change: &RootChange, outcome: &Outcome, at: Timestamp) {
        let may_be_done = matches!(outcome, Outcome::Taken(_) | Outcome::Unknown(_));
        if let Some(kind) = CredentialChangeKind::of(change).filter(|_| may_be_done) {
            self.root.note_change(CredentialChange { account, kind, at });
        }
    }

    /// AWS took it and shows something else: a policy is waited for.
    fn not_shown(&mut self, account: AccountId, change: &RootChange) -> News {
        match holder_of(change) {
            Some(holder) => {
                self.await_policy(account, holder, change);
                News::PolicyAwaited(account, change.clone())
            }
            None => News::RootNotSeen(account, change.clone()),
        }
    }

    /// Keeps the list of the accounts left open. What may be open is on it; only what was seen closed
    /// leaves it.
    fn note_recovery(
        &mut self,
        account: AccountId,
        change: &RootChange,
        ended: &Result<News, Trouble>,
        sent: Timestamp,
    ) {
        let may_be_done = matches!(ended, Err(Trouble::Unknown(_)));
        match (change, ended) {
            (RootChange::AllowPasswordRecovery, Ok(News::RootAlready(..))) => {}
            (RootChange::AllowPasswordRecovery, ended) if ended.is_ok() || may_be_done => {
                let by = self.connection.value().map(|known| known.caller.arn.clone()).unwrap_or_default();
                self.recovery.opened(LeftOpen { account, since: sent, by });
            }
            (RootChange::ClosePasswordRecovery, Ok(News::RootSeen(..) | News::RootAlready(..))) => {
                self.recovery.closed(account);
            }
            _ => {}
        }
    }
}

impl App {
    /// Takes the outcome of a write inside a member account.
    pub(super) fn root_written(
        &mut self,
        id: WriteId,
        account: AccountId,
        change: &RootChange,
        written: Written,
        sent: Timestamp,
    ) {
        self.model.note_credential_change(account, change, &written.outcome, sent);
        let shown = shown(change, &written.seen);
        self.take_root_seen(account, change, written.seen);
        let ended = match (written.outcome, shown) {
            (Outcome::Taken(_), Shown::Yes) => Ok(News::RootSeen(account, change.clone())),
            (Outcome::Taken(_), Shown::No | Shown::NotAsked) => Ok(self.model.not_shown(account, change)),
            (Outcome::Taken(_), Shown::Unread(fault)) => Ok(News::RootUnread(account, change.clone(), fault)),
            // AWS showing it makes it so, whatever became of the answer.
            (Outcome::Unknown(_), Shown::Yes) => Ok(News::RootSeen(account, change.clone())),
            (Outcome::AlreadySo(_), Shown::Yes) => Ok(News::RootAlready(account, change.clone())),
            (Outcome::AlreadySo(_), Shown::No) => Ok(News::RootNotSeen(account, change.clone())),
            (Outcome::AlreadySo(_), Shown::Unread(fault)) => Ok(News::RootUnread(account, change.clone(), fault)),
            (Outcome::AlreadySo(fault), Shown::NotAsked) => Ok(News::RootUnread(account, change.clone(), fault)),
            (Outcome::Unknown(fault), _) => Err(Trouble::Unknown(fault)),
            (Outcome::Refused(fault), _) => Err(Trouble::Refused(fault)),
            (Outcome::Failed(fault), _) => Err(Trouble::Failed(fault)),
            (Outcome::NotPermitted(refusal), _) => Err(Trouble::NotPermitted(refusal)),
        };
        self.model.note_recovery(account, change, &ended, sent);
        match ended {
            Ok(news) => {
                self.layers.retain(|layer| !layer.dialog().sends(id) && !is_file_of(layer, account, change));
                self.model.out.notify(news);
            }
            Err(trouble) => {
                let dialog = self.layers.iter_mut().find(|layer| layer.dialog().sends(id));
                if let Some(Layer::Confirm(dialog)) = dialog {
                    (dialog.phase, dialog.trouble, dialog.spot) = (Phase::Asking, Some(trouble), Spot::Cancel);
                } else {
                    let change = Change::Root { account, change: change.clone() };
                    self.model.out.notify(News::WriteTrouble(change, trouble));
                }
            }
        }
    }

    fn take_root_seen(&mut self, account: AccountId, change: &RootChange, seen: Seen) {
        let now = self.model.now;
        match seen {
            Seen::LoginProfile(login) => {
                self.model.root.take_login_profile(account, &login);
                self.model.unsettle_filtered();
                self.model.recovery.saw(account, login, now);
            }
            Seen::RootCredentials(audit) => self.model.root.take_audit(account, *audit, now),
            Seen::Policy(result) => {
                let Some(holder) = holder_of(change) else { return };
                for view in self.policy_views().filter(|view| view.account == account && view.holder == *holder) {
                    view.policy.set(result.clone(), now);
                }
            }
            Seen::Nothing
            | Seen::TrustedAccess(_)
            | Seen::Delegates(_)
            | Seen::RootFeatures(_)
            | Seen::Email { .. } => {}
        }
    }
}

fn holder_of(change: &RootChange) -> Option<&PolicyHolder> {
    match change {
        RootChange::DeletePolicy(holder) | RootChange::PutPolicy(holder, _) => Some(holder),
        RootChange::DeleteCredential(_) | RootChange::AllowPasswordRecovery | RootChange::ClosePasswordRecovery => None,
    }
}

/// The page of the file that was put: it has done its work.
fn is_file_of(layer: &Layer, account: AccountId, change: &RootChange) -> bool {
    matches!((layer, change), (Layer::Policies(PolicyPage::File(file)), RootChange::PutPolicy(holder, text))
        if file.account == account && file.holder == *holder && file.text == *text)
}

fn shown(change: &RootChange, seen: &Seen) -> Shown {
    let either = |yes: bool| if yes { Shown::Yes } else { Shown::No };
    match (change, seen) {
        (_, Seen::LoginProfile(Presence::Unknown(fault)) | Seen::Policy(Err(fault))) => Shown::Unread(fault.clone()),
        (RootChange::AllowPasswordRecovery, Seen::LoginProfile(login)) => either(login.is_present()),
        (RootChange::ClosePasswordRecovery, Seen::LoginProfile(login)) => either(login.is_absent()),
        (RootChange::DeletePolicy(_) | RootChange::PutPolicy(..), Seen::Policy(Ok(policy))) => {
            either(is_policy_as(change, policy.as_ref()))
        }
        (RootChange::DeleteCredential(credential), Seen::RootCredentials(audit)) => match audit.shows(credential) {
            Some(there) => either(!there),
            None => audit.fault().map_or(Shown::NotAsked, |fault| Shown::Unread(fault.clone())),
        },
        _ => Shown::NotAsked,
    }
}
