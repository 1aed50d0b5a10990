//! Asking AWS where email changes stand: of one account, of the marked ones, of all.

use crate::app::model::Model;
use jiff::SignedDuration;

use super::App;
use super::availability::known;
use super::command::{CommandId, DisabledReason};
use super::effect::Read;
use super::layers::{Choice, Layer, Menu, MenuKind};
use super::runs::RunKind;
use crate::domain::account::{Account, AccountId, AccountState};
use crate::domain::change::Switch;
use crate::domain::permit::Refusal;
use crate::domain::run::Run;
use crate::domain::trusted_access::ServicePrincipal;

/// More accounts than this are asked about in a run, which shows how far it is and lets other questions
/// in between.
const WITHOUT_RUN: usize = 8;

/// What an account takes, held back to three a second.
const EACH: SignedDuration = SignedDuration::from_millis(350);

/// Which accounts AWS is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskScope {
    /// Those with a change that is not over.
    Open,
    /// The selected one.
    Selected,
    /// The marked ones.
    Marked,
    /// Those that the filter lets through.
    Shown,
    /// All active members.
    All,
}

impl Model {
    /// How long asking about so many accounts takes.
    #[must_use]
    pub fn asking_takes(&self, accounts: usize) -> SignedDuration {
        EACH.saturating_mul(i32::try_from(accounts).unwrap_or(i32::MAX))
    }

    fn is_active_member(&self, account: &Account) -> bool {
        let management = self.organization.value().map(|organization| organization.management_account);
        let gone = matches!(
            account.state,
            AccountState::PendingActivation
                | AccountState::Suspended
                | AccountState::PendingClosure
                | AccountState::Closed
        );
        management != Some(account.id) && !gone
    }

    /// The accounts with a change that is not over.
    fn open_changes(&self) -> Vec<AccountId> {
        let mut ids: Vec<AccountId> =
            self.emails.iter().filter(|(_, facts)| facts.is_pending(self.now)).map(|(id, _)| id).collect();
        ids.sort_unstable();
        ids
    }

    /// Whether AWS can be asked about email changes at all.
    pub(super) fn can_ask_changes(&self) -> Result<(), DisabledReason> {
        let service = ServicePrincipal::account_management();
        if self.connection.current().is_none() {
            return Err(DisabledReason::Refusal(Refusal::IdentityUnconfirmed));
        }
        if self.switches.is_on(&Switch::TrustedAccess(service.clone())) == Some(false) {
            return Err(DisabledReason::Refusal(Refusal::NeedsTrustedAccess(service)));
        }
        if self.accounts.is_empty() {
            known(self.accounts.read()).and(Err(DisabledReason::NothingSelected))
        } else {
            Ok(())
        }
    }

    /// Asks again about the changes that are not over.
    pub(super) fn ask_open(&mut self) {
        self.ask_about(self.open_changes());
    }

    /// Asks about these accounts: a few at once, many in a run where none is under way.
    pub(super) fn ask_about(&mut self, accounts: Vec<AccountId>) {
        if accounts.len() > WITHOUT_RUN && self.under_way.is_none() {
            self.start_run(Run::AskEmailChanges { accounts }, RunKind::AskEmailChanges);
        } else {
            for account in accounts {
                self.read(Read::EmailChange(account));
            }
        }
    }
}

impl App {
    /// The accounts of a scope that AWS answers for: active members.
    #[must_use]
    pub fn asked_in(&self, scope: AskScope) -> Vec<AccountId> {
        let ids = match scope {
            AskScope::Open => self.model.open_changes(),
            AskScope::Selected => self.selected_id().into_iter().collect(),
            AskScope::Marked => self.model.root.marks.iter().copied().collect(),
            AskScope::Shown => self.shown_accounts().to_vec(),
            AskScope::All => self.model.accounts.ids(),
        };
        ids.into_iter()
            .filter(|id| self.model.accounts.get(*id).is_none_or(|account| self.model.is_active_member(account)))
            .collect()
    }

    /// Asks about which accounts AWS is to be asked.
    pub(super) fn ask_menu(&mut self) {
        let scopes = [AskScope::Open, AskScope::Marked, AskScope::Selected, AskScope::Shown, AskScope::All];
        let has_meaning = |scope: &AskScope| match scope {
            AskScope::Shown => self.is_filtered(),
            AskScope::All => true,
            scope => !self.asked_in(*scope).is_empty(),
        };
        let choices = scopes.into_iter().filter(has_meaning).map(Choice::AskChanges).collect();
        self.layers.push(Layer::Menu(Menu::new(MenuKind::AskChanges, choices)));
    }

    /// Does what the menu was asked for.
    pub(super) fn ask_chosen(&mut self, scope: AskScope) {
        let accounts = self.asked_in(scope);
        let why = match accounts.as_slice() {
            [] => DisabledReason::NothingSelected,
            [account] => {
                if scope == AskScope::Marked {
                    self.model.root.asked.insert(*account);
                }
                self.layers.pop();
                self.model.read_email(*account);
                return;
            }
            _ if self.model.under_way.is_some() => DisabledReason::RunUnderWay,
            _ if scope == AskScope::Marked && self.can_name_marks().is_err() => {
                DisabledReason::HiddenMarks(self.hidden_marks().len())
            }
            _ => {
                self.layers.pop();
                self.model.start_run(Run::AskEmailChanges { accounts }, RunKind::AskEmailChanges);
                return;
            }
        };
        self.refuse(CommandId::AskMenu, why);
    }
}
