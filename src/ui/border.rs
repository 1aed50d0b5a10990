//! The frame of a pane.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::symbols::{border, line, merge::MergeStrategy};

/// Draws a frame at the edge of `area`, joined to those it meets, and returns what is within. Unlike
/// ratatui's block it leaves the cells within alone: touching them takes longer than the frame.
pub(super) fn draw(buf: &mut Buffer, area: Rect, style: Style) -> Rect {
    let set = border::PLAIN;
    let inner = Rect {
        x: area.x.saturating_add(1).min(area.right()),
        y: area.y.saturating_add(1).min(area.bottom()),
        width: area.width.saturating_sub(2),
        height: area.height.saturating_sub(2),
    };
    if area.is_empty() {
        return inner;
    }
    let (left, right, top, bottom) = (area.left(), area.right() - 1, area.top(), area.bottom() - 1);
    let mut put = |x, y, symbol| {
        if let Some(cell) = buf.cell_mut((x, y)) {
            // The title of a pane that shares the edge stays.
            if is_border(cell.merge_symbol(symbol, MergeStrategy::Exact).symbol()) {
                cell.set_style(style);
            }
        }
    };
    for x in left + 1..right {
        put(x, top, set.horizontal_top);
        put(x, bottom, set.horizontal_bottom);
    }
    for y in top + 1..bottom {
        put(left, y, set.vertical_left);
        put(right, y, set.vertical_right);
    }
    put(right, bottom, set.bottom_right);
    put(right, top, set.top_right);
    put(left, bottom, set.bottom_left);
    put(left, top, set.top_left);
    inner
}

fn is_border(symbol: &str) -> bool {
    matches!(symbol, line::VERTICAL | line::HORIZONTAL) || is_joint(symbol)
}

fn is_joint(symbol: &str) -> bool {
    matches!(
        symbol,
        line::TOP_LEFT
            | line::TOP_RIGHT
            | line::BOTTOM_LEFT
            | line::BOTTOM_RIGHT
            | line::VERTICAL_LEFT
            | line::VERTICAL_RIGHT
            | line::HORIZONTAL_DOWN
            | line::HORIZONTAL_UP
            | line::CROSS
    )
}

/// The frames in ASCII. They are joined before: only their own signs tell a frame from a title on it.
pub(super) fn to_ascii(buf: &mut Buffer) {
    for cell in &mut buf.content {
        match cell.symbol() {
            line::VERTICAL => cell.set_symbol("|"),
            line::HORIZONTAL => cell.set_symbol("-"),
            symbol if is_joint(symbol) => cell.set_symbol("+"),
            _ => continue,
        };
    }
}
