use crate::app::command::{KeyContext, by_key};
use crate::app::key::{Code, Key};
use crate::app::layers::Layer;
use crate::app::msg::Geometry;
use crate::app::notification::Notification;
use crate::app::shell::App;
use crate::app::view::{Pane, View};
use crate::domain::mails::code_mails;

impl App {
    /// Where keys go now.
    #[must_use]
    pub fn place(&self) -> KeyContext {
        self.layers.last().map_or_else(|| self.place_below(), |layer| layer.dialog().place())
    }

    /// Where keys would go without dialogs.
    pub(in crate::app) fn place_below(&self) -> KeyContext {
        match (self.view, self.pane) {
            _ if self.typed_filter().is_some() => KeyContext::Filter,
            (View::Accounts, Pane::List) => KeyContext::Accounts,
            (View::Accounts, Pane::Details) => KeyContext::Details,
            (View::Accounts, Pane::Switches) => KeyContext::Switches,
            (View::EmailChanges, _) => KeyContext::EmailChanges,
            (View::RootAccess, _) => KeyContext::RootAccess,
            (View::Organization, _) => KeyContext::Organization,
            (View::Readiness, _) => KeyContext::Readiness,
            (View::Journal, _) => KeyContext::Journal,
            (View::Mailbox, _) => KeyContext::Mailbox,
        }
    }

    /// Whether what is typed or pasted has no meaning: on leaving, and where it could not be seen.
    pub(in crate::app) fn is_deaf(&self) -> bool {
        self.quitting || self.geometry.too_small
    }

    pub(in crate::app) fn key(&mut self, key: Key) {
        let place = self.place();
        let command = by_key(place, key);
        if self.is_deaf() {
            if let Some(command) = command.filter(|command| command.is_basic()) {
                self.run(command);
            }
            return;
        }
        self.touched = true;
        // What a dialog said of the key before may no longer be so.
        self.notifications.forget_answers();
        if command.is_some_and(|command| command.is_basic()) || !self.typed(key) {
            match command {
                Some(command) => self.run_if_available(command),
                // A key that comes right behind Esc, as over a slow line, can't be told from one with Alt.
                None if key.alt => {
                    self.key(Key::plain(Code::Esc));
                    self.key(Key { alt: false, ..key });
                }
                None if self.insists_on_reading() => {}
                None if place == KeyContext::Filter || !self.layers.is_empty() => {}
                None => self.model.out.notify(Notification::NoCommand),
            }
        }
    }

    pub(in crate::app) fn fit(&mut self, geometry: Geometry) {
        self.geometry = geometry;
        self.model.accounts.list.set_page(geometry.list_rows);
        self.model.root.list.set_page(geometry.list_rows);
        self.model.board.list.set_page(geometry.list_rows);
        self.model.journal.list.set_page(geometry.list_rows);
        self.model.readiness.list.set_page(geometry.list_rows);
        self.model.switches.list.set_page(geometry.list_rows);
        self.model.mailbox.list.set_page(geometry.list_rows);
        if let Some(layer) = self.layers.last_mut() {
            layer.dialog_mut().fit(geometry);
        } else {
            self.fit_view(geometry.dialog_lines.saturating_sub(geometry.dialog_rows));
        }
        self.see_text();
    }

    /// Takes up to which line the text of the view can be scrolled.
    fn fit_view(&mut self, most: usize) {
        match self.view {
            View::Readiness => self.model.readiness.top = self.model.readiness.top.min(most),
            View::EmailChanges => self.model.board.top = self.model.board.top.min(most),
            View::RootAccess | View::Journal | View::Accounts | View::Organization | View::Mailbox => {
                self.model.root.top = self.model.root.top.min(most);
                self.model.journal.top = self.model.journal.top.min(most);
            }
        }
    }
}

impl App {
    /// Gives a paste to the text field that has the focus. A paste never submits anything.
    pub(in crate::app) fn paste(&mut self, text: &str) {
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
