//! From the bytes of the file to settings and problems.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::colours::{Colour, NAMES, OF_THE_THEME};
use super::lines::Lines;
use super::settings::{Config, MOST_ACCOUNTS, MOST_DAYS, ThemeName};
use super::suggest::nearest;
use crate::domain::account::AccountId;
use crate::domain::account_column::AccountColumn;
use crate::domain::color_role::ColorRole;
use crate::domain::config_problem::{ConfigProblem, ConfigProblemKind, Expected, FoundValue};
use crate::domain::email::EmailAddress;
use crate::domain::key_setting::KeySetting;
use crate::domain::request_limits::SERVICES;
use crate::domain::text::{clean, cut_middle};
use crate::domain::view::ViewId;

const READ_ONLY: &str = "read_only";
const PROTECTED: &str = "protected_accounts";
const DOMAINS: &str = "allowed_email_domains";
const FINISHED_DAYS: &str = "keep_finished_days";
const LISTING_DAYS: &str = "keep_listing_days";
const HISTORY_DAYS: &str = "keep_audit_history_days";
const PROFILES: &str = "profiles";
const ASK_AT_START: &str = "ask_at_start";
const COLOURS: &str = "colours";
const START_VIEW: &str = "start_view";
const COLUMNS: &str = "columns";
const LIMITS: &str = "requests_per_second";
const KEYS: &str = "keys";

/// Every setting, in the order of the default file. The first [`PROTECTIVE`] keep a person from harm.
pub(crate) const SETTINGS: [&str; 17] = [
    READ_ONLY,
    PROTECTED,
    DOMAINS,
    "reason_required",
    PROFILES,
    "theme",
    "ascii",
    "mouse",
    FINISHED_DAYS,
    LISTING_DAYS,
    HISTORY_DAYS,
    ASK_AT_START,
    START_VIEW,
    COLUMNS,
    LIMITS,
    COLOURS,
    KEYS,
];
const PROTECTIVE: usize = 4;

/// How much of a word from the file is repeated, in columns.
const QUOTED: usize = 40;

/// What a file says.
#[derive(Debug, Default)]
pub(super) struct Checked {
    pub(super) config: Config,
    pub(super) problems: Vec<ConfigProblem>,
    /// The lines of the settings that hold; that of a key as `keys.refresh`.
    pub(super) lines: BTreeMap<String, usize>,
}

/// Reads a file; `commands` are those that keys can be set for.
pub(super) fn check(bytes: &[u8], commands: &[String]) -> Checked {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let line = 1 + bytes.iter().take(error.valid_up_to()).filter(|byte| **byte == b'\n').count();
            return unusable(Some(line), ConfigProblemKind::NotUtf8);
        }
    };
    let lines = Lines::of(text);
    match DeTable::parse(text) {
        Ok(table) => Check { lines, commands, checked: Checked::default() }.all(table.get_ref()),
        Err(error) => {
            let line = error.span().map(|span| lines.of_offset(span.start));
            unusable(line, ConfigProblemKind::NotToml(clean(error.message())))
        }
    }
}

/// A file that as a whole says nothing.
pub(super) fn unusable(line: Option<usize>, kind: ConfigProblemKind) -> Checked {
    let config = Config { read_only: true, ..Config::default() };
    Checked { config, problems: vec![ConfigProblem { line, kind, read_only: true }], ..Checked::default() }
}

type Value<'a> = Spanned<DeValue<'a>>;

struct Check<'a> {
    lines: Lines,
    commands: &'a [String],
    checked: Checked,
}

impl Check<'_> {
    fn all(mut self, table: &DeTable<'_>) -> Checked {
        for (key, value) in table {
            let problems = self.checked.problems.len();
            self.one(key.get_ref(), key.span().start, value);
            if self.checked.problems.len() == problems && key.get_ref() != KEYS {
                self.holds(key.get_ref(), key.span().start);
            }
        }
        self.checked.problems.sort_by_key(|problem| problem.line);
        self.checked.config.keys.sort_by_key(|setting| setting.line);
        self.checked
    }

    fn holds(&mut self, key: &str, offset: usize) {
        self.checked.lines.insert(key.to_owned(), self.lines.of_offset(offset));
    }

    fn one(&mut self, key: &str, offset: usize, value: &Value<'_>) {
        match key {
            // What turned the run read-only before stays.
            READ_ONLY => self.checked.config.read_only |= self.flag(key, value).unwrap_or_default(),
            PROTECTED => {
                let accounts = self.list(PROTECTED, value, &Expected::Accounts, account);
                self.checked.config.protected_accounts.extend(accounts);
            }
            DOMAINS => {
                let domains = self.list(DOMAINS, value, &Expected::Domains, domain);
                self.checked.config.allowed_email_domains.extend(domains);
            }
            "reason_required" => self.checked.config.reason_required = self.flag(key, value).unwrap_or_default(),
            PROFILES => {
                let profiles = self.list(PROFILES, value, &Expected::Profiles, profile);
                for profile in profiles {
                    if !self.checked.config.profiles.contains(&profile) {
                        self.checked.config.profiles.push(profile);
                    }
                }
            }
            "theme" => match value.get_ref().as_str().and_then(ThemeName::from_word) {
                Some(theme) => self.checked.config.theme = theme,
                None => self.wrong_theme(value),
            },
            "ascii" => match (value.get_ref().as_bool(), value.get_ref().as_str()) {
                (None, Some("auto")) => self.checked.config.ascii = None,
                (Some(ascii), _) => self.checked.config.ascii = Some(ascii),
                (None, _) => self.wrong("ascii", value, Expected::Ascii),
            },
            "mouse" => self.checked.config.mouse = self.flag(key, value).unwrap_or(true),
            FINISHED_DAYS => {
                if let Some(days) = self.days(FINISHED_DAYS, value) {
                    self.checked.config.keep_finished_days = days;
                }
            }
            LISTING_DAYS => {
                if let Some(days) = self.days(LISTING_DAYS, value) {
                    self.checked.config.keep_listing_days = days;
                }
            }
            HISTORY_DAYS => {
                if let Some(days) = self.days(HISTORY_DAYS, value) {
                    self.checked.config.keep_audit_history_days = days;
                }
            }
            ASK_AT_START => {
                let expected = Expected::UpToAccounts(MOST_ACCOUNTS);
                if let Some(most) = self.number(ASK_AT_START, value, MOST_ACCOUNTS, expected) {
                    self.checked.config.ask_at_start = usize::try_from(most).unwrap_or(usize::MAX);
                }
            }
            COLOURS => match value.get_ref().as_table() {
                Some(table) => table.iter().for_each(|(role, value)| self.colour(role, value)),
                None => self.wrong(COLOURS, value, Expected::Colours),
            },
            START_VIEW => match view(value.get_ref()) {
                Some(view) => self.checked.config.start_view = view,
                None => self.wrong_view(value),
            },
            COLUMNS if value.get_ref().as_str() == Some("auto") => self.checked.config.columns = None,
            COLUMNS => {
                let columns = self.list(COLUMNS, value, &Expected::Columns(optional_columns()), column);
                if value.get_ref().as_array().is_some_and(|items| items.len() == columns.len()) {
                    self.checked.config.columns = Some(columns.into_iter().collect());
                }
            }
            LIMITS => self.limits(value),
            KEYS => self.keys(value),
            unknown => self.unknown(unknown, offset, value.get_ref()),
        }
    }

    fn flag(&mut self, key: &str, value: &Value<'_>) -> Option<bool> {
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong(key, value, Expected::Boolean);
        }
        flag
    }

    fn limits(&mut self, value: &Value<'_>) {
        let Some(table) = value.get_ref().as_table() else { return self.wrong(LIMITS, value, Expected::Limits) };
        for (name, value) in table {
            let service = name.get_ref();
            let Some((_, most)) = SERVICES.into_iter().find(|(known, _)| known == service) else {
                let services = SERVICES.map(|(service, _)| service).to_vec();
                let meant = nearest(service, &services);
                let kind = ConfigProblemKind::UnknownService { service: short(service), services, meant };
                self.add(name.span().start, kind, false);
                continue;
            };
            let set = number(value).is_some_and(|rate| self.checked.config.request_limits.set(service, rate));
            if !set {
                self.wrong(&format!("{LIMITS}.{service}"), value, Expected::UpToRequests(most));
            }
        }
    }

    fn wrong_view(&mut self, value: &Value<'_>) {
        let names = ViewId::ALL.map(ViewId::as_str);
        let meant = value.get_ref().as_str().and_then(|word| nearest(word, &names));
        self.wrong(START_VIEW, value, Expected::View { names: names.to_vec(), meant });
    }

    fn keys(&mut self, value: &Value<'_>) {
        let Some(table) = value.get_ref().as_table() else { return self.wrong(KEYS, value, Expected::KeyTable) };
        for (name, value) in table {
            self.key(name.get_ref(), name.span().start, value);
        }
    }

    /// A line below `[keys]`. What the keys are called is for others to judge.
    fn key(&mut self, name: &str, offset: usize, value: &Value<'_>) {
        let command = name.replace('_', "-");
        if !self.commands.contains(&command) {
            return self.unknown_command(name, offset, value.get_ref());
        }
        let setting = format!("{KEYS}.{command}");
        if let Some(line) = self.checked.lines.get(&setting).copied() {
            return self.add(offset, ConfigProblemKind::SetTwice { command, line }, false);
        }
        let texts = match value.get_ref() {
            DeValue::String(text) => Some(vec![text.clone().into_owned()]),
            DeValue::Array(items) => {
                items.iter().map(|item| item.get_ref().as_str().map(ToOwned::to_owned)).collect::<Option<Vec<_>>>()
            }
            _ => None,
        };
        match texts {
            Some(keys) => {
                let line = self.lines.of_offset(offset);
                self.checked.config.keys.push(KeySetting { command, keys, line });
                self.holds(&setting, offset);
            }
            None => self.wrong(&setting, value, Expected::Keys),
        }
    }

    fn unknown_command(&mut self, name: &str, offset: usize, value: &DeValue<'_>) {
        let commands: Vec<&str> = self.commands.iter().map(String::as_str).collect();
        let setting = nearest(name, &SETTINGS);
        // A setting at the end of the file stands below `[keys]`.
        let read_only = setting.is_some_and(is_protective) || holds_protective(value);
        let is_setting = setting == Some(name);
        let meant = nearest(name, &commands).map(ToOwned::to_owned);
        self.add(offset, ConfigProblemKind::UnknownCommand { name: short(name), is_setting, meant }, read_only);
    }

    /// The items of a list that can be understood, with a problem for each that can't.
    fn list<T>(
        &mut self,
        key: &'static str,
        value: &Value<'_>,
        expected: &Expected,
        read: fn(&str) -> Option<T>,
    ) -> Vec<T> {
        let Some(items) = value.get_ref().as_array() else {
            self.wrong(key, value, expected.clone());
            return Vec::new();
        };
        let mut understood = Vec::new();
        for item in items {
            match item.get_ref().as_str().and_then(read) {
                Some(value) => understood.push(value),
                None => self.wrong(key, item, expected.clone()),
            }
        }
        understood
    }

    fn days(&mut self, key: &'static str, value: &Value<'_>) -> Option<u32> {
        self.number(key, value, MOST_DAYS, Expected::UpToDays(MOST_DAYS))
    }

    /// A number up to `most`; one that is none is a problem.
    fn number(&mut self, key: &'static str, value: &Value<'_>, most: u32, expected: Expected) -> Option<u32> {
        let number = number(value).filter(|number| *number <= most);
        if number.is_none() {
            self.wrong(key, value, expected);
        }
        number
    }

    fn colour(&mut self, key: &Spanned<DeString<'_>>, value: &Value<'_>) {
        let (word, offset) = (key.get_ref().as_ref(), key.span().start);
        let Some(role) = ColorRole::from_word(word) else { return self.no_colour(word, offset, value.get_ref()) };
        let number = value.get_ref().as_integer().map(toml::de::DeInteger::as_str);
        let text = value.get_ref().as_str().or(number).unwrap_or_default();
        match Colour::parse(text) {
            Some(colour) => drop(self.checked.config.colours.insert(role, colour)),
            None if text == OF_THE_THEME => {}
            None => self.wrong(role.as_str(), value, Expected::Colour { meant: nearest(text, &NAMES) }),
        }
    }

    /// A setting at the end of the file is in the table of the colours, and means what it says all the same.
    fn no_colour(&mut self, word: &str, offset: usize, value: &DeValue<'_>) {
        let read_only = nearest(word, &SETTINGS).is_some_and(is_protective) || holds_protective(value);
        let key = short(word);
        let kind = if read_only || SETTINGS.contains(&word) {
            ConfigProblemKind::AmongColours { key }
        } else {
            ConfigProblemKind::UnknownColour { key, meant: nearest(word, &ColorRole::ALL.map(ColorRole::as_str)) }
        };
        self.add(offset, kind, read_only);
    }

    fn wrong_theme(&mut self, value: &Value<'_>) {
        let names = ThemeName::ALL.map(ThemeName::as_str);
        let meant = value.get_ref().as_str().and_then(|word| nearest(word, &names));
        self.wrong("theme", value, Expected::Theme { names: names.to_vec(), meant });
    }

    /// A known setting with a value that can't be understood.
    fn wrong(&mut self, key: &str, value: &Value<'_>, expected: Expected) {
        let read_only = is_protective(key) || holds_protective(value.get_ref());
        let found = found(value.get_ref());
        self.add(value.span().start, ConfigProblemKind::Value { key: key.to_owned(), expected, found }, read_only);
    }

    fn unknown(&mut self, key: &str, offset: usize, value: &DeValue<'_>) {
        let meant = nearest(key, &SETTINGS);
        // `readonly = true` and `[safety] read_only = true` want to protect, and do not.
        let read_only = meant.is_some_and(is_protective) || holds_protective(value);
        self.add(offset, ConfigProblemKind::UnknownKey { key: short(key), meant }, read_only);
    }

    fn add(&mut self, offset: usize, kind: ConfigProblemKind, read_only: bool) {
        self.checked.config.read_only |= read_only;
        let line = Some(self.lines.of_offset(offset));
        self.checked.problems.push(ConfigProblem { line, kind, read_only });
    }
}

fn is_protective(key: &str) -> bool {
    SETTINGS.iter().take(PROTECTIVE).any(|protective| *protective == key)
}

/// Whether a setting that protects, or was meant to be one, stands somewhere inside.
fn holds_protective(value: &DeValue<'_>) -> bool {
    let protects = |key: &str| nearest(key, &SETTINGS).is_some_and(is_protective);
    match value {
        DeValue::Table(table) => {
            table.iter().any(|(key, value)| protects(key.get_ref()) || holds_protective(value.get_ref()))
        }
        DeValue::Array(items) => items.iter().any(|item| holds_protective(item.get_ref())),
        _ => false,
    }
}

fn number(value: &Value<'_>) -> Option<u32> {
    let number = value.get_ref().as_integer()?;
    u32::from_str_radix(number.as_str(), number.radix()).ok()
}

fn view(value: &DeValue<'_>) -> Option<ViewId> {
    match value {
        DeValue::Integer(number) => ViewId::named(number.as_str()),
        DeValue::String(text) => ViewId::named(text),
        _ => None,
    }
}

fn optional_columns() -> Vec<&'static str> {
    AccountColumn::OPTIONAL.map(AccountColumn::word).to_vec()
}

fn column(text: &str) -> Option<AccountColumn> {
    AccountColumn::OPTIONAL.into_iter().find(|column| column.word() == text)
}

fn account(text: &str) -> Option<AccountId> {
    text.parse().ok()
}

/// The name of a profile as AWS's configuration may have it.
fn profile(text: &str) -> Option<String> {
    let name = text.trim();
    (!name.is_empty() && !name.contains(',') && clean(name) == name).then(|| name.to_owned())
}

/// A domain as email addresses have it, in lower case.
fn domain(text: &str) -> Option<String> {
    // An address of it must be one that AWS takes, and must have exactly this domain.
    let address = EmailAddress::parse(&format!("a@{text}")).ok()?;
    let domain = address.domain();
    domain.eq_ignore_ascii_case(text).then_some(domain)
}

fn found(value: &DeValue<'_>) -> FoundValue {
    match value {
        DeValue::String(text) => FoundValue::Text(short(text)),
        DeValue::Boolean(value) => FoundValue::Boolean(*value),
        DeValue::Integer(number) => FoundValue::Integer(short(number.as_str())),
        DeValue::Float(_) => FoundValue::Float,
        DeValue::Datetime(_) => FoundValue::DateTime,
        DeValue::Array(_) => FoundValue::List,
        DeValue::Table(_) => FoundValue::Table,
    }
}

fn short(text: &str) -> String {
    cut_middle(&clean(text), QUOTED, "...")
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
