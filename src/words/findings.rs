//! What listings showed to be otherwise than before.

use jiff::tz::TimeZone;

use super::keys::{key, named, view};
use super::time::{ago, moment};
use crate::app::command::CommandId;
use crate::domain::finding::{Difference, DifferenceKind, Finding, FindingsSummary};

pub(crate) fn findings(count: usize) -> String {
    if count == 1 { "1 finding".to_owned() } else { format!("{count} findings") }
}

pub(crate) fn notification(summary: &FindingsSummary) -> String {
    let FindingsSummary { count, changed_by_others, since, reported } = summary;
    let since = format!("{} since {}", findings(*count), ago(*since, *reported));
    match (*count, *changed_by_others) {
        (1, 0) => format!("{since} ({})", key(CommandId::Findings)),
        (_, 0) => format!("{since} ({})", key(CommandId::Findings)),
        // It stays until it is read, and says with which key.
        (_, 1) => format!("{since}: an email changed by someone else"),
        (_, others) => format!("{since}: {others} emails changed by someone else"),
    }
}

pub(crate) fn without_screen(summary: &FindingsSummary) -> String {
    let FindingsSummary { count, changed_by_others, since, .. } = summary;
    let others = match changed_by_others {
        0 => String::new(),
        1 => ": a primary email was changed by someone else".to_owned(),
        others => format!(": {others} primary emails were changed by someone else"),
    };
    format!("{} since {since:.0}{others}; for details: rootdeck findings list", findings(*count))
}

pub(crate) fn head(kind: DifferenceKind) -> &'static str {
    match kind {
        DifferenceKind::Email => "Primary email changed by someone else",
        DifferenceKind::Gone => "No longer in the organization",
        DifferenceKind::New => "New in the organization",
        DifferenceKind::State => "State changed",
    }
}

pub(crate) fn meaning(kind: DifferenceKind) -> String {
    let same = match kind {
        DifferenceKind::Email => {
            "Not changed from this machine, according to its journal. A colleague may have changed it from another \
             machine or in the console. If nobody on your team did, act now: whoever reads that mailbox can set a \
             root password."
        }
        DifferenceKind::Gone => {
            "The account was closed more than 90 days ago, left, or was removed. If it left or was removed, your \
             organization's policies no longer apply there, and you no longer have access to its root."
        }
        DifferenceKind::New => {
            let root_access = view(CommandId::ViewRootAccess);
            return format!("Created or invited. The state of its root user is unknown: audit it ({root_access}).");
        }
        DifferenceKind::State => {
            "Closed accounts stay listed for 90 days; AWS Support can reopen them in that time. AWS also suspends \
             accounts for unpaid bills or abuse."
        }
    };
    same.to_owned()
}

pub(crate) fn where_to_look(kind: DifferenceKind) -> &'static str {
    match kind {
        DifferenceKind::Email => {
            "Find out who in CloudTrail, us-east-1: AcceptPrimaryEmailUpdate in the management account or the \
             delegated administrator's account. If root did it: UpdateAccountEmailAddress in the account itself."
        }
        DifferenceKind::Gone => {
            "In the management account's CloudTrail, us-east-1: RemoveAccountFromOrganization, CloseAccount. In the \
             account's own: LeaveOrganization."
        }
        DifferenceKind::New => "In the management account's CloudTrail, us-east-1: CreateAccount, AcceptHandshake.",
        DifferenceKind::State => "In the management account's CloudTrail, us-east-1: CloseAccount.",
    }
}

pub(crate) fn between(finding: &Finding, zone: &TimeZone) -> String {
    format!("between {} and {}", moment(finding.since, zone), moment(finding.seen, zone))
}

/// A finding beside the account it is about, which has `email` now.
pub(crate) fn beside(finding: &Finding, email: &str, zone: &TimeZone) -> String {
    let since = moment(finding.since, zone);
    match &finding.difference {
        Difference::Email { old, new } if new.eq_ignore_ascii_case(email) => {
            format!("changed by someone else since {since}: was {old}")
        }
        Difference::Email { old, new } => format!("changed by someone else since {since}: was {old}, then {new}"),
        Difference::New => format!("new since {since}"),
        Difference::Gone => format!("was temporarily not in the organization since {since}"),
        Difference::State { old, .. } => format!("was {} at {since}", old.as_str()),
    }
}

pub(crate) fn title(count: usize, dot: &str) -> String {
    match count {
        0 => findings(count),
        _ => {
            format!("{} {dot} {} acknowledges them, at the end", findings(count), key(CommandId::Acknowledge))
        }
    }
}

pub(crate) fn noted() -> String {
    let (note, close) = (key(CommandId::Acknowledge), named(CommandId::Back));
    format!("Acknowledge: {note}. They are then no longer shown. Later: {close}.")
}

pub(crate) const NONE_LEFT: &str = "Already acknowledged in another rootdeck.";
