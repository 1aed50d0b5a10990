//! How a person left a view, in words that later versions understand or ignore.

use std::fmt;

#[derive(Clone, Default, PartialEq, Eq)]
pub struct ViewChoice {
    pub(crate) view: String,
    /// The optional columns; `None` leaves them to the program.
    pub(crate) columns: Option<Vec<String>>,
    pub(crate) sort: Option<String>,
    pub(crate) descending: bool,
    pub(crate) filter: String,
}

/// Without the filter: it can be an address, or a code meant for another field.
impl fmt::Debug for ViewChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("ViewChoice");
        debug.field("view", &self.view).field("columns", &self.columns).field("sort", &self.sort);
        debug.field("descending", &self.descending).finish_non_exhaustive()
    }
}
