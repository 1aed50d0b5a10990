//! A text that has to be read before what it shows can be confirmed: it scrolls above lines that stay.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::super::Drawn;
use super::super::canvas::{cells, clear, columns, cut_end, field, pane, span};
use super::super::theme::{TextStyle, Theme};
use super::buttons::{Button, draw_buttons};
use super::window::scrolled;
use crate::app::field::TextField;
use crate::app::preview::Reading;
use crate::domain::text::width;
use crate::words::dialogs;

/// The widest it gets where it is a text of its own, in columns.
pub(super) const WIDEST: u16 = 90;

/// What a page is before it is drawn.
pub(super) struct Page<'a> {
    pub(super) theme: Theme,
    pub(super) title: &'a str,
    pub(super) role: TextStyle,
    pub(super) content: &'a [Line<'a>],
    pub(super) reading: Reading,
    /// How many lines stay below the text, the last of them for the buttons.
    pub(super) below: usize,
    pub(super) widest: u16,
}

/// Where its lines below the text are.
pub(super) struct Below {
    theme: Theme,
    rows: Rect,
    /// How many pages of the text are below the last line on screen.
    more: usize,
}

impl Page<'_> {
    /// Draws the frame and the text in the middle of `area`. The text keeps a line at least.
    pub(super) fn draw(&self, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) -> Below {
        let wide = area.width.min(self.widest);
        let high = cells(self.content.len() + self.below + 2).min(area.height);
        let outer = Rect {
            x: area.x + (area.width - wide) / 2,
            y: area.y + (area.height - high) / 2,
            width: wide,
            height: high,
        };
        clear(buf, outer);
        drawn.frame = Some(outer);
        let inner = pane(self.theme, buf, outer, self.title, true, self.role);
        let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        let below = cells(self.below).min(inner.height.saturating_sub(1));
        let text = Rect { height: inner.height - below, ..inner };
        scrolled(buf, text, self.content, self.reading.top, drawn);
        let rows = usize::from(text.height);
        // A page is a row less than the screen has: a known one stays in sight.
        let more = self.content.len().saturating_sub(self.reading.top + rows).div_ceil(rows.saturating_sub(1).max(1));
        Below { theme: self.theme, rows: Rect { y: text.bottom(), height: below, ..inner }, more }
    }
}

impl Below {
    /// The lines above the buttons, as far as there is room for them.
    pub(super) fn rows(&self) -> impl Iterator<Item = Rect> {
        Rect { height: self.rows.height.saturating_sub(1), ..self.rows }.rows()
    }

    /// The row of what has to be typed. Where there is one row alone, it is that of whatever has the focus.
    pub(super) fn typing_row(&self, row: Option<Rect>, focused: bool, buf: &mut Buffer) -> Option<Rect> {
        row.or_else(|| {
            let alone = focused && self.rows.height == 1;
            alone.then(|| {
                clear(buf, self.rows);
                self.rows
            })
        })
    }

    /// The buttons, and in the room that they leave how much of the text is to come.
    pub(super) fn buttons(&self, buttons: &[Button], buf: &mut Buffer, drawn: &mut Drawn) {
        let row = Rect { y: self.rows.bottom().saturating_sub(1), height: 1, ..self.rows };
        if self.rows.is_empty() {
            return;
        }
        let taken: usize = buttons.iter().map(Button::columns).sum();
        if self.more > 0 {
            let hint = cut_end(self.theme, &dialogs::more(self.more), columns(row).saturating_sub(taken + 1));
            buf.set_line(row.x, row.y, &Line::from(span(self.theme, TextStyle::Attention, hint)), row.width);
        }
        drawn.cursor = draw_buttons(self.theme, buttons, buf, row, drawn);
    }
}

/// What has to be typed, or that the text has to be read first.
pub(super) struct Typing<'a> {
    pub(super) token: &'a str,
    pub(super) is_count: bool,
    pub(super) typed: &'a TextField,
    pub(super) is_right: bool,
    pub(super) focused: bool,
    pub(super) reading: Reading,
}

impl Typing<'_> {
    pub(super) fn draw(&self, theme: Theme, buf: &mut Buffer, row: Rect, drawn: &mut Drawn) {
        if !self.reading.is_done {
            let text = cut_end(theme, &dialogs::read_then_type(self.token), columns(row));
            buf.set_line(row.x, row.y, &Line::from(span(theme, TextStyle::Attention, text)), row.width);
            if self.focused {
                drawn.cursor = Some(row.as_position());
            }
            return;
        }
        let ask = dialogs::type_to_confirm(self.token, self.is_count);
        let offset = cells(width(&ask)).min(row.width);
        buf.set_line(row.x, row.y, &Line::from(Span::raw(ask)), row.width);
        let place = Rect { x: row.x + offset, width: row.width - offset, ..row };
        let cursor =
            field(buf, place, self.typed, theme.style(if self.is_right { TextStyle::On } else { TextStyle::Plain }));
        if self.focused {
            drawn.cursor = Some(cursor);
        }
    }
}
