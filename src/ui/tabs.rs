//! The tabs of the views.

use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::apps::Apps;
use super::canvas::Canvas;
use super::measure::{cells, span};
use super::theme::{Glyph, TextStyle, Theme};
use crate::app::mouse::Target;
use crate::app::shell::App;
use crate::app::view::ViewId;
use crate::domain::run::Steering;
use crate::domain::text::width;
use crate::words::labels;

type Label = fn(ViewId) -> String;

/// Where not all names fit, those of the other views are shortened, then skipped.
pub(super) fn draw(app: &App, canvas: &mut Canvas<'_>) {
    let (theme, room, apps) = (canvas.theme, canvas.room(), canvas.apps.unwrap_or(Apps::of(app)));
    let is_there = |view: &ViewId| app.model.start.demo || *view != ViewId::Mailbox;
    let views: Vec<ViewId> = ViewId::ALL.into_iter().filter(is_there).collect();
    let (long, short, key): (Label, Label, Label) = (labels::view, labels::short_view, labels::view_key);
    // A number behind the name of a view is read as a count; behind its key it would not be.
    let counted: Label = |view| labels::short_view(view);
    let choices: [(Label, Label, Label, usize); 8] = [
        (long, long, long, 3),
        (long, short, short, 3),
        (short, short, short, 3),
        (short, short, short, 2),
        (long, key, counted, 3),
        (short, key, counted, 3),
        (short, key, counted, 2),
        (key, key, counted, 2),
    ];
    let lines = choices.map(|(of_active, label, of_counted, gap)| {
        let tab = |view: &ViewId| {
            let (news, alarm) = (tab_news(apps, theme, *view), tab_alarm(apps, theme, *view));
            let shown = match (*view == app.view, news.is_empty() && alarm.is_empty()) {
                (true, _) => of_active(*view),
                (false, true) => label(*view),
                (false, false) => of_counted(*view),
            };
            (*view, format!("{shown}{news}"), alarm)
        };
        (views.iter().map(tab).collect::<Vec<_>>(), gap)
    });
    let columns_of = |(_, label, alarm): &(ViewId, String, String), gap: usize| width(label) + width(alarm) + gap;
    let fits =
        |(tabs, gap): &&(Vec<_>, usize)| tabs.iter().map(|tab| columns_of(tab, *gap)).sum::<usize>() < room + gap;
    let Some((fitting, gap)) = lines.iter().find(fits).or(lines.last()) else { return };
    let mut x = canvas.area.x;
    let between = " ".repeat(gap - 1);
    let spans = fitting.iter().flat_map(|tab @ (view, label, alarm)| {
        let area = Rect { x, width: cells(columns_of(tab, *gap)), ..canvas.area }.intersection(canvas.area);
        canvas.on(area).target(Target::Tab(*view));
        x = area.right();
        let style = if *view == app.view {
            theme.style(TextStyle::Accent).add_modifier(Modifier::UNDERLINED)
        } else {
            theme.style(TextStyle::Plain)
        };
        let alarm = span(theme, TextStyle::Danger, alarm.clone());
        [Span::raw(" "), Span::styled(label.clone(), style), alarm, Span::raw(between.clone())]
    });
    let line: Line<'_> = spans.collect();
    canvas.line(line);
}

/// Of all organizations: no alarm is out of sight.
fn tab_alarm(apps: Apps<'_>, theme: Theme, view: ViewId) -> String {
    match apps.sum(|app| app.model.board.alarms) {
        alarms @ 1.. if view == ViewId::EmailChanges => format!(" {} {alarms}", theme.glyph(Glyph::Danger)),
        _ => String::new(),
    }
}

/// Behind the name of a view: the count of what it is for, and the progress of a run.
fn tab_news(apps: Apps<'_>, theme: Theme, view: ViewId) -> String {
    let app = apps.app;
    let mut notification = String::new();
    if view == ViewId::Mailbox && !app.model.mailbox.mails().is_empty() {
        notification = format!(" {}", app.model.mailbox.mails().len());
    }
    let open = apps.sum(|app| app.model.board.open);
    if view == ViewId::EmailChanges && open > 0 {
        notification = format!(" {open}");
    }
    let unresolved = apps.sum(|app| app.model.journal.unresolved.count);
    if view == ViewId::Journal && unresolved > 0 {
        notification = format!(" {}{unresolved}", theme.glyph(Glyph::Unknown));
    }
    let run_of = |app: &App| app.model.in_progress.as_ref().is_some_and(|run| view == run.kind.view());
    let running = if run_of(app) { Some(app) } else { apps.each().into_iter().find(|app| run_of(app)) };
    if let Some(run) = running.and_then(|app| app.model.in_progress.as_ref()) {
        // A paused run must not look as if it hung.
        let how = match run.steering {
            Steering::Pause => "paused",
            Steering::GoOn | Steering::Stop => theme.glyph(Glyph::Waiting),
        };
        notification = format!("{notification} {how} {}/{}", run.done.len(), run.total());
    }
    notification
}
