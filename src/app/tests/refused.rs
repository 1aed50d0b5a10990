//! What rootdeck does not let a person do is journaled, whichever dialog or menu it was asked in.

use super::harness::{Driver, start};
use super::rooted::{choosing, gated};
use super::world::*;
use crate::app::command::COMMANDS;
use crate::app::start::Start;
use crate::app::state::choices::RootTask;
use crate::app::state::organization::OrganizationRow;
use crate::domain::account::AccountState;
use crate::domain::caller::OrgRole;
use crate::domain::permit::{Refusal, Rules};
use crate::domain::root_feature::{RootFeature, RootFeatures};
use crate::domain::trusted_access::ServicePrincipal;

const SESSION: &str = "sts:AssumeRoot";
const START: &str = "account:StartPrimaryEmailUpdate";

fn protecting(account: &str, world: World) -> Driver {
    let rules = Rules { protected: [id(account)].into(), ..Rules::default() };
    Driver::ready_with(Start { rules, ..start() }, world)
}

/// What was journaled: the account, the operation, and why.
fn journaled(driver: &Driver) -> Vec<(Option<String>, &'static str, Refusal)> {
    let of = |(subject, why): &(crate::domain::journal::Subject, Refusal)| {
        (subject.account.map(|account| account.to_string()), subject.operation, why.clone())
    };
    driver.refused.iter().map(of).collect()
}

fn entry(account: &str, operation: &'static str, why: Refusal) -> (Option<String>, &'static str, Refusal) {
    (Some(account.to_owned()), operation, why)
}

fn marked(driver: Driver, accounts: &[&str]) -> Driver {
    accounts.iter().fold(driver, |driver, account| driver.on(account).press("space"))
}

fn on_row(driver: Driver, row: &OrganizationRow) -> Driver {
    let mut driver = driver.press("4 g");
    while driver.app.model.switches.selected().as_ref() != Some(row) {
        driver = driver.press("j");
    }
    driver
}

#[test]
fn each_account_that_a_deletion_leaves_out_is_journaled() {
    let driver = protecting(KENSHO, managed()).press("3");
    let driver = marked(driver, &[SANDBOX_07, MANAGEMENT, SUSPENDED, KENSHO]).press("d").quietly();
    let mut found = journaled(&driver);
    found.sort_by(|one, other| one.0.cmp(&other.0));
    let mut expected = vec![
        entry(MANAGEMENT, SESSION, Refusal::RootOfManagement),
        entry(KENSHO, SESSION, Refusal::Protected(id(KENSHO))),
        entry(SUSPENDED, SESSION, Refusal::NotActive(AccountState::Suspended)),
    ];
    expected.sort_by(|one, other| one.0.cmp(&other.0));
    assert_eq!(found, expected);
}

#[test]
fn a_deletion_that_leaves_all_out_is_journaled_for_each_account_with_its_own_reason() {
    let driver = marked(Driver::ready_in(managed()).press("3"), &[MANAGEMENT, SUSPENDED]).press("d").quietly();
    let mut found = journaled(&driver);
    found.sort_by(|one, other| one.0.cmp(&other.0));
    let mut expected = vec![
        entry(MANAGEMENT, SESSION, Refusal::RootOfManagement),
        entry(SUSPENDED, SESSION, Refusal::NotActive(AccountState::Suspended)),
    ];
    expected.sort_by(|one, other| one.0.cmp(&other.0));
    assert_eq!(found, expected);
}

#[test]
fn a_gate_that_the_caller_can_not_open_is_journaled_as_what_stood_in_the_way() {
    let mut world = World { org_role: OrgRole::Delegated(vec![ServicePrincipal::iam()]), ..World::default() };
    world.connection.caller.account = id(DELEGATE);
    let driver = Driver::ready_in(world).press("3").on(SANDBOX_07).press("d").quietly();
    let closed = Refusal::NeedsRootFeature(RootFeature::RootCredentialsManagement);
    assert_eq!(journaled(&driver), [entry(SANDBOX_07, SESSION, closed.clone())]);
    // The menu of the root tasks says the same.
    let driver = driver.press(&choosing(RootTask::AllowRecovery)).quietly();
    assert_eq!(journaled(&driver).last(), Some(&entry(SANDBOX_07, "iam:CreateLoginProfile", closed)));
}

#[test]
fn a_delegation_that_is_refused_is_journaled() {
    const REGISTER: &str = "organizations:RegisterDelegatedAdministrator";
    let mail = ServicePrincipal::account_management();
    let row = OrganizationRow::Service(mail.clone());
    // Before an account is named.
    let world = World { org_role: OrgRole::Delegated(vec![mail.clone()]), ..World::default() };
    let driver = on_row(Driver::ready_in(world), &row).press("D").quietly();
    assert_eq!(journaled(&driver), [(None, REGISTER, Refusal::NeedsManagement)]);
    // In the confirmation.
    let driver = on_row(Driver::ready(), &row).press("D").types(MANAGEMENT).press("enter enter").quietly();
    assert_eq!(journaled(&driver), [entry(MANAGEMENT, REGISTER, Refusal::ManagementAsDelegate)]);
    // On the row of an administrator.
    let read_only = Rules { read_only: true, ..Rules::default() };
    let driver = Driver::ready_with(Start { rules: read_only, ..start() }, World::default());
    let row = OrganizationRow::Delegate(id(DELEGATE), ServicePrincipal::iam());
    let driver = on_row(driver, &row).press("D").quietly();
    let deregister = "organizations:DeregisterDelegatedAdministrator";
    assert_eq!(journaled(&driver), [entry(DELEGATE, deregister, Refusal::ReadOnly)]);
}

#[test]
fn a_protected_account_does_not_bar_others_from_being_delegated_to() {
    let driver = protecting(SANDBOX_07, World::default());
    let first = driver.app.model.accounts.ids().into_iter().find(|account| *account != id(MANAGEMENT));
    let driver = protecting(&first.expect("an account").to_string(), World::default());
    let row = OrganizationRow::Service(ServicePrincipal::account_management());
    let driver = on_row(driver, &row).press("D").quietly();
    assert!(matches!(driver.layer(), Some(crate::app::layers::Layer::AskDelegate(_))), "{:?}", driver.notification());
}

#[test]
fn a_switch_that_is_refused_in_the_menu_is_journaled() {
    // The delegated administrator may disable a feature, and enable nothing.
    let features = RootFeatures::Enabled(vec![RootFeature::RootSessions]);
    let org_role = OrgRole::Delegated(vec![ServicePrincipal::iam()]);
    let mut world = World { org_role, features, ..World::default() };
    world.connection.caller.account = id(DELEGATE);
    let driver = Driver::ready_in(world).press("t enter").quietly();
    assert!(matches!(journaled(&driver).as_slice(), [(None, _, Refusal::NeedsManagement)]), "{:?}", driver.refused);
}

#[test]
fn what_a_plan_leaves_out_is_journaled() {
    let driver = protecting(SANDBOX_08, managed());
    let driver = marked(driver, &[SANDBOX_07, SANDBOX_08]).press("e").quietly();
    assert_eq!(journaled(&driver), [entry(SANDBOX_08, START, Refusal::Protected(id(SANDBOX_08)))]);
}

#[test]
fn a_plan_that_is_refused_at_its_start_is_journaled() {
    let read_only = Rules { read_only: true, ..Rules::default() };
    let driver = Driver::ready_with(Start { rules: read_only, ..start() }, managed());
    let driver = marked(driver, &[SANDBOX_07, SANDBOX_08]).press("e").quietly();
    assert_eq!(journaled(&driver), [(None, START, Refusal::ReadOnly)]);
}

#[test]
fn a_mail_whose_change_may_not_be_accepted_is_journaled_once() {
    let rules = Rules { protected: [id(SANDBOX_07)].into(), ..Rules::default() };
    let mut world = World::default();
    world.stored.started = vec![started("2025-03-14T13:00:00Z", crate::domain::email_change::StartedProgress::Pending)];
    world.changes.insert(id(SANDBOX_07), crate::domain::email_change::EmailChangeStatus::Pending);
    let driver = Driver::ready_with(Start { rules, ..start() }, world);
    let driver = driver.press("2").pastes(&mail(NEW)).after(5).press("tab").quietly();
    let why = Refusal::Protected(id(SANDBOX_07));
    assert_eq!(journaled(&driver), [entry(SANDBOX_07, "account:AcceptPrimaryEmailUpdate", why)]);
}

#[test]
fn every_command_says_what_it_would_have_begun() {
    // Refused by hand, as no state of the program refuses all of them.
    let mut driver = Driver::ready_in(gated()).press("3").on(SANDBOX_07);
    for command in COMMANDS {
        driver.app.refuse(command.id, crate::app::command::DisabledReason::Refusal(Refusal::ReadOnly));
        let effects = driver.app.model.out.take_effects();
        let journaled = effects.iter().any(|effect| matches!(effect, crate::app::effect::Effect::Keep(..)));
        let changes = ["email", "code", "resend", "bulk plan", "mails", "delete", "delegate"].contains(&command.title);
        assert_eq!(journaled, changes, "{} ({:?})", command.title, command.id);
    }
}
