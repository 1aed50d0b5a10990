//! The place of one row of a list.

use ratatui::text::{Line, Span};

use super::measure::span;
use super::theme::{Glyph, TextStyle, Theme};

#[derive(Clone, Copy)]
pub(super) struct Slot {
    pub(super) theme: Theme,
    pub(super) room: usize,
    pub(super) selected: bool,
}

impl Slot {
    pub(super) fn mark(self) -> Span<'static> {
        Span::raw(if self.selected { self.theme.glyph(Glyph::Selected) } else { " " })
    }

    /// A row without columns.
    pub(super) fn item<const B: usize, const A: usize>(
        self,
        before: [Span<'static>; B],
        name: Span<'static>,
        after: [Span<'static>; A],
    ) -> Line<'static> {
        std::iter::once(self.mark()).chain(before).chain([name]).chain(after).collect()
    }

    pub(super) fn row(self, role: TextStyle, glyph: &'static str, name: String, state: String) -> Line<'static> {
        let state = span(self.theme, if role == TextStyle::On { TextStyle::Quiet } else { role }, state);
        self.item([span(self.theme, role, glyph), Span::raw(" ")], Span::raw(name), [Span::raw("  "), state])
    }
}
