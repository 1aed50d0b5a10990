//! What a dialog shows is read to its end before anything of it can be typed or confirmed.

use std::path::PathBuf;

use super::harness::Driver;
use super::plans::{naming, read};
use super::root_deletion::looking;
use super::rooted::{FIXED, LOCKED, at_buckets, bucket, change, sandbox, saved};
use super::world::*;
use crate::app::command_id::{CommandId, DisabledReason};
use crate::app::dialogs::root_deletion::Stage;
use crate::app::effect::{PolicyFile, Visit};
use crate::app::focus::Focus;
use crate::app::layers::Layer;
use crate::app::msg::Answer;
use crate::app::notification::Notification;
use crate::domain::change::Switch;
use crate::domain::root_change::RootChange;
use crate::domain::root_feature::RootFeature;

/// A text of 20 lines of which 8 are on screen: two pages more.
const SMALL: (usize, usize) = (8, 20);

fn on_small(driver: Driver) -> Driver {
    driver.showing(SMALL.0, SMALL.1)
}

/// Pages down to the end.
fn read_on(driver: Driver) -> Driver {
    let driver = driver.press("page-down");
    assert!(driver.app.has_unread_text(), "a page is still to come");
    let driver = driver.press("page-down").quietly();
    assert!(!driver.app.has_unread_text());
    driver
}

#[test]
fn a_deletion_is_typed_and_confirmed_only_after_its_last_page() {
    let driver = looking(on_small(super::root_deletion::choosing())).audits_all();
    let typed = |driver: &Driver| match driver.layer() {
        Some(Layer::Delete(dialog)) => match &dialog.stage {
            Stage::Asking(asking) => asking.typed.text().to_owned(),
            other => panic!("not asking: {other:?}"),
        },
        other => panic!("no dialog: {other:?}"),
    };
    let driver = driver.types(SANDBOX_07).says(&Notification::ReadFirst).pastes(SANDBOX_07).quietly();
    assert_eq!(typed(&driver), "");
    let driver = driver.press("enter tab tab enter").says(&Notification::ReadFirst).quietly();
    let driver = read_on(driver.press("tab")).types(SANDBOX_07);
    assert_eq!(typed(&driver), SANDBOX_07);
    drop(driver.press("enter enter").runs());
}

#[test]
fn what_is_typed_before_is_answered_wherever_the_focus_is() {
    let driver = looking(on_small(super::root_deletion::choosing())).audits_all();
    let driver = driver.press("tab").focuses(Focus::Cancel).types("4").says(&Notification::ReadFirst).quietly();
    assert_eq!(driver.press("enter").quietly().layer(), None);
}

#[test]
fn cancel_needs_no_reading() {
    let driver = looking(on_small(super::root_deletion::choosing())).audits_all();
    assert_eq!(driver.press("tab enter").quietly().layer(), None);
}

#[test]
fn a_mild_change_waits_for_the_end_of_its_text_too() {
    let on = Switch::RootFeature(RootFeature::RootSessions).set(true);
    let driver = on_small(Driver::ready()).press("t j j j enter").focuses(Focus::Act);
    assert!(matches!(driver.layer(), Some(Layer::Confirm(dialog)) if dialog.change.switch()
        == Some((&Switch::RootFeature(RootFeature::RootSessions), true))));
    let driver = driver.press("enter").says(&Notification::ReadFirst).quietly();
    drop(read_on(driver).press("enter").writing(&on));
}

#[test]
fn mails_are_accepted_only_after_their_last_page_and_read_again_once_they_match_something_else() {
    let driver = on_small(super::mails::view(super::board::every_kind())).pastes(&super::mails::both()).quietly();
    let driver = driver.types("2").says(&Notification::ReadFirst).press("enter").quietly();
    let driver = read_on(driver).types("2").press("enter").focuses(Focus::Act);
    assert!(!driver.app.is_to_be_read_first());
    drop(driver.press("enter").runs());
}

#[test]
fn a_plan_is_confirmed_typed_and_started_only_after_its_last_page() {
    let driver = read(on_small(naming()), super::plans::FILE);
    let driver = driver.press("space").says(&Notification::ReadFirst).press("enter").quietly();
    drop(read_on(driver).press("space tab").types("3").press("enter enter").runs());
}

#[test]
fn a_policy_is_deleted_only_after_its_last_line_and_that_of_its_confirmation() {
    let answer = Answer::Policy(id(SANDBOX_07), bucket(), Ok(Some(LOCKED.into())));
    let page = on_small(at_buckets()).press("enter").visits(&Visit::Policy(sandbox(), bucket())).gets(answer);
    let page = page.press("enter enter").files(&PolicyFile::Save(id(SANDBOX_07), bucket(), LOCKED.into()));
    let page = page.gets(Answer::Saved(bucket(), Ok(PathBuf::from(super::rooted::FILE))));
    let unread = Notification::Unavailable(CommandId::RootTasks, DisabledReason::NotReadToItsEnd);
    let page = read_on(page.press("enter j enter").says(&unread).quietly().press("esc"));
    let dialog =
        page.press("enter j enter").focuses(Focus::Field).types(SANDBOX_07).says(&Notification::ReadFirst).quietly();
    let dialog = read_on(dialog).types(SANDBOX_07).press("enter enter");
    drop(dialog.writing(&change(RootChange::DeletePolicy(bucket()))));
}

#[test]
fn a_policy_from_a_file_is_put_only_after_its_last_line() {
    let path = || PathBuf::from(super::rooted::FILE);
    let asked = on_small(saved()).press("enter j j enter").types(super::rooted::FILE).press("enter enter");
    let asked = asked.files(&PolicyFile::Load(path()));
    let page = asked.gets(Answer::Loaded(path(), Ok(FIXED.into())));
    let page = page
        .press("enter")
        .says(&Notification::Unavailable(CommandId::Choose, DisabledReason::NotReadToItsEnd))
        .quietly();
    let dialog = read_on(page).press("enter").quietly();
    assert!(matches!(dialog.layer(), Some(Layer::Confirm(_))));
}

#[test]
fn what_a_dialog_said_of_a_key_is_gone_with_the_next_key() {
    let driver = on_small(Driver::ready()).press("t j j j enter enter").says(&Notification::ReadFirst);
    assert_eq!(driver.press("page-down").quietly().notification(), None);
}
