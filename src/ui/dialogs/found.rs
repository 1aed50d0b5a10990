//! The matches of a search in a text.

use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::super::text::Text;
use crate::app::search::Search;
use crate::domain::fold::{fold, occurrences};

pub(super) struct Found {
    pub(super) text: Text,
    pub(super) count: usize,
    /// The line of the match that is shown.
    pub(super) line: usize,
}

/// The text with every match underlined, and the one that is shown reversed.
pub(super) fn of(text: &Text, search: &Search) -> Found {
    let needle = fold(search.text());
    let plain = |line: &Line<'_>| line.spans.iter().map(|span| span.content.as_ref()).collect::<String>();
    let places: Vec<_> = text.lines.iter().map(|line| occurrences(&plain(line), &needle)).collect();
    let count = places.iter().map(Vec::len).sum();
    let (mut shown, mut before, mut at) = (Text::new(text.theme, text.room), 0, 0);
    for (index, (line, places)) in text.lines.iter().zip(&places).enumerate() {
        let current = search.at(count).checked_sub(before).and_then(|current| places.get(current));
        if current.is_some() {
            at = index;
        }
        before += places.len();
        shown.push(marked(line, |place| {
            let is_in = |range: &&std::ops::Range<u32>| range.contains(&place);
            match (current.filter(is_in), places.iter().find(is_in)) {
                (Some(_), _) => Modifier::UNDERLINED | Modifier::REVERSED,
                (None, Some(_)) => Modifier::UNDERLINED,
                (None, None) => Modifier::empty(),
            }
        }));
    }
    Found { text: shown, count, line: at }
}

/// The line with the modifier of each of its characters added.
fn marked(line: &Line<'static>, of: impl Fn(u32) -> Modifier) -> Line<'static> {
    let mut spans: Vec<(Style, String)> = Vec::new();
    let styled = line.spans.iter().flat_map(|span| span.content.chars().map(|c| (span.style, c)));
    for ((style, c), place) in styled.zip(0_u32..) {
        let style = style.add_modifier(of(place));
        match spans.last_mut() {
            Some((last, text)) if *last == style => text.push(c),
            _ => spans.push((style, c.to_string())),
        }
    }
    spans.into_iter().map(|(style, text)| Span::styled(text, style)).collect()
}
