//! The organization itself and its tree of units.

use std::collections::HashMap;

use super::account::{Account, AccountId};

/// What `DescribeOrganization` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    /// `o-` and 10 to 32 characters.
    pub id: String,
    /// The account that manages it; never a target of root tasks or email changes.
    pub management_account: AccountId,
    pub(crate) management_email: String,
    /// Without all features nothing of centralized root access works. `None` if AWS does not tell, or has a feature set
    /// that this program does not know.
    pub(crate) all_features: Option<bool>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitNames(HashMap<String, String>);

impl UnitNames {
    pub(crate) fn insert(&mut self, id: String, name: String) {
        self.0.insert(id, name);
    }

    pub(crate) fn has(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.values().map(String::as_str)
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The path of `account` in names, `Sandbox/Team A`, with ids for unknown names; `Root` outside all units. `None`
    /// if AWS does not tell where it is.
    pub fn path_of(&self, account: &Account) -> Option<String> {
        let names = self.names_of(account)?;
        Some(if names.is_empty() { "Root".to_owned() } else { names.join("/") })
    }

    /// The names of the units above `account`, the outermost first, with ids for unknown names.
    pub(crate) fn names_of<'a>(&'a self, account: &'a Account) -> Option<Vec<&'a str>> {
        let ids = account.unit_ids.as_ref()?;
        Some(ids.iter().map(|id| self.0.get(id).map_or(id.as_str(), String::as_str)).collect())
    }
}
