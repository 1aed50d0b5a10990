//! View 2: the email changes that are known.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Drawn;
use super::canvas::pane;
use super::look::{Look, Role};
use crate::app::App;

pub(super) fn draw(_app: &App, look: Look, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let inner = pane(look, buf, area, "Email changes", true, Role::Accent);
    drawn.geometry.list_rows = usize::from(inner.height);
}
