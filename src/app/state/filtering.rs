use jiff::Timestamp;

use crate::app::filter::Beside;
use crate::app::state::findings::Findings;
use crate::app::state::root_access::RootAccess;
use crate::app::state::root_state::{RootFacts, RootState};
use crate::domain::account::Account;
use crate::domain::emails::Emails;
use crate::domain::organization::Organization;
use crate::domain::permit::skipped_in_root_access;

/// The sources of what is known about accounts besides the listing.
#[derive(Clone, Copy)]
pub(in crate::app) struct Sources<'a> {
    pub(in crate::app) emails: &'a Emails,
    pub(in crate::app) root: &'a RootAccess,
    pub(in crate::app) findings: &'a Findings,
    pub(in crate::app) organization: Option<&'a Organization>,
    pub(in crate::app) now: Timestamp,
}

impl<'a> Sources<'a> {
    pub(in crate::app) fn beside(self, account: &Account) -> Beside<'a> {
        let skipped = skipped_in_root_access(account, self.organization).is_some();
        let audit = self.root.audit(account.id);
        Beside {
            pending: self.emails.known_pending(account.id, self.now),
            root: RootFacts { state: RootState::of(audit, skipped), audit },
            found: self.findings.kinds_of(account.id),
        }
    }
}
