//! The life of a change of a root user's email address.
//!
//! Start → PENDING; the right code → ACCEPTED; a while later → COMPLETED, or FAILED if another account has the address
//! meanwhile. The states are the service model's, the steps a guess.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use jiff::Timestamp;

use super::one_time_code::Code;
use super::organization::Organization;

/// AWS documentation.
pub(crate) const CODE_VALIDITY: Duration = Duration::from_hours(24);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    Pending,
    Accepted { at: Timestamp },
    Completed { at: Timestamp },
    Failed { at: Timestamp },
}

/// The latest change of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EmailChange {
    pub(crate) address: String,
    pub(crate) code: Code,
    started_at: Timestamp,
    pub(crate) stage: Stage,
}

impl EmailChange {
    /// Service model. That a change whose code has expired stays PENDING is a guess.
    pub(crate) fn status(&self) -> &'static str {
        match self.stage {
            Stage::Pending => "PENDING",
            Stage::Accepted { .. } => "ACCEPTED",
            Stage::Completed { .. } => "COMPLETED",
            Stage::Failed { .. } => "FAILED",
        }
    }

    pub(crate) fn updated_at(&self) -> Timestamp {
        match self.stage {
            Stage::Pending => self.started_at,
            Stage::Accepted { at } | Stage::Completed { at } | Stage::Failed { at } => at,
        }
    }

    pub(crate) fn expired(&self, now: Timestamp) -> bool {
        now >= later(self.started_at, CODE_VALIDITY)
    }
}

#[derive(Debug)]
pub(crate) struct EmailChanges {
    by_account: HashMap<String, EmailChange>,
    /// Accepted changes in the order in which they complete.
    accepted: VecDeque<(Timestamp, String)>,
    completion_delay: Duration,
}

impl EmailChanges {
    pub(crate) fn new(completion_delay: Duration) -> Self {
        Self { by_account: HashMap::new(), accepted: VecDeque::new(), completion_delay }
    }

    pub(crate) fn of(&self, account: &str) -> Option<&EmailChange> {
        self.by_account.get(account)
    }

    pub(crate) fn start(&mut self, account: &str, address: &str, now: Timestamp) -> Result<Code, getrandom::Error> {
        let code = Code::new()?;
        let change =
            EmailChange { address: address.to_owned(), code: code.clone(), started_at: now, stage: Stage::Pending };
        self.by_account.insert(account.to_owned(), change);
        Ok(code)
    }

    pub(crate) fn accept(&mut self, account: &str, now: Timestamp) {
        if let Some(change) = self.by_account.get_mut(account) {
            change.stage = Stage::Accepted { at: now };
            let due = later(now, self.completion_delay);
            self.accepted.push_back((due, account.to_owned()));
        }
    }

    /// Whether an accepted change that is not yet completed will take this address.
    pub(crate) fn is_promised(&self, address: &str) -> bool {
        self.accepted
            .iter()
            .filter_map(|(_, account)| self.by_account.get(account))
            .any(|change| same(&change.address, address))
    }

    pub(crate) fn settle(&mut self, organization: &mut Organization, now: Timestamp) {
        while let Some((due, account)) = self.accepted.pop_front() {
            if due > now {
                self.accepted.push_front((due, account));
                return;
            }
            let Some(change) = self.by_account.get_mut(&account) else { continue };
            if organization.uses_email(&change.address) {
                change.stage = Stage::Failed { at: due };
            } else {
                organization.change_email(&account, &change.address);
                change.stage = Stage::Completed { at: due };
            }
        }
    }
}

fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

fn later(at: Timestamp, by: Duration) -> Timestamp {
    at.checked_add(by).unwrap_or(Timestamp::MAX)
}
