//! The files of a report: exceptions, the report before, and the one that is written.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::cli::arguments::{Arguments, ReportArguments};
use crate::cli::error::CliError;
use crate::config;
use crate::domain::report::EarlierReport;
use crate::domain::report::exception::Exception;
use crate::domain::since;
use crate::domain::text::clean;
use crate::runtime::text_file;
use crate::words::cli::arguments::TIMES;
use crate::words::cli::report as words;
use crate::words::record::message;
use crate::words::report::problem;

pub(super) struct Files {
    pub(super) exceptions: Vec<Exception>,
    pub(super) exceptions_file: Option<String>,
    pub(super) since: Option<Since>,
}

/// What to compare with.
pub(super) enum Since {
    /// The report in a file.
    File(String, Box<EarlierReport>),
    /// The audits on this machine, as of then.
    Time(Timestamp),
}

impl Files {
    pub(super) fn read(arguments: &Arguments, wanted: &ReportArguments) -> Result<Self, CliError> {
        if let Some(path) = wanted.out.as_ref().filter(|path| !wanted.force && path.exists()) {
            return Err(CliError::usage(words::exists(path.display())));
        }
        let path = wanted.exceptions.clone().or_else(|| beside_configuration(arguments));
        let exceptions = path.as_deref().map(exceptions).transpose()?.unwrap_or_default();
        let since = wanted.since.as_deref().map(before).transpose()?;
        Ok(Self { exceptions, exceptions_file: path.map(|path| shown(&path)), since })
    }
}

fn shown(path: &Path) -> String {
    clean(&path.display().to_string())
}

/// `exceptions.toml` in the folder of the configuration, if it is there.
fn beside_configuration(arguments: &Arguments) -> Option<PathBuf> {
    let configuration = arguments.config.clone().or_else(config::default_path)?;
    let path = configuration.parent()?.join("exceptions.toml");
    path.exists().then_some(path)
}

fn exceptions(path: &Path) -> Result<Vec<Exception>, CliError> {
    let text = load(path)?;
    config::exceptions(&text).map_err(|problems| {
        let file = shown(path);
        let lines: Vec<String> = problems.iter().map(|one| problem(&file, one)).collect();
        CliError::usage(lines.join("\n"))
    })
}

fn before(text: &str) -> Result<Since, CliError> {
    let now = Timestamp::now();
    if let Some(at) = since::since(text, now, &TimeZone::system()) {
        return if at > now { Err(CliError::usage(words::to_come(text))) } else { Ok(Since::Time(at)) };
    }
    let path = Path::new(text);
    if !path.exists() {
        return Err(CliError::usage(words::no_since(text, TIMES)));
    }
    let earlier = EarlierReport::from_ocsf(&load(path)?);
    let earlier = earlier.ok_or_else(|| CliError::usage(words::no_report(shown(path))))?;
    Ok(Since::File(shown(path), Box::new(earlier)))
}

fn load(path: &Path) -> Result<String, CliError> {
    text_file::load(path).map_err(|error| CliError::usage(message(&error.message)))
}

pub(super) fn save(path: &Path, text: &str, replace: bool) -> Result<(), CliError> {
    text_file::save_export(path, text, replace).map_err(|error| CliError::failed(message(&error.message)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_to_compare_with_is_in_the_past_or_a_file() {
        let refused =
            |text: &str| before(text).err().map(|error| error.headline().unwrap_or_default()).unwrap_or_default();
        assert!(matches!(before("2h"), Ok(Since::Time(_))) && matches!(before("2020-01-31"), Ok(Since::Time(_))));
        for text in ["2999-01-31", "2999-01-31T14:00:00Z"] {
            assert!(refused(text).contains("in the future"), "{}", refused(text));
        }
        for text in ["garbage", "2026-13-01", "99999999999999d"] {
            let why = refused(text);
            assert!(why.contains(text) && why.contains("does not exist") && why.contains("7d"), "{why}");
        }
    }
}
