//! View 7, in the demo: the mails that AWS would send.

use ratatui::layout::{Constraint, Layout, Spacing};
use ratatui::text::{Line, Span};

use super::beside::{SIDE_BY_SIDE, split};
use super::canvas::Canvas;
use super::measure::{cells, fit, span};
use super::theme::TextStyle;
use crate::app::shell::App;
use crate::domain::text::clean;
use crate::words::time;
use crate::words::ui::views as says;

pub(super) fn draw(app: &App, canvas: &mut Canvas<'_>) {
    let area = canvas.area;
    // The mail is what one comes for: it has half of the screen.
    let [first, second] = if area.width >= SIDE_BY_SIDE {
        split(area, area.width / 2)
    } else {
        canvas.drawn.geometry.one_pane = true;
        // A few rows suffice; the room is for the open mail.
        let rows = cells(app.model.mailbox.mails().len().max(2) + 2).min(area.height / 3);
        Layout::vertical([Constraint::Length(rows), Constraint::Min(0)]).spacing(Spacing::Overlap(1)).areas(area)
    };
    mail(app, &mut canvas.on(second));
    list(app, &mut canvas.on(first));
}

fn list(app: &App, canvas: &mut Canvas<'_>) {
    let mut inner = canvas.pane(says::MAILBOX_OF_THE_DEMO, true, TextStyle::Accent);
    inner.drawn.geometry.list_rows = inner.rows();
    let mails = app.model.mailbox.mails();
    if mails.is_empty() {
        let mut text = inner.text();
        text.plain(&says::no_mail());
        inner.lines(&text.lines);
    }
    let cursor = inner.list(&app.model.mailbox.list, |index, slot| {
        let mail = mails.get(index)?;
        let clock = format!(" {} ", time::clock(mail.sent, &app.model.start.time_zone));
        let subject = Span::raw(fit(slot.theme, &clean(&mail.subject), slot.room.saturating_sub(8)));
        Some(slot.item([span(slot.theme, TextStyle::Quiet, clock)], subject, []))
    });
    inner.drawn.cursor = cursor.or(inner.drawn.cursor);
}

fn mail(app: &App, canvas: &mut Canvas<'_>) {
    let mut inner = canvas.pane("Mail", false, TextStyle::Accent).inset();
    let Some(mail) = app.model.mailbox.selected() else { return };
    let mut text = inner.text();
    text.label("To", TextStyle::Plain, clean(&mail.to));
    text.label("Sent", TextStyle::Plain, time::moment(mail.sent, &app.model.start.time_zone));
    text.blank();
    text.paragraph(TextStyle::Accent, &clean(&mail.subject));
    text.blank();
    for paragraph in mail.body.lines() {
        text.plain(&clean(paragraph));
    }
    inner.lines(&shortened(text.lines, inner.rows()));
}

/// The blank lines of a long mail go first, then its beginning: the one-time password is near the end.
fn shortened(mut content: Vec<Line<'_>>, most: usize) -> Vec<Line<'_>> {
    if content.len() > most {
        content.retain(|line| line.width() > 0);
    }
    let surplus = content.len().saturating_sub(most);
    content.drain(1.min(content.len())..(1 + surplus).min(content.len()));
    content
}
