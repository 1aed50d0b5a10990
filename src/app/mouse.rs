//! What the mouse points at. The runtime finds it in the picture that is on screen; no coordinates come here.

use crate::app::focus::Focus;
use crate::app::state::columns::Column;
use crate::app::view::ViewId;

/// Something on screen that takes clicks or the wheel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Tab(ViewId),
    /// The head of a column by which view 1 can be sorted.
    Head(Column),
    /// The row of the list with this index.
    Row(usize),
    /// A list, between its rows.
    List,
    /// A text that scrolls.
    Text,
    /// A field or button of the dialog.
    Element(Focus),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    pub(crate) action: MouseAction,
    pub(crate) target: Target,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MouseAction {
    Click,
    /// So many notches; negative is up.
    Wheel(isize),
}
