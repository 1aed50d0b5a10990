//! The basics of every picture: frames, lines, lists, fields.

use std::hash::Hash;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::Line;
use ratatui::widgets::{Clear, Widget};

use super::apps::Apps;
use super::border;
use super::drawn::Drawn;
use super::measure::{cells, columns, cut_title, span};
use super::slot::Slot;
use super::text::Text;
use super::theme::{Glyph, TextStyle, Theme};
use crate::app::field::TextField;
use crate::app::list::List;
use crate::app::mouse::Target;
use crate::app::search::Search;
use crate::app::shell::App;
use crate::domain::text::{HALF_WIDTH_MARKS, width};
use crate::words::ui::views as says;

/// A part of the screen, with its theme and what the drawing reports besides the picture.
pub(super) struct Canvas<'a> {
    pub(super) area: Rect,
    pub(super) theme: Theme,
    pub(super) buf: &'a mut Buffer,
    pub(super) drawn: &'a mut Drawn,
    /// The frame around it.
    pub(super) frame: Option<Rect>,
    /// What is searched for in the text on top.
    pub(super) search: Option<&'a Search>,
    /// The organizations, where there is a program to draw.
    pub(super) apps: Option<Apps<'a>>,
}

impl Canvas<'_> {
    /// The organizations of which `app` is on screen.
    pub(super) fn apps_of<'b>(&'b self, app: &'b App) -> Apps<'b> {
        self.apps.unwrap_or(Apps::of(app))
    }

    pub(super) fn on(&mut self, area: Rect) -> Canvas<'_> {
        let Self { theme, frame, search, apps, .. } = *self;
        Canvas { area, theme, buf: self.buf, drawn: self.drawn, frame, search, apps }
    }

    pub(super) fn room(&self) -> usize {
        columns(self.area)
    }

    pub(super) fn rows(&self) -> usize {
        usize::from(self.area.height)
    }

    pub(super) fn glyph(&self, glyph: Glyph) -> &'static str {
        self.theme.glyph(glyph)
    }

    pub(super) fn text(&self) -> Text {
        Text::new(self.theme, self.room())
    }

    pub(super) fn take(&mut self, rows: u16) -> Canvas<'_> {
        let rows = rows.min(self.area.height);
        let taken = Rect { height: rows, ..self.area };
        self.area = Rect { y: self.area.y + rows, height: self.area.height - rows, ..self.area };
        self.on(taken)
    }

    /// Its last columns, at most from the first one on.
    pub(super) fn last(&mut self, room: usize) -> Canvas<'_> {
        let x = self.area.right().saturating_sub(cells(room)).max(self.area.x);
        self.on(Rect { x, width: self.area.right() - x, ..self.area })
    }

    pub(super) fn inset(self) -> Self {
        let area = Rect { x: self.area.x.saturating_add(1), width: self.area.width.saturating_sub(2), ..self.area };
        Self { area, ..self }
    }

    /// Draws a row of a list, and returns where it is if it is selected.
    pub(super) fn row(&mut self, line: impl Into<Line<'static>>, selected: bool) -> Option<Position> {
        self.line(line);
        if !selected {
            return None;
        }
        // The sign before it stays as it is.
        let area = self.area;
        self.on(Rect { x: area.x.saturating_add(1), width: area.width.saturating_sub(1), ..area }).select();
        Some(area.as_position())
    }

    /// Shows all of it as selected, to its end.
    pub(super) fn select(&mut self) {
        self.buf.set_style(self.area, self.theme.selection());
    }

    /// All of it can be pointed at.
    pub(super) fn target(&mut self, target: Target) {
        self.drawn.targets.push((self.area, target));
    }

    pub(super) fn line(&mut self, line: impl Into<Line<'static>>) {
        if !self.area.is_empty() {
            self.buf.set_line(self.area.x, self.area.y, &line.into(), self.area.width);
        }
    }

    /// Draws as many lines as fit, and returns their number.
    pub(super) fn lines(&mut self, content: &[Line<'_>]) -> usize {
        let rows = self.area.rows().zip(content);
        rows.map(|(row, line)| self.buf.set_line(row.x, row.y, line, row.width)).count()
    }

    /// Draws a text from line `top` on, and reports how far it can be scrolled.
    pub(super) fn scrolled(&mut self, text: &Text, top: usize) {
        self.drawn.geometry.dialog_rows = self.rows();
        self.drawn.geometry.dialog_lines = text.lines.len();
        self.target(Target::Text);
        self.lines(text.lines.get(top..).unwrap_or_default());
        self.more(top, text.lines.len());
    }

    pub(super) fn slot(&self, selected: bool) -> Slot {
        Slot { theme: self.theme, room: self.room(), selected }
    }

    /// Draws the rows on the page of a list, and reports where the selected one is.
    pub(super) fn list<K: Copy + Eq + Hash>(
        &mut self,
        list: &List<K>,
        mut row_of: impl FnMut(K, Slot) -> Option<Line<'static>>,
    ) -> Option<Position> {
        let mut cursor = None;
        self.target(Target::List);
        for ((row, key), index) in self.area.rows().zip(list.visible()).zip(list.top()..) {
            self.on(row).target(Target::Row(index));
            let selected = list.selected() == Some(*key);
            let Some(line) = row_of(*key, self.on(row).slot(selected)) else { continue };
            cursor = self.on(row).row(line, selected).or(cursor);
        }
        self.position(list);
        cursor
    }

    /// The same for a list, without a frame where that would leave no room for its rows.
    pub(super) fn list_pane(&mut self, title: &str, focused: bool) -> Canvas<'_> {
        /// The frame, the head and a row.
        const LEAST: u16 = 4;
        if self.area.height < LEAST {
            return Canvas { frame: None, ..self.on(self.area) };
        }
        self.pane(title, focused, TextStyle::Accent)
    }

    pub(super) fn pane(&mut self, title: &str, focused: bool, role: TextStyle) -> Canvas<'_> {
        let (theme, area) = (self.theme, self.area);
        let style = theme.style(if focused { role } else { TextStyle::Quiet });
        let title = format!(" {} ", cut_title(theme, title, self.room().saturating_sub(4)));
        let inner = border::draw(self.buf, area, style);
        if area.height > 0 {
            let style = if focused { style } else { Style::new() };
            self.buf.set_stringn(area.x.saturating_add(1), area.y, title, columns(area).saturating_sub(2), style);
        }
        Canvas { frame: Some(area), ..self.on(inner) }
    }

    /// Writes at the left of the frame's lower edge.
    pub(super) fn left_corner(&mut self, role: TextStyle, text: &str) {
        let Some(frame) = self.frame else { return };
        let place = Rect { x: frame.x + 2, y: frame.bottom() - 1, width: frame.width.saturating_sub(4), height: 1 };
        let text = span(self.theme, role, text);
        self.on(place).line(text);
    }

    /// Writes at the right of the frame's lower edge, where there is room.
    pub(super) fn corner(&mut self, text: &str) {
        let Some(frame) = self.frame.filter(|frame| columns(*frame) > width(text) + 4) else { return };
        let x = frame.right() - 2 - cells(width(text));
        let place = Rect { x, y: frame.bottom() - 1, width: cells(width(text)), height: 1 };
        // Not in the style of the frame: it changes with each row.
        self.buf.set_style(place, self.theme.plain());
        let text = span(self.theme, TextStyle::Plain, text);
        self.on(place).line(text);
    }

    /// Says which row of a list is selected.
    pub(super) fn position<K: Copy + Eq + Hash>(&mut self, list: &List<K>) {
        if !list.rows().is_empty() {
            self.corner(&format!(" {}/{} ", list.index() + 1, list.rows().len()));
        }
    }

    /// Says on the frame that a text goes on, and where in it the shown part is.
    fn more(&mut self, top: usize, lines: usize) {
        let rows = self.rows();
        if lines <= rows {
            return;
        }
        let (up, down) = (self.glyph(Glyph::Up), self.glyph(Glyph::Down));
        self.corner(&if top + rows < lines { says::more(down) } else { says::end(up) });
        let Some(frame) = self.frame.filter(|frame| frame.right() > self.area.x) else { return };
        let last = lines - rows;
        let y = self.area.y + cells(top.min(last) * rows.saturating_sub(1) / last);
        let mark = span(self.theme, TextStyle::Accent, self.glyph(Glyph::Scroll));
        self.on(Rect { x: frame.right() - 1, y, width: 1, height: 1 }).line(mark);
    }

    /// Draws the part of a text field around its cursor, and returns the place of that.
    pub(super) fn field(&mut self, text: &TextField, role: TextStyle) -> Position {
        let room = self.room().saturating_sub(1);
        let skip = text.cursor_column().saturating_sub(room);
        let mut column = 0;
        let shown = text.text().chars().filter(|c| {
            let start = column;
            column += width(c.encode_utf8(&mut [0; 4]));
            start >= skip && column <= skip + room
        });
        let style = self.theme.style(role).add_modifier(Modifier::UNDERLINED);
        self.buf.set_stringn(self.area.x, self.area.y, shown.collect::<String>(), room, style);
        let offset = cells(text.cursor_column().saturating_sub(skip));
        Position { x: self.area.x.saturating_add(offset), y: self.area.y }
    }

    /// A wide character that reaches into it from the left goes too: its second half would hide the first column.
    pub(super) fn clear(&mut self) {
        Clear.render(self.area, self.buf);
        self.buf.set_style(self.area, self.theme.base());
        let Some(x) = self.area.x.checked_sub(1) else { return };
        for y in self.area.top()..self.area.bottom() {
            if let Some(cell) = self.buf.cell_mut(Position { x, y }).filter(|cell| width(cell.symbol()) > 1) {
                cell.set_symbol(" ");
            }
        }
    }
}

/// Gives the mark of half-width katakana its own cell: a terminal clears a column each, and the mark would stay.
pub(super) fn separate_marks(buf: &mut Buffer) {
    // A letter and a mark take three bytes each, and few cells hold as many: this looks at all of them.
    let long = |(_, cell): &(usize, &Cell)| cell.symbol().len() >= 6;
    let cells: Vec<usize> = buf.content.iter().enumerate().filter(long).map(|(index, _)| index).collect();
    for index in cells {
        let Some(cell) = buf.content.get(index) else { continue };
        let symbol = cell.symbol();
        let Some(mark) = symbol.chars().next_back().filter(|last| HALF_WIDTH_MARKS.contains(last)) else { continue };
        let letter = symbol.trim_end_matches(mark).to_owned();
        let is_last = buf.pos_of(index).0 + 1 >= buf.area.right();
        if is_last || letter.is_empty() || width(&letter) != 1 {
            continue;
        }
        let style = cell.style();
        if let Some(cell) = buf.content.get_mut(index) {
            cell.set_symbol(&letter);
        }
        if let Some(next) = buf.content.get_mut(index + 1) {
            next.set_char(mark).set_style(style);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::measure::wrap;

    #[test]
    fn nothing_of_half_width_katakana_stays_on_screen() {
        let mut before = Buffer::empty(Rect::new(0, 0, 12, 1));
        before.set_stringn(0, 0, "ﾊﾟｸﾞ", 12, Style::new());
        separate_marks(&mut before);
        let symbols: Vec<&str> =
            (0..5).filter_map(|x| before.cell((x, 0))).map(ratatui::buffer::Cell::symbol).collect();
        assert_eq!(symbols, ["ﾊ", "ﾟ", "ｸ", "ﾞ", " "]);
        let after = Buffer::empty(before.area);
        let cleared: Vec<u16> = before.diff(&after).into_iter().map(|(x, _, _)| x).collect();
        assert_eq!(cleared, [0, 1, 2, 3]);
    }

    #[test]
    fn half_width_katakana_line_up() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 12, 1));
        for name in ["ｶﾞｽ", "ﾊﾟｸﾞ", "ﾞ", "部門ﾋﾞ"] {
            buf.reset();
            let text = format!("{name}|");
            let (end, _) = buf.set_stringn(0, 0, &text, 12, Style::new());
            assert_eq!(usize::from(end), width(&text), "{name}");
            let bar = (0..12).find(|x| buf.cell((*x, 0)).is_some_and(|cell| cell.symbol() == "|"));
            assert_eq!(bar.map(usize::from), Some(width(name)), "{name}");
        }
        assert_eq!(wrap("ｶﾞｷﾞｸﾞ ｶﾞ", 6), ["ｶﾞｷﾞｸﾞ", "ｶﾞ"]);
        let mut buf = Buffer::empty(Rect::new(0, 0, 12, 3));
        let (area, theme, drawn) = (Rect::new(0, 0, 12, 3), Theme::default(), &mut Drawn::default());
        Canvas { area, theme, buf: &mut buf, drawn, frame: None, search: None, apps: None }.pane(
            "ﾊﾟｸﾞ",
            false,
            TextStyle::Accent,
        );
        let top: String = (0..12).filter_map(|x| buf.cell((x, 0))).map(ratatui::buffer::Cell::symbol).collect();
        assert!(top.starts_with("┌ ﾊﾟ") && top.contains("ｸﾞ") && top.replace("  ", " ").contains(" ─"), "{top}");
    }

    #[test]
    fn a_wide_character_at_the_edge_hides_nothing_of_what_is_drawn_over_it() {
        for x in 1..6 {
            let mut buf = Buffer::empty(Rect::new(0, 0, 12, 3));
            for y in 0..3 {
                buf.set_string(0, y, "検証環境検証", Style::new());
            }
            let (area, theme, drawn) = (Rect::new(x, 0, 4, 3), Theme::default(), &mut Drawn::default());
            Canvas { area, theme, buf: &mut buf, drawn, frame: None, search: None, apps: None }.clear();
            buf.set_string(x, 1, "|", Style::new());
            let drawn =
                Buffer::empty(buf.area).diff(&buf).iter().any(|(at, y, cell)| (*at, *y, cell.symbol()) == (x, 1, "|"));
            assert!(drawn, "at {x}");
        }
    }
}
