//! A picture as text: each row, and behind it the runs of style in it.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

use super::looks;
use crate::app::dialogs::policies::PolicyPage;
use crate::app::layers::Layer;
use crate::app::list::List;
use crate::app::msg::Msg;
use crate::app::shell::App;
use crate::app::tests::harness::Driver;
use crate::app::tests::several::Several;
use crate::ui::theme::{ColorScheme, Glyph, Theme};
use crate::ui::{Drawn, draw, draw_dashboard};

pub(super) const COLOURED: Theme = Theme::of(ColorScheme::Terminal, false);
pub(super) const COLOURLESS: Theme = Theme::of(ColorScheme::Colourless, false);
pub(super) const ASCII: Theme = Theme::of(ColorScheme::Terminal, true);

/// A state of the program, to be drawn at some sizes; each picture is a snapshot of its own.
#[derive(Clone)]
pub(super) struct Scene {
    name: &'static str,
    kind: &'static str,
    theme: Theme,
    state: std::rc::Rc<dyn Fn() -> Driver>,
}

impl Scene {
    pub(super) fn of(name: &'static str, state: impl Fn() -> Driver + 'static) -> Self {
        Self { name, kind: "", theme: COLOURED, state: std::rc::Rc::new(state) }
    }

    pub(super) fn drawn_as(&self, kind: &'static str, theme: Theme) -> Self {
        Self { kind, theme, ..self.clone() }
    }

    #[track_caller]
    pub(super) fn at(&self, sizes: &[(u16, u16)]) {
        for &(width, height) in sizes {
            let name = format!("{} {} {width}x{height}", self.name, self.kind).replace("  ", " ").replace(' ', "-");
            let settings = {
                let mut settings = insta::Settings::clone_current();
                settings.set_omit_expression(true);
                settings.set_prepend_module_to_snapshot(false);
                settings
            };
            let driver = drawn_as((self.state)(), (width, height), self.theme);
            let area = Rect::new(0, 0, width, height);
            looks::check(&driver.app, area);
            check_position((self.state)(), (width, height), self.theme, &name);
            settings.bind(|| insta::assert_snapshot!(name, rendered(&driver.app, area, self.theme)));
        }
    }
}

/// What goes on says so on its frame, once: a text `more` or `end`, a list the number of its row.
#[track_caller]
fn check_position(driver: Driver, size: (u16, u16), theme: Theme, name: &str) {
    let driver = drawn_as(driver, size, theme);
    let text = rendered(&driver.app, Rect::new(0, 0, size.0, size.1), theme);
    // In every dialog one sees as whom one acts.
    assert!(driver.app.layers.is_empty() || text.starts_with(" rootdeck"), "{name}: {text}");
    let frames: String = text.lines().filter(|row| row.contains(['┘', '+'])).collect();
    let geometry = driver.app.geometry();
    let is_text = driver.app.search().is_some() || driver.app.has_unread_text() || driver.app.layers.is_empty();
    if is_text && geometry.dialog_lines > geometry.dialog_rows {
        let (down, up) = (theme.glyph(Glyph::Down), theme.glyph(Glyph::Up));
        let said = frames.matches(&format!(" more {down} ")).count() + frames.matches(&format!(" end {up} ")).count();
        assert_eq!(said, 1, "{name}: {text}");
    }
    let of = |list: &List<usize>| Some((list.index(), list.rows().len()));
    let position = match driver.app.layers.last() {
        Some(Layer::Switches(menu)) => of(&menu.list),
        Some(Layer::Copy(menu)) => of(&menu.list),
        Some(Layer::AuditMenu(menu)) => of(&menu.list),
        Some(Layer::AskMenu(menu)) => of(&menu.list),
        Some(Layer::ExportMenu(menu)) => of(&menu.list),
        Some(Layer::ConsoleMenu(menu)) => of(&menu.list),
        Some(Layer::Plans(menu)) => of(&menu.list),
        Some(Layer::SignIn(menu)) => of(&menu.list),
        Some(Layer::RootMenu(menu)) => of(&menu.list),
        Some(Layer::Palette(palette)) => Some((palette.list.index(), palette.list.rows().len())),
        Some(Layer::Profiles(dialog)) => Some((dialog.list.index(), dialog.list.rows().len())),
        Some(Layer::Policies(PolicyPage::Holders(page))) => of(&page.list),
        _ => None,
    };
    if let Some((index, count)) = position.filter(|(_, count)| *count > 0) {
        let said = frames.matches(&format!(" {}/{count} ", index + 1)).count();
        assert_eq!(said, 1, "{name}: {text}");
    }
}

/// Draws at the size until the program knows it, and gives the last picture.
pub(super) fn picture(driver: Driver, size: (u16, u16)) -> String {
    let driver = drawn_as(driver, size, COLOURED);
    rendered(&driver.app, Rect::new(0, 0, size.0, size.1), COLOURED)
}

/// The picture as it is now.
pub(super) fn shown(app: &App, size: (u16, u16)) -> String {
    rendered(app, Rect::new(0, 0, size.0, size.1), COLOURED)
}

/// Draws at the size until the program knows it.
pub(super) fn drawn(driver: Driver, size: (u16, u16)) -> Driver {
    drawn_as(driver, size, COLOURED)
}

fn drawn_as(mut driver: Driver, (width, height): (u16, u16), theme: Theme) -> Driver {
    let area = Rect::new(0, 0, width, height);
    for _ in 0..2 {
        let drawn = draw(&driver.app, theme, area, &mut Buffer::empty(area));
        driver = driver.send(Msg::Geometry(drawn.geometry));
    }
    driver
}

/// The words of the picture in reading order, without frames, styles and line breaks.
pub(super) fn words(driver: Driver, size: (u16, u16)) -> String {
    let text = picture(driver, size);
    let rows = text.lines().map(|line| line.rsplit_once('│').map_or("", |(row, _)| row));
    let text = rows.collect::<Vec<_>>().join(" ").replace(['│', '─', '┌', '┐', '└', '┘'], " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Several organizations, drawn at the size until they know it.
pub(in crate::ui) fn several_drawn(several: &mut Several, (width, height): (u16, u16)) -> String {
    let area = Rect::new(0, 0, width, height);
    for _ in 0..2 {
        let drawn = draw_dashboard(&several.dashboard, COLOURED, area, &mut Buffer::empty(area));
        several.step(several.dashboard.present(), Msg::Geometry(drawn.geometry));
    }
    rendered_by(area, |buffer| draw_dashboard(&several.dashboard, COLOURED, area, buffer))
}

fn rendered(app: &App, area: Rect, theme: Theme) -> String {
    rendered_by(area, |buffer| draw(app, theme, area, buffer))
}

fn rendered_by(area: Rect, draw: impl FnOnce(&mut Buffer) -> Drawn) -> String {
    let mut buffer = Buffer::empty(area);
    let drawn = draw(&mut buffer);
    let mut text = String::new();
    for y in 0..area.height {
        let cells: Vec<&Cell> = (0..area.width).filter_map(|x| buffer.cell((x, y))).collect();
        text.push_str(&row(&cells));
        text.push_str("│ ");
        text.push_str(&runs(&cells));
        text.truncate(text.trim_end().len());
        text.push('\n');
    }
    match drawn.cursor {
        Some(cursor) => format!("{text}cursor {},{}\n", cursor.x, cursor.y),
        None => format!("{text}no cursor\n"),
    }
}

/// The symbols; the cell behind a wide one is its second half.
fn row(cells: &[&Cell]) -> String {
    let mut text = String::new();
    let mut covered = 0;
    for cell in cells {
        if covered > 0 {
            covered -= 1;
            continue;
        }
        text.push_str(cell.symbol());
        covered = crate::domain::text::width(cell.symbol()).saturating_sub(1);
    }
    text
}

/// `0-7 cyan bold`: from column to column, for all that is not plain.
fn runs(cells: &[&Cell]) -> String {
    let mut runs: Vec<(usize, usize, String)> = Vec::new();
    for (column, cell) in cells.iter().enumerate() {
        let name = name(cell.style());
        if name.is_empty() {
            continue;
        }
        match runs.last_mut() {
            Some((_, end, last)) if *end + 1 == column && *last == name => *end = column,
            _ => runs.push((column, column, name)),
        }
    }
    runs.iter().map(|(start, end, name)| format!("{start}-{end} {name}")).collect::<Vec<_>>().join(", ")
}

fn name(style: Style) -> String {
    let mut words = Vec::new();
    for (ground, colour) in [("", style.fg), ("on ", style.bg)] {
        if let Some(colour) = colour.filter(|colour| *colour != Color::Reset) {
            words.push(format!("{ground}{colour}").to_lowercase());
        }
    }
    for (modifier, word) in [
        (Modifier::BOLD, "bold"),
        (Modifier::DIM, "dim"),
        (Modifier::REVERSED, "reversed"),
        (Modifier::UNDERLINED, "underlined"),
    ] {
        if style.add_modifier.contains(modifier) {
            words.push(word.to_owned());
        }
    }
    words.join(" ")
}
