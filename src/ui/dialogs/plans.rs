//! The dialogs of bulk plans: the file, what is wrong with it, what would be started, what came of it,
//! and a template to fill in.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::super::Drawn;
use super::super::canvas::{columns, cut_end, field, fit, span, wrap};
use super::super::root_access::progress;
use super::super::switches;
use super::super::theme::{Glyph, TextStyle, Theme};
use super::buttons::Button;
use super::names::who;
use super::page::{Page, Typing, WIDEST};
use super::sheet::{LABEL, Sheet, command_lines, labelled};
use super::window::{scrolled, window};
use crate::app::App;
use crate::app::confirm::Focus;
use crate::app::layers::Reader;
use crate::app::model::Model;
use crate::app::plans::{
    AskFocus, FileAsking, PlanAsking, PlanChoice, PlanDialog, PlanFrom, PlanProblems, PlanStage, PlanTrouble,
    ResultsOf, TemplateDialog, TemplateFocus, TypedDomain,
};
use crate::app::preview::Reading;
use crate::domain::account::Account;
use crate::domain::api_error::ApiError;
use crate::domain::email_plan::{ItemState, PlanItem, PlanNote, PlannedChange, result_file};
use crate::domain::text::clean;
use crate::words::{api_error, email, plans, refusal, root_access};

pub(super) fn draw(app: &App, dialog: &PlanDialog, theme: Theme, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    match &dialog.stage {
        PlanStage::Pattern(focus) => super::marked_plan::draw(app, dialog, *focus, theme, buf, area, drawn),
        PlanStage::File(file) => ask_file(app, dialog, file, theme, buf, area, drawn),
        PlanStage::Problems(problems) => show_problems(dialog, problems, theme, buf, area, drawn),
        PlanStage::Asking(asking) => ask(app, dialog, asking, theme, buf, area, drawn),
    }
}

fn error_lines(app: &App, sheet: &mut Sheet<'_>, theme: Theme, what: &str, why: &ApiError) {
    let words = api_error::fault(why, app.model.caller_to_mend(why).as_ref());
    sheet.blank();
    sheet.paragraph(TextStyle::Danger, &format!("{} {what}: {}", theme.glyph(Glyph::Danger), words.said), 0);
}

fn ask_file(
    app: &App,
    dialog: &PlanDialog,
    file: &FileAsking,
    theme: Theme,
    buf: &mut Buffer,
    area: Rect,
    drawn: &mut Drawn,
) {
    let mut sheet = Sheet::new(theme, area, "Change many primary emails by a plan", TextStyle::Accent);
    sheet.field_line(labelled(theme, "File", Span::raw("")), LABEL);
    match &file.trouble {
        _ if file.asked.is_some() => {
            sheet.paragraph(TextStyle::Waiting, &format!("{} reading it", theme.glyph(Glyph::Waiting)), 0);
        }
        Some(PlanTrouble::File(why)) => error_lines(app, &mut sheet, theme, "It could not be read", why),
        Some(PlanTrouble::Unreadable(why)) => {
            let said = format!("{} It is no plan: {}", theme.glyph(Glyph::Danger), plans::unreadable(why));
            sheet.blank();
            sheet.paragraph(TextStyle::Danger, &said, 0);
        }
        Some(PlanTrouble::Open(id)) => {
            sheet.blank();
            let said = format!("{} {}", theme.glyph(Glyph::Attention), plans::open_elsewhere(*id));
            sheet.paragraph(TextStyle::Attention, &said, 0);
        }
        None => {}
    }
    sheet.blank();
    sheet.paragraph(TextStyle::Quiet, plans::FORMAT, 2);
    sheet.paragraph(TextStyle::Quiet, "T in view 1 writes a template for the marked accounts.", 4);
    sheet.paragraph(
        TextStyle::Quiet,
        "It is checked as a whole and shown; nothing is started before it was confirmed.",
        3,
    );
    sheet.button(Focus::Cancel, file.focus, "Cancel", true, TextStyle::Plain);
    if file.asked.is_none() {
        let ready = !dialog.path.text().trim().is_empty();
        sheet.button(Focus::Act, file.focus, "Check", ready, TextStyle::Accent);
    }
    let placed = sheet.draw(buf, area, drawn);
    if let Some(place) = placed.field {
        let role = if file.asked.is_some() { TextStyle::Quiet } else { TextStyle::Plain };
        let cursor = field(buf, place, &dialog.path, theme.style(role));
        if file.focus == Focus::Field {
            drawn.cursor = Some(cursor);
        }
    }
}

/// Lines of a text in the making.
struct Text {
    theme: Theme,
    room: usize,
    lines: Vec<Line<'static>>,
}

impl Text {
    fn new(theme: Theme, area: Rect) -> Self {
        Self { theme, room: usize::from(area.width.min(90)).saturating_sub(4), lines: Vec::new() }
    }

    fn paragraph(&mut self, role: TextStyle, text: &str) {
        let theme = self.theme;
        self.lines.extend(wrap(text, self.room).into_iter().map(|line| Line::from(span(theme, role, line))));
    }

    fn blank(&mut self) {
        self.lines.push(Line::default());
    }

    /// How the file was read.
    fn notes(&mut self, notes: &[PlanNote]) {
        let glyph = self.theme.glyph(Glyph::Attention);
        for note in notes {
            self.paragraph(TextStyle::Attention, &format!("{glyph} {}", plans::note(note)));
        }
    }

    /// `old → new`, on one line where it fits.
    fn change(&mut self, old: &str, new: &str) {
        let arrow = self.theme.glyph(Glyph::Arrow);
        self.paragraph(TextStyle::Plain, &format!("  {old} {arrow} {new}"));
    }

    fn planned(&mut self, change: &PlannedChange) {
        let who = format!("{:>4}  {} {}", change.line, change.account.id, change.account.name);
        self.paragraph(TextStyle::Accent, &who);
        let arrow = self.theme.glyph(Glyph::Arrow);
        self.paragraph(TextStyle::Plain, &format!("      {} {arrow} {}", change.account.email, change.new));
    }
}

fn show_problems(
    dialog: &PlanDialog,
    problems: &PlanProblems,
    theme: Theme,
    buf: &mut Buffer,
    area: Rect,
    drawn: &mut Drawn,
) {
    let checked = &problems.checked;
    let mut text = Text::new(theme, area);
    text.notes(&dialog.notes);
    text.paragraph(TextStyle::Plain, &format!("{}.", plans::problems(&checked.problems, checked.lines)));
    text.blank();
    for problem in &checked.problems {
        text.paragraph(TextStyle::Danger, &format!("{} {}", theme.glyph(Glyph::Danger), plans::line_problem(problem)));
    }
    for new in &checked.new_domains {
        text.paragraph(TextStyle::Attention, &format!("{} {}", theme.glyph(Glyph::Attention), plans::new_domain(new)));
    }
    let title = match &dialog.marked {
        Some(_) => "What is wrong with the plan".to_owned(),
        None => format!("What is wrong with {}", clean(dialog.path.text().trim())),
    };
    let again = if dialog.marked.is_some() { "Change the pattern" } else { "Read again" };
    let reading = Reading { top: problems.top, is_done: true };
    let (title, role) = (title.as_str(), TextStyle::Danger);
    let page = Page { theme, title, role, content: &text.lines, reading, below: 1, widest: WIDEST };
    let buttons = [
        Button::new("Close", problems.focus == Focus::Cancel, true, TextStyle::Plain),
        Button::new(again, problems.focus == Focus::Other, true, TextStyle::Accent),
    ];
    page.draw(buf, area, drawn).buttons(&buttons, buf, drawn);
}

/// The text of what would be started.
fn asking_text(app: &App, notes: &[PlanNote], asking: &PlanAsking, theme: Theme, area: Rect) -> Vec<Line<'static>> {
    let mut text = Text::new(theme, area);
    let checked = &asking.checked;
    if let Some(why) = app.model.plan_refusal() {
        let fix = if why.gate().is_some() { "; t in view 4 turns it on" } else { "" };
        let said = format!("{} It can't be started: {}{fix}.", theme.glyph(Glyph::Danger), refusal::refusal(&why));
        text.paragraph(TextStyle::Danger, &said);
        text.blank();
    }
    text.notes(notes);
    if asking.unsure > 0 {
        text.paragraph(
            TextStyle::Unknown,
            &format!("{} {}.", theme.glyph(Glyph::Unknown), plans::cut_off(asking.unsure)),
        );
    }
    for new in &checked.new_domains {
        let (glyph, role) = if asking.confirmed_domain.contains(&new.domain) {
            (Glyph::Marked, TextStyle::Plain)
        } else {
            (Glyph::Attention, TextStyle::Attention)
        };
        text.paragraph(role, &format!("{} {}", theme.glyph(glyph), plans::new_domain(new)));
    }
    for found in &checked.unusual {
        let glyph = if asking.insisted { Glyph::Marked } else { Glyph::Attention };
        text.paragraph(TextStyle::Attention, &format!("{} {}", theme.glyph(glyph), plans::unusual(found)));
    }
    for already in &checked.already {
        text.paragraph(TextStyle::Quiet, &format!("{} {}", theme.glyph(Glyph::Dot), plans::already(already)));
    }
    for replaced in &checked.replaced {
        text.paragraph(
            TextStyle::Attention,
            &format!("{} {}", theme.glyph(Glyph::Attention), plans::replaced(replaced)),
        );
    }
    if !text.lines.is_empty() {
        text.blank();
    }
    if !checked.changes.is_empty() {
        text.paragraph(TextStyle::Plain, &plans::would_start(checked.changes.len()));
        checked.changes.iter().for_each(|change| text.planned(change));
    }
    if !checked.problems.is_empty() {
        text.blank();
        text.paragraph(
            TextStyle::Attention,
            "These can't be started any more; that is noted, and nothing is sent for them:",
        );
        for problem in &checked.problems {
            text.paragraph(
                TextStyle::Attention,
                &format!("{} {}", theme.glyph(Glyph::Attention), plans::line_problem(problem)),
            );
        }
    }
    text.blank();
    text.paragraph(TextStyle::Quiet, plans::WHAT_HAPPENS);
    text.paragraph(TextStyle::Quiet, plans::CAN_STOP);
    if !checked.changes.is_empty() {
        text.blank();
    }
    let commands = app.model.commands(|caller| asking.aws_commands(caller));
    for line in command_lines(app, &commands, text.room).into_iter().flatten() {
        text.lines.push(Line::from(span(theme, TextStyle::Quiet, line)));
    }
    text.lines
}

fn ask(
    app: &App,
    dialog: &PlanDialog,
    asking: &PlanAsking,
    theme: Theme,
    buf: &mut Buffer,
    area: Rect,
    drawn: &mut Drawn,
) {
    let content = asking_text(app, &dialog.notes, asking, theme, area);
    let file = clean(plans::source(dialog.path.text().trim()));
    let (title, label) = match asking.from {
        PlanFrom::File(..) => (format!("Start the plan {file}"), "Start"),
        PlanFrom::Marked(..) => ("Start the plan for the marked accounts".to_owned(), "Start"),
        PlanFrom::Kept(id) => (format!("Resume plan {} ({file})", id.0), "Resume"),
    };
    let question = usize::from(!(asking.checked.new_domains.is_empty() && asking.checked.unusual.is_empty()));
    let typing = usize::from(asking.token().is_some());
    let (title, role, reading) = (title.as_str(), TextStyle::Danger, asking.reading);
    let page = Page { theme, title, role, content: &content, reading, below: question + typing + 1, widest: WIDEST };
    let below = page.draw(buf, area, drawn);
    let may = asking.is_ready() && app.model.plan_refusal().is_none();
    let buttons = [
        Button::new("Cancel", asking.focus == AskFocus::Cancel, true, TextStyle::Plain),
        Button::new(label, asking.focus == AskFocus::Start, may, TextStyle::Danger),
    ];
    below.buttons(&buttons, buf, drawn);
    let mut rows = below.rows();
    if question > 0
        && let Some(row) = rows.next()
    {
        draw_question(asking, theme, buf, row, drawn);
    }
    let focused = asking.focus == AskFocus::Field;
    if let Some(token) = asking.token()
        && let Some(row) = below.typing_row(rows.next(), focused, buf)
    {
        let typing = Typing {
            token: &token,
            is_count: asking.checked.changes.len() > 1,
            typed: &asking.typed,
            is_right: asking.is_typed(),
            focused,
            reading,
        };
        typing.draw(theme, buf, row, drawn);
    }
}

/// The question in focus, or the first that has no answer.
fn draw_question(asking: &PlanAsking, theme: Theme, buf: &mut Buffer, row: Rect, drawn: &mut Drawn) {
    let shown = match asking.focus {
        focus @ (AskFocus::Domain(_) | AskFocus::Unusual) => focus,
        _ => asking.first_unanswered().or_else(|| asking.focuses().first().copied()).unwrap_or(AskFocus::Unusual),
    };
    let tick = |is_answered| if is_answered { "[x]" } else { "[ ]" };
    let question = if let AskFocus::Domain(place) = shown {
        let all = &asking.checked.new_domains;
        let Some(new) = all.get(place) else { return };
        let tick = tick(asking.confirmed_domain.contains(&new.domain));
        let of = if all.len() > 1 { format!("{} of {}: ", place + 1, all.len()) } else { String::new() };
        format!("{tick} {of}{} (space answers)", email::confirm_domain(&new.domain))
    } else {
        format!("{} {} (space answers)", tick(asking.insisted), plans::use_unusual(asking.checked.unusual.len()))
    };
    let mut question = span(theme, TextStyle::Attention, cut_end(theme, &question, columns(row)));
    if asking.focus == shown {
        question = question.patch_style(Modifier::REVERSED);
        drawn.cursor = Some(row.as_position());
    }
    buf.set_line(row.x, row.y, &Line::from(question), row.width);
}

/// What came of a plan, as far as it is.
pub(super) fn results(
    app: &App,
    reader: &Reader<ResultsOf>,
    theme: Theme,
    buf: &mut Buffer,
    area: Rect,
    drawn: &mut Drawn,
) {
    let Some((source, items)) = app.model.plans.results(reader.about) else { return };
    let mut text = Text::new(theme, area);
    let begun = app.model.plans.begun.as_ref().filter(|_| reader.about == ResultsOf::Begun);
    if begun.is_some_and(|begun| !begun.ended)
        && let Some(line) = progress(app, theme, text.room)
    {
        text.lines.push(line);
    }
    text.paragraph(TextStyle::Plain, &plans::counts(&Model::counts_of(items)));
    if let Some(why) = begun.and_then(|begun| begun.halted.as_ref()) {
        let words = api_error::fault(why, app.model.caller_to_mend(why).as_ref());
        text.paragraph(TextStyle::Danger, &format!("{} {}", theme.glyph(Glyph::Danger), plans::halted(why)));
        text.paragraph(TextStyle::Quiet, &words.fix);
    }
    if let Some(path) = result_file(source).filter(|_| begun.is_none_or(|begun| begun.ended)) {
        text.paragraph(TextStyle::Quiet, &format!("as a file: {}", clean(&path.display().to_string())));
    }
    text.blank();
    // What went wrong stands first.
    let (bad, good): (Vec<&PlanItem>, Vec<&PlanItem>) =
        items.iter().partition(|item| !item.state.is_good() && item.state != ItemState::Waiting);
    bad.into_iter().chain(good).for_each(|item| text.item(app, item));
    let title = format!("Plan {}", clean(plans::source(source)));
    let inner = window(theme, buf, area, &title, text.lines.len(), TextStyle::Accent, drawn);
    let top = reader.top.min(text.lines.len().saturating_sub(usize::from(inner.height)));
    scrolled(buf, inner, &text.lines, top, drawn);
    drawn.cursor = Some(Position { x: inner.x, y: inner.y });
}

impl Text {
    fn item(&mut self, app: &App, item: &PlanItem) {
        let (role, glyph) = match item.state {
            ItemState::Started => (TextStyle::On, Glyph::On),
            ItemState::Already => (TextStyle::Quiet, Glyph::Off),
            ItemState::Waiting => (TextStyle::Waiting, Glyph::Waiting),
            ItemState::Refused | ItemState::Failed => (TextStyle::Danger, Glyph::Danger),
            ItemState::Sending | ItemState::Unknown => (TextStyle::Unknown, Glyph::Unknown),
        };
        self.paragraph(
            role,
            &format!("{} {}: {}", self.theme.glyph(glyph), who(app, item.account), plans::state(item.state)),
        );
        self.change(&item.old, item.new.as_str());
        if let Some(message) = &item.message {
            let code = item.code.as_ref().map(|code| format!("{code}: ")).unwrap_or_default();
            self.paragraph(TextStyle::Plain, &format!("  {code}{message}"));
        }
        if let Some(from) = item.told_from(app.model.now) {
            self.paragraph(TextStyle::Plain, &format!("  {}", plans::come_back(from)));
        }
    }
}

/// A choice of the menu of plans.
pub(super) fn line(app: &App, theme: Theme, choice: PlanChoice, room: usize, selected: bool) -> Line<'static> {
    let name = fit(theme, plans::choice(choice), 8);
    let left = room.saturating_sub(14);
    let kept = |id| {
        app.model.plans.get(id).map_or_else(String::new, |plan| {
            let said = plans::plan(plan, app.model.now);
            let file = clean(plans::source(&plan.source));
            let name = file.rsplit('/').next().unwrap_or_default();
            format!("{said} ({name})")
        })
    };
    let text = match choice {
        PlanChoice::Read => "a plan from a file, to be checked and started".to_owned(),
        PlanChoice::Begun => "of the plan begun last".to_owned(),
        PlanChoice::Resume(id) | PlanChoice::Results(id) => kept(id),
    };
    let role = if app.model.can_plan(choice).is_ok() { TextStyle::Plain } else { TextStyle::Quiet };
    switches::row(theme, role, " ", name, cut_end(theme, &text, left), selected)
}

pub(super) fn template(
    app: &App,
    dialog: &TemplateDialog,
    theme: Theme,
    buf: &mut Buffer,
    area: Rect,
    drawn: &mut Drawn,
) {
    let title = match dialog.accounts.as_slice() {
        [account] => format!("Template of a plan for {}", who(app, *account)),
        accounts => format!("Template of a plan for {}", root_access::accounts(accounts.len())),
    };
    let mut sheet = Sheet::new(theme, area, title, TextStyle::Accent);
    let accounts: Vec<Account> = dialog.accounts.iter().filter_map(|id| app.model.accounts.get(*id)).cloned().collect();
    super::root_access::account_lines(app, &mut sheet, theme, &accounts);
    sheet.field_line(labelled(theme, "File", Span::raw("")), LABEL);
    // A sheet has one field; this one is drawn over its own line.
    let (role, said) = match dialog.typed_domain() {
        TypedDomain::None => (TextStyle::Quiet, "nothing: the new addresses are left to be filled in".to_owned()),
        TypedDomain::Good(domain) => (TextStyle::On, format!("the present addresses at {domain}")),
        TypedDomain::Bad => (TextStyle::Attention, "no domain yet: corp.example".to_owned()),
    };
    sheet.answer_line(labelled(theme, "Domain", Span::raw("")));
    sheet.line(labelled(theme, "", span(theme, role, said)));
    if !dialog.left_out.is_empty() {
        let count = root_access::accounts(dialog.left_out.len());
        let said = format!("Left out: {count} whose primary email can't be changed from here.");
        sheet.paragraph(TextStyle::Attention, &said, 2);
    }
    if let Some(why) = &dialog.trouble {
        error_lines(app, &mut sheet, theme, "It could not be written", why);
    } else if dialog.asked.is_some() {
        sheet.paragraph(TextStyle::Waiting, &format!("{} writing it", theme.glyph(Glyph::Waiting)), 0);
    } else {
        sheet.blank();
        sheet.paragraph(
            TextStyle::Quiet,
            "Columns: account_id, name, ou, email, new_email. Fill in new_email, then 2 b.",
            3,
        );
    }
    let focus = match dialog.focus {
        TemplateFocus::Path => Focus::Field,
        TemplateFocus::Domain => Focus::Answer,
        TemplateFocus::Cancel => Focus::Cancel,
        TemplateFocus::Write => Focus::Act,
    };
    sheet.button(Focus::Cancel, focus, "Cancel", true, TextStyle::Plain);
    if dialog.asked.is_none() {
        sheet.button(Focus::Act, focus, "Write", dialog.is_ready(), TextStyle::Accent);
    }
    let placed = sheet.draw(buf, area, drawn);
    let style = theme.style(if dialog.asked.is_some() { TextStyle::Quiet } else { TextStyle::Plain });
    if let Some(place) = placed.field {
        let cursor = field(buf, place, &dialog.path, style);
        if let Some(answer) = placed.answer {
            let second = field(buf, Rect { y: answer.y, ..place }, &dialog.domain, style);
            if focus == Focus::Answer {
                drawn.cursor = Some(second);
            }
        }
        if focus == Focus::Field {
            drawn.cursor = Some(cursor);
        }
    }
}
