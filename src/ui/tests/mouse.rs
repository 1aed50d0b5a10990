//! Clicks and the wheel, at words of the picture that is on screen.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::picture::{COLOURED, drawn};
use crate::app::command::KeyContext;
use crate::app::focus::Focus;
use crate::app::layers::Layer;
use crate::app::mouse::{Mouse, MouseAction, Target};
use crate::app::msg::Msg;
use crate::app::start::Start;
use crate::app::state::columns::Column;
use crate::app::tests::harness::{Driver, start};
use crate::app::tests::world::*;
use crate::app::view::ViewId;
use crate::domain::change::Switch;
use crate::domain::permit::Rules;
use crate::domain::root_feature::RootFeature;
use crate::ui::draw;

const WIDE: (u16, u16) = (120, 36);
const NARROW: (u16, u16) = (80, 24);

/// What is at the first place of these words.
fn at(driver: &Driver, size: (u16, u16), words: &str) -> Option<Target> {
    let area = Rect::new(0, 0, size.0, size.1);
    let mut buffer = Buffer::empty(area);
    let drawn = draw(&driver.app, COLOURED, area, &mut buffer);
    let place = area.positions().find(|place| {
        let row = (place.x..area.right())
            .filter_map(|x| buffer.cell(Position { x, ..*place }))
            .map(ratatui::buffer::Cell::symbol);
        row.take(words.chars().count()).collect::<String>() == words
    });
    drawn.at(place.unwrap_or_else(|| panic!("{words} is not on screen")))
}

fn acts(driver: Driver, size: (u16, u16), words: &str, action: MouseAction) -> Driver {
    let driver = drawn(driver, size);
    match at(&driver, size, words) {
        Some(target) => driver.send(Msg::Mouse(Mouse { action, target })),
        None => driver,
    }
}

fn click(driver: Driver, words: &str) -> Driver {
    acts(driver, WIDE, words, MouseAction::Click)
}

#[test]
fn a_click_on_a_tab_shows_its_view() {
    let driver = click(Driver::ready(), "Journal");
    assert_eq!(driver.aws_answers().app.view, ViewId::Journal);
}

#[test]
fn a_click_selects_a_row_and_a_second_one_looks() {
    let driver = click(Driver::ready(), SANDBOX_07);
    assert_eq!((driver.app.selected_id(), driver.layer()), (Some(id(SANDBOX_07)), None));
    let driver = acts(driver.aws_answers(), NARROW, SANDBOX_07, MouseAction::Click).aws_answers();
    assert!(driver.app.geometry().one_pane || driver.layer().is_none());
    let details = drawn(driver, NARROW);
    assert_eq!(details.app.place(), KeyContext::Details);
}

#[test]
fn a_second_click_changes_nothing_where_enter_would() {
    let driver = Driver::ready().press("4 g");
    let row = click(driver, "iam.amazonaws.com");
    let again = click(row, "iam.amazonaws.com");
    assert!(again.quietly().layer().is_none(), "the switch is not turned");
}

#[test]
fn a_click_on_a_head_sorts_and_another_reverses() {
    let driver = click(Driver::ready(), "PRIMARY EMAIL");
    assert_eq!((driver.app.model.accounts.sort, driver.app.model.accounts.reversed), (Column::Email, false));
    let driver = click(driver, "PRIMARY EMAIL");
    assert_eq!((driver.app.model.accounts.sort, driver.app.model.accounts.reversed), (Column::Email, true));
}

#[test]
fn the_wheel_moves_what_is_under_it_and_not_what_has_the_focus() {
    let driver = Driver::ready().press("g");
    let first = driver.app.model.accounts.list.index();
    let driver = acts(driver, WIDE, SANDBOX_07, MouseAction::Wheel(1));
    assert_eq!(driver.app.model.accounts.list.index(), first + 3);
    let driver = acts(driver, WIDE, SANDBOX_07, MouseAction::Wheel(-1));
    assert_eq!(driver.app.model.accounts.list.index(), first);
}

#[test]
fn a_click_outside_a_dialog_does_nothing() {
    let driver = drawn(Driver::ready().on(SANDBOX_07).press("e"), WIDE);
    for outside in ["Journal", "Accounts"] {
        assert_eq!(at(&driver, WIDE, outside), None, "{outside}");
    }
    let corner = at(&driver, WIDE, "rootdeck");
    assert_eq!(corner, None);
}

/// The dialog that was opened so long ago that a click is no double click.
fn seen(driver: Driver) -> Driver {
    driver.after(1)
}

#[test]
fn a_click_on_a_button_presses_it_once_the_dialog_was_seen() {
    let dialog = || Driver::ready().press("t j j j enter");
    let driver = click(dialog(), "[ Cancel ]");
    assert!(matches!(driver.layer(), Some(Layer::Confirm(_))), "a double click is for the dialog before");
    let driver = click(seen(driver), "[ Cancel ]");
    assert!(driver.layer().is_none());
    click(seen(dialog()), "[ Enable ]").writing(&Switch::RootFeature(RootFeature::RootSessions).set(true));
}

#[test]
fn a_click_on_a_dangerous_button_needs_what_enter_needs() {
    let dialog = || seen(Driver::ready_in(World { delegates: vec![], ..World::default() }).press("t j enter"));
    let driver = click(dialog(), "[ Disable ]").quietly();
    assert!(matches!(driver.layer(), Some(Layer::Confirm(confirm)) if confirm.form.focus == Focus::Field));
    // A click puts the cursor into a field, too.
    let Some(Layer::Confirm(confirm)) = driver.layer() else { panic!("it stays open") };
    let token = confirm.change.token().expect("a token");
    let typed = dialog().types(&token);
    let change = confirm.change.clone();
    click(seen(typed), "[ Disable ]").writing(&change);
}

#[test]
fn a_required_reason_is_required_of_the_mouse_as_well() {
    let rules = Rules { reason_required: true, ..Rules::default() };
    let driver = Driver::ready_with(Start { rules, ..start() }, World { delegates: vec![], ..World::default() });
    let driver = driver.press("t j enter");
    let Some(Layer::Confirm(confirm)) = driver.layer() else { panic!("a confirmation") };
    let token = confirm.change.token().expect("a token");
    let driver = click(seen(driver.types(&token)), "[ Disable ]").quietly();
    assert!(matches!(driver.layer(), Some(Layer::Reason(_))));
}

#[test]
fn a_click_takes_from_a_menu_only_what_asks_first() {
    let driver = Driver::ready().press("t");
    let driver = click(driver, "RootSessions");
    assert!(matches!(driver.layer(), Some(Layer::Switches(_))), "the first click selects");
    let driver = click(driver, "RootSessions").quietly();
    assert!(matches!(driver.layer(), Some(Layer::Confirm(_))));
    let driver = Driver::ready_in(managed()).press("3 A");
    let driver = click(click(driver, "all: "), "all: ").quietly();
    assert!(matches!(driver.layer(), Some(Layer::AuditMenu(_))), "an audit may start without a question");
}

#[test]
fn a_click_on_the_tab_of_the_view_leads_back_to_its_list() {
    let driver = drawn(Driver::ready().press("enter").aws_answers(), NARROW);
    assert_eq!(driver.app.place(), KeyContext::Details);
    let driver = acts(driver, NARROW, "1 Accounts", MouseAction::Click);
    assert_eq!(driver.app.place(), KeyContext::Accounts);
}
