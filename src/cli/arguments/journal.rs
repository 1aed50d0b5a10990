//! The arguments of the journal.

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::forms::Form;
use crate::domain::journal::JournalOutcome;
use crate::domain::since::since;
use crate::words::cli::arguments as words;

/// How many entries are shown unless more are asked for.
const SHOWN: usize = 100;

#[derive(Debug, Args)]
pub(crate) struct JournalArguments {
    /// The form of the output
    #[arg(short, long, value_name = "FORM", default_value = "table")]
    pub output: Form,
    /// Only entries about this member account, by id or by its name in the last listing
    #[arg(long, value_name = "ACCOUNT")]
    pub account: Option<String>,
    /// Only entries that ended so; what has no end is unknown
    #[arg(long, value_name = "OUTCOME")]
    pub outcome: Option<OutcomeWord>,
    /// Only entries since then
    #[arg(long, value_name = "TIME|DURATION", value_parser = time, help = words::since_help(words::TIMES))]
    pub since: Option<String>,
    /// The newest N of them
    #[arg(long, value_name = "N", default_value_t = SHOWN)]
    pub limit: usize,
    /// All of them
    #[arg(long, conflicts_with = "limit")]
    pub all: bool,
    /// Ask AWS first what became of the changes of the last days whose outcome is unknown; reads only
    #[arg(long)]
    pub resolve: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OutcomeWord {
    /// AWS did it
    Ok,
    /// AWS or rootdeck said no
    Refused,
    /// It broke before it was done
    Failed,
    /// It may or may not have been done
    Unknown,
}

impl From<OutcomeWord> for JournalOutcome {
    fn from(word: OutcomeWord) -> Self {
        match word {
            OutcomeWord::Ok => Self::Ok,
            OutcomeWord::Refused => Self::Refused,
            OutcomeWord::Failed => Self::Failed,
            OutcomeWord::Unknown => Self::Unknown,
        }
    }
}

/// Whether it is a time; which one depends on now.
fn time(text: &str) -> Result<String, String> {
    match since(text, Timestamp::UNIX_EPOCH, &TimeZone::UTC) {
        Some(_) => Ok(text.to_owned()),
        None => Err(words::TIMES.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Arguments;
    use clap::Parser;

    #[test]
    fn a_time_is_checked_before_anything_is_read() {
        let parses = |words: &[&str]| Arguments::try_parse_from([&["rootdeck", "journal"], words].concat()).is_ok();
        assert!(parses(&["--since", "2h"]) && parses(&["--since", "2026-01-31", "--outcome", "unknown", "--all"]));
        assert!(!parses(&["--since", "yesterday"]) && !parses(&["--outcome", "intended"]));
        assert!(!parses(&["--all", "--limit", "5"]) && !parses(&["--limit", "-1"]));
    }
}
