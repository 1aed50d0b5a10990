//! `ctrl-r` takes a reason in every confirmation of a change, and it goes out with the change.

use super::board::every_kind;
use super::email_change::opened;
use super::harness::{Driver, start};
use super::rooted::sandbox;
use super::world::*;
use super::{delegation, mails, plans, root_deletion};
use crate::app::dialogs::open_session::OpenSession;
use crate::app::effect::Visit;
use crate::app::focus::Focus;
use crate::app::layers::Layer;
use crate::app::msg::Answer;
use crate::app::start::Start;
use crate::app::state::organization::OrganizationRow;
use crate::domain::email_plan::PlanId;
use crate::domain::permit::Rules;
use crate::domain::root_session::{SessionInfo, SessionKey};
use crate::domain::run::{PlanToStart, Run, RunReport};
use crate::domain::task_policy::TaskPolicy;
use crate::domain::trusted_access::ServicePrincipal;
use crate::domain::write::{Seen, WriteOutcome};

const REASON: &str = "OPS-7 new owner";

/// The reason is given, and the dialog is on top again.
fn give(driver: Driver) -> Driver {
    driver.press("ctrl-r").types(REASON).press("enter enter").quietly()
}

fn sent(driver: &Driver) -> Vec<Option<&str>> {
    driver.writes.iter().map(|(_, request)| request.reason.as_deref()).collect()
}

/// No reason can be given here.
fn takes_none(driver: Driver) -> Driver {
    let driver = driver.press("ctrl-r");
    assert!(!matches!(driver.layer(), Some(Layer::Reason(_))));
    driver
}

#[test]
fn the_start_of_an_email_change_takes_a_reason_and_keeps_it_after_a_failure() {
    let driver = give(opened().types(NEW)).press("enter enter").writes();
    assert_eq!(sent(&driver), [Some(REASON)]);
    let driver = takes_none(driver);
    let failed = WriteOutcome::Failed(api_error(crate::domain::api_error::ApiErrorKind::Local));
    let driver = driver.ends(failed, Seen::Nothing).press("enter enter").writes();
    assert_eq!(sent(&driver), [Some(REASON)]);
}

#[test]
fn a_change_that_was_started_elsewhere_is_only_noted_and_takes_none() {
    takes_none(super::board::alarm().press("n"));
}

#[test]
fn the_one_time_password_takes_a_reason_when_it_is_sent_and_when_it_is_sent_again() {
    let driver = give(Driver::awaiting_code()).with_code().press("enter enter").writes();
    assert_eq!(sent(&driver), [Some(REASON)]);
    let driver = give(Driver::awaiting_code()).press("tab tab").focuses(Focus::Other).press("enter").writes();
    assert_eq!(sent(&driver), [Some(REASON)]);
}

#[test]
fn the_codes_of_mails_take_one_for_all() {
    let driver = give(mails::view(every_kind()).pastes(&mails::both())).types("2").press("enter enter").runs();
    assert!(matches!(driver.run(), Run::AcceptEmailChanges { reason, .. } if reason.as_deref() == Some(REASON)));
    takes_none(mails::view(every_kind()).pastes(&mail("nobody@example.com")));
}

#[test]
fn a_deletion_takes_one_once_it_shows_what_would_go() {
    takes_none(root_deletion::choosing());
    takes_none(root_deletion::looking(root_deletion::choosing()));
    let driver = give(root_deletion::asking()).types(SANDBOX_07).press("enter enter").runs();
    assert!(matches!(driver.run(), Run::DeleteCredentials { reason, .. } if reason.as_deref() == Some(REASON)));
}

#[test]
fn the_command_that_is_shown_has_the_reason_too() {
    let driver = give(root_deletion::asking());
    let commands = driver.layer().and_then(|layer| layer.dialog().commands(&driver.app.model)).expect("commands");
    assert!(!commands.is_empty());
    assert!(
        commands.iter().all(|command| command.to_string().contains(&format!("--reason '{REASON}'"))),
        "{commands:?}"
    );
}

#[test]
fn a_plan_takes_one_and_keeps_it_for_the_rest() {
    let driver = give(plans::asking()).press("space tab").types("3").press("enter enter").runs();
    let Run::StartEmailChanges { plan: PlanToStart::New(plan), .. } = driver.run() else { panic!("a new plan") };
    assert_eq!(plan.reason.as_deref(), Some(REASON));
    let driver = driver.reports(RunReport::PlanKept(PlanId(7)));
    let kept = driver.app.model.plans.get(PlanId(7)).expect("it is kept");
    assert_eq!(kept.reason.as_deref(), Some(REASON));
    // What is resumed has the reason it was begun with.
    takes_none(driver.reports(RunReport::Ended).some_text().0.press("2 b down enter"));
}

#[test]
fn making_a_delegated_administrator_and_ending_that_take_one() {
    let driver = give(delegation::asked().types(SANDBOX_07).press("enter enter"));
    let driver = driver.types(SANDBOX_07).press("enter enter").writes();
    assert_eq!(sent(&driver), [Some(REASON)]);
}

/// Where the configuration requires one.
fn required() -> Start {
    Start { rules: Rules { reason_required: true, ..Rules::default() }, ..start() }
}

#[test]
fn a_required_reason_is_asked_for_before_a_strong_change_is_sent() {
    let driver = Driver::ready_with(required(), World::default());
    let driver = delegation::on_row(driver, &OrganizationRow::Service(ServicePrincipal::account_management()));
    let driver = driver.press("D").types("sandbox-07").press("enter enter").types(SANDBOX_07).press("enter enter");
    assert!(matches!(driver.quietly().layer(), Some(Layer::Reason(_))), "it was not sent");
}

#[test]
fn it_is_sent_once_the_reason_is_given_and_not_with_an_empty_one() {
    let driver = Driver::ready_with(required(), World::default());
    let driver = delegation::on_row(driver, &OrganizationRow::Service(ServicePrincipal::account_management()));
    let driver = driver.press("D").types("sandbox-07").press("enter enter").types(SANDBOX_07).press("enter enter");
    let driver = driver.press("enter enter").quietly().press("enter");
    assert!(matches!(driver.layer(), Some(Layer::Reason(_))), "an empty one is none");
    let driver = driver.types(REASON).press("enter enter").quietly().press("enter").writes();
    assert_eq!(sent(&driver), [Some(REASON)]);
}

#[test]
fn a_mild_change_needs_none_and_a_session_that_can_delete_needs_one() {
    let driver = Driver::ready_with(required(), World::default()).on(SANDBOX_07).press("e").types(NEW);
    let driver = driver.press("enter enter").writes();
    assert_eq!(sent(&driver), [None]);
    let open = |task| {
        let mut dialog = OpenSession::new(SessionKey { account: id(SANDBOX_07), task });
        dialog.form.focus = Focus::Act;
        let mut driver = Driver::ready_with(required(), World::default());
        driver.app.layers.push(Layer::OpenSession(dialog));
        driver.press("l")
    };
    let driver = open(TaskPolicy::DeleteRootCredentials).press("enter").quietly();
    assert!(matches!(driver.layer(), Some(Layer::Reason(_))));
    let visit = |task, reason: Option<&str>| Visit::Session(sandbox(), task, 900, reason.map(str::to_owned));
    let driver = driver.types(REASON).press("enter enter enter");
    let driver = driver.visits(&visit(TaskPolicy::DeleteRootCredentials, Some(REASON)));
    let key = SessionKey { account: id(SANDBOX_07), task: TaskPolicy::DeleteRootCredentials };
    let session = SessionInfo { key, expires: driver.now + jiff::SignedDuration::from_secs(900) };
    let driver = driver.gets(Answer::Session(key, Ok(session)));
    let commands = driver.layer().and_then(|layer| layer.dialog().commands(&driver.app.model)).expect("commands");
    assert!(commands.iter().all(|command| command.to_string().contains("--reason 'OPS-7")), "{commands:?}");
    let task = TaskPolicy::AuditRootCredentials;
    open(task).press("enter").visits(&visit(task, None));
}
