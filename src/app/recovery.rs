//! The recovery of root passwords: which accounts were left open, and what is known of their login
//! profiles.

use crate::app::model::Model;
use std::collections::BTreeMap;

use jiff::Timestamp;

use super::App;
use super::command::DisabledReason;
use super::root_tasks::{RootChoice, RootMenu};
use crate::domain::account::AccountId;
use crate::domain::recovery::LeftOpen;
use crate::domain::remote_data::Known;
use crate::domain::root_credentials::{Password, Presence};

/// What is known of the recovery of root passwords.
#[derive(Clone, Debug, Default)]
pub struct Recovery {
    /// What this machine's journal says, as it was read last.
    stored: BTreeMap<AccountId, LeftOpen>,
    /// What was done in this run of the program: opened, or closed again.
    own: BTreeMap<AccountId, Option<LeftOpen>>,
    /// The login profiles that were looked at after a write.
    logins: BTreeMap<AccountId, Known<Presence<Password>>>,
}

impl Recovery {
    /// Takes what the journal says.
    pub fn set_stored(&mut self, left_open: Vec<LeftOpen>) {
        self.stored = left_open.into_iter().map(|open| (open.account, open)).collect();
    }

    /// Notes that recovery was allowed.
    pub fn opened(&mut self, open: LeftOpen) {
        self.own.insert(open.account, Some(open));
    }

    /// Notes that the account was seen closed.
    pub fn closed(&mut self, account: AccountId) {
        self.own.insert(account, None);
    }

    /// Notes what was seen of the login profile.
    pub fn saw(&mut self, account: AccountId, login: Presence<Password>, at: Timestamp) {
        self.logins.insert(account, Known { value: login, at });
    }

    /// Since when, and by whom, the account is left open.
    #[must_use]
    pub fn left_open(&self, account: AccountId) -> Option<&LeftOpen> {
        match self.own.get(&account) {
            Some(own) => own.as_ref(),
            None => self.stored.get(&account),
        }
    }

    /// All accounts left open, the one that is so for longest first.
    #[must_use]
    pub fn all(&self) -> Vec<&LeftOpen> {
        let stored = self.stored.values().filter(|open| !self.own.contains_key(&open.account));
        let mut all: Vec<&LeftOpen> = self.own.values().flatten().chain(stored).collect();
        all.sort_by_key(|open| (open.since, open.account));
        all
    }
}

impl Model {
    /// What was last seen of the login profile of root, by a write of this run or by an audit.
    #[must_use]
    pub fn login_profile(&self, account: AccountId) -> Option<Known<Presence<Password>>> {
        let looked = self.recovery.logins.get(&account).cloned();
        let audited =
            self.root.audits.get(&account).map(|audit| Known { value: audit.value.password.clone(), at: audit.at });
        match (looked, audited) {
            (Some(looked), Some(audited)) => Some(if audited.at > looked.at { audited } else { looked }),
            (looked, audited) => looked.or(audited),
        }
    }

    pub(super) fn can_list_left_open(&self) -> Result<(), DisabledReason> {
        if self.recovery.all().is_empty() { Err(DisabledReason::NothingLeftOpen) } else { Ok(()) }
    }
}

impl App {
    /// Opens the list of the accounts left open.
    pub(super) fn list_left_open(&mut self) {
        let items = self.model.recovery.all().into_iter().map(|open| RootChoice::Close(open.account)).collect();
        self.root_menu(RootMenu::LeftOpen, items);
    }
}
