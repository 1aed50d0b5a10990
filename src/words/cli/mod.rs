//! What the subcommands say: a file for each, and [`program`] for what they share.

pub(crate) mod accounts;
pub(crate) mod arguments;
pub(crate) mod audit;
pub(crate) mod config;
pub(crate) mod contacts;
pub(crate) mod credentials;
pub(crate) mod delegates;
pub(crate) mod email;
pub(crate) mod examples;
mod examples_of_accounts;
pub(crate) mod explain;
pub(crate) mod findings;
pub(crate) mod journal;
pub(crate) mod mails;
pub(crate) mod man;
pub(crate) mod organizations;
pub(crate) mod plans;
pub(crate) mod policy;
pub(crate) mod program;
pub(crate) mod purge;
pub(crate) mod recovery;
pub(crate) mod report;
pub(crate) mod schema;
pub(crate) mod scp;
pub(crate) mod session;
pub(crate) mod status;
pub(crate) mod switches;
