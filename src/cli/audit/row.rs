//! What an audit says of one account.

use jiff::Timestamp;

use crate::domain::account::Account;
use crate::domain::root_credentials::RootAudit;

pub(super) struct Row<'a> {
    pub(super) account: &'a Account,
    pub(super) found: Found,
}

pub(super) enum Found {
    Audited(Box<RootAudit>, Timestamp),
    NotAudited,
    /// AWS opens no root session in it, and why.
    Skipped(String),
}

/// What a row says as a whole, in the order the rows are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verdict {
    Finding,
    Unknown,
    Clean,
    NotAudited,
    Skipped,
}

impl Row<'_> {
    pub(super) fn audit(&self) -> Option<&RootAudit> {
        match &self.found {
            Found::Audited(audit, _) => Some(audit),
            Found::NotAudited | Found::Skipped(_) => None,
        }
    }

    pub(super) fn verdict(&self) -> Verdict {
        match &self.found {
            Found::Audited(audit, _) if audit.is_finding() => Verdict::Finding,
            Found::Audited(audit, _) if audit.error().is_some() => Verdict::Unknown,
            Found::Audited(..) => Verdict::Clean,
            Found::NotAudited => Verdict::NotAudited,
            Found::Skipped(_) => Verdict::Skipped,
        }
    }
}
