/// The views, by their numbers on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ViewId {
    /// `1 Accounts`.
    Accounts,
    /// `2 Email changes`.
    EmailChanges,
    /// `3 Root access`.
    RootAccess,
    /// `4 Organization`.
    Organization,
    /// `5 Readiness`.
    Readiness,
    /// `6 Journal`.
    Journal,
    /// `7 Mailbox`, in the demo.
    Mailbox,
}

/// The panes of view 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Pane {
    /// The list.
    List,
    /// The details of the selected account.
    Details,
    /// Trusted access and root features.
    Switches,
}
