use std::sync::Arc;

use crate::app::effect::{Effect, Read, Wake};
use crate::app::model::Model;
use crate::app::notification::Notification;
use crate::app::state::accounts::Accounts;
use crate::domain::account::{Account, AccountId};
use crate::domain::api_error::ApiError;
use crate::domain::email_change::{EmailChangeReport, EmailChangeStatus, StartedProgress};
use crate::domain::emails::follow_delay;
use crate::domain::remote_data::{ReadId, RemoteData};

/// The listing of so many accounts takes so long that those on screen are read first.
const LONG_LISTING: usize = 1000;

trait Question {
    fn start(&mut self, id: ReadId);
    fn is_loading(&self) -> bool;
}

impl<T> Question for RemoteData<T> {
    fn start(&mut self, id: ReadId) {
        Self::start(self, id);
    }

    fn is_loading(&self) -> bool {
        Self::is_loading(self)
    }
}

impl Question for Accounts {
    fn start(&mut self, id: ReadId) {
        Self::start(self, id);
    }

    fn is_loading(&self) -> bool {
        self.read().is_loading()
    }
}

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
        if !self.is_reading(read) {
            self.reload(read);
        }
    }

    /// Asks `read`; an answer to the same question in progress is too old then.
    pub(in crate::app) fn reload(&mut self, read: Read) {
        let id = self.out.read_id();
        self.asked(read).start(id);
        self.out.push(Effect::Read(id, read));
        if read == Read::Accounts && self.accounts.len() >= LONG_LISTING {
            let shown = self.accounts.list.visible().to_vec();
            self.out.push(Effect::ReadFirst(id, shown));
        }
    }

    /// Some pages of the listing. None is unawaited: those of an older read are dropped one by one.
    pub(in crate::app) fn apply_page(&mut self, id: ReadId, accounts: Vec<Arc<Account>>) -> bool {
        self.accounts.page(id, accounts, self.units.value());
        true
    }

    /// An account of the listing that was read by itself.
    pub(in crate::app) fn apply_first(&mut self, id: ReadId, account: Account) -> bool {
        self.accounts.first(id, account, self.units.value());
        true
    }

    /// The same for what nobody asked for: it waits for what people ask.
    pub(in crate::app) fn read_in_background(&mut self, read: Read) {
        if !self.is_reading(read) {
            let id = self.out.read_id();
            self.asked(read).start(id);
            self.out.push(Effect::ReadInBackground(id, read));
        }
    }

    pub(in crate::app) fn is_reading(&mut self, read: Read) -> bool {
        self.asked(read).is_loading()
    }

    fn asked(&mut self, read: Read) -> &mut dyn Question {
        match read {
            Read::Stored => &mut self.stored,
            Read::Profiles => &mut self.profiles.listed,
            Read::Connect => &mut self.connection,
            Read::Organization => &mut self.organization,
            Read::OrgRole => &mut self.org_role,
            Read::Accounts => &mut self.accounts,
            Read::UnitNames => &mut self.units,
            Read::TrustedAccess => &mut self.switches.trusted,
            Read::RootFeatures => &mut self.switches.features,
            Read::DelegatedAdministrators => &mut self.switches.delegates,
            Read::PrimaryEmail(account) => &mut self.emails.entry(account).primary,
            Read::EmailChange(account) => &mut self.emails.entry(account).change,
            Read::Contacts(account) => self.contacts.entry(account),
            Read::Controls(account) => self.controls.entry(account).or_default(),
            Read::Journal => &mut self.journal.journal,
            Read::Resolve(_) => &mut self.journal.unresolved.resolving,
            Read::Readiness => &mut self.readiness.simulated_result,
            Read::Calls => &mut self.readiness.calls,
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
                    self.reload(Read::PrimaryEmail(account));
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
