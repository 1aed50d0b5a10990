//! The dialogs of bulk plans: their problems, what would be started, and the results.

use ratatui::text::Line;

use super::super::canvas::Canvas;
use super::super::measure::{cut_end, fit, span};
use super::super::progress::progress_in;
use super::super::slot::Slot;
use super::super::text::{Text, explained};
use super::super::theme::{Glyph, TextStyle, Theme};
use super::buttons::Button;
use super::marked_plan;
use super::names::who;
use super::outcome::reason_line;
use super::page::{Page, Typing};
use super::window::{border, read, text_for, widest};
use crate::app::dialogs::plan_asking::{PlanAsking, PlanFrom};
use crate::app::dialogs::plan_dialog::{PlanDialog, PlanProblems, PlanStage};
use crate::app::dialogs::reader::Reader;
use crate::app::focus::Focus;
use crate::app::reading::Reading;
use crate::app::shell::App;
use crate::app::state::choices::{PlanChoice, ResultsOf};
use crate::domain::change::Danger;
use crate::domain::email_plan::{ItemState, PlanItem, PlanNote, PlannedChange, counts, result_file};
use crate::domain::text::clean;
use crate::words::ui::dialogs::REASON;
use crate::words::ui::plans as says;
use crate::words::{email, plans, record, refusal};

pub(super) fn draw(app: &App, dialog: &PlanDialog, canvas: &mut Canvas<'_>) {
    match &dialog.stage {
        PlanStage::Pattern => marked_plan::draw(app, dialog, canvas),
        PlanStage::Problems(problems) => show_problems(dialog, problems, canvas),
        PlanStage::Asking(asking) => ask(app, dialog, asking, canvas),
    }
}

fn say_notes(text: &mut Text, notes: &[PlanNote]) {
    for note in notes {
        text.flagged(Glyph::Attention, &plans::note(note));
    }
}

fn say_planned(text: &mut Text, change: &PlannedChange) {
    let who = format!("{:>4}  {} {}", change.line, change.account.id, change.account.name);
    text.paragraph(TextStyle::Accent, &who);
    let arrow = text.theme.glyph(Glyph::Arrow);
    text.plain(&format!("      {} {arrow} {}", change.account.email, change.new));
}

fn show_problems(dialog: &PlanDialog, problems: &PlanProblems, canvas: &mut Canvas<'_>) {
    let checked = &problems.checked;
    let mut text = text_for(canvas, widest(canvas));
    say_notes(&mut text, &dialog.notes);
    text.plain(&format!("{}.", plans::problems(&checked.problems, checked.lines)));
    text.blank();
    for problem in &checked.problems {
        text.flagged(Glyph::Danger, &plans::line_problem(problem));
    }
    for new in &checked.new_domains {
        text.flagged(Glyph::Attention, &plans::new_domain(new));
    }
    let (title, again) = if dialog.is_marked() {
        (says::WRONG_WITH_PLAN.to_owned(), says::BACK_TO_LIST)
    } else {
        text.quiet(&says::edits_file());
        (says::wrong_with(clean(&dialog.path)), says::READ_AGAIN)
    };
    let reading = Reading { top: problems.top, is_done: true };
    let buttons = vec![
        Button::new(Focus::Cancel, "Close", dialog.form.focus, true, TextStyle::Plain),
        Button::new(Focus::Other, again, dialog.form.focus, true, TextStyle::Accent),
    ];
    let (title, role) = (title.as_str(), TextStyle::Danger);
    Page {
        title,
        role,
        text,
        reading,
        to_read: None,
        questions: Vec::new(),
        typing: None,
        buttons,
        widest: widest(canvas),
    }
    .draw(canvas);
}

fn asking_text(app: &App, dialog: &PlanDialog, asking: &PlanAsking, text: &mut Text) {
    let checked = &asking.checked;
    if let Some(why) = app.model.plan_refusal() {
        let fix = if why.gate().is_some() { says::turns_it_on() } else { String::new() };
        text.flagged(Glyph::Danger, &says::cannot_be_started(refusal::refusal(&why), fix));
        text.blank();
    }
    say_notes(text, &dialog.notes);
    if asking.unsure > 0 {
        text.flagged(Glyph::Unknown, &format!("{}.", plans::cut_off(asking.unsure)));
    }
    for new in &checked.new_domains {
        let is_confirmed = asking.confirmed_domain.contains(&new.domain);
        let role = if is_confirmed { TextStyle::Plain } else { TextStyle::Attention };
        text.flagged_as(role, Glyph::Attention, &plans::new_domain(new));
    }
    for found in &checked.unusual {
        let role = if asking.insisted { TextStyle::Plain } else { TextStyle::Attention };
        text.flagged_as(role, Glyph::Attention, &plans::unusual(found));
    }
    for already in &checked.already {
        text.flagged(Glyph::Dot, &plans::already(already));
    }
    for replaced in &checked.replaced {
        text.flagged(Glyph::Attention, &plans::replaced(replaced));
    }
    if !text.lines.is_empty() {
        text.blank();
    }
    if !checked.changes.is_empty() {
        text.plain(&plans::would_start(checked.changes.len()));
        checked.changes.iter().for_each(|change| say_planned(text, change));
    }
    if !checked.problems.is_empty() {
        text.blank();
        text.attention(says::CANNOT_START_ANY_MORE);
        for problem in &checked.problems {
            text.flagged(Glyph::Attention, &plans::line_problem(problem));
        }
    }
    text.blank();
    text.quiet(plans::WHAT_HAPPENS);
    text.quiet(plans::CAN_STOP);
    match asking.from {
        PlanFrom::Kept(id) => {
            if let Some(reason) = app.model.plans.get(id).and_then(|plan| plan.reason.as_deref()) {
                text.value(REASON, &clean(reason));
            }
        }
        PlanFrom::File(..) | PlanFrom::Marked(_) => reason_line(text, &dialog.form),
    }
    if !checked.changes.is_empty() {
        text.blank();
    }
    text.commands(app, &app.model.commands(|caller| asking.aws_commands(caller)));
}

fn ask(app: &App, dialog: &PlanDialog, asking: &PlanAsking, canvas: &mut Canvas<'_>) {
    let mut text = text_for(canvas, widest(canvas));
    asking_text(app, dialog, asking, &mut text);
    let file = clean(plans::source(&dialog.path));
    let (title, label) = match asking.from {
        PlanFrom::File(..) => (says::start_plan(file), "Start"),
        PlanFrom::Marked(..) => (says::START_MARKED.to_owned(), "Start"),
        PlanFrom::Kept(id) => (says::resume_plan(id.0, file), "Resume"),
    };
    let role = border(Danger::Mild.on(asking.checked.changes.len()));
    let may = asking.is_ready() && !dialog.form.lacks_reason() && app.model.plan_refusal().is_none();
    let buttons = vec![
        Button::new(Focus::Cancel, "Cancel", dialog.form.focus, true, TextStyle::Plain),
        Button::new(Focus::Act, label, dialog.form.focus, may, role),
    ];
    let typing = asking.token().map(|token| Typing {
        token,
        is_count: asking.checked.changes.len() > 1,
        typed: &asking.typed,
        is_right: asking.is_typed(),
        focused: dialog.form.focus == Focus::Field,
    });
    let questions = question(asking, dialog.form.focus, canvas.theme, text.room).into_iter().collect();
    let (title, reading) = (title.as_str(), asking.reading);
    Page { title, role, text, reading, to_read: None, questions, typing, buttons, widest: widest(canvas) }.draw(canvas);
}

/// The focused question, or the first unanswered one.
fn question(asking: &PlanAsking, focus: Focus, theme: Theme, room: usize) -> Option<(Line<'static>, bool)> {
    if asking.checked.new_domains.is_empty() && asking.checked.unusual.is_empty() {
        return None;
    }
    let shown = match focus {
        Focus::Item(_) | Focus::Other => focus,
        _ => asking.first_unanswered().or_else(|| asking.focuses().first().copied()).unwrap_or(Focus::Other),
    };
    let tick = |is_answered| if is_answered { "[x]" } else { "[ ]" };
    let question = if let Focus::Item(place) = shown {
        let all = &asking.checked.new_domains;
        let new = all.get(place)?;
        let tick = tick(asking.confirmed_domain.contains(&new.domain));
        let of = if all.len() > 1 { format!("{} of {}: ", place + 1, all.len()) } else { String::new() };
        says::question_of(tick, of, email::confirm_domain(&new.domain))
    } else {
        says::question(tick(asking.insisted), plans::use_unusual(asking.checked.unusual.len()))
    };
    let focused = focus == shown;
    let question = span(theme, TextStyle::Attention, cut_end(theme, &question, room));
    Some((Line::from(question), focused))
}

pub(super) fn results(app: &App, reader: &Reader<ResultsOf>, canvas: &mut Canvas<'_>) {
    let Some((source, items)) = app.model.plans.results(reader.about) else { return };
    let mut text = text_for(canvas, widest(canvas));
    let begun = app.model.plans.begun.as_ref().filter(|_| reader.about == ResultsOf::Begun);
    if begun.is_some_and(|begun| !begun.ended) {
        progress_in(app, &mut text);
    }
    text.plain(&plans::counts(&counts(items)));
    if let Some(why) = begun.and_then(|begun| begun.halted.as_ref()) {
        let words = explained(app, why);
        text.flagged(Glyph::Danger, &plans::halted(why));
        text.quiet(&words.fix);
    }
    if let Some(path) = result_file(source).filter(|_| begun.is_none_or(|begun| begun.ended)) {
        text.quiet(&says::as_file(clean(&path.display().to_string())));
    }
    text.blank();
    let (bad, good): (Vec<&PlanItem>, Vec<&PlanItem>) =
        items.iter().partition(|item| !item.state.is_good() && item.state != ItemState::Waiting);
    bad.into_iter().chain(good).for_each(|item| say_item(app, &mut text, item));
    read(canvas, &format!("Plan {}", clean(plans::source(source))), TextStyle::Accent, &text, reader.top);
}

fn say_item(app: &App, text: &mut Text, item: &PlanItem) {
    let glyph = match item.state {
        ItemState::Started => Glyph::On,
        ItemState::Already => Glyph::Off,
        ItemState::Waiting => Glyph::Waiting,
        ItemState::Refused | ItemState::Failed => Glyph::Danger,
        ItemState::Sending | ItemState::Unknown => Glyph::Unknown,
    };
    text.flagged(glyph, &format!("{}: {}", who(app, item.account), plans::state(item.state)));
    let arrow = text.theme.glyph(Glyph::Arrow);
    text.plain(&format!("  {} {arrow} {}", item.old, item.new));
    if let Some(message) = &item.message {
        let code = item.code.as_ref().map(|code| format!("{code}: ")).unwrap_or_default();
        text.plain(&format!("  {code}{}", record::message(message)));
    }
    if let Some(from) = item.known_from(app.model.now) {
        text.plain(&format!("  {}", plans::come_back(from)));
    }
}

pub(super) fn line(app: &App, choice: PlanChoice, slot: Slot) -> Line<'static> {
    let theme = slot.theme;
    let name = fit(theme, plans::choice(choice), 8);
    let left = slot.room.saturating_sub(14);
    let kept = |id| {
        app.model.plans.get(id).map_or_else(String::new, |plan| {
            let said = plans::plan(plan, app.model.now);
            let file = clean(plans::source(&plan.source));
            let name = file.rsplit('/').next().unwrap_or_default();
            format!("{said} ({name})")
        })
    };
    let text = match choice {
        PlanChoice::Read => says::READ_PLAN.to_owned(),
        PlanChoice::Begun => says::LAST_PLAN.to_owned(),
        PlanChoice::Resume(id) | PlanChoice::Results(id) => kept(id),
    };
    let role = if app.model.can_plan(choice).is_ok() { TextStyle::Plain } else { TextStyle::Quiet };
    slot.row(role, " ", name, cut_end(theme, &text, left))
}
