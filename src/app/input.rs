//! Keys and what the screen tells: where they go.

use super::command::{Command, KeyContext, by_key};
use super::key::{Code, Key};
use super::msg::Geometry;
use super::notification::Notification;
use super::{App, Pane, View};

impl App {
    /// Where keys go now.
    #[must_use]
    pub fn place(&self) -> KeyContext {
        self.layers.last().map_or_else(|| self.place_below(), |layer| layer.dialog().place())
    }

    /// Where keys would go without dialogs.
    pub(super) fn place_below(&self) -> KeyContext {
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
    pub(super) fn is_deaf(&self) -> bool {
        self.quitting || self.geometry.too_small
    }

    pub(super) fn key(&mut self, key: Key) {
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
        if command.is_some_and(Command::is_basic) || !self.typed(key) {
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

    pub(super) fn fit(&mut self, geometry: Geometry) {
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
