//! The stack of dialogs and readers over the view. The top one has the focus.

use crate::app::command_id::KeyContext;
use crate::app::dialog::Dialog;
use crate::app::list::Motion;
use crate::app::msg::Geometry;

/// A text to read, scrolled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader<T> {
    /// What it is about.
    pub about: T,
    /// The first line on screen.
    pub top: usize,
}

impl<T> Reader<T> {
    /// A text, from its beginning.
    pub fn new(about: T) -> Self {
        Self { about, top: 0 }
    }

    /// Scrolls, where `rows` of `lines` lines are on screen.
    pub fn go(&mut self, motion: Motion, rows: usize, lines: usize) {
        let last = lines.saturating_sub(rows);
        self.top = motion.apply(self.top, rows, lines).min(last);
    }
}

impl<T> Dialog for Reader<T> {
    fn place(&self) -> KeyContext {
        KeyContext::Reader
    }

    fn go(&mut self, motion: Motion, rows: usize, lines: usize) {
        Self::go(self, motion, rows, lines);
    }

    fn fit(&mut self, geometry: Geometry) {
        self.top = self.top.min(geometry.dialog_lines.saturating_sub(geometry.dialog_rows));
    }
}
