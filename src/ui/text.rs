//! A text being built: wrapped paragraphs, labels with values, lines with a sign in front.

use ratatui::text::{Line, Span};

use super::measure::{fit, span, wrap};
use super::theme::{Glyph, TextStyle, Theme};
use crate::app::shell::App;
use crate::domain::api_error::ApiError;
use crate::domain::aws_command::AwsCommand;
use crate::domain::text::{capital, width};
use crate::words::api_error::{ApiErrorWords, explain};
use crate::words::change::{CUT, NO_DEMO_COMMANDS};

const LABEL: usize = 15;
/// Of a value below its label.
const INDENT: usize = 2;

pub(super) struct Text {
    pub(super) theme: Theme,
    pub(super) room: usize,
    pub(super) lines: Vec<Line<'static>>,
    labels: usize,
}

impl Text {
    pub(super) fn new(theme: Theme, room: usize) -> Self {
        Self { theme, room, lines: Vec::new(), labels: LABEL }
    }

    pub(super) fn with_labels(self, labels: usize) -> Self {
        Self { labels, ..self }
    }

    /// Its lines are indented like the first.
    pub(super) fn paragraph(&mut self, role: TextStyle, text: &str) {
        let theme = self.theme;
        self.lines.extend(wrap(text, self.room).into_iter().map(|line| Line::from(span(theme, role, line))));
    }

    pub(super) fn plain(&mut self, text: &str) {
        self.paragraph(TextStyle::Plain, text);
    }

    pub(super) fn quiet(&mut self, text: &str) {
        self.paragraph(TextStyle::Quiet, text);
    }

    pub(super) fn attention(&mut self, text: &str) {
        self.paragraph(TextStyle::Attention, text);
    }

    /// A paragraph after a sign and in its style.
    pub(super) fn flagged(&mut self, glyph: Glyph, text: &str) {
        self.flagged_as(glyph.style(), glyph, text);
    }

    pub(super) fn flagged_as(&mut self, role: TextStyle, glyph: Glyph, text: &str) {
        self.paragraph(role, &format!("{} {text}", self.theme.glyph(glyph)));
    }

    /// The same, indented: it is about the line above.
    pub(super) fn noted(&mut self, glyph: Glyph, text: &str) {
        self.noted_as(glyph.style(), glyph, text);
    }

    pub(super) fn noted_as(&mut self, role: TextStyle, glyph: Glyph, text: &str) {
        self.paragraph(role, &format!("  {} {text}", self.theme.glyph(glyph)));
    }

    pub(super) fn push(&mut self, line: impl Into<Line<'static>>) {
        self.lines.push(line.into());
    }

    pub(super) fn blank(&mut self) {
        self.lines.push(Line::default());
    }

    pub(super) fn label(&mut self, label: &str, role: TextStyle, value: impl Into<String>) {
        self.labelled(label, [span(self.theme, role, value)]);
    }

    pub(super) fn state(&mut self, label: &str, glyph: Glyph, word: &str) {
        self.label(label, glyph.style(), format!("{} {word}", self.theme.glyph(glyph)));
    }

    /// The value is on a line of its own where it does not fit beside the label.
    pub(super) fn labelled(&mut self, label: &str, value: impl IntoIterator<Item = Span<'static>>) {
        let label = span(self.theme, TextStyle::Quiet, fit(self.theme, label, self.labels));
        let value: Vec<Span<'static>> = value.into_iter().collect();
        let taken: usize = value.iter().map(Span::width).sum();
        if taken + self.labels <= self.room || taken + INDENT > self.room {
            return self.lines.push(std::iter::once(label).chain(value).collect());
        }
        self.lines.push(label.into());
        self.lines.push(std::iter::once(Span::raw(" ".repeat(INDENT))).chain(value).collect());
    }

    /// Whether a value fits beside its label.
    pub(super) fn has_room_for(&self, value: &str) -> bool {
        width(value) + self.labels <= self.room
    }

    /// The value is on lines of its own where it does not fit beside the label.
    pub(super) fn value(&mut self, label: &str, value: &str) {
        if self.has_room_for(value) {
            self.label(label, TextStyle::Plain, value);
        } else {
            self.labelled(label, []);
            self.plain(&format!("  {value}"));
        }
    }

    /// The other lines are aligned with its beginning, after blanks in the style `below`.
    pub(super) fn hanging(&mut self, first: Span<'static>, below: TextStyle, role: TextStyle, text: &str) {
        let indent = span(self.theme, below, " ".repeat(first.width()));
        let lines = wrap(text, self.room.saturating_sub(first.width()));
        for (line, before) in lines.into_iter().zip(std::iter::once(first).chain(std::iter::repeat(indent))) {
            self.push(Line::from(vec![before, span(self.theme, role, line)]));
        }
    }

    pub(super) fn unread(&mut self, app: &App, error: &ApiError) {
        let words = explained(app, error);
        self.blank();
        self.flagged(Glyph::Unknown, &words.tried);
        self.plain(&words.said);
        self.quiet(words.cause);
        self.plain(&words.fix);
    }

    pub(super) fn error(&mut self, words: &ApiErrorWords) {
        let parts = [
            ("Operation", words.tried.as_str(), TextStyle::Plain),
            ("Error", &words.said, TextStyle::Danger),
            ("Cause", words.cause, TextStyle::Plain),
            ("Effect", words.consequence, TextStyle::Plain),
            ("Fix", &words.fix, TextStyle::Plain),
        ];
        for (label, text, role) in parts {
            self.push(span(self.theme, TextStyle::Quiet, label));
            self.paragraph(role, &format!("  {text}"));
        }
    }

    /// The commands, broken between words, or why there are none.
    pub(super) fn commands(&mut self, app: &App, commands: &[AwsCommand]) {
        if app.model.start.demo {
            self.quiet(&format!("{}.", capital(NO_DEMO_COMMANDS)));
        } else {
            let room = self.room;
            for line in commands.iter().flat_map(|command| command.lines(room, CUT)) {
                self.push(span(self.theme, TextStyle::Quiet, line));
            }
        }
    }
}

pub(super) fn explained(app: &App, error: &ApiError) -> ApiErrorWords {
    explain(error, app.model.caller_to_fix(error).as_ref())
}
