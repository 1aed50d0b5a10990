//! View 4: trusted access for every service, the root features, the delegated administrators.

use ratatui::layout::{Constraint, Layout, Spacing};
use ratatui::text::Line;

use super::beside::{details, side_of, split};
use super::canvas::Canvas;
use super::measure::{fit, span};
use super::slot::Slot;
use super::switches::{BESIDE, features_heading, line as switch_line, state};
use super::text::Text;
use super::theme::{Glyph, TextStyle, Theme};
use crate::app::command::CommandId;
use crate::app::mouse::Target;
use crate::app::shell::App;
use crate::app::state::organization::OrganizationRow;
use crate::domain::account::AccountId;
use crate::domain::change::{Change, Switch};
use crate::domain::permit::{Refusal, permit};
use crate::domain::remote_data::RemoteData;
use crate::domain::root_feature::RootFeatures;
use crate::domain::text::width;
use crate::domain::trusted_access::ServicePrincipal;
use crate::words::keys::key;
use crate::words::ui::views as says;
use crate::words::{api_error, change, refusal, time};

pub(super) fn draw(app: &App, canvas: &mut Canvas<'_>) {
    let Some(side) = side_of(canvas.area.width, needed(app, canvas.theme), 64) else {
        canvas.drawn.geometry.one_pane = true;
        let about_rows = if canvas.area.height >= 18 { 8 } else { 0 };
        let [above, below] = Layout::vertical([Constraint::Min(0), Constraint::Length(about_rows)])
            .spacing(Spacing::Overlap(u16::from(about_rows > 0)))
            .areas(canvas.area);
        if app.model.switches.pane.reading {
            // The list keeps its page while the details hide it.
            canvas.drawn.geometry.list_rows = page(usize::from(above.height.saturating_sub(2)));
            return about(app, canvas);
        }
        if about_rows > 0 {
            about(app, &mut canvas.on(below));
        }
        return list(app, &mut canvas.on(above));
    };
    let [left, right] = split(canvas.area, side);
    if app.model.switches.pane.reading {
        list(app, &mut canvas.on(left));
        about(app, &mut canvas.on(right));
    } else {
        about(app, &mut canvas.on(right));
        list(app, &mut canvas.on(left));
    }
}

/// The columns in which every row is whole, with the frame and a blank before it.
fn needed(app: &App, theme: Theme) -> usize {
    let all = app.model.switches.rows();
    let names = names_room(app, &all);
    let slot = Slot { theme, room: usize::from(u16::MAX), selected: false };
    all.iter().map(|row| item_line(app, row, names, slot).width()).max().unwrap_or_default() + 3
}

/// Headings and blank lines take rows too; so many rows surely fit on a page of so many lines.
fn page(lines: usize) -> usize {
    lines.saturating_sub(6).max(1)
}

fn list(app: &App, canvas: &mut Canvas<'_>) {
    let title =
        app.model.organization.value().map_or_else(|| "Organization".to_owned(), |o| format!("Organization {}", o.id));
    let focused = !app.model.switches.pane.reading;
    let mut inner = canvas.pane(&title, focused, TextStyle::Accent);
    let theme = inner.theme;
    inner.drawn.geometry.list_rows = page(inner.rows());
    inner.target(Target::List);
    let all = app.model.switches.rows();
    let names = aligned(app, &all, inner.room());
    let mut section = None;
    for (index, item) in all.iter().enumerate().skip(app.model.switches.pane.list.top()) {
        let (name, trouble) = section_of(app, theme, item, inner.room());
        if section != Some(name) {
            inner.take(u16::from(section.is_some()));
            inner.take(1).line(span(theme, TextStyle::Quiet, format!(" {name}{trouble}")));
            section = Some(name);
        }
        let mut row = inner.take(1);
        if row.area.is_empty() {
            break;
        }
        let selected = app.model.switches.pane.list.index() == index;
        row.target(Target::Row(index));
        let line = item_line(app, item, names, row.slot(selected));
        let cursor = row.row(line, selected).filter(|_| focused);
        row.drawn.cursor = cursor.or(row.drawn.cursor);
    }
    inner.position(&app.model.switches.pane.list);
    if app.model.switches.delegates.value().is_none_or(Vec::is_empty) {
        inner.take(1);
        inner.take(1).line(span(theme, TextStyle::Quiet, says::delegates(delegates_word(app))));
    }
}

fn delegates_word(app: &App) -> &'static str {
    let state = &app.model.switches.delegates;
    match state.error() {
        Some(error) => api_error::short(error.kind),
        None if state.current().is_some() => "none",
        None if state.is_loading() => "asking",
        None => says::NOT_CHECKED,
    }
}

/// The heading above a row, and why its content is outdated, if it is.
fn section_of(app: &App, theme: Theme, row: &OrganizationRow, room: usize) -> (&'static str, String) {
    fn trouble<T>(theme: Theme, asked: &RemoteData<T>) -> String {
        match asked.error() {
            Some(error) => format!("  {} {}", theme.glyph(Glyph::Unknown), api_error::short(error.kind)),
            None if asked.is_loading() => format!("  {}", theme.glyph(Glyph::Waiting)),
            None => String::new(),
        }
    }
    let switches = &app.model.switches;
    match row {
        OrganizationRow::Service(_) => (says::TRUSTED_ACCESS, trouble(theme, &switches.trusted)),
        OrganizationRow::Feature(_) => (features_heading(app, room), trouble(theme, &switches.features)),
        OrganizationRow::Delegate(..) => (says::DELEGATED_ADMINISTRATORS, trouble(theme, &switches.delegates)),
    }
}

/// So that what is on, and since when, is in one column.
fn names_room(app: &App, all: &[OrganizationRow]) -> usize {
    let name = |row: &OrganizationRow| match row {
        OrganizationRow::Service(service) => width(service.as_str()),
        OrganizationRow::Feature(_) => 0,
        OrganizationRow::Delegate(account, _) => width(&delegate_name(app, *account)),
    };
    all.iter().map(name).max().unwrap_or_default().max(44)
}

/// The same in so much room, where the longest service behind a name fits without a name of a switch being cut.
fn aligned(app: &App, all: &[OrganizationRow], room: usize) -> usize {
    let (mut behind, mut switches) = (0, 0);
    for row in all {
        match row {
            OrganizationRow::Delegate(_, service) => behind = width(service.as_str()).max(behind),
            OrganizationRow::Service(service) => switches = width(service.as_str()).max(switches),
            OrganizationRow::Feature(feature) => switches = width(&feature.to_string()).max(switches),
        }
    }
    let (names, left) = (names_room(app, all), room.saturating_sub(BESIDE + behind));
    if left >= switches { names.min(left) } else { names }
}

fn item_line(app: &App, item: &OrganizationRow, names: usize, slot: Slot) -> Line<'static> {
    let theme = slot.theme;
    match item {
        OrganizationRow::Service(service) => switch_line(app, &Switch::TrustedAccess(service.clone()), names, slot),
        OrganizationRow::Feature(feature) => switch_line(app, &Switch::RootFeature(*feature), names, slot),
        OrganizationRow::Delegate(account, service) => {
            let left = slot.room.saturating_sub(BESIDE + width(service.as_str()));
            let name = fit(theme, &delegate_name(app, *account), left.clamp(12, names));
            slot.row(TextStyle::Plain, theme.glyph(Glyph::Dot), name, service.to_string())
        }
    }
}

fn delegate_name(app: &App, account: AccountId) -> String {
    let name = app.model.accounts.get(account).map_or("", |account| account.name.as_str());
    format!("{account} {name}")
}

fn about(app: &App, canvas: &mut Canvas<'_>) {
    let Some(row) = app.model.switches.selected() else { return };
    let title = match &row {
        OrganizationRow::Delegate(account, _) => account.to_string(),
        OrganizationRow::Service(service) => service.to_string(),
        OrganizationRow::Feature(feature) => feature.to_string(),
    };
    let can_turn = row.switch().is_some();
    let place = (app.model.switches.pane.reading, app.model.switches.pane.top);
    details(canvas, &title, place, Some(row), |text, row| match row {
        OrganizationRow::Delegate(account, service) => delegate(app, text, account, &service),
        OrganizationRow::Service(service) => about_switch(app, text, &Switch::TrustedAccess(service), can_turn),
        OrganizationRow::Feature(feature) => about_switch(app, text, &Switch::RootFeature(feature), can_turn),
    });
}

fn about_switch(app: &App, text: &mut Text, switch: &Switch, can_turn: bool) {
    let (role, glyph, word) = state(app, text.theme, switch);
    let trusted = app.model.switches.trusted.value();
    let since = match switch {
        Switch::TrustedAccess(service) => trusted.and_then(|all| all.get(service)).and_then(|entry| entry.enabled),
        Switch::RootFeature(_) => None,
    };
    // The line below says since when.
    let word = if since.is_some() && role == TextStyle::On { "on".to_owned() } else { word };
    text.label("State", role, format!("{glyph} {word}"));
    if let Some(at) = since {
        text.label("Since", TextStyle::Plain, time::moment(at, &app.model.start.time_zone));
    }
    text.blank();
    if !can_turn {
        return text.quiet(says::READ_ONLY_SERVICE);
    }
    let needs_trust = matches!(app.model.switches.features.value(), Some(RootFeatures::NeedTrustedAccess));
    let on = match (switch, app.model.switches.is_on(switch)) {
        (_, Some(on)) => on,
        (Switch::RootFeature(_), None) if needs_trust => false,
        (_, None) => return unknown(app, text, switch),
    };
    proposed(app, text, CommandId::Toggle, &switch.set(!on));
    if let (Switch::TrustedAccess(_), true, Ok(())) = (switch, on, app.model.can_delegate()) {
        text.blank();
        text.paragraph(TextStyle::Accent, &says::make_delegate());
    }
}

fn unknown(app: &App, text: &mut Text, switch: &Switch) {
    if let Err(reason @ Refusal::NeedsManagement) = permit(&switch.set(true), &app.model.facts(None)) {
        // Asking again would change nothing.
        return text.attention(&says::not_with_these_credentials(refusal::refusal(&reason)));
    }
    text.paragraph(TextStyle::Unknown, &says::state_unknown());
}

fn delegate(app: &App, text: &mut Text, account: AccountId, service: &ServicePrincipal) {
    let name = app.model.accounts.get(account).map_or("?", |account| account.name.as_str());
    let all = app.model.switches.delegates.value().into_iter().flatten();
    let mut services = all.filter(|delegate| delegate.account == account).flat_map(|delegate| &delegate.services);
    let since = services.find(|(other, _)| other == service).and_then(|(_, at)| *at);
    let since = since.map_or("?".to_owned(), |at| time::moment(at, &app.model.start.time_zone));
    text.label("Account", TextStyle::Plain, name);
    text.label("Administers", TextStyle::Plain, service.to_string());
    text.label("Since", TextStyle::Plain, since);
    text.blank();
    let change = Change::Delegation { account, service: service.clone(), register: false };
    proposed(app, text, CommandId::Delegate, &change);
}

fn proposed(app: &App, text: &mut Text, command: CommandId, change: &Change) {
    let refused = permit(change, &app.model.facts(None)).err();
    let style = if refused.is_some() { TextStyle::Quiet } else { TextStyle::Accent };
    text.paragraph(style, &format!("{}: {}", key(command), change::title(change)));
    for sentence in change::consequences(change) {
        text.plain(sentence);
    }
    if let Some(reason) = refused {
        text.attention(&says::not_now(refusal::refusal(&reason)));
    }
}
