//! Help, palette and keys come from one table and reach all of it.

use super::harness::{Driver, start};
use super::world::World;
use crate::app::Start;
use crate::app::command::{COMMANDS, Place, by_key};
use crate::app::layers::Layer;

/// The driver in each place, and the place.
fn places() -> Vec<(Driver, Place)> {
    let demo = || Driver::ready_with(Start { demo: true, ..start() }, World::default());
    let places = vec![
        (demo(), Place::Accounts),
        (demo().press("l"), Place::Details),
        (demo().press("l l"), Place::Switches),
        (demo().press("3"), Place::RootAccess),
        (demo().press("4"), Place::Organization),
        (demo().press("7"), Place::Mailbox),
    ];
    for (driver, place) in &places {
        assert_eq!(driver.app.place(), *place);
    }
    places
}

#[test]
fn help_is_about_the_place_it_was_called_from() {
    for (driver, place) in places() {
        let driver = driver.press("?");
        assert!(matches!(driver.layer(), Some(Layer::Help(reader)) if reader.about == place), "{place:?}");
    }
}

#[test]
fn help_in_a_dialog_is_about_the_dialog() {
    let driver = Driver::awaiting_code().press("?");
    assert!(matches!(driver.layer(), Some(Layer::Help(reader)) if reader.about == Place::Dialog));
    assert_eq!(driver.press("esc").app.place(), Place::Dialog);
}

#[test]
fn the_palette_holds_every_command_of_its_place_and_no_other() {
    for (driver, place) in places() {
        let driver = driver.press(":");
        let Some(Layer::Palette(palette)) = driver.layer() else { panic!("no palette in {place:?}") };
        for (index, command) in COMMANDS.iter().enumerate() {
            let listed = palette.list.rows().contains(&index);
            assert_eq!(listed, command.places.contains(&place), "{:?} in {place:?}", command.id);
        }
    }
}

#[test]
fn the_palette_runs_what_was_searched() {
    let driver = Driver::ready().press(":").types("reverse").press("enter").quietly();
    assert!(driver.app.accounts.reversed);
    assert_eq!(driver.layer(), None);
}

#[test]
fn the_palette_says_why_a_command_can_not_run() {
    use crate::app::command::{CommandId, Why};
    use crate::app::notice::News;
    let news = News::Unavailable(CommandId::EnterOtp, Why::NothingPending);
    Driver::ready().on(super::world::KENSHO).press(":").types("enter the one-time").press("enter").says(&news);
}

#[test]
fn showing_the_code_is_offered_only_where_one_is_entered() {
    use crate::app::command::{CommandId, Why};
    use crate::app::notice::News;
    let news = News::Unavailable(CommandId::DialogReveal, Why::NoCode);
    Driver::ready().on(super::world::SANDBOX_07).press("e tab ctrl-t").says(&news);
}

#[test]
fn every_key_of_the_table_does_what_its_first_command_is() {
    for command in COMMANDS {
        for &place in command.places {
            for &key in command.keys {
                assert_eq!(by_key(place, key).map(|found| found.id), Some(command.id), "{key} in {place:?}");
            }
        }
    }
}

#[test]
fn a_command_that_is_called_so_comes_first_in_the_palette() {
    let driver = Driver::ready().on(super::world::SANDBOX_07).press(":").types("email");
    let Some(Layer::Palette(palette)) = driver.layer() else { panic!("the palette is open") };
    assert_eq!(palette.chosen().map(|command| command.id), Some(crate::app::command::CommandId::ChangeEmail));
}
