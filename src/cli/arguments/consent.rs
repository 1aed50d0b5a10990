//! The arguments by which changes are confirmed.

use clap::Args;

/// How a change is confirmed, and what the journal says about it.
#[derive(Clone, Debug, Args)]
pub(crate) struct Consent {
    /// Do it without asking
    #[arg(long)]
    pub yes: bool,
    /// The reason or ticket, for the journal
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
}
