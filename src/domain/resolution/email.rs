//! Email changes, judged by AWS's report on the newest change of the account and by the address it has.

use jiff::Timestamp;

use super::sought::{Sought, What};
use super::verdict::{Doubt, MARGIN, ROUNDING, Verdict, second};
use crate::domain::email::EmailAddress;
use crate::domain::email_change::{EmailChangeReport, EmailChangeStatus as Status};

/// Judges a start (`wanted` is `Pending`) or an acceptance (`Accepted`).
pub(super) fn judge(
    at: Timestamp,
    wanted: &Status,
    new: Option<&EmailAddress>,
    report: &EmailChangeReport,
    primary: Option<&str>,
    later: &[Sought],
) -> Verdict {
    let accepts = *wanted == Status::Accepted;
    // A later acceptance is that of this start; a later start can have led to the same address.
    let is_hidden = later.iter().any(|sought| accepts || matches!(sought.what, What::Start(..)));
    // An address that the account has since a change before this one is not of this one.
    let is_before = report.status != Status::None && report.updated.is_some_and(|updated| updated + ROUNDING < at);
    if is_its_address(new, primary) && !is_hidden && !is_before {
        return Verdict::Done("seen afterwards: the account has the new address".to_owned());
    }
    if !later.is_empty() {
        return Verdict::Open(Doubt::LaterFromHere);
    }
    match (&report.status, report.updated) {
        (Status::None, _) => {
            Verdict::NotDone("seen afterwards: AWS knows of no email change of the account".to_owned())
        }
        (status, Some(updated)) if status == wanted && is_of(at, updated) => Verdict::Done(shown(status, updated, "")),
        (status, Some(updated))
            if updated + MARGIN < at
                // An accepted change is pending no more, whatever the clocks say.
                || accepts && *status == Status::Pending && updated <= at + ROUNDING =>
        {
            Verdict::NotDone(shown(status, updated, ", from before"))
        }
        _ => Verdict::Open(Doubt::OtherTime),
    }
}

fn is_its_address(new: Option<&EmailAddress>, primary: Option<&str>) -> bool {
    matches!((new, primary), (Some(new), Some(primary)) if new.same_mailbox(primary))
}

/// Whether a report of this time can be about a call of that time.
fn is_of(at: Timestamp, updated: Timestamp) -> bool {
    updated + ROUNDING >= at && updated <= at + MARGIN
}

fn shown(status: &Status, updated: Timestamp, when: &str) -> String {
    format!("seen afterwards: {} since {}{when}", status.as_str(), second(updated))
}
