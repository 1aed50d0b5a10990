//! The dialogs of bulk plans: the file, its problems, what would be started, the results, a template.

use ratatui::style::Modifier;
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
use super::page::{Page, Typing};
use super::sheet::Sheet;
use super::window::{WIDEST, read, text_for};
use crate::app::dialogs::plan_asking::{AskFocus, PlanAsking, PlanFrom};
use crate::app::dialogs::plan_dialog::{FileAsking, PlanDialog, PlanProblems, PlanStage, PlanTrouble};
use crate::app::dialogs::plan_template::{TemplateDialog, TypedDomain};
use crate::app::dialogs::reader::Reader;
use crate::app::focus::Focus;
use crate::app::model::Model;
use crate::app::reading::Reading;
use crate::app::shell::App;
use crate::app::state::choices::{PlanChoice, ResultsOf};
use crate::domain::account::Account;
use crate::domain::api_error::ApiError;
use crate::domain::email_plan::{ItemState, PlanItem, PlanNote, PlannedChange, result_file};
use crate::domain::text::clean;
use crate::words::ui::plans as says;
use crate::words::{email, plans, record, refusal, root_access};

pub(super) fn draw(app: &App, dialog: &PlanDialog, canvas: &mut Canvas<'_>) {
    match &dialog.stage {
        PlanStage::Pattern(focus) => marked_plan::draw(app, dialog, *focus, canvas),
        PlanStage::File(file) => ask_file(app, dialog, file, canvas),
        PlanStage::Problems(problems) => show_problems(dialog, problems, canvas),
        PlanStage::Asking(asking) => ask(app, dialog, asking, canvas),
    }
}

fn error_lines(app: &App, sheet: &mut Sheet<'_>, what: &str, why: &ApiError) {
    let words = explained(app, why);
    sheet.blank();
    sheet.part(0).flagged(Glyph::Danger, &format!("{what}: {}", words.said));
}

fn ask_file(app: &App, dialog: &PlanDialog, file: &FileAsking, canvas: &mut Canvas<'_>) {
    let mut sheet = Sheet::new(canvas, says::CHANGE_MANY, TextStyle::Accent, file.focus);
    sheet.field("File", &dialog.path, file.asked.is_some());
    match &file.trouble {
        _ if file.asked.is_some() => sheet.waiting(says::READING_IT),
        Some(PlanTrouble::File(why)) => error_lines(app, &mut sheet, says::IT_COULD_NOT_BE_READ, why),
        Some(PlanTrouble::Unreadable(why)) => {
            sheet.blank();
            sheet.part(0).flagged(Glyph::Danger, &says::no_plan(plans::unreadable(why)));
        }
        Some(PlanTrouble::Open(id)) => {
            sheet.blank();
            sheet.part(0).flagged(Glyph::Attention, &plans::open_elsewhere(*id));
        }
        None => {}
    }
    sheet.blank();
    sheet.part(2).quiet(plans::FORMAT);
    sheet.part(4).quiet(&says::template_hint());
    sheet.part(3).quiet(says::CHECKED_FIRST);
    sheet.ask_once(canvas, "Check", !dialog.path.text().trim().is_empty(), file.asked.is_some());
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
    let mut text = text_for(canvas, WIDEST);
    say_notes(&mut text, &dialog.notes);
    text.plain(&format!("{}.", plans::problems(&checked.problems, checked.lines)));
    text.blank();
    for problem in &checked.problems {
        text.flagged(Glyph::Danger, &plans::line_problem(problem));
    }
    for new in &checked.new_domains {
        text.flagged(Glyph::Attention, &plans::new_domain(new));
    }
    let title = match &dialog.marked {
        Some(_) => says::WRONG_WITH_PLAN.to_owned(),
        None => says::wrong_with(clean(dialog.path.text().trim())),
    };
    let again = if dialog.marked.is_some() { says::CHANGE_THE_PATTERN } else { says::READ_AGAIN };
    let reading = Reading { top: problems.top, is_done: true };
    let buttons = vec![
        Button::new("Close", problems.focus == Focus::Cancel, true, TextStyle::Plain),
        Button::new(again, problems.focus == Focus::Other, true, TextStyle::Accent),
    ];
    let (title, role) = (title.as_str(), TextStyle::Danger);
    Page { title, role, text, reading, question: None, typing: None, buttons, widest: WIDEST }.draw(canvas);
}

fn asking_text(app: &App, notes: &[PlanNote], asking: &PlanAsking, text: &mut Text) {
    let checked = &asking.checked;
    if let Some(why) = app.model.plan_refusal() {
        let fix = if why.gate().is_some() { says::turns_it_on() } else { String::new() };
        text.flagged(Glyph::Danger, &says::cannot_be_started(refusal::refusal(&why), fix));
        text.blank();
    }
    say_notes(text, notes);
    if asking.unsure > 0 {
        text.flagged(Glyph::Unknown, &format!("{}.", plans::cut_off(asking.unsure)));
    }
    for new in &checked.new_domains {
        let (glyph, role) = if asking.confirmed_domain.contains(&new.domain) {
            (Glyph::Marked, TextStyle::Plain)
        } else {
            (Glyph::Attention, TextStyle::Attention)
        };
        text.flagged_as(role, glyph, &plans::new_domain(new));
    }
    for found in &checked.unusual {
        let glyph = if asking.insisted { Glyph::Marked } else { Glyph::Attention };
        text.flagged_as(TextStyle::Attention, glyph, &plans::unusual(found));
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
    if !checked.changes.is_empty() {
        text.blank();
    }
    text.commands(app, &app.model.commands(|caller| asking.aws_commands(caller)));
}

fn ask(app: &App, dialog: &PlanDialog, asking: &PlanAsking, canvas: &mut Canvas<'_>) {
    let mut text = text_for(canvas, WIDEST);
    asking_text(app, &dialog.notes, asking, &mut text);
    let file = clean(plans::source(dialog.path.text().trim()));
    let (title, label) = match asking.from {
        PlanFrom::File(..) => (says::start_plan(file), "Start"),
        PlanFrom::Marked(..) => (says::START_MARKED.to_owned(), "Start"),
        PlanFrom::Kept(id) => (says::resume_plan(id.0, file), "Resume"),
    };
    let may = asking.is_ready() && app.model.plan_refusal().is_none();
    let buttons = vec![
        Button::new("Cancel", asking.focus == AskFocus::Cancel, true, TextStyle::Plain),
        Button::new(label, asking.focus == AskFocus::Start, may, TextStyle::Danger),
    ];
    let typing = asking.token().map(|token| Typing {
        token,
        is_count: asking.checked.changes.len() > 1,
        typed: &asking.typed,
        is_right: asking.is_typed(),
        focused: asking.focus == AskFocus::Field,
    });
    let question = question(asking, canvas.theme, text.room);
    let (title, role, reading) = (title.as_str(), TextStyle::Danger, asking.reading);
    Page { title, role, text, reading, question, typing, buttons, widest: WIDEST }.draw(canvas);
}

fn question(asking: &PlanAsking, theme: Theme, room: usize) -> Option<(Line<'static>, bool)> {
    if asking.checked.new_domains.is_empty() && asking.checked.unusual.is_empty() {
        return None;
    }
    let shown = match asking.focus {
        focus @ (AskFocus::Domain(_) | AskFocus::Unusual) => focus,
        _ => asking.first_unanswered().or_else(|| asking.focuses().first().copied()).unwrap_or(AskFocus::Unusual),
    };
    let tick = |is_answered| if is_answered { "[x]" } else { "[ ]" };
    let question = if let AskFocus::Domain(place) = shown {
        let all = &asking.checked.new_domains;
        let new = all.get(place)?;
        let tick = tick(asking.confirmed_domain.contains(&new.domain));
        let of = if all.len() > 1 { format!("{} of {}: ", place + 1, all.len()) } else { String::new() };
        says::question_of(tick, of, email::confirm_domain(&new.domain))
    } else {
        says::question(tick(asking.insisted), plans::use_unusual(asking.checked.unusual.len()))
    };
    let focused = asking.focus == shown;
    let question = span(theme, TextStyle::Attention, cut_end(theme, &question, room));
    let style = if focused { Modifier::REVERSED } else { Modifier::empty() };
    Some((Line::from(question.patch_style(style)), focused))
}

pub(super) fn results(app: &App, reader: &Reader<ResultsOf>, canvas: &mut Canvas<'_>) {
    let Some((source, items)) = app.model.plans.results(reader.about) else { return };
    let mut text = text_for(canvas, WIDEST);
    let begun = app.model.plans.begun.as_ref().filter(|_| reader.about == ResultsOf::Begun);
    if begun.is_some_and(|begun| !begun.ended) {
        progress_in(app, &mut text);
    }
    text.plain(&plans::counts(&Model::counts_of(items)));
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

pub(super) fn template(app: &App, dialog: &TemplateDialog, canvas: &mut Canvas<'_>) {
    let title = match dialog.accounts.as_slice() {
        [account] => says::template_for(who(app, *account)),
        accounts => says::template_for(root_access::accounts(accounts.len())),
    };
    let mut sheet = Sheet::new(canvas, title, TextStyle::Accent, dialog.form.focus);
    let accounts: Vec<Account> = dialog.accounts.iter().filter_map(|id| app.model.accounts.get(*id)).cloned().collect();
    super::root_access::account_lines(app, &mut sheet, &accounts);
    let waits = dialog.form.waits();
    sheet.field("File", &dialog.path, waits);
    let (role, said) = match dialog.typed_domain() {
        TypedDomain::None => (TextStyle::Quiet, says::NO_DOMAIN.to_owned()),
        TypedDomain::Good(domain) => (TextStyle::On, says::present_addresses_at(domain)),
        TypedDomain::Bad => (TextStyle::Attention, says::BAD_DOMAIN.to_owned()),
    };
    sheet.field_at("Domain", &dialog.domain, waits, Focus::Answer);
    sheet.part(0).label("", role, said);
    if !dialog.skipped.is_empty() {
        let count = root_access::accounts(dialog.skipped.len());
        sheet.part(2).attention(&says::skipped_in_template(count));
    }
    if let Some(why) = dialog.form.error() {
        error_lines(app, &mut sheet, says::IT_COULD_NOT_BE_WRITTEN, why);
    } else if waits {
        sheet.waiting(says::WRITING_IT);
    } else {
        sheet.blank();
        sheet.part(3).quiet(&says::template_columns());
    }
    sheet.ask_once(canvas, "Write", dialog.is_ready(), waits);
}
