//! View 3: what is known about the root credentials of the accounts.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};

use crate::app::derived::Derived;
use crate::app::filter::Filter;
use crate::app::ids::RunId;
use crate::app::list::{ListPane, OwnRows};
use crate::app::state::choices::RootWish;
use crate::app::state::marks::Marks;
use crate::app::state::root_state::RootState;
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiError;
use crate::domain::audit_difference::{AuditComparison, differences};
use crate::domain::audit_record::AuditRecord;
use crate::domain::credential_change::{CredentialChange, CredentialChangeKind};
use crate::domain::deletion::{DeletionPlan, DeletionResult};
use crate::domain::remote_data::Known;
use crate::domain::root_credentials::{AuditDepth, Password, Presence, RootAudit};

/// A confirmed deletion, with its results so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Deletion {
    pub(crate) run: RunId,
    pub(crate) plans: Vec<DeletionPlan>,
    /// Of the accounts that are done.
    pub(crate) results: BTreeMap<AccountId, Vec<DeletionResult>>,
    pub(crate) ended: bool,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct RootAccess {
    /// The newest audit of each account, and its time.
    pub(crate) audits: BTreeMap<AccountId, Known<RootAudit>>,
    /// What was known before, where the newest audit could not read it or did not check it.
    pub(crate) earlier: BTreeMap<AccountId, Known<RootAudit>>,
    /// What the newest audit that showed a difference showed.
    pub(crate) compared: BTreeMap<AccountId, AuditComparison>,
    /// The accounts whose newest audit comes from the store, by an earlier run or another rootdeck.
    pub(crate) kept: BTreeSet<AccountId>,
    /// The newest change of root credentials in each account that was made here, or may have been.
    pub(crate) changes: BTreeMap<AccountId, CredentialChange>,
    pub(crate) pane: ListPane<AccountId>,
    pub(crate) own: OwnRows<AccountId>,
    pub(crate) filter: Filter,
    pub(crate) marks: Marks,
    /// The marked accounts that AWS was asked about without a run, until it answers.
    pub(in crate::app) asked: BTreeSet<AccountId>,
    pub(crate) deletion: Option<Deletion>,
    pub(crate) counts: BTreeMap<RootState, usize>,
    /// How many more findings the filter hides.
    pub(crate) hidden_findings: usize,
    /// Whether the person turned off the questions before audits for this run.
    pub(in crate::app) unasked: bool,
    /// What waits until the features are read.
    pub(in crate::app) waiting: Option<RootWish>,
    /// The time per account in the last audit of each depth.
    pub(in crate::app) pace: BTreeMap<AuditDepth, SignedDuration>,
    /// The accounts, and which of them is the management account.
    pub(in crate::app) derived: Derived<(u64, Option<AccountId>)>,
    /// The accounts that the marks were last checked against.
    pub(in crate::app) marked_of: Derived<u64>,
}

impl RootAccess {
    pub(crate) fn audit(&self, id: AccountId) -> Option<&RootAudit> {
        self.audits.get(&id).map(|known| &known.value)
    }

    pub(in crate::app) fn apply_audit(&mut self, account: AccountId, audit: RootAudit, at: Timestamp) {
        let earlier = self.earlier.remove(&account);
        let before = self.audits.remove(&account).map(|newest| AuditRecord { account, newest, earlier });
        self.kept.remove(&account);
        if let Some(known) = before.as_ref().and_then(AuditRecord::known) {
            let differences = differences(&known, &audit);
            if !differences.is_empty() {
                self.compared.insert(account, AuditComparison { since: known.at, differences });
            }
        }
        self.put(AuditRecord::after(before, account, audit, at));
    }

    /// Applies stored audits where nothing newer is known.
    pub(in crate::app) fn apply_cached(
        &mut self,
        records: Vec<AuditRecord>,
        mut compared: BTreeMap<AccountId, AuditComparison>,
    ) {
        for record in records {
            if self.audits.get(&record.account).is_none_or(|known| known.at < record.newest.at) {
                self.kept.insert(record.account);
                match compared.remove(&record.account) {
                    Some(comparison) => self.compared.insert(record.account, comparison),
                    None => self.compared.remove(&record.account),
                };
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

    /// Drops stored audits: they are of another organization.
    pub(in crate::app) fn forget_kept(&mut self) {
        for account in std::mem::take(&mut self.kept) {
            self.audits.remove(&account);
            self.earlier.remove(&account);
            self.compared.remove(&account);
        }
        self.derived.invalidate();
    }

    /// Root credentials were changed from here, or may have been.
    pub(in crate::app) fn note_change(&mut self, change: CredentialChange) {
        let newest = self.changes.entry(change.account).or_insert(change);
        if newest.at < change.at {
            *newest = change;
        }
    }

    /// What was changed from here since an audit of the account at `at`.
    pub(crate) fn changed_since(&self, account: AccountId, at: Timestamp) -> Option<CredentialChangeKind> {
        self.changes.get(&account).filter(|change| change.at > at).map(|change| change.kind)
    }

    /// The login profile was read alone, after the audit. The age stays that of the other cells.
    pub(in crate::app) fn apply_login_profile(&mut self, account: AccountId, login: &Presence<Password>) {
        if let Some(known) = self.audits.get_mut(&account).filter(|_| login.error().is_none()) {
            known.value.password = login.clone();
            self.derived.invalidate();
        }
    }

    /// How long an audit may take, from the last one or from experience.
    pub(crate) fn estimate(&self, depth: AuditDepth, accounts: usize) -> SignedDuration {
        // Before the first audit: a quick one is limited by the rate of sessions, 20 a second; a
        // deep one makes about six more calls per account, some accounts in parallel.
        let each = self.pace.get(&depth).copied().unwrap_or(match depth {
            AuditDepth::Quick => SignedDuration::from_millis(55),
            AuditDepth::Deep => SignedDuration::from_millis(120),
        });
        each.saturating_mul(i32::try_from(accounts).unwrap_or(i32::MAX))
    }
}

/// Whether a read after a write shows its result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::app) enum Shown {
    Yes,
    No,
    Unread(ApiError),
    /// It was not read.
    NotAsked,
}
