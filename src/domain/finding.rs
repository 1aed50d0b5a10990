//! What changed since the last listing.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

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

/// A difference between two listings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Different {
    pub(crate) account: AccountId,
    /// Its name, in the later listing unless it is gone from that.
    pub(crate) name: String,
    pub(crate) difference: Difference,
}

/// Compares a listing with the one before, which is told account by account. What AWS skipped is no difference.
#[derive(Debug)]
pub(crate) struct Differences<'a> {
    after: &'a [Arc<Account>],
    /// Where each account is in `after`, and whether it was told.
    places: HashMap<AccountId, (usize, bool)>,
    /// With the place of the account.
    found: Vec<(usize, Different)>,
    gone: Vec<Different>,
}

impl<'a> From<&'a [Arc<Account>]> for Differences<'a> {
    fn from(after: &'a [Arc<Account>]) -> Self {
        let places = after.iter().enumerate().map(|(place, account)| (account.id, (place, false))).collect();
        Self { after, places, found: Vec::new(), gone: Vec::new() }
    }
}

impl Differences<'_> {
    /// The listing before had this account as it is.
    pub(crate) fn same(&mut self, id: AccountId) {
        if let Some((_, is_told)) = self.places.get_mut(&id) {
            *is_told = true;
        }
    }

    /// The listing before had this account, with this email and state, and this name.
    pub(crate) fn before<E>(
        &mut self,
        id: AccountId,
        (email, state): (&str, &AccountState),
        name: impl FnOnce() -> Result<String, E>,
    ) -> Result<(), E> {
        let Some((place, is_told)) = self.places.get_mut(&id) else {
            self.gone.push(Different { account: id, name: name()?, difference: Difference::Gone });
            return Ok(());
        };
        if std::mem::replace(is_told, true) {
            return Ok(());
        }
        let Some(account) = self.after.get(*place) else { return Ok(()) };
        let mut add = |difference| {
            self.found.push((*place, Different { account: id, name: account.name.clone(), difference }));
        };
        // AWS does not tell addresses apart by their case.
        if !email.is_empty() && !account.email.is_empty() && !email.eq_ignore_ascii_case(&account.email) {
            add(Difference::Email { old: email.to_owned(), new: account.email.clone() });
        }
        let new = &account.state;
        if state != new && *state != AccountState::Unknown && *new != AccountState::Unknown {
            add(Difference::State { old: state.clone(), new: new.clone() });
        }
        Ok(())
    }

    /// In the order of the later listing; accounts that are gone come last.
    pub(crate) fn all(self) -> Vec<Different> {
        let Self { after, places, mut found, gone } = self;
        for (id, (place, is_told)) in places {
            if let Some(account) = after.get(place).filter(|_| !is_told) {
                let name = account.name.clone();
                found.push((place, Different { account: id, name, difference: Difference::New }));
            }
        }
        found.sort_by_key(|(place, _)| *place);
        found.into_iter().map(|(_, one)| one).chain(gone).collect()
    }
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
