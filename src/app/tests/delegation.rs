//! Delegated administrators: asked for, confirmed, seen.

use super::harness::Driver;
use super::world::*;
use crate::app::command_id::{CommandId, DisabledReason};
use crate::app::focus::Focus;
use crate::app::layers::Layer;
use crate::app::notification::Notification;
use crate::app::shell::App;
use crate::app::state::organization::OrganizationRow;
use crate::domain::api_error::ApiErrorKind;
use crate::domain::caller::OrgRole;
use crate::domain::change::Change;
use crate::domain::permit::Refusal;
use crate::domain::trusted_access::{DelegatedAdministrator, ServicePrincipal};
use crate::domain::write::{Seen, WriteOutcome};

fn mail() -> ServicePrincipal {
    ServicePrincipal::account_management()
}

/// In view 4, on the row.
pub(super) fn on_row(mut driver: Driver, row: &OrganizationRow) -> Driver {
    driver = driver.press("4 g");
    for _ in 0..20 {
        if driver.app.model.switches.selected().as_ref() == Some(row) {
            return driver;
        }
        driver = driver.press("j");
    }
    panic!("{row:?} is not there");
}

fn delegate_of(service: &ServicePrincipal, account: &str) -> DelegatedAdministrator {
    DelegatedAdministrator { account: id(account), name: "x".into(), services: vec![(service.clone(), None)] }
}

fn register() -> Change {
    Change::Delegation { account: id(SANDBOX_07), service: mail(), register: true }
}

pub(super) fn asked() -> Driver {
    on_row(Driver::ready(), &OrganizationRow::Service(mail())).press("D")
}

#[test]
fn an_account_is_named_confirmed_with_its_id_and_seen() {
    let driver = asked().focuses_field().types("Sandbox-07").press("enter enter");
    let Some(Layer::Confirm(dialog)) = driver.layer() else { panic!("{:?}", driver.layer()) };
    assert_eq!((&dialog.change, dialog.form.focus), (&register(), Focus::Field));
    let driver = driver.press("enter").says(&Notification::NotTyped(SANDBOX_07.into()));
    let seen = Seen::Delegates(Ok(vec![delegate_of(&mail(), SANDBOX_07)]));
    let driver =
        driver.types(SANDBOX_07).press("enter enter").writing(&register()).ends(WriteOutcome::Taken(None), seen);
    assert!(driver.app.layers.is_empty());
    driver.says(&Notification::DelegationSeen(id(SANDBOX_07), mail(), true)).quietly();
}

#[test]
fn accounts_are_suggested_by_name_and_id() {
    let typed = |text: &str| {
        let driver = asked().types(text);
        let Some(Layer::AskDelegate(dialog)) = driver.layer() else { panic!("{:?}", driver.layer()) };
        dialog.suggestions(&driver.app.model).into_iter().map(|it| it.text).collect::<Vec<_>>()
    };
    assert_eq!(typed("SANDBOX-0"), [SANDBOX_07, SANDBOX_08]);
    assert_eq!(typed("444455556"), [SANDBOX_07]);
    assert_eq!((typed(""), typed("nobody"), typed(SANDBOX_07), typed("sandbox-07")), (vec![], vec![], vec![], vec![]));
    let driver = asked().types("sandbox").press("down down enter").focuses_field().press("enter enter");
    let Some(Layer::Confirm(dialog)) = driver.layer() else { panic!("{:?}", driver.layer()) };
    let change = Change::Delegation { account: id(SANDBOX_08), service: mail(), register: true };
    assert_eq!(dialog.change, change);
}

#[test]
fn what_aws_does_not_show_is_not_called_done() {
    let driver = asked().types(SANDBOX_07).press("enter enter").types(SANDBOX_07).press("enter enter");
    let driver = driver.writing(&register()).ends(WriteOutcome::Taken(None), Seen::Delegates(Ok(vec![])));
    driver.says(&Notification::DelegationNotSeen(id(SANDBOX_07), mail(), true)).quietly();
    let driver = asked().types(SANDBOX_07).press("enter enter").types(SANDBOX_07).press("enter enter");
    let lost = api_error(ApiErrorKind::Timeout);
    let driver = driver.writing(&register()).ends(WriteOutcome::Unknown(lost.clone()), Seen::Delegates(Ok(vec![])));
    let Some(Layer::Confirm(dialog)) = driver.layer() else { panic!("{:?}", driver.layer()) };
    assert_eq!(dialog.form.trouble, Some(WriteOutcome::Unknown(lost)));
}

#[test]
fn nobody_and_two_of_a_name_are_nobody_s_administrator() {
    for (typed, left) in [("nobody", true), ("", true), ("999999999999", true), (SANDBOX_08, false)] {
        let driver = asked().types(typed).press("enter enter enter");
        assert_eq!(matches!(driver.layer(), Some(Layer::AskDelegate(_))), left, "{typed}");
    }
    let mut world = World::default();
    let twin = world.accounts.iter().find(|account| account.id == id(SANDBOX_07)).cloned().expect("an account");
    world.accounts.push(crate::domain::account::Account { id: id("444455551111"), ..twin });
    let driver = on_row(Driver::ready_in(world), &OrganizationRow::Service(mail())).press("D");
    let driver = driver.types("sandbox-07").press("enter enter");
    assert!(matches!(driver.layer(), Some(Layer::AskDelegate(_))));
}

#[test]
fn the_management_account_is_refused_before_anything_is_sent() {
    let driver = asked().types(MANAGEMENT).press("enter enter");
    let Some(Layer::Confirm(dialog)) = driver.layer() else { panic!("{:?}", driver.layer()) };
    assert_eq!(dialog.refusal, Some(Refusal::ManagementAsDelegate));
    driver.press("tab enter enter").quietly();
}

#[test]
fn one_that_is_there_is_deregistered_from_its_row_and_bars_the_switch_of_its_service() {
    let iam = ServicePrincipal::iam();
    let row = OrganizationRow::Delegate(id(DELEGATE), iam.clone());
    let change = Change::Delegation { account: id(DELEGATE), service: iam.clone(), register: false };
    let driver = on_row(Driver::ready(), &OrganizationRow::Service(iam.clone())).press("D");
    let barred = DisabledReason::Refusal(Refusal::HasDelegate(iam.clone(), id(DELEGATE)));
    let driver = driver.says(&Notification::Unavailable(CommandId::Delegate, barred.clone()));
    let driver = driver.press("t").says(&Notification::Unavailable(CommandId::Toggle, barred));
    let driver = on_row(driver, &row).press("D").types(DELEGATE).press("enter enter").writing(&change);
    let driver = driver.ends(WriteOutcome::Taken(None), Seen::Delegates(Ok(vec![])));
    let driver = driver.says(&Notification::DelegationSeen(id(DELEGATE), iam.clone(), false));
    let driver = on_row(driver, &OrganizationRow::Service(iam)).press("t");
    assert!(matches!(driver.layer(), Some(Layer::Confirm(_))), "nothing bars it any more");
}

#[test]
fn only_the_management_account_delegates() {
    let world = World { org_role: OrgRole::Delegated(vec![mail()]), ..World::default() };
    let driver = on_row(Driver::ready_in(world), &OrganizationRow::Service(mail())).press("D");
    let why = DisabledReason::Refusal(Refusal::NeedsManagement);
    driver.says(&Notification::Unavailable(CommandId::Delegate, why)).quietly();
}

impl Driver {
    fn focuses_field(self) -> Self {
        assert!(App::is_typing(&self.app));
        self
    }
}
