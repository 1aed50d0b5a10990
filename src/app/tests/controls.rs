//! What SCPs and RCPs leave to root sessions: asked about the selected account, and again each time.

use super::harness::Driver;
use super::world::*;
use crate::app::dialogs::reader::ControlsOf;
use crate::app::effect::{Effect, Read};
use crate::app::layers::Layer;
use crate::domain::api_error::ApiErrorKind;
use crate::domain::control_policy::Verdict;

fn explained(view: &str) -> Driver {
    let account = id(SANDBOX_07);
    Driver::ready_in(World::default()).press(view).on(SANDBOX_07).press("E").asks(&[Read::Controls(account)])
}

#[test]
fn the_selected_account_is_explained_in_the_views_of_accounts_and_of_root_access() {
    for view in ["1", "3"] {
        let driver = explained(view).aws_answers();
        let Some(Layer::Controls(reader)) = driver.layer() else { unreachable!("a page") };
        assert_eq!(reader.about, ControlsOf(id(SANDBOX_07)));
        let controls = &driver.app.model.controls[&id(SANDBOX_07)];
        let member = controls.value().and_then(|controls| controls.member.as_ref()).expect("judged");
        assert_eq!(member.verdict(), Verdict::Blocked);
        // The change may have been made meanwhile: each time AWS is asked.
        driver.press("esc E").asks(&[Read::Controls(id(SANDBOX_07))]);
    }
}

#[test]
fn a_failure_is_on_the_page_and_in_no_notification() {
    let driver = explained("3").fails(Read::Controls(id(SANDBOX_07)), ApiErrorKind::AccessDenied);
    assert!(driver.app.model.controls[&id(SANDBOX_07)].error().is_some());
    assert!(driver.notification().is_none());
}

#[test]
fn the_change_is_copied_for_whoever_owns_the_policy() {
    let driver = explained("1").aws_answers();
    let member = driver.app.model.controls[&id(SANDBOX_07)].value().and_then(|it| it.member.clone()).expect("judged");
    let text = member.exemptions[0].diff(&member.way).join("\n") + "\n";
    assert!(text.starts_with("--- DenyRootUser (p-2kgnabcd)\n+++ "), "{text}");
    assert!(text.contains("\n+          \"aws:AssumedRoot\": \"true\"\n"), "{text}");
    driver.press("y").wants(&Effect::Copy(text));
}
