//! A text that has to be read before it can be confirmed: it scrolls above lines that stay.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::super::canvas::Canvas;
use super::super::measure::{cells, cut_end, span};
use super::super::text::Text;
use super::super::theme::TextStyle;
use super::buttons::{Button, draw_buttons};
use super::window::window_of;
use crate::app::field::TextField;
use crate::app::reading::Reading;
use crate::domain::text::width;
use crate::words::dialogs;

pub(super) struct Page<'a> {
    pub(super) title: &'a str,
    pub(super) role: TextStyle,
    pub(super) text: Text,
    pub(super) reading: Reading,
    /// So many of its lines have to be read, where that is not all.
    pub(super) to_read: Option<usize>,
    /// Questions and choices below it, and which of them has the focus.
    pub(super) questions: Vec<(Line<'static>, bool)>,
    pub(super) typing: Option<Typing<'a>>,
    pub(super) buttons: Vec<Button>,
    pub(super) widest: u16,
}

pub(super) struct Typing<'a> {
    pub(super) token: String,
    pub(super) is_count: bool,
    pub(super) typed: &'a TextField,
    pub(super) is_right: bool,
    pub(super) focused: bool,
}

impl Page<'_> {
    /// In the middle of the screen. The text keeps at least one line.
    pub(super) fn draw(self, canvas: &mut Canvas<'_>) {
        let below = 1 + self.questions.len() + usize::from(self.typing.is_some());
        let lines = self.text.lines.len();
        let mut inner = window_of(canvas, self.title, self.role, lines + below, self.widest);
        let below = cells(below).min(inner.area.height.saturating_sub(1));
        let mut text = inner.take(inner.area.height - below);
        text.drawn.geometry.lines_to_read = self.to_read;
        let top = self.reading.top.min(lines.saturating_sub(text.rows()));
        text.scrolled(&self.text, top);
        text.drawn.cursor = Some(text.area.as_position());
        let rows = text.rows();
        // A page is one row less than the screen: a known one stays in sight.
        let more = lines.saturating_sub(top + rows).div_ceil(rows.saturating_sub(1).max(1));
        let Some(last) = below.checked_sub(1) else { return };
        let rows_above = usize::from(last);
        let (mut above, mut row) = (inner.area.rows().take(usize::from(last)), inner.area.rows());
        let Some(last) = row.nth(usize::from(last)) else { return };
        self.draw_buttons(&mut inner.on(last), more);
        let focused = self.questions.iter().position(|(_, focused)| *focused);
        // Where not all have room, the one with the focus has.
        let first = (focused.unwrap_or(0) + 1).saturating_sub(rows_above);
        for ((question, focused), row) in self.questions.into_iter().skip(first).zip(&mut above) {
            let question = whole(question, &inner.on(row));
            inner.on(row).line(question);
            if focused {
                inner.on(row).select();
                inner.drawn.cursor = Some(row.as_position());
            }
        }
        if let Some(typing) = self.typing {
            // A single row shows whatever has the focus.
            let alone = below == 1 && typing.focused;
            if alone {
                inner.on(last).clear();
            }
            if let Some(row) = above.next().or(alone.then_some(last)) {
                typing.draw(&mut inner.on(row), self.reading.is_done);
            }
        }
    }

    fn draw_buttons(&self, row: &mut Canvas<'_>, more: usize) {
        let taken: usize = self.buttons.iter().map(Button::columns).sum();
        // Where something is to be typed, the line above says how to read on.
        if more > 0 && (self.typing.is_none() || self.reading.is_done) {
            let hint = cut_end(row.theme, &dialogs::more(more), row.room().saturating_sub(taken + 1));
            row.line(span(row.theme, TextStyle::Attention, hint));
        }
        row.drawn.cursor = draw_buttons(row, &self.buttons);
    }
}

/// The line, or its beginning with a sign that it is cut.
fn whole(line: Line<'static>, row: &Canvas<'_>) -> Line<'static> {
    if line.width() <= row.room() {
        return line;
    }
    let style = line.spans.first().map_or(line.style, |first| first.style);
    Line::styled(cut_end(row.theme, &line.to_string(), row.room()), style)
}

impl Typing<'_> {
    fn draw(&self, row: &mut Canvas<'_>, is_read: bool) {
        let area = row.area;
        let cursor = if is_read {
            let ask = dialogs::type_to_confirm(&self.token, self.is_count);
            let offset = cells(width(&ask)).min(area.width);
            row.line(Span::raw(ask));
            let role = if self.is_right { TextStyle::On } else { TextStyle::Plain };
            row.on(Rect { x: area.x + offset, width: area.width - offset, ..area }).field(self.typed, role)
        } else {
            let text = cut_end(row.theme, &dialogs::read_then_type(&self.token), row.room());
            row.line(span(row.theme, TextStyle::Attention, text));
            area.as_position()
        };
        if self.focused {
            row.drawn.cursor = Some(cursor);
        }
    }
}
