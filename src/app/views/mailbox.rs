//! View 7: the mailbox of the demo.

use super::view::View;
use crate::app::command_id::KeyContext;
use crate::app::list::Motion;
use crate::app::model::Model;

pub(super) struct Mailbox;

impl View for Mailbox {
    fn context(&self, _model: &Model) -> KeyContext {
        KeyContext::Mailbox
    }

    fn go(&self, model: &mut Model, motion: Motion, _rows: usize, _lines: usize) {
        model.mailbox.list.go(motion);
    }

    fn set_page(&self, model: &mut Model, rows: usize) {
        model.mailbox.list.set_page(rows);
    }

    fn next_pane(&self, model: &mut Model, step: isize) {
        model.accounts.next_pane(step);
    }

    fn back_to_list(&self, _model: &mut Model) -> bool {
        false
    }
}
