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
pub struct UnitNames {
    by_id: HashMap<String, String>,
    /// What each is below, by id; a root is below nothing.
    parents: HashMap<String, String>,
}

impl UnitNames {
    pub(crate) fn insert(&mut self, id: String, name: String) {
        self.by_id.insert(id, name);
    }

    /// The same for a unit whose parent, a unit or root, is known.
    pub(crate) fn insert_below(&mut self, parent: &str, id: String, name: String) {
        self.parents.insert(id.clone(), parent.to_owned());
        self.insert(id, name);
    }

    pub(crate) fn has(&self, id: &str) -> bool {
        self.by_id.contains_key(id)
    }

    /// Whether there is a unit with this path of names from the root down, in any case of the letters.
    pub(crate) fn has_path(&self, path: &[&str]) -> bool {
        let is_called = |id: &str, name: &str| {
            self.by_id.get(id).is_some_and(|called| called.to_lowercase() == name.to_lowercase())
        };
        self.by_id.keys().any(|id| {
            let mut above = Some(id.as_str());
            let is_way = path.iter().rev().all(|name| {
                let unit = above.filter(|id| is_called(id, name));
                above = unit.and_then(|id| self.parents.get(id)).map(String::as_str);
                unit.is_some()
            });
            // Whatever is above the first name is a root.
            is_way && !above.is_some_and(|id| self.by_id.contains_key(id))
        })
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.by_id.values().map(String::as_str)
    }

    pub fn len(&self) -> usize {
        self.by_id.len()
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
        Some(ids.iter().map(|id| self.by_id.get(id).map_or(id.as_str(), String::as_str)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_from_the_root_down() {
        let mut units = UnitNames::default();
        for (parent, id, name) in [
            ("r-1", "ou-w", "Workloads"),
            ("ou-w", "ou-p", "Production"),
            ("r-1", "ou-s", "Sandbox"),
            ("ou-s", "ou-sp", "Workloads"),
        ] {
            units.insert_below(parent, id.to_owned(), name.to_owned());
        }
        for known in [&["workloads", "Production"][..], &["Workloads"], &["Sandbox", "Workloads"]] {
            assert!(units.has_path(known), "{known:?}");
        }
        for unknown in [&["Production", "Workloads"][..], &["Production"], &["Sandbox", "Production"], &["x"]] {
            assert!(!units.has_path(unknown), "{unknown:?}");
        }
    }
}
