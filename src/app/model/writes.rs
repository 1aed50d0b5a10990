use crate::app::effect::{Effect, Read};
use crate::app::ids::WriteId;
use crate::app::model::Model;
use crate::app::shell::reads::reading_of;
use crate::domain::account::AccountId;
use crate::domain::account_change::AccountChange;
use crate::domain::change::{Change, Switch};
use crate::domain::contacts::Contact;
use crate::domain::email_change::EmailChangeStatus;
use crate::domain::emails::EmailFacts;
use crate::domain::remote_data::RemoteData;
use crate::domain::root_change::RootChange;
use crate::domain::write::{Seen, WriteRequest};

impl Model {
    /// Sends a confirmed change, with its account as it is known now. This is the only place that sends a single one.
    pub(in crate::app) fn send(&mut self, request: WriteRequest) -> WriteId {
        let id = self.out.write_id();
        let account = request.change.account().and_then(|account| self.accounts.get(account)).cloned();
        self.writes.insert(id, request.change.clone());
        self.sent_at.insert(id, self.now);
        if let Change::StartEmailChange { account, .. } = &request.change {
            self.take_start_turn(*account);
        }
        if let Change::Root { account, change: RootChange::AllowPasswordRecovery } = &request.change {
            self.recovery.allowing(*account, request.until);
        }
        self.out.push(Effect::Write(id, Box::new(WriteRequest { account, ..request })));
        id
    }

    /// Whether AWS shows the result of `change`. A pending email change is no proof: it can be an
    /// earlier one, with another address.
    pub(in crate::app) fn is_seen_done(&self, change: &Change) -> bool {
        if let Some(shown) = self.shows_delegation(change) {
            return shown;
        }
        if let Change::Account { account, change, .. } = change {
            return self.shows_account(*account, change);
        }
        match (change, change.switch()) {
            (_, Some((switch, on))) => self.shows(switch, on),
            (Change::AcceptEmailChange { .. }, None) => {
                let facts = change.account().and_then(|account| self.emails.get(account));
                let report = facts.filter(|facts| facts.change.current().is_some()).and_then(EmailFacts::report);
                report.is_some_and(|report| {
                    matches!(report.status, EmailChangeStatus::Accepted | EmailChangeStatus::Completed)
                })
            }
            _ => false,
        }
    }

    fn shows_account(&self, account: AccountId, change: &AccountChange) -> bool {
        let known = self.contacts.of(account).and_then(RemoteData::current);
        let present = |kind| known.map(|contacts| contacts.alternate(kind));
        match change {
            AccountChange::PutContact(kind, contact, _) => {
                present(*kind).and_then(Contact::present).is_some_and(|there| *there == **contact)
            }
            AccountChange::DeleteContact(kind, _) => present(*kind) == Some(&Contact::Absent),
            AccountChange::PutPrimaryContact(contact) => {
                known.and_then(|contacts| contacts.primary.present()).is_some_and(|there| *there == **contact)
            }
            AccountChange::Rename { new, .. } => {
                self.accounts.get(account).is_some_and(|account| account.name == new.as_str())
            }
        }
    }

    pub(in crate::app) fn apply_seen(&mut self, change: &Change, seen: Seen) {
        let now = self.now;
        match seen {
            Seen::Nothing => {}
            Seen::TrustedAccess(result) => self.switches.trusted.set(result, now),
            Seen::Delegates(result) => self.switches.delegates.set(result, now),
            Seen::RootFeatures(result) => self.switches.features.set(result, now),
            Seen::Email { report, email } => {
                let Some(account) = change.account() else { return };
                let facts = self.emails.entry(account);
                // A report from before the write says nothing about it.
                facts.change = RemoteData::default();
                facts.change.set(report, now);
                facts.primary.set(email, now);
            }
            Seen::Contact(_) | Seen::PrimaryContact(_) | Seen::AccountName(_) => self.apply_account_seen(change, seen),
            Seen::RootCredentials(_) | Seen::LoginProfile(_) | Seen::Policy(_) => {}
        }
    }

    /// The contact, or the name, as it is now.
    fn apply_account_seen(&mut self, change: &Change, seen: Seen) {
        let Change::Account { account, change, .. } = change else { return };
        let now = self.now;
        match (change, seen) {
            (AccountChange::PutContact(kind, ..) | AccountChange::DeleteContact(kind, _), Seen::Contact(result)) => {
                self.contacts.apply(*account, |contacts| *contacts.alternate_mut(*kind) = Contact::read(result), now);
            }
            (_, Seen::PrimaryContact(result)) => {
                let primary = result.map(|found| found.map(|found| *found));
                self.contacts.apply(*account, |contacts| contacts.primary = Contact::read(primary), now);
            }
            (_, Seen::AccountName(Ok(name))) => self.accounts.rename(*account, &name, self.units.value()),
            _ => {}
        }
    }

    pub(in crate::app) fn status_after(&self, change: &Change) -> Option<EmailChangeStatus> {
        let facts = self.emails.get(change.account()?)?;
        facts.change.current().map(|report| report.status.clone())
    }

    pub(in crate::app) fn shows(&self, switch: &Switch, on: bool) -> bool {
        let known = match reading_of(switch) {
            Read::TrustedAccess => self.switches.trusted.current().is_some(),
            _ => self.switches.features.current().is_some(),
        };
        known && self.switches.is_on(switch) == Some(on)
    }
}
