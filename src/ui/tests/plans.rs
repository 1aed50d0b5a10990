//! Pictures of the dialogs of bulk plans.

use super::picture::{ASCII, COLOURLESS, Scene, words};
use crate::app::effect::{Read, TextFile};
use crate::app::msg::Answer;
use crate::app::tests::editing::{list_of_garbage, listed, listed_as};
use crate::app::tests::harness::Driver;
use crate::app::tests::plans::{
    asking, begun, item_report, naming, read, read_as, reports_all, resuming, with_open_plan,
};
use crate::app::tests::walk::Found;
use crate::app::tests::world::*;
use crate::domain::api_error::ApiErrorKind;
use crate::domain::email_plan::{PlanId, PlanNote};
use crate::domain::run::{Run, RunReport};

const ALL: &[(u16, u16)] = &[(60, 15), (80, 24), (120, 36)];
const SOME: &[(u16, u16)] = &[(60, 15), (80, 24)];

/// Everything that can be wrong, in one file.
const WRONG: &str = "account_id,new_email\n\
                     111122223333,a@example.com\n\
                     444455559999,b@example.com\n\
                     555566667777,c@example.com\n\
                     44455556666,d@example.com\n\
                     4.44456E+11,e@example.com\n\
                     999999999999,f@example.com\n\
                     444455556666,aws+sandbox08@example.com\n\
                     444455557777,AWS+sandbox08@example.com\n\
                     444455558888,root kensho@example.com\n\
                     444455558888,root-kensho@corp.example\n\
                     222233334444,root-audit@corp.example\n\
                     666677778888,root-audit@corp.example\n";

fn wrong() -> Driver {
    read(naming(), WRONG)
}

fn typed() -> Driver {
    asking().press("space tab").types("3")
}

/// One started, one that AWS refused, one in progress.
fn in_progress() -> Driver {
    let driver = begun().reports(RunReport::PlanKept(PlanId(7)));
    let Run::StartEmailChanges { plan, accounts, .. } = driver.run().clone() else { panic!("a plan") };
    let driver = driver.after(1).reports(item_report(&plan, &accounts[0], &Found::Full));
    driver.after(1).reports(item_report(&plan, &accounts[1], &Found::Unread))
}

fn halted() -> Driver {
    let driver = in_progress().reports(RunReport::Halted(api_error(ApiErrorKind::ExpiredCredentials)));
    driver.reports(RunReport::Ended).some_text().0
}

fn done() -> Driver {
    let driver = reports_all(begun().reports(RunReport::PlanKept(PlanId(7))), &Found::Full);
    let (driver, file) = driver.reports(RunReport::Ended).some_text();
    let TextFile::Save(path, purpose, _) = file else { panic!("results") };
    driver.gets(Answer::TextSaved(path, purpose, Ok(())))
}

fn menu() -> Driver {
    Driver::ready_in(with_open_plan()).press("2 b").asks(&[Read::Stored]).aws_answers_to(Read::Stored)
}

fn template() -> Driver {
    let marked = Driver::ready().on(SANDBOX_07).press("space").on(SUSPENDED).press("space").on(KENSHO);
    marked.press("space T tab").types("corp.example")
}

#[test]
fn the_file_of_a_plan_is_named() {
    Scene::of("plan file", naming).at(ALL);
    let semicolons = || read(naming(), "account_id;new_email\n");
    Scene::of("plan unreadable", semicolons).at(SOME);
    Scene::of("plan reading", || naming().types("plan.csv").press("enter enter").some_text().0).at(&[(80, 24)]);
}

#[test]
fn all_that_is_wrong_is_shown_by_line() {
    let scene = Scene::of("plan problems", wrong);
    scene.at(ALL);
    scene.drawn_as("colourless", COLOURLESS).at(&[(80, 24)]);
    let text = words(wrong(), (120, 60));
    for line in (2..=13).filter(|line| *line != 12) {
        assert!(text.contains(&format!("line {line}: ")), "line {line}: {text}");
    }
}

#[test]
fn how_a_file_was_read_is_shown_above_its_problems_and_above_what_would_be_started() {
    let good = "account_id;new_email\n４４４４55556666;root-sandbox07@example.com\n";
    let both = [good, "account_id;new_email\n４４４455559999;root@example.com\n"];
    for text in both {
        let shown = words(read_as(naming(), text, Some(PlanNote::Utf16)), (120, 36));
        let notes = ["UTF-16", "columns separated by semicolons", "full-width digits", "line 2"];
        let missing: Vec<_> = notes.into_iter().filter(|note| !shown.contains(note)).collect();
        assert!(missing.is_empty(), "{missing:?}: {shown}");
    }
    let plain = words(read(naming(), crate::app::tests::plans::FILE), (120, 36));
    assert!(!plain.contains("read as") && !plain.contains("separated by"), "{plain}");
    Scene::of("plan notes", move || read_as(naming(), good, Some(PlanNote::Utf16))).at(SOME);
}

#[test]
fn what_would_be_started_is_shown() {
    let scene = Scene::of("plan asking", asking);
    scene.at(ALL);
    scene.drawn_as("ascii", ASCII).at(&[(80, 24)]);
    Scene::of("plan confirmed", typed).at(SOME);
    let untrusting = || read(Driver::ready_in(World::untrusting()).press("2 b"), crate::app::tests::plans::FILE);
    Scene::of("plan refused", untrusting).at(&[(80, 24)]);
}

#[test]
fn a_plan_in_progress_and_what_came_of_it() {
    Scene::of("plan under way", in_progress).at(ALL);
    Scene::of("plan halted", halted).at(SOME);
    Scene::of("plan done", done).at(SOME);
}

#[test]
fn a_plan_that_is_not_finished_is_gone_on_with() {
    Scene::of("plan open", || Driver::ready_in(with_open_plan())).at(&[(80, 24)]);
    Scene::of("plan menu", menu).at(SOME);
    Scene::of("plan resuming", resuming).at(ALL);
}

#[test]
fn a_template_is_asked_for() {
    Scene::of("plan template", template).at(ALL);
}

#[test]
fn the_list_of_a_plan_can_be_edited() {
    Scene::of("plan list", listed).at(ALL);
    Scene::of("plan list ascii", listed).drawn_as("ascii", ASCII).at(&[(80, 24)]);
    Scene::of("plan list typing", || listed().press("j enter")).at(SOME);
    Scene::of("plan list taken out", || listed().press("space")).at(SOME);
    Scene::of("plan list buttons", || listed().press("tab tab")).at(SOME);
    Scene::of("plan list problems", || listed_as("root@example.com").press("tab tab enter")).at(ALL);
    Scene::of("plan list garbage", list_of_garbage).at(SOME);
    let edited = || listed().press("enter ctrl-u").types("seven@example.com").press("enter space esc");
    Scene::of("plan pattern edited", edited).at(SOME);
    Scene::of("plan pattern other", move || edited().press("shift-tab shift-tab backspace")).at(SOME);
    let many = || Driver::ready().press("* e").types("root+{id}@corp.example").press("enter enter");
    Scene::of("plan list of all", many).at(&[(60, 15), (100, 30), (160, 45)]);
}
