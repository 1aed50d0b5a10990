//! A list with the details of its selected row: side by side, or one at a time where there is no room.

use ratatui::layout::{Constraint, Layout};

use super::canvas::Canvas;
use super::text::Text;
use super::theme::TextStyle;

const NARROWEST: u16 = 40;

/// Draws both, or the one with the focus (`reading`: the details, which take at most `widest` columns).
pub(super) fn beside(
    canvas: &mut Canvas<'_>,
    reading: bool,
    widest: u16,
    list: impl FnOnce(&mut Canvas<'_>),
    details: impl FnOnce(&mut Canvas<'_>),
) {
    if canvas.drawn.geometry.one_pane {
        // The list keeps its page while the details hide it.
        canvas.drawn.geometry.list_rows = canvas.rows().saturating_sub(3);
        return if reading { details(canvas) } else { list(canvas) };
    }
    let side = (canvas.area.width * 2 / 5).clamp(NARROWEST, widest);
    let [left, right] = Layout::horizontal([Constraint::Min(0), Constraint::Length(side)]).areas(canvas.area);
    list(&mut canvas.on(left));
    details(&mut canvas.on(right));
}

pub(super) fn details_pane<'c>(canvas: &'c mut Canvas<'_>, title: &str, focused: bool) -> Canvas<'c> {
    let inner = canvas.pane(title, focused, TextStyle::Accent).inset();
    if focused {
        inner.drawn.cursor = Some(inner.area.as_position());
    }
    inner
}

/// From line `top` on; nothing where nothing is selected.
pub(super) fn details<T>(
    canvas: &mut Canvas<'_>,
    title: &str,
    (focused, top): (bool, usize),
    selected: Option<T>,
    paragraph: impl FnOnce(&mut Text, T),
) {
    let mut inner = details_pane(canvas, title, focused);
    let Some(selected) = selected else { return };
    let mut text = inner.text();
    paragraph(&mut text, selected);
    inner.scrolled(&text, top);
}
