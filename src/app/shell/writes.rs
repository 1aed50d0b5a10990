use jiff::Timestamp;

use crate::app::dialog::{Next, Step};
use crate::app::dialogs::enter_code::EnterOtp;
use crate::app::effect::{Effect, Read, Wake};
use crate::app::ids::WriteId;
use crate::app::layers::Layer;
use crate::app::notification::Notification;
use crate::app::shell::App;
use crate::app::state::awaited::{Awaited, Then};
use crate::app::state::runs::RunKind;
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiErrorKind;
use crate::domain::change::{Change, Switch};
use crate::domain::email::EmailAddress;
use crate::domain::email_change::{EmailChangeStatus, StartedEmailChange, StartedProgress};
use crate::domain::trusted_access::ServicePrincipal;
use crate::domain::write::{WriteOutcome, Written};

impl App {
    /// The outcome of a write is never dropped.
    pub(in crate::app) fn written(&mut self, id: WriteId, written: Written) {
        let Some(change) = self.model.writes.remove(&id) else { return };
        let sent = self.model.sent_at.remove(&id).unwrap_or(self.model.now);
        if let Change::Root { account, change } = &change {
            self.root_written(id, *account, change, written, sent);
        } else {
            self.organization_written(Some(id), change.clone(), written, sent);
        }
        if change.account().is_some() && self.model.stored.is_loading() {
            // The store may have been read before the write.
            self.model.reload(Read::Stored);
        }
        // It shows what the caller may do.
        self.look_up_calls();
        self.leave_when_done();
    }

    /// The outcome of a write outside member accounts. One from a run has no id: the run reports
    /// it, not a dialog or a notification.
    pub(in crate::app) fn organization_written(
        &mut self,
        id: Option<WriteId>,
        change: Change,
        written: Written,
        sent: Timestamp,
    ) -> Option<WriteOutcome> {
        self.model.apply_seen(&change, written.seen);
        let trouble = match written.outcome {
            // What AWS shows as done is done, whatever became of the answer.
            WriteOutcome::Unknown(_) | WriteOutcome::Refused(_) if self.model.is_seen_done(&change) => {
                self.taken(&change, None, sent);
                None
            }
            WriteOutcome::Taken(status) => {
                self.taken(&change, status, sent);
                self.model.delegation_taken(&change);
                None
            }
            WriteOutcome::AlreadySo(_) => {
                if let (Change::StartEmailChange { account, new, .. }, Some(_)) = (&change, id) {
                    // Another rootdeck may have started it.
                    self.model.reload(Read::Stored);
                    self.model.out.notify(Notification::AlreadyPending(*account, new.clone()));
                }
                None
            }
            trouble => {
                match &trouble {
                    WriteOutcome::Unknown(_) => self.note_unconfirmed(&change, sent),
                    // It was turned off elsewhere.
                    WriteOutcome::Refused(error) if error.kind == ApiErrorKind::TrustedAccessOff => {
                        self.model.reload(Read::TrustedAccess);
                    }
                    _ => {}
                }
                Some(trouble)
            }
        };
        // The dialog first: a switch that is verified at once closes the dialog that waits for it.
        let reported = id.is_none_or(|id| self.inform_dialog(id, &change, trouble.as_ref()));
        match &change {
            Change::StartEmailChange { account, .. } | Change::AcceptEmailChange { account, .. } => {
                self.model.follow_email(*account);
            }
            _ => self.check_awaited(),
        }
        if !reported && let Some(trouble) = trouble.clone() {
            self.model.out.notify(Notification::WriteTrouble(change, trouble));
        }
        trouble
    }

    fn taken(&mut self, change: &Change, status: Option<EmailChangeStatus>, sent: Timestamp) {
        match change {
            Change::StartEmailChange { account, old, new } => {
                let progress =
                    status.map_or(StartedProgress::Pending, |status| StartedProgress::Pending.after(&status));
                self.note_started(*account, old, new, progress, sent);
                self.model.emails.entry(*account).looks = None;
                // A plan reports its changes itself, one a second.
                if self.model.in_progress.as_ref().is_none_or(|run| run.kind != RunKind::StartEmailChanges) {
                    self.model.out.notify(Notification::OtpSent(*account, new.clone()));
                }
            }
            Change::AcceptEmailChange { account, .. } => {
                let facts = self.model.emails.entry(*account);
                if let Some(started) = &mut facts.started {
                    started.progress = StartedProgress::Accepted;
                }
                facts.looks = Some(0);
                self.model.out.notify(Notification::EmailAccepted(*account));
            }
            Change::Account { account, change: what, .. } => {
                let is_seen = self.model.is_seen_done(change);
                self.model.out.notify(Notification::AccountChanged(*account, Box::new(what.clone()), is_seen));
            }
            _ => {
                if let Some((switch, on)) = change.switch() {
                    self.model.out.push(Effect::Wake(std::time::Duration::from_secs(5), Wake::LookAt(switch.clone())));
                    self.model.awaited.push(Awaited { switch: switch.clone(), on, since: self.model.now });
                }
            }
        }
    }

    fn note_unconfirmed(&mut self, change: &Change, sent: Timestamp) {
        if let Change::StartEmailChange { account, old, new } = change {
            self.note_started(*account, old, new, StartedProgress::Unconfirmed, sent);
        }
    }

    fn note_started(
        &mut self,
        account: AccountId,
        old: &str,
        new: &EmailAddress,
        progress: StartedProgress,
        sent: Timestamp,
    ) {
        let by = self.model.connection.value().map(|connection| connection.caller.arn.clone());
        self.model.drafts.remove(&account);
        self.model.emails.entry(account).add_start(StartedEmailChange {
            account,
            old: old.to_owned(),
            new: new.clone(),
            by,
            started: sent,
            progress,
        });
        self.model.accounts.mark_dirty();
    }

    /// Whether the dialog that sent the write was still open.
    fn inform_dialog(&mut self, id: WriteId, change: &Change, trouble: Option<&WriteOutcome>) -> bool {
        let Some(place) = self.layers.iter().position(|layer| layer.dialog().sends(id)) else { return false };
        let status = self.model.status_after(change);
        let Some(layer) = self.layers.get_mut(place) else { return false };
        match layer.dialog_mut().answered(change, trouble, status) {
            Step::Done(Some(Next::EnterCode(account, old, new))) => {
                *layer = Layer::EnterOtp(EnterOtp::new(account, &old, new));
            }
            Step::Close | Step::Done(_) => {
                self.layers.remove(place);
            }
            Step::Stay(_) => {}
        }
        true
    }

    /// Checks which awaited switches AWS now shows, and which are overdue.
    pub(in crate::app) fn check_awaited(&mut self) {
        for awaited in std::mem::take(&mut self.model.awaited) {
            if self.model.shows(&awaited.switch, awaited.on) {
                self.model.out.notify(Notification::SwitchSeen(awaited.switch.clone(), awaited.on));
                if awaited.switch == Switch::TrustedAccess(ServicePrincipal::account_management()) {
                    self.ask_again_what_was_refused();
                } else if awaited.switch == Switch::TrustedAccess(ServicePrincipal::iam()) {
                    // The features depend on it.
                    self.model.reload(Read::RootFeatures);
                }
                self.go_on_after(&awaited);
            } else if awaited.is_overdue(self.model.now) {
                self.model.out.notify(Notification::SwitchNotSeen(awaited.switch.clone(), awaited.on));
                self.layers.retain(|layer| !layer.dialog().awaits(&awaited.switch));
            } else {
                self.model.awaited.push(awaited);
            }
        }
    }

    /// What could not be read without trusted access is unknown now; that of the account on screen
    /// is asked again.
    fn ask_again_what_was_refused(&mut self) {
        let shown = self.details;
        if self.model.emails.forget_refused().into_iter().any(|account| Some(account) == shown)
            && let Some(account) = shown
        {
            self.model.read_email(account);
        }
    }

    /// Closes the dialog that waited for the switch, and opens what follows it.
    fn go_on_after(&mut self, awaited: &Awaited) {
        let Some(place) = self.layers.iter().position(|layer| layer.dialog().awaits(&awaited.switch)) else { return };
        match self.layers.remove(place).dialog().then() {
            Some(Then::Turn(switch)) => self.confirm(&switch, true, None),
            Some(Then::ChangeEmail(account)) => self.open_start_email(account),
            Some(Then::Wish(wish)) => self.go_on_with(wish),
            Some(Then::Task(choice)) => self.go_on_with_root(choice),
            None => {}
        }
    }
}
