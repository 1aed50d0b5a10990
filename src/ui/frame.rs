//! What is on every screen: header, footer.

use ratatui::text::{Line, Span};

use super::canvas::Canvas;
use super::drawn::Enter;
use super::measure::{cut_end, span};
use super::theme::{Glyph, TextStyle, Theme};
use crate::app::command::{COMMANDS, Command, CommandId, DisabledReason, KeyContext};
use crate::app::layers::Layer;
use crate::app::shell::App;
use crate::app::view::ViewId;
use crate::domain::endpoint::{CODES, ROOT_SESSIONS, is_unencrypted, unencrypted_first};
use crate::domain::root_session::SessionKey;
use crate::domain::run::Steering;
use crate::domain::text::{clean, cut_middle, width};
use crate::words::ui::{plans, views as says};
use crate::words::{dialogs, labels, time};

/// So many columns identify an endpoint; the role of the account is dropped for them.
const ENDPOINT_COLUMNS: usize = 20;

/// The acting account and whether it may write are always shown.
pub(super) fn header(app: &App, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let name = "rootdeck";
    let columns = canvas.room();
    let identities = identities(app, theme);
    let room = |right: &Line<'_>| columns.saturating_sub(right.width() + width(name) + 5);
    let needed = identities.iter().rev().nth(1).map_or(0, |identity| width(&identity.whole()));
    let least = identities.last().map_or(0, |identity| width(&identity.whole()));
    let mut sessions = session_badges(app).into_iter();
    let mut shown = Shown { session: sessions.next(), ..Shown::ALL };
    let mut right = badges(app, theme, &shown);
    while needed > room(&right)
        && let Some(shorter) = sessions.next()
    {
        // The name is the least important part of a root session's countdown.
        shown.session = Some(shorter);
        right = badges(app, theme, &shown);
    }
    let is_overdue = app.model.recovery.expired(app.model.now) > 0;
    // One after the other gives its place to the acting account: most of a recovery's words, the region, and beside an
    // open recovery when AWS was read.
    let gives: [fn(&mut Shown); 3] =
        [|shown| shown.recovery = Badge::Short, |shown| shown.region = false, |shown| shown.age = Badge::None];
    let is_recovering = app.model.recovery.next_end().is_some();
    for give in gives.into_iter().take(if is_recovering { 3 } else { 2 }) {
        if needed > room(&right) {
            give(&mut shown);
            right = badges(app, theme, &shown);
        }
    }
    if needed > room(&right) {
        // So does what the endpoint can spare.
        let room = room(&badges(app, theme, &Shown { endpoint: 0, ..shown.clone() }));
        let beside = room.saturating_sub(needed);
        shown.endpoint = if beside >= ENDPOINT_COLUMNS { beside } else { room.saturating_sub(least) };
        right = badges(app, theme, &shown);
    }
    // A time of day beside a countdown would be read as another one.
    let ages: &[Badge] = if shown.session.is_some() { &[Badge::None] } else { &[Badge::Short, Badge::None] };
    for age in ages.iter().filter(|_| !is_recovering) {
        // An id is never cut, nor a recovery: what was read when can be read elsewhere.
        if least > room(&right) {
            (shown.age, shown.endpoint) = (*age, 0);
            right = badges(app, theme, &shown);
        }
    }
    if least > room(&right) {
        (shown.age, shown.endpoint) = (Badge::None, 0);
        // The details show a recovery that has time left.
        shown.recovery = if is_overdue { shown.recovery } else { Badge::None };
        right = badges(app, theme, &shown);
    }
    let (right_width, room) = (right.width(), room(&right));
    let fitting = identities.iter().find_map(|identity| identity.within(room, theme)).or_else(|| {
        // As much of the acting account as there is room for.
        identities.last().map(|identity| cut_middle(&identity.whole(), room, theme.glyph(Glyph::Cut)))
    });
    let identity = fitting.unwrap_or_default();
    let left =
        Line::from(vec![Span::raw(" "), span(theme, TextStyle::Accent, name), Span::raw("  "), Span::raw(identity)]);
    canvas.line(left);
    canvas.last(right_width + 1).line(right);
}

struct Identity {
    before: String,
    /// The part that may be cut in the middle, down to so many columns.
    cut: (String, usize),
    after: String,
}

impl Identity {
    fn of(before: String) -> Self {
        Self { before, cut: (String::new(), 0), after: String::new() }
    }

    fn whole(&self) -> String {
        format!("{}{}{}", self.before, self.cut.0, self.after)
    }

    fn within(&self, room: usize, theme: Theme) -> Option<String> {
        let (part, least) = &self.cut;
        let left = room.checked_sub(width(&self.before) + width(&self.after))?;
        let fits = left >= width(part).min(*least);
        fits.then(|| format!("{}{}{}", self.before, cut_middle(part, left, theme.glyph(Glyph::Cut)), self.after))
    }
}

/// Who acts and where, longest first. The account is never skipped.
fn identities(app: &App, theme: Theme) -> Vec<Identity> {
    const PROFILE: usize = 8;
    const ROLE: usize = 16;
    let dot = format!(" {} ", theme.glyph(Glyph::Dot));
    let connection = app.model.connection.value();
    let name = connection.and_then(|c| c.profile.as_ref()).or(app.model.start.profile.as_ref());
    let name = name.map(|profile| clean(profile));
    let place = app.model.start.place.map(|place| format!("{}/{} ", place.index + 1, place.of)).unwrap_or_default();
    let profile = name.as_ref().map(|profile| format!("{place}{profile}{dot}")).unwrap_or_default();
    let cut = |after: &str| {
        let after = if name.is_some() { format!("{dot}{after}") } else { after.to_owned() };
        Identity { before: place.clone(), cut: (name.clone().unwrap_or_default(), PROFILE), after }
    };
    let Some(connection) = connection else {
        let state = if app.model.connection.is_loading() { "connecting" } else { says::NOT_CONNECTED };
        return vec![cut(state), Identity::of(state.to_owned())];
    };
    let account = connection.caller.account.to_string();
    let org_role = labels::org_role_of(&connection.caller, &app.model.organization, app.model.org_role.value());
    let (acts, role) = (format!("{account} {org_role}"), connection.caller.short());
    let organization =
        app.model.organization.value().map(|organization| format!("{}  ", organization.id)).unwrap_or_default();
    vec![
        Identity::of(format!("{organization}{profile}{acts}{dot}{role}")),
        Identity { before: format!("{profile}{acts}{dot}"), cut: (role, ROLE), after: String::new() },
        cut(&acts),
        Identity::of(acts),
        Identity::of(account),
    ]
}

/// The newest open root session and its time left, longest first.
fn session_badges(app: &App) -> Vec<String> {
    let Some(session) = app.model.sessions.newest() else { return Vec::new() };
    let SessionKey { account, task } = session.key;
    let left = time::minutes(app.model.time_left(session));
    let name = app.model.accounts.get(account).map_or_else(|| account.to_string(), |account| clean(&account.name));
    vec![
        says::root_session(&name, task, &left),
        format!("root {name} {left}"),
        format!("root {account} {left}"),
        format!("root {left}"),
    ]
}

/// What there is room for at the right end of the header.
#[derive(Clone)]
struct Shown {
    session: Option<String>,
    recovery: Badge,
    region: bool,
    /// At most so many columns of the endpoint.
    endpoint: usize,
    age: Badge,
}

impl Shown {
    const ALL: Self =
        Self { session: None, recovery: Badge::Whole, region: true, endpoint: usize::MAX, age: Badge::Whole };
}

/// How much of a badge there is room for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Badge {
    Whole,
    Short,
    None,
}

/// The time left of the password recovery that should be closed first.
fn recovery_badge(app: &App, badge: Badge) -> Option<(Glyph, String)> {
    let left = app.model.recovery.next_end()?.left(app.model.now)?;
    let (glyph, short, whole) = if left.is_positive() {
        (Glyph::Waiting, says::recovery_ends_short(time::hours(left)), says::recovery_ends(time::hours(left)))
    } else {
        (Glyph::Danger, says::RECOVERY.to_owned(), says::RECOVERY_EXPIRED.to_owned())
    };
    match badge {
        Badge::Whole => Some((glyph, whole)),
        Badge::Short => Some((glyph, short)),
        Badge::None => None,
    }
}

/// The right end of the header.
fn badges(app: &App, theme: Theme, shown: &Shown) -> Line<'static> {
    let mut spans = Vec::new();
    let gap = || Span::raw("  ");
    spans.extend(shown.session.iter().flat_map(|text| [span(theme, TextStyle::Danger, text.clone()), gap()]));
    if let Some((glyph, text)) = recovery_badge(app, shown.recovery) {
        spans.extend([span(theme, glyph.style(), format!("{} {text}", theme.glyph(glyph))), gap()]);
    }
    if let Some(endpoint) = app.model.endpoint() {
        let is_clear = is_unencrypted(endpoint, &[&ROOT_SESSIONS[..], &CODES].concat());
        let endpoint = unencrypted_first(endpoint);
        // The first of several are the worst.
        let endpoint = if endpoint.contains(", ") {
            cut_end(theme, &endpoint, shown.endpoint)
        } else {
            cut_middle(&endpoint, shown.endpoint, theme.glyph(Glyph::Cut))
        };
        let glyph = if is_clear { Glyph::Danger } else { Glyph::Attention };
        spans.extend([span(theme, glyph.style(), format!("{} {endpoint}", theme.glyph(glyph))), gap()]);
    }
    if let Some(connection) = app.model.connection.value().filter(|_| shown.region) {
        let assumed = if connection.region_assumed { " (default)" } else { "" };
        spans.extend([span(theme, TextStyle::Quiet, format!("{}{assumed}", connection.region)), gap()]);
    }
    if app.model.start.demo {
        spans.extend([span(theme, TextStyle::Accent, "DEMO"), gap()]);
    }
    if app.model.start.rules.no_journal {
        spans.extend([span(theme, TextStyle::Danger, "NO JOURNAL"), gap()]);
    }
    let badge = if app.model.start.rules.read_only {
        span(theme, TextStyle::Accent, "READ-ONLY")
    } else {
        span(theme, TextStyle::Attention, "WRITE")
    };
    spans.push(badge);
    spans.extend(age_badge(app, theme, shown.age).into_iter().flat_map(|age| [gap(), age]));
    Line::from(spans)
}

/// When AWS was read.
fn age_badge(app: &App, theme: Theme, badge: Badge) -> Option<Span<'static>> {
    if badge == Badge::None {
        return None;
    }
    let is_short = badge == Badge::Short;
    if let Some(at) = app.model.accounts.cached_since() {
        let cached =
            if is_short { "cached".to_owned() } else { format!("cached {}", time::short_ago(at, app.model.now)) };
        return Some(span(theme, TextStyle::Attention, cached));
    }
    let read = app.model.accounts.read();
    let Some(known) = read.last() else { return Some(span(theme, TextStyle::Quiet, says::AS_OF_NEVER)) };
    let clock = time::clock(known.at, &app.model.start.time_zone);
    Some(match (read.error(), is_short) {
        (None, false) => span(theme, TextStyle::Quiet, says::as_of(clock)),
        (None, true) => span(theme, TextStyle::Quiet, clock),
        (Some(_), false) => span(theme, TextStyle::Attention, says::old_as_of(theme.glyph(Glyph::Attention), clock)),
        (Some(_), true) => span(theme, TextStyle::Attention, format!("{} {clock}", theme.glyph(Glyph::Attention))),
    })
}

const ALWAYS: [CommandId; 3] = [CommandId::Palette, CommandId::Help, CommandId::Quit];
const STEER: [CommandId; 2] = [CommandId::PauseRun, CommandId::StopRun];

/// The most important where not all fit. Those that can't run now are dimmed; pressing them says why.
pub(super) fn footer(app: &App, canvas: &mut Canvas<'_>) {
    let (theme, enter) = (canvas.theme, canvas.drawn.enter);
    let place = app.place();
    let mut shown: Vec<&Command> =
        COMMANDS.iter().filter(|command| command.footer > 0 && command.places.contains(&place)).collect();
    // Commands without a meaning here would only be in the way.
    shown.retain(|command| {
        !matches!(
            (command.available)(app),
            Err(DisabledReason::NotHere
                | DisabledReason::OneOrganization
                | DisabledReason::EmptyList
                | DisabledReason::NoCode
                | DisabledReason::NoFindings
                | DisabledReason::NoRun)
        )
    });
    if app.view == ViewId::EmailChanges {
        // Without changes there is no row to act on.
        shown.retain(|command| !matches!((command.available)(app), Err(DisabledReason::NothingSelected)));
    }
    // What is open is not opened.
    let open = [
        (CommandId::OpenRoot, app.model.root.pane.reading),
        (CommandId::OpenChange, app.model.board.pane.reading),
        (CommandId::OpenEntry, app.model.journal.pane.reading),
        (CommandId::OpenSwitch, app.view == ViewId::Organization && app.model.switches.pane.reading),
        (CommandId::OpenFlow, app.model.readiness.pane.reading),
    ];
    shown.retain(|command| !open.contains(&(command.id, true)));
    if is_in_details(app, place) {
        shown.extend(COMMANDS.iter().find(|command| command.id == CommandId::Back && command.places.contains(&place)));
    }
    // A command without a key here is not shown.
    shown.retain(|command| app.key_of(command).is_some());
    // A batch can be paused and stopped wherever one is.
    let is_first = |command: &Command| STEER.contains(&command.id) || command.footer == 0;
    shown.sort_by_key(|command| (!is_first(command), command.footer));
    let (always, shown): (Vec<&Command>, Vec<&Command>) =
        shown.into_iter().partition(|command| ALWAYS.contains(&command.id));
    let right: Vec<Item> = always.into_iter().filter_map(|command| Item::of(app, command, None)).collect();
    let right_width: usize = right.iter().map(Item::width).sum();
    let mut room = canvas.room().saturating_sub(1 + right_width);
    let mut spans = vec![Span::raw(" ")];
    for item in shown.into_iter().filter_map(|command| Item::of(app, command, enter)) {
        if item.width() > room + if right.is_empty() { 2 } else { 0 } {
            // A dialog has few commands: a shorter one behind may fit.
            if place == KeyContext::Dialog {
                continue;
            }
            break;
        }
        room = room.saturating_sub(item.width());
        spans.extend(item.spans(theme));
    }
    canvas.line(Line::from(spans));
    let right = right.iter().flat_map(|item| item.spans(theme)).collect::<Line<'_>>();
    canvas.last(right_width.saturating_sub(1)).line(right);
}

/// Whether what can be left is a pane of the view, and not a layer over it.
fn is_in_details(app: &App, place: KeyContext) -> bool {
    let model = &app.model;
    match place {
        KeyContext::Accounts => false,
        KeyContext::Details | KeyContext::Switches => true,
        KeyContext::EmailChanges => model.board.pane.reading && !model.board.pane.list.rows().is_empty(),
        KeyContext::RootAccess => model.root.pane.reading,
        KeyContext::Organization => model.switches.pane.reading,
        KeyContext::Readiness => model.readiness.pane.reading,
        KeyContext::Journal => model.journal.pane.reading,
        KeyContext::Mailbox | KeyContext::Filter | KeyContext::Dialog | KeyContext::Reader => false,
    }
}

fn is_paused(app: &App) -> bool {
    app.model.in_progress.as_ref().is_some_and(|run| run.steering == Steering::Pause)
}

struct Item {
    key: String,
    title: String,
    available: bool,
}

impl Item {
    fn of(app: &App, command: &Command, enter: Option<Enter>) -> Option<Self> {
        let key = app.key_of(command)?.to_string();
        let available = (command.available)(app).is_ok();
        Some(match enter.filter(|_| matches!(command.id, CommandId::DialogAct | CommandId::Choose)) {
            Some(enter) => Self { key, title: dialogs::enter(enter.button, enter.focused), available: enter.enabled },
            // There is no row for it.
            None if command.id == CommandId::Choose => return None,
            None if command.id == CommandId::PauseRun && is_paused(app) => {
                Self { key, title: "resume".to_owned(), available }
            }
            None if command.id == CommandId::EditText && matches!(app.layers.last(), Some(Layer::PlanList(_))) => {
                Self { key, title: plans::EDIT_ALL.to_owned(), available }
            }
            None if command.id == CommandId::DialogNext && app.completes() => {
                Self { key, title: says::COMPLETE.to_owned(), available }
            }
            None if command.id == CommandId::DialogReveal && app.reveals_code() => {
                Self { key, title: says::HIDE_CODE.to_owned(), available }
            }
            None => Self { key, title: command.title.to_owned(), available },
        })
    }

    /// In columns, with the two that separate it from the next.
    fn width(&self) -> usize {
        width(&self.key) + width(&self.title) + 3
    }

    fn spans(&self, theme: Theme) -> [Span<'static>; 2] {
        let (key, title) =
            if self.available { (TextStyle::Accent, TextStyle::Plain) } else { (TextStyle::Quiet, TextStyle::Quiet) };
        [span(theme, key, self.key.clone()), span(theme, title, format!(" {}  ", self.title))]
    }
}
