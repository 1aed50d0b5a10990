//! The cursor stays on its account, whatever becomes of the rows around it.

use proptest::prelude::*;

use super::harness::{Driver, key, start};
use super::world::*;
use crate::app::key::Key;
use crate::app::msg::{Answer, Msg};
use crate::app::shell::App;
use crate::app::view::ViewId;
use crate::domain::account::Account;
use crate::domain::account::AccountId;

#[test]
fn a_filter_that_is_cleared_leaves_the_cursor_on_its_account() {
    let driver = Driver::ready().press("/").types("sandbox").press("enter g j");
    let chosen = driver.app.selected_id();
    assert_ne!(chosen, driver.app.model.accounts.list.rows().first().copied());
    assert_eq!(driver.press("esc").app.selected_id(), chosen);
}

#[test]
fn a_filter_being_typed_leaves_the_cursor_on_its_account_while_that_is_shown() {
    let driver = Driver::ready().on(SANDBOX_08).press("/").types("sandbox-0");
    assert_eq!(driver.app.selected_id(), Some(id(SANDBOX_08)));
    let driver = driver.types("7");
    assert_eq!(driver.app.selected_id(), Some(id(SANDBOX_07)), "the only one that is left");
    assert_eq!(driver.press("backspace").app.selected_id(), Some(id(SANDBOX_07)), "it does not jump back");
}

#[test]
fn each_view_has_a_filter_and_a_cursor_of_its_own() {
    let driver = Driver::ready().press("/").types("kensho").press("enter 3");
    assert_eq!(driver.app.model.root.pane.list.rows().len(), 8);
    let driver = driver.press("/").types("sandbox").press("enter 1");
    assert_eq!((driver.app.model.accounts.filter.text(), driver.app.model.root.filter.text()), ("kensho", "sandbox"));
    assert_eq!(driver.app.model.accounts.list.rows(), [id(KENSHO)]);
    let driver = driver.press("3");
    assert_eq!(driver.app.model.root.pane.list.rows().len(), 4);
}

/// What can become of the rows.
#[derive(Clone, Debug)]
enum Step {
    Press(&'static str),
    Type(char),
    /// The listing is read again and lacks these accounts, by their places.
    Relist(Vec<usize>),
    /// An account is audited, with a finding or without.
    Audit(usize, bool),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => prop::sample::select(vec!["j", "k", "g", "G", "1", "3", "s", "S", "/", "enter", "esc", "backspace", "r"])
            .prop_map(Step::Press),
        4 => prop::sample::select(vec!['s', 'a', 'n', 'd', '-', '0', '|', ' ', '検', ':', '"']).prop_map(Step::Type),
        1 => prop::collection::vec(0usize..8, 0..3).prop_map(Step::Relist),
        1 => (0usize..8, any::<bool>()).prop_map(|(which, finding)| Step::Audit(which, finding)),
    ]
}

/// Whether the person moves the cursor, or goes to a view with another one.
fn moves(app: &App, pressed: &str) -> bool {
    !app.is_typing() && matches!(pressed, "j" | "k" | "g" | "G" | "1" | "3")
}

fn shown(app: &App) -> &[AccountId] {
    if app.view == ViewId::RootAccess { app.model.root.pane.list.rows() } else { app.model.accounts.list.rows() }
}

proptest! {
    #[test]
    fn the_cursor_stays_on_its_account_while_that_is_listed(steps in prop::collection::vec(step(), 0..40)) {
        let driver = Driver::ready_with(start(), managed()).press("j j");
        let (mut app, all) = (driver.app.clone(), driver.world.accounts.clone());
        for step in steps {
            let (before, view) = (app.selected_id(), app.view);
            let mut free = false;
            match &step {
                Step::Press(name) => {
                    free = moves(&app, name);
                    app.update(noon(), Msg::Key(key(name)));
                }
                Step::Type(c) if app.is_typing() => {
                    app.update(noon(), Msg::Key(Key::char(*c)));
                }
                Step::Type(_) => {}
                Step::Relist(without) => {
                    let left = all.iter().enumerate().filter(|(place, _)| !without.contains(place));
                    let left: Vec<_> = left.map(|(_, account)| account.clone()).collect();
                    relist(&mut app, &left);
                }
                Step::Audit(which, finding) => {
                    let depth = crate::domain::root_credentials::AuditDepth::Quick;
                    let audit = if *finding { full(depth) } else { clean(depth) };
                    app.model.root.apply_audit(all[*which].id, audit, noon());
                }
            }
            app.recompute();
            prop_assert!(view == app.view || free, "{step:?} has left the view");
            if let Some(before) = before.filter(|id| !free && shown(&app).contains(id)) {
                prop_assert_eq!(app.selected_id(), Some(before), "{:?}", step);
            }
            prop_assert_eq!(app.selected_id().is_none(), shown(&app).is_empty());
        }
    }
}

/// Reads the listing again, where no filter takes the key.
fn relist(app: &mut App, accounts: &[crate::domain::account::Account]) {
    if app.is_typing() {
        return;
    }
    let asked = app.update(noon(), Msg::Key(key("r")));
    for effect in asked {
        if let crate::app::effect::Effect::Read(number, crate::app::effect::Read::Accounts) = effect {
            app.update(noon(), Msg::Answer(number, Answer::AccountPages(Account::shared(accounts))));
            app.update(noon(), Msg::Answer(number, Answer::AccountsEnd(Ok(()))));
        }
    }
}
