//! Pictures of what the listings showed to be otherwise.

use super::picture::{ASCII, COLOURLESS, Scene, words};
use crate::app::msg::Msg;
use crate::app::tests::harness::Driver;
use crate::app::tests::world::*;
use crate::domain::finding::{Difference, Finding};

fn found() -> Driver {
    Driver::ready().send(Msg::Findings(findings()))
}

#[test]
fn accounts_that_are_otherwise_than_before() {
    let scene = Scene::of("findings", || found().on(SANDBOX_07));
    scene.at(&[(60, 15), (80, 24), (120, 36)]);
    scene.drawn_as("colourless", COLOURLESS).at(&[(120, 36)]);
    scene.drawn_as("ascii", ASCII).at(&[(80, 24)]);
    Scene::of("findings filter", || found().press("/").types("found:")).at(&[(80, 24)]);
    Scene::of("findings faded", || Driver::ready().send(Msg::Findings(findings().split_off(3)))).at(&[(120, 36)]);
}

#[test]
fn all_of_them_to_read() {
    let scene = Scene::of("findings reader", || found().press("F"));
    scene.at(&[(60, 15), (80, 24), (120, 36), (200, 50)]);
    scene.drawn_as("colourless", COLOURLESS).at(&[(120, 36)]);
    scene.drawn_as("ascii", ASCII).at(&[(80, 24)]);
    Scene::of("findings read elsewhere", || found().press("F").send(Msg::Findings(vec![]))).at(&[(80, 24)]);
}

/// The account with the long name and address, changed twice.
fn changed_twice() -> Vec<Finding> {
    let listed = "aws+workloads-customer-portal-production@example.com";
    let email = |number, old: &str, new: &str| {
        let difference = Difference::Email { old: old.into(), new: new.into() };
        finding(number, LONG, "workloads-customer-portal-production-eu-central-1", difference)
    };
    vec![email(1, listed, "elsewhere@example.net"), email(2, "elsewhere@example.net", listed)]
}

#[test]
fn an_address_that_was_changed_and_changed_back_is_told_as_that() {
    let back = || Driver::ready().send(Msg::Findings(changed_twice())).on(LONG);
    let text = words(back().press("enter").aws_answers(), (80, 24));
    assert!(text.contains("then elsewhere@example.net"), "{text}");
    Scene::of("findings changed back", move || back().press("F")).at(&[(60, 15), (80, 24)]);
}

#[test]
fn in_the_smallest_usable_screen_the_end_can_be_reached() {
    let driver = found().press("F");
    let end = super::picture::picture(super::picture::drawn(driver, (60, 15)).press("G"), (60, 15));
    assert!(end.contains("Acknowledge: a."), "{end}");
}
