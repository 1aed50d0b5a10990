//! The organizational units, to choose whose accounts are shown.

use crate::app::command_id::{DisabledReason, KeyContext};
use crate::app::dialog::{Dialog, Next};
use crate::app::list::{List, Motion};
use crate::app::model::Model;
use crate::app::msg::Geometry;
use crate::app::state::units::{Unit, units};

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct BrowseUnits {
    pub units: Vec<Unit>,
    pub list: List<usize>,
    /// The version of the accounts that were counted.
    version: Option<u64>,
}

impl BrowseUnits {
    pub(crate) fn new(model: &Model, page: usize) -> Self {
        let mut dialog = Self { units: Vec::new(), list: List::default(), version: None };
        dialog.list.set_page(page);
        dialog.count(model);
        dialog
    }

    fn chosen(&self) -> Option<&Unit> {
        self.units.get(self.list.selected()?)
    }

    /// The cursor stays on its unit.
    fn count(&mut self, model: &Model) {
        let before = self.chosen().cloned();
        let names = model.units.value().cloned().unwrap_or_default();
        self.units = units(model.accounts.listed(), &names);
        self.version = Some(model.accounts.version());
        self.list.set_rows((0..self.units.len()).collect());
        let is_same = |unit: &Unit| {
            before.as_ref().is_some_and(|it| (&it.names, it.is_unknown) == (&unit.names, unit.is_unknown))
        };
        if let Some(index) = self.units.iter().position(is_same) {
            self.list.select(index);
        }
    }
}

impl Dialog for BrowseUnits {
    fn place(&self) -> KeyContext {
        KeyContext::Reader
    }

    fn can_choose(&self, model: &Model) -> Result<(), DisabledReason> {
        self.chosen().map(|_| ()).ok_or_else(|| model.no_account())
    }

    fn choose(&mut self, _model: &Model) -> Option<Next> {
        self.chosen().map(|unit| Next::FilterAccounts(unit.filter()))
    }

    fn refresh(&mut self, model: &Model) -> bool {
        if self.version != Some(model.accounts.version()) {
            self.count(model);
        }
        true
    }

    fn go(&mut self, motion: Motion, _rows: usize, _lines: usize) {
        self.list.go(motion);
    }

    fn fit(&mut self, geometry: Geometry) {
        self.list.set_page(geometry.dialog_rows);
    }
}
