//! The one screen for when AWS can't be asked.

use ratatui::text::Line;

use super::canvas::Canvas;
use super::measure::{cut_end, span};
use super::text::explained;
use super::theme::{TextStyle, Theme};
use crate::app::command::CommandId;
use crate::app::shell::App;
use crate::words::keys::key;
use crate::words::ui::views as says;

/// Whether there is nothing to show except why AWS can't be asked.
pub(super) fn is_needed(app: &App) -> bool {
    app.model.accounts.is_empty() && app.model.connection.error().is_some()
}

pub(super) fn draw(app: &App, canvas: &mut Canvas<'_>) {
    let Some(error) = app.model.connection.error() else { return };
    let mut inner = canvas.pane(says::AWS_CANNOT_BE_ASKED, true, TextStyle::Danger).inset();
    inner.drawn.cursor = Some(inner.area.as_position());
    let words = explained(app, error);
    let mut text = inner.text();
    text.error(&words);
    if text.lines.len() + 2 <= inner.rows() {
        text.blank();
    } else {
        // On a low screen, only what AWS said and the fix, which is shown whole.
        let mut fix = inner.text();
        fix.plain(&words.fix);
        text = inner.text();
        text.paragraph(TextStyle::Danger, &words.said);
        let room = inner.rows().saturating_sub(fix.lines.len() + 2).max(1);
        if let Some(next) = text.lines.get(room).map(ToString::to_string) {
            text.lines.truncate(room);
            let begun = text.lines.pop().map(|last| last.to_string()).unwrap_or_default();
            let columns = usize::from(inner.area.width);
            let cut = cut_end(inner.theme, &format!("{begun} {next}"), columns);
            text.push(Line::from(span(inner.theme, TextStyle::Danger, cut)));
        }
        text.blank();
        text.lines.append(&mut fix.lines);
        text.lines.truncate(inner.rows().saturating_sub(1));
    }
    text.push(keys(inner.theme, app.model.can_sign_in()));
    inner.lines(&text.lines);
}

fn keys(theme: Theme, signs_in: bool) -> Line<'static> {
    let keys = [
        (CommandId::Refresh, says::TRIES_AGAIN),
        (CommandId::SignIn, says::SIGNS_IN),
        (CommandId::ChooseProfile, says::TAKES_ANOTHER_PROFILE),
    ];
    let shown = keys.into_iter().filter(|(command, _)| signs_in || *command != CommandId::SignIn);
    let spans = |(command, text)| [span(theme, TextStyle::Accent, key(command)), span(theme, TextStyle::Plain, text)];
    shown.flat_map(spans).collect()
}
