//! What the SCPs and RCPs above an account leave to root sessions.

use ratatui::text::Line as Row;

use super::super::canvas::Canvas;
use super::super::measure::span;
use super::super::text::Text;
use super::super::theme::{Glyph, TextStyle};
use super::names::who;
use super::window::{read, text_for, widest};
use crate::app::dialogs::reader::{ControlsOf, Reader};
use crate::app::shell::App;
use crate::domain::control_policy::Verdict;
use crate::domain::text::clean;
use crate::words::change::CUT;
use crate::words::control_policy::{Line, READING, lines, title};

pub(super) fn draw(app: &App, reader: &Reader<ControlsOf>, canvas: &mut Canvas<'_>) {
    let ControlsOf(account) = reader.about;
    let mut text = text_for(canvas, widest(canvas));
    let asked = app.model.controls.get(&account);
    match asked.map(|asked| (asked.value(), asked.error())) {
        Some((_, Some(error))) => text.unread(app, error),
        Some((Some(controls), None)) => {
            let caller = app.model.caller_options();
            for line in lines(controls, caller.as_ref()) {
                draw_line(&mut text, line);
            }
        }
        _ => text.flagged(Glyph::Waiting, READING),
    }
    read(canvas, &title(clean(&who(app, account))), TextStyle::Accent, &text, reader.top);
}

fn draw_line(text: &mut Text, line: Line) {
    match line {
        Line::Heading(words) => text.paragraph(TextStyle::Accent, &words),
        Line::Plain(words) => text.plain(&words),
        Line::Verdict(verdict, words) => {
            let glyph = match verdict {
                Verdict::Allowed => Glyph::On,
                Verdict::Unknown => Glyph::Unknown,
                Verdict::Blocked => Glyph::Danger,
            };
            text.flagged(glyph, &words);
        }
        Line::Detail(words) => {
            text.hanging(span(text.theme, TextStyle::Plain, "    "), TextStyle::Plain, TextStyle::Plain, &words);
        }
        Line::Diff(words) => {
            let role = match words.chars().next() {
                Some('+') => TextStyle::On,
                Some('-') => TextStyle::Danger,
                _ => TextStyle::Quiet,
            };
            text.push(Row::from(span(text.theme, role, words)));
        }
        Line::Command(command) => {
            for line in command.lines(text.room, CUT) {
                text.push(Row::from(span(text.theme, TextStyle::Plain, line)));
            }
        }
        Line::Empty => text.blank(),
    }
}
