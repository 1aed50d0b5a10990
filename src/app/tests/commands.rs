//! Help, palette and keys come from one table and reach all of it.

use super::harness::{Driver, start};
use super::world::{World, id};
use crate::app::command::{COMMANDS, by_key};
use crate::app::command_id::{CommandId, CommandInfo, KeyContext};
use crate::app::dialogs::palette::PaletteRow;
use crate::app::key_map::KeyMap;
use crate::app::layers::Layer;
use crate::app::notification::Notification;
use crate::app::start::Start;
use crate::app::view::ViewId;

/// The driver in each place, and the place.
fn places() -> Vec<(Driver, KeyContext)> {
    let demo = || Driver::ready_with(Start { demo: true, ..start() }, World::default());
    let places = vec![
        (demo(), KeyContext::Accounts),
        (demo().press("l"), KeyContext::Details),
        (demo().press("l l"), KeyContext::Switches),
        (demo().press("3"), KeyContext::RootAccess),
        (demo().press("4"), KeyContext::Organization),
        (demo().press("7"), KeyContext::Mailbox),
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
    assert!(matches!(driver.layer(), Some(Layer::Help(reader)) if reader.about == KeyContext::Dialog));
    assert_eq!(driver.press("esc").app.place(), KeyContext::Dialog);
}

#[test]
fn the_palette_holds_every_command_of_the_program_once_and_those_of_its_place_first() {
    for (driver, place) in places() {
        let driver = driver.press(":");
        let Some(Layer::Palette(palette)) = driver.layer() else { panic!("no palette in {place:?}") };
        let listed: Vec<_> = palette.list.rows().iter().filter_map(|row| row.command()).collect();
        for command in COMMANDS {
            let same = |other: &&&CommandInfo| other.id == command.id && other.help == command.help;
            assert_eq!(listed.iter().filter(same).count(), 1, "{:?} in {place:?}", command.id);
        }
        let here: Vec<bool> = listed.iter().map(|command| command.places.contains(&place)).collect();
        assert!(here.is_sorted_by(|one, next| one >= next), "{place:?}");
        let works_here = COMMANDS.iter().filter(|command| command.places.contains(&place)).count();
        assert!(here.iter().filter(|here| **here).count() >= works_here - 2, "{place:?}");
    }
}

/// The command that the palette offers first.
fn first(driver: Driver, text: &str) -> Option<CommandId> {
    let driver = driver.press(":").types(text);
    let Some(Layer::Palette(palette)) = driver.layer() else { panic!("no palette") };
    palette.list.selected().and_then(PaletteRow::command).map(|command| command.id)
}

#[test]
fn the_best_match_comes_first_wherever_it_works() {
    let driver = || Driver::ready().on(super::world::SANDBOX_07);
    assert_eq!(first(driver(), "bulk plan"), Some(CommandId::BulkPlan));
    assert_eq!(first(driver(), "blkpln"), Some(CommandId::BulkPlan), "letters may be missing in a title");
    assert_eq!(first(driver(), "delete"), Some(CommandId::DeleteCredentials));
    assert_eq!(first(driver(), "journal"), Some(CommandId::ViewJournal));
    assert_eq!(first(driver().press("4"), "audit"), Some(CommandId::Audit));
}

#[test]
fn a_command_of_another_view_that_opens_something_is_opened_there() {
    let driver = Driver::ready().press(":").types("mails").press("enter").quietly();
    assert_eq!(driver.app.view, ViewId::EmailChanges);
    assert!(matches!(driver.layer(), Some(Layer::Path(_))));
}

#[test]
fn a_command_about_a_row_of_another_view_waits_for_its_key_there() {
    let go = |text: &str| Driver::ready_in(super::world::managed()).press("4 :").types(text).press("enter").quietly();
    for (text, command, place, view) in [
        ("delete", CommandId::DeleteCredentials, KeyContext::RootAccess, ViewId::RootAccess),
        ("audit", CommandId::Audit, KeyContext::Accounts, ViewId::Accounts),
        ("email", CommandId::ChangeEmail, KeyContext::Accounts, ViewId::Accounts),
    ] {
        let driver = go(text).says(&Notification::WorksThere(command, place));
        assert_eq!((driver.app.view, driver.layer()), (view, None), "{text}");
        assert!(driver.runs.is_empty());
    }
}

#[test]
fn a_command_of_dialogs_says_where_it_works() {
    let driver = Driver::ready().press(":").types("show code").press("enter");
    driver.says(&Notification::WorksThere(CommandId::DialogReveal, KeyContext::Dialog)).quietly();
}

#[test]
fn the_palette_goes_to_an_account_by_its_name_or_id_and_a_filter_that_hides_it_goes() {
    for text in ["sandbox-08", super::world::SANDBOX_08] {
        let driver = Driver::ready().press("/").types("kensho").press("enter 4 :").types(text).press("enter").quietly();
        assert_eq!((driver.app.view, driver.app.selected_id()), (ViewId::Accounts, Some(id(super::world::SANDBOX_08))));
    }
}

#[test]
fn the_palette_runs_what_was_searched() {
    let driver = Driver::ready().press(":").types("reverse").press("enter").quietly();
    assert!(driver.app.model.accounts.reversed);
    assert_eq!(driver.layer(), None);
}

#[test]
fn the_palette_says_why_a_command_can_not_run() {
    use crate::app::command_id::DisabledReason;
    let notification = Notification::Unavailable(CommandId::EnterOtp, DisabledReason::NothingPending);
    Driver::ready().on(super::world::KENSHO).press(":").types("enter the one-time").press("enter").says(&notification);
}

#[test]
fn showing_the_code_is_offered_only_where_one_is_entered() {
    use crate::app::command_id::DisabledReason;
    let notification = Notification::Unavailable(CommandId::DialogReveal, DisabledReason::NoCode);
    Driver::ready().on(super::world::SANDBOX_07).press("e tab ctrl-t").says(&notification);
}

#[test]
fn every_key_of_the_table_does_what_its_first_command_is() {
    for command in COMMANDS {
        for &place in command.places {
            for &key in command.default_keys {
                assert_eq!(
                    by_key(&KeyMap::default(), place, key).map(|found| found.id),
                    Some(command.id),
                    "{key} in {place:?}"
                );
            }
        }
    }
}

#[test]
fn a_command_that_is_called_so_comes_first_in_the_palette() {
    let driver = Driver::ready().on(super::world::SANDBOX_07).press(":").types("email");
    let Some(Layer::Palette(palette)) = driver.layer() else { panic!("the palette is open") };
    assert_eq!(
        palette.list.selected().and_then(PaletteRow::command).map(|command| command.id),
        Some(crate::app::command::CommandId::ChangeEmail)
    );
}

/// What the palette lists first as it opens.
fn offered(driver: &Driver) -> Vec<PaletteRow> {
    let Some(Layer::Palette(palette)) = driver.layer() else { panic!("the palette is open") };
    palette.list.rows().iter().copied().take(3).collect()
}

#[test]
fn the_palette_lists_what_was_chosen_before_first_the_last_on_top_and_once() {
    let driver = Driver::ready().press(":").types("reverse").press("enter :").types("sandbox-08").press("enter :");
    let chosen = offered(&driver);
    assert_eq!(chosen[0], PaletteRow::Account(id(super::world::SANDBOX_08)));
    assert_eq!(chosen[1].command().map(|command| command.id), Some(CommandId::ReverseSort));
    let driver = driver.press("down enter :").quietly();
    assert!(!driver.app.model.accounts.reversed, "it ran once more");
    let chosen = offered(&driver);
    assert_eq!(chosen[0].command().map(|command| command.id), Some(CommandId::ReverseSort));
    assert_eq!(chosen[1], PaletteRow::Account(id(super::world::SANDBOX_08)));
    assert!(chosen[2].command().is_some_and(|command| command.id != CommandId::ReverseSort));
    let typed = driver.types("rev");
    assert_eq!(offered(&typed)[0].command().map(|command| command.id), Some(CommandId::ReverseSort));
}
