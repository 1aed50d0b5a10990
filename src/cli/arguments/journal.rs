//! The arguments of the journal.

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::forms::{Form, Output};
use super::root_access::WhichAccounts;
use crate::domain::journal::JournalOutcome;
use crate::domain::recorded_change::RecordedChange;
use crate::domain::since::since;
use crate::words::cli::arguments as words;

#[derive(Debug, Args)]
pub(crate) struct JournalArguments {
    #[command(flatten)]
    pub output: Output<Form>,
    /// Only entries of these member accounts (id, or name in the last account list), `-` for the lines of stdin
    #[arg(
        long,
        visible_alias = "accounts",
        value_name = "ACCOUNT,…|all|-",
        default_value = "all",
        hide_default_value = true
    )]
    pub account: Vec<WhichAccounts>,
    /// Only entries with this outcome; entries without an end are unknown
    #[arg(long, value_name = "OUTCOME")]
    pub outcome: Option<OutcomeWord>,
    /// Only entries since then
    #[arg(long, value_name = "TIME|DURATION", value_parser = time, help = words::since_help(words::TIMES))]
    pub since: Option<String>,
    /// Only entries until then; a day counts whole
    #[arg(long, value_name = "TIME|DURATION", value_parser = time)]
    pub until: Option<String>,
    /// Only entries of these kinds, such as `start_primary_email_change`, or operations of AWS, such as
    /// `account:StartPrimaryEmailUpdate`
    #[arg(long, value_name = "KIND,…", value_delimiter = ',', value_parser = operation)]
    pub operation: Vec<String>,
    /// Only changes in AWS, made or attempted: no root sessions that were opened to read
    #[arg(long)]
    pub changes: bool,
    /// Show the newest N entries; default: 100 in a table, all in other formats
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
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

/// A kind of change in the word of the JSON, or what may be an operation of AWS.
fn operation(text: &str) -> Result<String, String> {
    let kind = text.trim().to_ascii_lowercase().replace('-', "_");
    if RecordedChange::KINDS.contains(&kind.as_str()) {
        return Ok(kind);
    }
    let name = text.trim().rsplit(':').next().unwrap_or_default();
    let is_of_aws =
        name.starts_with(|c: char| c.is_ascii_uppercase()) && name.bytes().all(|c| c.is_ascii_alphanumeric());
    if is_of_aws { Ok(text.trim().to_owned()) } else { Err(words::a_kind(RecordedChange::KINDS.join(", "))) }
}

/// Whether it is a time; which one depends on now.
fn time(text: &str) -> Result<String, String> {
    match since(text, Timestamp::UNIX_EPOCH, &TimeZone::UTC) {
        Some(_) => Ok(text.to_owned()),
        None => Err(words::a_time(words::TIMES)),
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
        assert!(parses(&[
            "--operation",
            "put-policy,start_primary_email_change",
            "--operation",
            "iam:DeleteAccessKey"
        ]));
        assert!(!parses(&["--operation", "emails"]) && parses(&["--until", "2026-01-31", "--changes"]));
        assert!(!parses(&["--all", "--limit", "5"]) && !parses(&["--limit", "-1"]));
    }
}
