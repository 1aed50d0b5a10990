//! The arguments by which changes are confirmed.

use clap::Args;

use crate::domain::reason;
use crate::words::cli::arguments as words;

/// How a change is confirmed, and what the journal says about it.
#[derive(Clone, Debug, Args)]
pub(crate) struct Consent {
    /// Skip the confirmation
    #[arg(short, long)]
    pub yes: bool,
    /// Reason or ticket for the journal (one line)
    #[arg(long, value_name = "TEXT", value_parser = reason)]
    pub reason: Option<String>,
}

/// What the journal says about the root sessions of a command that only reads.
#[derive(Clone, Debug, Args)]
pub(crate) struct Purpose {
    /// Reason or ticket for the journal (one line)
    #[arg(long, value_name = "TEXT", value_parser = reason)]
    pub reason: Option<String>,
}

pub(super) fn reason(text: &str) -> Result<String, String> {
    match reason::reason(text) {
        Ok(reason) if reason.is_empty() => Err(words::NO_REASON.to_owned()),
        Ok(reason) => Ok(reason),
        Err(excess) => Err(words::reason_too_long(reason::LONGEST_REASON, excess)),
    }
}
