//! Text in columns: cut, padded, wrapped.

use ratatui::layout::Rect;
use ratatui::text::Span;

use super::theme::{Glyph, TextStyle, Theme};
use crate::domain::text::{HALF_WIDTH_MARKS, cut_to, width};

pub(super) fn columns(area: Rect) -> usize {
    usize::from(area.width)
}

/// A count of columns or rows for a position, capped at the widest terminal.
pub(super) fn cells(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

pub(super) fn span<'a>(theme: Theme, role: TextStyle, text: impl Into<String>) -> Span<'a> {
    Span::styled(text.into(), theme.style(role))
}

/// Cut at its end to `room` columns, padded with blanks.
pub(super) fn fit(theme: Theme, text: &str, room: usize) -> String {
    let cut = cut_end(theme, text, room);
    let missing = room.saturating_sub(width(&cut));
    format!("{cut}{}", " ".repeat(missing))
}

/// Cut at its end to `room` columns: the beginning of a sentence says the most.
pub(super) fn cut_end(theme: Theme, text: &str, room: usize) -> String {
    cut_to(text, room, theme.glyph(Glyph::Cut))
}

/// A title, cut at its end; the id of the account that it names behind a name stays whole.
pub(super) fn cut_title(theme: Theme, title: &str, room: usize) -> String {
    let id = title.rfind(" (").map(|at| title.split_at(at)).filter(|(_, id)| is_id(id));
    match id {
        Some((before, id)) if room > width(id) => {
            format!("{}{id}", cut_end(theme, before, room - width(id)))
        }
        _ => cut_end(theme, title, room),
    }
}

/// ` (123456789012)`
fn is_id(text: &str) -> bool {
    let id = text.strip_prefix(" (").and_then(|text| text.strip_suffix(')'));
    id.is_some_and(|id| id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Lines of at most `room` columns, indented like the first. They break at blanks only, so that
/// dates, addresses and names stay whole where they fit.
pub(super) fn wrap(text: &str, room: usize) -> Vec<String> {
    let words = text.trim_start_matches(' ');
    let indent = text.get(..text.len() - words.len()).unwrap_or_default();
    let options = textwrap::Options::new(room.max(1))
        .initial_indent(indent)
        .subsequent_indent(indent)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    // The wrapping counts no column for the marks of half-width katakana, so characters that never
    // occur in text stand for them meanwhile.
    let [voiced, half_voiced] = HALF_WIDTH_MARKS;
    if !words.contains(HALF_WIDTH_MARKS) {
        return textwrap::wrap(words, options).into_iter().map(std::borrow::Cow::into_owned).collect();
    }
    let words = words.replace(voiced, "\u{FDD0}").replace(half_voiced, "\u{FDD1}");
    let back = |line: std::borrow::Cow<'_, str>| line.replace('\u{FDD0}', "\u{FF9E}").replace('\u{FDD1}', "\u{FF9F}");
    textwrap::wrap(&words, options).into_iter().map(back).collect()
}
