//! View 3: what is known of the root credentials of the accounts, and the run under way.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};

use crate::app::derived::Derived;
use crate::app::filter::Filter;
use crate::app::ids::RunId;
use crate::app::list::{List, Motion};
use crate::app::state::choices::RootWish;
use crate::app::state::root_state::RootState;
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiError;
use crate::domain::audit_record::AuditRecord;
use crate::domain::credential_change::{CredentialChange, CredentialChangeKind};
use crate::domain::deletion::{DeletionPlan, DeletionResult};
use crate::domain::remote_data::Known;
use crate::domain::root_credentials::{AuditDepth, Password, Presence, RootAudit};

/// A deletion that was confirmed, and what came of it so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deletion {
    /// Its run.
    pub run: RunId,
    /// What was confirmed.
    pub plans: Vec<DeletionPlan>,
    /// The results of the accounts that are done.
    pub results: BTreeMap<AccountId, Vec<DeletionResult>>,
    /// Whether nothing more comes.
    pub ended: bool,
}

/// The audits of this run of the program, and how view 3 shows them.
#[derive(Clone, Debug, Default)]
pub struct RootAccess {
    /// The newest audit of each account, and when it was made.
    pub audits: BTreeMap<AccountId, Known<RootAudit>>,
    /// What was known before, where the newest audit could not read it or did not ask for it.
    pub earlier: BTreeMap<AccountId, Known<RootAudit>>,
    /// The accounts whose newest audit is one that was kept, by an earlier run or another copy of the program.
    pub kept: BTreeSet<AccountId>,
    /// The newest change of root's credentials in each account that was made from here, or may have been.
    pub changes: BTreeMap<AccountId, CredentialChange>,
    /// The rows of view 3, and the selection.
    pub list: List<AccountId>,
    /// What is shown of them.
    pub filter: Filter,
    /// Whether the details have the focus.
    pub reading: bool,
    /// The first line of the details on screen.
    pub top: usize,
    /// The accounts marked for work on several.
    pub marks: BTreeSet<AccountId>,
    /// The marked accounts that AWS was asked about without a run, until it answers.
    pub(in crate::app) asked: BTreeSet<AccountId>,
    /// The newest deletion, and what came of it.
    pub deletion: Option<Deletion>,
    /// How many of the rows stand how.
    pub counts: BTreeMap<RootState, usize>,
    /// How many findings the filter hides beside those.
    pub hidden_findings: usize,
    /// Whether a row was chosen: until then the view opens on the first one.
    pub(in crate::app) chosen: bool,
    /// Whether the person has said that audits need no question any more in this run.
    pub(in crate::app) unasked: bool,
    /// What waits until AWS has said which features are on.
    pub(in crate::app) waiting: Option<RootWish>,
    /// What an account took in the last audit of each depth.
    pace: BTreeMap<AuditDepth, SignedDuration>,
    /// The accounts, and which of them is the management account.
    pub(in crate::app) derived: Derived<(u64, Option<AccountId>)>,
    /// The accounts that the marks were last checked against.
    pub(in crate::app) marked_of: Derived<u64>,
}

impl RootAccess {
    /// Notes that the filter, or what it asks for, has changed.
    pub(in crate::app) fn mark_dirty(&mut self) {
        self.derived.invalidate();
    }

    /// The newest audit of an account.
    #[must_use]
    pub fn audit(&self, id: AccountId) -> Option<&RootAudit> {
        self.audits.get(&id).map(|known| &known.value)
    }

    /// Takes a fresh audit of an account.
    pub(in crate::app) fn apply_audit(&mut self, account: AccountId, audit: RootAudit, at: Timestamp) {
        let earlier = self.earlier.remove(&account);
        let before = self.audits.remove(&account).map(|newest| AuditRecord { account, newest, earlier });
        self.kept.remove(&account);
        self.put(AuditRecord::after(before, account, audit, at));
    }

    /// Takes audits that this machine keeps, where nothing newer is known.
    pub(in crate::app) fn apply_cached(&mut self, records: Vec<AuditRecord>) {
        for record in records {
            if self.audits.get(&record.account).is_none_or(|known| known.at < record.newest.at) {
                self.kept.insert(record.account);
                self.put(record);
            }
        }
    }

    fn put(&mut self, record: AuditRecord) {
        let AuditRecord { account, newest, earlier } = record;
        self.audits.insert(account, newest);
        match earlier {
            Some(earlier) => self.earlier.insert(account, earlier),
            None => self.earlier.remove(&account),
        };
        self.derived.invalidate();
    }

    /// Forgets audits that were kept: they are of another organization.
    pub(in crate::app) fn forget_kept(&mut self) {
        for account in std::mem::take(&mut self.kept) {
            self.audits.remove(&account);
            self.earlier.remove(&account);
        }
        self.derived.invalidate();
    }

    /// Notes that root's credentials were changed from here, or may have been.
    pub(in crate::app) fn note_change(&mut self, change: CredentialChange) {
        let newest = self.changes.entry(change.account).or_insert(change);
        if newest.at < change.at {
            *newest = change;
        }
    }

    /// What was changed from here since an audit of the account at `at`.
    #[must_use]
    pub fn changed_since(&self, account: AccountId, at: Timestamp) -> Option<CredentialChangeKind> {
        self.changes.get(&account).filter(|change| change.at > at).map(|change| change.kind)
    }

    /// Takes what was read of the login profile alone, which is newer than the audit's word on it. The
    /// age stays that of the other cells.
    pub(in crate::app) fn apply_login_profile(&mut self, account: AccountId, login: &Presence<Password>) {
        if let Some(known) = self.audits.get_mut(&account).filter(|_| login.fault().is_none()) {
            known.value.password = login.clone();
            self.derived.invalidate();
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

    pub(in crate::app) fn set_pace(&mut self, depth: AuditDepth, each: SignedDuration) {
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

/// Whether what was read after a write is what it was to bring about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::app) enum Shown {
    Yes,
    No,
    /// It could not be read.
    Unread(ApiError),
    /// Nobody looked.
    NotAsked,
}
