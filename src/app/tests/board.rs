//! View 2: which changes it shows, asking AWS about them, and what can be done with one.

use std::time::Duration;

use super::harness::{Driver, start};
use super::world::*;
use crate::app::command_id::{CommandId, DisabledReason};
use crate::app::effect::{Effect, Read, StoreRequest, Wake};
use crate::app::focus::Focus;
use crate::app::layers::Layer;
use crate::app::msg::Answer;
use crate::app::notification::{Notification, Tone};
use crate::app::notification_list::Notifications;
use crate::app::start::Start;
use crate::app::state::choices::AskScope;
use crate::app::view::ViewId;
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiErrorKind;
use crate::domain::change::Change;
use crate::domain::email_change::{EmailChangeReport, EmailChangeStatus, StartedEmailChange, StartedProgress};
use crate::domain::emails::ChangeState;
use crate::domain::permit::{Refusal, Rules};
use crate::domain::run::{Run, RunReport, Steering};
use crate::domain::stored::Stored;
use crate::domain::write::WriteOutcome;

/// Changes of every kind: pending, unconfirmed, expired, started elsewhere, accepted.
pub(super) fn every_kind() -> World {
    use StartedProgress as P;
    let mut world = World::default();
    world.stored.started = vec![
        started("2025-03-14T13:14:00Z", P::Pending),
        started_for(SANDBOX_08, OTHER_NEW, "2025-03-14T13:20:00Z", P::Unconfirmed),
        started_for(DELEGATE, "root-audit@example.com", "2025-03-12T13:20:00Z", P::Pending),
        started_for(LONG, "root-portal@example.com", "2025-03-14T12:20:00Z", P::Accepted),
    ];
    for account in [SANDBOX_07, DELEGATE, KENSHO] {
        world.changes.insert(id(account), EmailChangeStatus::Pending);
    }
    world.changes.insert(id(LONG), EmailChangeStatus::Accepted);
    world
}

fn follow(account: &str) -> Effect {
    Effect::Wake(Duration::from_secs(5), Wake::Follow(id(account)))
}

/// View 2 with all of them; the one started elsewhere was asked for.
fn board() -> Driver {
    let driver = Driver::ready_in(every_kind()).wants(&follow(LONG)).on(KENSHO).press("v").aws_answers();
    driver.press("2")
}

fn only(account: &str) -> World {
    let mut world = World::default();
    world.changes.insert(id(account), EmailChangeStatus::Pending);
    world
}

/// View 2 with one change that was started elsewhere.
pub(super) fn alarm() -> Driver {
    Driver::ready_in(only(KENSHO)).on(KENSHO).press("v").aws_answers().press("2").on(KENSHO)
}

fn rows(driver: &Driver) -> Vec<AccountId> {
    driver.app.model.board.pane.list.rows().to_vec()
}

#[test]
fn a_status_that_aws_added_is_open_and_in_its_word() {
    let mut world = only(SANDBOX_07);
    world.changes.insert(id(SANDBOX_07), EmailChangeStatus::from_wire("VERIFYING"));
    let driver = Driver::ready_in(world).on(SANDBOX_07).press("v").aws_answers();
    let state = driver.app.model.emails.state(id(SANDBOX_07), driver.now);
    assert_eq!(state, ChangeState::OtherStatus("VERIFYING", None));
    assert!(
        driver.app.model.emails.get(id(SANDBOX_07)).is_some_and(|facts| facts.is_pending(driver.now)),
        "nobody knows that it is over"
    );
    let driver = driver.press("2");
    assert_eq!(driver.app.model.board.pane.list.rows(), [id(SANDBOX_07)]);
}

#[test]
fn what_needs_a_person_comes_first() {
    let driver = board();
    assert_eq!(rows(&driver), [KENSHO, SANDBOX_08, SANDBOX_07, DELEGATE, LONG].map(id));
    assert_eq!((driver.app.model.board.open, driver.app.selected_id()), (5, Some(id(KENSHO))));
}

#[test]
fn an_account_without_a_change_is_not_shown_and_one_that_could_not_be_asked_is() {
    let driver = Driver::ready().press("2").quietly();
    assert!(rows(&driver).is_empty());
    let asked = [Read::PrimaryEmail(id(KENSHO)), Read::EmailChange(id(KENSHO))];
    let driver =
        driver.press("1").on(KENSHO).press("v").asks(&asked).fails(asked[1], ApiErrorKind::Throttled).press("2");
    assert_eq!((rows(&driver), driver.app.model.board.open), (vec![id(KENSHO)], 0));
}

#[test]
fn marks_are_shared_by_the_views_and_the_filter_is_the_view_s_own() {
    let driver = board().press("/").types("sandbox-0").press("enter");
    assert_eq!(rows(&driver), [SANDBOX_08, SANDBOX_07].map(id));
    let driver = driver.press("space *");
    assert_eq!(driver.app.model.root.marks.len(), 2);
    let driver = driver.press("esc").quietly();
    assert_eq!((rows(&driver).len(), driver.app.view), (5, ViewId::EmailChanges));
    assert_eq!(driver.press("esc esc").app.view, ViewId::EmailChanges);
}

#[test]
fn the_selection_stays_on_its_change_when_the_order_changes() {
    let mut driver = board().on(SANDBOX_07);
    driver.world.changes.insert(id(SANDBOX_07), EmailChangeStatus::Failed);
    let driver = driver.press("v").aws_answers();
    assert_eq!(driver.app.selected_id(), Some(id(SANDBOX_07)));
    assert_eq!(rows(&driver)[1], id(SANDBOX_07), "what failed needs a person");
}

#[test]
fn the_selection_stays_on_the_change_that_something_is_done_with() {
    let forget = StoreRequest::Forget(id(SANDBOX_07));
    let mut world = every_kind();
    world.stored.started.truncate(1);
    let driver = Driver::ready_in(world).press("2 f tab enter").keeps(&forget);
    let driver = driver.gets(Answer::Kept(Box::new(forget), Ok(()))).press("V G enter").runs();
    let other = RunReport::EmailChange(id(DELEGATE), Ok(report(EmailChangeStatus::Pending)));
    let driver = driver.reports(other);
    assert_eq!(rows(&driver), [DELEGATE, SANDBOX_07].map(id));
    assert_eq!(driver.app.selected_id(), Some(id(SANDBOX_07)));
}

#[test]
fn a_change_that_was_started_from_here_and_forgotten_is_not_told_as_started_elsewhere() {
    let forget = StoreRequest::Forget(id(SANDBOX_07));
    let mut world = every_kind();
    world.stored.started.truncate(1);
    let driver = Driver::ready_in(world).press("2 f tab enter").keeps(&forget);
    let mut driver = driver.gets(Answer::Kept(Box::new(forget), Ok(()))).on(SANDBOX_07);
    let reported = |seconds: i64| {
        let updated = Some("2025-03-14T13:14:01Z".parse::<jiff::Timestamp>().expect("a time"));
        let updated = updated.map(|at| at + jiff::SignedDuration::from_secs(seconds));
        Ok(EmailChangeReport { status: EmailChangeStatus::Pending, updated })
    };
    let now = driver.now;
    let facts = driver.app.model.emails.entry(id(SANDBOX_07));
    facts.change.set(reported(0), now);
    assert_eq!((facts.state(now), facts.is_alarm(now)), (ChangeState::AddressForgotten, false));
    assert_eq!(driver.app.can_name_address(), Ok(()));
    let facts = driver.app.model.emails.entry(id(SANDBOX_07));
    facts.change.set(reported(3_600), now);
    assert_eq!(facts.state(now), ChangeState::AddressUnknown, "another has followed it");
    facts.journaled.clear();
    facts.change.set(reported(0), now);
    assert!(facts.is_alarm(now), "the journal says nothing of it");
}

#[test]
fn a_change_expires_while_it_is_looked_at() {
    let driver = board().on(SANDBOX_07).after(86_400).woken(Wake::Minute);
    assert!(matches!(driver.app.model.emails.state(id(SANDBOX_07), driver.now), ChangeState::Expired(_)));
    driver.press("o").says(&Notification::Unavailable(CommandId::EnterOtp, DisabledReason::Expired));
}

#[test]
fn enter_shows_the_change_and_asks_and_esc_goes_back() {
    let asked = [Read::PrimaryEmail(id(SANDBOX_07)), Read::EmailChange(id(SANDBOX_07))];
    let driver = board().on(SANDBOX_07).press("enter").asks(&asked).quietly();
    assert!(driver.app.model.board.pane.reading);
    let driver = driver.press("esc");
    assert!(!driver.app.model.board.pane.reading && driver.app.view == ViewId::EmailChanges);
    assert!(driver.press("tab").app.model.board.pane.reading);
}

#[test]
fn refreshing_asks_about_every_change_that_is_not_over() {
    let driver = board().press("r");
    let changes = [KENSHO, SANDBOX_08, SANDBOX_07, DELEGATE, LONG].map(|account| Read::EmailChange(id(account)));
    let driver = driver.asks(&changes).asks(&[Read::PrimaryEmail(id(KENSHO)), Read::Organization, Read::Accounts]);
    let rest = [Read::UnitNames, Read::TrustedAccess, Read::RootFeatures, Read::DelegatedAdministrators];
    driver.asks(&rest).quietly();
}

#[test]
fn many_started_changes_are_asked_about_in_a_run() {
    let mut world = World::of(20);
    let ids: Vec<AccountId> = world.accounts.iter().take(12).map(|account| account.id).collect();
    world.stored.started = ids
        .iter()
        .enumerate()
        .map(|(index, account)| StartedEmailChange {
            account: *account,
            new: email(&format!("root-{index}@example.com")),
            ..started("2025-03-14T13:14:00Z", StartedProgress::Pending)
        })
        .collect();
    let driver = Driver::ready_in(world).runs();
    assert_eq!(driver.run(), &Run::AskEmailChanges { accounts: ids });
    driver.reports(RunReport::Ended);
}

fn choose(driver: Driver, scope: AskScope) -> Driver {
    let mut driver = driver.press("V");
    for _ in 0..8 {
        match driver.layer() {
            Some(Layer::AskMenu(menu)) if menu.chosen() == Some(&scope) => break,
            _ => driver = driver.press("j"),
        }
    }
    driver.press("enter")
}

#[test]
fn all_active_members_are_asked_on_request_and_nobody_else() {
    let driver = choose(Driver::ready().press("2"), AskScope::All).runs();
    let members = [DELEGATE, SANDBOX_07, SANDBOX_08, KENSHO, LONG].map(id).to_vec();
    assert_eq!(driver.run(), &Run::AskEmailChanges { accounts: members });
    let pending = RunReport::EmailChange(id(KENSHO), Ok(report(EmailChangeStatus::Pending)));
    let failed = RunReport::EmailChange(id(LONG), Err(api_error(ApiErrorKind::Throttled)));
    let driver = driver.after(1).reports(pending).after(1).reports(failed);
    assert_eq!(rows(&driver), [KENSHO, LONG].map(id), "an alarm, and what is not known");
    let driver = driver.press("P").steers(Steering::Pause).press("P").steers(Steering::GoOn);
    let driver = driver.press("X").steers(Steering::Stop).reports(RunReport::Ended);
    let Some(Notification::RunEnded(summary)) = driver.notification() else {
        panic!("the end is told: {:?}", driver.notification())
    };
    assert_eq!((summary.done, summary.total, summary.unread), (2, 5, 1));
}

#[test]
fn the_marked_and_the_selected_can_be_asked() {
    let driver = board().on(SANDBOX_07).press("space").on(LONG).press("space");
    let driver = choose(driver, AskScope::Marked).runs();
    assert_eq!(driver.run(), &Run::AskEmailChanges { accounts: vec![id(SANDBOX_07), id(LONG)] });
    let driver = choose(driver.press("g").on(DELEGATE), AskScope::Selected);
    driver.asks(&[Read::PrimaryEmail(id(DELEGATE)), Read::EmailChange(id(DELEGATE))]).quietly();
}

#[test]
fn one_run_at_a_time_is_asked_for() {
    let driver = choose(board(), AskScope::All).runs();
    let driver = choose(driver, AskScope::Open).quietly();
    driver.says(&Notification::Unavailable(CommandId::AskMenu, DisabledReason::RunInProgress));
}

#[test]
fn without_trusted_access_there_is_nothing_to_ask() {
    let service = crate::domain::trusted_access::ServicePrincipal::account_management();
    let why = DisabledReason::Refusal(Refusal::NeedsTrustedAccess(service));
    Driver::ready_in(World::untrusting())
        .press("2 V")
        .quietly()
        .says(&Notification::Unavailable(CommandId::AskMenu, why));
}

#[test]
fn an_accepted_change_is_followed_after_a_restart_to_its_end() {
    let mut world = World::default();
    world.stored.started = vec![started("2025-03-14T13:14:00Z", StartedProgress::Accepted)];
    world.changes.insert(id(SANDBOX_07), EmailChangeStatus::Accepted);
    let status = Read::EmailChange(id(SANDBOX_07));
    let mut driver = Driver::ready_in(world).wants(&follow(SANDBOX_07)).press("2").quietly();
    assert_eq!(driver.app.model.emails.state(id(SANDBOX_07), driver.now), ChangeState::Accepted);
    driver.world.changes.insert(id(SANDBOX_07), EmailChangeStatus::Completed);
    driver.world.primary.insert(id(SANDBOX_07), NEW.into());
    let driver = driver.after(5).woken(Wake::Follow(id(SANDBOX_07))).asks(&[status]).aws_answers();
    assert_eq!(driver.app.model.emails.state(id(SANDBOX_07), driver.now), ChangeState::Completed);
    driver.says(&Notification::EmailCompleted(id(SANDBOX_07), NEW.into())).quietly();
}

#[test]
fn a_change_from_elsewhere_that_is_completed_is_told_as_what_is_wrong() {
    let evil = "evil@attacker.example";
    let mut driver = alarm();
    driver.world.changes.insert(id(KENSHO), EmailChangeStatus::Completed);
    driver.world.primary.insert(id(KENSHO), evil.into());
    let driver = driver.press("v").aws_answers();
    let notification = Notification::EmailChangedElsewhere(id(KENSHO), evil.into());
    assert_eq!(notification.tone(), Tone::Bad);
    let driver = driver.says(&notification);
    assert_eq!(driver.app.model.accounts.get(id(KENSHO)).map(|account| account.email.as_str()), Some(evil));
}

#[test]
fn what_comes_by_itself_does_not_hide_what_is_wrong() {
    let wrong = Notification::EmailChangedElsewhere(id(KENSHO), "evil@attacker.example".into());
    let mut notifications = Notifications::default();
    assert_eq!(notifications.add(wrong.clone()), None, "it stays until it is read");
    assert!(notifications.add(Notification::OpenChanges(2)).is_some());
    assert_eq!(notifications.current().map(|posted| &posted.notification), Some(&wrong));
    // What answers a key does, for a while.
    assert!(notifications.add(Notification::Refreshing).is_some());
    assert_eq!(notifications.current().map(|posted| &posted.notification), Some(&Notification::Refreshing));
}

#[test]
fn a_change_from_elsewhere_that_left_the_address_as_it_was_is_only_over() {
    let mut driver = alarm();
    assert_eq!(driver.app.model.board.alarms, 1);
    driver.world.changes.insert(id(KENSHO), EmailChangeStatus::Completed);
    let driver = driver.press("v").aws_answers();
    assert_eq!(driver.app.model.board.alarms, 0);
    assert!(driver.app.notifications.newest_bad().is_none());
}

#[test]
fn an_accepted_change_that_could_not_be_asked_about_at_the_start_is_followed_all_the_same() {
    let mut world = World::default();
    world.stored.started = vec![started("2025-03-14T13:14:00Z", StartedProgress::Accepted)];
    let status = Read::EmailChange(id(SANDBOX_07));
    let driver = Driver::started(start(), world).asks(&[Read::Stored, Read::Connect]);
    let driver = driver.aws_answers_to(Read::Connect).asks(&[
        Read::Organization,
        Read::Accounts,
        Read::TrustedAccess,
        Read::RootFeatures,
        Read::DelegatedAdministrators,
        Read::UnitNames,
    ]);
    let driver = driver.aws_answers_to(Read::Stored).asks(&[status]).fails(status, ApiErrorKind::Throttled);
    assert_eq!(driver.app.model.emails.state(id(SANDBOX_07), driver.now), ChangeState::Accepted);
    driver.wants(&follow(SANDBOX_07)).quietly();
}

#[test]
fn the_password_is_sent_again_after_a_confirmation() {
    let again = Change::StartEmailChange { account: id(SANDBOX_07), old: OLD.into(), new: email(NEW) };
    let driver = board().on(SANDBOX_07).press("s").focuses(Focus::Field).press("enter enter").writing(&again);
    let driver =
        driver.ends(WriteOutcome::Taken(Some(EmailChangeStatus::Pending)), Driver::seen(EmailChangeStatus::Pending));
    assert!(matches!(driver.layer(), Some(Layer::EnterOtp(dialog)) if dialog.account == id(SANDBOX_07)));
    let driver = board().on(SANDBOX_07).press("s tab enter").quietly();
    assert_eq!(driver.layer(), None);
    // What has expired begins a new day with it.
    let driver = board().on(DELEGATE).press("s enter enter").writes();
    let driver =
        driver.ends(WriteOutcome::Taken(Some(EmailChangeStatus::Pending)), Driver::seen(EmailChangeStatus::Pending));
    assert!(matches!(driver.app.model.emails.state(id(DELEGATE), driver.now), ChangeState::Pending(_)));
}

#[test]
fn the_fourth_start_in_half_a_minute_is_said_to_wait() {
    use crate::app::focus::Phase;
    let mut driver = board().on(SANDBOX_07);
    for second in 0..3 {
        let waits = driver.app.model.start_waits(id(SANDBOX_07), Phase::Asking);
        assert_eq!(waits, None, "after {second} starts");
        driver = driver.after(1).press("s enter enter").writes();
        let taken = WriteOutcome::Taken(Some(EmailChangeStatus::Pending));
        driver = driver.ends(taken, Driver::seen(EmailChangeStatus::Pending)).press("esc");
    }
    let waits = driver.app.model.start_waits(id(SANDBOX_07), Phase::Asking).map(|wait| wait.as_secs());
    assert_eq!(waits, Some(29), "the first was two seconds ago");
    assert_eq!(driver.app.model.start_waits(id(LONG), Phase::Asking), None, "each account has its own");
    driver.world.connection.paced = false;
    let driver = driver.after(40).woken(Wake::Minute);
    assert_eq!(driver.app.model.start_waits(id(SANDBOX_07), Phase::Asking), None);
}

#[test]
fn an_address_that_is_not_known_can_be_entered_and_then_the_password() {
    let kept = StartedEmailChange {
        account: id(KENSHO),
        old: "aws+kensho@example.com".into(),
        new: email("root-kensho@example.com"),
        by: None,
        started: noon(),
        progress: StartedProgress::Pending,
    };
    let adopt = StoreRequest::Adopt(kept.clone());
    let driver = alarm()
        .press("o")
        .says(&Notification::Unavailable(CommandId::EnterOtp, DisabledReason::AddressUnknownHere))
        .press("n");
    let driver = driver.focuses(Focus::Field).types("root-kensho@example.com").press("enter").focuses(Focus::Act);
    let driver = driver.press("enter").keeps(&adopt).press("enter").quietly();
    let driver = driver.press("n").quietly();
    drop(driver);
    let driver = alarm().press("n").types("root-kensho@example.com").press("enter enter").keeps(&adopt);
    let driver = driver.gets(Answer::Kept(Box::new(adopt), Ok(())));
    assert!(matches!(driver.layer(), Some(Layer::EnterOtp(dialog)) if dialog.new == kept.new));
    assert!(matches!(driver.app.model.emails.state(id(KENSHO), driver.now), ChangeState::Pending(_)));
    driver.says(&Notification::AddressKept(id(KENSHO))).with_code().press("enter enter").writes();
}

#[test]
fn the_entered_address_is_checked_as_a_new_one_is() {
    let driver = alarm().press("n").types("root@").press("enter enter").focuses(Focus::Field).quietly();
    drop(driver);
    let driver = alarm().press("n").types(ELSEWHERE).press("enter").focuses(Focus::Answer).press("enter").quietly();
    let driver = driver.press("space enter").focuses(Focus::Act).press("enter");
    drop(driver.keeps(&StoreRequest::Adopt(StartedEmailChange {
        account: id(KENSHO),
        old: "aws+kensho@example.com".into(),
        new: email(ELSEWHERE),
        by: None,
        started: noon(),
        progress: StartedProgress::Pending,
    })));
}

#[test]
fn an_address_that_can_not_be_kept_stays_in_its_dialog() {
    let driver = alarm().press("n").types("root-kensho@example.com").press("enter enter");
    let adopt = StoreRequest::Adopt(StartedEmailChange {
        account: id(KENSHO),
        old: "aws+kensho@example.com".into(),
        new: email("root-kensho@example.com"),
        by: None,
        started: noon(),
        progress: StartedProgress::Pending,
    });
    let full = api_error(ApiErrorKind::Local);
    let driver = driver.keeps(&adopt).gets(Answer::Kept(Box::new(adopt), Err(full.clone()))).focuses(Focus::Field);
    let Some(Layer::StartEmail(dialog)) = driver.layer() else { panic!("the dialog") };
    assert_eq!(dialog.form.trouble, Some(WriteOutcome::Failed(full)));
    assert_eq!(driver.app.model.emails.state(id(KENSHO), driver.now), ChangeState::AddressUnknown);
}

#[test]
fn an_address_is_not_kept_for_a_change_that_is_over_meanwhile() {
    let mut driver = alarm().press("n").types("root-kensho@example.com").press("enter");
    driver.world.changes.insert(id(KENSHO), EmailChangeStatus::Completed);
    driver.app.model.emails.entry(id(KENSHO)).change.set(Ok(driver.world.change_of(id(KENSHO))), driver.now);
    driver
        .press("enter")
        .quietly()
        .says(&Notification::Unavailable(CommandId::NameAddress, DisabledReason::AddressKnown));
}

#[test]
fn forgetting_needs_its_confirmation_and_leaves_an_alarm_while_aws_shows_the_change() {
    let forget = StoreRequest::Forget(id(SANDBOX_07));
    let driver = board().on(SANDBOX_07).press("f").focuses(Focus::Cancel).press("enter").quietly();
    assert_eq!(driver.layer(), None);
    let driver = driver.press("f tab enter").keeps(&forget).press("enter").quietly();
    let driver = driver.gets(Answer::Kept(Box::new(forget), Ok(()))).says(&Notification::Forgotten(id(SANDBOX_07)));
    assert_eq!(driver.layer(), None);
    assert_eq!(driver.app.model.emails.state(id(SANDBOX_07), driver.now), ChangeState::AddressUnknown);
    driver.press("f").quietly().says(&Notification::Unavailable(CommandId::ForgetChange, DisabledReason::NothingKept));
}

#[test]
fn what_could_not_be_forgotten_says_so_in_its_dialog() {
    let forget = StoreRequest::Forget(id(SANDBOX_07));
    let full = api_error(ApiErrorKind::Local);
    let driver = board().on(SANDBOX_07).press("f tab enter").keeps(&forget);
    let driver = driver.gets(Answer::Kept(Box::new(forget), Err(full.clone()))).focuses(Focus::Cancel);
    let Some(Layer::ForgetChange(dialog)) = driver.layer() else { panic!("the dialog") };
    assert_eq!((dialog.form.error(), dialog.form.phase), (Some(&full), crate::app::focus::Phase::Asking));
    assert!(matches!(driver.app.model.emails.state(id(SANDBOX_07), driver.now), ChangeState::Pending(_)));
}

#[test]
fn a_run_that_may_not_write_keeps_and_forgets_nothing_and_still_asks() {
    let rules = Rules { read_only: true, ..Rules::default() };
    let mut world = every_kind();
    world.stored = Stored { started: world.stored.started[..1].to_vec(), ..Stored::default() };
    let driver = Driver::ready_with(Start { rules, ..start() }, world).press("2").on(SANDBOX_07);
    let mut driver = driver;
    for (key, command) in [
        ("e", CommandId::ChangeEmail),
        ("o", CommandId::EnterOtp),
        ("s", CommandId::SendAgain),
        ("n", CommandId::NameAddress),
        ("f", CommandId::ForgetChange),
    ] {
        driver = driver
            .press(key)
            .quietly()
            .says(&Notification::Unavailable(command, DisabledReason::Refusal(Refusal::ReadOnly)));
    }
    driver.press("v").asks(&[Read::PrimaryEmail(id(SANDBOX_07)), Read::EmailChange(id(SANDBOX_07))]).quietly();
}

#[test]
fn an_account_that_left_the_organization_can_still_be_forgotten() {
    let mut world = every_kind();
    world.accounts.retain(|account| account.id != id(SANDBOX_07));
    let driver = Driver::ready_in(world).wants(&follow(LONG)).press("2").on(SANDBOX_07).press("space").quietly();
    assert!(driver.app.model.root.marks.is_empty(), "there is nothing to mark");
    let forget = StoreRequest::Forget(id(SANDBOX_07));
    let driver = driver
        .on(SANDBOX_07)
        .press("o")
        .says(&Notification::Unavailable(CommandId::EnterOtp, DisabledReason::NotListed));
    driver.press("f tab enter").keeps(&forget);
}
