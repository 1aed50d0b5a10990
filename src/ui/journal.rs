//! View 6: what this program did and was refused.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Drawn;
use super::canvas::pane;
use super::look::{Look, Role};
use crate::app::App;

pub(super) fn draw(_app: &App, look: Look, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let inner = pane(look, buf, area, "Journal", true, Role::Accent);
    drawn.geometry.list_rows = usize::from(inner.height);
}
