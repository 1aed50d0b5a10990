//! The line above the footer.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::apps::Apps;
use super::canvas::Canvas;
use super::measure::{cut_end, span};
use super::theme::{Glyph, TextStyle, Theme};
use crate::app::field::TextField;
use crate::app::filter::FilterHint;
use crate::app::notification::Tone;
use crate::app::notification_list::PostedNotification;
use crate::app::shell::App;
use crate::domain::text::width;
use crate::words::ui::views as says;
use crate::words::{change, labels, notification, organizations};

/// The line above the footer: the filter being typed, what quitting waits for, or a notification.
pub(super) fn posted(app: &App, canvas: &mut Canvas<'_>) {
    let (theme, room) = (canvas.theme, canvas.room());
    let awaited = |text: String| span(theme, TextStyle::Waiting, text);
    let wait = theme.glyph(Glyph::Waiting);
    let apps = canvas.apps.unwrap_or(Apps::of(app));
    let sent =
        |app: &App| app.model.writes.values().next().map(|change| in_organization(apps, app, change::title(change)));
    let change = sent(app).or_else(|| apps.each().into_iter().find_map(sent));
    let change = change.filter(|_| app.layers.is_empty() && !answers_a_key(app));
    let others = || {
        let told = |app: &&App| app.notifications.current().is_some();
        let is_bad = |app: &&App| app.notifications.newest_bad().is_some();
        let all = apps.each();
        all.iter().copied().find(is_bad).or_else(|| all.into_iter().find(told))
    };
    if app.quitting {
        let batch = apps.sum(|app| usize::from(app.model.is_run_writing())) > 0;
        let changes = || says::finishing_changes(wait, apps.sum(|app| app.model.writes.len()));
        canvas.line(awaited(if batch { says::finishing_batch(wait) } else { changes() }));
    } else if let Some(filter) = app.typed_filter() {
        typed_filter(app, filter, canvas);
    } else if let Some(change) = change {
        canvas.line(awaited(cut_end(theme, &says::sent_no_answer(wait, change), room)));
    } else if let Some(posted) = app.notifications.current().filter(|_| !canvas.drawn.reported) {
        canvas.line(news_line(
            posted,
            &notification::line(&posted.notification),
            app.notifications.unread(),
            theme,
            room,
        ));
    } else if let Some(other) = others().filter(|_| !canvas.drawn.reported)
        && let Some(posted) = other.notifications.current()
    {
        let text = in_organization(apps, other, notification::line(&posted.notification));
        canvas.line(news_line(posted, &text, other.notifications.unread(), theme, room));
    }
}

/// Says of which organization it is, if that is not the one on screen.
fn in_organization(apps: Apps<'_>, app: &App, text: impl Into<String>) -> String {
    if app.model.start.place == apps.app.model.start.place {
        text.into()
    } else {
        organizations::of_organization(app.model.organization_name(), text.into())
    }
}

fn typed_filter(app: &App, filter: &TextField, canvas: &mut Canvas<'_>) {
    let (theme, area) = (canvas.theme, canvas.area);
    canvas.line(span(theme, TextStyle::Accent, " /"));
    let inside = Rect { x: area.x.saturating_add(2), width: area.width.saturating_sub(3), ..area };
    let mut inside = canvas.on(inside);
    let room = inside.room().saturating_sub(width(filter.text()) + 3);
    if let Some(hint) = app.filter_hint().filter(|_| room >= 12) {
        let role = if matches!(hint, FilterHint::Problem(_)) { TextStyle::Attention } else { TextStyle::Quiet };
        let text = cut_end(theme, &labels::filter_hint(&hint), room);
        inside.last(width(&text)).line(span(theme, role, text));
    }
    inside.drawn.cursor = Some(inside.field(filter, TextStyle::Plain));
}

fn news_line(posted: &PostedNotification, text: &str, unread: usize, theme: Theme, room: usize) -> Line<'static> {
    let (role, glyph) = match posted.notification.tone() {
        Tone::Good => (TextStyle::On, theme.glyph(Glyph::On)),
        Tone::Neutral => (TextStyle::Plain, theme.glyph(Glyph::Dot)),
        Tone::Bad => (TextStyle::Danger, theme.glyph(Glyph::Danger)),
    };
    let hint = match (posted.notification.tone(), unread) {
        (Tone::Bad, 1) => says::reads_it(),
        (Tone::Bad, unread) => says::reads_several(unread),
        _ => String::new(),
    };
    let room = room.saturating_sub(width(&hint) + width(glyph) + 3);
    let text = cut_end(theme, text, room);
    Line::from(vec![span(theme, role, format!(" {glyph} {text}")), span(theme, TextStyle::Quiet, hint)])
}

/// When it fades, what quitting waits for is shown again.
fn answers_a_key(app: &App) -> bool {
    app.notifications.current().is_some_and(|posted| posted.notification.answers_a_key())
}
