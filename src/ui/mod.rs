//! Draws `&App`. A function of the state: no clock, no I/O, nothing kept between frames.

mod accounts;
mod beside;
mod board;
mod board_details;
mod canvas;
mod details;
mod dialogs;
mod frame;
mod journal;
mod journal_details;
mod mailbox;
mod organization;
mod readiness;
mod root_access;
mod root_details;
mod startup;
mod switches;
#[cfg(test)]
mod tests;
pub mod theme;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::app::msg::Geometry;
use crate::app::{App, View};
use theme::Theme;

/// The narrowest screen that anything is drawn on, in columns.
pub const MIN_COLUMNS: u16 = 30;
/// The lowest, in rows.
pub const MIN_ROWS: u16 = 6;
/// From this width on, panes stand side by side.
const SIDE_BY_SIDE: u16 = 100;
/// From this height on, the message line has room below a dialog.
const MESSAGE_ROWS: u16 = 8;

/// What a drawing tells besides the picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    /// What the program has to know of the screen.
    pub geometry: Geometry,
    /// Where the hardware cursor stands: on the focused row or field.
    pub cursor: Option<Position>,
    /// What Enter does in the dialog on top.
    enter: Option<Enter>,
    /// The frame of the dialog on top.
    frame: Option<Rect>,
    /// Whether the newest message stands on that frame.
    told: bool,
}

/// What Enter does in a dialog: it presses the focused button, or leads from a field to the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Enter {
    button: &'static str,
    focused: bool,
    enabled: bool,
}

/// Draws the whole screen.
#[must_use]
pub fn draw(app: &App, theme: Theme, area: Rect, buf: &mut Buffer) -> Drawn {
    let mut drawn = Drawn::default();
    if area.width < MIN_COLUMNS || area.height < MIN_ROWS {
        if !area.is_empty() {
            buf.set_stringn(area.x, area.y, "too small", usize::from(area.width), ratatui::style::Style::new());
        }
        drawn.geometry.too_small = true;
        return drawn;
    }
    drawn.geometry.one_pane = area.width < SIDE_BY_SIDE;
    let [head, tabs, body, posted, foot] = frame::rows(area);
    frame::header(app, theme, buf, head);
    frame::tabs(app, theme, buf, tabs);
    if startup::is_needed(app) {
        startup::draw(app, theme, buf, body, &mut drawn);
    } else {
        match app.view {
            View::Accounts => accounts::draw(app, theme, buf, body, &mut drawn),
            View::EmailChanges => board::draw(app, theme, buf, body, &mut drawn),
            View::RootAccess => root_access::draw(app, theme, buf, body, &mut drawn),
            View::Organization => organization::draw(app, theme, buf, body, &mut drawn),
            View::Readiness => readiness::draw(app, theme, buf, body, &mut drawn),
            View::Journal => journal::draw(app, theme, buf, body, &mut drawn),
            View::Mailbox => mailbox::draw(app, theme, buf, body, &mut drawn),
        }
    }
    if let Some(layer) = app.layers.last() {
        // The message line and the footer stay. Where the dialog would be too low, its frame has the message.
        let below = if area.height < MESSAGE_ROWS { foot.y } else { posted.y };
        let above = Rect { height: below.saturating_sub(area.y), ..area };
        dialogs::draw(app, layer, theme, buf, [above, posted], &mut drawn);
    }
    frame::posted(app, theme, buf, posted, &mut drawn);
    frame::footer(app, theme, buf, foot, drawn.enter);
    canvas::separate_marks(buf);
    drawn
}
