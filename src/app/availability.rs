//! Which commands can run now, and why the others can't.

use super::command::{Command, CommandId, DisabledReason};
use super::layers::Layer;
use super::{App, Pane, View};
use crate::app::model::Model;
use crate::domain::account::{Account, AccountId};
use crate::domain::change::{Change, Switch};
use crate::domain::emails::ChangeState;
use crate::domain::permit::{Refusal, permit, permit_email_of};
use crate::domain::remote_data::RemoteData;

impl Command {
    /// Whether it works even where nothing else does: while quitting, on a screen too small.
    #[must_use]
    pub fn is_basic(&self) -> bool {
        matches!(self.id, CommandId::QuitNow | CommandId::Suspend | CommandId::Redraw)
    }
}

/// Whether the newest attempt to read it gave something, or why not.
pub(super) fn known<T>(asked: &RemoteData<T>) -> Result<(), DisabledReason> {
    match (asked.current(), asked.fault()) {
        (Some(_), _) => Ok(()),
        (None, Some(fault)) => Err(DisabledReason::Unread(fault.kind)),
        (None, None) => Err(DisabledReason::NotReadYet),
    }
}

impl Model {
    /// Why there is no account to do something with.
    pub(super) fn no_account(&self) -> DisabledReason {
        let unread = known(self.accounts.read()).err().filter(|_| self.accounts.is_empty());
        unread.unwrap_or(DisabledReason::NothingSelected)
    }

    /// Whether no write about the account is under way, or about to be.
    pub(super) fn is_free(&self, account: AccountId) -> Result<(), DisabledReason> {
        let awaited =
            self.under_way.as_ref().is_some_and(|run| run.kind.is_writing() && run.awaited.contains(&account));
        let busy = awaited || self.writes.values().any(|change| change.account() == Some(account));
        if busy { Err(DisabledReason::UnderWay) } else { Ok(()) }
    }

    fn email_permit(&self, account: &Account) -> Result<(), Refusal> {
        permit_email_of(account.id, &self.facts(Some(account)))
    }

    /// Whether the change of this account waits for a one-time password that can be entered now.
    pub(super) fn can_enter_otp_of(&self, id: AccountId) -> Result<(), DisabledReason> {
        let account = self.accounts.get(id).ok_or(DisabledReason::NotListed)?;
        self.email_permit(account).map_err(DisabledReason::Refusal)?;
        self.is_free(id)?;
        match self.emails.org_role(account.id, self.now) {
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

    /// Whether a dialog about `switch` makes sense now. What only needs something else to be on
    /// first does: the dialog offers that.
    pub(super) fn can_turn(&self, switch: &Switch) -> Result<(), DisabledReason> {
        if self.awaited.iter().any(|awaited| awaited.switch == *switch)
            || self.writes.values().any(|change| change.switch().is_some_and(|(other, _)| other == switch))
        {
            return Err(DisabledReason::UnderWay);
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

    /// What turning `switch` would set it to: the opposite of what is known.
    pub(super) fn target(&self, switch: &Switch) -> bool {
        !self.switches.is_on(switch).unwrap_or(false)
    }

    pub(super) fn refusal(&self, switch: &Switch, on: bool) -> Option<Refusal> {
        self.refusal_of(&switch.set(on))
    }

    /// Why a change may not be made now.
    pub(super) fn refusal_of(&self, change: &Change) -> Option<Refusal> {
        let account = change.account().and_then(|account| self.accounts.get(account));
        permit(change, &self.facts(account)).err()
    }

    pub(super) fn can_see_mailbox(&self) -> Result<(), DisabledReason> {
        if self.start.demo { Ok(()) } else { Err(DisabledReason::DemoOnly) }
    }
}

impl App {
    pub(super) fn can_open(&self) -> Result<(), DisabledReason> {
        self.selected_account().map(|_| ()).ok_or_else(|| self.model.no_account())
    }

    pub(super) fn can_change_email(&self) -> Result<(), DisabledReason> {
        let account = self.selected_account().ok_or_else(|| self.model.no_account())?;
        self.model.email_permit(account).map_err(DisabledReason::Refusal)?;
        self.model.is_free(account.id)
    }

    pub(super) fn can_enter_otp(&self) -> Result<(), DisabledReason> {
        self.model.can_enter_otp_of(self.selected_id().ok_or_else(|| self.model.no_account())?)
    }

    /// The switch that `t` is about here, if one is selected.
    pub(super) fn switch_in_focus(&self) -> Option<Switch> {
        match (self.view, self.pane) {
            (View::Accounts, Pane::Switches) => self.model.switches.selected_switch(),
            (View::Organization, _) => self.model.switches.selected().and_then(|row| row.switch()),
            _ => None,
        }
    }

    pub(super) fn can_toggle(&self) -> Result<(), DisabledReason> {
        match self.view {
            View::Accounts if self.pane != Pane::Switches => Ok(()),
            View::RootAccess => Ok(()),
            View::EmailChanges | View::Readiness | View::Journal | View::Mailbox => Err(DisabledReason::ReadingOnly),
            View::Accounts | View::Organization => {
                let switch = self.switch_in_focus().ok_or(DisabledReason::ReadingOnly)?;
                self.model.can_turn(&switch)
            }
        }
    }

    pub(super) fn can_choose(&self) -> Result<(), DisabledReason> {
        match self.layers.last() {
            Some(Layer::Menu(_) | Layer::Palette(_) | Layer::Profiles(_)) => Ok(()),
            Some(Layer::Policies(_)) => self.can_choose_on_page(),
            _ => Err(DisabledReason::NotHere),
        }
    }

    pub(super) fn can_reveal(&self) -> Result<(), DisabledReason> {
        let entering = matches!(self.layers.last(), Some(Layer::EnterOtp(_) | Layer::MfaCode(_)));
        if entering { Ok(()) } else { Err(DisabledReason::NoCode) }
    }

    pub(super) fn can_read_notice(&self) -> Result<(), DisabledReason> {
        self.notifications.newest_bad().map(|_| ()).ok_or(DisabledReason::NothingToRead)
    }
}
