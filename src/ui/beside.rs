//! A list with the details of its selected row: side by side where there is room, one after the other
//! where there is not.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;

use super::Drawn;
use super::canvas::lines;

/// The fewest columns of details beside a list.
const NARROWEST: u16 = 40;

/// Where list and details are drawn; `None` what is not on screen.
pub(super) struct Panes {
    pub(super) list: Option<Rect>,
    pub(super) details: Option<Rect>,
}

/// Divides `area`; `reading` says whether the details have the focus, `widest` how many columns they take
/// at most beside the list.
pub(super) fn panes(drawn: &mut Drawn, area: Rect, reading: bool, widest: u16) -> Panes {
    if drawn.geometry.one_pane {
        // The list keeps its page while the details hide it.
        drawn.geometry.list_rows = usize::from(area.height.saturating_sub(3));
        let (shown, hidden) = (Some(area), None);
        return if reading { Panes { list: hidden, details: shown } } else { Panes { list: shown, details: hidden } };
    }
    let side = (area.width * 2 / 5).clamp(NARROWEST, widest);
    let [left, right] = Layout::horizontal([Constraint::Min(0), Constraint::Length(side)]).areas(area);
    Panes { list: Some(left), details: Some(right) }
}

/// Draws details from their line `top` on, and tells how far they can be scrolled.
pub(super) fn scrolled(buf: &mut Buffer, inner: Rect, content: &[Line<'_>], top: usize, drawn: &mut Drawn) {
    drawn.geometry.dialog_rows = usize::from(inner.height);
    drawn.geometry.dialog_lines = content.len();
    lines(buf, inner, content.get(top..).unwrap_or_default());
}
