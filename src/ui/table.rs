//! The table of all lists: columns that share the room, a head, and the rows on screen.

use std::borrow::Cow;
use std::hash::Hash;

use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::canvas::Canvas;
use super::measure::{cells, cut_end, fit, span};
use super::text::Text;
use super::theme::{Glyph, TextStyle, Theme};
use crate::app::filter::{Filter, Highlighter, Property};
use crate::app::histogram::Histogram;
use crate::app::list::List;
use crate::app::mouse::Target;
use crate::domain::cut::email;
use crate::domain::text::width;

/// How many columns of the screen a column of the table takes.
#[derive(Clone, Copy)]
pub(super) enum Room {
    Fixed(usize),
    /// As many as nearly all of its texts take, and more where there is room, up to its widest.
    /// Where not even the first fits, a share by its weight.
    Content {
        typical: usize,
        widest: usize,
        weight: usize,
        /// The others give way until it has so many.
        least: usize,
    },
    /// The first, if everything before it is whole and the second is left for the others.
    Beside(usize, usize),
    /// A part of what those leave.
    Part(fn(usize) -> usize),
    /// What all others leave, at most this.
    Rest(usize),
}

impl Room {
    pub(super) fn of(widths: &Histogram) -> Self {
        Self::Content { typical: widths.typical(), widest: widths.widest(), weight: 2, least: 0 }
    }

    /// At least as wide as a text that is not among those.
    pub(super) fn or_wider(mut self, least: usize) -> Self {
        let Self::Content { typical, widest, .. } = &mut self else { return self };
        (*typical, *widest) = ((*typical).max(least), (*widest).max(least));
        self
    }

    /// What must be whole of its texts takes so many columns.
    pub(super) fn at_least(mut self, columns: usize) -> Self {
        if let Self::Content { typical, least, .. } = &mut self {
            *least = columns.min(*typical);
        }
        self
    }

    /// An address takes more of the room than a name, because its domain says nothing new.
    pub(super) fn of_emails(widths: &Histogram) -> Self {
        Self::Content { typical: widths.typical(), widest: widths.widest(), weight: 3, least: 0 }
    }
}

pub(super) struct Column {
    head: Cow<'static, str>,
    head_role: TextStyle,
    gap: Cow<'static, str>,
    gap_role: TextStyle,
    room: Room,
    width: usize,
    /// Whether a mark may be before it: the first column of a list whose rows are marked.
    has_mark: bool,
    /// What a click on its head is on.
    target: Option<Target>,
}

impl Column {
    pub(super) fn new(head: impl Into<Cow<'static, str>>, room: Room) -> Self {
        let head = head.into();
        Self {
            head,
            head_role: TextStyle::Quiet,
            gap: Cow::Borrowed(" "),
            gap_role: TextStyle::Plain,
            room,
            width: 0,
            has_mark: false,
            target: None,
        }
    }

    pub(super) fn head_role(self, head_role: TextStyle) -> Self {
        Self { head_role, ..self }
    }

    /// Room for a mark before it, and a blank behind that.
    pub(super) fn with_mark(self) -> Self {
        Self { has_mark: true, ..self }
    }

    /// What a click on its head is on.
    pub(super) fn target(self, target: Target) -> Self {
        Self { target: Some(target), ..self }
    }

    /// How wide its texts are, if its width goes by them.
    fn content(&self) -> Content {
        let Room::Content { typical, widest, weight, least } = self.room else { return Content::default() };
        let head = width(&self.head);
        Content { typical: typical.max(head), widest: widest.max(head), weight, least }
    }

    /// The gap before it, instead of a blank.
    pub(super) fn behind(self, gap: impl Into<Cow<'static, str>>) -> Self {
        Self { gap: gap.into(), gap_role: TextStyle::Quiet, ..self }
    }
}

/// What the texts of a column take, its head among them, and how much of a narrow room it gets.
#[derive(Default)]
struct Content {
    typical: usize,
    widest: usize,
    weight: usize,
    least: usize,
}

/// The columns before the first one: whether a row is selected, a mark where rows are marked, and a blank.
fn before(columns: &[Column]) -> usize {
    2 + usize::from(columns.first().is_some_and(|column| column.has_mark))
}

/// The blank before the frame.
const AFTER: usize = 1;

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

/// A text cut to so many columns can still be recognized.
const SHORT: usize = 16;

/// The columns that do not depend on what the texts hold, gaps included.
fn fixed(columns: &[Column]) -> usize {
    let has_gap = |column: &&Column| !matches!(column.room, Room::Beside(..));
    let gaps: usize = columns.iter().skip(1).filter(has_gap).map(|column| width(&column.gap)).sum();
    let widths = columns.iter().map(|column| if let Room::Fixed(width) = column.room { width } else { 0 });
    before(columns) + gaps + widths.sum::<usize>() + AFTER
}

/// Texts that are longer are cut in a list, and whole in its details: one endless name must not hide these from all.
const LONGEST: usize = 40;

/// The room in which every text is whole, but for those that are longer than [`LONGEST`].
pub(super) fn whole(columns: &[Column]) -> usize {
    let needed = |column: &Column| {
        let Content { typical, widest, .. } = column.content();
        widest.min(typical.max(LONGEST))
    };
    fixed(columns) + columns.iter().map(needed).sum::<usize>()
}

/// The room in which nearly every text is whole.
pub(super) fn mostly_whole(columns: &[Column]) -> usize {
    fixed(columns) + columns.iter().map(|column| column.content().typical).sum::<usize>()
}

/// The room in which each text can be recognized.
pub(super) fn least(columns: &[Column]) -> usize {
    fixed(columns) + columns.iter().map(|column| column.content().typical.min(SHORT)).sum::<usize>()
}

/// Shares `room` among texts by what is typical for them, and what is left by their widest.
fn shares(contents: &[Content], room: usize) -> Vec<usize> {
    let mut typical = fair(contents.iter().map(|it| (it.typical, it.weight)), room);
    give_way(contents, &mut typical);
    let left = room - typical.iter().sum::<usize>();
    let more =
        fair(contents.iter().zip(&typical).map(|(it, given)| (it.widest.saturating_sub(*given), it.weight)), left);
    typical.iter().zip(more).map(|(given, more)| given + more).collect()
}

/// The columns that need no room of their own leave it to those that do, down to what tells their texts apart.
fn give_way(contents: &[Content], shares: &mut [usize]) {
    const KEPT: usize = 8;
    let mut missing: usize = contents.iter().zip(&*shares).map(|(it, share)| it.least.saturating_sub(*share)).sum();
    let mut found = 0;
    for (_, share) in contents.iter().zip(&mut *shares).filter(|(it, _)| it.least == 0) {
        let given = share.saturating_sub(KEPT).min(missing);
        (*share, missing, found) = (*share - given, missing - given, found + given);
    }
    for (content, share) in contents.iter().zip(shares) {
        let taken = content.least.saturating_sub(*share).min(found);
        (*share, found) = (*share + taken, found - taken);
    }
}

/// Whoever wants no more than what its weight gives it of what is left gets that.
fn fair(wanted: impl Iterator<Item = (usize, usize)>, room: usize) -> Vec<usize> {
    let wanted: Vec<(usize, usize)> = wanted.collect();
    let mut shares = vec![0; wanted.len()];
    let mut by_need: Vec<(usize, usize, usize)> =
        wanted.into_iter().enumerate().map(|(index, (size, weight))| (index, size, weight)).collect();
    by_need.retain(|(_, size, weight)| size * weight > 0);
    by_need.sort_by(|(_, one, of_one), (_, other, of_other)| (one * of_other).cmp(&(other * of_one)));
    let mut left = room;
    let mut weights: usize = by_need.iter().map(|(_, _, weight)| weight).sum();
    for (index, size, weight) in by_need {
        let share = size.min(left * weight / weights);
        if let Some(place) = shares.get_mut(index) {
            *place = share;
        }
        left -= share;
        weights -= weight;
    }
    shares
}

impl Table {
    /// Shares `room` among the columns; one that gets nothing is not shown.
    pub(super) fn new(theme: Theme, room: usize, head: Head, mut columns: Vec<Column>) -> Self {
        let mut left = room.saturating_sub(fixed(&columns));
        let contents: Vec<Content> = columns.iter().map(Column::content).collect();
        for (column, share) in columns.iter_mut().zip(shares(&contents, left)) {
            column.width = if let Room::Fixed(fixed) = column.room { fixed } else { share };
            left = left.saturating_sub(share);
        }
        let mut give = |rule: fn(&Column, usize) -> Option<usize>| {
            for column in &mut columns {
                if let Some(taken) = rule(column, left) {
                    column.width = taken;
                    // An optional column brings its gap along.
                    let gap = if matches!(column.room, Room::Beside(..)) && taken > 0 { width(&column.gap) } else { 0 };
                    left = left.saturating_sub(taken + gap);
                }
            }
        };
        give(|column, left| match column.room {
            Room::Beside(wanted, others) => Some(if left > others + wanted { wanted } else { 0 }),
            _ => None,
        });
        give(|column, left| if let Room::Part(of) = column.room { Some(of(left)) } else { None });
        give(|column, left| if let Room::Rest(most) = column.room { Some(left.min(most)) } else { None });
        Self { theme, columns, head }
    }

    /// The columns of the one whose head begins like this.
    pub(super) fn room_of(&self, head: &str) -> usize {
        self.columns.iter().find(|column| column.head.starts_with(head)).map_or(0, |column| column.width)
    }

    fn head(&self) -> Line<'static> {
        let mut spans = vec![Span::raw(" ".repeat(before(&self.columns)))];
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

    fn head_targets(&self, head: &mut Canvas<'_>) {
        let mut x = head.area.x.saturating_add(cells(before(&self.columns)));
        for (index, column) in self.columns.iter().filter(|column| column.width > 0).enumerate() {
            x = x.saturating_add(if index > 0 { cells(width(&column.gap)) } else { 0 });
            let area = Rect { x, width: cells(column.width), ..head.area };
            if let Some(target) = column.target {
                head.on(area).target(target);
            }
            x = x.saturating_add(area.width);
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
        let mut head = canvas.take(1);
        head.line(self.head());
        self.head_targets(&mut head);
        canvas.drawn.geometry.list_rows = canvas.rows();
        if list.rows().is_empty() {
            let mut canvas = canvas.on(canvas.area).inset();
            let mut text = canvas.text();
            nothing(&mut text);
            canvas.lines(&text.lines);
            return;
        }
        let highlighter = filter.filter(|filter| !filter.is_empty()).map(Filter::highlighter);
        let cursor = canvas.list(list, |key, slot| {
            let spans = vec![slot.mark()];
            let mut row = Row { table: self, highlighter: highlighter.as_ref(), spans, next: 0, lent: Vec::new() };
            row_of(&mut row, key).map(|()| Line::from(row.spans))
        });
        canvas.drawn.cursor = cursor.filter(|_| focused).or(canvas.drawn.cursor);
    }
}

pub(super) struct Row<'t> {
    table: &'t Table,
    highlighter: Option<&'t Highlighter<'t>>,
    spans: Vec<Span<'static>>,
    next: usize,
    /// Columns of this row that give so many columns to the one behind them.
    lent: Vec<(usize, usize)>,
}

impl Row<'_> {
    pub(super) fn theme(&self) -> Theme {
        self.table.theme
    }

    pub(super) fn marked(&mut self, marked: bool) {
        let theme = self.table.theme;
        self.spans.push(if marked {
            span(theme, TextStyle::Accent, theme.glyph(Glyph::Marked))
        } else {
            Span::raw(" ")
        });
        self.spans.push(Span::raw(" "));
    }

    pub(super) fn room(&self) -> usize {
        let room = self.table.columns.get(self.next).map_or(0, |column| column.width);
        let of = |column: usize| self.lent.iter().filter(move |(from, _)| *from == column).map(|(_, lent)| *lent);
        let taken: usize = self.next.checked_sub(1).into_iter().flat_map(of).sum();
        (room + taken).saturating_sub(of(self.next).sum())
    }

    /// In this row the next column gives so many of its columns to the one behind it.
    pub(super) fn lend(&mut self, columns: usize) {
        self.lent.push((self.next, columns.min(self.room())));
    }

    /// Whether the next column is the one with this head.
    pub(super) fn comes_to(&self, head: &str) -> bool {
        self.table.columns.get(self.next).is_some_and(|column| column.head == head)
    }

    /// Draws the gap before the next column and returns its width; `None` where it is not shown.
    fn next(&mut self) -> Option<usize> {
        if self.spans.len() == 1 {
            self.spans.push(Span::raw(" ".repeat(before(&self.table.columns) - 1)));
        }
        let column = self.table.columns.get(self.next).filter(|column| column.width > 0);
        if let Some(column) = column.filter(|_| self.next > 0) {
            self.spans.push(span(self.table.theme, column.gap_role, column.gap.clone()));
        }
        let room = column.map(|_| self.room());
        self.next += 1;
        room
    }

    pub(super) fn spans(&mut self, spans: impl IntoIterator<Item = Span<'static>>) {
        if self.next().is_some() {
            self.spans.extend(spans);
        }
    }

    /// A text that the filter searches, with the shown matches underlined.
    pub(super) fn text(&mut self, role: TextStyle, text: &str) {
        let style = self.table.theme.style(role);
        let Some(room) = self.next() else { return };
        let shown = cut_end(self.table.theme, text, room);
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

    /// An email address, cut before its domain.
    pub(super) fn email(&mut self, address: &str) {
        let shown = email(address, self.room(), self.table.theme.glyph(Glyph::Cut));
        self.text(TextStyle::Plain, &shown);
    }

    /// A text in a style that covers the whole column.
    pub(super) fn filled(&mut self, role: TextStyle, text: &str) {
        let Some(room) = self.next() else { return };
        self.spans.push(span(self.table.theme, role, fit(self.table.theme, text, room)));
    }

    pub(super) fn cell(&mut self, role: TextStyle, text: &str) {
        let Some(room) = self.next() else { return };
        // A longer one moves the columns behind it.
        debug_assert!(width(text) <= room, "{text}");
        let padding = Span::raw(" ".repeat(room.saturating_sub(width(text))));
        self.spans.extend([span(self.table.theme, role, text), padding]);
    }
}
