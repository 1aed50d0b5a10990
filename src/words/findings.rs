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
        (1, 0) => format!("{since}; {} shows it", key(CommandId::Findings)),
        (_, 0) => format!("{since}; {} shows them", key(CommandId::Findings)),
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
    format!(
        "{} since {since:.0}{others}; -o json has them, and the dashboard shows them until they are read",
        findings(*count)
    )
}

pub(crate) fn head(kind: DifferenceKind) -> &'static str {
    match kind {
        DifferenceKind::Email => "Primary email changed by someone else",
        DifferenceKind::Gone => "Not in the organization any more",
        DifferenceKind::New => "New in the organization",
        DifferenceKind::State => "In another state",
    }
}

pub(crate) fn meaning(kind: DifferenceKind) -> String {
    let same = match kind {
        DifferenceKind::Email => {
            "No change of this machine's journal made it so. A colleague may have, from another machine or in the \
             console. If nobody of you did, act now: whoever reads that mailbox can set a password for root."
        }
        DifferenceKind::Gone => {
            "It was closed and its 90 days are over, or it left or was removed: then no policy of the organization \
             holds there any more, and nobody here has a way to its root."
        }
        DifferenceKind::New => {
            let root_access = view(CommandId::ViewRootAccess);
            return format!(
                "It was created or invited. Its root is as its maker left it: an audit ({root_access}) tells."
            );
        }
        DifferenceKind::State => {
            "A closed account stays listed for 90 days, in which AWS Support can open it again. AWS also suspends \
             accounts by itself, for unpaid bills or abuse."
        }
    };
    same.to_owned()
}

pub(crate) fn where_to_look(kind: DifferenceKind) -> &'static str {
    match kind {
        DifferenceKind::Email => {
            "CloudTrail tells who, in us-east-1: AcceptPrimaryEmailUpdate in the management account or that of a \
             delegated administrator; UpdateAccountEmailAddress in the account itself, if its root did it."
        }
        DifferenceKind::Gone => {
            "CloudTrail of the management account, in us-east-1: RemoveAccountFromOrganization, CloseAccount; of the \
             account itself: LeaveOrganization."
        }
        DifferenceKind::New => "CloudTrail of the management account, in us-east-1: CreateAccount, AcceptHandshake.",
        DifferenceKind::State => "CloudTrail of the management account, in us-east-1: CloseAccount.",
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
        Difference::Gone => format!("was not in the organization for a while since {since}"),
        Difference::State { old, .. } => format!("was {} at {since}", old.as_str()),
    }
}

pub(crate) fn title(count: usize, dot: &str) -> String {
    match count {
        0 => findings(count),
        _ => {
            format!("{} {dot} at the end, {} notes them as read", findings(count), key(CommandId::Acknowledge))
        }
    }
}

pub(crate) fn noted() -> String {
    let (note, close) = (key(CommandId::Acknowledge), named(CommandId::Back));
    format!("{note} notes them as read, and they are not shown any more. {close} leaves them for later.")
}

pub(crate) const NONE_LEFT: &str = "They were read meanwhile, in another rootdeck.";
