//! The first questions, and what may not happen before AWS has said who is asking.

use super::harness::{Driver, start};
use super::world::*;
use crate::app::command_id::{CommandId, DisabledReason};
use crate::app::effect::{Effect, Read, Wake};
use crate::app::msg::Answer;
use crate::app::notification::Notification;
use crate::domain::account::Account;
use crate::domain::api_error::ApiErrorKind;
use crate::domain::email_change::{EmailChangeStatus, StartedProgress};
use crate::domain::emails::ChangeState;
use crate::domain::permit::Refusal;
use crate::domain::stored::Stored;

/// All that is asked once it is known whose credentials these are.
const FIRST: [Read; 6] = [
    Read::Organization,
    Read::Accounts,
    Read::TrustedAccess,
    Read::RootFeatures,
    Read::DelegatedAdministrators,
    Read::UnitNames,
];

fn with_started(at: &str, progress: StartedProgress) -> World {
    World {
        stored: Stored { started: vec![started(at, progress)], listing: None, ..Stored::default() },
        ..World::default()
    }
}

#[test]
fn the_start_asks_this_machine_and_for_the_connection_and_then_the_rest() {
    Driver::started(start(), World::default())
        .asks(&[Read::Stored, Read::Connect])
        .quietly()
        .aws_answers_to(Read::Stored)
        .quietly()
        .aws_answers_to(Read::Connect)
        .asks(&FIRST)
        .quietly()
        .aws_answers_to(Read::Organization)
        .asks(&[Read::OrgRole, Read::Stored])
        .quietly();
}

fn unconnected() -> Driver {
    let world = World::default();
    let listing = Some((noon(), Account::shared(&world.accounts)));
    let world = World { stored: Stored { started: vec![], listing, ..Stored::default() }, ..world };
    Driver::started(start(), world).asks(&[Read::Stored, Read::Connect]).aws_answers_to(Read::Stored)
}

#[test]
fn the_kept_listing_is_there_before_aws_answers_and_gives_way_to_the_new_one() {
    let driver = unconnected();
    assert_eq!(driver.app.model.accounts.len(), 8);
    assert_eq!(driver.app.model.accounts.cached_since(), Some(noon()));
    let mut driver = driver.aws_answers_to(Read::Connect).asks(&FIRST);
    driver.world.accounts.truncate(2);
    let driver = driver.aws_answers_to(Read::Accounts);
    assert_eq!((driver.app.model.accounts.len(), driver.app.model.accounts.cached_since()), (2, None));
}

#[test]
fn nothing_can_be_written_before_aws_has_said_who_is_asking() {
    let unconfirmed = DisabledReason::Refusal(Refusal::IdentityUnconfirmed);
    let driver = unconnected()
        .on(SANDBOX_07)
        .press("e")
        .says(&Notification::Unavailable(CommandId::ChangeEmail, unconfirmed.clone()))
        .press("o")
        .says(&Notification::Unavailable(CommandId::EnterOtp, unconfirmed.clone()))
        .press("4 t")
        .says(&Notification::Unavailable(CommandId::Toggle, unconfirmed))
        .quietly();
    assert_eq!(driver.layer(), None);
}

#[test]
fn without_credentials_r_tries_again() {
    let driver = Driver::started(start(), World::default())
        .asks(&[Read::Stored, Read::Connect])
        .aws_answers_to(Read::Stored)
        .fails(Read::Connect, ApiErrorKind::NoCredentials)
        .asks(&[Read::Profiles])
        .aws_answers_to(Read::Profiles)
        .quietly();
    assert_eq!(driver.notification(), None, "the whole screen says it; a notice would say it twice");
    driver.press("r").asks(&[Read::Connect]).aws_answers_to(Read::Connect).asks(&FIRST).quietly();
}

#[test]
fn a_change_started_earlier_is_looked_at_first_of_all() {
    let mut world = with_started("2025-03-14T12:00:00Z", StartedProgress::Pending);
    world.changes.insert(id(SANDBOX_07), EmailChangeStatus::Pending);
    let driver = Driver::ready_in(world);
    let state = driver.app.model.emails.state(id(SANDBOX_07), driver.now);
    assert!(matches!(state, ChangeState::Pending(started) if started.new == email(NEW)), "{state:?}");
    let driver = driver.on(SANDBOX_07).press("o").focuses(crate::app::focus::Focus::Field);
    assert!(driver.timers.iter().any(|(_, wake)| *wake == Wake::Minute), "its time left counts down");
}

#[test]
fn a_change_found_after_the_connection_is_looked_at_too() {
    Driver::started(start(), with_started("2025-03-14T12:00:00Z", StartedProgress::Pending))
        .asks(&[Read::Stored, Read::Connect])
        .aws_answers_to(Read::Connect)
        .asks(&FIRST)
        .aws_answers_to(Read::Stored)
        .asks(&[Read::EmailChange(id(SANDBOX_07))])
        .quietly();
}

#[test]
fn a_change_accepted_in_an_earlier_run_is_followed_to_its_end() {
    let mut world = with_started("2025-03-14T12:00:00Z", StartedProgress::Accepted);
    world.changes.insert(id(SANDBOX_07), EmailChangeStatus::Accepted);
    let driver = Driver::started(start(), world)
        .asks(&[Read::Stored, Read::Connect])
        .aws_answers_to(Read::Stored)
        .aws_answers_to(Read::Connect)
        .asks(&FIRST)
        .asks(&[Read::EmailChange(id(SANDBOX_07))])
        .aws_answers_to(Read::EmailChange(id(SANDBOX_07)));
    driver.wants(&Effect::Wake(std::time::Duration::from_secs(5), Wake::Follow(id(SANDBOX_07)))).quietly();
}

#[test]
fn a_code_older_than_a_day_counts_no_more() {
    let mut world = with_started("2025-03-13T14:01:00Z", StartedProgress::Pending);
    world.changes.insert(id(SANDBOX_07), EmailChangeStatus::Pending);
    let driver = Driver::ready_in(world).on(SANDBOX_07);
    assert!(matches!(driver.app.model.emails.state(id(SANDBOX_07), driver.now), ChangeState::Expired(_)));
    driver.press("o").says(&Notification::Unavailable(CommandId::EnterOtp, DisabledReason::Expired)).quietly();
}

#[test]
fn a_change_that_aws_says_is_completed_is_not_expired_whatever_was_kept() {
    let mut world = with_started("2025-03-11T14:01:00Z", StartedProgress::Pending);
    world.changes.insert(id(SANDBOX_07), EmailChangeStatus::Completed);
    let driver = Driver::ready_in(world);
    assert_eq!(driver.app.model.emails.state(id(SANDBOX_07), driver.now), ChangeState::Completed);
}

#[test]
fn a_change_started_elsewhere_has_an_unknown_address() {
    let mut world = World::default();
    world.changes.insert(id(SANDBOX_07), EmailChangeStatus::Pending);
    let driver = Driver::ready_in(world).on(SANDBOX_07).press("v").aws_answers();
    assert_eq!(driver.app.model.emails.state(id(SANDBOX_07), driver.now), ChangeState::AddressUnknown);
    driver.press("o").says(&Notification::Unavailable(CommandId::EnterOtp, DisabledReason::AddressUnknown)).quietly();
}

#[test]
fn that_trusted_access_is_off_is_said_in_the_details_and_is_no_error() {
    let driver = Driver::ready()
        .on(SANDBOX_07)
        .press("v")
        .asks(&[Read::PrimaryEmail(id(SANDBOX_07)), Read::EmailChange(id(SANDBOX_07))])
        .fails(Read::PrimaryEmail(id(SANDBOX_07)), ApiErrorKind::TrustedAccessOff)
        .fails(Read::EmailChange(id(SANDBOX_07)), ApiErrorKind::TrustedAccessOff);
    assert_eq!((driver.app.notifications.unread(), driver.notification()), (0, None));
}

#[test]
fn a_failing_read_of_the_organization_leaves_the_standing_unknown() {
    let driver = Driver::started(start(), World::default())
        .asks(&[Read::Stored, Read::Connect])
        .aws_answers_to(Read::Stored)
        .aws_answers_to(Read::Connect)
        .asks(&FIRST)
        .aws_answers_to(Read::Accounts)
        .fails(Read::Organization, ApiErrorKind::AccessDenied)
        .quietly();
    assert!(matches!(driver.notification(), Some(Notification::ReadFailed(_))));
    assert_eq!((driver.app.model.organization.value(), driver.app.model.org_role.value()), (None, None));
}

#[test]
fn what_this_machine_kept_is_not_taken_from_before_a_write() {
    // The question goes out, then a change is started: an answer from before it would make the
    // change look like one that was started elsewhere.
    let mut driver = Driver::ready().on(SANDBOX_07).press("e").types(NEW).press("enter enter").writes();
    driver.world.changes.insert(id(SANDBOX_07), EmailChangeStatus::Pending);
    let driver = driver
        .press("esc r")
        .asks(&[Read::Organization, Read::Accounts, Read::UnitNames, Read::TrustedAccess, Read::RootFeatures])
        .asks(&[Read::DelegatedAdministrators])
        .aws_answers_to(Read::Organization)
        .asks(&[Read::OrgRole, Read::Stored]);
    let stale = driver.in_progress(Read::Stored);
    let pending = Driver::seen(EmailChangeStatus::Pending);
    let driver = driver
        .ends(crate::domain::write::WriteOutcome::Taken(Some(EmailChangeStatus::Pending)), pending)
        .asks(&[Read::Stored])
        .send(crate::app::msg::Msg::Answer(stale, Answer::Stored(Ok(Box::default()))));
    assert!(matches!(driver.app.model.emails.state(id(SANDBOX_07), driver.now), ChangeState::Pending(_)));
}

#[test]
fn the_kept_listing_of_another_organization_is_taken_away() {
    let world = World::default();
    let listing = Some((noon(), Account::shared(&world.accounts)));
    let stored = Stored { listing, organization: Some("o-anotherone1".into()), ..Stored::default() };
    let driver = Driver::started(start(), World { stored, ..world })
        .asks(&[Read::Stored, Read::Connect])
        .aws_answers_to(Read::Stored);
    assert_eq!(driver.app.model.accounts.len(), 8);
    let driver = driver.aws_answers_to(Read::Connect).asks(&FIRST).aws_answers_to(Read::Organization);
    assert_eq!(driver.app.model.accounts.len(), 0);
    drop(driver.asks(&[Read::OrgRole, Read::Stored]));
}

#[test]
fn changes_that_are_not_over_are_told_at_the_start() {
    let driver = Driver::started(start(), with_started("2025-03-14T12:00:00Z", StartedProgress::Pending))
        .asks(&[Read::Stored, Read::Connect])
        .aws_answers_to(Read::Stored);
    driver.says(&Notification::OpenChanges(1)).quietly();
}
