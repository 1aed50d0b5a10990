//! What the program wants done outside itself, as plain data.

use std::time::Duration;

use super::asked::ReadId;
use super::notice::NoticeId;
use crate::domain::account::AccountId;
use crate::domain::change::Switch;
use crate::domain::write::WriteRequest;

/// The number of a write. Each is used once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WriteId(pub u64);

/// Something for the runtime to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Ask AWS, or this machine; the answer comes back with the number.
    Read(ReadId, Read),
    /// Make a confirmed change; what came of it comes back with the number.
    Write(WriteId, Box<WriteRequest>),
    /// Send this message back after this time.
    Wake(Duration, Wake),
    /// Put this text on the clipboard of the machine the person sits at.
    Copy(String),
    /// Stop the process until the shell resumes it.
    Suspend,
    /// Draw everything anew.
    Redraw,
    /// Leave.
    Quit,
}

/// A question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Read {
    /// What this machine keeps: started email changes, the last listing.
    Stored,
    /// Load credentials and configuration, and ask AWS whose they are.
    Connect,
    /// `DescribeOrganization`.
    Organization,
    /// What the caller is in the organization.
    Standing,
    /// `ListAccounts`, page by page.
    Accounts,
    /// The names of the organizational units.
    UnitNames,
    /// `ListAWSServiceAccessForOrganization`.
    TrustedAccess,
    /// `ListOrganizationsFeatures`.
    RootFeatures,
    /// `ListDelegatedAdministrators` and what each is delegated for.
    DelegatedAdministrators,
    /// `GetPrimaryEmail`.
    PrimaryEmail(AccountId),
    /// `GetPrimaryEmailUpdateStatus`.
    EmailChange(AccountId),
}

/// Why the program wanted to be woken.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Wake {
    /// The cursor has rested; the number tells whether it moved since.
    Rest(u64),
    /// A notice has been shown long enough.
    Fade(NoticeId),
    /// A countdown on screen goes on.
    Minute,
    /// See whether AWS shows a switch as it was set.
    LookAt(Switch),
    /// See how far an accepted email change has come.
    Follow(AccountId),
}
