use crate::app::command_id::DisabledReason;
use crate::app::effect::Effect;
use crate::app::key::Paste;
use crate::app::model::Model;
use crate::app::notification::Notification;
use crate::domain::account::{Account, AccountId};
use crate::domain::account_change::AccountChange;
use crate::domain::change::{Change, Switch};
use crate::domain::contacts::AlternateContact;
use crate::domain::emails::ChangeState;
use crate::domain::permit::{Refusal, permit, permit_email_of};
use crate::domain::remote_data::RemoteData;
use crate::domain::trusted_access::ServicePrincipal;

/// Whether the latest attempt to read it succeeded, or why not.
pub(in crate::app) fn known<T>(asked: &RemoteData<T>) -> Result<(), DisabledReason> {
    match (asked.current(), asked.error()) {
        (Some(_), _) => Ok(()),
        (None, Some(error)) => Err(DisabledReason::Unread(error.kind)),
        (None, None) => Err(DisabledReason::NotReadYet),
    }
}

impl Model {
    pub(in crate::app) fn no_account(&self) -> DisabledReason {
        let unread = known(self.accounts.read()).err().filter(|_| self.accounts.is_empty());
        unread.unwrap_or(DisabledReason::NothingSelected)
    }

    pub(in crate::app) fn is_free(&self, account: AccountId) -> Result<(), DisabledReason> {
        let awaited =
            self.in_progress.as_ref().is_some_and(|run| run.kind.is_writing() && run.awaited.contains(&account));
        let busy = awaited || self.writes.values().any(|change| change.account() == Some(account));
        if busy { Err(DisabledReason::InProgress) } else { Ok(()) }
    }

    pub(in crate::app) fn email_permit(&self, account: &Account) -> Result<(), Refusal> {
        permit_email_of(account.id, &self.facts(Some(account)))
    }

    pub(in crate::app) fn can_enter_otp_of(&self, id: AccountId) -> Result<(), DisabledReason> {
        let account = self.accounts.get(id).ok_or(DisabledReason::NotListed)?;
        self.email_permit(account).map_err(DisabledReason::Refusal)?;
        self.is_free(id)?;
        match self.emails.state(account.id, self.now) {
            ChangeState::Pending(_) | ChangeState::Unconfirmed(_) | ChangeState::OtherStatus(_, Some(_)) => Ok(()),
            ChangeState::OtherStatus(_, None) => Err(DisabledReason::AddressUnknown),
            ChangeState::Expired(_) => Err(DisabledReason::Expired),
            ChangeState::AddressUnknown => Err(DisabledReason::AddressUnknown),
            ChangeState::AddressForgotten => Err(DisabledReason::AddressForgotten),
            ChangeState::Quiet | ChangeState::Accepted | ChangeState::Failed | ChangeState::Completed => {
                Err(DisabledReason::NothingPending)
            }
        }
    }

    /// Whether a dialog about `switch` makes sense now. It does if only another switch has to be on
    /// first: the dialog offers that.
    pub(crate) fn can_turn(&self, switch: &Switch) -> Result<(), DisabledReason> {
        if self.awaited.iter().any(|awaited| awaited.switch == *switch)
            || self.writes.values().any(|change| change.switch().is_some_and(|(other, _)| other == switch))
        {
            return Err(DisabledReason::InProgress);
        }
        match self.refusal(switch, self.target(switch)) {
            Some(refusal) if refusal.gate().is_some() => Ok(()),
            Some(refusal) => Err(DisabledReason::Refusal(refusal)),
            None => match switch {
                Switch::TrustedAccess(_) => known(&self.switches.trusted),
                Switch::RootFeature(_) => known(&self.switches.features),
            },
        }
    }

    pub(crate) fn target(&self, switch: &Switch) -> bool {
        !self.switches.is_on(switch).unwrap_or(false)
    }

    pub(in crate::app) fn refusal(&self, switch: &Switch, on: bool) -> Option<Refusal> {
        self.refusal_of(&switch.set(on))
    }

    pub(in crate::app) fn refusal_of(&self, change: &Change) -> Option<Refusal> {
        let account = change.account().and_then(|account| self.accounts.get(account));
        permit(change, &self.facts(account)).err()
    }

    /// The contact that a change deletes, as it was read last.
    pub(crate) fn contact_to_delete(&self, change: &Change) -> Option<&AlternateContact> {
        let Change::Account { account, change: AccountChange::DeleteContact(kind, _), .. } = change else {
            return None;
        };
        self.contacts.of(*account)?.value()?.alternate(*kind).present()
    }

    /// Whether Control Tower manages accounts of the organization, as far as is known.
    pub(crate) fn has_control_tower(&self) -> bool {
        self.switches.trusted.value().is_some_and(|trusted| trusted.is_on(&ServicePrincipal::control_tower()))
    }

    /// The caller's own account is not named to AWS.
    pub(crate) fn account_change(&self, account: AccountId, change: AccountChange) -> Change {
        let caller = self.connection.value().map(|connection| connection.caller.account);
        Change::Account { account, is_own: caller == Some(account), change }
    }

    pub(in crate::app) fn can_see_mailbox(&self) -> Result<(), DisabledReason> {
        if self.start.demo { Ok(()) } else { Err(DisabledReason::DemoOnly) }
    }

    pub(in crate::app) fn can_copy_mail(&self) -> Result<(), DisabledReason> {
        self.mailbox.selected().map(|_| ()).ok_or(DisabledReason::NoMail)
    }

    /// Copies the open mail with its text, as from a mail program.
    pub(in crate::app) fn copy_mail(&mut self) {
        if let Some(mail) = self.mailbox.selected() {
            self.out.push(Effect::CopyMail(Paste::new(mail.body.clone())));
            self.out.notify(Notification::MailCopied);
        }
    }
}
