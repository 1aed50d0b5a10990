//! Asking at the start whether somebody else has started an email change.

use std::time::Duration;

use super::harness::{Driver, start};
use super::world::*;
use crate::app::effect::{Effect, Read, Wake};
use crate::app::start::Start;
use crate::app::state::start_asking::Phase;
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiErrorKind;
use crate::domain::caller::OrgRole;
use crate::domain::email_change::EmailChangeStatus;
use crate::domain::emails::ChangeState;
use crate::domain::permit::Rules;
use crate::domain::run::RunReport;

/// The active members of the organization.
const MEMBERS: [&str; 5] = [DELEGATE, SANDBOX_07, SANDBOX_08, KENSHO, LONG];

fn next(seconds: u64) -> Effect {
    Effect::Wake(Duration::from_secs(seconds), Wake::AskNext)
}

fn ready(limit: usize, world: World) -> Driver {
    Driver::ready_with(Start { ask_at_start: limit, ..start() }, world)
}

/// Wakes the program, and names the account that is asked about then.
fn asked(driver: Driver) -> (Driver, AccountId) {
    let driver = driver.woken(Wake::AskNext);
    let account = driver
        .app
        .model
        .accounts
        .ids()
        .into_iter()
        .find(|id| driver.app.model.emails.get(*id).is_some_and(|facts| facts.change.is_loading()));
    let account = account.expect("a question");
    (driver.asks(&[Read::EmailChange(account)]).quietly(), account)
}

#[test]
fn all_active_members_are_asked_about_one_a_second_and_then_nothing_more_happens() {
    let mut world = World::default();
    world.changes.insert(id(KENSHO), EmailChangeStatus::Pending);
    let rules = Rules { read_only: true, ..Rules::default() };
    let mut driver = Driver::ready_with(Start { ask_at_start: 500, rules, ..start() }, world);
    let mut all = Vec::new();
    for _ in MEMBERS {
        // A question at a time, and the next one a second after its answer.
        let (next_driver, account) = asked(driver.wants(&next(1)).quietly());
        driver = next_driver.woken(Wake::AskNext).quietly().aws_answers_to(Read::EmailChange(account));
        all.push(account);
    }
    all.sort_unstable();
    assert_eq!(all, MEMBERS.map(id));
    let driver = driver.quietly().woken(Wake::AskNext).quietly();
    assert_eq!((driver.app.model.start_asking.phase, driver.app.model.board.alarms), (Phase::Done, 1));
    assert_eq!(driver.app.model.emails.state(id(KENSHO), driver.now), ChangeState::AddressUnknown);
}

#[test]
fn larger_organizations_are_asked_about_only_on_request() {
    let driver = ready(MEMBERS.len() - 1, World::default()).quietly();
    assert_eq!(
        (driver.app.model.start_asking.phase, driver.app.model.start_asking.total),
        (Phase::TooMany, MEMBERS.len())
    );
    let driver = ready(0, World::default()).quietly();
    assert_eq!(driver.app.model.start_asking.phase, Phase::NotBegun);
    ready(MEMBERS.len(), World::default()).wants(&next(1)).quietly();
}

#[test]
fn who_is_answered_nothing_asks_nothing() {
    ready(500, World::untrusting()).quietly();
    ready(500, World { org_role: OrgRole::Member, ..World::default() }).quietly();
}

#[test]
fn what_a_person_asks_for_goes_before() {
    let driver = ready(500, World::default()).wants(&next(1)).on(LONG).press("v");
    let asked_by_hand = [Read::PrimaryEmail(id(LONG)), Read::EmailChange(id(LONG))];
    let driver = driver.asks(&asked_by_hand).woken(Wake::AskNext).wants(&next(1)).quietly();
    let driver = driver.aws_answers_to(asked_by_hand[0]).aws_answers_to(asked_by_hand[1]);
    let driver = driver.press("2 V G enter").runs().woken(Wake::AskNext).wants(&next(1)).quietly();
    // The run has asked about all.
    let mut driver = driver;
    for account in MEMBERS {
        let report = Ok(driver.world.change_of(id(account)));
        driver = driver.reports(RunReport::EmailChange(id(account), report));
    }
    let driver = driver.reports(RunReport::Ended).woken(Wake::AskNext).quietly();
    assert_eq!(driver.app.model.start_asking.phase, Phase::Done);
}

#[test]
fn a_denial_that_would_meet_all_ends_it_without_a_notice_and_is_told_in_view_2() {
    let (driver, account) = asked(ready(500, World::default()).wants(&next(1)));
    let driver = driver.fails(Read::EmailChange(account), ApiErrorKind::AccessDenied).quietly();
    assert_eq!(
        (driver.notification(), driver.app.model.start_asking.phase),
        (None, Phase::Stopped(ApiErrorKind::AccessDenied))
    );
    let reported = crate::words::board::asking_at_start(&driver.app.model.start_asking).expect("words");
    assert!(reported.starts_with("4 not checked: not permitted"), "{reported}");
}

#[test]
fn after_throttling_it_waits_longer_and_a_single_failure_ends_nothing() {
    let (driver, account) = asked(ready(500, World::default()).wants(&next(1)));
    let driver = driver.fails(Read::EmailChange(account), ApiErrorKind::Throttled).wants(&next(15)).quietly();
    let (driver, account) = asked(driver);
    driver.fails(Read::EmailChange(account), ApiErrorKind::NotFound).wants(&next(1)).quietly();
}

#[test]
fn a_program_that_is_being_left_asks_nothing_more() {
    let driver = ready(500, World::default()).wants(&next(1)).press("q").wants(&Effect::Quit);
    driver.woken(Wake::AskNext).quietly();
}
