//! View 7, in the demo: the mails that AWS would send.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::Drawn;
use super::canvas::{cells, columns, fit, labelled, lines, pane, span, text_area, wrap};
use super::theme::{Glyph, TextStyle, Theme};
use crate::app::App;
use crate::domain::text::clean;
use crate::words::time;

pub(super) fn draw(app: &App, theme: Theme, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let [first, second] = if drawn.geometry.one_pane {
        // A few mails suffice; the room is for the one that is read.
        let rows = cells(app.model.mailbox.mails().len().max(2) + 2).min(area.height / 3);
        Layout::vertical([Constraint::Length(rows), Constraint::Min(0)]).areas(area)
    } else {
        Layout::horizontal([Constraint::Fill(1), Constraint::Fill(1)]).areas(area)
    };
    list(app, theme, buf, first, drawn);
    mail(app, theme, buf, second);
}

fn list(app: &App, theme: Theme, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let inner = pane(theme, buf, area, "Mailbox of the demo", true, TextStyle::Accent);
    drawn.geometry.list_rows = usize::from(inner.height);
    let mails = app.model.mailbox.mails();
    if mails.is_empty() {
        let text = "No mail yet. Start an email change (1, then e): the one-time password arrives here.";
        let content: Vec<Line<'_>> = wrap(text, columns(inner)).into_iter().map(Line::from).collect();
        lines(buf, inner, &content);
    }
    for (row, index) in inner.rows().zip(app.model.mailbox.list.visible()) {
        let Some(mail) = mails.get(*index) else { continue };
        let selected = app.model.mailbox.list.index() == *index;
        let mark = if selected { theme.glyph(Glyph::Selected) } else { " " };
        let room = columns(row).saturating_sub(8);
        let mut subject = Span::raw(fit(theme, &clean(&mail.subject), room));
        if selected {
            subject = subject.style(Modifier::REVERSED);
            drawn.cursor = Some(Position { x: row.x, y: row.y });
        }
        let clock = time::clock(mail.sent, &app.model.start.time_zone);
        let line = Line::from(vec![
            span(theme, TextStyle::Accent, mark),
            span(theme, TextStyle::Quiet, format!(" {clock} ")),
            subject,
        ]);
        buf.set_line(row.x, row.y, &line, row.width);
    }
}

fn mail(app: &App, theme: Theme, buf: &mut Buffer, area: Rect) {
    let inner = text_area(pane(theme, buf, area, "Mail", false, TextStyle::Accent));
    let Some(mail) = app.model.mailbox.selected() else { return };
    let room = columns(inner);
    let mut content = vec![
        labelled(theme, "To", vec![Span::raw(clean(&mail.to))]),
        labelled(theme, "Sent", vec![Span::raw(time::moment(mail.sent, &app.model.start.time_zone))]),
        Line::default(),
    ];
    content.extend(
        wrap(&clean(&mail.subject), room).into_iter().map(|line| Line::from(span(theme, TextStyle::Accent, line))),
    );
    content.push(Line::default());
    for paragraph in mail.body.lines() {
        content.extend(wrap(&clean(paragraph), room).into_iter().map(Line::from));
    }
    lines(buf, inner, &shortened(content, usize::from(inner.height)));
}

/// A mail longer than its pane: first without blank lines, then without its beginning. The
/// one-time password stands near the end.
fn shortened(mut content: Vec<Line<'_>>, most: usize) -> Vec<Line<'_>> {
    if content.len() > most {
        content.retain(|line| line.width() > 0);
    }
    let surplus = content.len().saturating_sub(most);
    content.drain(1.min(content.len())..(1 + surplus).min(content.len()));
    content
}
