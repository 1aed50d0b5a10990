//! Pictures of view 2 and its dialogs.

use super::picture::{ASCII, COLOURLESS, Scene, words};
use crate::app::effect::{Effect, Read, StoreRequest, TextFile, TextUse, Wake};
use crate::app::msg::Answer;
use crate::app::start::Start;
use crate::app::tests::harness::{Driver, refused, start};
use crate::app::tests::world::*;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::email_change::{EmailChangeStatus, StartedEmailChange, StartedProgress};
use crate::domain::permit::Rules;
use crate::domain::run::{Run, RunReport, Steering};
use crate::domain::write::{Seen, WriteOutcome, Written};

const ALL: &[(u16, u16)] = &[(60, 15), (80, 24), (120, 36), (200, 50)];
const SOME: &[(u16, u16)] = &[(60, 15), (80, 24)];

fn follow(account: &str) -> Effect {
    Effect::Wake(std::time::Duration::from_secs(5), Wake::Follow(id(account)))
}

fn world() -> World {
    use StartedProgress as P;
    let mut world = World::default();
    world.stored.started = vec![
        started("2025-03-14T13:14:00Z", P::Pending),
        started_for(SANDBOX_08, OTHER_NEW, "2025-03-14T13:20:00Z", P::Unconfirmed),
        started_for(DELEGATE, "root-audit@example.com", "2025-03-12T13:20:00Z", P::Pending),
        started_for(LONG, "root-workloads-customer-portal@example.com", "2025-03-14T12:20:00Z", P::Accepted),
    ];
    let earlier = started_for(SANDBOX_08, "first-08@example.com", "2025-03-14T09:20:00Z", P::Pending);
    world.stored.earlier = vec![earlier];
    for account in [SANDBOX_07, DELEGATE, KENSHO] {
        world.changes.insert(id(account), EmailChangeStatus::Pending);
    }
    world.changes.insert(id(LONG), EmailChangeStatus::Accepted);
    world
}

/// View 2 with changes of every kind, and one account that AWS did not report.
pub(super) fn board() -> Driver {
    let driver = Driver::ready_in(world()).wants(&follow(LONG)).on(KENSHO).press("v").aws_answers();
    let asked = [Read::PrimaryEmail(id(MANAGEMENT)), Read::EmailChange(id(MANAGEMENT))];
    let driver = driver.press("g").on(MANAGEMENT).press("v").asks(&asked).fails(asked[1], ApiErrorKind::AccessDenied);
    driver.press("2")
}

fn on(account: &'static str) -> impl Fn() -> Driver {
    move || board().press("g").on(account)
}

fn asking() -> Driver {
    let driver = board().press("V G enter").runs();
    let driver =
        driver.after(1).reports(RunReport::EmailChange(id(SANDBOX_07), Ok(report(EmailChangeStatus::Pending))));
    driver.after(1).reports(RunReport::EmailChange(id(DELEGATE), Err(api_error(ApiErrorKind::Throttled))))
}

fn mail_with(address: &str, code: &str) -> String {
    mail(address).replace(CODE, code)
}

/// Two that match, and mails of every kind that do not.
fn mails() -> Driver {
    let text = [
        mail(NEW),
        mail_with(OTHER_NEW, "Ab12Cd"),
        mail_with("root@stranger.example", "111111"),
        mail_with("root-audit@example.com", "222222"),
        mail_with("root-workloads-customer-portal@example.com", "333333"),
        mail_with("twice@example.com", "444444"),
        mail_with("twice@example.com", "555555"),
    ];
    board().pastes(&text.concat())
}

fn accepting() -> Driver {
    mails().types("2").press("enter enter").runs()
}

/// The first accepted, the second refused; it is over.
fn results() -> Driver {
    let driver = accepting();
    let Run::AcceptEmailChanges { items, .. } = driver.run().clone() else { panic!("not accepting") };
    let seen = |status| Driver::seen(status);
    let report = |index: usize, outcome: WriteOutcome, seen: Seen| {
        RunReport::Written(Box::new(items[index].change()), noon(), Box::new(Written { outcome, seen }))
    };
    let taken = WriteOutcome::Taken(Some(EmailChangeStatus::Accepted));
    let driver = driver.reports(report(0, taken, seen(EmailChangeStatus::Accepted))).wants(&follow(SANDBOX_07));
    let wrong = refused(api_error(ApiErrorKind::Invalid));
    driver.reports(report(1, wrong, seen(EmailChangeStatus::Pending)))
}

fn adopting() -> Driver {
    board().press("g").on(KENSHO).press("n")
}

fn kept() -> StartedEmailChange {
    StartedEmailChange {
        account: id(KENSHO),
        old: "aws+kensho@example.com".into(),
        new: email("root-kensho@example.com"),
        by: None,
        started: noon(),
        progress: StartedProgress::Pending,
    }
}

/// The address was entered by hand, and AWS knows no change to it.
fn wrong_address() -> Driver {
    let adopt = StoreRequest::Adopt(kept());
    let driver = adopting().types("root-kensho@example.com").press("enter enter").keeps(&adopt);
    let driver = driver.gets(Answer::Kept(Box::new(adopt), Ok(()))).with_code().press("enter enter").writes();
    let unknown = ApiError {
        message: "No pending update to the specified email address found for account".into(),
        code: Some("ResourceNotFoundException".into()),
        ..api_error(ApiErrorKind::NotFound)
    };
    driver.ends(refused(unknown), Driver::seen(EmailChangeStatus::Pending))
}

fn throttled_again() -> Driver {
    let mut driver = board().press("g").on(SANDBOX_07);
    for _ in 0..3 {
        let taken = WriteOutcome::Taken(Some(EmailChangeStatus::Pending));
        driver =
            driver.press("s enter enter").writes().ends(taken, Driver::seen(EmailChangeStatus::Pending)).press("esc");
    }
    driver.press("s")
}

#[test]
fn the_board_with_changes_of_every_kind() {
    let scene = Scene::of("board", on(SANDBOX_07));
    scene.at(ALL);
    scene.drawn_as("colourless", COLOURLESS).at(&[(80, 24), (120, 36)]);
    scene.drawn_as("ascii", ASCII).at(&[(80, 24)]);
    Scene::of("board filtered and marked", || board().press("/").types("sandbox-0").press("enter space")).at(SOME);
    Scene::of("board nothing matches", || board().press("/").types("zzz").press("enter")).at(&[(80, 24)]);
}

#[test]
fn the_board_without_a_change_says_what_it_is_for() {
    let scene = Scene::of("board empty", || Driver::ready().press("2"));
    scene.at(ALL);
    scene.drawn_as("colourless", COLOURLESS).at(&[(80, 24)]);
}

#[test]
fn the_details_of_each_kind_of_change() {
    let alarm = Scene::of("board alarm", on(KENSHO));
    alarm.at(ALL);
    alarm.drawn_as("colourless", COLOURLESS).at(&[(120, 36)]);
    Scene::of("board alarm read", || on(KENSHO)().press("tab")).at(SOME);
    Scene::of("board unconfirmed", on(SANDBOX_08)).at(&[(120, 36)]);
    Scene::of("board expired", on(DELEGATE)).at(&[(120, 36)]);
    Scene::of("board not known", on(MANAGEMENT)).at(&[(120, 36)]);
    Scene::of("board accepted", || on(LONG)().press("tab")).at(&[(80, 24), (120, 36)]);
    let read_only = || {
        let rules = Rules { read_only: true, ..Rules::default() };
        Driver::ready_with(Start { rules, ..start() }, world()).wants(&follow(LONG)).press("2").on(SANDBOX_07)
    };
    Scene::of("board read-only", read_only).at(&[(120, 36)]);
}

#[test]
fn asking_about_many() {
    let menu = Scene::of("ask menu", || board().press("g").on(SANDBOX_07).press("space V"));
    menu.at(ALL);
    menu.drawn_as("colourless", COLOURLESS).at(&[(80, 24)]);
    Scene::of("asking", asking).at(&[(60, 15), (120, 36)]);
    Scene::of("asking paused", || asking().press("P").steers(Steering::Pause)).at(&[(80, 24)]);
}

#[test]
fn the_dialog_of_the_mails_in_each_stage() {
    let scene = Scene::of("mails", mails);
    scene.at(ALL);
    scene.drawn_as("colourless", COLOURLESS).at(&[(80, 24)]);
    scene.drawn_as("ascii", ASCII).at(&[(80, 24)]);
    Scene::of("mails typed", || mails().types("2").press("enter")).at(SOME);
    Scene::of("mails one", || board().pastes(&mail(NEW))).at(SOME);
    Scene::of("mails none", || board().pastes(&mail("root@stranger.example"))).at(SOME);
    Scene::of("mails begun", accepting).at(SOME);
    let ended = Scene::of("mails results", || results().reports(RunReport::Ended));
    ended.at(ALL);
    ended.drawn_as("colourless", COLOURLESS).at(&[(80, 24)]);
    Scene::of("mails stopped", || accepting().reports(RunReport::Ended)).at(&[(80, 24)]);
    Scene::of("mails trouble", || results().reports(RunReport::Ended).press("esc")).at(SOME);
}

#[test]
fn which_file_holds_the_mails() {
    Scene::of("mails file", || board().press("m").types("~/otp.mbox")).at(SOME);
    let failed = || {
        let load = TextFile::Load("~/otp.mbox".into(), TextUse::Mails);
        let driver = board().press("m").types("~/otp.mbox").press("enter enter").texts(&load);
        let gone = ApiError::new("rootdeck:file", ApiErrorKind::Local, "~/otp.mbox cannot be used: it is not there");
        driver.gets(Answer::TextLoaded("~/otp.mbox".into(), TextUse::Mails, Err(gone)))
    };
    Scene::of("mails file failed", failed).at(SOME);
}

#[test]
fn a_change_started_elsewhere_does_not_show_the_address_of_one_before_it() {
    let mut world = World::default();
    world.stored.started = vec![started("2025-03-14T12:14:00Z", StartedProgress::Completed)];
    world.changes.insert(id(SANDBOX_07), EmailChangeStatus::Pending);
    let driver = Driver::ready_in(world).on(SANDBOX_07).press("v").aws_answers().press("2").on(SANDBOX_07);
    let text = words(driver, (200, 50));
    assert!(text.contains("started elsewhere") && !text.contains(NEW), "{text}");
}

#[test]
fn forgetting_a_change() {
    let scene = Scene::of("forget", || on(SANDBOX_07)().press("f"));
    scene.at(ALL);
    scene.drawn_as("colourless", COLOURLESS).at(&[(80, 24)]);
}

#[test]
fn entering_an_address_that_is_not_known() {
    let scene = Scene::of("adopt", || adopting().types("root-kensho@example.com"));
    scene.at(ALL);
    scene.drawn_as("colourless", COLOURLESS).at(&[(80, 24)]);
    Scene::of("adopt new domain", || adopting().types(ELSEWHERE)).at(SOME);
    Scene::of("adopt wrong address", wrong_address).at(SOME);
}

#[test]
fn sending_again() {
    Scene::of("send again", || on(SANDBOX_07)().press("s")).at(SOME);
    Scene::of("send again waits", throttled_again).at(SOME);
}

#[test]
fn a_wrong_address_is_explained_where_aws_refuses() {
    for size in [(60, 15), (80, 24)] {
        let text = words(wrong_address(), size);
        assert!(text.contains("No pending update") && text.contains("entered by hand"), "{size:?}: {text}");
    }
}

#[test]
fn a_status_that_is_not_known_after_a_lost_answer_is_no_earlier_change() {
    let lost = |status| {
        let driver = Driver::ready().on(SANDBOX_07).press("e").types(NEW).press("enter enter").writes();
        driver.ends(WriteOutcome::Unknown(api_error(ApiErrorKind::Timeout)), Driver::seen(status))
    };
    let text = words(lost(EmailChangeStatus::Other("VERIFYING".into())), (80, 24));
    assert!(text.contains("AWS reports VERIFYING") && !text.contains("earlier change only"), "{text}");
    let text = words(lost(EmailChangeStatus::Failed), (80, 24));
    assert!(text.contains("AWS shows an earlier change only. Check (v)"), "{text}");
}

#[test]
fn a_code_that_aws_took_and_does_not_show_is_not_told_as_accepted() {
    let driver = accepting();
    let Run::AcceptEmailChanges { items, .. } = driver.run().clone() else { panic!("not accepting") };
    let written = Written {
        outcome: WriteOutcome::Taken(Some(EmailChangeStatus::Accepted)),
        seen: Driver::seen(EmailChangeStatus::Pending),
    };
    let report = RunReport::Written(Box::new(items[0].change()), noon(), Box::new(written));
    let text = words(driver.reports(report).wants(&follow(SANDBOX_07)), (80, 24));
    assert!(text.contains("code accepted, not shown by AWS yet"), "{text}");
}

#[test]
fn what_forgetting_means_is_whole_on_a_low_screen() {
    for size in [(60, 15), (60, 12), (44, 15)] {
        let text = words(on(SANDBOX_07)().press("f"), size);
        for part in ["24 hours", "No API returns it", "[ Cancel ]", "[ Forget ]"] {
            assert!(text.contains(part), "{size:?} has no {part}: {text}");
        }
    }
}

#[test]
fn no_code_of_a_mail_is_on_screen() {
    let states: [&dyn Fn() -> Driver; 3] = [&mails, &accepting, &|| results().reports(RunReport::Ended)];
    for state in states {
        let driver = state();
        let text = words(driver, (200, 60));
        for code in [CODE, "Ab12Cd", "111111", "222222", "444444"] {
            assert!(!text.contains(code), "{text}");
        }
    }
}

#[test]
fn the_dialog_of_the_mails_keeps_its_buttons_and_its_field_on_a_low_screen() {
    for size in [(60, 15), (60, 12), (44, 15)] {
        let text = words(mails(), size);
        for part in ["sandbox-07", "Type 2", "[ Cancel ]", "[ Accept ]"] {
            assert!(text.contains(part), "{size:?} has no {part}: {text}");
        }
    }
}

#[test]
fn the_footer_says_that_enter_opens_a_change_at_every_size() {
    for size in [(60, 15), (80, 24), (100, 30), (120, 36)] {
        let text = words(board(), size);
        assert!(text.contains("enter open"), "{size:?}: {text}");
    }
}
