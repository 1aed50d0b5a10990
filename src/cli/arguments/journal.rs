//! The arguments of the journal.

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::forms::{Form, Output};
use crate::domain::journal::JournalOutcome;
use crate::domain::since::since;
use crate::words::cli::arguments as words;

/// How many entries are shown unless more are asked for.
const SHOWN: usize = 100;

#[derive(Debug, Args)]
pub(crate) struct JournalArguments {
    #[command(flatten)]
    pub output: Output<Form>,
    /// Only entries of this member account (id, or name in the last account list)
    #[arg(long, value_name = "ACCOUNT")]
    pub account: Option<String>,
    /// Only entries with this outcome; entries without an end are unknown
    #[arg(long, value_name = "OUTCOME")]
    pub outcome: Option<OutcomeWord>,
    /// Only entries since then
    #[arg(long, value_name = "TIME|DURATION", value_parser = time, help = words::since_help(words::TIMES))]
    pub since: Option<String>,
    /// Show the newest N entries
    #[arg(long, value_name = "N", default_value_t = SHOWN)]
    pub limit: usize,
    /// Show all entries
    #[arg(long, conflicts_with = "limit")]
    pub all: bool,
    /// First check recent changes with unknown outcome with AWS (read-only)
    #[arg(long)]
    pub resolve: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OutcomeWord {
    /// Done by AWS
    Ok,
    /// Refused by AWS or rootdeck
    Refused,
    /// Failed
    Failed,
    /// The change may have been made
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
