//! What became of changes whose answer was never seen, found out by reading.
//!
//! Nothing is sent again. No root session is opened for it, since that sets off alarms; a visit made anyway counts.

use std::collections::{BTreeMap, BTreeSet};

use futures::stream::{self, StreamExt};
use jiff::{SignedDuration, Timestamp};

use super::awaited_looks::Awaited;
use super::root::ASKED_AT_ONCE;
use super::shared::Engine;
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiError;
use crate::domain::change::{Change, Switch};
use crate::domain::contacts::AlternateKind;
use crate::domain::email_change::{EmailChangeReport, StartedEmailChange, StartedProgress};
use crate::domain::journal::{Conclusion, JournalEntry, JournalOutcome, OutcomeCause, known_from};
use crate::domain::policy_holder::{PolicyHolder, PolicyText};
use crate::domain::resolution::{
    Doubt, Evidence, Resolution, Sought, StillOpen, Verdict, What, judge_by_audit, judge_by_login_profile,
    judge_by_policy, judge_by_seen, later, sought_in,
};
use crate::domain::root_change::RootChange;
use crate::domain::root_credentials::{Password, Presence, RootAudit};
use crate::domain::write::Seen;

/// Open entries are checked without a request for so long.
const LAST_DAYS: SignedDuration = SignedDuration::from_hours(72);

/// Later changes of the same thing are searched among so many of the newest entries.
const LOOKED_THROUGH: usize = 5_000;

/// The record of a start is written right after its entry in the journal.
const RECORDED_WITHIN: SignedDuration = SignedDuration::from_mins(1);

impl Engine {
    /// The recent entries with an unknown outcome that still matters, newest first, without those in progress here.
    pub async fn open_entries(&self, now: Timestamp) -> Result<Vec<JournalEntry>, ApiError> {
        self.open_entries_since(now - LAST_DAYS, now).await
    }

    async fn open_entries_since(&self, since: Timestamp, now: Timestamp) -> Result<Vec<JournalEntry>, ApiError> {
        let mut entries = self.keep(move |records| records.open_entries(since)).await?;
        let in_progress = self.0.journal.in_progress().clone();
        entries.retain(|entry| !in_progress.contains(&entry.id) && Sought::of(entry).matters(now));
        Ok(entries)
    }

    /// Like [`Engine::resolve`], for all open entries, however old they are.
    pub(crate) async fn resolve_all(&self, now: Timestamp) -> Result<Resolution, ApiError> {
        self.bound_organization().await?;
        let open = self.open_entries_since(Timestamp::MIN, now).await?;
        let journal = self.journal_entries(LOOKED_THROUGH).await?;
        Box::pin(self.resolve_each(open, &journal, now)).await
    }

    /// Reads what AWS shows of the open changes of the last days, or of the one entry `only`, and journals what that
    /// proves. A change that is not shown fails only once no other rootdeck can still have it in progress.
    pub async fn resolve(&self, only: Option<i64>, now: Timestamp) -> Result<Resolution, ApiError> {
        self.bound_organization().await?;
        let journal = self.journal_entries(LOOKED_THROUGH).await?;
        let open: Vec<JournalEntry> = match only {
            None => self.open_entries(now).await?,
            Some(id) => journal.iter().filter(|entry| entry.id == id && entry.is_open()).cloned().collect(),
        };
        Box::pin(self.resolve_each(open, &journal, now)).await
    }

    async fn resolve_each(
        &self,
        open: Vec<JournalEntry>,
        journal: &[JournalEntry],
        now: Timestamp,
    ) -> Result<Resolution, ApiError> {
        let sought: Vec<Sought> = open.iter().map(|entry| sought_in(entry, journal)).collect();
        let shown = Box::pin(self.look_for(&sought)).await;
        let mut resolution = Resolution::default();
        for (entry, sought) in open.iter().zip(&sought) {
            let verdict = match shown.of(sought) {
                Some(Ok(evidence)) => sought.judge(evidence, &later(entry, sought, journal), now),
                Some(Err(error)) => Verdict::Open(Doubt::Unread(error.clone())),
                None => Verdict::Open(sought.doubt().unwrap_or(Doubt::NothingTells)),
            };
            self.take_verdict(entry, verdict, now, &mut resolution).await?;
        }
        Ok(resolution)
    }

    /// Reads what settles `sought`, each thing once.
    async fn look_for(&self, sought: &[Sought]) -> Shown {
        let wants = |wanted: fn(&What) -> bool| sought.iter().any(|sought| wanted(&sought.what));
        let trusted_access = async {
            let wanted = wants(|what| matches!(what, What::Switch(Switch::TrustedAccess(_), _)));
            if wanted { Some(self.trusted_access().await.map(Evidence::TrustedAccess)) } else { None }
        };
        let root_features = async {
            let wanted = wants(|what| matches!(what, What::Switch(Switch::RootFeature(_), _)));
            if wanted { Some(self.root_features().await.map(Evidence::RootFeatures)) } else { None }
        };
        let delegates = async {
            let wanted = wants(|what| matches!(what, What::Delegate(..)));
            if wanted { Some(self.delegated_administrators().await.map(Evidence::Delegates)) } else { None }
        };
        let accounts: BTreeSet<AccountId> = sought.iter().filter_map(email_of).collect();
        let asked = accounts.into_iter().map(|account| async move {
            let (report, primary) = tokio::join!(self.email_change(account), self.primary_email(account));
            (account, report.map(|report| Evidence::Email { report, primary: primary.ok() }))
        });
        let emails = stream::iter(asked).buffer_unordered(ASKED_AT_ONCE).collect();
        let accounts = self.look_at_accounts(sought);
        let (trusted_access, root_features, delegates, emails, (contacts, names)) =
            tokio::join!(trusted_access, root_features, delegates, emails, accounts);
        Shown { trusted_access, root_features, delegates, emails, contacts, names }
    }

    /// The contacts and names that are sought.
    async fn look_at_accounts(
        &self,
        sought: &[Sought],
    ) -> (BTreeMap<(AccountId, AlternateKind), Look>, BTreeMap<AccountId, Look>) {
        let contacts: BTreeSet<_> = sought.iter().filter_map(contact_of).collect();
        let contacts = contacts.into_iter().map(|(account, kind)| async move {
            ((account, kind), self.alternate_contact(account, kind).await.map(Evidence::Contact))
        });
        let names: BTreeSet<_> = sought.iter().filter_map(name_of).collect();
        let names = names.into_iter().map(|account| async move {
            (account, self.account(account).await.map(|found| Evidence::AccountName(found.name)))
        });
        tokio::join!(
            stream::iter(contacts).buffer_unordered(ASKED_AT_ONCE).collect(),
            stream::iter(names).buffer_unordered(ASKED_AT_ONCE).collect()
        )
    }

    async fn take_verdict(
        &self,
        entry: &JournalEntry,
        verdict: Verdict,
        now: Timestamp,
        resolution: &mut Resolution,
    ) -> Result<(), ApiError> {
        let settles = known_from(entry.at);
        let (outcome, note) = match verdict {
            Verdict::Done(note) => (JournalOutcome::Ok, note),
            Verdict::NotDone(note) if now >= settles => (JournalOutcome::Failed, note),
            Verdict::NotDone(_) => {
                resolution.open.push(StillOpen { entry: entry.id, doubt: Doubt::Recent(settles) });
                return Ok(());
            }
            Verdict::Open(doubt) => {
                if matches!(doubt, Doubt::NeedsAudit(_) | Doubt::NeedsPolicy(_)) {
                    self.0.looks.add(entry, None);
                }
                resolution.open.push(StillOpen { entry: entry.id, doubt });
                return Ok(());
            }
        };
        if self.settle(entry, outcome, note, now).await? {
            if outcome == JournalOutcome::Failed {
                self.note_never_started(entry).await?;
            }
            resolution.settled.push((entry.id, outcome));
        }
        Ok(())
    }

    /// The start never happened: its record is no longer waited for.
    async fn note_never_started(&self, entry: &JournalEntry) -> Result<(), ApiError> {
        let What::Start(account, Some(new)) = Sought::of(entry).what else { return Ok(()) };
        let at = entry.at;
        self.keep(move |records| {
            let is_its = |change: &StartedEmailChange| {
                change.account == account
                    && change.progress == StartedProgress::Unconfirmed
                    && change.new == new
                    && change.started.duration_since(at).abs() <= RECORDED_WITHIN
            };
            if records.started()?.iter().any(is_its) {
                records.never_started(account)?;
            }
            Ok(())
        })
        .await
    }

    /// Returns whether nobody else had journaled an outcome by then.
    async fn settle(
        &self,
        entry: &JournalEntry,
        outcome: JournalOutcome,
        note: String,
        now: Timestamp,
    ) -> Result<bool, ApiError> {
        let id = entry.id;
        let conclusion = Conclusion::of_cause(outcome, OutcomeCause::SeenAfterwards, note);
        let settled = self.keep(move |records| records.settle(id, now, &conclusion)).await?;
        tracing::info!(
            operation = entry.operation,
            account = entry.account.map(tracing::field::display),
            outcome = outcome.as_str(),
            settled,
            "a change whose end was not known"
        );
        Ok(settled)
    }

    pub(super) async fn settle_by_audit(&self, account: AccountId, audit: &RootAudit, now: Timestamp) {
        self.await_looks(now).await;
        for (entry, later) in self.awaited_of(account).await {
            self.settle_by_look(&entry, judge_by_audit(&entry, audit, &later, now), now).await;
        }
    }

    pub(super) async fn settle_by_login_profile(&self, account: AccountId, login: &Presence<Password>, now: Timestamp) {
        self.await_looks(now).await;
        for (entry, later) in self.awaited_of(account).await {
            if let Some(verdict) = judge_by_login_profile(&entry, login, &later, now) {
                self.settle_by_look(&entry, verdict, now).await;
            }
        }
    }

    /// The entries of an account that a look may settle, each with the later changes of the same thing. None where the
    /// journal can't be read: nothing tells then what a look is about.
    async fn awaited_of(&self, account: AccountId) -> Vec<(JournalEntry, Vec<Sought>)> {
        let awaited: Vec<JournalEntry> = self.0.looks.of(account).into_iter().map(|awaited| awaited.entry).collect();
        if awaited.is_empty() {
            return Vec::new();
        }
        let Ok(journal) = self.journal_entries(LOOKED_THROUGH).await else { return Vec::new() };
        let beside = |entry: JournalEntry| {
            let later = later(&entry, &Sought::of(&entry), &journal);
            (entry, later)
        };
        awaited.into_iter().map(beside).collect()
    }

    /// Settles, by a read of the organization or of `account`'s email change, what was to be done to it in this run.
    pub(super) async fn settle_by(&self, evidence: Evidence, account: Option<AccountId>) {
        let awaited = self.0.looks.reported_by(&evidence, account);
        if awaited.is_empty() {
            return;
        }
        let now = self.now();
        let Ok(journal) = self.journal_entries(LOOKED_THROUGH).await else { return };
        for entry in awaited {
            let sought = sought_in(&entry, &journal);
            let verdict = sought.judge(&evidence, &later(&entry, &sought, &journal), now);
            self.settle_by_look(&entry, verdict, now).await;
        }
    }

    /// Journals what `report` proves about the open ones among `entries`, starts of one account: that AWS accepted
    /// them, or that it did not and they may be sent again.
    pub(super) async fn settle_starts(
        &self,
        entries: &[JournalEntry],
        report: &EmailChangeReport,
        taken: bool,
        now: Timestamp,
    ) {
        let since = report.updated.map(|updated| format!(" since {}", updated.strftime("%Y-%m-%dT%H:%M:%SZ")));
        let note = format!("seen afterwards: {}{}", report.status.as_str(), since.unwrap_or_default());
        let outcome = if taken { JournalOutcome::Ok } else { JournalOutcome::Failed };
        for entry in entries.iter().filter(|entry| entry.is_open()) {
            let settled = async {
                if self.settle(entry, outcome, note.clone(), now).await? && !taken {
                    self.note_never_started(entry).await?;
                }
                Ok::<_, ApiError>(())
            };
            if let Err(error) = settled.await {
                tracing::error!(
                    entry = entry.id,
                    message = error.message,
                    "what a report shows could not be journaled"
                );
            }
        }
    }

    /// Has the open entry of this run settled by whatever read shows its result.
    pub(super) async fn await_look(&self, id: i64, change: &Change) {
        let about = self.keep(|records| records.open_entries(Timestamp::MIN)).await;
        if let Some(entry) = about.ok().and_then(|open| open.into_iter().find(|entry| entry.id == id)) {
            self.0.looks.add(&entry, Some(change.clone()));
        }
    }

    /// The changes before and after `entry` that a read may show instead.
    pub(super) async fn changes_beside(&self, entry: i64) -> Vec<Sought> {
        let journal = self.journal_entries(LOOKED_THROUGH).await.unwrap_or_default();
        let found = journal.iter().find(|other| other.id == entry);
        found.map(|entry| later(entry, &Sought::of(entry), &journal)).unwrap_or_default()
    }

    /// Adds, once, what earlier runs left open and only a read in a member account settles.
    async fn await_looks(&self, now: Timestamp) {
        let load = async {
            let open = self.open_entries(now).await?;
            for entry in open
                .iter()
                .filter(|entry| matches!(Sought::of(entry).doubt(), Some(Doubt::NeedsAudit(_) | Doubt::NeedsPolicy(_))))
            {
                self.0.looks.add(entry, None);
            }
            Ok::<_, ApiError>(())
        };
        if let Err(error) = self.0.looks.all.get_or_try_init(|| load).await {
            tracing::error!(message = error.message, "the changes without an outcome could not be read");
        }
    }

    pub(super) async fn settle_by_policy(
        &self,
        account: AccountId,
        holder: &PolicyHolder,
        policy: Option<&PolicyText>,
        now: Timestamp,
    ) {
        self.await_looks(now).await;
        for Awaited { entry, change } in self.0.looks.of(account) {
            let is_of_holder = |change: &Change| match change {
                Change::Root { change: RootChange::DeletePolicy(of) | RootChange::PutPolicy(of, _), .. } => {
                    of == holder
                }
                _ => false,
            };
            let verdict = match &change {
                Some(change) if is_of_holder(change) => {
                    Some(judge_by_seen(entry.at, change, &Seen::Policy(Ok(policy.cloned())), &[], now))
                }
                Some(_) => None,
                None => judge_by_policy(&entry, holder, policy, now),
            };
            if let Some(verdict) = verdict {
                self.settle_by_look(&entry, verdict, now).await;
            }
        }
    }

    async fn settle_by_look(&self, entry: &JournalEntry, verdict: Verdict, now: Timestamp) {
        let mut resolution = Resolution::default();
        match self.take_verdict(entry, verdict, now, &mut resolution).await {
            Ok(()) if resolution.open.is_empty() => self.0.looks.remove(entry.id),
            Ok(()) => {}
            Err(error) => {
                tracing::error!(entry = entry.id, message = error.message, "what a look shows could not be journaled");
            }
        }
    }
}

type Look = Result<Evidence, ApiError>;

struct Shown {
    trusted_access: Option<Look>,
    root_features: Option<Look>,
    delegates: Option<Look>,
    emails: BTreeMap<AccountId, Look>,
    contacts: BTreeMap<(AccountId, AlternateKind), Look>,
    names: BTreeMap<AccountId, Look>,
}

impl Shown {
    fn of(&self, sought: &Sought) -> Option<&Look> {
        match &sought.what {
            What::Switch(Switch::TrustedAccess(_), _) => self.trusted_access.as_ref(),
            What::Switch(Switch::RootFeature(_), _) => self.root_features.as_ref(),
            What::Delegate(..) => self.delegates.as_ref(),
            What::Contact(..) => self.contacts.get(&contact_of(sought)?),
            What::Name(account, ..) => self.names.get(account),
            _ => self.emails.get(&email_of(sought)?),
        }
    }
}

fn email_of(sought: &Sought) -> Option<AccountId> {
    match sought.what {
        What::Start(account, _) | What::Accept(account, _) => Some(account),
        _ => None,
    }
}

/// The contact whose state tells; none where no state does.
fn contact_of(sought: &Sought) -> Option<(AccountId, AlternateKind)> {
    match sought.what {
        What::Contact(account, kind, _) if sought.doubt().is_none() => Some((account, kind)),
        _ => None,
    }
}

fn name_of(sought: &Sought) -> Option<AccountId> {
    if let What::Name(account, ..) = sought.what { Some(account) } else { None }
}
