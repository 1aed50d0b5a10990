//! The recovery of root passwords: the accounts left open, and their login profiles.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::domain::account::AccountId;
use crate::domain::recovery::LeftOpen;
use crate::domain::remote_data::Known;
use crate::domain::root_credentials::{Password, Presence};

#[derive(Clone, Debug, Default)]
pub(crate) struct Recovery {
    /// What this machine's journal says, as it was read last.
    stored: BTreeMap<AccountId, LeftOpen>,
    /// Opened or closed in this run of the program.
    own: BTreeMap<AccountId, Option<LeftOpen>>,
    /// The login profiles read after a write.
    pub(in crate::app) logins: BTreeMap<AccountId, Known<Presence<Password>>>,
    /// When those that were allowed in this run should be closed again.
    ends: BTreeMap<AccountId, Timestamp>,
}

impl Recovery {
    pub(crate) fn set_stored(&mut self, left_open: Vec<LeftOpen>) {
        self.stored = left_open.into_iter().map(|open| (open.account, open)).collect();
    }

    pub(crate) fn opened(&mut self, open: LeftOpen) {
        let until = self.ends.get(&open.account).copied();
        self.own.insert(open.account, Some(open.ending(until)));
    }

    /// One is being allowed that should be closed then.
    pub(in crate::app) fn allowing(&mut self, account: AccountId, until: Option<Timestamp>) {
        match until {
            Some(until) => self.ends.insert(account, until),
            None => self.ends.remove(&account),
        };
    }

    /// Verified as closed.
    pub(crate) fn closed(&mut self, account: AccountId) {
        self.own.insert(account, None);
    }

    pub(crate) fn saw(&mut self, account: AccountId, login: Presence<Password>, at: Timestamp) {
        self.logins.insert(account, Known { value: login, at });
    }

    /// Since when, and by whom, the account is left open.
    pub(crate) fn left_open(&self, account: AccountId) -> Option<&LeftOpen> {
        match self.own.get(&account) {
            Some(own) => own.as_ref(),
            None => self.stored.get(&account),
        }
    }

    /// The one that should be closed first, of those of which somebody said when.
    pub(crate) fn next_end(&self) -> Option<&LeftOpen> {
        self.all().into_iter().filter(|open| open.until.is_some()).min_by_key(|open| open.until)
    }

    /// How many should be closed by now.
    pub(crate) fn expired(&self, now: Timestamp) -> usize {
        self.all().into_iter().filter(|open| open.is_expired(now)).count()
    }

    /// The account left open longest comes first.
    pub(crate) fn all(&self) -> Vec<&LeftOpen> {
        let stored = self.stored.values().filter(|open| !self.own.contains_key(&open.account));
        let mut all: Vec<&LeftOpen> = self.own.values().flatten().chain(stored).collect();
        all.sort_by_key(|open| (open.since, open.account));
        all
    }
}
