//! The organization: accounts, and the tree they hang in.

use std::collections::HashMap;

pub(crate) use super::blueprint::Account;
use super::blueprint::{Blueprint, FeatureSet, State, UnitPlan};
use crate::emulator::options::StartError;

#[derive(Debug)]
pub(crate) struct Organization {
    pub id: String,
    pub(crate) feature_set: FeatureSet,
    pub management_account: String,
    accounts: Vec<Account>,
    account_by_id: HashMap<String, usize>,
    /// Addresses in lower case: AWS does not tell accounts apart by case (a guess).
    account_by_email: HashMap<String, usize>,
    /// The root is the first.
    containers: Vec<Container>,
    container_by_id: HashMap<String, usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Container {
    pub(crate) id: String,
    pub(crate) name: String,
    /// Its own id included, with a slash at the end (captured).
    pub(crate) path: String,
    parent: Option<usize>,
    units: Vec<usize>,
    accounts: Vec<usize>,
}

impl Container {
    pub(crate) fn is_root(&self) -> bool {
        self.parent.is_none()
    }
}

impl Account {
    /// The older `Status` has three values (service model); that accounts not yet or no longer in use count as
    /// suspended is AWS documentation.
    pub(crate) fn status(&self) -> &'static str {
        match self.state {
            State::Active => "ACTIVE",
            State::PendingClosure => "PENDING_CLOSURE",
            State::PendingActivation | State::Suspended | State::Closed => "SUSPENDED",
        }
    }
}

impl Organization {
    pub(crate) fn new(blueprint: &Blueprint) -> Result<Self, StartError> {
        let mut organization = Self {
            id: blueprint.id.clone(),
            feature_set: blueprint.feature_set,
            management_account: blueprint.management_account.clone(),
            accounts: Vec::with_capacity(blueprint.accounts.len()),
            account_by_id: HashMap::new(),
            account_by_email: HashMap::new(),
            containers: Vec::new(),
            container_by_id: HashMap::new(),
        };
        let mut by_names = HashMap::new();
        let root = organization.add_container(&blueprint.root.id, "Root", None)?;
        by_names.insert(String::new(), root);
        organization.add_units(&blueprint.root.units, root, "", &mut by_names)?;
        for plan in &blueprint.accounts {
            let container =
                by_names.get(&plan.unit).ok_or_else(|| inconsistent("no organizational unit", &plan.unit))?;
            organization.add_account(plan, *container)?;
        }
        if organization.account(&blueprint.management_account).is_none() {
            return Err(inconsistent("no account", &blueprint.management_account));
        }
        Ok(organization)
    }

    fn add_units(
        &mut self,
        plans: &[UnitPlan],
        parent: usize,
        above: &str,
        by_names: &mut HashMap<String, usize>,
    ) -> Result<(), StartError> {
        for plan in plans {
            let names = if above.is_empty() { plan.name.clone() } else { format!("{above}/{}", plan.name) };
            let unit = self.add_container(&plan.id, &plan.name, Some(parent))?;
            self.add_units(&plan.units, unit, &names, by_names)?;
            if by_names.insert(names, unit).is_some() {
                return Err(inconsistent("two organizational units", &plan.name));
            }
        }
        Ok(())
    }

    fn add_container(&mut self, id: &str, name: &str, parent: Option<usize>) -> Result<usize, StartError> {
        let index = self.containers.len();
        let above = match parent.and_then(|parent| self.containers.get_mut(parent)) {
            Some(parent) => {
                parent.units.push(index);
                parent.path.clone()
            }
            None => format!("{}/", self.id),
        };
        self.containers.push(Container {
            id: id.to_owned(),
            name: name.to_owned(),
            path: format!("{above}{id}/"),
            parent,
            units: Vec::new(),
            accounts: Vec::new(),
        });
        match self.container_by_id.insert(id.to_owned(), index) {
            None => Ok(index),
            Some(_) => Err(inconsistent("two units", id)),
        }
    }

    fn add_account(&mut self, plan: &Account, container: usize) -> Result<(), StartError> {
        let index = self.accounts.len();
        if let Some(container) = self.containers.get_mut(container) {
            container.accounts.push(index);
        }
        self.accounts.push(Account { container, ..plan.clone() });
        if self.account_by_id.insert(plan.id.clone(), index).is_some() {
            return Err(inconsistent("two accounts", &plan.id));
        }
        match self.account_by_email.insert(plan.email.to_lowercase(), index) {
            None => Ok(()),
            Some(_) => Err(inconsistent("two accounts with the address", &plan.email)),
        }
    }

    /// Not just an account.
    pub(crate) fn exists(&self) -> bool {
        self.feature_set != FeatureSet::None
    }

    pub(crate) fn has_all_features(&self) -> bool {
        self.feature_set == FeatureSet::All
    }

    pub(crate) fn accounts(&self) -> &[Account] {
        &self.accounts
    }

    pub(crate) fn account(&self, id: &str) -> Option<&Account> {
        self.accounts.get(*self.account_by_id.get(id)?)
    }

    pub(crate) fn management(&self) -> Option<&Account> {
        self.account(&self.management_account)
    }

    pub(crate) fn root(&self) -> Option<&Container> {
        self.containers.first()
    }

    pub(crate) fn container(&self, id: &str) -> Option<&Container> {
        self.containers.get(*self.container_by_id.get(id)?)
    }

    /// `names` are joined with `/`, from the root down; the root for none.
    pub(crate) fn unit(&self, names: &str) -> Option<&Container> {
        names
            .split('/')
            .filter(|name| !name.is_empty())
            .try_fold(self.root()?, |above, name| self.units_in(above).into_iter().find(|unit| unit.name == name))
    }

    pub(crate) fn accounts_in(&self, container: &Container) -> Vec<&Account> {
        container.accounts.iter().filter_map(|index| self.accounts.get(*index)).collect()
    }

    pub(crate) fn units_in(&self, container: &Container) -> Vec<&Container> {
        container.units.iter().filter_map(|index| self.containers.get(*index)).collect()
    }

    pub(crate) fn parent_of(&self, child: &str) -> Option<&Container> {
        let parent = match self.account(child) {
            Some(account) => account.container,
            None => self.container(child)?.parent?,
        };
        self.containers.get(parent)
    }

    pub(crate) fn path_of(&self, account: &Account) -> String {
        let above = self.containers.get(account.container).map_or("", |container| &container.path);
        format!("{above}{}/", account.id)
    }

    /// Closed accounts included.
    pub(crate) fn uses_email(&self, email: &str) -> bool {
        self.account_by_email.contains_key(&email.to_lowercase())
    }

    pub(crate) fn change_name(&mut self, id: &str, name: &str) {
        let Some(index) = self.account_by_id.get(id).copied() else { return };
        if let Some(account) = self.accounts.get_mut(index) {
            name.clone_into(&mut account.name);
        }
    }

    pub(crate) fn change_email(&mut self, id: &str, email: &str) {
        let Some(index) = self.account_by_id.get(id).copied() else { return };
        let Some(account) = self.accounts.get_mut(index) else { return };
        self.account_by_email.remove(&account.email.to_lowercase());
        self.account_by_email.insert(email.to_lowercase(), index);
        email.clone_into(&mut account.email);
    }
}

fn inconsistent(what: &str, which: &str) -> StartError {
    StartError::Inconsistent(format!("{what} {which}"))
}
