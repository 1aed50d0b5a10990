//! The organization on screen, and the others whose accounts its lists show.

use std::borrow::Cow;

use crate::app::dashboard::Dashboard;
use crate::app::histogram::Histogram;
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

    /// The first profile that leads to the same organization as `app`, if that is another one.
    pub(super) fn same_before(self, app: &App) -> Option<&'a App> {
        let id = &app.model.organization.value()?.id;
        let is_same = |other: &&App| other.model.organization.value().is_some_and(|known| known.id == *id);
        let first = self.each().into_iter().find(is_same)?;
        (first.model.start.place != app.model.start.place).then_some(first)
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

    /// How wide the texts of all are.
    pub(super) fn widths(self, of: impl Fn(&App) -> &Histogram) -> Cow<'a, Histogram> {
        match self.all {
            None => Cow::Borrowed(of(self.app)),
            Some(all) => {
                let mut widths = Histogram::default();
                all.apps().for_each(|app| widths.merge(of(app)));
                Cow::Owned(widths)
            }
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
