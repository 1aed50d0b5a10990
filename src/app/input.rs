//! Keys and what the screen tells: where they go.

use super::command::{Command, Place, by_key};
use super::key::{Code, Key};
use super::layers::Layer;
use super::list;
use super::msg::Geometry;
use super::notice::News;
use super::{App, Pane, View};

impl App {
    /// Where keys go now.
    #[must_use]
    pub fn place(&self) -> Place {
        match self.layers.last() {
            Some(
                Layer::Confirm(_)
                | Layer::StartEmail(_)
                | Layer::EnterOtp(_)
                | Layer::AskAudit(_)
                | Layer::AskDelegate(_)
                | Layer::MfaCode(_)
                | Layer::Delete(_)
                | Layer::Email(_)
                | Layer::Plan(_)
                | Layer::Template(_)
                | Layer::Root(_)
                | Layer::Export(_),
            ) => Place::Dialog,
            Some(
                Layer::Help(_)
                | Layer::News(_)
                | Layer::Menu(_)
                | Layer::Palette(_)
                | Layer::Profiles(_)
                | Layer::Results(_)
                | Layer::Findings(_)
                | Layer::PlanResults(_)
                | Layer::ManagedPolicies(_)
                | Layer::Policies(_),
            ) => Place::Reader,
            None => self.place_below(),
        }
    }

    /// Where keys would go without dialogs.
    pub(super) fn place_below(&self) -> Place {
        match (self.view, self.pane) {
            _ if self.typed_filter().is_some() => Place::Filter,
            (View::Accounts, Pane::List) => Place::Accounts,
            (View::Accounts, Pane::Details) => Place::Details,
            (View::Accounts, Pane::Switches) => Place::Switches,
            (View::EmailChanges, _) => Place::EmailChanges,
            (View::RootAccess, _) => Place::RootAccess,
            (View::Organization, _) => Place::Organization,
            (View::Readiness, _) => Place::Readiness,
            (View::Journal, _) => Place::Journal,
            (View::Mailbox, _) => Place::Mailbox,
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
        self.notices.forget_answers();
        if command.is_some_and(Command::is_basic) || !self.typed(key) {
            match command {
                Some(command) => self.run_if_available(command),
                // A key that comes right behind Esc, as over a slow line, can't be told from one with Alt.
                None if key.alt => {
                    self.key(Key::plain(Code::Esc));
                    self.key(Key { alt: false, ..key });
                }
                None if self.insists_on_reading() => {}
                None if place == Place::Filter || !self.layers.is_empty() => {}
                None => self.out.notify(News::NoCommand),
            }
        }
    }

    pub(super) fn fit(&mut self, geometry: Geometry) {
        self.geometry = geometry;
        self.accounts.list.set_page(geometry.list_rows);
        self.root.list.set_page(geometry.list_rows);
        self.board.list.set_page(geometry.list_rows);
        self.journal.list.set_page(geometry.list_rows);
        self.readiness.list.set_page(geometry.list_rows);
        self.switches.list.set_page(geometry.list_rows);
        self.mailbox.list.set_page(geometry.list_rows);
        let most = geometry.dialog_lines.saturating_sub(geometry.dialog_rows);
        match self.layers.last_mut() {
            Some(Layer::Help(reader)) => reader.top = reader.top.min(most),
            Some(Layer::News(reader)) => reader.top = reader.top.min(most),
            Some(Layer::Palette(palette)) => palette.list.set_page(geometry.dialog_rows),
            Some(Layer::Profiles(dialog)) => dialog.list.set_page(geometry.dialog_rows),
            Some(Layer::Results(reader)) => reader.top = reader.top.min(most),
            Some(Layer::Findings(reader)) => reader.top = reader.top.min(most),
            Some(Layer::ManagedPolicies(reader)) => reader.top = reader.top.min(most),
            Some(Layer::Plan(dialog)) => {
                dialog.go(list::Motion::Rows(0), geometry.dialog_rows, geometry.dialog_lines);
            }
            Some(Layer::PlanResults(reader)) => reader.top = reader.top.min(most),
            Some(Layer::Menu(menu)) => menu.list.set_page(geometry.dialog_rows),
            Some(Layer::Policies(page)) => page.fit(geometry.dialog_rows),
            Some(_) => {}
            None if self.view == View::Readiness => self.readiness.top = self.readiness.top.min(most),
            None if self.view == View::EmailChanges => self.board.top = self.board.top.min(most),
            None => {
                self.root.top = self.root.top.min(most);
                self.journal.top = self.journal.top.min(most);
            }
        }
        self.see_text();
    }
}
