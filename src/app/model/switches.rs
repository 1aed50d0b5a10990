use crate::app::command_id::DisabledReason;
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::notification::{Missing, Notification};
use crate::app::state::organization::OrganizationRow;
use crate::domain::account::AccountId;
use crate::domain::caller::OrgRole;
use crate::domain::change::Change;
use crate::domain::permit::{Refusal, permit};

impl Model {
    /// Whether `D` applies to the row of view 4.
    pub(crate) fn can_delegate(&self) -> Result<(), DisabledReason> {
        let row = self.switches.selected().ok_or(DisabledReason::NothingSelected)?;
        let change = match &row {
            OrganizationRow::Delegate(account, service) => {
                Change::Delegation { account: *account, service: service.clone(), register: false }
            }
            // The account is not chosen yet. What forbids it for any account is known.
            OrganizationRow::Service(service) => {
                if self.org_role.value().is_some_and(|org_role| *org_role != OrgRole::Management) {
                    return Err(DisabledReason::Refusal(Refusal::NeedsManagement));
                }
                let protected = &self.start.rules.protected;
                let barred =
                    |id: &AccountId| self.management() == Some(*id) || self.is_delegate(*id) || protected.contains(id);
                let account = self.accounts.ids().into_iter().find(|id| !barred(id));
                Change::Delegation {
                    account: account.ok_or_else(|| self.no_account())?,
                    service: service.clone(),
                    register: true,
                }
            }
            OrganizationRow::Feature(_) => return Err(DisabledReason::ReadingOnly),
        };
        if self.writes.values().any(|other| other.delegation().is_some()) {
            return Err(DisabledReason::InProgress);
        }
        permit(&change, &self.facts(None)).map_err(DisabledReason::Refusal)
    }

    fn is_delegate(&self, id: AccountId) -> bool {
        self.switches.delegates.value().is_some_and(|delegates| delegates.iter().any(|other| other.account == id))
    }

    pub(in crate::app) fn delegation_taken(&mut self, change: &Change) {
        let Some((account, service, registered)) = change.delegation() else { return };
        let notification = match self.shows_delegation(change) {
            Some(true) => Notification::DelegationSeen(account, service.clone(), registered),
            Some(false) | None => Notification::DelegationNotSeen(account, service.clone(), registered),
        };
        self.out.notify(notification);
    }

    /// Whether AWS shows the result of `change`, if it is a delegation and that is known.
    pub(in crate::app) fn shows_delegation(&self, change: &Change) -> Option<bool> {
        let (account, service, registered) = change.delegation()?;
        let delegates = self.switches.delegates.current()?;
        let is = delegates.iter().any(|delegate| delegate.account == account && delegate.administers(service));
        Some(is == registered)
    }

    /// Says what has to be typed before anything is sent.
    pub(in crate::app) fn ask_to_type(&mut self, token: Option<String>) {
        if let Some(token) = token {
            self.out.notify(Notification::NotTyped(token));
        }
    }

    /// Says what a dialog lacks for the button that was pressed.
    pub(in crate::app) fn say_missing(&mut self, what: Missing) {
        self.out.notify(Notification::Missing(what));
    }

    pub(in crate::app) fn copy(&mut self, text: String) {
        self.out.push(Effect::Copy(text.clone()));
        self.out.notify(Notification::Copied(text));
    }
}
