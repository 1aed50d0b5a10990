//! View 7, in the demo: the mails that AWS would send.

use ratatui::layout::{Constraint, Layout, Spacing};
use ratatui::text::{Line, Span};

use super::beside::{SIDE_BY_SIDE, split};
use super::canvas::Canvas;
use super::measure::{cells, cut_end, span};

use super::text::Text;
use super::theme::{Glyph, TextStyle};
use crate::app::shell::App;

use crate::domain::cut::email as cut_email;
use crate::domain::text::{clean, width as columns_of};
use crate::words::time;
use crate::words::ui::dialogs::lines_hidden;
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
        let mut inner = inner.on(inner.area).inset();
        let mut text = inner.text();
        text.plain(&says::no_mail());
        inner.lines(&text.lines);
    }
    let cursor = inner.list(&app.model.mailbox.list, |index, slot| {
        let mail = mails.get(index)?;
        let clock = format!(" {} ", time::clock(mail.sent, &app.model.start.time_zone));
        // The subjects are alike: the address tells the mails apart.
        // A blank stays before the frame.
        let room = slot.room.saturating_sub(9);
        let to = Span::raw(cut_email(&clean(&mail.to), room, slot.theme.glyph(Glyph::Cut)));
        let subject = cut_end(slot.theme, &clean(&mail.subject), room.saturating_sub(to.width() + 2));
        let subject = if columns_of(&subject) > 8 { format!("  {subject}") } else { String::new() };
        Some(slot.item([span(slot.theme, TextStyle::Quiet, clock)], to, [span(slot.theme, TextStyle::Quiet, subject)]))
    });
    inner.drawn.cursor = cursor.or(inner.drawn.cursor);
}

fn mail(app: &App, canvas: &mut Canvas<'_>) {
    let mut inner = canvas.pane(says::MAIL, false, TextStyle::Accent).inset();
    let Some(mail) = app.model.mailbox.selected() else { return };
    let part = |write: &dyn Fn(&mut Text)| {
        let mut text = inner.text();
        write(&mut text);
        text.lines
    };
    let parts = Mail {
        to: part(&|text| text.label("To", TextStyle::Plain, clean(&mail.to))),
        sent: part(&|text| text.label("Sent", TextStyle::Plain, time::moment(mail.sent, &app.model.start.time_zone))),
        subject: part(&|text| text.paragraph(TextStyle::Accent, &clean(&mail.subject))),
        body: part(&|text| mail.body.lines().for_each(|paragraph| text.plain(&clean(paragraph)))),
    };
    let (lines, hidden) = parts.within(inner.rows());
    inner.lines(&lines);
    if hidden > 0 {
        inner.corner(&lines_hidden(hidden));
    }
}

struct Mail {
    to: Vec<Line<'static>>,
    sent: Vec<Line<'static>>,
    subject: Vec<Line<'static>>,
    body: Vec<Line<'static>>,
}

impl Mail {
    /// At most so many lines, and how many are missing: the blank ones go first, then when it was sent, then the
    /// beginning of its text. The one-time password is near the end.
    fn within(self, most: usize) -> (Vec<Line<'static>>, usize) {
        let blank = || vec![Line::default()];
        let Self { to, sent, subject, mut body } = self;
        let whole = [to.clone(), sent.clone(), blank(), subject.clone(), blank(), body.clone()].concat();
        if whole.len() <= most {
            return (whole, 0);
        }
        body.retain(|line| line.width() > 0);
        let all = to.len() + sent.len() + subject.len() + body.len();
        if all <= most {
            return ([to, sent, subject, body].concat(), 0);
        }
        let head = [to, subject].concat();
        let first = (head.len() + body.len()).saturating_sub(most).min(body.len());
        let lines: Vec<Line<'static>> = head.into_iter().chain(body.into_iter().skip(first)).take(most).collect();
        let hidden = all - lines.len();
        (lines, hidden)
    }
}
