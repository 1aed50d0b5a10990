//! View 4: trusted services, root features and delegated administrators.

use super::view::View;
use crate::app::command_id::KeyContext;
use crate::app::list::Motion;
use crate::app::model::Model;
use crate::domain::change::Switch;

pub(super) struct Organization;

impl View for Organization {
    fn context(&self, _model: &Model) -> KeyContext {
        KeyContext::Organization
    }

    fn go(&self, model: &mut Model, motion: Motion, _rows: usize, _lines: usize) {
        model.switches.list.go(motion);
    }

    fn set_page(&self, model: &mut Model, rows: usize) {
        model.switches.list.set_page(rows);
    }

    /// Also the switches of view 1.
    fn recompute(&self, model: &mut Model, _is_shown: bool) {
        model.switches.recompute();
    }

    fn next_pane(&self, model: &mut Model, step: isize) {
        model.accounts.next_pane(step);
    }

    fn back_to_list(&self, _model: &mut Model) -> bool {
        false
    }

    fn switch(&self, model: &Model) -> Option<Switch> {
        model.switches.selected().and_then(|row| row.switch())
    }
}
