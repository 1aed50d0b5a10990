//! Texts to read and lists to choose from.

use super::window::{scrolled, window};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::super::Drawn;
use super::super::canvas::{fit, span, wrap};
use super::super::startup::{fault_lines, fault_lines_with};
use super::super::theme::{Glyph, TextStyle, Theme};
use crate::app::App;
use crate::app::command::{COMMANDS, Command, KeyContext};
use crate::app::layers::Reader;
use crate::app::notification::{Notification, Trouble};
use crate::words::{labels, notification as news_words, plans};

pub(super) fn help(
    app: &App,
    reader: &Reader<KeyContext>,
    theme: Theme,
    buf: &mut Buffer,
    area: Rect,
    drawn: &mut Drawn,
) {
    let room = usize::from(area.width.min(90)).saturating_sub(4);
    let content: Vec<Line<'_>> = COMMANDS
        .iter()
        .filter(|command| command.places.contains(&reader.about))
        .flat_map(|command| help_lines(app, theme, command, room))
        .collect();
    let title = format!("Help {} {}", theme.glyph(Glyph::Dot), labels::place(reader.about));
    let inner = window(theme, buf, area, &title, content.len(), TextStyle::Accent, drawn);
    scrolled(buf, inner, &content, reader.top, drawn);
}

fn help_lines<'a>(_app: &App, theme: Theme, command: &Command, room: usize) -> Vec<Line<'a>> {
    const KEYS: usize = 18;
    let keys = command.keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    let text = wrap(command.help, room.saturating_sub(KEYS + 1));
    text.into_iter()
        .enumerate()
        .map(|(index, line)| {
            let keys = if index == 0 { fit(theme, &keys, KEYS) } else { " ".repeat(KEYS) };
            Line::from(vec![span(theme, TextStyle::Accent, keys), Span::raw(" "), Span::raw(line)])
        })
        .collect()
}

pub(super) fn notification(
    app: &App,
    reader: &Reader<Notification>,
    theme: Theme,
    buf: &mut Buffer,
    area: Rect,
    drawn: &mut Drawn,
) {
    let room = usize::from(area.width.min(90)).saturating_sub(4);
    let told = |fault| fault_lines(theme, fault, app.model.caller_to_mend(fault).as_ref(), room);
    let content = match &reader.about {
        Notification::ReadFailed(fault) | Notification::Local(fault) => told(fault),
        Notification::PlanHalted(fault) => {
            fault_lines_with(theme, fault, plans::HALTED, app.model.caller_to_mend(fault).as_ref(), room)
        }
        Notification::RootUnread(_, _, fault) => {
            let line = news_words::line(&reader.about);
            let mut content: Vec<Line<'_>> =
                wrap(&line, room).into_iter().map(|line| Line::from(span(theme, TextStyle::Danger, line))).collect();
            content.extend(told(fault));
            content
        }
        Notification::WriteTrouble(change, trouble) => {
            let title = format!("{}: {}", crate::words::change::title(change), news_words::trouble_title(trouble));
            let mut content: Vec<Line<'_>> =
                wrap(&title, room).into_iter().map(|line| Line::from(span(theme, TextStyle::Danger, line))).collect();
            if let Some(fault) = Trouble::fault(trouble) {
                content.extend(told(fault));
            } else {
                content.extend(wrap(&news_words::trouble_line(trouble), room).into_iter().map(Line::from));
            }
            content
        }
        other => wrap(&news_words::line(other), room).into_iter().map(Line::from).collect(),
    };
    let inner = window(theme, buf, area, "Error", content.len(), TextStyle::Danger, drawn);
    scrolled(buf, inner, &content, reader.top, drawn);
}
