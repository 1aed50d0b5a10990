//! What a drawing reports besides the picture.

use ratatui::layout::{Position, Rect};

use crate::app::mouse::Target;
use crate::app::msg::Geometry;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    pub geometry: Geometry,
    /// Of the hardware cursor: on the focused row or field.
    pub cursor: Option<Position>,
    pub(super) enter: Option<Enter>,
    /// Of the top dialog.
    pub(super) frame: Option<Rect>,
    /// Whether the newest message is on that frame.
    pub(super) reported: bool,
    /// What can be pointed at; what was drawn later is in front.
    pub(super) targets: Vec<(Rect, Target)>,
}

impl Drawn {
    pub(crate) fn at(&self, place: Position) -> Option<Target> {
        self.targets.iter().rev().find(|(area, _)| area.contains(place)).map(|(_, target)| *target)
    }
}

/// What Enter does in a dialog: press the focused button, or move from a field to the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Enter {
    pub(super) button: &'static str,
    pub(super) focused: bool,
    pub(super) enabled: bool,
}
