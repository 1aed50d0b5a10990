//! What an audit says of one account.

use jiff::Timestamp;

use crate::domain::account::Account;
use crate::domain::root_credentials::RootAudit;

/// What is known of an account.
pub(super) struct Row<'a> {
    pub(super) account: &'a Account,
    pub(super) found: Found,
}

/// What was found.
pub(super) enum Found {
    /// It was looked at; cells that could not be read say why.
    Audited(Box<RootAudit>, Timestamp),
    /// Interrupted before it was looked at.
    NotAudited,
    /// AWS opens no root session in it, and why.
    LeftOut(String),
}

/// What a row says as a whole, in the order the rows are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verdict {
    Finding,
    Unknown,
    Clean,
    NotAudited,
    LeftOut,
}

impl Row<'_> {
    /// The audit, if there was one.
    pub(super) fn audit(&self) -> Option<&RootAudit> {
        match &self.found {
            Found::Audited(audit, _) => Some(audit),
            Found::NotAudited | Found::LeftOut(_) => None,
        }
    }

    /// What it says as a whole.
    pub(super) fn verdict(&self) -> Verdict {
        match &self.found {
            Found::Audited(audit, _) if audit.is_finding() => Verdict::Finding,
            Found::Audited(audit, _) if audit.fault().is_some() => Verdict::Unknown,
            Found::Audited(..) => Verdict::Clean,
            Found::NotAudited => Verdict::NotAudited,
            Found::LeftOut(_) => Verdict::LeftOut,
        }
    }
}
