//! Where a paste goes.

use super::layers::Layer;
use super::{App, View};
use crate::domain::mails::code_mails;

impl App {
    /// Gives a paste to the text field that has the focus. A paste never submits anything.
    pub(super) fn paste(&mut self, text: &str) {
        let mails = code_mails(text);
        if !mails.is_empty() && !matches!(self.layers.last(), Some(Layer::EnterOtp(_))) {
            // A field would show the codes.
            self.apply_mails(mails);
            return;
        }
        if self.layers.is_empty() && self.view == View::EmailChanges && self.typed_filter().is_none() {
            self.paste_code(text);
            return;
        }
        if self.insists_on_reading() {
            return;
        }
        self.paste_into_focus(text);
    }
}
