//! Where a paste goes.

use super::confirm::{Phase, Spot};
use super::emails::EmailFacts;
use super::layers::Layer;
use super::root_access::Stage;
use super::{App, View};
use crate::domain::mails::code_mails;

impl App {
    /// Gives a paste to the text field that has the focus. A paste never submits anything.
    pub(super) fn paste(&mut self, text: &str) {
        let mails = code_mails(text);
        if !mails.is_empty() && !matches!(self.layers.last(), Some(Layer::EnterOtp(_))) {
            // A field would show the codes.
            self.take_mails(mails);
            return;
        }
        if self.layers.is_empty() && self.view == View::EmailChanges && self.typed_filter().is_none() {
            self.paste_code(text);
            return;
        }
        if self.insists_on_reading() {
            return;
        }
        match self.layers.last_mut() {
            Some(Layer::Confirm(dialog)) if dialog.is_typing() => {
                if let Some(field) = &mut dialog.typed {
                    field.paste(text);
                }
            }
            Some(Layer::StartEmail(dialog)) if dialog.phase == Phase::Asking && dialog.spot == Spot::Field => {
                dialog.field.paste(text);
            }
            Some(Layer::EnterOtp(dialog)) if dialog.phase == Phase::Asking => {
                // The mail of a change before the newest one belongs to that change.
                let open = self.emails.get(dialog.account).map(EmailFacts::open_addresses).unwrap_or_default();
                dialog.paste(text, &open);
                dialog.spot = Spot::Field;
            }
            Some(Layer::Delete(dialog)) => {
                if let Stage::Asking(asking) = &mut dialog.stage
                    && asking.spot == Spot::Field
                    && asking.reading.is_done
                {
                    asking.typed.paste(text);
                }
            }
            Some(Layer::Plan(dialog)) => {
                if let Some(field) = dialog.field_mut() {
                    field.paste(text);
                }
            }
            Some(Layer::Template(dialog)) => {
                if let Some(field) = dialog.field_mut() {
                    field.paste(text);
                }
            }
            Some(Layer::Root(dialog)) => {
                if let Some(field) = dialog.field_mut() {
                    field.paste(text);
                }
            }
            Some(Layer::AskDelegate(dialog)) if dialog.spot == Spot::Field => dialog.field.paste(text),
            Some(Layer::Email(dialog)) => {
                if let Some(field) = dialog.field_mut() {
                    field.paste(text);
                }
            }
            Some(Layer::Palette(palette)) => {
                palette.field.paste(text);
                self.search_palette();
            }
            Some(Layer::Profiles(dialog)) => {
                dialog.field.paste(text);
                self.search_profiles();
            }
            Some(Layer::MfaCode(dialog)) => dialog.paste(text),
            Some(Layer::Export(dialog)) if dialog.is_typing() => dialog.path.paste(text),
            Some(_) => {}
            None => self.pasted_in_filter(text),
        }
    }
}
