//! The plan of marked accounts as a list that can be edited.

use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use super::super::canvas::Canvas;
use super::super::drawn::Enter;
use super::super::measure::{cells, cut_end, fit, span};
use super::super::slot::Slot;
use super::super::text::Text;
use super::super::theme::{Glyph, TextStyle};
use super::buttons::{Button, draw_buttons};
use super::names::who;
use super::window::{text_for, window_of};
use crate::app::dialogs::plan_list::PlanList;
use crate::app::focus::Focus;
use crate::app::shell::App;
use crate::app::state::plans::ListRow;
use crate::domain::account::{Account, AccountId};
use crate::domain::cut::emails;
use crate::domain::text::{clean, width};
use crate::words::plans;
use crate::words::root_access::accounts;
use crate::words::ui::plans as says;

/// In columns.
const WIDEST: u16 = 120;
/// The columns of the labels below the list.
const LABEL: usize = 9;
/// The account, its present and new address, and two lines of what is wrong with it.
const DETAILS: usize = 5;
/// Of an account's id, which is never cut.
const ID: usize = 12;
/// A column for the present address that is not as wide is left out.
const LEAST: usize = 16;

pub(super) fn draw(app: &App, dialog: &PlanList, canvas: &mut Canvas<'_>) {
    let mut head = text_for(canvas, WIDEST);
    say_state(dialog, &mut head);
    let lines = head.lines.len() + dialog.rows.len() + DETAILS + 2;
    let title = says::list_of(accounts(dialog.rows.len()));
    let mut inner = window_of(canvas, &title, TextStyle::Accent, lines, WIDEST);
    // The list keeps a few rows.
    head.lines.truncate(inner.rows().saturating_sub(DETAILS + 4).max(1));
    inner.take(cells(head.lines.len())).lines(&head.lines);
    let below = (DETAILS + 1).min(inner.rows().saturating_sub(1));
    let mut list = inner.take(cells(inner.rows().saturating_sub(below)));
    list.drawn.geometry.dialog_rows = list.rows().max(1);
    let shown = Shown::of(app, dialog, &list);
    let cursor = list.list(&dialog.list, |index, slot| shown.line(dialog.rows.get(index)?, dialog, slot));
    let mut details = inner.take(cells(inner.rows().saturating_sub(1)));
    let typed = selected(app, dialog, &mut details);
    let focus = dialog.form.focus;
    let buttons = [
        Button::new(Focus::Cancel, "Cancel", focus, true, TextStyle::Plain),
        Button::new(Focus::Act, "Preview", focus, dialog.is_ready(), TextStyle::Accent),
    ];
    let pressed = draw_buttons(&mut inner, &buttons);
    let enter = if dialog.field.is_some() { Some(says::KEEP_ADDRESS) } else { None };
    if let Some(button) = enter.or((focus == Focus::Field).then_some(says::EDIT_ADDRESS)) {
        inner.drawn.enter = Some(Enter { button, focused: true, enabled: true });
    }
    inner.drawn.cursor = pressed.or(typed).or(cursor);
}

/// How many there are, and what is wrong.
fn say_state(dialog: &PlanList, text: &mut Text) {
    if let Some(why) = &dialog.unreadable {
        text.flagged(Glyph::Danger, &says::no_plan_kept(plans::unreadable(why)));
    } else if dialog.checked.problems.is_empty() {
        let left = dialog.rows.iter().filter(|row| !row.is_out).count();
        text.flagged(Glyph::Dot, &says::out_of(left, dialog.rows.len()));
    } else {
        text.flagged(Glyph::Danger, &plans::problems(&dialog.checked.problems, dialog.checked.lines));
    }
}

fn account<'a>(app: &'a App, row: &ListRow) -> Option<&'a Account> {
    app.model.accounts.get(row.row.account.parse::<AccountId>().ok()?)
}

/// The rows on screen, cut so that they can be told apart.
struct Shown<'a> {
    rows: Vec<(u64, Option<&'a Account>, String, String)>,
    name: usize,
    old: usize,
    new: usize,
}

impl<'a> Shown<'a> {
    fn of(app: &'a App, dialog: &PlanList, canvas: &Canvas<'_>) -> Self {
        let visible = || dialog.list.visible().iter().filter_map(|index| dialog.rows.get(*index));
        // The selection, the number, the sign, the id, the arrow, and the blanks between them.
        let room = canvas.room().saturating_sub(1 + 4 + 1 + 2 + 1 + ID + 1 + 1 + 3);
        let names = visible().map(|row| account(app, row).map_or(0, |known| width(&known.name)));
        let name = names.max().unwrap_or_default().min(room / 4);
        let longest = visible().map(|row| width(&row.row.new)).max().unwrap_or_default();
        // The new address comes first: the present one has what is left, or no column.
        let left = (room - name).saturating_sub(1 + longest);
        let old = if left >= LEAST { left } else { 0 };
        let new = room.saturating_sub(name + old + usize::from(old > 0));
        let mark = canvas.glyph(Glyph::Cut);
        let before = visible().map(|row| account(app, row).map_or("", |known| &known.email));
        let after = visible().map(|row| row.row.new.as_str());
        let (before, after) = (emails(before, old, mark), emails(after, new, mark));
        let rows = visible().zip(before.into_iter().zip(after));
        let rows = rows.map(|(row, (before, after))| (row.row.line, account(app, row), before, after)).collect();
        Self { rows, name, old, new }
    }

    fn line(&self, row: &ListRow, dialog: &PlanList, slot: Slot) -> Option<Line<'static>> {
        let theme = slot.theme;
        let (line, account, old, new) = self.rows.iter().find(|(line, ..)| *line == row.row.line)?;
        let has_problem = dialog.checked.problems.iter().any(|problem| problem.line == *line);
        let (role, sign) = match (row.is_out, has_problem) {
            (true, _) => (TextStyle::Quiet, theme.glyph(Glyph::Off)),
            (false, true) => (TextStyle::Danger, theme.glyph(Glyph::Danger)),
            (false, false) => (TextStyle::Plain, ""),
        };
        let id = account.map_or_else(|| clean(&row.row.account), |known| known.id.to_string());
        let name = account.map_or_else(String::new, |known| clean(&known.name));
        let name = span(theme, role, format!("{} {}", fit(theme, &id, ID), fit(theme, &name, self.name)));
        let before = span(theme, TextStyle::Quiet, format!("{line:>4} {sign:2} "));
        let old = if self.old > 0 { format!(" {}", fit(theme, &clean(old), self.old)) } else { String::new() };
        let arrow = span(theme, TextStyle::Quiet, format!("{old} {} ", theme.glyph(Glyph::Arrow)));
        let new = span(theme, role, fit(theme, &clean(new), self.new));
        Some(slot.item([before], name, [arrow, new]))
    }
}

/// The selected row in full. Returns where the address is typed, if it is.
fn selected(app: &App, dialog: &PlanList, canvas: &mut Canvas<'_>) -> Option<Position> {
    let row = dialog.selected()?;
    let mut text = canvas.text().with_labels(LABEL);
    let account = account(app, row);
    let name = account.map_or_else(|| clean(&row.row.account), |account| who(app, account.id));
    text.paragraph(TextStyle::Accent, &cut_end(text.theme, &name, text.room));
    let present = account.map_or(says::ACCOUNT_UNKNOWN.to_owned(), |account| clean(&account.email));
    text.push(labelled(&text, "Current", &present));
    let typed_at = text.lines.len();
    text.push(labelled(&text, "New", if dialog.field.is_some() { "" } else { &row.row.new }));
    problems(dialog, row, &mut text);
    canvas.lines(&text.lines);
    let place = canvas.area.rows().nth(typed_at)?;
    let offset = cells(LABEL).min(place.width);
    let place = Rect { x: place.x + offset, width: place.width - offset, ..place };
    dialog.field.as_ref().map(|field| canvas.on(place).field(field, TextStyle::Plain))
}

fn labelled(text: &Text, label: &str, value: &str) -> Line<'static> {
    let label = span(text.theme, TextStyle::Quiet, fit(text.theme, label, LABEL));
    Line::from(vec![label, Span::raw(cut_end(text.theme, &clean(value), text.room.saturating_sub(LABEL)))])
}

fn problems(dialog: &PlanList, row: &ListRow, text: &mut Text) {
    let line = row.row.line;
    if row.is_out {
        text.quiet(says::TAKEN_OUT);
    }
    for problem in dialog.checked.problems.iter().filter(|problem| problem.line == line) {
        text.flagged(Glyph::Danger, &clean(&plans::problem(&problem.problem)));
    }
    for already in dialog.checked.already.iter().filter(|already| already.change.line == line) {
        text.flagged(Glyph::Dot, &plans::problem(&already.why));
    }
    for unusual in dialog.checked.unusual.iter().filter(|unusual| unusual.line == line) {
        text.flagged(Glyph::Attention, &crate::words::email::unusual(unusual.why));
    }
    text.quiet(&says::to_buttons());
}
