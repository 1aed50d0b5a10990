//! Texts to read: the help of a place, and a notification in full.

use super::super::canvas::Canvas;
use super::super::measure::{fit, span};
use super::super::text::{Text, explained};
use super::super::theme::{Glyph, TextStyle};
use super::window::{read, text_for, widest};
use crate::app::command::{COMMANDS, Command, KeyContext};
use crate::app::dialogs::reader::Reader;
use crate::app::notification::Notification;
use crate::app::shell::App;
use crate::domain::text::width;
use crate::words::api_error::ApiErrorWords;
use crate::words::ui::dialogs as says;
use crate::words::{change, labels, notification as news_words, plans};

pub(super) fn help(app: &App, reader: &Reader<KeyContext>, canvas: &mut Canvas<'_>) {
    let mut text = text_for(canvas, widest(canvas));
    let all = || COMMANDS.iter().filter(|command| command.places.contains(&reader.about));
    let most = text.room / 3;
    let keys = all().map(|command| width(&app.keys().names(command)) + 1).filter(|keys| *keys <= most);
    let keys = keys.max().unwrap_or(most);
    all().for_each(|command| help_lines(app, &mut text, command, keys));
    let title = format!("Help {} {}", canvas.glyph(Glyph::Dot), labels::place(reader.about));
    read(canvas, &title, TextStyle::Accent, &text, reader.top);
}

/// Keys that are too long for their column have a line of their own: they are never cut.
fn help_lines(app: &App, text: &mut Text, command: &Command, room: usize) {
    let mut names = app.keys().names(command);
    if width(&names) > room {
        text.paragraph(TextStyle::Accent, &names);
        names.clear();
    }
    let keys = span(text.theme, TextStyle::Accent, fit(text.theme, &names, room));
    text.hanging(keys, TextStyle::Accent, TextStyle::Plain, &format!(" {}", command.help));
}

pub(super) fn notification(app: &App, reader: &Reader<Notification>, canvas: &mut Canvas<'_>) {
    let mut text = text_for(canvas, widest(canvas));
    let reported = |error| explained(app, error);
    match &reader.about {
        Notification::ReadFailed(error) | Notification::Local(error) => text.error(&reported(error)),
        Notification::PlanHalted(error) => text.error(&ApiErrorWords { consequence: plans::HALTED, ..reported(error) }),
        Notification::RootUnread(_, _, error) => {
            text.paragraph(TextStyle::Danger, &news_words::line(&reader.about));
            text.error(&reported(error));
        }
        Notification::WriteTrouble(change, trouble) => {
            let title = format!("{}: {}", change::title(change), news_words::trouble_title(trouble));
            text.paragraph(TextStyle::Danger, &title);
            match trouble.error() {
                Some(error) => text.error(&reported(error)),
                None => text.plain(&news_words::trouble_line(trouble)),
            }
        }
        other => text.plain(&news_words::line(other)),
    }
    let title = match app.notifications.place(&reader.about) {
        Some((place, count)) if count > 1 => says::error_of(place, count),
        _ => says::ERROR.to_owned(),
    };
    read(canvas, &title, TextStyle::Danger, &text, reader.top);
}
