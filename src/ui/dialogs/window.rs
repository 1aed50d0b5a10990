//! The frame in the middle of the screen, and the text in it that is scrolled.

use super::super::Drawn;
use super::super::canvas::{cells, clear, pane};
use super::super::theme::{TextStyle, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// Clears the middle of the screen for `lines` lines of text and draws the frame there.
pub(super) fn window(
    theme: Theme,
    buf: &mut Buffer,
    area: Rect,
    title: &str,
    lines: usize,
    role: TextStyle,
    drawn: &mut Drawn,
) -> Rect {
    let place = place(area, lines);
    clear(buf, place);
    drawn.frame = Some(place);
    let inner = pane(theme, buf, place, title, true, role);
    Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner }
}

/// The middle of `area`, for a frame around `lines` lines.
pub(super) fn place(area: Rect, lines: usize) -> Rect {
    let wide = area.width.min(90);
    let high = cells(lines + 2).min(area.height);
    Rect { x: area.x + (area.width - wide) / 2, y: area.y + (area.height - high) / 2, width: wide, height: high }
}

/// Draws the part of a text from line `top`.
pub(super) fn scrolled(buf: &mut Buffer, inner: Rect, content: &[Line<'_>], top: usize, drawn: &mut Drawn) {
    drawn.geometry.dialog_rows = usize::from(inner.height);
    drawn.geometry.dialog_lines = content.len();
    super::super::canvas::lines(buf, inner, content.get(top..).unwrap_or_default());
    drawn.cursor = Some(inner.as_position());
}
