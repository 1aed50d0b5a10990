//! What stays open when the program ends.

/// The names of the accounts in which something stays open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct LeftBehind {
    /// An email change that was started elsewhere.
    pub(crate) elsewhere: Vec<String>,
    /// Password recovery that was opened from this machine.
    pub(crate) recoveries: Vec<String>,
}
