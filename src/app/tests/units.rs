//! The organizational units, counted, and the accounts of one of them.

use super::harness::Driver;
use super::world::*;
use crate::app::command_id::{CommandId, DisabledReason};
use crate::app::dialogs::units::BrowseUnits;
use crate::app::effect::Read;
use crate::app::layers::Layer;
use crate::app::notification::Notification;
use crate::app::view::ViewId;

fn dialog(driver: &Driver) -> &BrowseUnits {
    match driver.layer() {
        Some(Layer::Units(dialog)) => dialog,
        other => panic!("no units: {other:?}"),
    }
}

fn counts(driver: &Driver) -> Vec<(String, usize, usize)> {
    dialog(driver).units.iter().map(|unit| (unit.names.join(" > "), unit.active, unit.all)).collect()
}

#[test]
fn each_unit_counts_the_accounts_in_it_and_below_it() {
    let driver = Driver::ready().press("B").quietly();
    let expected = [("", 6, 8), ("Core", 2, 2), ("Sandbox", 3, 4), ("Sandbox > Team A", 2, 3), ("Suspended", 0, 1)];
    assert_eq!(counts(&driver), expected.map(|(name, active, all)| (name.to_owned(), active, all)));
}

#[test]
fn choosing_a_unit_filters_view_1_by_it_from_any_view() {
    let driver = Driver::ready().press("/").types("core").press("enter 3 B j j enter").quietly();
    assert_eq!((driver.app.view, driver.layer()), (ViewId::Accounts, None));
    assert_eq!(driver.app.model.accounts.filter.text(), "ou:\"Sandbox/\"");
    let mut rows = driver.app.model.accounts.list.rows().to_vec();
    rows.sort_unstable();
    assert_eq!(rows, [SANDBOX_07, SANDBOX_08, KENSHO, SUSPENDED].map(id));
    let driver = driver.press("B j j j enter").quietly();
    assert_eq!(driver.app.model.accounts.list.rows().len(), 3, "those of the unit below");
    let driver = driver.press("B g enter").quietly();
    assert_eq!((driver.app.model.accounts.list.rows().len(), driver.app.model.accounts.filter.text()), (8, ""));
}

#[test]
fn accounts_that_aws_does_not_place_come_last() {
    let mut world = World::default();
    world.accounts[4].unit_ids = None;
    let driver = Driver::ready_in(world).press("B G");
    assert_eq!(counts(&driver).last(), Some(&(String::new(), 1, 1)));
    let driver = driver.press("enter").quietly();
    assert_eq!(driver.app.model.accounts.list.rows(), [id(KENSHO)]);
}

#[test]
fn the_cursor_stays_on_its_unit_while_accounts_come_and_go() {
    let mut world = World::default();
    world.accounts.retain(|account| account.unit_ids.as_deref() != Some(&["ou-ab12-core".to_owned()]));
    let reads = [
        Read::Organization,
        Read::Accounts,
        Read::UnitNames,
        Read::TrustedAccess,
        Read::RootFeatures,
        Read::DelegatedAdministrators,
    ];
    let mut driver = Driver::ready_in(world).press("r").asks(&reads).press("B j j");
    assert_eq!(counts(&driver)[2].0, "Sandbox > Team A");
    driver.world.accounts = World::default().accounts;
    let driver = driver.aws_answers();
    assert_eq!(counts(&driver)[1].0, "Core", "a row above that was not there");
    let driver = driver.press("enter").quietly();
    assert_eq!(driver.app.model.accounts.filter.text(), "ou:\"Sandbox/Team A/\"");
}

#[test]
fn without_accounts_there_is_nothing_to_browse() {
    let driver = Driver::started(super::harness::start(), World::default()).asks(&[Read::Stored, Read::Connect]);
    let driver = driver.press("B");
    driver.says(&Notification::Unavailable(CommandId::BrowseUnits, DisabledReason::NotReadYet)).quietly();
}
