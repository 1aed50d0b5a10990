//! Making a member account a delegated administrator of a service, and ending that.

use super::App;
use super::accounts::Accounts;
use super::command::DisabledReason;
use super::confirm::{Confirm, Focus};
use super::dialog::{Dialog, Next, Step};
use super::field::TextField;
use super::layers::Layer;
use super::notification::Notification;
use super::organization::OrganizationRow;
use crate::app::model::Model;
use crate::domain::account::{Account, AccountId};
use crate::domain::caller::OrgRole;
use crate::domain::change::Change;
use crate::domain::permit::{Refusal, permit};
use crate::domain::trusted_access::ServicePrincipal;

/// Which account is to be the delegated administrator.
#[derive(Clone, Debug, PartialEq)]
pub struct AskDelegate {
    /// The service.
    pub service: ServicePrincipal,
    /// The account, by id or name, as it is typed.
    pub field: TextField,
    /// Where the focus is.
    pub focus: Focus,
}

/// What there is to say about the account being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountCheck {
    /// Nothing is typed.
    Empty,
    /// No account has this id or name.
    Nobody,
    /// Several accounts have this name.
    Several,
    /// This one.
    Found(AccountId),
}

impl AskDelegate {
    /// The fields and buttons, in order.
    pub const SPOTS: [Focus; 3] = [Focus::Field, Focus::Cancel, Focus::Act];

    /// The account that is named by what is typed.
    #[must_use]
    pub fn check(&self, accounts: &Accounts) -> AccountCheck {
        let typed = self.field.text().trim();
        if typed.is_empty() {
            return AccountCheck::Empty;
        }
        if let Ok(id) = typed.parse::<AccountId>() {
            return if accounts.get(id).is_some() { AccountCheck::Found(id) } else { AccountCheck::Nobody };
        }
        let name = typed.to_lowercase();
        let called = |account: &Account| account.name.to_lowercase() == name;
        let mut found = accounts.keys().filter(|id| accounts.get(**id).is_some_and(called));
        match (found.next(), found.next()) {
            (None, _) => AccountCheck::Nobody,
            (Some(id), None) => AccountCheck::Found(*id),
            (Some(_), Some(_)) => AccountCheck::Several,
        }
    }
}

impl Dialog for AskDelegate {
    fn field_mut(&mut self) -> Option<&mut TextField> {
        self.is_typing().then_some(&mut self.field)
    }

    fn stops(&self) -> Vec<Focus> {
        Self::SPOTS.to_vec()
    }

    fn focus_mut(&mut self) -> Option<&mut Focus> {
        Some(&mut self.focus)
    }

    fn is_typing(&self) -> bool {
        self.focus == Focus::Field
    }

    /// The confirmation of exactly what it names comes next.
    fn submit(&mut self, model: &mut Model) -> Step {
        match (self.focus, self.check(&model.accounts)) {
            (Focus::Cancel, _) => return Step::Close,
            (Focus::Field, AccountCheck::Found(_)) => self.focus = Focus::Act,
            (Focus::Act, AccountCheck::Found(account)) => {
                let change = Change::Delegation { account, service: self.service.clone(), register: true };
                return Step::Done(Some(Next::Confirm(change)));
            }
            _ => {}
        }
        Step::Stay(None)
    }
}

impl Model {
    /// Whether `D` has a meaning on the row of view 4.
    pub(crate) fn can_delegate(&self) -> Result<(), DisabledReason> {
        let row = self.switches.selected().ok_or(DisabledReason::NothingSelected)?;
        let change = match &row {
            OrganizationRow::Delegate(account, service) => {
                Change::Delegation { account: *account, service: service.clone(), register: false }
            }
            // Which account that will be is still to be asked; what forbids it for any is known.
            OrganizationRow::Service(service) => {
                if self.org_role.value().is_some_and(|org_role| *org_role != OrgRole::Management) {
                    return Err(DisabledReason::Refusal(Refusal::NeedsManagement));
                }
                let protected = &self.start.rules.protected;
                let barred =
                    |id: &AccountId| self.is_management(*id) || self.is_delegate(*id) || protected.contains(id);
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
            return Err(DisabledReason::UnderWay);
        }
        permit(&change, &self.facts(None)).map_err(DisabledReason::Refusal)
    }

    fn is_management(&self, id: AccountId) -> bool {
        self.organization.value().is_some_and(|organization| organization.management_account == id)
    }

    fn is_delegate(&self, id: AccountId) -> bool {
        self.switches.delegates.value().is_some_and(|delegates| delegates.iter().any(|other| other.account == id))
    }

    /// Tells what came of a delegation that AWS took.
    pub(super) fn delegation_taken(&mut self, change: &Change) {
        let Some((account, service, registered)) = change.delegation() else { return };
        let notification = match self.shows_delegation(change) {
            Some(true) => Notification::DelegationSeen(account, service.clone(), registered),
            Some(false) | None => Notification::DelegationNotSeen(account, service.clone(), registered),
        };
        self.out.notify(notification);
    }

    /// Whether AWS shows what `change` was to bring about, if it is a delegation and that is known.
    pub(super) fn shows_delegation(&self, change: &Change) -> Option<bool> {
        let (account, service, registered) = change.delegation()?;
        let delegates = self.switches.delegates.current()?;
        let is = delegates.iter().any(|delegate| delegate.account == account && delegate.administers(service));
        Some(is == registered)
    }
}

impl App {
    /// Asks which account is to administer the service of the selected row, or confirms that the one
    /// of the row does no longer.
    pub(super) fn delegate(&mut self) {
        match self.model.switches.selected() {
            Some(OrganizationRow::Delegate(account, service)) => {
                self.confirm_change(Change::Delegation { account, service, register: false });
            }
            Some(OrganizationRow::Service(service)) => {
                let field = TextField::default();
                self.layers.push(Layer::AskDelegate(AskDelegate { service, field, focus: Focus::Field }));
            }
            Some(OrganizationRow::Feature(_)) | None => {}
        }
    }

    pub(super) fn confirm_change(&mut self, change: Change) {
        let refusal = self.model.refusal_of(&change);
        self.open_confirm(Confirm::of(change, refusal, None));
    }
}
