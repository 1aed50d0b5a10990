//! The stack of dialogs and readers over the view. The top one has the focus.

use crate::app::command_id::KeyContext;
use crate::app::dialog::Dialog;
use crate::app::list::{List, Motion};
use crate::app::msg::Geometry;
use crate::app::state::choices::{Choice, MenuKind};

/// A short list to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Menu {
    /// What it asks.
    pub kind: MenuKind,
    /// The choices.
    pub items: Vec<Choice>,
    /// The one that is selected.
    pub list: List<usize>,
}

impl Menu {
    /// A menu with its first choice selected.
    pub(crate) fn new(kind: MenuKind, items: Vec<Choice>) -> Self {
        let mut list = List::default();
        list.set_page(items.len().max(1));
        list.set_rows((0..items.len()).collect());
        Self { kind, items, list }
    }

    /// The selected choice.
    pub(crate) fn chosen(&self) -> Option<&Choice> {
        self.items.get(self.list.index())
    }

    /// Takes a choice away that can't be taken any more.
    pub(crate) fn remove(&mut self, choice: &Choice) {
        let before = self.chosen().cloned();
        self.items.retain(|item| item != choice);
        self.list.set_rows((0..self.items.len()).collect());
        if let Some(index) = self.items.iter().position(|item| Some(item) == before.as_ref()) {
            self.list.select(index);
        }
    }
}

impl Dialog for Menu {
    fn place(&self) -> KeyContext {
        KeyContext::Reader
    }

    fn go(&mut self, motion: Motion, _rows: usize, _lines: usize) {
        self.list.go(motion);
    }

    fn fit(&mut self, geometry: Geometry) {
        self.list.set_page(geometry.dialog_rows);
    }
}
