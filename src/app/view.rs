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

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Pane {
    List,
    Details,
    Switches,
}
