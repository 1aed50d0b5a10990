//! The one screen for when AWS can't be asked.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::Drawn;
use super::canvas::{columns, lines, pane, span, text_area, wrap};
use super::theme::{TextStyle, Theme};
use crate::app::App;
use crate::domain::api_error::ApiError;
use crate::domain::aws_command::CallerOptions;
use crate::words::api_error::{ApiErrorWords, fault as fault_words};

/// Whether there is nothing to show but why AWS can't be asked.
pub(super) fn is_needed(app: &App) -> bool {
    app.model.accounts.is_empty() && app.model.connection.fault().is_some()
}

/// What was tried, what is missing, and what mends it.
pub(super) fn draw(app: &App, theme: Theme, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let Some(fault) = app.model.connection.fault() else { return };
    let inner = text_area(pane(theme, buf, area, "AWS can't be asked", true, TextStyle::Danger));
    drawn.cursor = Some(inner.as_position());
    let caller = app.model.caller_to_mend(fault);
    let again = keys(theme, app.model.can_sign_in());
    let mut content = fault_lines(theme, fault, caller.as_ref(), columns(inner));
    let fits = content.len() + 2 <= usize::from(inner.height);
    if fits {
        content.push(Line::default());
    } else {
        content = short_lines(theme, fault, caller.as_ref(), columns(inner));
        content.truncate(usize::from(inner.height).saturating_sub(1));
    }
    content.push(again);
    lines(buf, inner, &content);
}

/// What can be done about it from here.
fn keys(theme: Theme, signs_in: bool) -> Line<'static> {
    let keys = [("r", " tries again   "), ("I", " signs in   "), ("w", " takes another profile")];
    let shown = keys.into_iter().filter(|(key, _)| signs_in || *key != "I");
    let spans =
        shown.flat_map(|(key, text)| [span(theme, TextStyle::Accent, key), span(theme, TextStyle::Plain, text)]);
    spans.collect()
}

/// A failure on a low screen: what AWS said and what mends it.
fn short_lines(theme: Theme, fault: &ApiError, caller: Option<&CallerOptions>, room: usize) -> Vec<Line<'static>> {
    let words = fault_words(fault, caller);
    let said = wrap(&words.said, room).into_iter().map(|line| Line::from(span(theme, TextStyle::Danger, line)));
    let fix = wrap(&words.fix, room).into_iter().map(|line| Line::from(span(theme, TextStyle::Plain, line)));
    said.chain(std::iter::once(Line::default())).chain(fix).collect()
}

/// A failure in full, in lines of at most `room` columns.
pub(super) fn fault_lines(
    theme: Theme,
    fault: &ApiError,
    caller: Option<&CallerOptions>,
    room: usize,
) -> Vec<Line<'static>> {
    lines_of(theme, &fault_words(fault, caller), room)
}

/// The same of a failure that leaves something else behind than the call that failed.
pub(super) fn fault_lines_with(
    theme: Theme,
    fault: &ApiError,
    consequence: &'static str,
    caller: Option<&CallerOptions>,
    room: usize,
) -> Vec<Line<'static>> {
    lines_of(theme, &ApiErrorWords { consequence, ..fault_words(fault, caller) }, room)
}

fn lines_of(theme: Theme, words: &ApiErrorWords, room: usize) -> Vec<Line<'static>> {
    let mut content = Vec::new();
    let mut part = |label: &str, text: &str, role: TextStyle| {
        content.push(Line::from(span(theme, TextStyle::Quiet, label)));
        content.extend(
            wrap(text, room.saturating_sub(2))
                .into_iter()
                .map(|line| Line::from(span(theme, role, format!("  {line}")))),
        );
    };
    part("Tried", &words.tried, TextStyle::Plain);
    part("Answer", &words.said, TextStyle::Danger);
    part("Cause", words.cause, TextStyle::Plain);
    part("So", words.consequence, TextStyle::Plain);
    part("Mend", &words.fix, TextStyle::Plain);
    content
}
