//! The organizational units, with how many accounts are in each.

use ratatui::text::{Line, Span};

use super::super::canvas::Canvas;
use super::super::measure::{cells, cut_end, fit, span};
use super::super::slot::Slot;
use super::super::theme::{Glyph, TextStyle};
use super::window::window;
use crate::app::dialogs::units::BrowseUnits;
use crate::app::state::units::Unit;
use crate::domain::text::clean;
use crate::words::ui::dialogs as says;

/// `123 active of 123`, without the words.
const NUMBER: usize = 6;

pub(super) fn draw(dialog: &BrowseUnits, canvas: &mut Canvas<'_>) {
    let lines = dialog.units.len() + 1;
    let mut inner = window(canvas, says::UNITS, TextStyle::Accent, lines);
    let theme = inner.theme;
    let room = inner.room().saturating_sub(1 + 2 * (NUMBER + 1));
    let head = format!(" {} {:>NUMBER$} {:>NUMBER$}", fit(theme, says::UNIT, room), says::ACTIVE, says::ALL);
    inner.take(1).line(span(theme, TextStyle::Quiet, head));
    let mut rows = inner.take(cells(dialog.units.len().min(inner.rows())));
    rows.drawn.geometry.dialog_rows = rows.rows();
    let cursor = rows.list(&dialog.list, |index, slot| Some(line(dialog.units.get(index)?, slot)));
    rows.drawn.cursor = cursor;
}

fn line(unit: &Unit, slot: Slot) -> Line<'static> {
    let theme = slot.theme;
    let room = slot.room.saturating_sub(1 + 2 * (NUMBER + 1));
    let name = match (unit.is_unknown, unit.names.last()) {
        (true, _) => format!("{} {}", theme.glyph(Glyph::Unknown), says::UNIT_UNKNOWN),
        (false, None) => says::ROOT.to_owned(),
        (false, Some(name)) => clean(name),
    };
    let indent = " ".repeat((2 * unit.names.len()).min(room / 2));
    let name = cut_end(theme, &name, room.saturating_sub(indent.len()));
    let gap = " ".repeat((room + 1).saturating_sub(indent.len() + crate::domain::text::width(&name)));
    let counts = format!("{gap}{:>NUMBER$} {:>NUMBER$}", unit.active, unit.all);
    slot.item([Span::raw(indent)], Span::raw(name), [span(theme, TextStyle::Quiet, counts)])
}
