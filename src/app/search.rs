//! A search in a text: what is looked for, and which match is shown. Where the matches are follows from the drawing.

use crate::app::field::TextField;
use crate::app::filter::{FilterHint, TypedFilter};
use crate::app::msg::Geometry;

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Search {
    field: TextField,
    is_typed: bool,
    /// The match that is shown, counted from 0.
    at: usize,
    /// How many there are, as last drawn.
    count: usize,
    /// Whether the text is still to be scrolled to the match.
    follows: bool,
}

impl Search {
    pub(crate) fn text(&self) -> &str {
        self.field.text().trim()
    }

    /// The match that is shown, of `count`.
    pub(crate) fn at(&self, count: usize) -> usize {
        self.at.checked_rem(count).unwrap_or(0)
    }

    /// On to the next match, or back to the one before; after the last comes the first.
    pub(in crate::app) fn go(&mut self, forward: bool) {
        let count = self.count.max(1);
        let step = if forward { 1 } else { count - 1 };
        self.at = (self.at(count) + step) % count;
        self.follows = true;
    }

    /// Scrolls a text from line `top` to the match, unless that is on screen.
    pub(in crate::app) fn follow(&mut self, top: &mut usize, geometry: Geometry) {
        self.count = geometry.matches;
        if !std::mem::take(&mut self.follows) || self.count == 0 {
            return;
        }
        let (rows, line) = (geometry.dialog_rows, geometry.match_line);
        if !(*top..*top + rows).contains(&line) {
            *top = line.saturating_sub(rows / 3).min(geometry.dialog_lines.saturating_sub(rows));
        }
    }
}

impl TypedFilter for Search {
    fn field(&self) -> &TextField {
        &self.field
    }

    fn is_typed(&self) -> bool {
        self.is_typed
    }

    fn set_typed(&mut self, typed: bool) {
        self.is_typed = typed;
    }

    fn hint(&self) -> Option<FilterHint<'_>> {
        None
    }

    fn edit(&mut self, edit: &mut dyn FnMut(&mut TextField)) -> bool {
        let before = self.text().to_owned();
        edit(&mut self.field);
        let changed = before != self.text();
        if changed {
            (self.at, self.follows) = (0, true);
        }
        changed
    }
}
