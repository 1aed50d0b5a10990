//! `:` finds every command of the program and every account. A command of another view is gone to; it runs
//! there at once only where it asks or shows something first, and never acts on a row that nobody saw.

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::app::command_id::{CommandId, CommandInfo, DisabledReason, KeyContext};
use crate::app::dialog::{Dialog, Next};
use crate::app::field::TextField;
use crate::app::key::Key;
use crate::app::list::{List, Motion, Scrolled};
use crate::app::model::Model;
use crate::app::state::accounts::Accounts;
use crate::domain::account::AccountId;

/// More accounts than these are not listed: a few letters more find the one.
const MOST_ACCOUNTS: usize = 20;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Palette {
    pub field: TextField,
    /// What was found, the best first.
    pub list: List<PaletteRow>,
    /// Where it was opened.
    pub place: KeyContext,
    commands: Vec<&'static CommandInfo>,
    /// What was chosen before, the last first.
    recent: Vec<PaletteRow>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum PaletteRow {
    Command(&'static CommandInfo),
    Account(AccountId),
}

impl Palette {
    pub(in crate::app) fn new(
        place: KeyContext,
        rows: usize,
        commands: Vec<&'static CommandInfo>,
        recent: Vec<PaletteRow>,
    ) -> Self {
        let mut list = List::default();
        list.set_page(rows.max(1));
        Self { field: TextField::default(), list, place, commands, recent }
    }

    /// All that are searched.
    pub(crate) fn commands(&self) -> &[&'static CommandInfo] {
        &self.commands
    }

    pub(in crate::app) fn search(&mut self, accounts: &Accounts) {
        let text = self.field.text().trim();
        let mut rows: Vec<PaletteRow> =
            found(&self.commands, text, self.place).into_iter().map(PaletteRow::Command).collect();
        let (exact, others) = accounts_called(text, accounts);
        // A command that is called so comes before the account of that name.
        let is_named = |row: &PaletteRow| row.command().is_some_and(|command| command.title.eq_ignore_ascii_case(text));
        let named = rows.iter().take_while(|row| is_named(row)).count();
        rows.splice(named..named, exact.into_iter().map(PaletteRow::Account));
        rows.extend(others.into_iter().map(PaletteRow::Account));
        if text.is_empty() {
            let recent = self.recent.iter().filter_map(|chosen| match *chosen {
                PaletteRow::Account(id) => accounts.get(id).map(|_| *chosen),
                // As it is listed here.
                PaletteRow::Command(_) => rows.iter().find(|row| row.is_same(*chosen)).copied(),
            });
            let recent: Vec<PaletteRow> = recent.collect();
            rows.retain(|row| !recent.contains(row));
            rows.splice(0..0, recent);
        }
        self.list.set_rows(rows);
        self.list.go(Motion::First);
    }
}

impl Dialog for Palette {
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

    fn can_choose(&self, _model: &Model) -> Result<(), DisabledReason> {
        Ok(())
    }

    fn choose(&mut self, _model: &Model) -> Option<Next> {
        Some(match self.list.selected()? {
            PaletteRow::Command(command) => Next::Run(command, self.place),
            PaletteRow::Account(account) => Next::GoTo(account),
        })
    }

    fn list_mut(&mut self) -> Option<&mut dyn Scrolled> {
        Some(&mut self.list)
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
    /// Whether it is the same account, or an entry of the same command.
    pub(in crate::app) fn is_same(self, other: Self) -> bool {
        match (self, other) {
            (Self::Command(one), Self::Command(other)) => one.id == other.id && one.help == other.help,
            (one, other) => one == other,
        }
    }

    pub(crate) fn command(self) -> Option<&'static CommandInfo> {
        match self {
            Self::Command(command) => Some(command),
            Self::Account(_) => None,
        }
    }
}

/// Whether a command of another view may run as soon as that is shown: it opens a menu, a dialog or a text
/// that says what it is about. A command about the selected row waits for its key.
pub(in crate::app) fn opens_something(command: CommandId) -> bool {
    use CommandId as C;
    matches!(
        command,
        C::Filter
            | C::Sort
            | C::ChooseColumns
            | C::BrowseUnits
            | C::AuditMenu
            | C::BulkPlan
            | C::AskMenu
            | C::ReadMails
            | C::Results
            | C::ManagedPolicies
            | C::Export
    )
}

/// The commands that hold all the words, the best match first: by title, letters may be missing; else the
/// help has them. Of equal ones, what works in `place` comes first.
fn found(commands: &[&'static CommandInfo], text: &str, place: KeyContext) -> Vec<&'static CommandInfo> {
    let pattern = Pattern::new(text, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    let (mut matcher, mut buffer) = (Matcher::new(Config::DEFAULT), Vec::new());
    let mut rank = |command: &CommandInfo| {
        let by_title = pattern.score(Utf32Str::new(command.title, &mut buffer), &mut matcher);
        let help = command.help.to_lowercase();
        match by_title {
            Some(score) => Some((0, u32::MAX - score, command.title.len())),
            None if words.iter().all(|word| help.contains(word.as_str())) => Some((1, 0, 0)),
            None => None,
        }
    };
    let mut rows: Vec<_> = commands
        .iter()
        .enumerate()
        .filter(|(_, command)| is_listed(commands, command, place))
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
    rows.into_iter().filter_map(|(.., index)| commands.get(index).copied()).collect()
}

/// One entry of the table for each meaning: the one that works in `place`, or the first.
fn is_listed(commands: &[&CommandInfo], command: &CommandInfo, place: KeyContext) -> bool {
    let mut same = commands.iter().filter(|other| other.id == command.id && other.help == command.help);
    let here = same.clone().find(|other| other.places.contains(&place));
    here.or_else(|| same.next()).is_some_and(|first| *first == command)
}
