//! Email changes, judged by AWS's report on the newest change of the account and by the address it has.

use jiff::Timestamp;

use super::sought::{Sought, What};
use super::verdict::{Doubt, MARGIN, ROUNDING, Verdict, second};
use crate::domain::email::EmailAddress;
use crate::domain::email_change::{EmailChangeReport, EmailChangeStatus as Status};

pub(super) fn start(
    at: Timestamp,
    new: Option<&EmailAddress>,
    report: &EmailChangeReport,
    primary: Option<&str>,
    later: &[Sought],
) -> Verdict {
    let another_start = later.iter().any(|sought| matches!(sought.what, What::Start(..)));
    if is_its_address(new, primary) && !another_start {
        return Verdict::Done("seen afterwards: the account has the new address".to_owned());
    }
    if !later.is_empty() {
        return Verdict::Open(Doubt::LaterFromHere);
    }
    match (&report.status, report.updated) {
        (Status::None, _) => {
            Verdict::NotDone("seen afterwards: AWS knows of no email change of the account".to_owned())
        }
        (status, Some(updated)) if updated + MARGIN < at => Verdict::NotDone(shown(status, updated, ", from before")),
        (Status::Pending, Some(updated)) if is_of(at, updated) => Verdict::Done(shown(&Status::Pending, updated, "")),
        _ => Verdict::Open(Doubt::OtherTime),
    }
}

pub(super) fn accept(
    at: Timestamp,
    new: Option<&EmailAddress>,
    report: &EmailChangeReport,
    primary: Option<&str>,
    later: &[Sought],
) -> Verdict {
    if !later.is_empty() {
        return Verdict::Open(Doubt::LaterFromHere);
    }
    if is_its_address(new, primary) {
        return Verdict::Done("seen afterwards: the account has the new address".to_owned());
    }
    match (&report.status, report.updated) {
        (Status::None, _) => {
            Verdict::NotDone("seen afterwards: AWS knows of no email change of the account".to_owned())
        }
        (Status::Accepted, Some(updated)) if is_of(at, updated) => Verdict::Done(shown(&Status::Accepted, updated, "")),
        // An accepted change is pending no more, whatever the clocks say.
        (Status::Pending, Some(updated)) if updated <= at + ROUNDING => {
            Verdict::NotDone(shown(&Status::Pending, updated, ", from before"))
        }
        (status, Some(updated)) if updated + MARGIN < at => Verdict::NotDone(shown(status, updated, ", from before")),
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
