//! The dialog of a plan for marked accounts: the pattern of their new addresses.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::super::Drawn;
use super::super::canvas::{cut_end, field, span};
use super::super::theme::{Glyph, TextStyle, Theme};
use super::names::who;
use super::root_access::hidden_lines;
use super::sheet::{LABEL, Sheet, labelled};
use crate::app::App;
use crate::app::confirm::Focus;
use crate::app::plans::PlanDialog;
use crate::domain::text::clean;
use crate::words::{plans, root_access};

/// The pattern of the addresses of marked accounts, and what it gives.
pub(super) fn draw(
    app: &App,
    dialog: &PlanDialog,
    focus: Focus,
    theme: Theme,
    buf: &mut Buffer,
    area: Rect,
    drawn: &mut Drawn,
) {
    let Some(marked) = &dialog.marked else { return };
    let count = root_access::accounts(marked.accounts.len());
    let mut sheet =
        Sheet::new(theme, area, format!("Change the primary emails of the marked: {count}"), TextStyle::Accent);
    sheet.field_line(labelled(theme, "Pattern", Span::raw("")), LABEL);
    sheet.paragraph(TextStyle::Quiet, &plans::pattern(), 2);
    sheet.blank();
    let arrow = theme.glyph(Glyph::Arrow);
    let typed = !marked.pattern.text().trim().is_empty();
    for (account, new) in marked.addresses().take(PATTERN_ROWS) {
        let (role, text) = match new {
            Ok(new) if typed => (TextStyle::Plain, format!("{} {arrow} {}", account.name, clean(&new))),
            Err(problem) => {
                (TextStyle::Attention, format!("{} {}: {problem}", theme.glyph(Glyph::Attention), account.name))
            }
            Ok(_) => (TextStyle::Plain, format!("{} {}", account.id, account.name)),
        };
        sheet.line(Line::from(span(theme, role, cut_end(theme, &text, sheet.room()))));
    }
    let bad = marked.addresses().skip(PATTERN_ROWS).filter(|(_, new)| new.is_err()).count();
    if marked.accounts.len() > PATTERN_ROWS {
        let more = format!("and {} more; all are shown before anything is sent", marked.accounts.len() - PATTERN_ROWS);
        sheet.paragraph(TextStyle::Quiet, &more, 3);
    }
    if bad > 0 {
        let text = format!("{} The pattern gives {bad} of those no address.", theme.glyph(Glyph::Attention));
        sheet.paragraph(TextStyle::Attention, &text, 1);
    }
    hidden_lines(app, &mut sheet, theme, &marked.accounts);
    if !marked.left_out.is_empty() {
        let names: Vec<String> = marked.left_out.iter().map(|id| who(app, *id)).collect();
        let text = format!("Skipped, since their primary email can't be changed from here: {}.", names.join(", "));
        sheet.paragraph(TextStyle::Attention, &text, 2);
    }
    sheet.paragraph(
        TextStyle::Quiet,
        "The plan is checked as a whole and shown; nothing is sent before it is confirmed.",
        4,
    );
    sheet.button(Focus::Cancel, focus, "Cancel", true, TextStyle::Plain);
    sheet.button(Focus::Act, focus, "Preview", marked.rows().is_some(), TextStyle::Accent);
    let placed = sheet.draw(buf, area, drawn);
    if let Some(place) = placed.field {
        let cursor = field(buf, place, &marked.pattern, theme.style(TextStyle::Plain));
        if focus == Focus::Field {
            drawn.cursor = Some(cursor);
        }
    }
}

/// More accounts than this are not shown with their new addresses while the pattern is typed.
const PATTERN_ROWS: usize = 5;
