//! View 5: what each flow needs.

use super::view::View;
use crate::app::command_id::KeyContext;
use crate::app::effect::Read;
use crate::app::list::Scrolled;
use crate::app::model::Model;
use crate::domain::account::AccountId;
use crate::domain::export::{CallerStatus, Export};
use crate::domain::flow::Flow;
use crate::domain::readiness::all;

pub(super) struct Readiness;

impl View for Readiness {
    fn context(&self, _model: &Model) -> KeyContext {
        KeyContext::Readiness
    }

    fn pane<'a>(&self, model: &'a mut Model) -> &'a mut dyn Scrolled {
        &mut model.readiness.pane
    }

    fn rows(&self, model: &Model) -> usize {
        model.readiness.judged.len()
    }

    fn export(&self, model: &Model) -> Export {
        Export::Readiness(Box::new(CallerStatus {
            connection: model.connection.clone(),
            knowledge: model.knowledge(),
            delegates: model.switches.delegates.clone(),
            flows: model.readiness.judged.clone(),
            caller: model.caller_options(),
            request_rate: model.request_rate(),
            demo: model.start.demo,
        }))
    }

    /// While AWS is asked again, what was found before stays.
    fn recompute(&self, model: &mut Model, is_shown: bool) {
        if !is_shown {
            return;
        }
        if model.readiness.pane.list.rows().is_empty() {
            model.readiness.pane.list.set_rows(Flow::ALL.to_vec());
        }
        if model.readiness.judged.is_empty() || !model.is_asking_readiness() {
            let knowledge = model.knowledge();
            if model.readiness.derived.is_stale(knowledge.clone()) {
                model.readiness.judged = all(&knowledge);
            }
        }
    }

    fn refresh(&self, model: &mut Model, _details: Option<AccountId>) {
        model.read(Read::Readiness);
    }
}
