//! What can be done with a change in view 2: entering an address that is not known, having the
//! one-time password sent again, forgetting it.

use crate::app::model::Model;
use crate::domain::write::WriteOutcome;
use jiff::{SignedDuration, Timestamp};

use super::App;
use super::command::{CommandId, DisabledReason};
use super::confirm::{Focus, Phase};
use super::dialog::{Next, Step};
use super::effect::StoreRequest;
use super::email_change::{EnterOtp, Purpose, StartEmail};
use super::email_dialog::ForgetChange;
use super::field::TextField;
use super::layers::Layer;
use super::notification::Notification;
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiError;
use crate::domain::email::EmailAddress;
use crate::domain::email_change::{STARTS, STARTS_WINDOW, StartedEmailChange, StartedProgress};
use crate::domain::emails::ChangeState;
use crate::domain::permit::Refusal;
use crate::domain::remote_data::ReadId;

impl Model {
    /// Keeps the address that a person has entered, if it is still wanted.
    pub(super) fn adopt(&mut self, dialog: &mut StartEmail, new: EmailAddress) -> Step {
        let account = dialog.account;
        if !self.emails.org_role(account, self.now).lacks_address() {
            return Step::Stay(Some(Next::Refuse(CommandId::NameAddress, DisabledReason::AddressKnown)));
        }
        let updated = self.emails.get(account).and_then(|facts| facts.report()).and_then(|report| report.updated);
        let change = StartedEmailChange {
            account,
            old: dialog.old.clone(),
            new,
            // Nobody here has started it.
            by: None,
            started: updated.unwrap_or(self.now),
            progress: StartedProgress::Pending,
        };
        dialog.store_request = Some(self.keep(StoreRequest::Adopt(change)));
        (dialog.trouble, dialog.focus) = (None, Focus::Cancel);
        Step::Stay(None)
    }

    /// The primary email that an account has, as far as is known.
    pub(super) fn present_email(&self, account: AccountId) -> Option<String> {
        let known = self.emails.get(account).and_then(|facts| facts.primary.value()).cloned();
        known.or_else(|| self.accounts.get(account).map(|account| account.email.clone()))
    }

    /// Notes that a start for the account goes out, as soon as its quota lets it.
    pub(super) fn take_start_turn(&mut self, account: AccountId) {
        let at = self.next_start_turn(account);
        let turns = self.start_turns.entry(account).or_default();
        turns.push(at);
        let surplus = turns.len().saturating_sub(STARTS);
        turns.drain(..surplus);
    }

    fn next_start_turn(&self, account: AccountId) -> Timestamp {
        let turns = self.start_turns.get(&account).map(Vec::as_slice).unwrap_or_default();
        let oldest = turns.len().checked_sub(STARTS).and_then(|oldest| turns.get(oldest));
        oldest.map_or(self.now, |oldest| (*oldest + STARTS_WINDOW).max(self.now))
    }

    /// How long a start of this dialog waits for its turn: AWS takes three in half a minute for each
    /// account. `None` where it goes out at once.
    #[must_use]
    pub fn start_waits(&self, account: AccountId, phase: Phase) -> Option<SignedDuration> {
        let at = match phase {
            Phase::Asking => self.next_start_turn(account),
            Phase::Sending(_) | Phase::Waiting => *self.start_turns.get(&account)?.last()?,
        };
        let paced = self.connection.value().is_some_and(|connection| connection.paced);
        let wait = at.duration_since(self.now);
        (paced && wait > SignedDuration::ZERO).then_some(wait)
    }
}

impl App {
    pub(super) fn can_send_again(&self) -> Result<(), DisabledReason> {
        self.can_change_email()?;
        match self.selected_id().map(|id| self.model.emails.org_role(id, self.model.now)) {
            Some(
                ChangeState::Pending(_)
                | ChangeState::Unconfirmed(_)
                | ChangeState::Expired(_)
                | ChangeState::OtherStatus(_, Some(_)),
            ) => Ok(()),
            Some(ChangeState::AddressUnknown) => Err(DisabledReason::AddressUnknown),
            Some(ChangeState::AddressForgotten) => Err(DisabledReason::AddressForgotten),
            _ => Err(DisabledReason::NothingPending),
        }
    }

    pub(super) fn can_name_address(&self) -> Result<(), DisabledReason> {
        self.can_change_email()?;
        let org_role = self.selected_id().map(|id| self.model.emails.org_role(id, self.model.now));
        if org_role.is_some_and(|org_role| org_role.lacks_address()) {
            Ok(())
        } else {
            Err(DisabledReason::AddressKnown)
        }
    }

    pub(super) fn can_forget(&self) -> Result<(), DisabledReason> {
        let id = self.selected_id().ok_or_else(|| self.model.no_account())?;
        if self.model.start.rules.read_only {
            return Err(DisabledReason::Refusal(Refusal::ReadOnly));
        }
        let kept = self.model.emails.get(id).is_some_and(|facts| facts.started.is_some() || !facts.earlier.is_empty());
        if kept { self.model.is_free(id) } else { Err(DisabledReason::NothingKept) }
    }

    /// Opens the dialog that has the one-time password sent again, to the same address.
    pub(super) fn open_send_again(&mut self, account: AccountId) {
        let Some(started) = self.model.emails.get(account).and_then(|facts| facts.started.clone()) else { return };
        self.layers.push(Layer::StartEmail(StartEmail {
            field: TextField::with(started.new.as_str()),
            // Its domain was answered for when it was started.
            confirmed_domain: Some(started.new.domain()),
            purpose: Purpose::Again,
            ..StartEmail::new(account, &started.old)
        }));
    }

    /// Opens the dialog for the address of a change that was started elsewhere.
    pub(super) fn open_name_address(&mut self, account: AccountId) {
        if let Some(old) = self.model.present_email(account) {
            self.layers
                .push(Layer::StartEmail(StartEmail { purpose: Purpose::Adopt, ..StartEmail::new(account, &old) }));
        }
    }

    pub(super) fn open_forget(&mut self, account: AccountId) {
        let dialog = ForgetChange { account, focus: Focus::Cancel, asked: None, trouble: None };
        self.layers.push(Layer::ForgetChange(dialog));
    }

    /// The address was kept, or not: its dialog goes on to the one-time password, or says why not.
    /// Whether that is still to be told.
    pub(super) fn adopted(&mut self, id: ReadId, change: StartedEmailChange, result: Result<(), &ApiError>) -> bool {
        if result.is_ok() {
            self.model.out.notify(Notification::AddressKept(change.account));
        }
        let place = self
            .layers
            .iter()
            .position(|layer| matches!(layer, Layer::StartEmail(dialog) if dialog.store_request == Some(id)));
        let Some(layer) = place.and_then(|place| self.layers.get_mut(place)) else { return true };
        match (layer, result) {
            (layer, Ok(())) => *layer = Layer::EnterOtp(EnterOtp::new(change.account, &change.old, change.new)),
            (Layer::StartEmail(dialog), Err(fault)) => {
                (dialog.store_request, dialog.focus) = (None, Focus::Field);
                dialog.trouble = Some(WriteOutcome::Failed(fault.clone()));
            }
            _ => {}
        }
        false
    }

    /// The changes of an account were forgotten, or not. Whether that is still to be told.
    pub(super) fn forgotten(&mut self, id: ReadId, account: AccountId, result: Result<(), &ApiError>) -> bool {
        if result.is_ok() {
            self.model.out.notify(Notification::Forgotten(account));
        }
        let awaits = |layer: &Layer| matches!(layer, Layer::ForgetChange(dialog) if dialog.asked == Some(id));
        let Some(place) = self.layers.iter().position(awaits) else { return true };
        match (self.layers.get_mut(place), result) {
            (Some(Layer::ForgetChange(dialog)), Err(fault)) => {
                (dialog.asked, dialog.trouble) = (None, Some(fault.clone()));
            }
            _ => {
                self.layers.remove(place);
            }
        }
        false
    }
}
