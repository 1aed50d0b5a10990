//! What the listings showed to be otherwise than before, all of it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::super::Drawn;
use super::super::canvas::{span, wrap};
use super::super::theme::{Glyph, TextStyle, Theme};
use super::window::{scrolled, window};
use crate::app::App;
use crate::app::layers::Reader;
use crate::domain::finding::{Difference, DifferenceKind, Finding};
use crate::words::findings as words;

pub(super) fn draw(
    app: &App,
    reader: &Reader<Vec<i64>>,
    theme: Theme,
    buf: &mut Buffer,
    area: Rect,
    drawn: &mut Drawn,
) {
    let room = usize::from(area.width.min(90)).saturating_sub(4);
    let shown = app.model.findings_shown(&reader.about);
    let mut text = Text { app, theme, room, lines: Vec::new() };
    for kind in DifferenceKind::ALL {
        text.kind(kind, shown.iter().copied().filter(|finding| finding.difference.kind() == kind));
    }
    let end = if shown.is_empty() { words::NONE_LEFT } else { words::NOTED };
    text.paragraph(TextStyle::Plain, end);
    let title = words::title(shown.len(), theme.glyph(Glyph::Dot));
    let inner = window(theme, buf, area, &title, text.lines.len(), TextStyle::Attention, drawn);
    let top = reader.top.min(text.lines.len().saturating_sub(usize::from(inner.height)));
    scrolled(buf, inner, &text.lines, top, drawn);
}

/// The text as it grows.
struct Text<'a> {
    app: &'a App,
    theme: Theme,
    room: usize,
    lines: Vec<Line<'static>>,
}

impl Text<'_> {
    fn paragraph(&mut self, role: TextStyle, text: &str) {
        let lines = wrap(text, self.room).into_iter().map(|line| Line::from(span(self.theme, role, line)));
        self.lines.extend(lines);
    }

    /// The findings of a kind, and what they may mean.
    fn kind<'a>(&mut self, kind: DifferenceKind, findings: impl Iterator<Item = &'a Finding>) {
        let mut findings = findings.peekable();
        if findings.peek().is_none() {
            return;
        }
        let loud = if kind == DifferenceKind::Email {
            (TextStyle::Danger, Glyph::Danger)
        } else {
            (TextStyle::Attention, Glyph::Differs)
        };
        self.paragraph(loud.0, &format!("{} {}", self.theme.glyph(loud.1), words::head(kind)));
        for finding in findings {
            self.finding(finding);
        }
        self.paragraph(TextStyle::Plain, words::meaning(kind));
        self.paragraph(TextStyle::Plain, words::where_to_look(kind));
        if kind == DifferenceKind::Email {
            for command in self.app.looks_into_findings() {
                let lines = command.lines(self.room.saturating_sub(2));
                self.lines.extend(
                    lines.into_iter().map(|line| Line::from(span(self.theme, TextStyle::Quiet, format!("  {line}")))),
                );
            }
        }
        self.lines.push(Line::default());
    }

    fn finding(&mut self, finding: &Finding) {
        let when = words::between(finding, &self.app.model.start.time_zone);
        let who = format!("  {} {}", finding.account, finding.name);
        match &finding.difference {
            Difference::Email { old, new } => {
                self.paragraph(TextStyle::Plain, &who);
                self.value("from", old, TextStyle::Plain);
                self.value("to", new, TextStyle::Attention);
                self.paragraph(TextStyle::Quiet, &format!("    {when}"));
            }
            Difference::State { old, new } => {
                let arrow = self.theme.glyph(Glyph::Arrow);
                self.paragraph(TextStyle::Plain, &format!("{who}: {} {arrow} {}", old.as_str(), new.as_str()));
                self.paragraph(TextStyle::Quiet, &format!("    {when}"));
            }
            Difference::New | Difference::Gone => {
                self.paragraph(TextStyle::Plain, &who);
                self.paragraph(TextStyle::Quiet, &format!("    {when}"));
            }
        }
    }

    /// An address with what it is; on a line of its own where it does not fit beside that.
    fn value(&mut self, label: &str, value: &str, role: TextStyle) {
        let label = span(self.theme, TextStyle::Quiet, format!("    {label:<5}"));
        let mut parts = wrap(value, self.room.saturating_sub(9)).into_iter();
        let first = parts.next().unwrap_or_default();
        self.lines.push(Line::from(vec![label, span(self.theme, role, first)]));
        for part in parts {
            self.lines.push(Line::from(vec![Span::raw(" ".repeat(9)), span(self.theme, role, part)]));
        }
    }
}
