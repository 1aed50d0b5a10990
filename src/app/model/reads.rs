use crate::app::effect::{Effect, Read, Wake};
use crate::app::model::Model;
use crate::app::notification::Notification;
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiError;
use crate::domain::email_change::{EmailChangeReport, EmailChangeStatus, StartedProgress};
use crate::domain::emails::follow_delay;

impl Model {
    /// Asks AWS again for the accounts, and for the email of the one that details are about.
    pub(in crate::app) fn refresh_accounts(&mut self, details: Option<AccountId>) {
        self.read(Read::Accounts);
        self.read(Read::UnitNames);
        if let Some(account) = details.filter(|id| self.emails.get(*id).is_some()) {
            self.read_email(account);
        }
    }

    /// Asks `read`, unless the same question is in progress.
    pub(in crate::app) fn read(&mut self, read: Read) {
        if self.is_reading(read) {
            return;
        }
        self.read_anew(read);
    }

    /// Asks `read`; an answer to the same question in progress is too old then.
    pub(in crate::app) fn read_anew(&mut self, read: Read) {
        let id = self.out.read_id();
        match read {
            Read::Stored => self.stored.start(id),
            Read::Profiles => self.profiles.listed.start(id),
            Read::Connect => self.connection.start(id),
            Read::Organization => self.organization.start(id),
            Read::OrgRole => self.org_role.start(id),
            Read::Accounts => self.accounts.start(id),
            Read::UnitNames => self.units.start(id),
            Read::TrustedAccess => self.switches.trusted.start(id),
            Read::RootFeatures => self.switches.features.start(id),
            Read::DelegatedAdministrators => self.switches.delegates.start(id),
            Read::PrimaryEmail(account) => self.emails.entry(account).primary.start(id),
            Read::EmailChange(account) => self.emails.entry(account).change.start(id),
            Read::Journal => self.journal.journal.start(id),
            Read::Resolve(_) => self.journal.unresolved.resolving.start(id),
            Read::Readiness => self.readiness.simulated_result.start(id),
            Read::Calls => self.readiness.calls.start(id),
        }
        self.out.push(Effect::Read(id, read));
    }

    pub(in crate::app) fn is_reading(&self, read: Read) -> bool {
        match read {
            Read::Stored => self.stored.is_loading(),
            Read::Profiles => self.profiles.listed.is_loading(),
            Read::Connect => self.connection.is_loading(),
            Read::Organization => self.organization.is_loading(),
            Read::OrgRole => self.org_role.is_loading(),
            Read::Accounts => self.accounts.read().is_loading(),
            Read::UnitNames => self.units.is_loading(),
            Read::TrustedAccess => self.switches.trusted.is_loading(),
            Read::RootFeatures => self.switches.features.is_loading(),
            Read::DelegatedAdministrators => self.switches.delegates.is_loading(),
            Read::PrimaryEmail(id) => self.emails.get(id).is_some_and(|facts| facts.primary.is_loading()),
            Read::Journal => self.journal.journal.is_loading(),
            Read::Resolve(_) => self.journal.unresolved.resolving.is_loading(),
            Read::Readiness => self.readiness.simulated_result.is_loading(),
            Read::Calls => self.readiness.calls.is_loading(),
            Read::EmailChange(id) => self.emails.get(id).is_some_and(|facts| facts.change.is_loading()),
        }
    }

    pub(in crate::app) fn read_email(&mut self, account: AccountId) {
        self.read(Read::PrimaryEmail(account));
        self.read(Read::EmailChange(account));
    }

    /// Checks the changes and the alarms of earlier runs that AWS has reported nothing about yet.
    pub(in crate::app) fn look_at_open(&mut self) {
        if self.connection.current().is_none() {
            return;
        }
        self.ask_about(self.emails.to_be_asked());
    }

    /// The report on an email change from a run.
    pub(in crate::app) fn apply_email_change(
        &mut self,
        account: AccountId,
        result: Result<EmailChangeReport, ApiError>,
    ) {
        let now = self.now;
        self.emails.entry(account).change.set(result, now);
        self.follow_email(account);
    }

    /// Accepted changes are followed until they end.
    pub(in crate::app) fn follow_email(&mut self, account: AccountId) {
        let now = self.now;
        let facts = self.emails.entry(account);
        let is_alarm = facts.is_alarm(now);
        let was_alarm = std::mem::replace(&mut facts.was_alarm, is_alarm);
        let ours = facts.reports_ours();
        let accepted = facts.started.as_ref().is_some_and(|started| started.progress == StartedProgress::Accepted);
        let followed = facts.looks.is_some() || accepted;
        facts.follow_report();
        let current = facts.change.current().is_some();
        let status = facts.report().filter(|_| current).map(|report| report.status.clone());
        match status {
            Some(EmailChangeStatus::Accepted) => self.look_later(account),
            // A report made before an acceptance can arrive after it.
            None | Some(EmailChangeStatus::Pending | EmailChangeStatus::None | EmailChangeStatus::Other(_))
                if followed =>
            {
                self.look_later(account);
            }
            Some(EmailChangeStatus::Completed) => {
                facts.looks = None;
                if ours || followed || was_alarm {
                    facts.announce = true;
                    self.read_anew(Read::PrimaryEmail(account));
                }
            }
            Some(EmailChangeStatus::Failed) => {
                facts.looks = None;
                if ours || followed {
                    self.out.notify(Notification::EmailFailed(account));
                }
            }
            Some(EmailChangeStatus::None | EmailChangeStatus::Pending | EmailChangeStatus::Other(_)) | None => {}
        }
        self.accounts.mark_dirty();
    }

    /// After a completed change, the list shows the new address once AWS reports it.
    pub(in crate::app) fn announce_email(&mut self, account: AccountId) {
        let facts = self.emails.entry(account);
        if let Some(email) = facts.primary.current().filter(|_| facts.announce).cloned() {
            facts.announce = false;
            let is_ours = facts.started.as_ref().is_some_and(|started| started.new.same_mailbox(&email));
            let is_new = self.accounts.get(account).is_none_or(|account| account.email != email);
            self.accounts.set_email(account, &email);
            match (is_ours, is_new) {
                (true, _) => self.out.notify(Notification::EmailCompleted(account, email)),
                (false, true) => self.out.notify(Notification::EmailChangedElsewhere(account, email)),
                // A change started elsewhere has ended, and the address is unchanged.
                (false, false) => {}
            }
        }
    }

    fn look_later(&mut self, account: AccountId) {
        let facts = self.emails.entry(account);
        // One timer at a time: manual checks come in between.
        if std::mem::replace(&mut facts.look_due, true) {
            return;
        }
        let looks = &mut facts.looks;
        let delay = follow_delay(looks.unwrap_or(0));
        *looks = Some(looks.unwrap_or(0).saturating_add(1));
        self.out.push(Effect::Wake(delay, Wake::Follow(account)));
    }
}
