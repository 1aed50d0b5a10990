//! Text in columns: cut, filled up, wrapped.

use ratatui::layout::Rect;
use ratatui::text::Span;

use super::theme::{Glyph, TextStyle, Theme};
use crate::domain::text::{HALF_WIDTH_MARKS, cut_middle, width};

/// Columns as a number that texts are measured in.
pub(super) fn columns(area: Rect) -> usize {
    usize::from(area.width)
}

/// A count of columns or rows for a position; texts wider than any terminal end at its edge.
pub(super) fn cells(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

/// A span in the style of a role.
pub(super) fn span<'a>(theme: Theme, role: TextStyle, text: impl Into<String>) -> Span<'a> {
    Span::styled(text.into(), theme.style(role))
}

/// `text` cut from the middle to `room` columns and filled up with blanks.
pub(super) fn fit(theme: Theme, text: &str, room: usize) -> String {
    let cut = cut_middle(text, room, theme.glyph(Glyph::Cut));
    let missing = room.saturating_sub(width(&cut));
    format!("{cut}{}", " ".repeat(missing))
}

/// `text` cut at its end to `room` columns: a sentence is told by its beginning.
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
