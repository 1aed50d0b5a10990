//! Texts to read and lists to choose from.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::super::Drawn;
use super::super::canvas::{cells, clear, columns, cut_end, field, fit, pane, span, wrap};
use super::super::look::{Look, Role, Sign};
use super::super::startup::{fault_lines, fault_lines_with};
use super::super::switches;
use super::email_change::who;
use super::{plans as plan_dialogs, profiles, root_access as root_access_dialogs, root_tasks};
use crate::app::App;
use crate::app::asking::AskScope;
use crate::app::command::{COMMANDS, Command, Place};
use crate::app::layers::{Choice, Menu, MenuKind, Reader};
use crate::app::notice::{News, Trouble};
use crate::app::palette::{Palette, PaletteRow};
use crate::domain::account::AccountId;
use crate::domain::text::clean;
use crate::words::{board, change, dialogs, labels, news as news_words, plans, refusal, root_access};

/// Clears the middle of the screen for `lines` lines of text and draws the frame there.
pub(super) fn window(
    look: Look,
    buf: &mut Buffer,
    area: Rect,
    title: &str,
    lines: usize,
    role: Role,
    drawn: &mut Drawn,
) -> Rect {
    let place = place(area, lines);
    clear(buf, place);
    drawn.frame = Some(place);
    let inner = pane(look, buf, place, title, true, role);
    Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner }
}

/// The middle of `area`, for a frame around `lines` lines.
pub(super) fn place(area: Rect, lines: usize) -> Rect {
    let wide = area.width.min(90);
    let high = cells(lines + 2).min(area.height);
    Rect { x: area.x + (area.width - wide) / 2, y: area.y + (area.height - high) / 2, width: wide, height: high }
}

/// Draws the part of a text from line `top`.
pub(super) fn scrolled(buf: &mut Buffer, inner: Rect, content: &[Line<'_>], top: usize, drawn: &mut Drawn) {
    drawn.geometry.dialog_rows = usize::from(inner.height);
    drawn.geometry.dialog_lines = content.len();
    super::super::canvas::lines(buf, inner, content.get(top..).unwrap_or_default());
    drawn.cursor = Some(inner.as_position());
}

pub(super) fn help(app: &App, reader: &Reader<Place>, look: Look, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let room = usize::from(area.width.min(90)).saturating_sub(4);
    let content: Vec<Line<'_>> = COMMANDS
        .iter()
        .filter(|command| command.places.contains(&reader.about))
        .flat_map(|command| help_lines(app, look, command, room))
        .collect();
    let title = format!("Help {} {}", look.sign(Sign::Dot), labels::place(reader.about));
    let inner = window(look, buf, area, &title, content.len(), Role::Accent, drawn);
    scrolled(buf, inner, &content, reader.top, drawn);
}

fn help_lines<'a>(_app: &App, look: Look, command: &Command, room: usize) -> Vec<Line<'a>> {
    const KEYS: usize = 18;
    let keys = command.keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    let text = wrap(command.help, room.saturating_sub(KEYS + 1));
    text.into_iter()
        .enumerate()
        .map(|(index, line)| {
            let keys = if index == 0 { fit(look, &keys, KEYS) } else { " ".repeat(KEYS) };
            Line::from(vec![span(look, Role::Accent, keys), Span::raw(" "), Span::raw(line)])
        })
        .collect()
}

pub(super) fn news(app: &App, reader: &Reader<News>, look: Look, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let room = usize::from(area.width.min(90)).saturating_sub(4);
    let told = |fault| fault_lines(look, fault, app.model.caller_to_mend(fault).as_ref(), room);
    let content = match &reader.about {
        News::ReadFailed(fault) | News::Local(fault) => told(fault),
        News::PlanHalted(fault) => {
            fault_lines_with(look, fault, plans::HALTED, app.model.caller_to_mend(fault).as_ref(), room)
        }
        News::RootUnread(_, _, fault) => {
            let line = news_words::line(&reader.about);
            let mut content: Vec<Line<'_>> =
                wrap(&line, room).into_iter().map(|line| Line::from(span(look, Role::Danger, line))).collect();
            content.extend(told(fault));
            content
        }
        News::WriteTrouble(change, trouble) => {
            let title = format!("{}: {}", crate::words::change::title(change), news_words::trouble_title(trouble));
            let mut content: Vec<Line<'_>> =
                wrap(&title, room).into_iter().map(|line| Line::from(span(look, Role::Danger, line))).collect();
            if let Some(fault) = Trouble::fault(trouble) {
                content.extend(told(fault));
            } else {
                content.extend(wrap(&news_words::trouble_line(trouble), room).into_iter().map(Line::from));
            }
            content
        }
        other => wrap(&news_words::line(other), room).into_iter().map(Line::from).collect(),
    };
    let inner = window(look, buf, area, "Error", content.len(), Role::Danger, drawn);
    scrolled(buf, inner, &content, reader.top, drawn);
}

pub(super) fn menu(app: &App, menu: &Menu, look: Look, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let room = usize::from(area.width.min(90)).saturating_sub(4);
    let note = |role, text: &str| -> Vec<Line<'_>> {
        wrap(text, room).into_iter().map(|line| Line::from(span(look, role, line))).collect()
    };
    let notes = match menu.kind {
        MenuKind::Audit => note(Role::Attention, change::ALARMS),
        MenuKind::AskChanges => {
            let asked = app.asked_in(AskScope::Marked);
            let hidden = app.hidden_marks().into_iter().filter(|id| asked.contains(id));
            let hidden = root_access_dialogs::hidden_text(app, look, hidden);
            let hidden = hidden.map(|text| note(Role::Attention, &text)).unwrap_or_default();
            [hidden, note(Role::Quiet, board::ASKING)].concat()
        }
        MenuKind::SignIn => profiles::notes_of_ways(menu, look, room),
        _ => root_tasks::notes(app, menu, look, room),
    };
    let title = labels::menu(menu.kind, |account| clean(&who(app, account)));
    let inner = window(look, buf, area, &title, menu.items.len() + notes.len(), Role::Accent, drawn);
    let rows = Rect { height: cells(menu.items.len()).min(inner.height), ..inner };
    drawn.geometry.dialog_rows = usize::from(rows.height);
    let below = Rect { y: rows.bottom(), height: inner.height - rows.height, ..inner };
    super::super::canvas::lines(buf, below, &notes);
    for (row, &index) in rows.rows().zip(menu.list.visible()) {
        let Some(item) = menu.items.get(index) else { continue };
        let selected = menu.list.index() == index;
        let line = match item {
            Choice::Switch(switch) => switches::line(app, look, switch, columns(row), selected),
            Choice::Audit(depth, scope) => {
                let name = fit(look, root_access::depth(*depth), 6);
                let text = root_access::scope(*scope, app.count_of(*scope));
                switches::row(look, Role::Quiet, " ", name, text, selected)
            }
            Choice::AskChanges(scope) => {
                let count = app.asked_in(*scope).len();
                let text = board::scope(*scope, count, &root_access::span(app.model.asking_takes(count)));
                switches::row(look, Role::Quiet, " ", text, String::new(), selected)
            }
            Choice::Text(kind, text) => {
                let name = fit(look, text, columns(row).saturating_sub(20));
                switches::row(look, Role::Quiet, " ", name, labels::text_kind(*kind).to_owned(), selected)
            }
            Choice::SignIn(_, browser) => profiles::way(look, *browser, selected),
            Choice::Plan(choice) => plan_dialogs::line(app, look, *choice, columns(row), selected),
            Choice::Root(choice) => root_tasks::line(app, look, *choice, columns(row), selected),
        };
        buf.set_line(row.x, row.y, &line, row.width);
        if selected {
            drawn.cursor = Some(Position { x: row.x, y: row.y });
        }
    }
}

pub(super) fn palette(app: &App, palette: &Palette, look: Look, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let most = usize::from(area.height.saturating_sub(4)).min(16);
    let inner = window(look, buf, area, "Commands and accounts", most + 1, Role::Accent, drawn);
    let prompt = Rect { height: 1, ..inner };
    buf.set_line(prompt.x, prompt.y, &Line::from(span(look, Role::Accent, ":")), 1);
    let place = Rect { x: prompt.x + 1, width: prompt.width.saturating_sub(1), ..prompt };
    drawn.cursor = Some(field(buf, place, &palette.field, look.style(Role::Plain)));
    let rows = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
    drawn.geometry.dialog_rows = usize::from(rows.height);
    for (row, found) in rows.rows().zip(palette.list.visible()) {
        let selected = palette.list.selected() == Some(*found);
        let line = match found {
            PaletteRow::Command(_) => {
                found.command().map(|command| palette_line(app, look, command, palette.place, columns(row), selected))
            }
            PaletteRow::Account(id) => Some(account_line(app, look, *id, columns(row), selected)),
        };
        buf.set_line(row.x, row.y, &line.unwrap_or_default(), row.width);
    }
    if palette.list.rows().is_empty() {
        buf.set_line(rows.x, rows.y, &Line::from(span(look, Role::Quiet, "no matching command")), rows.width);
    }
}

/// The columns of the key, of the title, and of where it works.
const PALETTE: [usize; 3] = [10, 16, 8];

fn palette_line<'a>(app: &App, look: Look, command: &Command, from: Place, room: usize, selected: bool) -> Line<'a> {
    let key = command.keys.first().map(ToString::to_string).unwrap_or_default();
    let there = command.place_from(from);
    // What another view would say of it is not known before it is shown.
    let available = if there == Some(from) { (command.available)(app) } else { Ok(()) };
    let (role, text) = match &available {
        Ok(()) => (Role::Plain, command.help.to_owned()),
        Err(why) => (Role::Quiet, format!("{} {}", look.sign(Sign::Attention), refusal::why(why))),
    };
    let place = match there {
        Some(there) if there == from => "",
        Some(there) => dialogs::place(there),
        None => command.places.first().copied().map_or("", dialogs::place),
    };
    let role_of_text = if available.is_ok() { Role::Quiet } else { Role::Attention };
    row_of_palette(look, &key, (role, command.title), place, (role_of_text, &text), room, selected)
}

fn account_line<'a>(app: &App, look: Look, id: AccountId, room: usize, selected: bool) -> Line<'a> {
    let name = app.model.accounts.get(id).map_or_else(String::new, |account| clean(&account.name));
    row_of_palette(look, "account", (Role::Plain, &id.to_string()), "view 1", (Role::Quiet, &name), room, selected)
}

fn row_of_palette<'a>(
    look: Look,
    key: &str,
    (role, title): (Role, &str),
    place: &str,
    (role_of_text, text): (Role, &str),
    room: usize,
    selected: bool,
) -> Line<'a> {
    let [keys, titles, places] = PALETTE;
    let mark = if selected { look.sign(Sign::Selected) } else { " " };
    let mut title = span(look, role, fit(look, title, titles));
    if selected {
        title = title.patch_style(Modifier::REVERSED);
    }
    let text = cut_end(look, text, room.saturating_sub(1 + keys + titles + places + 2));
    Line::from(vec![
        span(look, Role::Accent, mark),
        span(look, Role::Accent, fit(look, key, keys)),
        title,
        Span::raw(" "),
        span(look, Role::Quiet, fit(look, place, places)),
        Span::raw(" "),
        span(look, role_of_text, text),
    ])
}
