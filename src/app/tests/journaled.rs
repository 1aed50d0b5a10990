//! A journal to test with: an entry of each kind of end.

use std::collections::BTreeSet;

use super::world::{KENSHO, NEW, OLD, SANDBOX_07, SANDBOX_08, World, id, time};
use crate::domain::journal::{Journal, JournalEntry, JournalOutcome as WriteOutcome, OutcomeCause};
use crate::domain::recorded_change::{RecordedAddress, RecordedChange};
use crate::domain::resolution::{Doubt, Resolution, StillOpen};
use crate::domain::root_feature::RootFeature;
use crate::domain::stored::Stored;
use crate::domain::task_policy::TaskPolicy;
use crate::domain::trusted_access::ServicePrincipal;

/// The entry that this run has in progress, and the one that was cut off.
pub(crate) const IN_PROGRESS: i64 = 48;
pub(crate) const CUT_OFF: i64 = 47;
/// One whose answer said too little, and one that AWS refused.
pub(crate) const UNKNOWN: i64 = 44;
pub(crate) const REFUSED: i64 = 43;

fn entry(number: i64, at: &str, account: Option<&str>, operation: &str, change: RecordedChange) -> JournalEntry {
    JournalEntry {
        id: number,
        at: time(at),
        caller: "arn:aws:sts::111122223333:assumed-role/OrgAdmin/alice".into(),
        profile: Some("prod".into()),
        account: account.map(id),
        operation: operation.into(),
        change,
        reason: None,
        outcome: WriteOutcome::Intended,
        finished: None,
        code: None,
        cause: None,
        note: None,
        request_id: None,
    }
}

fn ended(entry: JournalEntry, outcome: WriteOutcome, code: Option<&str>, request_id: Option<&str>) -> JournalEntry {
    let finished = Some(entry.at + jiff::SignedDuration::from_millis(740));
    let (code, request_id) = (code.map(Into::into), request_id.map(Into::into));
    JournalEntry { outcome, finished, code, request_id, ..entry }
}

/// The journal, newest first.
pub(crate) fn journal() -> Journal {
    const START: &str = "account:StartPrimaryEmailUpdate";
    let known = |text: &str| Some(RecordedAddress::Known(text.to_owned()));
    let start = |old: &str, new: &str| RecordedChange::StartPrimaryEmailChange {
        old_email: known(old),
        new_email: known(new),
        plan: None,
        line: None,
    };
    let enabled = || RecordedChange::EnableRootFeature { feature: RootFeature::RootSessions };
    let trusted = || RecordedChange::EnableTrustedAccess { service: ServicePrincipal::account_management() };
    let task = Some(TaskPolicy::AuditRootCredentials);
    let request = Some("7d6d9a5e-3f0b-4d0e-9a51-2f1d6c1f0a77");
    let lost = entry(
        45,
        "2025-03-14T11:20:00Z",
        Some(KENSHO),
        START,
        start("aws+kensho@example.com", "root-kensho@corp.example"),
    );
    let lost = ended(lost, WriteOutcome::Failed, None, None);
    let refused = entry(REFUSED, "2025-03-13T16:30:12Z", Some(SANDBOX_07), START, start(OLD, "taken@corp.example"));
    let refused = JournalEntry { reason: Some("TICKET-7: new owner".into()), ..refused };
    let entries = vec![
        entry(
            IN_PROGRESS,
            "2025-03-14T14:01:58Z",
            Some(SANDBOX_08),
            START,
            start("aws+sandbox08@example.com", "root-sandbox08@corp.example"),
        ),
        entry(CUT_OFF, "2025-03-14T13:40:02.25Z", Some(SANDBOX_07), START, start(OLD, NEW)),
        JournalEntry {
            cause: Some(OutcomeCause::NotPermitted),
            note: Some("rootdeck: the configuration protects this account".into()),
            ..ended(
                entry(
                    46,
                    "2025-03-14T12:00:00Z",
                    Some(KENSHO),
                    "iam:CreateLoginProfile",
                    RecordedChange::AllowRootPasswordRecovery { until: None },
                ),
                WriteOutcome::Refused,
                None,
                None,
            )
        },
        JournalEntry {
            cause: Some(OutcomeCause::NoConnection),
            note: Some("no connection could be made".into()),
            ..lost
        },
        ended(
            entry(UNKNOWN, "2025-03-14T09:15:00Z", None, "iam:EnableOrganizationsRootSessions", enabled()),
            WriteOutcome::Unknown,
            Some("ServiceFailure"),
            request,
        ),
        ended(refused, WriteOutcome::Refused, Some("ConflictException"), request),
        ended(
            entry(
                42,
                "2025-03-13T16:29:00Z",
                Some(SANDBOX_07),
                "sts:AssumeRoot",
                RecordedChange::OpenRootSession { task, seconds: Some(900), accounts: None },
            ),
            WriteOutcome::Ok,
            None,
            request,
        ),
        ended(
            entry(41, "2025-03-13T16:20:00Z", None, "organizations:EnableAWSServiceAccess", trusted()),
            WriteOutcome::Ok,
            None,
            request,
        ),
    ];
    Journal { entries, in_progress: BTreeSet::from([IN_PROGRESS]), trouble: None }
}

/// What AWS shows of the two that have no known end: the one is done, of the other nothing tells.
pub(crate) fn found_out() -> Resolution {
    let open = vec![StillOpen { entry: UNKNOWN, doubt: Doubt::Hidden }];
    Resolution { settled: vec![(CUT_OFF, WriteOutcome::Ok)], open }
}

/// An organization with that journal.
pub(crate) fn journaled() -> World {
    World { journal: journal(), resolution: found_out(), ..World::default() }
}

/// The same at a start after a session that was cut off.
pub(crate) fn after_a_kill() -> World {
    let stored = Stored { unresolved: 2, ..Stored::default() };
    World { stored, ..journaled() }
}
