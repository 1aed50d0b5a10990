//! Root sessions to hand over: opened, counted down, handed over, ended.

use std::time::Duration;

use super::harness::Driver;
use super::rooted::*;
use super::world::*;
use crate::app::command_id::{CommandId, DisabledReason};
use crate::app::effect::{Effect, Visit, Wake};
use crate::app::focus::Focus;
use crate::app::layers::Layer;
use crate::app::msg::{Answer, Msg};
use crate::app::notification::Notification;
use crate::app::state::choices::{RootMenu, RootTask};
use crate::domain::api_error::ApiErrorKind;
use crate::domain::task_policy::TaskPolicy;

const AUDIT: TaskPolicy = TaskPolicy::AuditRootCredentials;
const BUCKET: TaskPolicy = TaskPolicy::UnlockBucketPolicy;

fn dialog(driver: &Driver) -> &Layer {
    driver.layer().expect("a dialog")
}

fn asked() -> Driver {
    opening().press("enter enter").visits(&Visit::Session(sandbox(), AUDIT, 900, None))
}

fn ticks(driver: &Driver) -> Vec<Duration> {
    driver.timers.iter().filter(|(_, wake)| *wake == Wake::Countdown).map(|(wait, _)| *wait).collect()
}

#[test]
fn a_session_is_opened_for_the_seconds_that_were_typed_and_only_when_confirmed() {
    let driver = opening().focuses(Focus::Field).press("enter").focuses(Focus::Act).quietly();
    driver.press("enter").visits(&Visit::Session(sandbox(), AUDIT, 900, None));
    let driver = opening().press("ctrl-u").types("60").press("enter enter");
    driver.visits(&Visit::Session(sandbox(), AUDIT, 60, None));
}

#[test]
fn a_time_that_aws_does_not_take_is_not_sent() {
    for wrong in ["", "0", "901", "-5", "900s", "99999999"] {
        let driver = opening().press("ctrl-u").types(wrong).press("enter").focuses(Focus::Field).quietly();
        driver.press("tab tab").focuses(Focus::Act).press("enter").quietly();
    }
}

#[test]
fn the_dialog_of_a_session_follows_its_answer() {
    let driver = asked().focuses(Focus::Cancel);
    driver.press("tab").focuses(Focus::Cancel).gets(Answer::Session(key(AUDIT), Ok(info(AUDIT, 900))));
    let driver = with_session().quietly();
    assert!(matches!(dialog(&driver), Layer::Session(view) if view.key == key(AUDIT)));
    assert_eq!(driver.app.model.sessions.newest(), Some(info(AUDIT, 900)));
}

#[test]
fn a_session_that_was_open_before_is_said_to_be() {
    let reused = |seconds| {
        let driver = asked().gets(Answer::Session(key(AUDIT), Ok(info(AUDIT, seconds))));
        matches!(dialog(&driver), Layer::Session(view) if view.reused)
    };
    assert_eq!([900, 897, 640].map(reused), [false, false, true]);
}

#[test]
fn a_session_is_in_hand_even_if_its_dialog_was_closed() {
    let driver = asked().press("esc esc").gets(Answer::Session(key(AUDIT), Ok(info(AUDIT, 900))));
    assert_eq!(driver.layer(), None);
    let driver = driver.says(&Notification::SessionOpened(key(AUDIT)));
    assert_eq!(driver.app.model.sessions.newest(), Some(info(AUDIT, 900)));
}

#[test]
fn while_it_is_asked_for_it_is_not_asked_for_again() {
    let driver = asked().press("esc").press(&choosing(RootTask::Session)).press("enter");
    driver.says(&Notification::Unavailable(CommandId::RootTasks, DisabledReason::InProgress)).quietly();
}

#[test]
fn a_refusal_stands_in_the_dialog_and_it_can_be_tried_again() {
    let denied = api_error(ApiErrorKind::AssumeRootDenied);
    let driver = asked().gets(Answer::Session(key(AUDIT), Err(denied.clone()))).focuses(Focus::Field);
    assert!(matches!(dialog(&driver), Layer::OpenSession(open) if open.form.error() == Some(&denied)));
    assert_eq!((driver.notification(), driver.app.model.sessions.newest()), (None, None));
    driver.press("enter enter").visits(&Visit::Session(sandbox(), AUDIT, 900, None));
    let driver = asked().press("esc").gets(Answer::Session(key(AUDIT), Err(denied.clone())));
    driver.says(&Notification::ReadFailed(denied));
}

#[test]
fn a_session_that_lives_is_shown_in_the_place_of_another() {
    let driver = with_session().press("esc").press(&choosing(RootTask::Session)).press("enter").quietly();
    assert!(matches!(dialog(&driver), Layer::Session(_)));
}

#[test]
fn credentials_leave_only_when_asked_for() {
    let driver = with_session().focuses(Focus::Cancel).press("tab enter").wants(&Effect::CopyExports(key(AUDIT)));
    let driver =
        driver.says(&Notification::ExportsCopied(key(AUDIT))).press("tab enter").wants(&Effect::Subshell(key(AUDIT)));
    driver.send(Msg::ShellEnded(key(AUDIT))).says(&Notification::ShellEnded(key(AUDIT))).quietly();
    let command = format!(
        "rootdeck session {SANDBOX_07} IAMAuditRootUserCredentials --credential-process --profile prod --region us-east-1"
    );
    with_session().press("y").wants(&Effect::Copy(command)).quietly();
}

#[test]
fn a_session_that_ended_while_its_shell_ran_is_not_said_to_live_on() {
    let handed = || with_session().press("tab tab enter").wants(&Effect::Subshell(key(AUDIT)));
    handed().after(901).send(Msg::ShellEnded(key(AUDIT))).says(&Notification::SessionEnded(key(AUDIT))).quietly();
    let noticed = handed().after(900).woken(Wake::Countdown).says(&Notification::SessionEnded(key(AUDIT)));
    noticed.send(Msg::ShellEnded(key(AUDIT))).says(&Notification::SessionEnded(key(AUDIT))).quietly();
}

#[test]
fn it_counts_down_every_ten_seconds_and_every_second_of_the_last_minute() {
    let driver = with_session();
    assert_eq!(ticks(&driver), [Duration::from_secs(10)]);
    let driver = driver.after(10).woken(Wake::Countdown);
    assert_eq!(ticks(&driver).last(), Some(&Duration::from_secs(10)));
    let driver = driver.after(823).woken(Wake::Countdown);
    assert_eq!(ticks(&driver).last(), Some(&Duration::from_secs(7)), "67 seconds are left");
    let driver = driver.after(7).woken(Wake::Countdown);
    assert_eq!(ticks(&driver).last(), Some(&Duration::from_secs(1)));
    assert_eq!(ticks(&driver).len(), 4, "one timer at a time");
    driver.quietly();
}

#[test]
fn other_events_start_no_second_countdown() {
    assert_eq!(ticks(&with_session().press("esc j j p esc")).len(), 1);
    assert_eq!(ticks(&on_sandbox().press("j j")).len(), 0, "nothing counts down without a session");
}

#[test]
fn an_ended_session_disappears_with_its_dialog_and_its_countdown() {
    let driver = with_session().after(900).woken(Wake::Countdown);
    assert_eq!((driver.layer(), driver.app.model.sessions.newest()), (None, None));
    let driver = driver.says(&Notification::SessionEnded(key(AUDIT)));
    assert_eq!(ticks(&driver).len(), 1, "no tick was asked for after the end");
    driver.press("i").says(&Notification::Unavailable(CommandId::RootSessions, DisabledReason::NoSession)).quietly();
}

#[test]
fn a_key_that_comes_after_the_end_hands_nothing_over() {
    with_session().press("tab").after(901).press("j").quietly();
    let driver = with_session().press("tab").after(901).press("enter").quietly();
    assert_eq!(driver.layer(), None);
}

fn two() -> Driver {
    with_session()
        .press("esc")
        .press(&choosing(RootTask::Session))
        .press("j j j enter enter enter")
        .visits(&Visit::Session(sandbox(), BUCKET, 900, None))
        .gets(Answer::Session(key(BUCKET), Ok(info(BUCKET, 300))))
        .press("esc")
}

#[test]
fn several_sessions_live_side_by_side_the_newest_in_the_header() {
    let driver = two();
    assert_eq!(driver.app.model.sessions.newest(), Some(info(BUCKET, 300)));
    let driver = driver.press("i").quietly();
    assert!(matches!(driver.layer(), Some(Layer::RootMenu(menu)) if menu.kind == RootMenu::Sessions));
    let driver = driver.press("j enter").quietly();
    assert!(matches!(dialog(&driver), Layer::Session(view) if view.key == key(AUDIT)));
}

#[test]
fn a_session_that_ends_leaves_the_list_that_is_open() {
    let driver = two().press("i").after(300).woken(Wake::Countdown);
    assert!(matches!(driver.layer(), Some(Layer::RootMenu(menu)) if menu.items.len() == 1));
    assert_eq!(driver.app.model.sessions.newest(), Some(info(AUDIT, 900)));
    let driver = driver.after(600).woken(Wake::Countdown);
    assert_eq!(driver.layer(), None, "a list of nothing is closed");
}
