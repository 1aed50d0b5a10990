//! What changed since the last listing.

use std::collections::{BTreeSet, HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};

use super::account::{Account, AccountId, AccountState};
use super::aws_command::{AwsCommand, CallerOptions};
use super::word_enum::word_enum;

/// A difference between two listings that nobody has read yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Its number in the records of this machine.
    pub id: i64,
    /// The account.
    pub account: AccountId,
    /// Its name, as it was listed last.
    pub name: String,
    /// What is different.
    pub difference: Difference,
    /// The time of the listing before.
    pub since: Timestamp,
    /// The time of the listing that showed it.
    pub seen: Timestamp,
}

/// What is different about an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// Another primary email, by no change in this machine's journal: somebody else did it.
    Email {
        /// The address it had.
        old: String,
        /// The address it has.
        new: String,
    },
    /// It was not there before.
    New,
    /// It is not there any more.
    Gone,
    /// It is in another state.
    State {
        /// The state it was in.
        old: AccountState,
        /// The state it is in.
        new: AccountState,
    },
}

word_enum! {
    /// The kinds of differences, the loudest first.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum DifferenceKind {
        /// The primary email was changed by somebody else.
        Email = "email",
        /// The account has left the organization.
        Gone = "gone",
        /// The account is new.
        New = "new",
        /// The account is in another state.
        State = "state",
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Together {
    Both,
    One(Difference),
    Neither,
}

impl Difference {
    pub(crate) fn kind(&self) -> DifferenceKind {
        match self {
            Self::Email { .. } => DifferenceKind::Email,
            Self::New => DifferenceKind::New,
            Self::Gone => DifferenceKind::Gone,
            Self::State { .. } => DifferenceKind::State,
        }
    }

    pub(crate) fn values(&self) -> (Option<&str>, Option<&str>) {
        match self {
            Self::Email { old, new } => (Some(old), Some(new)),
            Self::State { old, new } => (Some(old.as_str()), Some(new.as_str())),
            Self::New | Self::Gone => (None, None),
        }
    }

    /// What this one, unread, and a `later` one of the same account add up to. A changed address stays a finding when
    /// it is changed back: somebody had root's mailbox in between.
    pub(crate) fn with_later(&self, later: &Self) -> Together {
        match (self, later) {
            (Self::State { old, .. }, Self::State { new, .. }) if old == new => Together::Neither,
            (Self::State { old, .. }, Self::State { new, .. }) => {
                Together::One(Self::State { old: old.clone(), new: new.clone() })
            }
            (Self::New, Self::State { .. }) => Together::One(Self::New),
            _ => Together::Both,
        }
    }
}

/// In the order of the later listing; accounts that are gone come last. What AWS skipped is no difference.
pub(crate) fn differences<'a>(before: &'a [Account], after: &'a [Account]) -> Vec<(&'a Account, Difference)> {
    let known: HashMap<AccountId, &Account> = before.iter().map(|account| (account.id, account)).collect();
    let mut found = Vec::new();
    for account in after {
        let Some(before) = known.get(&account.id) else {
            found.push((account, Difference::New));
            continue;
        };
        let (old, new) = (&before.email, &account.email);
        // AWS does not tell addresses apart by their case.
        if !old.is_empty() && !new.is_empty() && !old.eq_ignore_ascii_case(new) {
            found.push((account, Difference::Email { old: old.clone(), new: new.clone() }));
        }
        let (old, new) = (&before.state, &account.state);
        if old != new && *old != AccountState::Unknown && *new != AccountState::Unknown {
            found.push((account, Difference::State { old: old.clone(), new: new.clone() }));
        }
    }
    let listed: BTreeSet<AccountId> = after.iter().map(|account| account.id).collect();
    let gone = before.iter().filter(|account| !listed.contains(&account.id));
    found.extend(gone.map(|account| (account, Difference::Gone)));
    found
}

/// A change of a primary email in the records of this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OwnChange {
    pub(crate) account: AccountId,
    pub(crate) new: String,
    pub(crate) at: Timestamp,
    /// The old address, once AWS reported the change as completed.
    pub(crate) replaced: Option<String>,
}

/// How late a listing can show a change: the one-time password is valid for a day, AWS takes up to four hours more,
/// and the rest is for clocks.
const SHOWN_WITHIN: SignedDuration = SignedDuration::from_hours(48);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whose {
    Ours,
    /// The listing does not show yet what this machine changed.
    Late,
    Others,
}

/// Whose change it is that a listing of `at` has `new` where the one of `since` had `old`.
pub(crate) fn whose(
    account: AccountId,
    old: &str,
    new: &str,
    since: Timestamp,
    at: Timestamp,
    own: &[OwnChange],
) -> Whose {
    let mut own = own.iter().filter(|change| change.account == account);
    let is_ours = |change: &OwnChange| change.new.eq_ignore_ascii_case(new) && change.at + SHOWN_WITHIN >= since;
    let is_late = |change: &OwnChange| {
        let back = change.replaced.as_ref().is_some_and(|replaced| replaced.eq_ignore_ascii_case(new));
        back && change.new.eq_ignore_ascii_case(old) && change.at + SHOWN_WITHIN >= at
    };
    if own.clone().any(is_ours) {
        Whose::Ours
    } else if own.any(is_late) {
        Whose::Late
    } else {
        Whose::Others
    }
}

/// The commands that show who changed the addresses of these findings. CloudTrail has them in us-east-1 only.
pub(crate) fn looks_into<'a>(
    findings: impl IntoIterator<Item = &'a Finding>,
    caller: &CallerOptions,
) -> Vec<AwsCommand> {
    let changed = findings.into_iter().filter(|finding| finding.difference.kind() == DifferenceKind::Email);
    let span =
        changed.map(|finding| (finding.since, finding.seen)).reduce(|all, one| (all.0.min(one.0), all.1.max(one.1)));
    let Some((since, seen)) = span else { return Vec::new() };
    // A listing can show a change hours after it was accepted.
    let begin = since.saturating_sub(SHOWN_WITHIN).unwrap_or(Timestamp::MIN);
    let second = |time: Timestamp| format!("{time:.0}");
    let look = |event: &str| {
        AwsCommand::new("cloudtrail", "lookup-events")
            .with("region", "us-east-1")
            .with("lookup-attributes", &format!("AttributeKey=EventName,AttributeValue={event}"))
            .with("start-time", &second(begin))
            .with("end-time", &second(seen))
            .by(caller)
    };
    CHANGES_OF_ADDRESSES.map(look).into()
}

/// Accepted for the organization, in the trail of the caller's account; made by root itself, in the account's.
pub(crate) const CHANGES_OF_ADDRESSES: [&str; 2] = ["AcceptPrimaryEmailUpdate", "UpdateAccountEmailAddress"];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FindingsSummary {
    pub(crate) count: usize,
    pub(crate) changed_by_others: usize,
    /// The time of the oldest listing that differs.
    pub(crate) since: Timestamp,
    pub(crate) reported: Timestamp,
}

impl FindingsSummary {
    /// `None` if there are no findings.
    pub(crate) fn of(findings: &[Finding], now: Timestamp) -> Option<Self> {
        let since = findings.iter().map(|finding| finding.since).min()?;
        let others = findings.iter().filter(|finding| finding.difference.kind() == DifferenceKind::Email);
        let accounts: HashSet<AccountId> = others.map(|finding| finding.account).collect();
        Some(Self { count: findings.len(), changed_by_others: accounts.len(), since, reported: now })
    }
}

#[cfg(test)]
#[path = "finding_tests.rs"]
mod tests;
