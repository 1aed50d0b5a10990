//! The columns of the audits of an account over time.

use jiff::Timestamp;

use super::audit::{difference_cell, findings_cell, names, sign_in_cell, sign_in_plain};
use crate::domain::account::AccountId;
use crate::domain::audit_history::PastAudit;
use crate::domain::root_finding::RootFinding;
use crate::words::api_error::{headline, short};
use crate::words::audit_difference::differences;
use crate::words::fields as f;
use crate::words::root_access::depth;
use crate::words::rows::{Cell, Column};
use crate::words::time::utc_second;

/// Audits of an account in a row with the same result.
pub(crate) struct Row {
    pub(crate) account: AccountId,
    /// Empty where it is not known.
    pub(crate) name: String,
    pub(crate) past: PastAudit,
}

impl Row {
    /// A finding about a use is one as long as the use was recent at that time.
    fn judged_at(&self) -> Timestamp {
        self.past.until
    }

    fn findings(&self) -> Vec<RootFinding> {
        RootFinding::of(&self.past.audit, self.judged_at())
    }

    /// What a quick audit did not ask for; without it, what a deep one found would seem gone.
    fn undecided(&self) -> Vec<RootFinding> {
        let found = self.findings();
        let is_open = |one: &RootFinding| !found.contains(one) && !one.is_decided(&self.past.audit);
        RootFinding::ALL.into_iter().filter(is_open).collect()
    }

    fn shown(&self) -> String {
        let found = names(&self.findings()).replace(' ', ", ");
        let cause = match self.past.audit.error() {
            Some(error) => Some(format!("? {}", short(error.kind))),
            None => Some(self.undecided())
                .filter(|open| !open.is_empty())
                .map(|open| format!("? {}", names(&open).replace(' ', ", "))),
        };
        match (found.is_empty(), cause) {
            (true, None) => "-".to_owned(),
            (true, Some(cause)) => cause,
            (false, None) => found,
            (false, Some(cause)) => format!("{found}, {cause}"),
        }
    }
}

pub(crate) fn columns() -> Vec<Column<'static, Row>> {
    let status = |row: &Row| if row.past.audit.error().is_some() { "unknown" } else { "audited" };
    let changes = |row: &Row| differences(&row.past.differences, utc_second);
    vec![
        Column::new(f::ACCOUNT_ID, |row: &Row| row.account.to_string()),
        Column::new(f::ACCOUNT_NAME.or_null(), |row: &Row| Some(row.name.clone()).filter(|name| !name.is_empty())),
        Column::new(f::AUDITED_AT.about("When the first audit with this result was made"), |row: &Row| row.past.at)
            .head("FIRST AUDIT"),
        Column::new(f::LAST_AUDITED_AT, |row: &Row| row.past.until).head("LAST AUDIT"),
        Column::new(f::AUDITS, |row: &Row| i64::from(row.past.audits)).head("AUDITS"),
        Column::new(f::AUDIT_STATUS, status),
        Column::new(f::MESSAGE.or_null(), |row: &Row| row.past.audit.error().map(headline)),
        Column::new(f::DEPTH, |row: &Row| depth(row.past.audit.depth)).head("DEPTH"),
        Column::new(f::FINDING_FLAG.or_null(), |row: &Row| RootFinding::any(&row.past.audit, row.judged_at())),
        Column::json_only(f::ROOT_FINDINGS, |row: &Row| findings_cell(&row.past.audit, row.judged_at())),
        Column::csv_only(f::ROOT_FINDINGS.name, |row: &Row| names(&row.findings())),
        Column::json_only(f::UNDECIDED_FINDINGS, |row: &Row| {
            Cell::list(&row.undecided(), |one| Cell::from(one.as_str()))
        }),
        Column::csv_only(f::UNDECIDED_FINDINGS.name, |row: &Row| names(&row.undecided())),
        Column::table_only("FINDINGS", Row::shown).cut_at_end(),
        Column::json_only(f::LAST_SIGN_IN.or_unknown(), |row: &Row| sign_in_cell(&row.past.audit)),
        Column::csv_only(f::LAST_SIGN_IN.name, |row: &Row| sign_in_plain(&row.past.audit)),
        Column::new(f::CHANGES_SINCE.or_null(), |row: &Row| row.past.since),
        Column::json_only(f::CHANGES.about("What is different from the audit before"), |row: &Row| {
            Cell::list(&row.past.differences, difference_cell)
        }),
        Column::csv_only(f::CHANGES.name, changes),
        Column::table_only("CHANGES", changes).cut_at_end(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::api_error::{ApiError, ApiErrorKind};
    use crate::domain::root_credentials::{AuditDepth, Presence, RootAudit};
    use crate::domain::sign_in::LastSignIn;

    #[test]
    fn what_a_quick_audit_did_not_ask_for_is_unknown_and_not_gone() {
        let audit = RootAudit {
            depth: AuditDepth::Quick,
            password: Presence::Absent,
            access_keys: Presence::Present(None),
            mfa_devices: Presence::Present(None),
            signing_certificates: Presence::Absent,
            last_sign_in: LastSignIn::Never,
        };
        let row = |audit| {
            let (at, until) = (Timestamp::UNIX_EPOCH, Timestamp::UNIX_EPOCH);
            let past = PastAudit { at, until, audits: 1, audit, since: None, differences: Vec::new() };
            Row { account: "444455556666".parse().expect("an id"), name: String::new(), past }
        };
        let quick = row(audit.clone());
        assert_eq!(quick.shown(), "access_key, ? access_key_in_use");
        let json = crate::words::rows::json(&columns(), [&quick]).expect("json");
        let json: serde_json::Value = serde_json::from_str(&json).expect("a value");
        assert_eq!(json[0]["undecided_findings"], serde_json::json!(["access_key_in_use"]));
        assert_eq!(row(RootAudit { access_keys: Presence::Absent, ..audit.clone() }).shown(), "-");
        let error = ApiError::new("iam:GetAccountSummary", ApiErrorKind::AccessDenied, "no");
        let unread = row(RootAudit::unknown(AuditDepth::Deep, &error));
        assert_eq!(unread.undecided(), RootFinding::ALL);
    }
}
