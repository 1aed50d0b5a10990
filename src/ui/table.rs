//! The table of all lists: columns that share the room, a head, and the rows on screen.

use std::borrow::Cow;
use std::hash::Hash;

use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::canvas::Canvas;
use super::measure::{cells, fit, span};
use super::text::Text;
use super::theme::{Glyph, TextStyle, Theme};
use crate::app::filter::{Filter, Highlighter, Property};
use crate::app::list::List;
use crate::domain::text::{cut_middle, width};

/// How many columns of the screen a column of the table takes.
#[derive(Clone, Copy)]
pub(super) enum Room {
    Fixed(usize),
    /// The first, if the second is left for the others.
    Beside(usize, usize),
    /// A part of what those leave.
    Part(fn(usize) -> usize),
    /// What all others leave, at most this.
    Rest(usize),
}

pub(super) struct Column {
    head: Cow<'static, str>,
    head_role: TextStyle,
    gap: Cow<'static, str>,
    gap_role: TextStyle,
    room: Room,
    width: usize,
}

impl Column {
    pub(super) fn new(head: impl Into<Cow<'static, str>>, room: Room) -> Self {
        let head = head.into();
        Self { head, head_role: TextStyle::Quiet, gap: Cow::Borrowed(" "), gap_role: TextStyle::Plain, room, width: 0 }
    }

    pub(super) fn head_role(self, head_role: TextStyle) -> Self {
        Self { head_role, ..self }
    }

    /// The gap before it, instead of a blank.
    pub(super) fn behind(self, gap: impl Into<Cow<'static, str>>) -> Self {
        Self { gap: gap.into(), gap_role: TextStyle::Quiet, ..self }
    }
}

/// The columns before the first one: whether a row is selected, and whether it is marked.
const BEFORE: usize = 2;

pub(super) struct Table {
    theme: Theme,
    columns: Vec<Column>,
    head: Head,
}

/// How far the style of a head extends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Head {
    Words,
    Whole,
    /// Each column has its own style.
    Columns,
}

impl Table {
    /// Shares `room` among the columns; one that gets nothing is not shown.
    pub(super) fn new(theme: Theme, room: usize, head: Head, mut columns: Vec<Column>) -> Self {
        // An optional column brings its gap along.
        let has_gap = |column: &&Column| !matches!(column.room, Room::Beside(..));
        let gaps: usize = columns.iter().skip(1).filter(has_gap).map(|column| width(&column.gap)).sum();
        let mut left = room.saturating_sub(BEFORE + gaps);
        let mut give = |rule: fn(&Column, usize, usize) -> Option<usize>| {
            let all = left;
            for column in &mut columns {
                if let Some(taken) = rule(column, left, all) {
                    column.width = taken;
                    let gap = if matches!(column.room, Room::Beside(..)) && taken > 0 { width(&column.gap) } else { 0 };
                    left = left.saturating_sub(taken + gap);
                }
            }
        };
        give(|column, _, _| if let Room::Fixed(wanted) = column.room { Some(wanted) } else { None });
        give(|column, left, _| match column.room {
            Room::Beside(wanted, others) => Some(if left > others + wanted { wanted } else { 0 }),
            _ => None,
        });
        give(|column, _, all| if let Room::Part(of) = column.room { Some(of(all)) } else { None });
        give(|column, left, _| if let Room::Rest(most) = column.room { Some(left.min(most)) } else { None });
        Self { theme, columns, head }
    }

    fn head(&self) -> Line<'static> {
        let mut spans = vec![Span::raw(" ".repeat(BEFORE))];
        for (index, column) in self.columns.iter().filter(|column| column.width > 0).enumerate() {
            spans.extend((index > 0).then(|| Span::raw(column.gap.clone())));
            spans.push(span(self.theme, column.head_role, fit(self.theme, &column.head, column.width)));
        }
        let text = || spans.iter().map(|span| span.content.as_ref()).collect::<String>();
        match self.head {
            Head::Columns => Line::from(spans),
            Head::Whole => Line::from(span(self.theme, TextStyle::Quiet, text())),
            Head::Words => Line::from(span(self.theme, TextStyle::Quiet, text().trim_end())),
        }
    }

    pub(super) fn draw<K: Copy + Eq + Hash, P: Property>(
        &self,
        canvas: &mut Canvas<'_>,
        (list, focused): (&List<K>, bool),
        filter: Option<&Filter<P>>,
        nothing: impl FnOnce(&mut Text),
        mut row_of: impl FnMut(&mut Row<'_>, K) -> Option<()>,
    ) {
        canvas.take(1).line(self.head());
        canvas.drawn.geometry.list_rows = canvas.rows();
        if list.rows().is_empty() {
            let mut text = canvas.text();
            nothing(&mut text);
            canvas.lines(&text.lines);
            return;
        }
        let highlighter = filter.filter(|filter| !filter.is_empty()).map(Filter::highlighter);
        let cursor = canvas.list(list, |key, slot| {
            let spans = vec![slot.mark()];
            let mut row =
                Row { table: self, highlighter: highlighter.as_ref(), selected: slot.selected, spans, next: 0 };
            row_of(&mut row, key).map(|()| Line::from(row.spans))
        });
        canvas.drawn.cursor = cursor.filter(|_| focused).or(canvas.drawn.cursor);
    }
}

pub(super) struct Row<'t> {
    table: &'t Table,
    highlighter: Option<&'t Highlighter<'t>>,
    selected: bool,
    spans: Vec<Span<'static>>,
    next: usize,
}

impl Row<'_> {
    pub(super) fn theme(&self) -> Theme {
        self.table.theme
    }

    pub(super) fn marked(&mut self, marked: bool) {
        let theme = self.table.theme;
        self.spans.push(span(theme, TextStyle::Accent, if marked { theme.glyph(Glyph::Marked) } else { " " }));
    }

    pub(super) fn room(&self) -> usize {
        self.table.columns.get(self.next).map_or(0, |column| column.width)
    }

    /// Whether the next column is the one with this head.
    pub(super) fn comes_to(&self, head: &str) -> bool {
        self.table.columns.get(self.next).is_some_and(|column| column.head == head)
    }

    /// Draws the gap before the next column and returns its width; `None` where it is not shown.
    fn next(&mut self) -> Option<usize> {
        if self.spans.len() == 1 {
            self.spans.push(Span::raw(" "));
        }
        let column = self.table.columns.get(self.next).filter(|column| column.width > 0);
        if let Some(column) = column.filter(|_| self.next > 0) {
            self.spans.push(span(self.table.theme, column.gap_role, column.gap.clone()));
        }
        self.next += 1;
        column.map(|column| column.width)
    }

    pub(super) fn spans(&mut self, spans: impl IntoIterator<Item = Span<'static>>) {
        if self.next().is_some() {
            self.spans.extend(spans);
        }
    }

    /// A text that the filter searches, with the shown matches underlined.
    pub(super) fn text(&mut self, role: TextStyle, text: &str) {
        self.matched(self.table.theme.style(role), text);
    }

    fn matched(&mut self, style: Style, text: &str) {
        let Some(room) = self.next() else { return };
        let shown = cut_middle(text, room, self.table.theme.glyph(Glyph::Cut));
        let padding = Span::raw(" ".repeat(room.saturating_sub(width(&shown))));
        if let Some(highlighter) = self.highlighter {
            let found = highlighter.places(&shown);
            let first = self.spans.len();
            for (index, c) in shown.chars().enumerate() {
                let hit = found.binary_search(&u32::from(cells(index))).is_ok();
                let style = if hit { style.add_modifier(Modifier::UNDERLINED) } else { style };
                match self.spans.get_mut(first..).and_then(|spans| spans.last_mut()) {
                    Some(last) if last.style == style => last.content.to_mut().push(c),
                    _ => self.spans.push(Span::styled(c.to_string(), style)),
                }
            }
        } else {
            self.spans.push(Span::styled(shown, style));
        }
        self.spans.push(padding);
    }

    /// Reversed if the row is selected.
    pub(super) fn name(&mut self, name: &str) {
        self.matched(if self.selected { Modifier::REVERSED } else { Modifier::empty() }.into(), name);
    }

    /// A text in a style that covers the whole column.
    pub(super) fn filled(&mut self, role: TextStyle, text: &str) {
        let Some(room) = self.next() else { return };
        self.spans.push(span(self.table.theme, role, fit(self.table.theme, text, room)));
    }

    pub(super) fn cell(&mut self, role: TextStyle, text: &str) {
        let Some(room) = self.next() else { return };
        let padding = Span::raw(" ".repeat(room.saturating_sub(width(text))));
        self.spans.extend([span(self.table.theme, role, text), padding]);
    }
}
