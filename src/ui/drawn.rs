//! What a drawing tells besides the picture.

use ratatui::layout::{Position, Rect};

use crate::app::msg::Geometry;

/// What a drawing tells besides the picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    /// What the program has to know of the screen.
    pub geometry: Geometry,
    /// Where the hardware cursor stands: on the focused row or field.
    pub cursor: Option<Position>,
    /// What Enter does in the dialog on top.
    pub(super) enter: Option<Enter>,
    /// The frame of the dialog on top.
    pub(super) frame: Option<Rect>,
    /// Whether the newest message stands on that frame.
    pub(super) told: bool,
}

/// What Enter does in a dialog: it presses the focused button, or leads from a field to the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Enter {
    pub(super) button: &'static str,
    pub(super) focused: bool,
    pub(super) enabled: bool,
}
