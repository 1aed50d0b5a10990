//! What is known of each account's primary email beyond the listing.

use std::collections::HashMap;
use std::time::Duration;

use jiff::Timestamp;

use super::account::AccountId;
use super::api_error::{ApiError, ApiErrorKind};
use super::email::EmailAddress;
use super::email_change::{
    EmailAlarm, EmailChangeReport, EmailChangeStatus, JournaledStart, StartedEmailChange, StartedProgress,
};
use super::remote_data::RemoteData;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct EmailFacts {
    /// `GetPrimaryEmail`.
    pub(crate) primary: RemoteData<String>,
    /// `GetPrimaryEmailUpdateStatus`.
    pub(crate) change: RemoteData<EmailChangeReport>,
    /// When AWS gave the report, if an earlier run or another copy of the program saved it.
    pub(crate) cached_at: Option<Timestamp>,
    pub(crate) started: Option<StartedEmailChange>,
    /// The new address of the start that this run of the program sent last.
    pub(crate) sent_to: Option<EmailAddress>,
    /// Earlier changes to other addresses: if the answer to the newest start was lost, the password may be of one.
    pub(crate) earlier: Vec<StartedEmailChange>,
    /// The starts in the journal say whose a change is of which nothing else is saved.
    pub(crate) journaled: Vec<JournaledStart>,
    pub(crate) looks: Option<u32>,
    /// A timer for the next look runs.
    pub(crate) look_due: bool,
    /// Whether the next primary email read is the outcome of a completed change.
    pub(crate) announce: bool,
    /// Whether a change from elsewhere was open when AWS reported last.
    pub(crate) was_alarm: bool,
}

/// The state of an email change, from AWS's report and from what this machine started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChangeState<'a> {
    Quiet,
    /// Waits for the one-time password that was sent to a known address.
    Pending(&'a StartedEmailChange),
    /// Started from here, and whether AWS took it is not known.
    Unconfirmed(&'a StartedEmailChange),
    /// The one-time password has expired.
    Expired(&'a StartedEmailChange),
    /// Pending, but not started from this machine: the address is not known.
    AddressUnknown,
    /// Pending and started from here, as the journal says; its address was forgotten.
    AddressForgotten,
    /// AWS is about to change the address.
    Accepted,
    Failed,
    Completed,
    /// AWS's word for a status that this program does not know, and the open change that was started here.
    OtherStatus(&'a str, Option<&'a StartedEmailChange>),
}

impl ChangeState<'_> {
    /// Whether AWS may still take a code for it, so that its new address is needed.
    pub(crate) fn may_need_address(&self) -> bool {
        match self {
            Self::Completed | Self::Failed | Self::Expired(_) | Self::Accepted => false,
            Self::Quiet
            | Self::Pending(_)
            | Self::Unconfirmed(_)
            | Self::AddressUnknown
            | Self::AddressForgotten
            | Self::OtherStatus(..) => true,
        }
    }

    pub(crate) fn lacks_address(&self) -> bool {
        matches!(self, Self::AddressUnknown | Self::AddressForgotten)
    }
}

impl EmailFacts {
    /// While it is not known whether AWS took it, an open one to another address is kept beside it.
    pub(crate) fn add_start(&mut self, change: StartedEmailChange) {
        let before = self.started.take().filter(|before| !before.progress.is_final() && before.new != change.new);
        if change.progress == StartedProgress::Unconfirmed {
            self.earlier.extend(before);
        } else {
            self.earlier.clear();
        }
        self.sent_to = Some(change.new.clone());
        self.started = Some(change);
    }

    /// Clears what the records replace, and returns what they may not have: the open start of this run.
    fn take_unrecorded(&mut self) -> Option<StartedEmailChange> {
        self.earlier.clear();
        let sent_to = self.sent_to.as_ref();
        self.started.take().filter(|change| sent_to == Some(&change.new) && !change.progress.is_final())
    }

    /// The open change to `address`: the newest, or one before it.
    pub(crate) fn open_to(&self, address: &str) -> Option<&StartedEmailChange> {
        let all = self.started.iter().chain(&self.earlier);
        all.filter(|change| !change.progress.is_final()).find(|change| change.new.same_mailbox(address))
    }

    pub(crate) fn open_addresses(&self) -> Vec<&EmailAddress> {
        let all = self.started.iter().chain(&self.earlier);
        all.filter(|change| !change.progress.is_final()).map(|change| &change.new).collect()
    }

    /// AWS's newest report, unless it is older than the change that was started here: reports may lag behind.
    pub(crate) fn report(&self) -> Option<&EmailChangeReport> {
        let report = self.change.value()?;
        let open = self.started.as_ref().filter(|started| !started.progress.is_final());
        let none = report.status == EmailChangeStatus::None;
        let earlier = report.status.is_final() && open.is_some_and(|started| none || !started.is_reported_by(report));
        (!earlier).then_some(report)
    }

    pub(crate) fn state(&self, now: Timestamp) -> ChangeState<'_> {
        let started = self.started.as_ref().filter(|started| !started.progress.is_final());
        match (self.report().map(|report| &report.status), started) {
            (Some(EmailChangeStatus::Accepted), _) => ChangeState::Accepted,
            (Some(EmailChangeStatus::Failed), _) => ChangeState::Failed,
            (Some(EmailChangeStatus::Other(word)), _) => ChangeState::OtherStatus(word, started),
            (_, Some(started)) if started.is_expired(now) => ChangeState::Expired(started),
            (Some(EmailChangeStatus::Pending), Some(started)) => ChangeState::Pending(started),
            (Some(EmailChangeStatus::Pending), None) if self.is_forgotten() => ChangeState::AddressForgotten,
            (Some(EmailChangeStatus::Pending), None) => ChangeState::AddressUnknown,
            (Some(EmailChangeStatus::Completed), _) => ChangeState::Completed,
            (Some(EmailChangeStatus::None), _) => ChangeState::Quiet,
            (_, Some(started)) => match started.progress {
                StartedProgress::Accepted => ChangeState::Accepted,
                StartedProgress::Unconfirmed => ChangeState::Unconfirmed(started),
                _ => ChangeState::Pending(started),
            },
            (_, None) => match self.started.as_ref().map(|started| started.progress) {
                Some(StartedProgress::Completed) => ChangeState::Completed,
                Some(StartedProgress::Failed) => ChangeState::Failed,
                _ => ChangeState::Quiet,
            },
        }
    }

    /// The change started from here, unless another has followed it whose address is not known.
    pub(crate) fn known_start(&self, now: Timestamp) -> Option<&StartedEmailChange> {
        self.started.as_ref().filter(|_| !self.state(now).lacks_address())
    }

    /// Whether only the journal has the start of the reported change.
    fn is_forgotten(&self) -> bool {
        let reported = |report| self.journaled.iter().any(|start| start.is_reported_by(report));
        self.started.is_none() && self.report().is_some_and(reported)
    }

    pub(crate) fn is_pending(&self, now: Timestamp) -> bool {
        !matches!(self.state(now), ChangeState::Quiet | ChangeState::Failed | ChangeState::Completed)
    }

    pub(crate) fn is_alarm(&self, now: Timestamp) -> bool {
        match self.state(now) {
            ChangeState::AddressUnknown => true,
            ChangeState::Accepted => self.started.as_ref().is_none_or(|started| started.progress.is_final()),
            _ => false,
        }
    }

    /// Whether AWS's report is a saved one.
    pub(crate) fn is_kept(&self) -> bool {
        self.cached_at.is_some() && self.cached_at == self.change.last().map(|known| known.at)
    }

    /// Whether view 2 shows the account.
    pub(crate) fn is_on_board(&self, now: Timestamp) -> bool {
        self.state(now) != ChangeState::Quiet || self.change.error().is_some()
    }

    /// Whether the reported change was started here and is open.
    pub(crate) fn reports_ours(&self) -> bool {
        let open = self.started.as_ref().filter(|started| !started.progress.is_final());
        open.is_some_and(|started| self.change.value().is_none_or(|report| started.is_reported_by(report)))
    }

    /// Updates the change started here by AWS's report.
    pub(crate) fn follow_report(&mut self) {
        if let (Some(started), Some(report)) = (&mut self.started, self.change.value())
            // Another may have followed one that is over.
            && !started.progress.is_final()
            && started.is_reported_by(report)
        {
            started.progress = started.progress.after(&report.status);
        }
    }
}

/// How long to wait before the next look at an accepted change: AWS needs seconds as a rule, and may need hours.
pub(crate) fn follow_delay(looks: u32) -> Duration {
    match looks {
        0 => Duration::from_secs(5),
        1 => Duration::from_secs(30),
        _ => Duration::from_mins(5),
    }
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Emails {
    facts: HashMap<AccountId, EmailFacts>,
    version: u64,
}

impl Emails {
    pub(crate) fn iter(&self) -> impl Iterator<Item = (AccountId, &EmailFacts)> {
        self.facts.iter().map(|(id, facts)| (*id, facts))
    }

    /// A number that grows with whatever may have changed.
    pub(crate) fn version(&self) -> u64 {
        self.version
    }

    pub(crate) fn get(&self, id: AccountId) -> Option<&EmailFacts> {
        self.facts.get(&id)
    }

    pub(crate) fn entry(&mut self, id: AccountId) -> &mut EmailFacts {
        self.version += 1;
        self.facts.entry(id).or_default()
    }

    /// An open start of this run that the records do not have stays: nobody else knows its address.
    pub(crate) fn set_started(&mut self, started: Vec<StartedEmailChange>, earlier: Vec<StartedEmailChange>) {
        self.version += 1;
        let unrecorded: Vec<_> = self.facts.values_mut().filter_map(EmailFacts::take_unrecorded).collect();
        for change in earlier {
            self.entry(change.account).earlier.push(change);
        }
        for change in started {
            let account = change.account;
            let facts = self.entry(account);
            facts.started = Some(change);
            facts.follow_report();
        }
        for change in unrecorded {
            let facts = self.entry(change.account);
            let is_there = |there: &StartedEmailChange| there.new == change.new || there.started >= change.started;
            if !facts.started.as_ref().is_some_and(is_there) {
                facts.started = Some(change);
            }
        }
    }

    pub(crate) fn set_journaled(&mut self, starts: Vec<JournaledStart>) {
        self.version += 1;
        self.facts.values_mut().for_each(|facts| facts.journaled.clear());
        for start in starts {
            self.entry(start.account).journaled.push(start);
        }
    }

    /// Takes the saved alarms, where nothing newer is known.
    pub(crate) fn set_alarms(&mut self, alarms: Vec<EmailAlarm>) {
        for EmailAlarm { account, report, at } in alarms {
            let facts = self.entry(account);
            if facts.change.remember(report, at) {
                (facts.cached_at, facts.was_alarm) = (Some(at), true);
            }
        }
    }

    /// Forgets saved reports: they are of another organization.
    pub(crate) fn forget_kept(&mut self) {
        self.version += 1;
        for facts in self.facts.values_mut().filter(|facts| facts.is_kept()) {
            (facts.change, facts.cached_at) = (RemoteData::default(), None);
        }
    }

    /// The accounts with an open change or a saved alarm about which this run has not asked AWS.
    pub(crate) fn to_be_asked(&self) -> Vec<AccountId> {
        let kept = self
            .facts
            .iter()
            .filter(|(_, facts)| facts.is_kept() && !facts.change.is_loading() && facts.change.error().is_none());
        let open = self.open().into_iter();
        let not_asked = open.filter(|id| self.get(*id).is_some_and(|facts| facts.change == RemoteData::NotAsked));
        let mut ids: Vec<AccountId> = not_asked.chain(kept.map(|(id, _)| *id)).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    pub(crate) fn is_asking(&self) -> bool {
        self.facts.values().any(|facts| facts.change.is_loading())
    }

    pub(crate) fn forget(&mut self, account: AccountId) {
        self.version += 1;
        if let Some(facts) = self.facts.get_mut(&account) {
            let open = facts.started.take().into_iter().chain(facts.earlier.drain(..));
            let open = open.filter(|change| !change.progress.is_final() && change.by.is_some());
            facts.journaled.extend(open.map(|change| JournaledStart { account, at: change.started }));
        }
    }

    /// Forgets the answers that were refused while trusted access was off; whose they were.
    pub(crate) fn forget_refused(&mut self) -> Vec<AccountId> {
        let refused =
            |error: Option<&ApiError>| error.is_some_and(|error| error.kind == ApiErrorKind::TrustedAccessOff);
        let mut accounts = Vec::new();
        self.version += 1;
        for (account, facts) in &mut self.facts {
            if refused(facts.primary.error()) || refused(facts.change.error()) {
                facts.primary = RemoteData::default();
                facts.change = RemoteData::default();
                accounts.push(*account);
            }
        }
        accounts
    }

    pub(crate) fn state(&self, id: AccountId, now: Timestamp) -> ChangeState<'_> {
        self.get(id).map_or(ChangeState::Quiet, |facts| facts.state(now))
    }

    /// `None` if AWS was not asked and nothing was started here.
    pub(crate) fn known_pending(&self, id: AccountId, now: Timestamp) -> Option<bool> {
        let facts = self.get(id)?;
        let pending = facts.is_pending(now);
        (pending || facts.change.value().is_some() || facts.started.is_some()).then_some(pending)
    }

    /// Whether the time of an account's change runs out.
    pub(crate) fn counts_down(&self, id: AccountId, now: Timestamp) -> bool {
        matches!(self.state(id, now), ChangeState::Pending(_) | ChangeState::Unconfirmed(_))
    }

    pub(crate) fn open(&self) -> Vec<AccountId> {
        let open = |facts: &EmailFacts| facts.started.as_ref().is_some_and(|started| !started.progress.is_final());
        let mut ids: Vec<AccountId> = self.facts.iter().filter(|(_, facts)| open(facts)).map(|(id, _)| *id).collect();
        ids.sort_unstable();
        ids
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn started(new: &str, at: &str, progress: StartedProgress) -> StartedEmailChange {
        StartedEmailChange {
            account: "444455556666".parse().expect("an id"),
            old: "old@example.com".into(),
            new: EmailAddress::parse(new).expect("an address"),
            by: None,
            started: at.parse().expect("a time"),
            progress,
        }
    }

    /// What the records hold of the account after this run has sent a start to `new@example.com`.
    fn known_beside(records: Vec<StartedEmailChange>) -> String {
        let sent = started("new@example.com", "2026-11-29T12:00:00Z", StartedProgress::Pending);
        let mut emails = Emails::default();
        let account = sent.account;
        emails.entry(account).add_start(sent);
        emails.set_started(records, Vec::new());
        let known = emails.get(account).and_then(|facts| facts.started.as_ref());
        known.map(|change| change.new.to_string()).unwrap_or_default()
    }

    /// Records that could not take it, as with `--no-journal`, must not take its address away: AWS does not tell it.
    #[test]
    fn a_start_of_this_run_that_the_records_do_not_hold_stays_known() {
        let over = started("before@example.com", "2026-11-28T12:00:00Z", StartedProgress::Completed);
        assert_eq!(known_beside(vec![]), "new@example.com");
        assert_eq!(known_beside(vec![over]), "new@example.com");
    }

    #[test]
    fn a_later_start_of_another_copy_takes_its_place() {
        let later = started("later@example.com", "2026-11-29T12:05:00Z", StartedProgress::Pending);
        assert_eq!(known_beside(vec![later]), "later@example.com");
    }

    #[test]
    fn what_an_earlier_run_started_is_as_the_records_say() {
        let change = started("new@example.com", "2026-11-29T12:00:00Z", StartedProgress::Pending);
        let account = change.account;
        let mut emails = Emails::default();
        emails.set_started(vec![change], Vec::new());
        emails.set_started(Vec::new(), Vec::new());
        assert_eq!(emails.get(account).and_then(|facts| facts.started.clone()), None);
    }
}
