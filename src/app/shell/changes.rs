use crate::app::command_id::DisabledReason;
use crate::app::dialogs::email_change::{Purpose, StartEmail};
use crate::app::dialogs::enter_code::EnterOtp;
use crate::app::dialogs::forget_change::ForgetChange;
use crate::app::field::TextField;
use crate::app::focus::Focus;
use crate::app::form::Form;
use crate::app::layers::Layer;
use crate::app::notification::Notification;
use crate::app::shell::App;
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiError;
use crate::domain::email_change::StartedEmailChange;
use crate::domain::emails::ChangeState;
use crate::domain::permit::Refusal;
use crate::domain::remote_data::ReadId;

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
            Some(ChangeState::AddressUnknown) => Err(DisabledReason::AddressUnknown),
            Some(ChangeState::AddressForgotten) => Err(DisabledReason::AddressForgotten),
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
        self.layers.push(Layer::ForgetChange(ForgetChange { account, form: Form::new(Focus::Cancel) }));
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
}
