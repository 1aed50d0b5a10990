//! What the audits that are kept on this machine save, and what is new since then.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::cli::arguments::AuditArguments;
use crate::cli::context::CommandContext;
use crate::cli::error::CliError;
use crate::domain::account::AccountId;
use crate::domain::audit_record::AuditRecord;
use crate::domain::remote_data::Known;
use crate::domain::root_credentials::{AuditDepth, RootAudit};
use crate::words::columns::audit::{Found, Row};

/// The audits from before this one.
#[derive(Debug, Default)]
pub(super) struct KeptAudits {
    records: BTreeMap<AccountId, AuditRecord>,
    /// When credentials of root were last changed from here, by the journal.
    changed: BTreeMap<AccountId, Timestamp>,
    /// Older ones are no answer.
    since: Option<Timestamp>,
    only_new: bool,
}

impl KeptAudits {
    pub(super) async fn read(context: &CommandContext, wanted: &AuditArguments) -> Result<Self, CliError> {
        if !wanted.since_last && wanted.max_age.is_none() {
            return Ok(Self::default());
        }
        let stored = context.stored().await?;
        let changes = stored.credential_changes.into_iter().map(|change| (change.account, change.at));
        Ok(Self {
            records: stored.audits.into_iter().map(|record| (record.account, record)).collect(),
            changed: changes.collect(),
            since: wanted.max_age.and_then(|age| context.engine.now().checked_sub(age).ok()),
            only_new: wanted.since_last,
        })
    }

    /// The audit that answers for a new one of this depth: fresh enough, of everything, and no change since.
    pub(super) fn answer(&self, account: AccountId, depth: AuditDepth) -> Option<&Known<RootAudit>> {
        let since = self.since?;
        let newest = &self.records.get(&account)?.newest;
        let is_whole = newest.value.error().is_none() && newest.value.depth >= depth;
        let is_fresh = newest.at >= since && self.changed.get(&account).is_none_or(|changed| *changed < newest.at);
        (is_whole && is_fresh).then_some(newest)
    }

    /// Marks what is new in a row; whether it is to be shown.
    pub(super) fn mark(&self, row: &mut Row<'_>) -> bool {
        if !self.only_new {
            return true;
        }
        let record = self.records.get(&row.account.id);
        let before = record.map(AuditRecord::merged);
        let Found::Audited(audit, _) = &row.found else {
            return matches!(row.found, Found::NotAudited(_));
        };
        let new = audit.new_since(before.as_ref());
        let was_readable = record.is_none_or(|record| record.newest.value.error().is_none());
        let is_shown = !new.is_empty() || audit.error().is_some() && was_readable;
        row.new = Some(new);
        is_shown
    }
}
