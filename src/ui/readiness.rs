//! View 5: whether the caller can use each flow, what blocks it, and what fixes that.

use ratatui::text::{Line, Span};

use super::beside::{beside, details};
use super::canvas::Canvas;
use super::measure::{cells, cut_end, fit, span};
use super::slot::Slot;
use super::text::Text;
use super::theme::{Glyph, TextStyle, Theme};
use crate::app::command::CommandId;
use crate::app::shell::App;
use crate::domain::api_error::ApiError;
use crate::domain::flow::{Flow, Weight};
use crate::domain::readiness::{Answer, NotSimulated, Readiness, Reason, Remedy, Requirement, Thing};
use crate::domain::text::width;
use crate::words::change::title as title_of;
use crate::words::keys::key;
use crate::words::permission::{flow as flow_words, without};
use crate::words::ui::views as says;
use crate::words::{readiness as words, time};

/// What is before a reason, besides the name of its flow: the selection, the sign, and the blanks.
const BESIDE: usize = 6;

pub(super) fn draw(app: &App, canvas: &mut Canvas<'_>) {
    // The longest reason is whole beside the name of its flow.
    let whys = app.model.readiness.judged.iter().map(|it| width(&words::why(it)));
    let place = (BESIDE + names(app) + whys.max().unwrap_or_default().max(36) + 3, 80);
    beside(canvas, app.model.readiness.pane.reading, place, |it| list(app, it), |it| selected(app, it));
}

/// The columns of the longest name of a flow.
fn names(app: &App) -> usize {
    app.model.readiness.pane.list.rows().iter().map(|flow| width(flow_words(*flow))).max().unwrap_or_default()
}

fn list(app: &App, canvas: &mut Canvas<'_>) {
    let focused = !app.model.readiness.pane.reading;
    let mut inner = canvas.pane(&title(app, canvas.theme), focused, TextStyle::Accent);
    let flows = &app.model.readiness.pane.list;
    let mut text = Text::new(inner.theme, inner.room().saturating_sub(2));
    notes(app, &mut text);
    // What the answers are based on is below, where there is room.
    let all = flows.rows().len();
    let fits = all + text.lines.len() < inner.rows();
    let mut rows = inner.take(if fits { cells(all) } else { u16::MAX });
    rows.drawn.geometry.list_rows = rows.rows();
    let names = names(app);
    let cursor = rows.list(flows, |flow, slot| Some(flow_line(app, flow, names, slot)));
    rows.drawn.cursor = cursor.filter(|_| focused).or(rows.drawn.cursor);
    inner.take(1);
    inner.inset().lines(&text.lines);
}

fn title(app: &App, theme: Theme) -> String {
    let dot = theme.glyph(Glyph::Dot);
    let simulated_result = &app.model.readiness.simulated_result;
    if app.model.is_asking_readiness() {
        let calls = app.model.readiness_calls();
        return says::asking_iam(dot, theme.glyph(Glyph::Waiting), calls);
    }
    match simulated_result.last() {
        Some(known) => says::iam_asked(dot, time::ago(known.at, app.model.now)),
        None => says::iam_not_asked(dot),
    }
}

fn notes(app: &App, text: &mut Text) {
    let not_simulated =
        app.model.readiness.simulated_result.value().map(|simulated_result| &simulated_result.not_simulated);
    match (not_simulated, app.model.readiness.simulated_result.error()) {
        (_, Some(error)) | (Some(NotSimulated::Failed(error)), None) => text.attention(&words::no_simulation(error)),
        (Some(NotSimulated::NotAUserOrRole), None) => text.attention(words::NOBODY_TO_SIMULATE),
        _ => text.quiet(words::HINT),
    }
}

fn flow_line(app: &App, flow: Flow, names: usize, slot: Slot) -> Line<'static> {
    let theme = slot.theme;
    let readiness = app.model.readiness.judged.iter().find(|readiness| readiness.flow == flow);
    let glyph = readiness.map_or(Glyph::Unknown, |it| sign_of(app, it.verdict()));
    // A question in progress needs no reason yet.
    let why = readiness.filter(|_| glyph != Glyph::Waiting).map_or_else(String::new, words::why);
    let left = slot.room.saturating_sub(BESIDE + names);
    let glyph = span(theme, glyph.style(), format!("{:<2}", theme.glyph(glyph)));
    let name = Span::raw(fit(theme, flow_words(flow), names));
    let why = span(theme, TextStyle::Quiet, cut_end(theme, &why, left));
    slot.item([glyph, Span::raw(" ")], name, [Span::raw("  "), why])
}

/// What is unknown while AWS is asked is shown as waiting.
fn sign_of(app: &App, answer: Answer) -> Glyph {
    match answer {
        Answer::Yes => Glyph::On,
        Answer::No => Glyph::Danger,
        Answer::Unknown if app.model.is_asking_readiness() => Glyph::Waiting,
        Answer::Unknown => Glyph::Unknown,
    }
}

fn selected(app: &App, canvas: &mut Canvas<'_>) {
    let selected = app.model.readiness.selected();
    let title = selected.map_or("", |readiness| flow_words(readiness.flow));
    let place = (app.model.readiness.pane.reading, app.model.readiness.pane.top);
    let one_pane = canvas.drawn.geometry.one_pane;
    details(canvas, title, place, selected, |text, it| flow_lines(app, text, it, one_pane));
}

fn flow_lines(app: &App, text: &mut Text, readiness: &Readiness, one_pane: bool) {
    text.paragraph(sign_of(app, readiness.verdict()).style(), &words::answer_alone(readiness));
    if let Ok(change) = app.model.fix_change() {
        text.paragraph(TextStyle::Accent, &format!("{}: {}", key(CommandId::Remedy), title_of(&change)));
    }
    let is_there = |one: &&Requirement| one.answer == Answer::Yes;
    let (there, missing): (Vec<_>, Vec<_>) = readiness.requirements.iter().partition(is_there);
    // What is missing comes first, essential requirements before those that only help.
    let (needed, helpful): (Vec<_>, Vec<_>) = missing.into_iter().partition(|one| one.weight == Weight::Essential);
    for group in [needed, helpful, there] {
        if !group.is_empty() {
            text.blank();
        }
        for requirement in group {
            requirement_lines(app, text, readiness.flow, requirement);
        }
    }
    text.blank();
    let not_simulated = app.model.readiness.simulated_result.value().map(|it| &it.not_simulated);
    // Side by side, it is below the list.
    if let Some(NotSimulated::Failed(error)) = not_simulated.filter(|_| one_pane) {
        text.attention(&words::no_simulation(error));
    }
    text.quiet(&words::policy_hint(readiness.flow));
}

fn requirement_lines(app: &App, text: &mut Text, flow: Flow, requirement: &Requirement) {
    let needed = words::weight(requirement.weight).map(|weight| format!(" ({weight})")).unwrap_or_default();
    // What only helps is no danger.
    let glyph = match sign_of(app, requirement.answer) {
        Glyph::Danger if !needed.is_empty() => Glyph::Attention,
        glyph => glyph,
    };
    let role = glyph.style();
    let glyph = format!("{:<3}", text.theme.glyph(glyph));
    let mut name = format!("{}{needed}", words::requirement(&requirement.thing));
    let is_there = requirement.answer == Answer::Yes;
    if is_there {
        name = format!("{name}: {}", words::because(requirement));
    }
    text.hanging(span(text.theme, role, glyph), role, TextStyle::Plain, &name);
    if is_there {
        return;
    }
    text.quiet(&format!("   {}", words::reason_beside(requirement)));
    if let Some(id) = error_of(&requirement.reason).and_then(|error| error.request_id.as_ref()) {
        text.quiet(&says::request_id(id));
    }
    if let (Thing::Permission(permission), Answer::No) = (&requirement.thing, requirement.answer) {
        text.plain(&says::without_it(without(flow, permission)));
    }
    if let Some(fix) = requirement.fix.as_ref().filter(|fix| **fix != Remedy::Nothing) {
        let words = match fix {
            Remedy::Start(change) => format!("{}: {}", key(CommandId::Remedy), title_of(change)),
            Remedy::SignIn(error) => words::fix(fix, app.model.caller_to_fix(error).as_ref()),
            other => words::fix(other, app.model.caller_or_named().as_ref()),
        };
        text.paragraph(TextStyle::Accent, &format!("   {} {words}", text.theme.glyph(Glyph::Arrow)));
    }
}

fn error_of(reason: &Reason) -> Option<&ApiError> {
    match reason {
        Reason::Credentials(error) | Reason::Refused(error) | Reason::RefusedOnce(error) | Reason::NotRead(error) => {
            Some(error)
        }
        _ => None,
    }
}
