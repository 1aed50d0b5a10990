use crate::app::command_id::DisabledReason;
use crate::app::filter::Beside;
use crate::app::filter::Filter;
use crate::app::list::List;
use crate::app::model::Model;
use crate::app::start::Start;
use crate::app::state::filtering::Sources;
use crate::app::state::root_state::{RootFacts, RootState};
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiError;
use crate::domain::organization::Organization;
use crate::domain::remote_data::{ReadId, RemoteData};

impl Model {
    pub(in crate::app) fn mark_filtered_dirty(&mut self) {
        self.accounts.mark_filtered_dirty();
        if self.board.filter.asks_beside() {
            self.board.derived.invalidate();
        }
        if self.root.filter.asks_beside() {
            self.root.derived.invalidate();
        }
    }

    /// Brings the rows of view 1 up to date, and says how often they have changed. What is computed from
    /// accounts asks here, so it never sees old ones.
    pub(in crate::app) fn fresh_accounts(&mut self) -> u64 {
        let (emails, root, findings, contacts) = (&self.emails, &self.root, &self.findings, &self.contacts);
        let (organization, organization_name) = (self.organization.value(), name_of(&self.start, &self.organization));
        let sources = Sources { emails, root, findings, contacts, organization, organization_name, now: self.now };
        self.accounts.recompute(sources);
        self.accounts.version()
    }

    pub(in crate::app) fn sources(&self) -> Sources<'_> {
        let (emails, root, findings, contacts) = (&self.emails, &self.root, &self.findings, &self.contacts);
        let (organization, organization_name) = (self.organization.value(), self.organization_name());
        Sources { emails, root, findings, contacts, organization, organization_name, now: self.now }
    }

    /// What a person calls it: the profile that leads to it, or else its id.
    pub(crate) fn organization_name(&self) -> &str {
        name_of(&self.start, &self.organization)
    }

    /// Whether the account is one of this organization, as far as its model knows. A list over several organizations
    /// has the rows of others, too.
    pub(crate) fn is_own(&self, id: AccountId) -> bool {
        self.start.place.is_none() || self.accounts.get(id).is_some() || self.emails.get(id).is_some()
    }

    /// The rows of a list that are about this organization.
    pub(in crate::app) fn own_in<'a>(&'a self, list: &'a List<AccountId>) -> impl Iterator<Item = &'a AccountId> {
        list.rows().iter().filter(|id| self.is_own(**id))
    }

    /// Works for accounts that are not listed, too.
    pub(in crate::app) fn beside(&self, id: AccountId) -> Beside<'_> {
        let sources = self.sources();
        self.accounts.get(id).map_or_else(
            || Beside {
                pending: sources.emails.known_pending(id, sources.now),
                root: RootFacts { state: RootState::Skipped, audit: sources.root.audit(id), now: sources.now },
                found: sources.findings.kinds_of(id).with_contacts(sources.contacts.of(id)),
                organization: [sources.organization_name, sources.organization_id()],
            },
            |account| sources.beside(account),
        )
    }

    /// All accounts are listed, or why not; whether it was the read waited for.
    pub(in crate::app) fn end_listing(&mut self, id: ReadId, result: Result<(), ApiError>) -> bool {
        let awaited = self.accounts.end(id, result, self.now);
        self.judge_addresses();
        awaited
    }

    pub(in crate::app) fn judge_addresses(&mut self) {
        self.findings.judge_addresses(self.accounts.listed(), &self.start.rules);
        self.mark_filtered_dirty();
    }

    pub(in crate::app) fn is_let_by(&self, filter: &Filter, id: AccountId) -> bool {
        self.accounts.is_let_by(filter, id, |account| self.sources().beside(account))
    }

    pub(in crate::app) fn has_marks(&self) -> Result<(), DisabledReason> {
        if self.root.marks.is_empty() { Err(DisabledReason::NothingMarked) } else { Ok(()) }
    }

    pub(in crate::app) fn can_undo_marks(&self) -> Result<(), DisabledReason> {
        if self.root.marks.can_undo() { Ok(()) } else { Err(DisabledReason::NothingToUndo) }
    }

    /// AWS has answered about an account. If it was marked for that, the mark goes.
    pub(in crate::app) fn asked_about_mark(&mut self, account: AccountId) {
        let answered = self.emails.get(account).is_some_and(|facts| facts.change.current().is_some());
        if self.root.asked.remove(&account) && answered {
            self.unmark([account]);
        }
    }

    /// Removes the marks of these accounts: what they were marked for is done.
    pub(in crate::app) fn unmark(&mut self, done: impl IntoIterator<Item = AccountId>) {
        self.root.marks.use_up(done);
    }
}

fn name_of<'a>(start: &'a Start, organization: &'a RemoteData<Organization>) -> &'a str {
    let id = || organization.value().map(|organization| organization.id.as_str());
    start.profile.as_deref().or_else(id).unwrap_or_default()
}
