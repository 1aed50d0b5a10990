//! The configuration file: what it may say, and what is made of one that is wrong.
//!
//! A bad file never stops the start. A setting that is wrong keeps its default, with a problem
//! that says where and what; but where what protects the organization can't be understood, the
//! run is read-only.

mod check;
mod suggest;

use std::collections::BTreeSet;
use std::fmt;
use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use crate::domain::account::AccountId;
use crate::domain::permit::Rules;
use crate::domain::text::clean;

/// The commented file with every setting and its default.
pub const DEFAULT_FILE: &str = include_str!("../../assets/config.toml");

/// The largest file that is read, in bytes.
pub const MAX_BYTES: u64 = 1024 * 1024;

/// The most days that anything can be set to be kept.
pub const MOST_DAYS: u32 = 3650;

/// The most accounts that can be set to be asked about at the start.
pub const MOST_ACCOUNTS: u32 = 1_000_000;

/// What a person has set, or the defaults.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Nothing is written to AWS.
    pub read_only: bool,
    /// Accounts that must not be written to.
    pub protected_accounts: BTreeSet<AccountId>,
    /// The domains that new primary emails may have, in lower case; empty: any.
    pub allowed_email_domains: BTreeSet<String>,
    /// The colours.
    pub theme: ThemeName,
    /// Whether to draw with ASCII only; `None`: as the locale suggests.
    pub ascii: Option<bool>,
    /// For how many days email changes that are over and finished plans are kept on this machine.
    pub keep_finished_days: u32,
    /// Up to so many active members are asked about at the start where their email changes stand.
    pub ask_at_start: usize,
    /// For how many days the last listing and audits are kept, and what it showed to be otherwise than before.
    pub keep_listing_days: u32,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            read_only: false,
            protected_accounts: BTreeSet::new(),
            allowed_email_domains: BTreeSet::new(),
            theme: ThemeName::default(),
            ascii: None,
            keep_finished_days: 90,
            keep_listing_days: 30,
            ask_at_start: 500,
        }
    }
}

impl Config {
    /// The part that decides what may be written.
    #[must_use]
    pub fn rules(&self) -> Rules {
        Rules {
            read_only: self.read_only,
            protected: self.protected_accounts.clone(),
            no_journal: false,
            allowed_email_domains: self.allowed_email_domains.clone(),
        }
    }
}

/// A set of colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ThemeName {
    /// The terminal's own 16 colours over its own background.
    #[default]
    Default,
    /// For a dark background.
    Dark,
    /// For a light background.
    Light,
    /// The strongest contrast.
    HighContrast,
    /// Safe for the common kinds of colour blindness.
    ColourBlind,
}

impl ThemeName {
    /// All, in the order they are shown.
    pub const ALL: [Self; 5] = [Self::Default, Self::Dark, Self::Light, Self::HighContrast, Self::ColourBlind];

    /// Its word in the file.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Dark => "dark",
            Self::Light => "light",
            Self::HighContrast => "high-contrast",
            Self::ColourBlind => "colour-blind",
        }
    }

    /// From its word in the file.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.as_str() == word)
    }
}

/// Something in the file, or about it, that could not be taken as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line, from 1; `None` if it is about the file as a whole.
    pub line: Option<usize>,
    /// The setting, if it is about one.
    pub key: Option<String>,
    /// What is wrong and what was made of it, for a person.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        f.write_str(&self.message)
    }
}

/// The configuration of a run, and where it comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// What holds: the settings that were understood, defaults for the others.
    pub config: Config,
    /// What was wrong, from the top of the file to its end.
    pub problems: Vec<Problem>,
    /// The file that was read, or that could not be; `None` if there is none.
    pub path: Option<PathBuf>,
}

/// Where the file is looked for: `rootdeck/config.toml` in the configuration folder of the XDG
/// rules (`XDG_CONFIG_HOME`, or `~/.config`). `None` if there is no home folder.
#[must_use]
pub fn default_path() -> Option<PathBuf> {
    let folders = etcetera::base_strategy::Xdg::new().ok()?;
    Some(folders.config_dir().join("rootdeck").join("config.toml"))
}

/// Reads the file that was asked for (`--config`), which must be there, or else the one at
/// `default_path`, which need not.
#[must_use]
pub fn load(path: Option<&Path>, default_path: Option<&Path>) -> Loaded {
    let Some(file) = path.or(default_path) else { return Loaded::default() };
    // A link to nowhere is a file that somebody wanted to be there.
    let missing = fs::symlink_metadata(file).is_err_and(|error| error.kind() == ErrorKind::NotFound);
    if missing && path.is_none() {
        return Loaded::default();
    }
    let (config, problems) = match read(file) {
        Ok(bytes) => check::check(&bytes),
        Err(why) => check::unusable(None, &format!("The configuration {} {why}", clean(&file.display().to_string()))),
    };
    Loaded { config, problems, path: Some(file.to_owned()) }
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    let unreadable = |error: std::io::Error| format!("can't be read: {error}");
    // Opening a pipe or a terminal could wait for ever.
    if !fs::metadata(path).map_err(unreadable)?.is_file() {
        return Err("is not an ordinary file".to_owned());
    }
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes)).map_err(unreadable)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length <= MAX_BYTES) {
        Ok(bytes)
    } else {
        Err("is larger than 1 MiB".to_owned())
    }
}

#[cfg(test)]
#[path = "load_tests.rs"]
mod tests;
