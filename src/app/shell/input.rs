use crate::app::command::by_key;
use crate::app::command_id::KeyContext;
use crate::app::filter::TypedFilter;
use crate::app::key::{Code, Key};
use crate::app::msg::Geometry;
use crate::app::notification::Notification;
use crate::app::shell::App;
use crate::app::view::ViewId;
use crate::app::views;
use crate::domain::mails::code_mails;

impl App {
    pub(crate) fn place(&self) -> KeyContext {
        match self.layers.last() {
            Some(_) if self.typed_filter().is_some() => KeyContext::Filter,
            Some(layer) => layer.dialog().place(),
            None => self.place_below(),
        }
    }

    /// Where keys would go without dialogs.
    pub(in crate::app) fn place_below(&self) -> KeyContext {
        let is_typed = self.shown().filter(&self.model).is_some_and(TypedFilter::is_typed);
        if is_typed { KeyContext::Filter } else { self.shown().context(&self.model) }
    }

    /// Whether typing and pasting is ignored: while quitting, and where it could not be seen.
    pub(in crate::app) fn is_deaf(&self) -> bool {
        self.quitting || self.geometry.too_small
    }

    pub(in crate::app) fn key(&mut self, key: Key) {
        let place = self.place();
        let key = if self.is_typing() { key } else { key.folded() };
        let command = by_key(self.keys(), place, key);
        if self.is_deaf() {
            if let Some(command) = command.filter(|command| command.is_basic()) {
                self.run(command);
            }
            return;
        }
        self.touched = true;
        self.notifications.fade();
        if command.is_some_and(|command| command.is_basic()) || !self.typed(key) {
            match command {
                Some(command) => self.run_if_available(command),
                // Over a slow line, a key right after Esc can't be told from one with Alt.
                None if key.alt => {
                    self.key(Key::plain(Code::Esc));
                    self.key(Key { alt: false, ..key });
                }
                None if self.insists_on_reading() || self.says_to_read() => {}
                None if place == KeyContext::Filter => {}
                None if !self.layers.is_empty() => self.model.out.notify(Notification::NoDialogCommand),
                None => self.model.out.notify(Notification::NoCommand),
            }
        }
    }

    pub(in crate::app) fn fit(&mut self, geometry: Geometry) {
        self.geometry = geometry;
        for id in ViewId::ALL {
            let pane = views::view(id).pane(&mut self.model);
            pane.set_page(geometry.list_rows);
            pane.set_follows(geometry.one_pane);
        }
        if let Some(layer) = self.layers.last_mut() {
            layer.dialog_mut().fit(geometry);
        } else {
            let last = geometry.dialog_lines.saturating_sub(geometry.dialog_rows);
            self.shown().pane(&mut self.model).limit_scroll(last);
        }
        self.see_text();
    }

    /// A paste never submits anything.
    pub(in crate::app) fn paste(&mut self, text: &str) {
        let mails = code_mails(text);
        if !mails.is_empty() {
            // A field would show the codes.
            self.apply_mails(text, mails);
            return;
        }
        if self.layers.is_empty() && self.view == ViewId::EmailChanges && self.typed_filter().is_none() {
            self.paste_code(text);
            return;
        }
        if self.insists_on_reading() {
            return;
        }
        self.paste_into_focus(text);
    }
}
