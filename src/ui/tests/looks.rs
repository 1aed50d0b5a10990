//! What holds of the colours and signs of every picture.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

use super::picture::{ASCII, COLOURED, COLOURLESS, drawn};
use super::{board, journal};
use crate::app::effect::Read;
use crate::app::shell::App;
use crate::app::tests::harness::Driver;
use crate::app::tests::world::*;
use crate::domain::text::width;
use crate::ui::draw;
use crate::ui::palette::seen::contrast;
use crate::ui::theme::{ColorScheme, Glyph, Theme};

/// The least contrast of text to read.
const LEAST: f64 = 4.5;

fn drawn_in(app: &App, area: Rect, theme: Theme) -> Buffer {
    let mut buffer = Buffer::empty(area);
    let _ = draw(app, theme, area, &mut buffer);
    buffer
}

/// Checks the picture in every theme.
#[track_caller]
pub(super) fn check(app: &App, area: Rect) {
    for scheme in [ColorScheme::Dark, ColorScheme::Light, ColorScheme::HighContrast, ColorScheme::ColourBlind] {
        let buffer = drawn_in(app, area, Theme::of(scheme, false));
        for row in rows(&buffer) {
            uncovered(&row).for_each(|cell| is_readable(cell, scheme));
        }
    }
    for theme in [COLOURED, COLOURLESS, ASCII] {
        let buffer = drawn_in(app, area, theme);
        for row in rows(&buffer) {
            fills_the_row(&row, theme.glyph(Glyph::Selected));
        }
        assert!(buffer.content().iter().all(|cell| !matches!(cell.fg, Color::DarkGray | Color::Gray)));
    }
    let nice: String = Glyph::ALL.map(|glyph| COLOURED.glyph(glyph)).concat() + "│─┌┐└┘├┤┬┴┼";
    let ascii = drawn_in(app, area, ASCII);
    let missed = ascii.content().iter().find(|cell| !cell.symbol().is_ascii() && nice.contains(cell.symbol()));
    assert!(missed.is_none(), "not ASCII: {missed:?}");
}

/// In a fixed theme every cell has its colours, and their contrast is enough.
#[track_caller]
fn is_readable(cell: &Cell, scheme: ColorScheme) {
    let reached = contrast(cell.fg, cell.bg);
    assert!(reached.is_some_and(|reached| reached >= LEAST), "{scheme:?}: {reached:?} {cell:?}");
    assert!(!cell.modifier.contains(Modifier::DIM), "{scheme:?}: {cell:?}");
}

fn rows(buffer: &Buffer) -> impl Iterator<Item = Vec<&Cell>> {
    buffer.area.rows().map(|row| (row.left()..row.right()).filter_map(|x| buffer.cell((x, row.y))).collect())
}

/// Without the second halves of wide characters, which have no style of their own.
fn uncovered<'a>(row: &[&'a Cell]) -> impl Iterator<Item = &'a Cell> {
    row.iter()
        .scan(0, |covered: &mut usize, cell| {
            let is_covered = *covered > 0;
            *covered = if is_covered { *covered - 1 } else { width(cell.symbol()).saturating_sub(1) };
            Some((*cell, is_covered))
        })
        .filter_map(|(cell, is_covered)| (!is_covered).then_some(cell))
}

/// Behind the sign of a selected row everything is reversed, in one colour, up to a frame or the blank before it.
#[track_caller]
fn fills_the_row(row: &[&Cell], sign: &str) {
    let is_sign = |pair: &[&Cell]| matches!(pair, [before, at] if at.symbol() == sign && before.symbol() != "-");
    let Some(start) = row.windows(2).position(is_sign).map(|before| before + 1) else { return };
    let rest = row.get(start + 1..).unwrap_or_default();
    let count = rest.iter().take_while(|cell| is_selected(cell)).count();
    let behind: String = rest.iter().skip(count).take(2).map(|cell| cell.symbol()).collect();
    let text: String = row.iter().map(|cell| cell.symbol()).collect();
    let is_edge = behind.trim_start().starts_with(['│', '|', '┌', '└', '├', '┤', '┼', '┃', '+', '#']);
    assert!(count > 10 && is_edge, "only {count} columns are selected: {text}");
}

fn is_selected(cell: &Cell) -> bool {
    cell.fg == Color::Reset && cell.modifier.contains(Modifier::REVERSED) && !cell.modifier.contains(Modifier::DIM)
}

/// The text of the selected rows of lists.
fn selected_rows(driver: Driver, size: (u16, u16)) -> Vec<String> {
    let driver = drawn(driver, size);
    let buffer = drawn_in(&driver.app, Rect::new(0, 0, size.0, size.1), COLOURED);
    let sign = COLOURED.glyph(Glyph::Selected);
    let text = |row: Vec<&Cell>| {
        let start = row.iter().position(|cell| cell.symbol() == sign)?;
        let cells = row.get(start + 1..)?.iter().take_while(|cell| is_selected(cell));
        Some(cells.map(|cell| cell.symbol()).collect::<String>().trim().to_owned())
    };
    rows(&buffer).filter_map(text).collect()
}

/// The name of a list, the program with it, and a text in its selected row.
type List = (&'static str, fn() -> Driver, &'static str);

#[test]
fn every_list_shows_its_selected_row_reversed_from_end_to_end() {
    let lists: [List; 13] = [
        ("accounts", || Driver::ready().on(SANDBOX_07), "sandbox-07"),
        ("switches", || Driver::ready().press("tab tab"), "account.amazonaws.com"),
        ("email changes", board::board, "444455558888"),
        ("root access", || Driver::ready().press("3").on(SANDBOX_07), "sandbox-07"),
        ("organization", || Driver::ready().press("4"), "account.amazonaws.com"),
        ("readiness", || Driver::ready().press("5").asks(&[Read::Readiness, Read::Calls]).aws_answers(), "accounts"),
        ("journal", journal::view_6, "03-14"),
        ("palette", || Driver::ready().press(":"), "open"),
        ("menu of switches", || Driver::ready().press("t"), "account.amazonaws.com"),
        ("copy menu", || Driver::ready().on(SANDBOX_07).press("y"), "444455556666"),
        ("profiles", || Driver::ready().press("w").asks(&[Read::Profiles]).aws_answers_to(Read::Profiles), "prod"),
        ("menu of root tasks", || Driver::ready().on(SANDBOX_07).press("p"), "Allow password recovery"),
        ("audit menu", || Driver::ready().press("3 A"), "quick"),
    ];
    let mut wrong = Vec::new();
    for (name, driver, text) in lists {
        let rows = selected_rows(driver(), (120, 36));
        if !rows.iter().any(|row| row.to_lowercase().contains(&text.to_lowercase())) {
            wrong.push(format!("{name}: {rows:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_selected_row_covers_a_list_to_its_frame() {
    let driver = drawn(Driver::ready().on(SANDBOX_07), (80, 24));
    let buffer = drawn_in(&driver.app, Rect::new(0, 0, 80, 24), COLOURED);
    let reversed =
        rows(&buffer).map(|row| row.iter().filter(|cell| is_selected(cell)).count()).max().unwrap_or_default();
    assert_eq!(reversed, 77, "all but the frame and the sign");
}

#[test]
fn a_fixed_theme_fills_the_screen_under_dialogs_too() {
    let dialog = drawn(Driver::ready().on(SANDBOX_07).press("e"), (80, 24));
    let buffer = drawn_in(&dialog.app, Rect::new(0, 0, 80, 24), Theme::of(ColorScheme::Light, false));
    assert!(buffer.content().iter().all(|cell| cell.bg == Color::Indexed(255)), "a hole in the background");
    let low = drawn_in(&dialog.app, Rect::new(0, 0, 20, 4), Theme::of(ColorScheme::Light, false));
    assert!(low.content().iter().all(|cell| cell.bg == Color::Indexed(255)));
}
