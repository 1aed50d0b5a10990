//! The audits that wait to be stored.

use std::sync::Mutex;

use jiff::Timestamp;

use crate::domain::account::AccountId;
use crate::domain::root_credentials::RootAudit;

#[derive(Debug, Default)]
pub(in crate::engine) struct UnkeptAudits {
    pub(super) waiting: Mutex<Vec<(AccountId, Timestamp, RootAudit)>>,
    pub(super) pen: tokio::sync::Mutex<()>,
}
