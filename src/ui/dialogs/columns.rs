//! Which columns view 1 shows.

use ratatui::text::Span;

use super::super::canvas::Canvas;
use super::super::measure::{cells, span};
use super::super::theme::TextStyle;
use super::window::{text_for, widest, window};
use crate::app::dialogs::columns::ChooseColumns;
use crate::words::labels;
use crate::words::ui::dialogs as says;

pub(super) fn draw(dialog: &ChooseColumns, canvas: &mut Canvas<'_>) {
    let mut notes = text_for(canvas, widest(canvas));
    notes.blank();
    notes.quiet(says::COLUMNS_ALWAYS);
    let lines = dialog.list.rows().len();
    let mut inner = window(canvas, says::COLUMNS, TextStyle::Accent, lines + notes.lines.len());
    let mut rows = inner.take(cells(lines));
    rows.drawn.geometry.dialog_rows = rows.rows();
    let cursor = rows.list(&dialog.list, |line, slot| {
        let tick = if dialog.is_checked(line) { "[x] " } else { "[ ] " };
        let name = line.map_or(says::COLUMNS_AUTOMATIC, labels::column);
        Some(slot.item([span(slot.theme, TextStyle::Plain, tick)], Span::raw(name), []))
    });
    rows.drawn.cursor = cursor;
    inner.lines(&notes.lines);
}
