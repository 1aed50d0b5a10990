//! The organization on screen, and the others whose accounts its lists show.

use crate::app::dashboard::Dashboard;
use crate::app::shell::App;
use crate::domain::account::AccountId;

#[derive(Clone, Copy)]
pub(super) struct Apps<'a> {
    /// The one on screen.
    pub(super) app: &'a App,
    /// `None` where there is one organization.
    all: Option<&'a Dashboard>,
}

impl<'a> Apps<'a> {
    pub(super) fn of(app: &'a App) -> Self {
        Self { app, all: None }
    }

    pub(super) fn all_of(dashboard: &'a Dashboard) -> Self {
        Self { app: dashboard.app(), all: Some(dashboard).filter(|all| all.has_several()) }
    }

    pub(super) fn has_several(self) -> bool {
        self.all.is_some()
    }

    /// The one that an account on screen is of.
    pub(super) fn owner_of(self, account: AccountId) -> &'a App {
        self.all.map_or(self.app, |all| all.owner_of(account))
    }

    /// Each, in the order of the profiles.
    pub(super) fn each(self) -> Vec<&'a App> {
        self.all.map_or_else(|| vec![self.app], |all| all.in_order().collect())
    }

    /// The sum over all.
    pub(super) fn sum(self, count: impl Fn(&App) -> usize) -> usize {
        match self.all {
            Some(all) => all.apps().map(count).sum(),
            None => count(self.app),
        }
    }

    /// The greatest of all.
    pub(super) fn most(self, count: impl Fn(&App) -> usize) -> usize {
        match self.all {
            Some(all) => all.apps().map(count).max().unwrap_or_default(),
            None => count(self.app),
        }
    }
}
