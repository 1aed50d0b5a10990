use crate::app::command::{COMMANDS, Command, by_info};
use crate::app::command_id::{CommandInfo, KeyContext};
use crate::app::dialogs::palette::{Palette, PaletteRow, opens_something};
use crate::app::layers::Layer;
use crate::app::notification::Notification;
use crate::app::shell::App;
use crate::app::view::{Pane, ViewId};
use crate::domain::account::AccountId;

/// How many choices the palette lists first.
const MOST_RECENT: usize = 8;

impl App {
    pub(in crate::app) fn open_palette(&mut self) {
        let commands = COMMANDS.iter().map(|command| &command.info).collect();
        let mut palette = Palette::new(self.place(), self.geometry.list_rows, commands, self.recent.clone());
        palette.search(&self.model.accounts);
        self.layers.push(Layer::Palette(palette));
    }

    /// Keeps what was chosen for the next time the palette opens in this run.
    pub(in crate::app) fn remember(&mut self, chosen: PaletteRow) {
        self.recent.retain(|other| !other.is_same(chosen));
        self.recent.insert(0, chosen);
        self.recent.truncate(MOST_RECENT);
    }

    /// Runs a command that was found from `place`, or goes where it works.
    pub(in crate::app) fn run_found(&mut self, found: &'static CommandInfo, place: KeyContext) {
        let Some(command) = by_info(found) else { return };
        self.layers.pop();
        match command.place_from(place) {
            Some(there) if there == place => self.run_if_available(command),
            Some(there) => self.run_there(command, there),
            None => {
                let there = command.places.first().copied().unwrap_or(place);
                self.model.out.notify(Notification::WorksThere(command.id, there));
            }
        }
    }

    fn run_there(&mut self, command: &Command, there: KeyContext) {
        if !(there == KeyContext::Mailbox && self.model.can_see_mailbox().is_err()) {
            self.go_to_place(there);
        }
        match (command.available)(self) {
            Ok(()) if !opens_something(command.id) => {
                self.model.out.notify(Notification::WorksThere(command.id, there));
            }
            _ => self.run_if_available(command),
        }
    }

    fn go_to_place(&mut self, place: KeyContext) {
        match place {
            KeyContext::Accounts | KeyContext::Details | KeyContext::Switches => {
                self.show(ViewId::Accounts);
                self.model.accounts.pane = match place {
                    KeyContext::Details => Pane::Details,
                    KeyContext::Switches => Pane::Switches,
                    _ => Pane::List,
                };
            }
            KeyContext::EmailChanges => self.show(ViewId::EmailChanges),
            KeyContext::RootAccess => self.show(ViewId::RootAccess),
            KeyContext::Organization => self.show(ViewId::Organization),
            KeyContext::Readiness => self.show_readiness(),
            KeyContext::Journal => self.show_journal(),
            KeyContext::Mailbox => self.show(ViewId::Mailbox),
            KeyContext::Filter | KeyContext::Dialog | KeyContext::Reader => {}
        }
    }

    /// Shows the account in view 1, clearing a filter that hides it.
    pub(in crate::app) fn go_to_account(&mut self, account: AccountId) {
        self.layers.pop();
        self.show(ViewId::Accounts);
        self.model.accounts.pane = Pane::List;
        if !self.model.accounts.list.rows().contains(&account) {
            self.clear_filter();
            self.recompute();
        }
        self.model.accounts.list.select(account);
        self.details = Some(account);
    }
}
