//! View 3: what is known of the root credentials of the accounts, and the run under way.

mod audit;
mod deletion;
mod standing;

pub use audit::{AskAudit, AuditScope, LeftOutAccount, RootWish};
pub use deletion::{Asking, DeleteDialog, Deletion, KindSpot, Stage, Unread};
pub use standing::{RootFacts, RootStanding};

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};

use super::list::{List, Motion};
use super::{App, View};
use crate::domain::account::{Account, AccountId};
use crate::domain::fetched::Known;
use crate::domain::permit::{Refusal, left_out_of_root_access};
use crate::domain::root_credentials::{AuditDepth, Password, Presence, RootAudit};

/// The audits of this run of the program, and how view 3 shows them.
#[derive(Clone, Debug, Default)]
pub struct RootAccess {
    /// The newest audit of each account, and when it was made.
    pub audits: BTreeMap<AccountId, Known<RootAudit>>,
    /// What was known before, where the newest audit could not read it or did not ask for it.
    pub earlier: BTreeMap<AccountId, Known<RootAudit>>,
    /// The rows of view 3, and the selection.
    pub list: List<AccountId>,
    /// Whether the details have the focus.
    pub reading: bool,
    /// The first line of the details on screen.
    pub top: usize,
    /// The accounts marked for work on several.
    pub marks: BTreeSet<AccountId>,
    /// The newest deletion, and what came of it.
    pub deletion: Option<Deletion>,
    /// How many of the rows stand how.
    pub counts: BTreeMap<RootStanding, usize>,
    /// Whether a row was chosen: until then the first one is.
    chosen: bool,
    /// Whether it was said and confirmed what alarms an audit of several accounts sets off.
    told: bool,
    /// What waits until AWS has said which features are on.
    waiting: Option<RootWish>,
    /// What an account took in the last audit of each depth.
    pace: BTreeMap<AuditDepth, SignedDuration>,
    /// What the rows were settled with; `None` where they have to be again.
    settled: Option<SettledWith>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct SettledWith {
    management: Option<AccountId>,
}

impl RootAccess {
    /// The newest audit of an account.
    #[must_use]
    pub fn audit(&self, id: AccountId) -> Option<&RootAudit> {
        self.audits.get(&id).map(|known| &known.value)
    }

    /// Takes a fresh audit of an account.
    pub(super) fn take_audit(&mut self, account: AccountId, audit: RootAudit, at: Timestamp) {
        let before = self.audits.insert(account, Known { value: audit, at });
        let newest = self.audits.get(&account).map(|known| &known.value);
        let tells_less = |before: &Known<RootAudit>| newest.is_some_and(|newest| newest.tells_less_than(&before.value));
        if let Some(before) = before.filter(|before| tells_less(before)) {
            self.earlier.insert(account, before);
        } else if !self.earlier.get(&account).is_some_and(tells_less) {
            self.earlier.remove(&account);
        }
        self.settled = None;
    }

    /// Takes what was read of the login profile alone, which is newer than the audit's word on it. The
    /// age stays that of the other cells.
    pub(super) fn take_login_profile(&mut self, account: AccountId, login: &Presence<Password>) {
        if let Some(known) = self.audits.get_mut(&account).filter(|_| login.fault().is_none()) {
            known.value.password = login.clone();
            self.settled = None;
        }
    }

    /// How long an audit of so many accounts may take, from the last one or from experience.
    #[must_use]
    pub fn estimate(&self, depth: AuditDepth, accounts: usize) -> SignedDuration {
        // Before the first audit: a quick one goes as fast as sessions may be opened, 20 a second; a deep
        // one makes about six calls more in each, some accounts side by side.
        let each = self.pace.get(&depth).copied().unwrap_or(match depth {
            AuditDepth::Quick => SignedDuration::from_millis(55),
            AuditDepth::Deep => SignedDuration::from_millis(120),
        });
        each.saturating_mul(i32::try_from(accounts).unwrap_or(i32::MAX))
    }

    pub(super) fn set_pace(&mut self, depth: AuditDepth, each: SignedDuration) {
        self.pace.insert(depth, each);
    }

    /// Moves the cursor, or the text of the details.
    pub fn go(&mut self, motion: Motion, rows: usize, lines: usize) {
        if self.reading {
            self.top = motion.apply(self.top, rows, lines).min(lines.saturating_sub(rows));
        } else {
            self.chosen = true;
            self.top = 0;
            self.list.go(motion);
        }
    }
}

impl App {
    /// Why centralized root access leaves this account out, if it does.
    #[must_use]
    pub fn left_out(&self, account: &Account) -> Option<Refusal> {
        left_out_of_root_access(account, self.organization.value())
    }

    /// How root of this account stands.
    #[must_use]
    pub fn root_standing(&self, account: &Account) -> RootStanding {
        RootStanding::of(self.root.audit(account.id), self.left_out(account).is_some())
    }

    /// Brings marks and rows of view 3 up to date, after the accounts: these are the ones that the
    /// filter lets through.
    pub(super) fn settle_root(&mut self, accounts_settled: bool) {
        let with = SettledWith { management: self.organization.value().map(|known| known.management_account) };
        if accounts_settled {
            self.root.settled = None;
            let accounts = &self.accounts;
            self.root.marks.retain(|id| accounts.get(*id).is_some());
        }
        if self.view != View::RootAccess || self.root.settled == Some(with) {
            return;
        }
        let shown = self.accounts.list.rows().iter().filter_map(|id| self.accounts.get(*id));
        let mut rows: Vec<_> =
            shown.map(|account| (self.root_standing(account), account.name.to_lowercase(), account.id)).collect();
        rows.sort_unstable();
        self.root.counts.clear();
        for (standing, ..) in &rows {
            *self.root.counts.entry(*standing).or_default() += 1;
        }
        self.root.list.set_rows(rows.into_iter().map(|(.., id)| id).collect());
        if !self.root.chosen {
            self.root.list.go(Motion::First);
            self.details = self.root.list.selected();
        }
        self.root.settled = Some(with);
    }

    /// Marks the selected account or takes its mark away, and goes on to the next row.
    pub(super) fn mark(&mut self) {
        let Some(id) = self.selected_id().filter(|id| self.accounts.get(*id).is_some()) else { return };
        if !self.root.marks.remove(&id) {
            self.root.marks.insert(id);
        }
        match self.view {
            View::RootAccess => {
                self.root.chosen = true;
                self.root.list.go(Motion::Rows(1));
            }
            View::EmailChanges => {
                self.board.chosen = true;
                self.board.list.go(Motion::Rows(1));
            }
            _ => self.accounts.list.go(Motion::Rows(1)),
        }
    }

    /// Marks all accounts that are shown, beside those already marked.
    pub(super) fn mark_shown(&mut self) {
        let shown = if self.view == View::EmailChanges { &self.board.list } else { &self.accounts.list };
        self.root.marks.extend(shown.rows().iter().filter(|id| self.accounts.get(**id).is_some()).copied());
    }
}
