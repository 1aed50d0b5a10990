//! What the list of a view was merged from.

use crate::app::ids::OrgId;
use crate::app::state::columns::Column;
use crate::app::view::ViewId;

#[derive(Clone, Debug, PartialEq)]
pub(super) struct MergedOf {
    pub(super) view: ViewId,
    pub(super) order: (Column, bool),
    /// How often the rows of each have changed.
    pub(super) versions: Vec<(OrgId, u64)>,
    /// How many rows the list has since.
    pub(super) rows: usize,
}
