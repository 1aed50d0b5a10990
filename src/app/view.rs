#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ViewId {
    Accounts,
    EmailChanges,
    RootAccess,
    Organization,
    Readiness,
    Journal,
    /// `7 Mailbox`, in the demo.
    Mailbox,
}

impl ViewId {
    pub(crate) const ALL: [Self; 7] = [
        Self::Accounts,
        Self::EmailChanges,
        Self::RootAccess,
        Self::Organization,
        Self::Readiness,
        Self::Journal,
        Self::Mailbox,
    ];
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Pane {
    List,
    Details,
    Switches,
}
