//! The small things that every picture is made of: cut text, panes, wrapped paragraphs, fields.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::symbols::border;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear, Widget};

use super::theme::{Glyph, TextStyle, Theme};
use crate::app::field::TextField;
use crate::domain::text::{HALF_WIDTH_MARKS, cut_middle, width};

/// Columns as a number that texts are measured in.
#[must_use]
pub(super) fn columns(area: Rect) -> usize {
    usize::from(area.width)
}

/// A count of columns or rows for a position; texts wider than any terminal end at its edge.
#[must_use]
pub(super) fn cells(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

/// A span in the style of a role.
pub(super) fn span<'a>(theme: Theme, role: TextStyle, text: impl Into<String>) -> Span<'a> {
    Span::styled(text.into(), theme.style(role))
}

/// `text` cut from the middle to `room` columns and filled up with blanks.
#[must_use]
pub(super) fn fit(theme: Theme, text: &str, room: usize) -> String {
    let cut = cut_middle(text, room, theme.glyph(Glyph::Cut));
    let missing = room.saturating_sub(width(&cut));
    format!("{cut}{}", " ".repeat(missing))
}

/// `text` cut at its end to `room` columns: a sentence is told by its beginning.
#[must_use]
pub(super) fn cut_end(theme: Theme, text: &str, room: usize) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let mut left = room.saturating_sub(width(theme.glyph(Glyph::Cut)));
    let fits = |c: &char| {
        let columns = width(c.encode_utf8(&mut [0; 4]));
        let fits = columns <= left;
        left = if fits { left - columns } else { 0 };
        fits
    };
    let kept: String = text.chars().take_while(fits).collect();
    format!("{}{}", kept.trim_end(), theme.glyph(Glyph::Cut))
}

/// `text` in lines of at most `room` columns, the ones behind the first indented as it is. Lines break
/// at blanks only, so that dates, addresses and names stay whole where they fit.
#[must_use]
pub(super) fn wrap(text: &str, room: usize) -> Vec<String> {
    let words = text.trim_start_matches(' ');
    let indent = text.get(..text.len() - words.len()).unwrap_or_default();
    let options = textwrap::Options::new(room.max(1))
        .initial_indent(indent)
        .subsequent_indent(indent)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    // It counts no column for the marks of half-width katakana: characters that never are in a text
    // stand for them meanwhile.
    let [voiced, half_voiced] = HALF_WIDTH_MARKS;
    if !words.contains(HALF_WIDTH_MARKS) {
        return textwrap::wrap(words, options).into_iter().map(std::borrow::Cow::into_owned).collect();
    }
    let words = words.replace(voiced, "\u{FDD0}").replace(half_voiced, "\u{FDD1}");
    let back = |line: std::borrow::Cow<'_, str>| line.replace('\u{FDD0}', "\u{FF9E}").replace('\u{FDD1}', "\u{FF9F}");
    textwrap::wrap(&words, options).into_iter().map(back).collect()
}

/// Draws the frame of a pane and gives the area inside it.
pub(super) fn pane(theme: Theme, buf: &mut Buffer, area: Rect, title: &str, focused: bool, role: TextStyle) -> Rect {
    let style = theme.style(if focused { role } else { TextStyle::Quiet });
    let room = columns(area).saturating_sub(4);
    let title = format!(" {} ", cut_middle(title, room, theme.glyph(Glyph::Cut)));
    let block =
        Block::bordered().border_set(if theme.ascii { ASCII_BORDER } else { border::PLAIN }).border_style(style);
    // Not as the block's own title, which measures half-width katakana too short.
    let inner = block.inner(area);
    block.render(area, buf);
    if area.height > 0 {
        let style = if focused { style } else { Style::new() };
        buf.set_stringn(area.x.saturating_add(1), area.y, title, columns(area).saturating_sub(2), style);
    }
    inner
}

/// Gives the mark of half-width katakana, which takes a column, a cell of its own. In one cell with its letter
/// it would stay on the screen where the letter goes: a terminal clears a column each.
pub(super) fn separate_marks(buf: &mut Buffer) {
    for y in buf.area.top()..buf.area.bottom() {
        for x in buf.area.left()..buf.area.right().saturating_sub(1) {
            let Some(cell) = buf.cell((x, y)) else { continue };
            let symbol = cell.symbol();
            let Some(mark) = symbol.chars().next_back().filter(|last| HALF_WIDTH_MARKS.contains(last)) else {
                continue;
            };
            let letter = symbol.trim_end_matches(mark).to_owned();
            if letter.is_empty() || width(&letter) != 1 {
                continue;
            }
            let style = cell.style();
            if let Some(cell) = buf.cell_mut((x, y)) {
                cell.set_symbol(&letter);
            }
            if let Some(next) = buf.cell_mut((x + 1, y)) {
                next.set_char(mark).set_style(style);
            }
        }
    }
}

/// The part of a pane that text stands in: a blank column on each side.
pub(super) fn text_area(inner: Rect) -> Rect {
    Rect { x: inner.x.saturating_add(1), width: inner.width.saturating_sub(2), ..inner }
}

/// A frame in ASCII.
const ASCII_BORDER: border::Set<'static> = border::Set {
    top_left: "+",
    top_right: "+",
    bottom_left: "+",
    bottom_right: "+",
    vertical_left: "|",
    vertical_right: "|",
    horizontal_top: "-",
    horizontal_bottom: "-",
};

/// Draws lines from the top of `area`; what does not fit is left out. How many were drawn.
pub(super) fn lines(buf: &mut Buffer, area: Rect, content: &[Line<'_>]) -> usize {
    let mut drawn = 0;
    for (row, line) in area.rows().zip(content) {
        buf.set_line(row.x, row.y, line, row.width);
        drawn += 1;
    }
    drawn
}

/// Draws a text field over `area`'s first row and gives the place of its cursor. Of a text wider
/// than the field, the part around the cursor is shown.
pub(super) fn field(buf: &mut Buffer, area: Rect, text: &TextField, style: Style) -> Position {
    let room = columns(area).saturating_sub(1);
    let skip = text.cursor_column().saturating_sub(room);
    let mut column = 0;
    let shown: String = text
        .text()
        .chars()
        .filter(|c| {
            let start = column;
            column += width(c.encode_utf8(&mut [0; 4]));
            start >= skip && column <= skip + room
        })
        .collect();
    buf.set_stringn(area.x, area.y, shown, room, style.add_modifier(Modifier::UNDERLINED));
    let offset = cells(text.cursor_column().saturating_sub(skip));
    Position { x: area.x.saturating_add(offset), y: area.y }
}

/// Clears `area` for what is drawn over it. A wide character that reaches into it from the left goes
/// too: its second half would hide the first column.
pub(super) fn clear(buf: &mut Buffer, area: Rect) {
    Clear.render(area, buf);
    let Some(x) = area.x.checked_sub(1) else { return };
    for y in area.top()..area.bottom() {
        if let Some(cell) = buf.cell_mut(Position { x, y }).filter(|cell| width(cell.symbol()) > 1) {
            cell.set_symbol(" ");
        }
    }
}

/// A row of label and value, the labels in one column.
#[must_use]
pub(super) fn labelled<'a>(theme: Theme, label: &str, value: Vec<Span<'a>>) -> Line<'a> {
    let mut spans = vec![span(theme, TextStyle::Quiet, fit(theme, label, 15))];
    spans.extend(value);
    Line::from(spans)
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let area = buf.area;
        pane(
            Theme { theme: super::super::theme::ColorScheme::Terminal, ascii: false },
            &mut buf,
            area,
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
            let area = Rect::new(x, 0, 4, 3);
            clear(&mut buf, area);
            buf.set_string(x, 1, "|", Style::new());
            let drawn =
                Buffer::empty(buf.area).diff(&buf).iter().any(|(at, y, cell)| (*at, *y, cell.symbol()) == (x, 1, "|"));
            assert!(drawn, "at {x}");
        }
    }
}
