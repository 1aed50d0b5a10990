//! The columns of each listing, by their names for programs: the same for a subcommand and for what a view exports.

pub(crate) mod accounts;
pub(crate) mod audit;
pub(crate) mod audit_history;
pub(crate) mod contact_changes;
pub(crate) mod contacts;
pub(crate) mod control_policy;
pub(crate) mod email_changes;
pub(crate) mod journal;
pub(crate) mod mails;
pub(crate) mod status;
pub(crate) mod switches;
