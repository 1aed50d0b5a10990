//! View 5: what each flow needs.

use super::view::{View, leave};
use crate::app::command_id::KeyContext;
use crate::app::list::Motion;
use crate::app::model::Model;
use crate::domain::account::AccountId;
use crate::domain::flow::Flow;
use crate::domain::readiness::all;

pub(super) struct Readiness;

impl View for Readiness {
    fn context(&self, _model: &Model) -> KeyContext {
        KeyContext::Readiness
    }

    fn go(&self, model: &mut Model, motion: Motion, rows: usize, lines: usize) {
        model.readiness.go(motion, rows, lines);
    }

    fn set_page(&self, model: &mut Model, rows: usize) {
        model.readiness.list.set_page(rows);
    }

    fn limit_scroll(&self, model: &mut Model, last: usize) {
        model.readiness.top = model.readiness.top.min(last);
    }

    /// While AWS is asked again, what was found before stays.
    fn recompute(&self, model: &mut Model, is_shown: bool) {
        if !is_shown {
            return;
        }
        if model.readiness.list.rows().is_empty() {
            model.readiness.list.set_rows(Flow::ALL.to_vec());
        }
        if model.readiness.judged.is_empty() || !model.is_asking_readiness() {
            let knowledge = model.knowledge();
            if model.readiness.derived.is_stale(knowledge.clone()) {
                model.readiness.judged = all(&knowledge);
            }
        }
    }

    fn next_pane(&self, model: &mut Model, _step: isize) {
        model.readiness.reading = !model.readiness.reading;
    }

    fn back_to_list(&self, model: &mut Model) -> bool {
        leave(&mut model.readiness.reading)
    }

    fn refresh(&self, model: &mut Model, _details: Option<AccountId>) {
        model.refresh_readiness();
    }
}
