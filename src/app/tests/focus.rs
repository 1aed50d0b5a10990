//! Where the focus of a dialog starts.

use super::harness::Driver;
use super::plans::naming;
use super::rooted::{choosing, on_sandbox};
use super::world::*;
use crate::app::dialogs::confirm::Confirm;
use crate::app::focus::Focus;
use crate::app::state::choices::RootTask;
use crate::domain::change::{Change, Danger, Switch};
use crate::domain::root_feature::RootFeature;

fn strong() -> Driver {
    Driver::ready_in(World { delegates: vec![], ..World::default() }).press("t j enter")
}

#[test]
fn the_focus_starts_in_the_field_of_every_dialog_that_has_one() {
    let dialogs: [fn() -> Driver; 7] = [
        || Driver::ready().on(SANDBOX_07).press("e"),
        || Driver::ready().press("4 g D"),
        || on_sandbox().press(&choosing(RootTask::UnlockQueue)),
        || Driver::ready().press("t j j j enter").press("ctrl-r"),
        Driver::awaiting_code,
        naming,
        strong,
    ];
    for dialog in dialogs {
        let driver = dialog();
        let dialog = driver.layer().expect("a dialog").dialog();
        assert!(dialog.focuses().contains(&Focus::Field), "{:?}", driver.layer());
        assert_eq!(dialog.form().map(|form| form.focus), Some(Focus::Field), "{:?}", driver.layer());
    }
}

#[test]
fn without_a_field_it_starts_on_the_action_of_a_mild_change_and_on_cancel_of_any_other() {
    for on in [true, false] {
        let change = Switch::RootFeature(RootFeature::RootSessions).set(on);
        let dialog = Confirm::new(change.clone(), None, None);
        let expected = match (dialog.typed.is_some(), change.danger()) {
            (true, _) => Focus::Field,
            (false, Danger::Mild) => Focus::Act,
            (false, _) => Focus::Cancel,
        };
        assert_eq!((dialog.form.focus, change.danger() == Danger::Mild), (expected, on), "{change:?}");
    }
    // What can't be made now has no field, however dangerous it is.
    let refusal = Some(crate::domain::permit::Refusal::ReadOnly);
    let change: Change = Switch::RootFeature(RootFeature::RootSessions).set(false);
    assert_eq!(Confirm::new(change, refusal, None).form.focus, Focus::Cancel);
}
