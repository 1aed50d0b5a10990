//! The progress of the current run, in one line.

use ratatui::text::Span;

use super::canvas::Canvas;
use super::measure::{cut_end, span};
use super::text::Text;
use super::theme::{Glyph, TextStyle, Theme};
use crate::app::command::KeyContext;
use crate::app::shell::App;
use crate::words::root_access;

pub(super) fn progress_line(app: &App, theme: Theme, room: usize) -> Option<Span<'static>> {
    let run = app.model.in_progress.as_ref()?;
    let steered = app.place() != KeyContext::Dialog;
    let words = root_access::progress(run, theme.glyph(Glyph::Dot), steered);
    let text = format!(" {} {words}", theme.glyph(Glyph::Waiting));
    Some(span(theme, TextStyle::Waiting, cut_end(theme, &text, room)))
}

pub(super) fn progress_in(app: &App, text: &mut Text) {
    let room = text.room;
    text.lines.extend(progress_line(app, text.theme, room).map(Into::into));
}

pub(super) fn progress(app: &App, canvas: &mut Canvas<'_>) {
    let line = progress_line(app, canvas.theme, canvas.room());
    if let Some(line) = line.filter(|_| canvas.area.height > 2) {
        canvas.take(1).line(line);
    }
}
