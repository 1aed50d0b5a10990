//! The pages on the way to a policy: buckets or queues, a policy, a policy from a file.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use super::super::Drawn;
use super::super::canvas::{cells, columns, cut_end, fit, lines, span, wrap};
use super::super::startup::fault_lines;
use super::super::switches;
use super::super::theme::{Glyph, TextStyle, Theme};
use super::json::pretty;
use super::names::who;
use super::window::{scrolled, window};
use crate::app::App;
use crate::app::policies::{FilePolicy, Found, HolderRow, Holders, PolicyPage, PolicyView};
use crate::domain::account::AccountId;
use crate::domain::policy_holder::is_same_policy;
use crate::domain::policy_holder::{PolicyHolder, QueueSearch};
use crate::domain::policy_judgement::judge;
use crate::domain::remote_data::RemoteData;
use crate::domain::text::clean;
use crate::words::{api_error, root_tasks as words, time};

pub(super) fn draw(app: &App, page: &PolicyPage, theme: Theme, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let room = usize::from(area.width.min(90)).saturating_sub(4);
    match page {
        PolicyPage::Holders(page) => holders(app, page, theme, buf, area, drawn),
        PolicyPage::Policy(view) => {
            let content = policy(app, view, theme, room);
            let inner = window(
                theme,
                buf,
                area,
                &format!("Policy of {}", view.holder),
                content.len(),
                TextStyle::Accent,
                drawn,
            );
            scrolled(buf, inner, &content, view.reading.top, drawn);
        }
        PolicyPage::File(page) => {
            let content = file(app, page, theme, room);
            let title = format!("A policy for {}", page.holder);
            let inner = window(theme, buf, area, &title, content.len(), TextStyle::Accent, drawn);
            scrolled(buf, inner, &content, page.reading.top, drawn);
        }
    }
}

fn said(theme: Theme, role: TextStyle, text: &str, room: usize) -> Vec<Line<'static>> {
    wrap(&clean(text), room).into_iter().map(|line| Line::from(span(theme, role, line))).collect()
}

/// Whether what is shown is awaited, could not be read, or how old it is.
fn state_lines<T>(app: &App, theme: Theme, state: &RemoteData<T>, room: usize) -> Vec<Line<'static>> {
    match state {
        RemoteData::NotAsked => said(theme, TextStyle::Unknown, "AWS was not asked.", room),
        RemoteData::Loading(..) => {
            said(theme, TextStyle::Waiting, &format!("{} asking AWS", theme.glyph(Glyph::Waiting)), room)
        }
        RemoteData::Failed(fault, _) => fault_lines(theme, fault, app.model.caller_to_mend(fault).as_ref(), room),
        RemoteData::Known(known) => {
            said(theme, TextStyle::Quiet, &format!("as of {}", time::clock(known.at, &app.model.start.time_zone)), room)
        }
    }
}

fn holders(app: &App, page: &Holders, theme: Theme, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let room = usize::from(area.width.min(90)).saturating_sub(4);
    let mut head = said(theme, TextStyle::Plain, &who(app, page.account), room);
    let (title, state, none) = match &page.found {
        Found::Buckets(asked) => {
            let none = asked.current().map(|_| "AWS shows no buckets in this account.".to_owned());
            ("Buckets", state_lines(app, theme, asked, room), none)
        }
        Found::Queues(search, asked) => {
            head.extend(said(theme, TextStyle::Quiet, &searched(search), room));
            let none = asked.current().map(|_| "AWS shows no queues there.".to_owned());
            ("Queues", state_lines(app, theme, asked, room), none)
        }
    };
    head.extend(state);
    let rows = page.rows();
    if let Some(none) = none.filter(|_| rows.is_empty()) {
        head.extend(said(theme, TextStyle::Plain, &none, room));
    }
    let inner = window(theme, buf, area, title, head.len() + rows.len(), TextStyle::Accent, drawn);
    let above = cells(lines(buf, inner, &head)).min(inner.height.saturating_sub(u16::from(!rows.is_empty())));
    let below = Rect { y: inner.y + above, height: inner.height - above, ..inner };
    drawn.geometry.dialog_rows = usize::from(below.height).max(1);
    drawn.cursor = Some(inner.as_position());
    for (row, index) in below.rows().zip(page.list.visible()) {
        let Some(found) = rows.get(*index) else { continue };
        let selected = page.list.index() == *index;
        buf.set_line(row.x, row.y, &holder_line(theme, *found, columns(row), selected), row.width);
        if selected {
            drawn.cursor = Some(Position { x: row.x, y: row.y });
        }
    }
}

fn holder_line(theme: Theme, row: HolderRow<'_>, room: usize, selected: bool) -> Line<'static> {
    let (role, glyph, name, state) = match row {
        HolderRow::Bucket(bucket) => {
            let region = bucket.region.clone().unwrap_or_else(|| "region not told".to_owned());
            (TextStyle::Quiet, " ", bucket.name.clone(), region)
        }
        HolderRow::Queue(url, region) => {
            let name = url.rsplit('/').next().unwrap_or(url).to_owned();
            (TextStyle::Quiet, " ", name, region.to_owned())
        }
        HolderRow::Failed(region, why) => {
            let text = format!("could not be read: {}; enter tells more", api_error::short(why.kind));
            (TextStyle::Unknown, theme.glyph(Glyph::Unknown), region.to_owned(), text)
        }
    };
    let room = room.saturating_sub(5);
    let state = cut_end(theme, &clean(&state), room.saturating_sub(12));
    let name = fit(theme, &clean(&name), room.saturating_sub(crate::domain::text::width(&state)).min(64));
    switches::row(theme, role, glyph, name, state, selected)
}

/// Where was looked.
fn searched(search: &QueueSearch) -> String {
    match search {
        QueueSearch::Regions(regions) => format!("in {}", regions.join(", ")),
        QueueSearch::One { queue, region } => format!("{queue} ({region})"),
    }
}

fn policy(app: &App, view: &PolicyView, theme: Theme, room: usize) -> Vec<Line<'static>> {
    let mut content = said(theme, TextStyle::Plain, &who(app, view.account), room);
    content.extend(state_lines(app, theme, &view.policy, room));
    if app.model.awaited_policy(view.account, &view.holder).is_some() {
        let text =
            format!("{} AWS took the change; waiting until it shows it (up to 60 s).", theme.glyph(Glyph::Waiting));
        content.extend(said(theme, TextStyle::Waiting, &text, room));
    }
    match view.policy.current() {
        None => {}
        Some(None) => {
            content.extend(said(theme, TextStyle::On, words::no_policy(&view.holder), room));
            if let Some(path) = app.model.saved_policy(view) {
                let text = format!("What was saved of it lies in {}", path.display());
                content.extend(said(theme, TextStyle::Plain, &text, room));
            }
        }
        Some(Some(text)) => {
            content.extend(judged(app, theme, text, &view.holder, view.account, room));
            let (role, kept) = match &view.saved {
                Some((_, path)) if view.is_saved() => (TextStyle::On, format!("saved in {}", path.display())),
                Some((_, path)) => (TextStyle::Attention, format!("another text was saved in {}", path.display())),
                None if app.model.is_saving(view) => {
                    (TextStyle::Waiting, format!("{} saving", theme.glyph(Glyph::Waiting)))
                }
                None => match app.model.saved_policy(view) {
                    Some(path) => {
                        (TextStyle::Quiet, format!("not saved yet; an earlier reading lies in {}", path.display()))
                    }
                    None => (TextStyle::Quiet, "not saved yet".to_owned()),
                },
            };
            content.extend(said(theme, role, &kept, room));
        }
    }
    let what = if view.text().is_some() {
        "save, delete, put a policy from a file"
    } else {
        "put one from a file, read again"
    };
    content.extend(said(theme, TextStyle::Accent, &format!("enter: {what}"), room));
    if let Some(text) = view.text() {
        content.push(Line::default());
        content.extend(policy_lines(text, room));
    }
    content
}

fn file(app: &App, page: &FilePolicy, theme: Theme, room: usize) -> Vec<Line<'static>> {
    let mut content = said(theme, TextStyle::Plain, &who(app, page.account), room);
    content.extend(said(theme, TextStyle::Plain, &format!("from {}", page.path.display()), room));
    content.extend(judged(app, theme, &page.text, &page.holder, page.account, room));
    content.push(Line::default());
    match &page.present {
        None => content.extend(said(theme, TextStyle::Quiet, "There is no policy at present.", room)),
        Some(present) if is_same_policy(present, &page.text) => {
            content.extend(said(theme, TextStyle::Attention, "It is the policy that AWS shows already.", room));
        }
        Some(present) => {
            content.extend(said(theme, TextStyle::Quiet, "It would replace:", room));
            content.extend(judged(app, theme, present, &page.holder, page.account, room));
        }
    }
    content.extend(said(theme, TextStyle::Accent, "enter: put it, after a confirmation", room));
    content.push(Line::default());
    content.extend(policy_lines(&page.text, room));
    content
}

/// How large a policy is and whom it shuts out.
pub(super) fn judged(
    app: &App,
    theme: Theme,
    text: &str,
    holder: &PolicyHolder,
    account: AccountId,
    room: usize,
) -> Vec<Line<'static>> {
    let judged = judge(text, holder, account, app.model.partition());
    let mut content = said(theme, TextStyle::Quiet, &words::size(&judged), room);
    let mut paragraph = |role, glyph, sentence: &str| {
        content.extend(said(theme, role, &format!("{} {sentence}", theme.glyph(glyph)), room));
    };
    match &judged.lockouts {
        Ok(found) if found.is_empty() => paragraph(TextStyle::On, Glyph::On, words::NO_LOCKOUT),
        Ok(found) => {
            // What always holds comes before what depends.
            for lockout in found.iter().filter(|lockout| lockout.conditions.is_empty()) {
                paragraph(TextStyle::Danger, Glyph::Danger, &words::lockout(lockout));
            }
            for lockout in found.iter().filter(|lockout| !lockout.conditions.is_empty()) {
                paragraph(TextStyle::Attention, Glyph::Attention, &words::lockout(lockout));
            }
        }
        Err(problem) => {
            paragraph(TextStyle::Unknown, Glyph::Unknown, &words::not_judged(problem));
        }
    }
    content
}

fn policy_lines(text: &str, room: usize) -> Vec<Line<'static>> {
    let wrapped = pretty(text).into_iter().flat_map(|line| wrap(&clean(&line), room));
    wrapped.map(|line| Line::from(Span::raw(line))).collect()
}
