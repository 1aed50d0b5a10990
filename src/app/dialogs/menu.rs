//! A short list to choose from.

use crate::app::command_id::{DisabledReason, KeyContext};
use crate::app::dialog::{Dialog, Next};
use crate::app::list::{List, Motion};
use crate::app::model::Model;
use crate::app::msg::Geometry;
use crate::app::state::choices::{Choice, MenuKind, RootChoice};

/// The list.
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

    /// Takes choices away that can't be taken any more.
    fn retain(&mut self, stays: impl Fn(&Choice) -> bool) {
        if self.items.iter().all(&stays) {
            return;
        }
        let before = self.chosen().cloned();
        self.items.retain(stays);
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

    fn can_choose(&self, _model: &Model) -> Result<(), DisabledReason> {
        Ok(())
    }

    fn choose(&mut self, _model: &Model) -> Option<Next> {
        self.chosen().cloned().map(Next::Choice)
    }

    /// Root sessions end.
    fn refresh(&mut self, model: &Model) -> bool {
        self.retain(|choice| match choice {
            Choice::Root(RootChoice::InHand(key)) => model.sessions.get(*key).is_some(),
            _ => true,
        });
        !self.items.is_empty()
    }

    fn go(&mut self, motion: Motion, _rows: usize, _lines: usize) {
        self.list.go(motion);
    }

    fn fit(&mut self, geometry: Geometry) {
        self.list.set_page(geometry.dialog_rows);
    }
}
