use crate::app::command_id::{CommandId, DisabledReason};
use crate::app::dialogs::confirm::Confirm;
use crate::app::dialogs::email_change::{Purpose, StartEmail};
use crate::app::dialogs::enter_code::EnterOtp;
use crate::app::dialogs::forget_change::ForgetChange;
use crate::app::effect::Read;
use crate::app::field::TextField;
use crate::app::layers::Layer;
use crate::app::notification::Notification;
use crate::app::shell::App;
use crate::app::state::awaited::Then;
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiError;
use crate::domain::change::Switch;
use crate::domain::email_change::StartedEmailChange;
use crate::domain::emails::ChangeState;
use crate::domain::permit::Refusal;
use crate::domain::remote_data::ReadId;
use crate::domain::trusted_access::ServicePrincipal;

impl App {
    pub(in crate::app) fn can_send_again(&self) -> Result<(), DisabledReason> {
        self.can_change_email()?;
        match self.selected_id().map(|id| self.model.emails.state(id, self.model.now)) {
            Some(
                ChangeState::Pending(_)
                | ChangeState::Unconfirmed(_)
                | ChangeState::Expired(_)
                | ChangeState::OtherStatus(_, Some(_)),
            ) => Ok(()),
            Some(ChangeState::AddressUnknown) => Err(self.said_here(DisabledReason::AddressUnknown)),
            Some(ChangeState::AddressForgotten) => Err(self.said_here(DisabledReason::AddressForgotten)),
            _ => Err(DisabledReason::NothingPending),
        }
    }

    pub(in crate::app) fn can_name_address(&self) -> Result<(), DisabledReason> {
        self.can_change_email()?;
        let state = self.selected_id().map(|id| self.model.emails.state(id, self.model.now));
        if state.is_some_and(|state| state.lacks_address()) { Ok(()) } else { Err(DisabledReason::AddressKnown) }
    }

    pub(in crate::app) fn can_forget(&self) -> Result<(), DisabledReason> {
        let id = self.selected_id().ok_or_else(|| self.model.no_account())?;
        if self.model.start.rules.read_only {
            return Err(DisabledReason::Refusal(Refusal::ReadOnly));
        }
        let kept = self.model.emails.get(id).is_some_and(|facts| facts.started.is_some() || !facts.earlier.is_empty());
        if kept { self.model.is_free(id) } else { Err(DisabledReason::NothingKept) }
    }

    pub(in crate::app) fn open_send_again(&mut self, account: AccountId) {
        let Some(started) = self.model.emails.get(account).and_then(|facts| facts.started.clone()) else { return };
        self.layers.push(Layer::StartEmail(StartEmail {
            field: TextField::with(started.new.as_str()),
            // Its domain was confirmed when it was started.
            confirmed_domain: Some(started.new.domain()),
            purpose: Purpose::Again,
            ..StartEmail::new(account, &started.old)
        }));
    }

    pub(in crate::app) fn open_name_address(&mut self, account: AccountId) {
        if let Some(old) = self.model.present_email(account) {
            self.layers
                .push(Layer::StartEmail(StartEmail { purpose: Purpose::Adopt, ..StartEmail::new(account, &old) }));
        }
    }

    pub(in crate::app) fn open_forget(&mut self, account: AccountId) {
        self.layers.push(Layer::ForgetChange(ForgetChange::new(account, &self.model)));
    }

    /// The dialog continues to the one-time password, or shows the error. Returns whether that is still to be
    /// reported.
    pub(in crate::app) fn adopted(
        &mut self,
        id: ReadId,
        change: StartedEmailChange,
        result: Result<(), &ApiError>,
    ) -> bool {
        if result.is_ok() {
            self.model.emails.entry(change.account).add_start(change.clone());
            self.model.out.notify(Notification::AddressKept(change.account));
        }
        let Some(layer) = self.waiting_for(id) else { return true };
        match result {
            Ok(()) => *layer = Layer::EnterOtp(EnterOtp::new(change.account, &change.old, change.new)),
            Err(error) => layer.failed(error.clone()),
        }
        false
    }

    /// Returns whether the result is still to be reported.
    pub(in crate::app) fn forgotten(&mut self, id: ReadId, account: AccountId, result: Result<(), &ApiError>) -> bool {
        if result.is_ok() {
            self.model.emails.forget(account);
            self.model.out.notify(Notification::Forgotten(account));
        }
        !self.answered(id, result)
    }

    pub(in crate::app) fn confirm(&mut self, switch: &Switch, on: bool, then: Option<Then>) {
        let refusal = self.model.refusal(switch, on);
        self.open_confirm(Confirm::new(switch.set(on), refusal, then));
    }

    /// Opens the change of a primary email; without trusted access, what has to come first.
    pub(in crate::app) fn open_email(&mut self, account: AccountId) {
        let trusted = Switch::TrustedAccess(ServicePrincipal::account_management());
        if self.model.switches.is_on(&trusted) == Some(false) {
            self.confirm(&trusted, true, Some(Then::ChangeEmail(account)));
        } else {
            self.open_start_email(account);
        }
    }

    pub(in crate::app) fn open_start_email(&mut self, account: AccountId) {
        if let Some(old) = self.model.present_email(account) {
            let field = self.model.drafts.get(&account).cloned().unwrap_or_default();
            self.layers.push(Layer::StartEmail(StartEmail { field, ..StartEmail::new(account, &old) }));
            // Another rootdeck may have started a change meanwhile, which this one would replace.
            self.model.read(Read::Stored);
        }
    }

    pub(in crate::app) fn otp_dialog(&self, account: AccountId) -> Option<EnterOtp> {
        match self.model.emails.state(account, self.model.now) {
            ChangeState::Pending(started)
            | ChangeState::Unconfirmed(started)
            | ChangeState::OtherStatus(_, Some(started)) => {
                Some(EnterOtp::new(account, &started.old, started.new.clone()))
            }
            _ => None,
        }
    }

    pub(in crate::app) fn open_enter_otp(&mut self, account: AccountId) {
        self.layers.extend(self.otp_dialog(account).map(Layer::EnterOtp));
    }

    pub(in crate::app) fn toggle_chosen(&mut self, switch: &Switch) {
        let on = self.model.target(switch);
        match self.model.can_turn(switch) {
            Ok(()) => {
                self.layers.pop();
                self.confirm(switch, on, None);
            }
            Err(why) => self.model.refuse_change(CommandId::Toggle, &switch.set(on), why),
        }
    }
}
