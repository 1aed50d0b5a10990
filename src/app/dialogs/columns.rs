//! Which columns view 1 shows.

use std::collections::BTreeSet;

use crate::app::command_id::{DisabledReason, KeyContext};
use crate::app::dialog::{Dialog, Next};
use crate::app::list::{List, Motion};
use crate::app::model::Model;
use crate::app::msg::Geometry;
use crate::app::state::columns::{ChosenColumns, Column};

/// A line for "automatic", `None`, and one for each optional column. Enter applies what is checked.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ChooseColumns {
    pub chosen: ChosenColumns,
    pub list: List<Option<Column>>,
}

impl ChooseColumns {
    pub(crate) fn new(chosen: ChosenColumns) -> Self {
        let mut list = List::default();
        let lines: Vec<Option<Column>> = std::iter::once(None).chain(Column::OPTIONAL.map(Some)).collect();
        list.set_page(lines.len());
        list.set_rows(lines);
        Self { chosen, list }
    }

    pub(crate) fn is_checked(&self, line: Option<Column>) -> bool {
        match (line, &self.chosen) {
            (None, chosen) => chosen.is_none(),
            (Some(column), chosen) => chosen.as_ref().is_some_and(|chosen| chosen.contains(&column)),
        }
    }
}

impl Dialog for ChooseColumns {
    fn place(&self) -> KeyContext {
        KeyContext::Reader
    }

    fn can_choose(&self, _model: &Model) -> Result<(), DisabledReason> {
        Ok(())
    }

    fn choose(&mut self, _model: &Model) -> Option<Next> {
        Some(Next::Columns(self.chosen.clone()))
    }

    fn can_check_line(&self) -> bool {
        true
    }

    fn check_line(&mut self) {
        match (self.list.selected(), &mut self.chosen) {
            (None, _) => {}
            (Some(None), chosen) => *chosen = if chosen.is_some() { None } else { Some(BTreeSet::new()) },
            (Some(Some(column)), chosen) => {
                let chosen = chosen.get_or_insert_default();
                if !chosen.remove(&column) {
                    chosen.insert(column);
                }
            }
        }
    }

    fn go(&mut self, motion: Motion, _rows: usize, _lines: usize) {
        self.list.go(motion);
    }

    fn fit(&mut self, geometry: Geometry) {
        self.list.set_page(geometry.dialog_rows);
    }
}
