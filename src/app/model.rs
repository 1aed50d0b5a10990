//! What is known: of the organization, its accounts and their root users, and of this machine. It changes by
//! answers and by what is sent; nothing of it depends on what is on screen.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::Start;
use super::acceptances::Acceptances;
use super::accounts::Accounts;
use super::board::Board;
use super::confirm::Awaited;
use super::effect::{Read, WriteId};
use super::findings::Findings;
use super::journal::JournalView;
use super::mailbox::Mailbox;
use super::organization::OrganizationView;
use super::outbox::Outbox;
use super::plans::Plans;
use super::profiles::Profiles;
use super::readiness::ReadinessView;
use super::recovery::Recovery;
use super::root_access::RootAccess;
use super::root_tasks::RootChoice;
use super::runs::RunUnderWay;
use super::sessions::Sessions;
use super::start_asking::StartAsking;
use super::unlock::Unlocking;
use crate::domain::account::{Account, AccountId};
use crate::domain::caller::OrgRole;
use crate::domain::change::Change;
use crate::domain::connection::Connection;
use crate::domain::emails::Emails;
use crate::domain::organization::{Organization, UnitNames};
use crate::domain::permit::Facts;
use crate::domain::remote_data::RemoteData;

/// What is known, and what goes out because of it.
#[derive(Clone, Debug)]
pub struct Model {
    pub(crate) start: Start,
    pub(crate) now: Timestamp,
    pub(crate) connection: RemoteData<Connection>,
    pub(crate) profiles: Profiles,
    pub(crate) organization: RemoteData<Organization>,
    pub(crate) org_role: RemoteData<OrgRole>,
    pub(crate) units: RemoteData<UnitNames>,
    pub(crate) stored: RemoteData<()>,
    pub(crate) accounts: Accounts,
    pub(super) kept_of: Option<String>,
    pub(crate) emails: Emails,
    pub(crate) board: Board,
    /// Asking about the changes of all accounts at the start.
    pub(crate) start_asking: StartAsking,
    /// The email changes that were accepted together last, and what came of them.
    pub(crate) acceptances: Option<Acceptances>,
    pub(crate) switches: OrganizationView,
    pub(crate) readiness: ReadinessView,
    pub(crate) awaited: Vec<Awaited>,
    pub(crate) root: RootAccess,
    /// The run over accounts that is under way; there is one at a time.
    pub(crate) under_way: Option<RunUnderWay>,
    /// The bulk plans of email changes.
    pub(crate) plans: Plans,
    pub(crate) recovery: Recovery,
    pub(crate) sessions: Sessions,
    pub(crate) unlocking: Unlocking,
    /// The root task that goes on once the features are read.
    pub(super) root_next: Option<RootChoice>,
    /// What the listings showed to be otherwise than before, and nobody has read yet.
    pub(crate) findings: Findings,
    pub(crate) journal: JournalView,
    pub(crate) mailbox: Mailbox,
    pub(crate) writes: BTreeMap<WriteId, Change>,
    pub(super) sent_at: BTreeMap<WriteId, Timestamp>,
    /// When the last starts of email changes had their turn, for each account.
    pub(super) start_turns: BTreeMap<AccountId, Vec<Timestamp>>,
    /// What goes out at the end of the message.
    pub(super) out: Outbox,
}

impl Model {
    /// Nothing is known yet.
    pub(super) fn new(start: Start) -> Self {
        let mut switches = OrganizationView::default();
        switches.recompute();
        Self {
            now: start.now,
            connection: RemoteData::default(),
            profiles: Profiles::default(),
            organization: RemoteData::default(),
            org_role: RemoteData::default(),
            units: RemoteData::default(),
            stored: RemoteData::default(),
            accounts: Accounts::default(),
            kept_of: None,
            emails: Emails::default(),
            board: Board::default(),
            start_asking: StartAsking::default(),
            acceptances: None,
            switches,
            readiness: ReadinessView::default(),
            awaited: Vec::new(),
            root: RootAccess::default(),
            under_way: None,
            plans: Plans::default(),
            recovery: Recovery::default(),
            sessions: Sessions::default(),
            unlocking: Unlocking::default(),
            root_next: None,
            findings: Findings::default(),
            journal: JournalView::default(),
            mailbox: Mailbox::default(),
            writes: BTreeMap::new(),
            sent_at: BTreeMap::new(),
            start_turns: BTreeMap::new(),
            out: Outbox::default(),
            start,
        }
    }

    /// Asks the first questions.
    pub(super) fn ask_first(&mut self) {
        self.read(Read::Stored);
        self.read(Read::Connect);
    }

    /// What is known now, for the question whether a change about `account` may be made.
    #[must_use]
    pub fn facts<'a>(&'a self, account: Option<&'a Account>) -> Facts<'a> {
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

    /// The partition of the caller's ARN, for the ARNs of task policies.
    #[must_use]
    pub fn partition(&self) -> &str {
        self.connection.value().map_or("aws", |connection| connection.caller.partition())
    }
}
