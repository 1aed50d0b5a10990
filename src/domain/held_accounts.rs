//! The accounts that are in memory already.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::account::{Account, AccountId};

/// The accounts of a listing that is in memory. The next one shares with it what it brings unchanged: a refresh holds no
/// account twice, and leaves no gaps where the ones before were.
///
/// Clones share what they hold.
#[derive(Clone, Default)]
pub(crate) struct HeldAccounts(Arc<Mutex<HashMap<AccountId, Arc<Account>>>>);

/// Without names and addresses.
impl fmt::Debug for HeldAccounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HeldAccounts({})", self.held().len())
    }
}

impl HeldAccounts {
    /// Holds these, and no others any more.
    pub(crate) fn hold(&self, accounts: &[Arc<Account>]) {
        let mut held = self.held();
        held.clear();
        held.extend(accounts.iter().map(|account| (account.id, Arc::clone(account))));
    }

    /// The account as it is held, if that is equal; otherwise this one.
    pub(crate) fn shared(&self, account: Arc<Account>) -> Arc<Account> {
        self.held().get(&account.id).filter(|held| **held == account).map_or(account, Arc::clone)
    }

    fn held(&self) -> MutexGuard<'_, HashMap<AccountId, Arc<Account>>> {
        // A panic elsewhere leaves fewer accounts to share, and nothing wrong.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::account::AccountState;

    fn account(id: &str, name: &str) -> Arc<Account> {
        Arc::new(Account {
            id: id.parse().expect("an id"),
            name: name.to_owned(),
            email: "root@example.com".to_owned(),
            state: AccountState::Active,
            joined: None,
            joined_method: None,
            unit_ids: None,
        })
    }

    #[test]
    fn what_is_unchanged_is_shared_and_what_has_changed_is_not() {
        let (held, first) = (HeldAccounts::default(), account("111122223333", "payments"));
        held.clone().hold(&[Arc::clone(&first), account("444455556666", "search")]);
        assert!(Arc::ptr_eq(&held.shared(account("111122223333", "payments")), &first));
        for other in [account("111122223333", "payments-2"), account("777788889999", "payments")] {
            assert!(Arc::ptr_eq(&held.shared(Arc::clone(&other)), &other), "{}", other.name);
        }
        held.hold(&[]);
        assert_eq!((Arc::strong_count(&first), format!("{held:?}").as_str()), (1, "HeldAccounts(0)"));
    }
}
