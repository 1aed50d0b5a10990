//! View 4: trusted services, root features and delegated administrators.

use super::view::View;
use crate::app::command_id::KeyContext;
use crate::app::list::Scrolled;
use crate::app::model::Model;
use crate::domain::change::Switch;

pub(super) struct Organization;

impl View for Organization {
    fn context(&self, _model: &Model) -> KeyContext {
        KeyContext::Organization
    }

    fn pane<'a>(&self, model: &'a mut Model) -> &'a mut dyn Scrolled {
        &mut model.switches.list
    }

    /// Also the switches of view 1.
    fn recompute(&self, model: &mut Model, _is_shown: bool) {
        model.switches.recompute();
    }

    fn switch(&self, model: &Model) -> Option<Switch> {
        model.switches.selected().and_then(|row| row.switch())
    }
}
