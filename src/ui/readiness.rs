//! View 5: whether each flow is open to the caller, what stands in the way, and what mends that.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::Drawn;
use super::canvas::{columns, cut_end, fit, lines, pane, span, text_area, wrap};
use super::theme::{Glyph, TextStyle, Theme};
use crate::app::App;
use crate::domain::api_error::ApiError;
use crate::domain::flow::{Flow, Weight};
use crate::domain::readiness::{Answer, NotSimulated, Readiness, Reason, Remedy, Requirement, Thing};
use crate::words::change::title as title_of;
use crate::words::permission::{flow as flow_words, without};
use crate::words::{readiness as words, time};

/// The columns of the longest name of a flow.
const NAME: usize = 24;

pub(super) fn draw(app: &App, theme: Theme, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    if drawn.geometry.one_pane {
        drawn.geometry.list_rows = usize::from(area.height.saturating_sub(2));
        if app.model.readiness.reading {
            details(app, theme, buf, area, drawn);
        } else {
            list(app, theme, buf, area, drawn);
        }
        return;
    }
    let [left, right] = Layout::horizontal([Constraint::Fill(1), Constraint::Fill(1)]).areas(area);
    list(app, theme, buf, left, drawn);
    details(app, theme, buf, right, drawn);
}

fn list(app: &App, theme: Theme, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let focused = !app.model.readiness.reading;
    let inner = pane(theme, buf, area, &title(app, theme), focused, TextStyle::Accent);
    let rows = &app.model.readiness.list;
    let notes = notes(app, theme, columns(inner).saturating_sub(2));
    // What all of it rests on stands below, where there is room.
    let below = u16::try_from(notes.len() + 1).unwrap_or(u16::MAX);
    let all = u16::try_from(rows.rows().len()).unwrap_or(u16::MAX);
    let height = if all.saturating_add(below) <= inner.height { all } else { inner.height };
    let place = Rect { height, ..inner };
    drawn.geometry.list_rows = usize::from(place.height);
    for (row, flow) in place.rows().zip(rows.visible()) {
        let selected = rows.selected() == Some(*flow);
        buf.set_line(row.x, row.y, &flow_line(app, theme, *flow, columns(row), selected), row.width);
        if selected && focused {
            drawn.cursor = Some(Position { x: row.x, y: row.y });
        }
    }
    let rest = Rect { y: place.bottom() + 1, height: inner.height.saturating_sub(place.height + 1), ..inner };
    if height == all && !rest.is_empty() {
        lines(buf, text_area(rest), &notes);
    }
}

fn title(app: &App, theme: Theme) -> String {
    let dot = theme.glyph(Glyph::Dot);
    let simulated_result = &app.model.readiness.simulated_result;
    if app.model.is_asking_readiness() {
        let calls = app.model.readiness_calls();
        return format!("Readiness {dot} {} asking, {calls} calls to IAM", theme.glyph(Glyph::Waiting));
    }
    match simulated_result.last() {
        Some(known) => format!("Readiness {dot} asked {}", time::ago(known.at, app.model.now)),
        None => format!("Readiness {dot} IAM was not asked"),
    }
}

/// What the answers rest on.
fn notes(app: &App, theme: Theme, room: usize) -> Vec<Line<'static>> {
    let not_simulated =
        app.model.readiness.simulated_result.value().map(|simulated_result| &simulated_result.not_simulated);
    let (role, text) = match (not_simulated, app.model.readiness.simulated_result.fault()) {
        (_, Some(fault)) | (Some(NotSimulated::Failed(fault)), None) => {
            (TextStyle::Attention, words::no_simulation(fault))
        }
        (Some(NotSimulated::NotAUserOrRole), None) => (TextStyle::Attention, words::NOBODY_TO_SIMULATE.to_owned()),
        _ => (TextStyle::Quiet, words::HINT.to_owned()),
    };
    wrap(&text, room).into_iter().map(|line| Line::from(span(theme, role, line))).collect()
}

fn flow_line(app: &App, theme: Theme, flow: Flow, room: usize, selected: bool) -> Line<'static> {
    let readiness = app.model.readiness.judged.iter().find(|readiness| readiness.flow == flow);
    let (role, glyph) = readiness.map_or((TextStyle::Unknown, Glyph::Unknown), |it| sign_of(app, it.verdict()));
    // What is being asked needs no reason yet.
    let why = readiness.filter(|_| glyph != Glyph::Waiting).map_or_else(String::new, words::why);
    let left = room.saturating_sub(NAME + 6);
    let glyph = format!("{:<2}", theme.glyph(glyph));
    let mark = if selected { theme.glyph(Glyph::Selected) } else { " " };
    let name = Span::raw(fit(theme, flow_words(flow), NAME));
    Line::from(vec![
        span(theme, TextStyle::Accent, mark),
        span(theme, role, glyph),
        Span::raw(" "),
        if selected { name.style(Modifier::REVERSED) } else { name },
        Span::raw("  "),
        span(theme, TextStyle::Quiet, cut_end(theme, &why, left)),
    ])
}

/// How an answer is shown; what is not known while AWS is asked is waited for.
fn sign_of(app: &App, answer: Answer) -> (TextStyle, Glyph) {
    match answer {
        Answer::Yes => (TextStyle::On, Glyph::On),
        Answer::No => (TextStyle::Danger, Glyph::Danger),
        Answer::Unknown if app.model.is_asking_readiness() => (TextStyle::Waiting, Glyph::Waiting),
        Answer::Unknown => (TextStyle::Unknown, Glyph::Unknown),
    }
}

/// What the selected flow needs, and how it stands with each.
fn details(app: &App, theme: Theme, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let focused = app.model.readiness.reading;
    let selected = app.model.readiness.selected();
    let title = selected.map_or("", |readiness| flow_words(readiness.flow));
    let inner = text_area(pane(theme, buf, area, title, focused, TextStyle::Accent));
    if focused {
        drawn.cursor = Some(inner.as_position());
    }
    let Some(readiness) = selected else { return };
    let content = Details { app, theme, room: columns(inner), one_pane: drawn.geometry.one_pane, lines: Vec::new() }
        .of(readiness);
    drawn.geometry.dialog_rows = usize::from(inner.height);
    drawn.geometry.dialog_lines = content.len();
    lines(buf, inner, content.get(app.model.readiness.top..).unwrap_or_default());
}

struct Details<'a> {
    app: &'a App,
    theme: Theme,
    room: usize,
    one_pane: bool,
    lines: Vec<Line<'static>>,
}

impl Details<'_> {
    fn paragraph(&mut self, role: TextStyle, indent: &str, text: &str) {
        let theme = self.theme;
        let lines = wrap(&format!("{indent}{text}"), self.room);
        self.lines.extend(lines.into_iter().map(|line| Line::from(span(theme, role, line))));
    }

    fn of(mut self, readiness: &Readiness) -> Vec<Line<'static>> {
        let (role, _) = sign_of(self.app, readiness.verdict());
        self.paragraph(role, "", &words::verdict_alone(readiness));
        if let Ok(change) = self.app.model.fix_change() {
            self.paragraph(TextStyle::Accent, "", &format!("t: {}", title_of(&change)));
        }
        let is_there = |one: &&Requirement| one.answer == Answer::Yes;
        let (there, missing): (Vec<_>, Vec<_>) = readiness.requirements.iter().partition(is_there);
        // What is missing comes first, essential things before those that only help.
        let (needed, helpful): (Vec<_>, Vec<_>) = missing.into_iter().partition(|one| one.weight == Weight::Essential);
        for group in [needed, helpful, there] {
            if !group.is_empty() {
                self.lines.push(Line::default());
            }
            for requirement in group {
                self.requirement(readiness.flow, requirement);
            }
        }
        self.lines.push(Line::default());
        let not_simulated = self.app.model.readiness.simulated_result.value().map(|it| &it.not_simulated);
        // Side by side it stands below the list.
        if let Some(NotSimulated::Failed(fault)) = not_simulated.filter(|_| self.one_pane) {
            self.paragraph(TextStyle::Attention, "", &words::no_simulation(fault));
        }
        self.paragraph(TextStyle::Quiet, "", &words::policy_hint(readiness.flow));
        self.lines
    }

    fn requirement(&mut self, flow: Flow, requirement: &Requirement) {
        let needed = words::weight(requirement.weight).map(|weight| format!(" ({weight})")).unwrap_or_default();
        let (role, glyph) = sign_of(self.app, requirement.answer);
        // What only helps is no danger.
        let (role, glyph) = match glyph {
            Glyph::Danger if !needed.is_empty() => (TextStyle::Attention, Glyph::Attention),
            _ => (role, glyph),
        };
        let glyph = format!("{:<3}", self.theme.glyph(glyph));
        let mut name = format!("{}{needed}", words::thing(&requirement.thing));
        let is_there = requirement.answer == Answer::Yes;
        if is_there {
            name = format!("{name}: {}", words::because(requirement));
        }
        for (index, line) in wrap(&name, self.room.saturating_sub(3)).into_iter().enumerate() {
            let before = if index == 0 { glyph.clone() } else { "   ".to_owned() };
            self.lines.push(Line::from(vec![span(self.theme, role, before), Span::raw(line)]));
        }
        if is_there {
            return;
        }
        self.paragraph(TextStyle::Quiet, "   ", &words::reason_beside(requirement));
        if let Some(id) = fault_of(&requirement.reason).and_then(|fault| fault.request_id.as_ref()) {
            self.paragraph(TextStyle::Quiet, "   ", &format!("request id {id}"));
        }
        if let (Thing::Permission(permission), Answer::No) = (&requirement.thing, requirement.answer) {
            self.paragraph(TextStyle::Plain, "   ", &format!("without it, {}", without(flow, permission)));
        }
        if let Some(fix) = requirement.fix.as_ref().filter(|fix| **fix != Remedy::Nothing) {
            let words = match fix {
                Remedy::Start(change) => format!("t: {}", title_of(change)),
                Remedy::SignIn(fault) => words::fix(fix, self.app.model.caller_to_mend(fault).as_ref()),
                other => words::fix(other, self.app.model.caller_or_named().as_ref()),
            };
            self.paragraph(TextStyle::Accent, "   ", &format!("{} {words}", self.theme.glyph(Glyph::Arrow)));
        }
    }
}

/// The failure that an answer comes from.
fn fault_of(reason: &Reason) -> Option<&ApiError> {
    match reason {
        Reason::Credentials(fault) | Reason::Refused(fault) | Reason::RefusedOnce(fault) | Reason::NotRead(fault) => {
            Some(fault)
        }
        _ => None,
    }
}
