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
        let AuditRecord { newest, earlier, .. } = self.records.get(&account)?;
        let answers = |known: &Known<RootAudit>| {
            let is_read = known.value.error().is_none() && known.value.last_sign_in.is_known();
            let is_fresh = known.at >= since && self.changed.get(&account).is_none_or(|changed| *changed < known.at);
            is_read && known.value.depth >= depth && is_fresh
        };
        // One that asked for less, or could not read, takes nothing from what it does not contradict.
        let stands = |earlier: &Known<RootAudit>| differences(earlier, &newest.value).is_empty();
        Some(newest)
            .filter(|known| answers(known))
            .or_else(|| earlier.as_ref().filter(|known| answers(known) && stands(known)))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::api_error::{ApiError, ApiErrorKind};
    use crate::domain::root_credentials::Presence;
    use crate::domain::sign_in::LastSignIn;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(minute * 60).expect("a time")
    }

    fn id() -> AccountId {
        "444455556666".parse().expect("an id")
    }

    fn audit(depth: AuditDepth, password: bool) -> RootAudit {
        let details = |deep| if deep { Presence::Absent } else { Presence::Present(None) };
        RootAudit {
            depth,
            password: if password { Presence::Present(None) } else { Presence::Absent },
            access_keys: Presence::Absent,
            mfa_devices: details(depth == AuditDepth::Deep),
            signing_certificates: Presence::Absent,
            last_sign_in: LastSignIn::Never,
        }
    }

    /// When the audit was made that answers for a deep one, after a deep one in minute 1 and `newest` in minute 2.
    fn answer(newest: RootAudit, since: i64, changed: Option<i64>) -> Option<Timestamp> {
        let deep = RootAudit { mfa_devices: Presence::Present(Some(vec![])), ..audit(AuditDepth::Deep, false) };
        let before = AuditRecord::after(None, id(), deep, at(1));
        let record = AuditRecord::after(Some(before), id(), newest, at(2));
        let kept = KeptAudits {
            records: BTreeMap::from([(id(), record)]),
            changed: changed.map(|minute| (id(), at(minute))).into_iter().collect(),
            since: Some(at(since)),
            only_new: false,
            now: at(3),
        };
        kept.answer(id(), AuditDepth::Deep).map(|known| known.at)
    }

    #[test]
    fn a_full_audit_answers_after_one_that_asked_for_less_or_could_not_read() {
        let error = ApiError::new("sts:AssumeRoot", ApiErrorKind::AccessDenied, "no");
        for newest in [audit(AuditDepth::Quick, false), RootAudit::unknown(AuditDepth::Deep, &error)] {
            assert_eq!(answer(newest.clone(), 0, None), Some(at(1)), "{newest:?}");
            assert_eq!(answer(newest.clone(), 2, None), None, "too old");
            assert_eq!(answer(newest, 0, Some(1)), None, "changed since");
        }
        // A password that was not there then.
        assert_eq!(answer(audit(AuditDepth::Quick, true), 0, None), None);
    }
}
