//! The dialog of a plan for marked accounts: the pattern of their new addresses.

use super::super::canvas::Canvas;
use super::super::measure::{cut_end, span};
use super::super::theme::{Glyph, TextStyle};
use super::names::who;
use super::root_access::hidden_lines;
use super::sheet::Sheet;
use crate::app::dialogs::plan_dialog::PlanDialog;
use crate::app::shell::App;
use crate::app::state::plans::Edits;
use crate::domain::text::{clean, width};
use crate::words::ui::plans as says;
use crate::words::{plans, root_access};

pub(super) fn draw(app: &App, dialog: &PlanDialog, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let Some(marked) = &dialog.marked else { return };
    let count = root_access::accounts(marked.accounts.len());
    let title = says::change_marked(count);
    let mut sheet = Sheet::new(canvas, title, TextStyle::Accent, dialog.form.focus);
    sheet.top = dialog.form.top;
    sheet.field("Pattern", &marked.pattern, false);
    sheet.part(2).quiet(&plans::pattern());
    sheet.blank();
    let arrow = theme.glyph(Glyph::Arrow);
    let typed = !marked.pattern.text().trim().is_empty();
    let edited = app.model.plans.edits_of(marked.rows().as_deref().unwrap_or_default());
    // The reason of the first row that is cut, whole.
    let mut reason = None;
    for (account, new) in marked.addresses().take(PATTERN_ROWS) {
        let problem = new.as_ref().map(|_| ()).map_err(Clone::clone);
        let (role, text) = match new {
            Ok(_) if edited.kept(account.id).is_some_and(|row| row.is_out) => {
                (TextStyle::Quiet, format!("{} {}: {}", account.id, account.name, says::LEFT_OUT))
            }
            Ok(new) if typed => {
                let edited = edited.kept(account.id).map(|row| says::edited_as(clean(&row.row.new)));
                (
                    TextStyle::Plain,
                    format!("{} {} {arrow} {}", account.id, account.name, edited.unwrap_or_else(|| clean(&new))),
                )
            }
            Err(problem) => (
                TextStyle::Attention,
                format!(
                    "{} {} {}: {}",
                    theme.glyph(Glyph::Attention),
                    account.id,
                    account.name,
                    plans::pattern_problem(&problem)
                ),
            ),
            Ok(_) => (TextStyle::Plain, format!("{} {}", account.id, account.name)),
        };
        if let (Err(problem), true) = (&problem, width(&text) > sheet.room()) {
            reason = reason.or_else(|| Some(format!("{}: {}.", account.id, plans::pattern_problem(problem))));
        }
        let line = span(theme, role, cut_end(theme, &text, sheet.room()));
        sheet.part(0).push(line);
    }
    let bad = marked.addresses().skip(PATTERN_ROWS).filter(|(_, new)| new.is_err()).count();
    if marked.accounts.len() > PATTERN_ROWS {
        sheet.part(3).quiet(&says::more_before_sent(marked.accounts.len() - PATTERN_ROWS));
    }
    if bad > 0 {
        sheet.part(1).flagged(Glyph::Attention, &says::pattern_fails(bad));
    } else if marked.accounts.len() > PATTERN_ROWS {
        sheet.blank();
    }
    match edited {
        // The dialog keeps its size while one types.
        Edits::None if app.model.plans.edited.is_some() => sheet.blank(),
        Edits::None => {}
        Edits::Kept(rows) => sheet.part(1).plain(&says::edits_kept(plans::addresses(rows.len()))),
        Edits::Lost(count) => sheet.part(1).attention(&says::edits_lost(plans::addresses(count))),
    }
    hidden_lines(app, sheet.part(0), &marked.accounts);
    if !marked.skipped.is_empty() {
        let names: Vec<String> = marked.skipped.iter().map(|id| who(app, *id)).collect();
        sheet.part(2).attention(&says::skipped(names.join(", ")));
    }
    sheet.part(4).quiet(says::PLAN_IS_SHOWN);
    sheet.reserve(sheet.lines() + REASON_LINES);
    if let Some(reason) = reason {
        sheet.part(1).attention(&reason);
    }
    sheet.ask(canvas, "Preview", marked.rows().is_some());
}

/// Of the reason why a pattern gives no address, on most screens.
const REASON_LINES: usize = 2;
/// More accounts than this are not listed with their new addresses while typing.
const PATTERN_ROWS: usize = 5;
