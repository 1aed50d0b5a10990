//! The dialogs of bulk plans: the file, what is wrong with it, what would be started, what came of it,
//! and a template to fill in.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::super::Drawn;
use super::super::canvas::{columns, cut_end, field, fit, span, wrap};
use super::super::look::{Look, Role, Sign};
use super::super::root_access::progress;
use super::super::switches;
use super::buttons::Button;
use super::names::who;
use super::page::{Page, Typing, WIDEST};
use super::sheet::{LABEL, Sheet, command_lines, labelled};
use super::window::{scrolled, window};
use crate::app::App;
use crate::app::confirm::Spot;
use crate::app::layers::Reader;
use crate::app::model::Model;
use crate::app::plans::{
    AskSpot, FileAsking, PlanAsking, PlanChoice, PlanDialog, PlanFrom, PlanProblems, PlanStage, PlanTrouble, ResultsOf,
    TemplateDialog, TemplateSpot, TypedDomain,
};
use crate::app::preview::Reading;
use crate::domain::account::Account;
use crate::domain::email_plan::{ItemState, PlanItem, PlanNote, PlannedChange, result_file};
use crate::domain::fault::Fault;
use crate::domain::text::clean;
use crate::words::{email, fault, plans, refusal, root_access};

pub(super) fn draw(app: &App, dialog: &PlanDialog, look: Look, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    match &dialog.stage {
        PlanStage::Pattern(spot) => super::marked_plan::draw(app, dialog, *spot, look, buf, area, drawn),
        PlanStage::File(file) => ask_file(app, dialog, file, look, buf, area, drawn),
        PlanStage::Problems(problems) => show_problems(dialog, problems, look, buf, area, drawn),
        PlanStage::Asking(asking) => ask(app, dialog, asking, look, buf, area, drawn),
    }
}

fn say_fault(app: &App, sheet: &mut Sheet<'_>, look: Look, what: &str, why: &Fault) {
    let words = fault::fault(why, app.model.caller_to_mend(why).as_ref());
    sheet.blank();
    sheet.say(Role::Danger, &format!("{} {what}: {}", look.sign(Sign::Danger), words.said), 0);
}

fn ask_file(
    app: &App,
    dialog: &PlanDialog,
    file: &FileAsking,
    look: Look,
    buf: &mut Buffer,
    area: Rect,
    drawn: &mut Drawn,
) {
    let mut sheet = Sheet::new(look, area, "Change many primary emails by a plan", Role::Accent);
    sheet.field_line(labelled(look, "File", Span::raw("")), LABEL);
    match &file.trouble {
        _ if file.asked.is_some() => {
            sheet.say(Role::Waiting, &format!("{} reading it", look.sign(Sign::Waiting)), 0);
        }
        Some(PlanTrouble::File(why)) => say_fault(app, &mut sheet, look, "It could not be read", why),
        Some(PlanTrouble::Unreadable(why)) => {
            let said = format!("{} It is no plan: {}", look.sign(Sign::Danger), plans::unreadable(why));
            sheet.blank();
            sheet.say(Role::Danger, &said, 0);
        }
        Some(PlanTrouble::Open(id)) => {
            sheet.blank();
            let said = format!("{} {}", look.sign(Sign::Attention), plans::open_elsewhere(*id));
            sheet.say(Role::Attention, &said, 0);
        }
        None => {}
    }
    sheet.blank();
    sheet.say(Role::Quiet, plans::FORMAT, 2);
    sheet.say(Role::Quiet, "T in view 1 writes a template for the marked accounts.", 4);
    sheet.say(Role::Quiet, "It is checked as a whole and shown; nothing is started before it was confirmed.", 3);
    sheet.button(Spot::Cancel, file.spot, "Cancel", true, Role::Plain);
    if file.asked.is_none() {
        let ready = !dialog.path.text().trim().is_empty();
        sheet.button(Spot::Act, file.spot, "Check", ready, Role::Accent);
    }
    let placed = sheet.draw(buf, area, drawn);
    if let Some(place) = placed.field {
        let role = if file.asked.is_some() { Role::Quiet } else { Role::Plain };
        let cursor = field(buf, place, &dialog.path, look.style(role));
        if file.spot == Spot::Field {
            drawn.cursor = Some(cursor);
        }
    }
}

/// Lines of a text in the making.
struct Text {
    look: Look,
    room: usize,
    lines: Vec<Line<'static>>,
}

impl Text {
    fn new(look: Look, area: Rect) -> Self {
        Self { look, room: usize::from(area.width.min(90)).saturating_sub(4), lines: Vec::new() }
    }

    fn say(&mut self, role: Role, text: &str) {
        let look = self.look;
        self.lines.extend(wrap(text, self.room).into_iter().map(|line| Line::from(span(look, role, line))));
    }

    fn blank(&mut self) {
        self.lines.push(Line::default());
    }

    /// How the file was read.
    fn notes(&mut self, notes: &[PlanNote]) {
        let sign = self.look.sign(Sign::Attention);
        for note in notes {
            self.say(Role::Attention, &format!("{sign} {}", plans::note(note)));
        }
    }

    /// `old → new`, on one line where it fits.
    fn change(&mut self, old: &str, new: &str) {
        let arrow = self.look.sign(Sign::Arrow);
        self.say(Role::Plain, &format!("  {old} {arrow} {new}"));
    }

    fn planned(&mut self, change: &PlannedChange) {
        let who = format!("{:>4}  {} {}", change.line, change.account.id, change.account.name);
        self.say(Role::Accent, &who);
        let arrow = self.look.sign(Sign::Arrow);
        self.say(Role::Plain, &format!("      {} {arrow} {}", change.account.email, change.new));
    }
}

fn show_problems(
    dialog: &PlanDialog,
    problems: &PlanProblems,
    look: Look,
    buf: &mut Buffer,
    area: Rect,
    drawn: &mut Drawn,
) {
    let checked = &problems.checked;
    let mut text = Text::new(look, area);
    text.notes(&dialog.notes);
    text.say(Role::Plain, &format!("{}.", plans::problems(&checked.problems, checked.lines)));
    text.blank();
    for problem in &checked.problems {
        text.say(Role::Danger, &format!("{} {}", look.sign(Sign::Danger), plans::line_problem(problem)));
    }
    for new in &checked.new_domains {
        text.say(Role::Attention, &format!("{} {}", look.sign(Sign::Attention), plans::new_domain(new)));
    }
    let title = match &dialog.marked {
        Some(_) => "What is wrong with the plan".to_owned(),
        None => format!("What is wrong with {}", clean(dialog.path.text().trim())),
    };
    let again = if dialog.marked.is_some() { "Change the pattern" } else { "Read again" };
    let reading = Reading { top: problems.top, is_done: true };
    let (title, role) = (title.as_str(), Role::Danger);
    let page = Page { look, title, role, content: &text.lines, reading, below: 1, widest: WIDEST };
    let buttons = [
        Button::new("Close", problems.spot == Spot::Cancel, true, Role::Plain),
        Button::new(again, problems.spot == Spot::Other, true, Role::Accent),
    ];
    page.draw(buf, area, drawn).buttons(&buttons, buf, drawn);
}

/// The text of what would be started.
fn asking_text(app: &App, notes: &[PlanNote], asking: &PlanAsking, look: Look, area: Rect) -> Vec<Line<'static>> {
    let mut text = Text::new(look, area);
    let checked = &asking.checked;
    if let Some(why) = app.model.plan_refusal() {
        let mend = if why.gate().is_some() { "; t in view 4 turns it on" } else { "" };
        let said = format!("{} It can't be started: {}{mend}.", look.sign(Sign::Danger), refusal::refusal(&why));
        text.say(Role::Danger, &said);
        text.blank();
    }
    text.notes(notes);
    if asking.unsure > 0 {
        text.say(Role::Unknown, &format!("{} {}.", look.sign(Sign::Unknown), plans::cut_off(asking.unsure)));
    }
    for new in &checked.new_domains {
        let (sign, role) = if asking.vouched.contains(&new.domain) {
            (Sign::Marked, Role::Plain)
        } else {
            (Sign::Attention, Role::Attention)
        };
        text.say(role, &format!("{} {}", look.sign(sign), plans::new_domain(new)));
    }
    for found in &checked.unusual {
        let sign = if asking.insisted { Sign::Marked } else { Sign::Attention };
        text.say(Role::Attention, &format!("{} {}", look.sign(sign), plans::unusual(found)));
    }
    for already in &checked.already {
        text.say(Role::Quiet, &format!("{} {}", look.sign(Sign::Dot), plans::already(already)));
    }
    for replaced in &checked.replaced {
        text.say(Role::Attention, &format!("{} {}", look.sign(Sign::Attention), plans::replaced(replaced)));
    }
    if !text.lines.is_empty() {
        text.blank();
    }
    if !checked.changes.is_empty() {
        text.say(Role::Plain, &plans::would_start(checked.changes.len()));
        checked.changes.iter().for_each(|change| text.planned(change));
    }
    if !checked.problems.is_empty() {
        text.blank();
        text.say(Role::Attention, "These can't be started any more; that is noted, and nothing is sent for them:");
        for problem in &checked.problems {
            text.say(Role::Attention, &format!("{} {}", look.sign(Sign::Attention), plans::line_problem(problem)));
        }
    }
    text.blank();
    text.say(Role::Quiet, plans::WHAT_HAPPENS);
    text.say(Role::Quiet, plans::CAN_STOP);
    if !checked.changes.is_empty() {
        text.blank();
    }
    let commands = app.model.commands(|caller| asking.aws_commands(caller));
    for line in command_lines(app, &commands, text.room).into_iter().flatten() {
        text.lines.push(Line::from(span(look, Role::Quiet, line)));
    }
    text.lines
}

fn ask(
    app: &App,
    dialog: &PlanDialog,
    asking: &PlanAsking,
    look: Look,
    buf: &mut Buffer,
    area: Rect,
    drawn: &mut Drawn,
) {
    let content = asking_text(app, &dialog.notes, asking, look, area);
    let file = clean(plans::source(dialog.path.text().trim()));
    let (title, label) = match asking.from {
        PlanFrom::File(..) => (format!("Start the plan {file}"), "Start"),
        PlanFrom::Marked(..) => ("Start the plan for the marked accounts".to_owned(), "Start"),
        PlanFrom::Kept(id) => (format!("Resume plan {} ({file})", id.0), "Resume"),
    };
    let question = usize::from(!(asking.checked.new_domains.is_empty() && asking.checked.unusual.is_empty()));
    let typing = usize::from(asking.token().is_some());
    let (title, role, reading) = (title.as_str(), Role::Danger, asking.reading);
    let page = Page { look, title, role, content: &content, reading, below: question + typing + 1, widest: WIDEST };
    let below = page.draw(buf, area, drawn);
    let may = asking.is_ready() && app.model.plan_refusal().is_none();
    let buttons = [
        Button::new("Cancel", asking.spot == AskSpot::Cancel, true, Role::Plain),
        Button::new(label, asking.spot == AskSpot::Start, may, Role::Danger),
    ];
    below.buttons(&buttons, buf, drawn);
    let mut rows = below.rows();
    if question > 0
        && let Some(row) = rows.next()
    {
        draw_question(asking, look, buf, row, drawn);
    }
    let focused = asking.spot == AskSpot::Field;
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
        typing.draw(look, buf, row, drawn);
    }
}

/// The question in focus, or the first that has no answer.
fn draw_question(asking: &PlanAsking, look: Look, buf: &mut Buffer, row: Rect, drawn: &mut Drawn) {
    let shown = match asking.spot {
        spot @ (AskSpot::Domain(_) | AskSpot::Unusual) => spot,
        _ => asking.first_unanswered().or_else(|| asking.spots().first().copied()).unwrap_or(AskSpot::Unusual),
    };
    let tick = |is_answered| if is_answered { "[x]" } else { "[ ]" };
    let question = if let AskSpot::Domain(place) = shown {
        let all = &asking.checked.new_domains;
        let Some(new) = all.get(place) else { return };
        let tick = tick(asking.vouched.contains(&new.domain));
        let of = if all.len() > 1 { format!("{} of {}: ", place + 1, all.len()) } else { String::new() };
        format!("{tick} {of}{} (space answers)", email::vouch(&new.domain))
    } else {
        format!("{} {} (space answers)", tick(asking.insisted), plans::use_unusual(asking.checked.unusual.len()))
    };
    let mut question = span(look, Role::Attention, cut_end(look, &question, columns(row)));
    if asking.spot == shown {
        question = question.patch_style(Modifier::REVERSED);
        drawn.cursor = Some(row.as_position());
    }
    buf.set_line(row.x, row.y, &Line::from(question), row.width);
}

/// What came of a plan, as far as it is.
pub(super) fn results(
    app: &App,
    reader: &Reader<ResultsOf>,
    look: Look,
    buf: &mut Buffer,
    area: Rect,
    drawn: &mut Drawn,
) {
    let Some((source, items)) = app.model.plans.results(reader.about) else { return };
    let mut text = Text::new(look, area);
    let begun = app.model.plans.begun.as_ref().filter(|_| reader.about == ResultsOf::Begun);
    if begun.is_some_and(|begun| !begun.ended)
        && let Some(line) = progress(app, look, text.room)
    {
        text.lines.push(line);
    }
    text.say(Role::Plain, &plans::counts(&Model::counts_of(items)));
    if let Some(why) = begun.and_then(|begun| begun.halted.as_ref()) {
        let words = fault::fault(why, app.model.caller_to_mend(why).as_ref());
        text.say(Role::Danger, &format!("{} {}", look.sign(Sign::Danger), plans::halted(why)));
        text.say(Role::Quiet, &words.mend);
    }
    if let Some(path) = result_file(source).filter(|_| begun.is_none_or(|begun| begun.ended)) {
        text.say(Role::Quiet, &format!("as a file: {}", clean(&path.display().to_string())));
    }
    text.blank();
    // What went wrong stands first.
    let (bad, good): (Vec<&PlanItem>, Vec<&PlanItem>) =
        items.iter().partition(|item| !item.state.is_good() && item.state != ItemState::Waiting);
    bad.into_iter().chain(good).for_each(|item| text.item(app, item));
    let title = format!("Plan {}", clean(plans::source(source)));
    let inner = window(look, buf, area, &title, text.lines.len(), Role::Accent, drawn);
    let top = reader.top.min(text.lines.len().saturating_sub(usize::from(inner.height)));
    scrolled(buf, inner, &text.lines, top, drawn);
    drawn.cursor = Some(Position { x: inner.x, y: inner.y });
}

impl Text {
    fn item(&mut self, app: &App, item: &PlanItem) {
        let (role, sign) = match item.state {
            ItemState::Started => (Role::On, Sign::On),
            ItemState::Already => (Role::Quiet, Sign::Off),
            ItemState::Waiting => (Role::Waiting, Sign::Waiting),
            ItemState::Refused | ItemState::Failed => (Role::Danger, Sign::Danger),
            ItemState::Sending | ItemState::Unknown => (Role::Unknown, Sign::Unknown),
        };
        self.say(role, &format!("{} {}: {}", self.look.sign(sign), who(app, item.account), plans::state(item.state)));
        self.change(&item.old, item.new.as_str());
        if let Some(message) = &item.message {
            let code = item.code.as_ref().map(|code| format!("{code}: ")).unwrap_or_default();
            self.say(Role::Plain, &format!("  {code}{message}"));
        }
        if let Some(from) = item.told_from(app.model.now) {
            self.say(Role::Plain, &format!("  {}", plans::come_back(from)));
        }
    }
}

/// A choice of the menu of plans.
pub(super) fn line(app: &App, look: Look, choice: PlanChoice, room: usize, selected: bool) -> Line<'static> {
    let name = fit(look, plans::choice(choice), 8);
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
    let role = if app.model.can_plan(choice).is_ok() { Role::Plain } else { Role::Quiet };
    switches::row(look, role, " ", name, cut_end(look, &text, left), selected)
}

pub(super) fn template(
    app: &App,
    dialog: &TemplateDialog,
    look: Look,
    buf: &mut Buffer,
    area: Rect,
    drawn: &mut Drawn,
) {
    let title = match dialog.accounts.as_slice() {
        [account] => format!("Template of a plan for {}", who(app, *account)),
        accounts => format!("Template of a plan for {}", root_access::accounts(accounts.len())),
    };
    let mut sheet = Sheet::new(look, area, title, Role::Accent);
    let accounts: Vec<Account> = dialog.accounts.iter().filter_map(|id| app.model.accounts.get(*id)).cloned().collect();
    super::root_access::say_accounts(app, &mut sheet, look, &accounts);
    sheet.field_line(labelled(look, "File", Span::raw("")), LABEL);
    // A sheet has one field; this one is drawn over its own line.
    let (role, said) = match dialog.typed_domain() {
        TypedDomain::None => (Role::Quiet, "nothing: the new addresses are left to be filled in".to_owned()),
        TypedDomain::Good(domain) => (Role::On, format!("the present addresses at {domain}")),
        TypedDomain::Bad => (Role::Attention, "no domain yet: corp.example".to_owned()),
    };
    sheet.answer_line(labelled(look, "Domain", Span::raw("")));
    sheet.line(labelled(look, "", span(look, role, said)));
    if !dialog.left_out.is_empty() {
        let count = root_access::accounts(dialog.left_out.len());
        let said = format!("Left out: {count} whose primary email can't be changed from here.");
        sheet.say(Role::Attention, &said, 2);
    }
    if let Some(why) = &dialog.trouble {
        say_fault(app, &mut sheet, look, "It could not be written", why);
    } else if dialog.asked.is_some() {
        sheet.say(Role::Waiting, &format!("{} writing it", look.sign(Sign::Waiting)), 0);
    } else {
        sheet.blank();
        sheet.say(Role::Quiet, "Columns: account_id, name, ou, email, new_email. Fill in new_email, then 2 b.", 3);
    }
    let focus = match dialog.spot {
        TemplateSpot::Path => Spot::Field,
        TemplateSpot::Domain => Spot::Answer,
        TemplateSpot::Cancel => Spot::Cancel,
        TemplateSpot::Write => Spot::Act,
    };
    sheet.button(Spot::Cancel, focus, "Cancel", true, Role::Plain);
    if dialog.asked.is_none() {
        sheet.button(Spot::Act, focus, "Write", dialog.is_ready(), Role::Accent);
    }
    let placed = sheet.draw(buf, area, drawn);
    let style = look.style(if dialog.asked.is_some() { Role::Quiet } else { Role::Plain });
    if let Some(place) = placed.field {
        let cursor = field(buf, place, &dialog.path, style);
        if let Some(answer) = placed.answer {
            let second = field(buf, Rect { y: answer.y, ..place }, &dialog.domain, style);
            if focus == Spot::Answer {
                drawn.cursor = Some(second);
            }
        }
        if focus == Spot::Field {
            drawn.cursor = Some(cursor);
        }
    }
}
