//! View 4: trusted access for every service, the root features, the delegated administrators.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::text::Line;

use super::Drawn;
use super::canvas::{columns, fit, labelled, lines, pane, span, text_area, wrap};
use super::switches::{line as switch_line, row as plain_row, state};
use super::theme::{Glyph, TextStyle, Theme};
use crate::app::App;
use crate::app::organization::OrganizationRow;
use crate::domain::change::{Change, Switch};
use crate::domain::permit::{Refusal, permit};
use crate::domain::remote_data::RemoteData;
use crate::domain::root_feature::RootFeatures;
use crate::domain::trusted_access::ServicePrincipal;
use crate::words::{api_error, change, refusal, time};

pub(super) fn draw(app: &App, theme: Theme, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    if drawn.geometry.one_pane {
        list(app, theme, buf, area, drawn);
        return;
    }
    let [left, right] = Layout::horizontal([Constraint::Fill(3), Constraint::Fill(2)]).areas(area);
    list(app, theme, buf, left, drawn);
    about(app, theme, buf, right);
}

fn list(app: &App, theme: Theme, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let title =
        app.model.organization.value().map_or_else(|| "Organization".to_owned(), |o| format!("Organization {}", o.id));
    let inner = pane(theme, buf, area, &title, true, TextStyle::Accent);
    let mut rows = inner.rows();
    let all = app.model.switches.rows();
    let top = app.model.switches.list.top();
    let mut section = None;
    let mut shown = 0;
    for (index, item) in all.iter().enumerate().skip(top) {
        let name = section_of(item);
        if section != Some(name) {
            if section.is_some() && rows.next().is_none() {
                break;
            }
            let Some(row) = rows.next() else { break };
            let heading = Line::from(span(theme, TextStyle::Quiet, format!(" {name}{}", trouble(app, theme, item))));
            buf.set_line(row.x, row.y, &heading, row.width);
            section = Some(name);
        }
        let Some(row) = rows.next() else { break };
        let selected = app.model.switches.list.index() == index;
        buf.set_line(row.x, row.y, &item_line(app, theme, item, columns(row), selected), row.width);
        shown += 1;
        if selected {
            drawn.cursor = Some(Position { x: row.x, y: row.y });
        }
    }
    if app.model.switches.delegates.value().is_none_or(Vec::is_empty) {
        rows.next();
        if let Some(row) = rows.next() {
            let line = Line::from(span(
                theme,
                TextStyle::Quiet,
                format!(" Delegated administrators: {}", delegates_word(app)),
            ));
            buf.set_line(row.x, row.y, &line, row.width);
        }
    }
    // Headings and blank lines take rows too; what is surely there is a page.
    drawn.geometry.list_rows = usize::from(inner.height).saturating_sub(6).max(shown.min(1)).max(1);
}

fn delegates_word(app: &App) -> &'static str {
    let state = &app.model.switches.delegates;
    match state.fault() {
        Some(fault) => api_error::short(fault.kind),
        None if state.current().is_some() => "none",
        None if state.is_loading() => "asking",
        None => "not asked",
    }
}

fn section_of(row: &OrganizationRow) -> &'static str {
    match row {
        OrganizationRow::Service(_) => "Trusted access",
        OrganizationRow::Feature(_) => "Root features",
        OrganizationRow::Delegate(..) => "Delegated administrators",
    }
}

/// That what stands under a heading is not the newest, and why.
fn trouble(app: &App, theme: Theme, row: &OrganizationRow) -> String {
    fn of<T>(theme: Theme, asked: &RemoteData<T>) -> String {
        match asked.fault() {
            Some(fault) => format!("  {} {}", theme.glyph(Glyph::Unknown), api_error::short(fault.kind)),
            None if asked.is_loading() => format!("  {}", theme.glyph(Glyph::Waiting)),
            None => String::new(),
        }
    }
    match row {
        OrganizationRow::Service(_) => of(theme, &app.model.switches.trusted),
        OrganizationRow::Feature(_) => of(theme, &app.model.switches.features),
        OrganizationRow::Delegate(..) => of(theme, &app.model.switches.delegates),
    }
}

fn item_line(app: &App, theme: Theme, item: &OrganizationRow, room: usize, selected: bool) -> Line<'static> {
    match item {
        OrganizationRow::Service(service) => {
            switch_line(app, theme, &Switch::TrustedAccess(service.clone()), room, selected)
        }
        OrganizationRow::Feature(feature) => switch_line(app, theme, &Switch::RootFeature(*feature), room, selected),
        OrganizationRow::Delegate(account, service) => {
            let name = app.model.accounts.get(*account).map_or("", |account| account.name.as_str());
            let left = room.saturating_sub(5 + crate::domain::text::width(service.as_str()));
            let name = fit(theme, &format!("{account} {name}"), left.clamp(12, 44));
            plain_row(theme, TextStyle::Plain, theme.glyph(Glyph::Dot), name, service.to_string(), selected)
        }
    }
}

/// What the selected row is, and what can be done about it.
fn about(app: &App, theme: Theme, buf: &mut Buffer, area: Rect) {
    let Some(row) = app.model.switches.selected() else { return };
    let (title, content) = match &row {
        OrganizationRow::Delegate(account, service) => {
            let room = columns(area).saturating_sub(4);
            (account.to_string(), delegate(app, theme, *account, service, room))
        }
        OrganizationRow::Service(service) => {
            let switch = Switch::TrustedAccess(service.clone());
            (service.to_string(), about_switch(app, theme, &switch, &row, columns(area).saturating_sub(4)))
        }
        OrganizationRow::Feature(feature) => {
            let switch = Switch::RootFeature(*feature);
            (feature.to_string(), about_switch(app, theme, &switch, &row, columns(area).saturating_sub(4)))
        }
    };
    let inner = text_area(pane(theme, buf, area, &title, false, TextStyle::Accent));
    lines(buf, inner, &content);
}

fn about_switch(app: &App, theme: Theme, switch: &Switch, row: &OrganizationRow, room: usize) -> Vec<Line<'static>> {
    let (role, glyph, text) = state(app, theme, switch);
    let mut content = vec![labelled(theme, "State", vec![span(theme, role, format!("{glyph} {text}"))])];
    if let (Switch::TrustedAccess(service), Some(trusted)) = (switch, app.model.switches.trusted.value())
        && let Some(at) = trusted.get(service).and_then(|entry| entry.enabled)
    {
        content.push(labelled(
            theme,
            "Since",
            vec![span(theme, TextStyle::Plain, time::moment(at, &app.model.start.time_zone))],
        ));
    }
    content.push(Line::default());
    let mut paragraph = |role: TextStyle, text: &str| {
        content.extend(wrap(text, room).into_iter().map(|line| Line::from(span(theme, role, line))));
    };
    if row.switch().is_none() {
        paragraph(TextStyle::Quiet, "read-only: rootdeck switches trusted access only for Account Management and IAM");
        return content;
    }
    let needs_trust = matches!(app.model.switches.features.value(), Some(RootFeatures::NeedTrustedAccess));
    let on = match (switch, app.model.switches.is_on(switch)) {
        (_, Some(on)) => on,
        (Switch::RootFeature(_), None) if needs_trust => false,
        (_, None) => {
            match permit(&switch.set(true), &app.model.facts(None)) {
                // Asking again would change nothing.
                Err(reason @ Refusal::NeedsManagement) => {
                    paragraph(
                        TextStyle::Attention,
                        &format!("Not with these credentials: {}. 5 tells more.", refusal::refusal(&reason)),
                    );
                }
                _ => {
                    paragraph(
                        TextStyle::Unknown,
                        "Whether it is on or off is not known, so it can't be turned. 5 tells what is missing, r asks again.",
                    );
                }
            }
            return content;
        }
    };
    content.extend(proposed(app, theme, "t", &switch.set(!on), room));
    if let (Switch::TrustedAccess(_), true, Ok(())) = (switch, on, app.model.can_delegate()) {
        content.push(Line::default());
        let text = "D: Make an account its delegated administrator";
        content.extend(wrap(text, room).into_iter().map(|line| Line::from(span(theme, TextStyle::Accent, line))));
    }
    content
}

fn delegate(
    app: &App,
    theme: Theme,
    account: crate::domain::account::AccountId,
    service: &ServicePrincipal,
    room: usize,
) -> Vec<Line<'static>> {
    let name = app.model.accounts.get(account).map_or("?", |account| account.name.as_str()).to_owned();
    let since =
        app.model.switches.delegates.value().into_iter().flatten().filter(|delegate| delegate.account == account);
    let since = since.flat_map(|delegate| delegate.services.iter()).find(|(other, _)| other == service);
    let since = since.and_then(|(_, at)| *at).map_or("?".to_owned(), |at| time::moment(at, &app.model.start.time_zone));
    let mut content = vec![
        labelled(theme, "Account", vec![span(theme, TextStyle::Plain, name)]),
        labelled(theme, "Administers", vec![span(theme, TextStyle::Plain, service.to_string())]),
        labelled(theme, "Since", vec![span(theme, TextStyle::Plain, since)]),
        Line::default(),
    ];
    content.extend(proposed(
        app,
        theme,
        "D",
        &Change::Delegation { account, service: service.clone(), register: false },
        room,
    ));
    content
}

/// What a key would do here, and why not now.
fn proposed(app: &App, theme: Theme, key: &str, change: &Change, room: usize) -> Vec<Line<'static>> {
    let mut content = Vec::new();
    let mut paragraph = |role: TextStyle, text: &str| {
        content.extend(wrap(text, room).into_iter().map(|line| Line::from(span(theme, role, line))));
    };
    paragraph(TextStyle::Accent, &format!("{key}: {}", change::title(change)));
    for sentence in change::consequences(change) {
        paragraph(TextStyle::Plain, sentence);
    }
    if let Err(reason) = permit(change, &app.model.facts(None)) {
        paragraph(TextStyle::Attention, &format!("Not now: {}.", refusal::refusal(&reason)));
    }
    content
}
