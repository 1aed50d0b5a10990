//! Password recovery: allowed, closed, left open. Nothing is said to be so that was not read.

use super::harness::{Driver, refused};
use super::rooted::*;
use super::world::*;
use crate::app::command_id::{CommandId, DisabledReason};
use crate::app::effect::Read;
use crate::app::focus::{Focus, Phase};
use crate::app::layers::Layer;
use crate::app::notification::Notification;
use crate::app::state::choices::RootTask;
use crate::domain::api_error::ApiErrorKind;
use crate::domain::recovery::LeftOpen;
use crate::domain::root_change::RootChange::{AllowPasswordRecovery, ClosePasswordRecovery};
use crate::domain::root_credentials::Presence;
use crate::domain::write::{Seen, WriteOutcome};

fn allowing() -> Driver {
    on_sandbox().press(&choosing(RootTask::AllowRecovery)).asks(&[Read::PrimaryEmail(id(SANDBOX_07))])
}

fn allowed(outcome: WriteOutcome, seen: Seen) -> Driver {
    let driver = allowing().types(SANDBOX_07).press("enter enter").writing(&change(AllowPasswordRecovery));
    driver.ends(outcome, seen)
}

fn closed(outcome: WriteOutcome, seen: Seen) -> Driver {
    let driver = on_sandbox().press(&choosing(RootTask::CloseRecovery)).types(SANDBOX_07).press("enter enter");
    driver.writing(&change(ClosePasswordRecovery)).ends(outcome, seen)
}

fn is_open(driver: &Driver) -> bool {
    driver.app.model.recovery.left_open(id(SANDBOX_07)).is_some()
}

fn unread() -> Seen {
    Seen::LoginProfile(Presence::Unknown(api_error(ApiErrorKind::Throttled)))
}

fn left_open() -> World {
    let mut world = gated();
    let by = "arn:aws:sts::111122223333:assumed-role/OrgAdmin/bob".into();
    let since = time("2025-03-12T09:00:00Z");
    world.stored.left_open = vec![
        LeftOpen::new(id(KENSHO), noon(), by),
        LeftOpen::new(id(SANDBOX_07), since, "arn:aws:iam::111122223333:user/carol".into()),
    ];
    world
}

#[test]
fn allowing_needs_the_account_s_id_and_asks_whose_mailbox_it_is() {
    let driver = allowing().focuses(Focus::Field);
    let driver = driver.press("enter tab tab").focuses(Focus::Act).press("enter").quietly();
    let driver = driver.says(&Notification::NotTyped(SANDBOX_07.into()));
    let driver = driver.types("444455557777").press("enter").focuses(Focus::Field).quietly();
    driver.press("ctrl-u").types(SANDBOX_07).press("enter").focuses(Focus::Act).press("enter").writes();
}

#[test]
fn a_mailbox_that_was_verified_is_not_asked_for_again() {
    let asked = [Read::PrimaryEmail(id(SANDBOX_07)), Read::EmailChange(id(SANDBOX_07))];
    let driver = on_sandbox().press("v").asks(&asked).aws_answers_to(asked[0]).aws_answers_to(asked[1]);
    driver.press("p enter").quietly();
}

#[test]
fn a_mailbox_that_could_not_be_asked_keeps_nobody_from_allowing() {
    let driver = allowing().fails(Read::PrimaryEmail(id(SANDBOX_07)), ApiErrorKind::AccessDenied);
    driver.types(SANDBOX_07).press("enter enter").writes();
}

#[test]
fn an_audit_made_before_shows_the_password_that_was_seen_since() {
    let mut driver = allowing();
    let audit = audit_of(id(KENSHO), crate::domain::root_credentials::AuditDepth::Quick);
    assert!(audit.password.is_absent());
    driver.app.model.root.apply_audit(id(SANDBOX_07), audit, noon());
    let driver = driver.types(SANDBOX_07).press("enter enter").writing(&change(AllowPasswordRecovery));
    let driver = driver.ends(WriteOutcome::Taken(None), there());
    assert!(driver.app.model.root.audit(id(SANDBOX_07)).expect("an audit").password.is_present());
}

#[test]
fn allowed_is_what_was_seen_there() {
    let driver = allowed(WriteOutcome::Taken(None), there())
        .says(&Notification::RootSeen(id(SANDBOX_07), AllowPasswordRecovery));
    assert_eq!(driver.layer(), None);
    let open = driver.app.model.recovery.left_open(id(SANDBOX_07)).expect("it is on the list");
    assert_eq!((open.since, open.by.as_str()), (noon(), "arn:aws:sts::111122223333:assumed-role/OrgAdmin/alice"));
}

#[test]
fn allowed_and_not_seen_is_not_called_allowed_but_is_on_the_list() {
    let notification =
        Notification::RootUnread(id(SANDBOX_07), AllowPasswordRecovery, api_error(ApiErrorKind::Throttled));
    assert!(is_open(&allowed(WriteOutcome::Taken(None), unread()).says(&notification)));
    for seen in [gone(), Seen::Nothing] {
        let notification = Notification::RootNotSeen(id(SANDBOX_07), AllowPasswordRecovery);
        assert!(is_open(&allowed(WriteOutcome::Taken(None), seen).says(&notification)));
    }
}

#[test]
fn a_login_profile_that_was_there_before_is_said_to_have_been() {
    let there_already = || WriteOutcome::AlreadySo(api_error(ApiErrorKind::AlreadyExists));
    let driver =
        allowed(there_already(), there()).says(&Notification::RootAlready(id(SANDBOX_07), AllowPasswordRecovery));
    assert!(!is_open(&driver), "it may be an ordinary password");
    let notification =
        Notification::RootUnread(id(SANDBOX_07), AllowPasswordRecovery, api_error(ApiErrorKind::Throttled));
    allowed(there_already(), unread()).says(&notification);
}

#[test]
fn an_outcome_that_is_unknown_stays_so_unless_aws_shows_it() {
    let lost = || WriteOutcome::Unknown(api_error(ApiErrorKind::ConnectionLost));
    allowed(lost(), there()).says(&Notification::RootSeen(id(SANDBOX_07), AllowPasswordRecovery));
    let driver = allowed(lost(), unread());
    let Some(Layer::Confirm(dialog)) = driver.layer() else { panic!("the dialog stays: {:?}", driver.layer()) };
    assert_eq!(dialog.form.trouble, Some(WriteOutcome::Unknown(api_error(ApiErrorKind::ConnectionLost))));
    assert_eq!((dialog.form.phase, dialog.form.focus), (Phase::Asking, Focus::Cancel));
    assert!(is_open(&driver), "what may be open is on the list");
}

#[test]
fn a_refusal_stays_in_the_dialog_and_leaves_nothing_open() {
    let driver = allowed(refused(api_error(ApiErrorKind::DeniedByScp)), Seen::Nothing);
    assert!(matches!(driver.layer(), Some(Layer::Confirm(dialog)) if dialog.form.trouble.is_some()));
    assert!(!is_open(&driver));
}

#[test]
fn what_ends_after_its_dialog_was_closed_is_told_all_the_same() {
    let sent = || allowing().types(SANDBOX_07).press("enter enter").writes().press("esc");
    let driver = sent().ends(WriteOutcome::Taken(None), there());
    assert!(is_open(&driver.says(&Notification::RootSeen(id(SANDBOX_07), AllowPasswordRecovery))));
    let denied = api_error(ApiErrorKind::DeniedByScp);
    let notification = Notification::WriteTrouble(change(AllowPasswordRecovery), WriteOutcome::Refused(denied.clone()));
    sent().ends(refused(denied), Seen::Nothing).says(&notification);
}

#[test]
fn a_second_change_waits_for_the_first() {
    let sent = allowing().types(SANDBOX_07).press("enter enter").writes().press("esc");
    let driver = sent.press(&choosing(RootTask::CloseRecovery));
    driver.says(&Notification::Unavailable(CommandId::RootTasks, DisabledReason::InProgress)).quietly();
}

#[test]
fn closed_is_what_was_seen_gone() {
    let driver =
        closed(WriteOutcome::Taken(None), gone()).says(&Notification::RootSeen(id(SANDBOX_07), ClosePasswordRecovery));
    assert_eq!(driver.layer(), None);
    let absent = WriteOutcome::AlreadySo(api_error(ApiErrorKind::NotFound));
    closed(absent, gone()).says(&Notification::RootAlready(id(SANDBOX_07), ClosePasswordRecovery));
    closed(WriteOutcome::Taken(None), there()).says(&Notification::RootNotSeen(id(SANDBOX_07), ClosePasswordRecovery));
}

#[test]
fn the_list_has_those_of_earlier_runs_and_of_this_one_the_oldest_first() {
    let driver = Driver::ready_in(left_open());
    let accounts: Vec<_> = driver.app.model.recovery.all().iter().map(|open| open.account).collect();
    assert_eq!(accounts, [id(SANDBOX_07), id(KENSHO)]);
    let driver = driver.press("O enter").types(SANDBOX_07).press("enter enter");
    let driver = driver.writing(&change(ClosePasswordRecovery)).ends(WriteOutcome::Taken(None), gone());
    let accounts: Vec<_> = driver.app.model.recovery.all().iter().map(|open| open.account).collect();
    assert_eq!(accounts, [id(KENSHO)], "what was seen closed has left it");
}

#[test]
fn an_account_that_was_not_seen_closed_stays_on_the_list() {
    for (outcome, seen) in [
        (WriteOutcome::Taken(None), unread()),
        (WriteOutcome::Taken(None), there()),
        (WriteOutcome::Unknown(api_error(ApiErrorKind::Timeout)), Seen::Nothing),
        (refused(api_error(ApiErrorKind::AccessDenied)), Seen::Nothing),
    ] {
        let driver = Driver::ready_in(left_open()).press("O enter").types(SANDBOX_07).press("enter enter");
        assert!(is_open(&driver.writes().ends(outcome, seen)));
    }
}

#[test]
fn what_the_journal_told_before_a_write_does_not_bring_back_what_was_closed() {
    let driver = Driver::ready_in(left_open()).press("O enter").types(SANDBOX_07).press("enter enter");
    let driver = driver.writes().ends(WriteOutcome::Taken(None), gone()).press("r").aws_answers();
    assert!(!is_open(&driver));
}

#[test]
fn without_any_the_list_says_so() {
    on_sandbox()
        .press("O")
        .says(&Notification::Unavailable(CommandId::LeftOpen, DisabledReason::NothingLeftOpen))
        .quietly();
}

#[test]
fn an_end_is_counted_down_and_what_is_past_it_is_told_at_the_start() {
    let mut world = left_open();
    let open = |until: &str, world: &World| LeftOpen { until: until.parse().ok(), ..world.stored.left_open[0].clone() };
    world.stored.left_open[0] = open("2025-03-14T12:00:00Z", &world);
    let past = Driver::ready_in(world);
    assert_eq!(past.app.model.recovery.expired(past.app.model.now), 1);
    assert_eq!(past.app.model.recovery.next_end().map(|open| open.account), Some(id(KENSHO)));
    past.says(&Notification::ExpiredRecoveries(1));

    let mut world = left_open();
    world.stored.left_open[0] = open("2035-01-01T00:00:00Z", &world);
    let coming = Driver::ready_in(world);
    assert_eq!(coming.app.model.recovery.expired(coming.app.model.now), 0);
    assert!(coming.app.model.recovery.next_end().is_some());
}

#[test]
fn the_end_of_a_recovery_is_chosen_sent_and_counted_down() {
    let sent = |driver: &Driver| driver.writes.last().map(|(_, request)| request.until);
    let until = |hours| noon().checked_add(jiff::SignedDuration::from_hours(hours)).ok();
    // Four hours are proposed.
    let driver = allowing().types(SANDBOX_07).press("enter enter").writing(&change(AllowPasswordRecovery));
    assert_eq!(sent(&driver), Some(until(4)));
    let driver = driver.ends(WriteOutcome::Taken(None), there());
    let open = driver.app.model.recovery.left_open(id(SANDBOX_07)).expect("it is on the list");
    assert_eq!(open.until, until(4));
    // Space goes through the others, and at last to none.
    for (presses, end) in [("space", until(8)), ("space space", until(24)), ("space space space space", None)] {
        let driver = allowing().types(SANDBOX_07).press("shift-tab").focuses(Focus::Answer).press(presses);
        let driver = driver.press("enter").focuses(Focus::Act).press("enter");
        let driver = driver.writing(&change(AllowPasswordRecovery));
        assert_eq!(sent(&driver), Some(end), "{presses}");
        let driver = driver.ends(WriteOutcome::Taken(None), there());
        assert_eq!(driver.app.model.recovery.left_open(id(SANDBOX_07)).and_then(|open| open.until), end);
    }
    // Closing has no end.
    let driver = on_sandbox().press(&choosing(RootTask::CloseRecovery)).types(SANDBOX_07).press("shift-tab");
    driver.focuses(Focus::Act);
}
