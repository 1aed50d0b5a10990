//! What a person is told about a change.

use rootdeck::domain::change::Change;
use rootdeck::domain::email_change::EmailChangeStatus as Status;
use rootdeck::domain::root_change::RootChange;
use rootdeck::domain::write::{Seen, WriteOutcome, Written};

/// What a person is told in the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    Done,
    NotDone,
    Unknown,
}

/// What a person is told about one change: AWS's yes, but for what it surely does not show; or what was seen.
pub(crate) fn said(change: &Change, written: &Written, begun: jiff::Timestamp) -> Said {
    let shown = shown(change, &written.seen, begun);
    match &written.outcome {
        WriteOutcome::Taken(_) | WriteOutcome::AlreadySo(_) if shown == Some(false) => Said::Unknown,
        WriteOutcome::Taken(_) | WriteOutcome::AlreadySo(_) => Said::Done,
        WriteOutcome::NotPermitted(_) | WriteOutcome::Refused(_) | WriteOutcome::Failed(_) => Said::NotDone,
        WriteOutcome::Unknown(_) if shown == Some(true) => Said::Done,
        WriteOutcome::Unknown(_) => Said::Unknown,
    }
}

/// Whether the read afterwards shows it; `None` if it says nothing.
fn shown(change: &Change, seen: &Seen, begun: jiff::Timestamp) -> Option<bool> {
    use rootdeck::domain::account_change::AccountChange as A;
    use rootdeck::domain::change::Switch;
    match (change, seen) {
        (Change::Switch { which: Switch::TrustedAccess(service), on }, Seen::TrustedAccess(Ok(trusted))) => {
            Some(trusted.is_on(service) == *on)
        }
        (Change::Switch { which: Switch::RootFeature(feature), on }, Seen::RootFeatures(Ok(features))) => {
            features.is_on(*feature).map(|now| now == *on)
        }
        (Change::Delegation { account, service, register }, Seen::Delegates(Ok(all))) => {
            let is_one = all.iter().filter(|one| one.account == *account).flat_map(|one| &one.services);
            Some(is_one.into_iter().any(|(of, _)| of == service) == *register)
        }
        (Change::StartEmailChange { .. }, Seen::Email { report: Ok(report), .. }) => {
            let is_since = report.updated.is_some_and(|at| at + jiff::SignedDuration::from_secs(2) >= begun);
            // One from before does not show that there is none since.
            if report.status == Status::Pending { is_since.then_some(true) } else { Some(false) }
        }
        (Change::AcceptEmailChange { .. }, Seen::Email { report: Ok(report), .. }) => {
            let is_since = report.updated.is_some_and(|at| at + jiff::SignedDuration::from_secs(2) >= begun);
            let is_accepted = matches!(report.status, Status::Accepted | Status::Completed);
            // One from before does not show that there is none since.
            if is_accepted { is_since.then_some(true) } else { Some(false) }
        }
        (Change::Account { change: A::PutContact(_, wanted, _), .. }, Seen::Contact(Ok(found))) => {
            Some(found.as_ref() == Some(&**wanted))
        }
        (Change::Account { change: A::DeleteContact(_, _), .. }, Seen::Contact(Ok(found))) => Some(found.is_none()),
        (Change::Account { change: A::PutPrimaryContact(wanted), .. }, Seen::PrimaryContact(Ok(found))) => {
            Some(found.as_ref() == Some(wanted))
        }
        (Change::Account { change: A::Rename { new, .. }, .. }, Seen::AccountName(Ok(name))) => {
            Some(name == new.as_str())
        }
        (Change::Root { change: RootChange::DeleteCredential(credential), .. }, Seen::RootCredentials(audit)) => {
            audit.shows(credential).map(|there| !there)
        }
        (Change::Root { change, .. }, Seen::LoginProfile(login)) if login.error().is_none() => {
            Some(login.is_absent() == matches!(change, RootChange::ClosePasswordRecovery))
        }
        (Change::Root { change: RootChange::DeletePolicy(_), .. }, Seen::Policy(Ok(policy))) => Some(policy.is_none()),
        (Change::Root { change: RootChange::PutPolicy(_, wanted), .. }, Seen::Policy(Ok(policy))) => {
            Some(policy.as_ref().is_some_and(|there| **there == **wanted))
        }
        _ => None,
    }
}
