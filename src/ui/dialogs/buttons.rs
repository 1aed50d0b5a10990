//! The buttons of a dialog.

use super::super::canvas::Canvas;
use super::super::drawn::Enter;
use super::super::measure::{cells, columns};
use super::super::theme::TextStyle;
use crate::app::focus::Focus;
use crate::app::mouse::Target;
use crate::domain::text::width;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;

pub(super) struct Button {
    target: Focus,
    label: &'static str,
    focused: bool,
    enabled: bool,
    role: TextStyle,
}

impl Button {
    /// `focus` is where the focus of the dialog is.
    pub(super) fn new(target: Focus, label: &'static str, focus: Focus, enabled: bool, role: TextStyle) -> Self {
        Self { target, label, focused: target == focus, enabled, role }
    }

    /// In columns, with the two that separate it from the next.
    pub(super) fn columns(&self) -> usize {
        width(self.label) + 6
    }
}

/// Draws the buttons that fit, right-aligned, and returns the first cell of the focused one.
pub(super) fn draw_buttons(canvas: &mut Canvas<'_>, buttons: &[Button]) -> Option<Position> {
    let row = canvas.area;
    let in_focus = buttons.iter().find(|button| button.focused);
    canvas.drawn.enter = in_focus.or(buttons.last()).map(|button| Enter {
        button: button.label,
        focused: button.focused,
        enabled: button.enabled,
    });
    let columns_of = |buttons: &[Button]| buttons.iter().map(Button::columns).sum::<usize>();
    let fits = |buttons: &[Button]| columns_of(buttons) <= columns(row) + 2;
    // Where not all fit, the focused one does.
    let focused = buttons.iter().position(|button| button.focused).unwrap_or(0);
    let first = (0..focused).find(|first| fits(buttons.get(*first..=focused).unwrap_or_default())).unwrap_or(focused);
    let shown = buttons.get(if fits(buttons) { 0 } else { first }..).unwrap_or_default();
    let mut x = row.right().saturating_sub(cells(columns_of(shown))).max(row.x);
    let mut cursor = None;
    for button in shown {
        let role = if button.enabled { button.role } else { TextStyle::Quiet };
        let mut style = canvas.theme.style(role);
        if button.focused {
            style = style.add_modifier(Modifier::REVERSED);
            cursor = Some(Position { x, y: row.y });
        }
        let text = format!("[ {} ]", button.label);
        let room = columns(Rect { x, width: row.right().saturating_sub(x), ..row });
        canvas.buf.set_stringn(x, row.y, &text, room, style);
        let area = Rect { x, width: cells(width(&text).min(room)), ..row };
        canvas.on(area).target(Target::Element(button.target));
        x = x.saturating_add(cells(width(&text) + 2));
    }
    cursor
}
