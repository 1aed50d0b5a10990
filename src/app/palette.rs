//! `:` finds every command of the program and every account. A command of another view is gone to; it runs
//! there at once only where it asks or shows something first, and never acts on a row that nobody saw.

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::accounts::Accounts;
use super::command::{COMMANDS, Command, CommandId, KeyContext};
use super::dialog::Dialog;
use super::field::TextField;
use super::key::Key;
use super::layers::Layer;
use super::list::{List, Motion};
use super::msg::Geometry;
use super::notification::Notification;
use super::{App, Pane, View};
use crate::app::model::Model;
use crate::domain::account::AccountId;

/// More accounts than these are not listed: a few letters more find the one.
const MOST_ACCOUNTS: usize = 20;

/// The search.
#[derive(Clone, Debug, PartialEq)]
pub struct Palette {
    /// What is searched for.
    pub field: TextField,
    /// What was found, the best first.
    pub list: List<PaletteRow>,
    /// Where it was opened.
    pub place: KeyContext,
}

/// Something that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PaletteRow {
    /// A command, by its place in the table.
    Command(usize),
    /// An account.
    Account(AccountId),
}

impl Palette {
    /// The search for nothing yet: everything, what works in `place` first.
    #[must_use]
    pub fn new(place: KeyContext, rows: usize) -> Self {
        let mut list = List::default();
        list.set_page(rows.max(1));
        Self { field: TextField::default(), list, place }
    }

    /// The selected row.
    #[must_use]
    pub fn chosen(&self) -> Option<PaletteRow> {
        self.list.selected()
    }
}

impl Palette {
    /// Finds what its text asks for.
    fn search(&mut self, accounts: &Accounts) {
        let text = self.field.text().trim();
        let mut rows: Vec<PaletteRow> = found(text, self.place).into_iter().map(PaletteRow::Command).collect();
        let (exact, others) = accounts_called(text, accounts);
        // A command that is called so comes before the account of that name.
        let is_named = |row: &PaletteRow| row.command().is_some_and(|command| command.title.eq_ignore_ascii_case(text));
        let named = rows.iter().take_while(|row| is_named(row)).count();
        rows.splice(named..named, exact.into_iter().map(PaletteRow::Account));
        rows.extend(others.into_iter().map(PaletteRow::Account));
        self.list.set_rows(rows);
        self.list.go(Motion::First);
    }
}

impl Dialog for Palette {
    fn place(&self) -> KeyContext {
        KeyContext::Reader
    }

    fn is_typing(&self) -> bool {
        true
    }

    fn typed(&mut self, key: Key, model: &Model) -> bool {
        let took = self.field.handle(key);
        if took {
            self.search(&model.accounts);
        }
        took
    }

    fn paste(&mut self, text: &str, model: &Model) {
        self.field.paste(text);
        self.search(&model.accounts);
    }

    fn go(&mut self, motion: Motion, _rows: usize, _lines: usize) {
        self.list.go(motion);
    }

    fn fit(&mut self, geometry: Geometry) {
        self.list.set_page(geometry.dialog_rows);
    }
}

/// The accounts that are called so, and those whose name or id holds the text.
fn accounts_called(text: &str, accounts: &Accounts) -> (Vec<AccountId>, Vec<AccountId>) {
    let text = text.to_lowercase();
    if text.chars().count() < 2 {
        return (vec![], vec![]);
    }
    let (mut exact, mut others) = (vec![], vec![]);
    for account in accounts.listed() {
        let (name, id) = (account.name.to_lowercase(), account.id.to_string());
        if name == text || id == text {
            exact.push(account.id);
        } else if others.len() < MOST_ACCOUNTS && (name.contains(&text) || id.contains(&text)) {
            others.push(account.id);
        }
    }
    (exact, others)
}

impl PaletteRow {
    /// The command, if it is one.
    #[must_use]
    pub fn command(self) -> Option<&'static Command> {
        match self {
            Self::Command(index) => COMMANDS.get(index),
            Self::Account(_) => None,
        }
    }
}

impl Command {
    /// Where it is gone to from `place`: there, if it works there; else to the first view that has it.
    /// `None` where it works in dialogs, texts or filters only.
    #[must_use]
    pub fn place_from(&self, place: KeyContext) -> Option<KeyContext> {
        if self.places.contains(&place) {
            return Some(place);
        }
        self.places
            .iter()
            .copied()
            .find(|place| !matches!(place, KeyContext::Filter | KeyContext::Dialog | KeyContext::Reader))
    }
}

/// Whether a command of another view may run as soon as that is shown: it opens a menu, a dialog or a text
/// that says what it is about. Whatever is about the row with the cursor waits for its key.
fn opens_something(command: CommandId) -> bool {
    use CommandId as C;
    matches!(
        command,
        C::Filter
            | C::AuditMenu
            | C::BulkPlan
            | C::AskMenu
            | C::ReadMails
            | C::Results
            | C::ManagedPolicies
            | C::ExportJournal
    )
}

/// The commands that hold all the words, the best match first: by title, letters may be missing; else the
/// help has them. Of equal ones, what works in `place` comes first.
fn found(text: &str, place: KeyContext) -> Vec<usize> {
    let pattern = Pattern::new(text, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    let (mut matcher, mut buffer) = (Matcher::new(Config::DEFAULT), Vec::new());
    let mut rank = |command: &Command| {
        let by_title = pattern.score(Utf32Str::new(command.title, &mut buffer), &mut matcher);
        let help = command.help.to_lowercase();
        match by_title {
            Some(score) => Some((0, u32::MAX - score, command.title.len())),
            None if words.iter().all(|word| help.contains(word.as_str())) => Some((1, 0, 0)),
            None => None,
        }
    };
    let mut rows: Vec<_> = COMMANDS
        .iter()
        .enumerate()
        .filter(|(index, command)| is_listed(*index, command, place))
        .filter_map(|(index, command)| {
            let rank = if words.is_empty() { (0, 0, 0) } else { rank(command)? };
            let distance = match command.place_from(place) {
                Some(there) if there == place => 0,
                Some(_) => 1,
                None => 2,
            };
            Some((rank, distance, index))
        })
        .collect();
    rows.sort_unstable();
    rows.into_iter().map(|(.., index)| index).collect()
}

/// One entry of the table for each meaning: the one that works in `place`, or the first.
fn is_listed(index: usize, command: &Command, place: KeyContext) -> bool {
    let is_same = |other: &Command| other.id == command.id && other.help == command.help;
    let same = || COMMANDS.iter().enumerate().filter(|(_, other)| is_same(other));
    let here = same().find(|(_, other)| other.places.contains(&place));
    here.or_else(|| same().next()).is_some_and(|(first, _)| first == index)
}

impl App {
    /// Opens the search.
    pub(super) fn open_palette(&mut self) {
        let mut palette = Palette::new(self.place(), self.geometry.list_rows);
        palette.search(&self.model.accounts);
        self.layers.push(Layer::Palette(palette));
    }

    /// Does what the selected row says, or goes where it can be done.
    pub(super) fn choose_in_palette(&mut self) {
        let Some(Layer::Palette(palette)) = self.layers.last() else { return };
        let (chosen, place) = (palette.chosen(), palette.place);
        match chosen {
            None => {}
            Some(PaletteRow::Account(account)) => {
                self.layers.pop();
                self.go_to_account(account);
            }
            Some(PaletteRow::Command(index)) => {
                let Some(command) = COMMANDS.get(index) else { return };
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
                self.show(View::Accounts);
                self.pane = match place {
                    KeyContext::Details => Pane::Details,
                    KeyContext::Switches => Pane::Switches,
                    _ => Pane::List,
                };
            }
            KeyContext::EmailChanges => self.show(View::EmailChanges),
            KeyContext::RootAccess => self.show(View::RootAccess),
            KeyContext::Organization => self.show(View::Organization),
            KeyContext::Readiness => self.show_readiness(),
            KeyContext::Journal => self.show_journal(),
            KeyContext::Mailbox => self.show(View::Mailbox),
            KeyContext::Filter | KeyContext::Dialog | KeyContext::Reader => {}
        }
    }

    /// Shows the account in view 1. A filter that hides it goes.
    fn go_to_account(&mut self, account: AccountId) {
        self.show(View::Accounts);
        self.pane = Pane::List;
        if !self.model.accounts.list.rows().contains(&account) {
            self.clear_filter();
            self.recompute();
        }
        self.model.accounts.list.select(account);
        self.details = Some(account);
    }
}
