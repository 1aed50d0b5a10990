//! The configuration file: what it may say, and what is made of one that is wrong.
//!
//! A bad file never stops the start. A setting that is wrong keeps its default, with a problem
//! that says where and what; but where what protects the organization can't be understood, the
//! run is read-only.

mod check;
mod colours;
mod exceptions;
mod lines;
mod settings;
mod suggest;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use crate::domain::client_error::FileProblem;
use crate::domain::config_problem::{ConfigProblem, ConfigProblemKind};
use crate::domain::text::clean;

use check::Checked;
pub(crate) use check::SETTINGS;
pub(crate) use colours::Colour;
pub(crate) use exceptions::exceptions;
pub(crate) use settings::{Config, ThemeName};

/// The commented file with every setting and its default.
pub(crate) const DEFAULT_FILE: &str = include_str!("../../assets/config.toml");

pub(crate) const MAX_BYTES: u64 = 1024 * 1024;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Loaded {
    /// What holds: the settings that were understood, defaults for the others.
    pub config: Config,
    /// What was wrong, from the top of the file to its end.
    pub problems: Vec<ConfigProblem>,
    /// The lines of the settings that hold, by their names; `keys.refresh` for the keys of a command.
    pub lines: BTreeMap<String, usize>,
    /// The file that was read, or that could not be; `None` if there is none.
    pub path: Option<PathBuf>,
}

/// Where the file is looked for: `rootdeck/config.toml` in the configuration folder of the XDG
/// rules (`XDG_CONFIG_HOME`, or `~/.config`). `None` if there is no home folder.
pub(crate) fn default_path() -> Option<PathBuf> {
    let folders = etcetera::base_strategy::Xdg::new().ok()?;
    Some(folders.config_dir().join("rootdeck").join("config.toml"))
}

/// Reads the file that was asked for (`--config`), which must be there, or else the one at
/// `default_path`, which need not. Keys can be set for `commands`.
pub(crate) fn load(path: Option<&Path>, default_path: Option<&Path>, commands: &[String]) -> Loaded {
    let Some(file) = path.or(default_path) else { return Loaded::default() };
    // A link to nowhere is a file that somebody wanted to be there.
    let missing = fs::symlink_metadata(file).is_err_and(|error| error.kind() == ErrorKind::NotFound);
    if missing && path.is_none() {
        return Loaded::default();
    }
    of_bytes(file, read(file), commands)
}

/// What was read of something else than a file, which is called `name`.
pub(crate) fn of_bytes(name: &Path, read: Result<Vec<u8>, FileProblem>, commands: &[String]) -> Loaded {
    let Checked { config, problems, lines } = match read {
        Ok(bytes) => check::check(&bytes, commands),
        Err(problem) => {
            let path = clean(&name.display().to_string());
            check::unusable(None, ConfigProblemKind::File { path, problem })
        }
    };
    Loaded { config, problems, lines, path: Some(name.to_owned()) }
}

fn read(path: &Path) -> Result<Vec<u8>, FileProblem> {
    // Opening a pipe or a terminal could wait for ever.
    if !fs::metadata(path)?.is_file() {
        return Err(FileProblem::NotRegular);
    }
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes))?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length <= MAX_BYTES) {
        Ok(bytes)
    } else {
        Err(FileProblem::TooLarge { bytes: MAX_BYTES })
    }
}

#[cfg(test)]
#[path = "load_tests.rs"]
mod tests;
