use std::collections::BTreeMap;

use crate::domain::view_choice::ViewChoice;

/// How the views were left, as far as this run knows that it is kept.
#[derive(Clone, Debug, Default)]
pub(in crate::app) struct KeptChoices {
    pub(in crate::app) kept: BTreeMap<&'static str, ViewChoice>,
    /// Whether the choices of the last run were applied: later reads of the store change nothing on screen.
    pub(in crate::app) applied: bool,
}
