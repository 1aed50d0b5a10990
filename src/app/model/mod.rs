//! What is known about the organization, its accounts and their root users, and this machine. Only
//! answers and what is sent change it; nothing in it depends on what is on screen.

pub(crate) mod asking;
pub(in crate::app) mod availability;
pub(in crate::app) mod changes;
pub(in crate::app) mod filtering;
pub(in crate::app) mod journal;
pub(in crate::app) mod mails;
pub(in crate::app) mod plans;
pub(crate) mod policies;
pub(in crate::app) mod profiles;
pub(in crate::app) mod readiness;
pub(in crate::app) mod reads;
pub(in crate::app) mod refused;
pub(in crate::app) mod resolving;
pub(in crate::app) mod root_access;
pub(in crate::app) mod root_tasks;
pub(in crate::app) mod root_writes;
pub(in crate::app) mod runs;
pub(in crate::app) mod sessions;
pub(in crate::app) mod shown_commands;
pub(in crate::app) mod start_asking;
pub(in crate::app) mod store;
pub(in crate::app) mod switches;
pub(in crate::app) mod writes;

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::app::effect::Read;
use crate::app::field::TextField;
use crate::app::ids::WriteId;
use crate::app::list::OwnRows;
use crate::app::outbox::Outbox;
use crate::app::start::Start;
use crate::app::state::acceptances::Acceptances;
use crate::app::state::accounts::Accounts;
use crate::app::state::awaited::Awaited;
use crate::app::state::board::Board;
use crate::app::state::choices::RootChoice;
use crate::app::state::contacts::KnownContacts;
use crate::app::state::findings::Findings;
use crate::app::state::journal::JournalView;
use crate::app::state::mailbox::Mailbox;
use crate::app::state::organization::OrganizationView;
use crate::app::state::plans::Plans;
use crate::app::state::policies::Unlocking;
use crate::app::state::profiles::Profiles;
use crate::app::state::readiness::ReadinessView;
use crate::app::state::recovery::Recovery;
use crate::app::state::root_access::RootAccess;
use crate::app::state::runs::RunInProgress;
use crate::app::state::sessions::Sessions;
use crate::app::state::start_asking::StartAsking;
use crate::domain::account::{Account, AccountId};
use crate::domain::caller::OrgRole;
use crate::domain::change::Change;
use crate::domain::connection::Connection;
use crate::domain::control_policy::Controls;
use crate::domain::emails::Emails;
use crate::domain::organization::{Organization, UnitNames};
use crate::domain::permit::Facts;
use crate::domain::remote_data::RemoteData;

#[derive(Clone, Debug)]
pub(crate) struct Model {
    pub(crate) start: Start,
    pub(crate) now: Timestamp,
    pub(crate) connection: RemoteData<Connection>,
    pub(crate) profiles: Profiles,
    pub(crate) organization: RemoteData<Organization>,
    pub(crate) org_role: RemoteData<OrgRole>,
    pub(crate) units: RemoteData<UnitNames>,
    pub(crate) stored: RemoteData<()>,
    pub(crate) accounts: Accounts,
    pub(in crate::app) cached_organization: Option<String>,
    pub(crate) emails: Emails,
    pub(crate) contacts: KnownContacts,
    pub(crate) board: Board,
    pub(crate) start_asking: StartAsking,
    pub(crate) acceptances: Option<Acceptances>,
    pub(crate) switches: OrganizationView,
    pub(crate) readiness: ReadinessView,
    pub(crate) awaited: Vec<Awaited>,
    pub(crate) root: RootAccess,
    /// There is one at a time.
    pub(crate) in_progress: Option<RunInProgress>,
    pub(crate) plans: Plans,
    pub(crate) recovery: Recovery,
    /// What SCPs and RCPs leave to root sessions, by account.
    pub(crate) controls: BTreeMap<AccountId, RemoteData<Controls>>,
    pub(crate) sessions: Sessions,
    pub(crate) unlocking: Unlocking,
    pub(in crate::app) root_next: Option<RootChoice>,
    pub(crate) findings: Findings,
    pub(crate) journal: JournalView,
    pub(crate) mailbox: Mailbox,
    pub(crate) writes: BTreeMap<WriteId, Change>,
    pub(in crate::app) sent_at: BTreeMap<WriteId, Timestamp>,
    /// When the recent starts of email changes go or went out, per account.
    pub(in crate::app) start_turns: BTreeMap<AccountId, Vec<Timestamp>>,
    /// The addresses that were typed when the dialogs of these accounts were last closed.
    pub(in crate::app) drafts: BTreeMap<AccountId, TextField>,
    pub(in crate::app) out: Outbox,
}

impl Model {
    pub(in crate::app) fn new(start: Start) -> Self {
        let mut switches = OrganizationView::default();
        switches.recompute();
        let is_merged = start.place.is_some();
        Self {
            now: start.now,
            connection: RemoteData::default(),
            profiles: Profiles::default(),
            organization: RemoteData::default(),
            org_role: RemoteData::default(),
            units: RemoteData::default(),
            stored: RemoteData::default(),
            accounts: Accounts::new(start.columns.clone(), is_merged),
            cached_organization: None,
            emails: Emails::default(),
            contacts: KnownContacts::default(),
            board: Board { own: OwnRows::new(is_merged), ..Board::default() },
            start_asking: StartAsking::default(),
            acceptances: None,
            switches,
            readiness: ReadinessView::default(),
            awaited: Vec::new(),
            root: RootAccess { own: OwnRows::new(is_merged), ..RootAccess::default() },
            in_progress: None,
            plans: Plans::default(),
            recovery: Recovery::default(),
            controls: BTreeMap::new(),
            sessions: Sessions::default(),
            unlocking: Unlocking::default(),
            root_next: None,
            findings: Findings::default(),
            journal: JournalView::default(),
            mailbox: Mailbox::default(),
            writes: BTreeMap::new(),
            sent_at: BTreeMap::new(),
            start_turns: BTreeMap::new(),
            drafts: BTreeMap::new(),
            out: Outbox::default(),
            start,
        }
    }

    pub(in crate::app) fn ask_first(&mut self) {
        self.read(Read::Stored);
        self.read(Read::Connect);
    }

    pub(crate) fn facts<'a>(&'a self, account: Option<&'a Account>) -> Facts<'a> {
        Facts {
            rules: &self.start.rules,
            caller: self.connection.current().map(|connection| &connection.caller),
            organization: self.organization.value(),
            org_role: self.org_role.value(),
            account,
            trusted_access: self.switches.trusted.current(),
            root_features: self.switches.features.current(),
            delegates: self.switches.delegates.current().map(Vec::as_slice),
            endpoint: self.endpoint(),
        }
    }

    pub(in crate::app) fn management(&self) -> Option<AccountId> {
        self.organization.value().map(|organization| organization.management_account)
    }

    /// From the caller's ARN, for the ARNs of task policies.
    pub(crate) fn partition(&self) -> &str {
        self.connection.value().map_or("aws", |connection| connection.caller.partition())
    }
}
