//! View 7: the mailbox of the demo.

use super::view::View;
use crate::app::command_id::KeyContext;
use crate::app::list::Scrolled;
use crate::app::model::Model;
use crate::domain::export::Export;

pub(super) struct Mailbox;

impl View for Mailbox {
    fn context(&self, _model: &Model) -> KeyContext {
        KeyContext::Mailbox
    }

    fn pane<'a>(&self, model: &'a mut Model) -> &'a mut dyn Scrolled {
        &mut model.mailbox.list
    }

    fn rows(&self, model: &Model) -> usize {
        model.mailbox.mails().len()
    }

    fn export(&self, model: &Model) -> Export {
        Export::Mailbox(model.mailbox.mails().to_vec())
    }
}
