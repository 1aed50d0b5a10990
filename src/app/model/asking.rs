use jiff::SignedDuration;

use crate::app::command_id::DisabledReason;
use crate::app::effect::Read;
use crate::app::filter::{AccountFacts, AccountText};
use crate::app::model::Model;
use crate::app::model::availability::known;
use crate::app::state::runs::RunKind;
use crate::domain::account::{Account, AccountId, AccountState};
use crate::domain::change::Switch;
use crate::domain::emails::EmailFacts;
use crate::domain::permit::Refusal;
use crate::domain::run::Run;
use crate::domain::trusted_access::ServicePrincipal;

/// More accounts are asked about in a run, which shows progress and lets other questions in between.
const WITHOUT_RUN: usize = 8;

/// The time per account, at three a second.
const EACH: SignedDuration = SignedDuration::from_millis(350);

pub(crate) fn asking_takes(accounts: usize) -> SignedDuration {
    EACH.saturating_mul(i32::try_from(accounts).unwrap_or(i32::MAX))
}

impl Model {
    pub(in crate::app) fn is_active_member(&self, account: &Account) -> bool {
        let gone = matches!(
            account.state,
            AccountState::PendingActivation
                | AccountState::Suspended
                | AccountState::PendingClosure
                | AccountState::Closed
        );
        self.management() != Some(account.id) && !gone
    }

    pub(in crate::app) fn open_changes(&self) -> Vec<AccountId> {
        let mut ids: Vec<AccountId> =
            self.emails.iter().filter(|(_, facts)| facts.is_pending(self.now)).map(|(id, _)| id).collect();
        ids.sort_unstable();
        ids
    }

    pub(in crate::app) fn can_ask_changes(&self) -> Result<(), DisabledReason> {
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

    /// A few accounts at once; many in a run, if no other is in progress.
    pub(in crate::app) fn ask_about(&mut self, accounts: Vec<AccountId>) {
        if accounts.len() > WITHOUT_RUN && self.in_progress.is_none() {
            self.start_run(Run::AskEmailChanges { accounts }, RunKind::AskEmailChanges);
        } else {
            for account in accounts {
                self.read(Read::EmailChange(account));
            }
        }
    }

    /// Whether the filter of view 2 matches the account, or the address it is changing to.
    pub(in crate::app) fn is_change_let(&self, id: AccountId, facts: &EmailFacts) -> bool {
        let account = self.accounts.get(id);
        let name = account.map_or("", |account| account.name.as_str());
        let known = facts.primary.value().map(String::as_str);
        let emails =
            [account.map(|account| account.email.as_str()), known, facts.started.as_ref().map(|it| it.new.as_str())];
        let emails: Vec<&str> = emails.into_iter().flatten().collect();
        let text = AccountText::of(id, name, &emails, self.accounts.path(id));
        let state = account.map_or(&AccountState::Unknown, |account| &account.state);
        let beside = || self.beside(id);
        self.board.filter.lets_account(&AccountFacts { text: &text, state, beside })
    }
}
