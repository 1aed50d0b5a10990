//! The views by their ids.

use super::view::View;
use super::{accounts, email_changes, journal, mailbox, organization, readiness, root_access};
use crate::app::view::ViewId;

pub(in crate::app) fn view(id: ViewId) -> &'static dyn View {
    match id {
        ViewId::Accounts => &accounts::Accounts,
        ViewId::EmailChanges => &email_changes::EmailChanges,
        ViewId::RootAccess => &root_access::RootAccess,
        ViewId::Organization => &organization::Organization,
        ViewId::Readiness => &readiness::Readiness,
        ViewId::Journal => &journal::Journal,
        ViewId::Mailbox => &mailbox::Mailbox,
    }
}
