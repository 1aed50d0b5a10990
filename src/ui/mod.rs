//! Draws `&App`. A function of the state: no clock, no I/O, nothing kept between frames.

mod accounts;
mod apps;
mod beside;
mod board;
mod board_details;
mod border;
mod canvas;
mod details;
mod dialogs;
mod drawn;
mod frame;
mod journal;
mod journal_details;
mod mailbox;
mod measure;
mod message_line;
mod organization;
mod palette;
mod progress;
mod readiness;
mod recovery;
mod root_access;
mod root_details;
mod slot;
mod startup;
mod switches;
mod table;
mod tabs;
#[cfg(test)]
mod tests;
mod text;
pub mod theme;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::dashboard::Dashboard;
use crate::app::shell::App;
use crate::app::view::ViewId;
use crate::words::keys::drawn_with;
use crate::words::ui::views as says;
use apps::Apps;
use canvas::Canvas;
pub use drawn::Drawn;
use theme::Theme;

/// On a narrower screen, in columns, nothing is drawn.
pub const MIN_COLUMNS: u16 = 30;
/// On a lower screen, in rows, nothing is drawn.
pub const MIN_ROWS: u16 = 6;
/// From this height on, the message line has room below a dialog.
const MESSAGE_ROWS: u16 = 8;

/// The program of one organization.
pub fn draw(app: &App, theme: Theme, area: Rect, buf: &mut Buffer) -> Drawn {
    drawn_with(app.keys(), || draw_all(Apps::of(app), theme, area, buf))
}

/// The organization on screen, with what its lists show of the others.
pub fn draw_dashboard(dashboard: &Dashboard, theme: Theme, area: Rect, buf: &mut Buffer) -> Drawn {
    let apps = Apps::all_of(dashboard);
    drawn_with(apps.app.keys(), || draw_all(apps, theme, area, buf))
}

fn draw_all(apps: Apps<'_>, theme: Theme, area: Rect, buf: &mut Buffer) -> Drawn {
    let app = apps.app;
    let mut drawn = Drawn::default();
    if theme.base() != Style::new() {
        buf.set_style(area, theme.base());
    }
    if area.width < MIN_COLUMNS || area.height < MIN_ROWS {
        if !area.is_empty() {
            buf.set_stringn(area.x, area.y, says::TOO_SMALL, usize::from(area.width), Style::new());
        }
        drawn.geometry.too_small = true;
        return drawn;
    }
    let mut canvas =
        Canvas { area, theme, buf, drawn: &mut drawn, frame: None, search: app.search(), apps: Some(apps) };
    frame::header(app, &mut canvas.take(1));
    tabs::draw(app, &mut canvas.take(1));
    view(app, &mut canvas.take(area.height - 4));
    let posted = Rect { height: 1, ..canvas.area };
    if let Some(layer) = app.layers.last() {
        // The message line stays, or the frame shows the message where there is no room for both.
        let is_typed = app.typed_filter().is_some();
        let below = if area.height < MESSAGE_ROWS && !is_typed { posted.y + 1 } else { posted.y };
        // How far the text below can be scrolled means nothing to the dialog.
        (canvas.drawn.geometry.dialog_rows, canvas.drawn.geometry.dialog_lines) = (0, 0);
        let above = Rect { height: below.saturating_sub(area.y), ..area };
        dialogs::draw(app, layer, &mut canvas.on(above), posted);
    }
    message_line::posted(app, &mut canvas.take(1));
    frame::footer(app, &mut canvas);
    canvas::separate_marks(buf);
    if theme.ascii {
        border::to_ascii(buf);
    }
    drawn
}

fn view(app: &App, canvas: &mut Canvas<'_>) {
    if startup::is_needed(app) {
        return startup::draw(app, canvas);
    }
    match app.view {
        ViewId::Accounts => accounts::draw(app, canvas),
        ViewId::EmailChanges => board::draw(app, canvas),
        ViewId::RootAccess => root_access::draw(app, canvas),
        ViewId::Organization => organization::draw(app, canvas),
        ViewId::Readiness => readiness::draw(app, canvas),
        ViewId::Journal => journal::draw(app, canvas),
        ViewId::Mailbox => mailbox::draw(app, canvas),
    }
}
