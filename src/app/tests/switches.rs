//! Trusted access and root features: turned, awaited, seen.

use std::time::Duration;

use super::harness::{Driver, refused, start};
use super::world::*;
use crate::app::command_id::{CommandId, DisabledReason};
use crate::app::effect::{Effect, Read, Wake};
use crate::app::focus::{Focus, Phase};
use crate::app::layers::Layer;
use crate::app::msg::{Geometry, Msg};
use crate::app::notification::Notification;
use crate::app::start::Start;
use crate::app::view::ViewId;
use crate::domain::api_error::ApiErrorKind;
use crate::domain::caller::OrgRole;
use crate::domain::change::Switch;
use crate::domain::permit::{Refusal, Rules};
use crate::domain::root_feature::{RootFeature, RootFeatures};
use crate::domain::trusted_access::ServicePrincipal;
use crate::domain::write::{Seen, WriteOutcome};

fn sessions() -> Switch {
    Switch::RootFeature(RootFeature::RootSessions)
}

fn iam() -> Switch {
    Switch::TrustedAccess(ServicePrincipal::iam())
}

fn look(switch: &Switch) -> Effect {
    Effect::Wake(Duration::from_secs(5), Wake::LookAt(switch.clone()))
}

fn shows(features: &[RootFeature]) -> Seen {
    Seen::RootFeatures(Ok(RootFeatures::Enabled(features.to_vec())))
}

/// In view 4, on the row of the switch.
pub(super) fn on_row(mut driver: Driver, switch: &Switch) -> Driver {
    driver = driver.press("4 g");
    for _ in 0..20 {
        if driver.app.model.switches.selected().and_then(|row| row.switch()).as_ref() == Some(switch) {
            return driver;
        }
        driver = driver.press("j");
    }
    panic!("{switch:?} has no row");
}

fn confirm(driver: &Driver) -> &crate::app::dialogs::confirm::Confirm {
    match driver.layer() {
        Some(Layer::Confirm(dialog)) => dialog,
        other => panic!("no confirmation but {other:?}"),
    }
}

fn waiting() -> Driver {
    on_row(Driver::ready(), &sessions())
        .press("t enter")
        .writing(&sessions().set(true))
        .ends(WriteOutcome::Taken(None), shows(&[]))
        .wants(&look(&sessions()))
        .quietly()
}

#[test]
fn a_reason_is_typed_shown_and_sent_with_the_change() {
    let driver = on_row(Driver::ready(), &sessions()).press("t ctrl-r").focuses(Focus::Field).types("OPS-7 new owner");
    let driver = driver.press("enter").focuses(Focus::Act).press("enter").focuses(Focus::Act);
    assert_eq!(confirm(&driver).form.reason, "OPS-7 new owner");
    // What was given is there to be corrected, and closing the dialog leaves it.
    let driver = driver.press("ctrl-r").types("!").press("esc");
    assert_eq!(confirm(&driver).form.reason, "OPS-7 new owner");
    let driver = driver.press("ctrl-r").types(" ").press("enter enter enter").writing(&sessions().set(true));
    assert_eq!(driver.writes.first().map(|(_, request)| request.reason.as_deref()), Some(Some("OPS-7 new owner")));
    driver.press("ctrl-r").quietly();
}

#[test]
fn a_reason_is_of_256_characters_at_most_and_none_is_none() {
    let driver = on_row(Driver::ready(), &sessions()).press("t ctrl-r").types(&"x".repeat(257)).press("enter");
    let driver = driver.focuses(Focus::Field).press("backspace enter enter");
    assert_eq!(confirm(&driver).form.reason.len(), 256);
    let driver = driver.press("ctrl-r ctrl-u enter enter enter").writing(&sessions().set(true));
    assert_eq!(driver.writes.first().map(|(_, request)| request.reason.clone()), Some(None));
}

#[test]
fn enabling_is_mild_and_starts_on_its_button() {
    let driver = on_row(Driver::ready(), &sessions()).press("t").focuses(Focus::Act);
    assert_eq!(confirm(&driver).typed, None);
    let driver = driver.press("shift-tab").focuses(Focus::Cancel).press("enter").quietly();
    assert_eq!(driver.layer(), None);
    driver.press("t enter").writing(&sessions().set(true));
}

#[test]
fn enter_shows_the_details_of_a_row_and_turns_nothing() {
    let driver = on_row(Driver::ready(), &sessions()).press("enter").quietly();
    assert!(driver.app.model.switches.pane.reading && driver.layer().is_none());
    let driver = driver.press("enter enter").quietly();
    assert_eq!(driver.layer(), None);
    // The key of the change is there as in the list.
    let driver = driver.press("t").focuses(Focus::Act).press("esc esc");
    assert!(!driver.app.model.switches.pane.reading);
    assert_eq!(driver.press("enter j").app.model.switches.selected().and_then(|row| row.switch()), Some(sessions()));
}

#[test]
fn enter_on_a_switch_of_view_1_shows_it_in_view_4() {
    let driver = Driver::ready().press("shift-tab j j j enter").quietly();
    assert_eq!((driver.app.view, driver.layer()), (ViewId::Organization, None));
    assert_eq!(driver.app.model.switches.selected().and_then(|row| row.switch()), Some(sessions()));
    assert!(driver.app.model.switches.pane.reading);
    driver.press("enter enter").quietly();
}

#[test]
fn what_aws_shows_at_once_is_done_at_once() {
    let driver = on_row(Driver::ready(), &sessions())
        .press("t enter")
        .writes()
        .ends(WriteOutcome::Taken(None), shows(&[RootFeature::RootSessions]))
        .wants(&look(&sessions()))
        .says(&Notification::SwitchSeen(sessions(), true))
        .quietly();
    assert_eq!(driver.layer(), None, "there is nothing left to wait for");
    assert_eq!(driver.app.model.switches.is_on(&sessions()), Some(true));
}

#[test]
fn what_aws_took_is_waited_for_until_it_is_seen() {
    let mut driver = waiting();
    assert_eq!(confirm(&driver).form.phase, Phase::Waiting);
    for _ in 0..3 {
        driver = driver
            .after(5)
            .woken(Wake::LookAt(sessions()))
            .wants(&look(&sessions()))
            .asks(&[Read::RootFeatures])
            .aws_answers_to(Read::RootFeatures)
            .quietly();
        assert_eq!(confirm(&driver).form.phase, Phase::Waiting);
    }
    driver.world.features = RootFeatures::Enabled(vec![RootFeature::RootSessions]);
    let driver = driver
        .woken(Wake::LookAt(sessions()))
        .wants(&look(&sessions()))
        .asks(&[Read::RootFeatures])
        .aws_answers_to(Read::RootFeatures)
        .says(&Notification::SwitchSeen(sessions(), true));
    assert_eq!(driver.layer(), None);
    driver.woken(Wake::LookAt(sessions())).quietly();
}

#[test]
fn after_three_minutes_it_says_that_aws_does_not_show_it() {
    let at = |seconds| {
        waiting()
            .after(seconds)
            .woken(Wake::LookAt(sessions()))
            .wants(&look(&sessions()))
            .asks(&[Read::RootFeatures])
            .aws_answers_to(Read::RootFeatures)
            .quietly()
    };
    assert_eq!(confirm(&at(180)).form.phase, Phase::Waiting);
    let driver = at(181).says(&Notification::SwitchNotSeen(sessions(), true));
    assert_eq!(driver.layer(), None);
    assert_eq!(driver.app.model.switches.is_on(&sessions()), Some(false), "what AWS shows counts");
    driver.woken(Wake::LookAt(sessions())).quietly();
}

#[test]
fn a_read_that_never_ends_does_not_make_the_waiting_endless() {
    let driver = waiting()
        .woken(Wake::LookAt(sessions()))
        .wants(&look(&sessions()))
        .asks(&[Read::RootFeatures])
        .after(200)
        .woken(Wake::LookAt(sessions()));
    driver.says(&Notification::SwitchNotSeen(sessions(), true)).quietly();
}

#[test]
fn a_read_that_fails_is_not_taken_for_seen() {
    let driver = waiting()
        .woken(Wake::LookAt(sessions()))
        .wants(&look(&sessions()))
        .asks(&[Read::RootFeatures])
        .fails(Read::RootFeatures, ApiErrorKind::Throttled)
        .quietly();
    assert_eq!(confirm(&driver).form.phase, Phase::Waiting);
}

#[test]
fn a_switch_that_is_awaited_can_not_be_turned_again() {
    waiting().press("esc t").says(&Notification::Unavailable(CommandId::Toggle, DisabledReason::InProgress)).quietly();
}

#[test]
fn disabling_needs_the_name_typed() {
    let world = World { features: RootFeatures::Enabled(vec![RootFeature::RootSessions]), ..World::default() };
    let driver = on_row(Driver::ready_in(world), &sessions()).press("t").focuses(Focus::Field);
    driver
        .press("enter tab tab enter")
        .quietly()
        .types("RootSession")
        .press("enter")
        .focuses(Focus::Field)
        .quietly()
        .types("s")
        .press("enter")
        .focuses(Focus::Act)
        .press("enter")
        .writing(&Switch::RootFeature(RootFeature::RootSessions).set(false));
}

#[test]
fn a_feature_without_trusted_access_offers_that_first_and_comes_back() {
    let driver = on_row(Driver::ready_in(World::untrusting()), &sessions()).press("t").focuses(Focus::Other);
    assert_eq!(confirm(&driver).refusal, Some(Refusal::NeedsTrustedAccess(ServicePrincipal::iam())));
    let mut driver = driver.press("enter").focuses(Focus::Act);
    assert_eq!(confirm(&driver).change, iam().set(true));
    driver.world.features = RootFeatures::Enabled(vec![]);
    let driver = driver
        .press("enter")
        .writing(&iam().set(true))
        .ends(WriteOutcome::Taken(None), Seen::TrustedAccess(Ok(trusted(&["iam.amazonaws.com"]))))
        .wants(&look(&iam()))
        .asks(&[Read::RootFeatures])
        .says(&Notification::SwitchSeen(iam(), true));
    assert_eq!(confirm(&driver).change, sessions().set(true));
    let driver = driver.focuses(Focus::Act).aws_answers_to(Read::RootFeatures);
    driver.press("enter").writing(&sessions().set(true));
}

#[test]
fn a_reason_against_a_change_goes_once_it_is_no_longer_true_and_enter_does_nothing_unseen() {
    let driver = on_row(Driver::ready_in(World::untrusting()), &sessions()).press("t").focuses(Focus::Other);
    let mut driver = driver;
    let trusting = Driver::ready();
    driver.app.model.switches.trusted = trusting.app.model.switches.trusted.clone();
    driver.app.model.switches.features = trusting.app.model.switches.features.clone();
    let driver = driver.send(Msg::Geometry(Geometry::default()));
    assert_eq!(confirm(&driver).refusal, None);
    let driver = driver.focuses(Focus::Cancel).press("tab").focuses(Focus::Act).press("enter");
    driver.writing(&sessions().set(true));
}

#[test]
fn a_refused_change_says_so_in_its_dialog() {
    let error = api_error(ApiErrorKind::DelegateExists);
    let world = World { delegates: vec![], ..World::default() };
    let driver = on_row(Driver::ready_in(world), &iam())
        .press("t")
        .types("iam.amazonaws.com")
        .press("enter enter")
        .writing(&iam().set(false))
        .ends(refused(error.clone()), Seen::TrustedAccess(Ok(trusted(&["iam.amazonaws.com"]))))
        .quietly();
    assert_eq!(confirm(&driver).form.trouble, Some(WriteOutcome::Refused(error)));
    assert_eq!(confirm(&driver).form.phase, Phase::Asking);
}

#[test]
fn a_lost_answer_to_a_switch_that_aws_shows_as_set_is_done() {
    let driver = on_row(Driver::ready(), &sessions())
        .press("t enter")
        .writes()
        .ends(WriteOutcome::Unknown(api_error(ApiErrorKind::Timeout)), shows(&[RootFeature::RootSessions]))
        .wants(&look(&sessions()))
        .says(&Notification::SwitchSeen(sessions(), true));
    assert_eq!(driver.layer(), None);
}

#[test]
fn a_lost_answer_to_a_switch_that_is_not_seen_is_unknown() {
    for seen in [shows(&[]), Seen::RootFeatures(Err(api_error(ApiErrorKind::Timeout)))] {
        let driver = on_row(Driver::ready(), &sessions())
            .press("t enter")
            .writes()
            .ends(WriteOutcome::Unknown(api_error(ApiErrorKind::Timeout)), seen)
            .quietly();
        assert!(matches!(confirm(&driver).form.trouble, Some(WriteOutcome::Unknown(_))));
    }
}

#[test]
fn other_services_are_for_reading() {
    let driver = Driver::ready().press("4 j j").quietly();
    assert_eq!(driver.app.model.switches.selected().and_then(|row| row.switch()), None);
    driver.press("t").says(&Notification::Unavailable(CommandId::Toggle, DisabledReason::ReadingOnly));
}

#[test]
fn a_switch_that_was_not_read_is_not_turned() {
    let world = World::default();
    let driver = Driver::started(start(), world)
        .asks(&[Read::Stored, Read::Connect])
        .aws_answers_to(Read::Connect)
        .asks(&[Read::Organization, Read::Accounts, Read::TrustedAccess, Read::RootFeatures])
        .asks(&[Read::DelegatedAdministrators, Read::UnitNames])
        .fails(Read::TrustedAccess, ApiErrorKind::AccessDenied)
        .press("4 t");
    driver
        .says(&Notification::Unavailable(CommandId::Toggle, DisabledReason::Unread(ApiErrorKind::AccessDenied)))
        .quietly();
}

#[test]
fn read_only_and_members_are_refused() {
    let read_only = Start { rules: Rules { read_only: true, ..Rules::default() }, ..start() };
    let member = World { org_role: OrgRole::Member, ..World::default() };
    for (start, world, refusal) in
        [(read_only, World::default(), Refusal::ReadOnly), (start(), member, Refusal::NeedsManagement)]
    {
        let driver = on_row(Driver::ready_with(start, world), &sessions()).press("t").quietly();
        assert_eq!(driver.layer(), None);
        driver.says(&Notification::Unavailable(CommandId::Toggle, DisabledReason::Refusal(refusal)));
    }
}

#[test]
fn from_the_list_t_asks_which_switch() {
    let driver = Driver::ready().press("t").quietly();
    assert!(matches!(driver.layer(), Some(Layer::Switches(_))));
    let driver = driver.press("j j j enter");
    assert_eq!(confirm(&driver).change, sessions().set(true));
}
