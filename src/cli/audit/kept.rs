//! What the audits that are kept on this machine save, and what is new since then.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::cli::context::CommandContext;
use crate::cli::error::CliError;
use crate::domain::account::AccountId;
use crate::domain::audit_difference::{differences, new_findings};
use crate::domain::audit_record::AuditRecord;
use crate::domain::remote_data::Known;
use crate::domain::root_credentials::{AuditDepth, RootAudit};
use crate::words::columns::audit::{Found, News, Row};

/// The audits from before this one.
#[derive(Debug)]
pub(in crate::cli) struct KeptAudits {
    records: BTreeMap<AccountId, AuditRecord>,
    /// When credentials of root were last changed from here, by the journal.
    changed: BTreeMap<AccountId, Timestamp>,
    /// Older ones are no answer.
    since: Option<Timestamp>,
    only_new: bool,
    now: Timestamp,
}

impl KeptAudits {
    pub(in crate::cli) async fn read(
        context: &CommandContext,
        only_new: bool,
        max_age: Option<SignedDuration>,
    ) -> Result<Self, CliError> {
        if !only_new && max_age.is_none() {
            let (records, changed) = (BTreeMap::new(), BTreeMap::new());
            return Ok(Self { records, changed, since: None, only_new, now: context.engine.now() });
        }
        let stored = context.stored().await?;
        let changes = stored.credential_changes.into_iter().map(|change| (change.account, change.at));
        Ok(Self {
            records: stored.audits.into_iter().map(|record| (record.account, record)).collect(),
            changed: changes.collect(),
            since: max_age.and_then(|age| context.engine.now().checked_sub(age).ok()),
            only_new,
            now: context.engine.now(),
        })
    }

    /// The audit that answers for a new one of this depth: fresh enough, of everything, and no change since.
    pub(super) fn answer(&self, account: AccountId, depth: AuditDepth) -> Option<&Known<RootAudit>> {
        let since = self.since?;
        let newest = &self.records.get(&account)?.newest;
        let is_read = newest.value.error().is_none() && newest.value.last_sign_in.is_known();
        let is_whole = is_read && newest.value.depth >= depth;
        let is_fresh = newest.at >= since && self.changed.get(&account).is_none_or(|changed| *changed < newest.at);
        (is_whole && is_fresh).then_some(newest)
    }

    /// The rows to show, with what is new, and the others.
    pub(super) fn sorted_out<'a>(&self, rows: Vec<Row<'a>>) -> (Vec<Row<'a>>, Vec<Row<'a>>) {
        let (mut shown, mut hidden) = (Vec::new(), Vec::new());
        for mut row in rows {
            if self.mark(&mut row) { shown.push(row) } else { hidden.push(row) }
        }
        (shown, hidden)
    }

    /// Marks what is new in a row; whether it is to be shown.
    pub(super) fn mark(&self, row: &mut Row<'_>) -> bool {
        if !self.only_new {
            return true;
        }
        let record = self.records.get(&row.account.id);
        let before = record.and_then(AuditRecord::known);
        let Found::Audited(audit, _) = &row.found else {
            return matches!(row.found, Found::NotAudited(_));
        };
        let news = News {
            findings: new_findings(audit, before.as_ref().map(|before| &before.value), self.now),
            since: before.as_ref().map(|before| before.at),
            differences: before.map(|before| differences(&before, audit)).unwrap_or_default(),
        };
        let was_readable = record.is_none_or(|record| record.newest.value.error().is_none());
        let is_shown =
            !news.findings.is_empty() || !news.differences.is_empty() || audit.error().is_some() && was_readable;
        row.new = Some(news);
        is_shown
    }
}
