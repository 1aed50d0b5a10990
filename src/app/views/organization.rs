//! View 4: trusted services, root features and delegated administrators.

use super::view::View;
use crate::app::command_id::KeyContext;
use crate::app::list::Scrolled;
use crate::app::model::Model;
use crate::app::state::organization::OrganizationView;
use crate::domain::change::Switch;
use crate::domain::export::{Export, OrganizationState};

pub(super) struct Organization;

impl View for Organization {
    fn context(&self, _model: &Model) -> KeyContext {
        KeyContext::Organization
    }

    fn pane<'a>(&self, model: &'a mut Model) -> &'a mut dyn Scrolled {
        &mut model.switches.pane
    }

    fn rows(&self, model: &Model) -> usize {
        model.switches.pane.list.rows().len()
    }

    fn export(&self, model: &Model) -> Export {
        let OrganizationView { trusted, features, delegates, .. } = model.switches.clone();
        Export::Organization(Box::new(OrganizationState { trusted, features, delegates }))
    }

    /// Also the switches of view 1.
    fn recompute(&self, model: &mut Model, _is_shown: bool) {
        model.switches.recompute();
    }

    fn switch(&self, model: &Model) -> Option<Switch> {
        model.switches.selected().and_then(|row| row.switch())
    }
}
