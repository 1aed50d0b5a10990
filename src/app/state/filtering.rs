use jiff::Timestamp;

use crate::app::filter::Beside;
use crate::app::state::contacts::KnownContacts;
use crate::app::state::findings::Findings;
use crate::app::state::root_access::RootAccess;
use crate::app::state::root_state::{RootFacts, RootState};
use crate::domain::account::{Account, AccountId};
use crate::domain::emails::{ChangeState, Emails};
use crate::domain::organization::Organization;
use crate::domain::permit::skipped_in_root_access;
use crate::domain::root_credentials::RootAudit;

/// The sources of what is known about accounts besides the listing.
#[derive(Clone, Copy)]
pub(in crate::app) struct Sources<'a> {
    pub(in crate::app) emails: &'a Emails,
    pub(in crate::app) root: &'a RootAccess,
    pub(in crate::app) findings: &'a Findings,
    pub(in crate::app) contacts: &'a KnownContacts,
    pub(in crate::app) organization: Option<&'a Organization>,
    /// What the organization is called where there are several.
    pub(in crate::app) organization_name: &'a str,
    pub(in crate::app) now: Timestamp,
}

impl<'a> Sources<'a> {
    /// Findings that need no second factor first, then as view 3.
    pub(in crate::app) fn root_order(self, account: &Account) -> (RootState, bool) {
        let root = self.beside(account).root;
        (root.state, !root.audit.is_some_and(RootAudit::lacks_mfa))
    }

    /// Open changes first, of these the ones that need a person; accounts without a change last.
    pub(in crate::app) fn change_order(self, account: AccountId) -> u8 {
        match self.emails.state(account, self.now) {
            ChangeState::AddressUnknown => 0,
            ChangeState::Unconfirmed(_) | ChangeState::OtherStatus(..) | ChangeState::AddressForgotten => 1,
            ChangeState::Pending(_) => 2,
            ChangeState::Accepted => 3,
            ChangeState::Failed => 4,
            ChangeState::Expired(_) => 5,
            ChangeState::Quiet | ChangeState::Completed => 6,
        }
    }

    pub(in crate::app) fn organization_id(self) -> &'a str {
        self.organization.map_or("", |organization| organization.id.as_str())
    }

    pub(in crate::app) fn beside(self, account: &Account) -> Beside<'a> {
        let skipped = skipped_in_root_access(account, self.organization).is_some();
        let audit = self.root.audit(account.id);
        Beside {
            pending: self.emails.known_pending(account.id, self.now),
            root: RootFacts { state: RootState::of(audit, skipped, self.now), audit, now: self.now },
            found: self.findings.kinds_of(account.id).with_contacts(self.contacts.of(account.id)),
            organization: [self.organization_name, self.organization_id()],
        }
    }
}
