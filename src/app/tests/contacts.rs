//! The contacts and the name of an account.

use super::harness::Driver;
use super::world::*;
use crate::app::effect::Read;
use crate::app::layers::Layer;
use crate::app::notification::Notification;
use crate::domain::account_change::{AccountChange, AccountName};
use crate::domain::api_error::ApiErrorKind;
use crate::domain::change::Change;
use crate::domain::contacts::{AlternateKind, Contact};
use crate::domain::write::{Seen, WriteOutcome};

fn opened() -> Driver {
    Driver::ready().on(SANDBOX_07).press("C").aws_answers()
}

fn renamed(name: &str) -> Change {
    let change = AccountChange::Rename { old: "sandbox-07".into(), new: AccountName::parse(name).expect("a name") };
    Change::Account { account: id(SANDBOX_07), is_own: false, change }
}

#[test]
fn they_are_read_when_somebody_asks_for_them_and_shown() {
    let driver = Driver::ready().on(SANDBOX_07).press("C").asks(&[Read::Contacts(id(SANDBOX_07))]).aws_answers();
    let known = driver.app.model.contacts.of(id(SANDBOX_07)).and_then(|known| known.value()).expect("known");
    assert!(matches!(known.security, Contact::Present(_)) && matches!(known.operations, Contact::Unknown(_)));
}

#[test]
fn a_name_is_changed_after_its_button_and_the_list_has_it() {
    let driver = opened().press("G enter");
    assert!(matches!(driver.layer(), Some(Layer::EditAccount(_))), "{:?}", driver.layer());
    // The name it has is no change.
    let driver = driver.press("enter enter");
    assert!(driver.app.model.writes.is_empty());
    let driver = driver.press("x enter enter").writing(&renamed("sandbox-07x"));
    let driver = driver.ends(WriteOutcome::Taken(None), Seen::AccountName(Ok("sandbox-07x".into())));
    let Change::Account { change, .. } = renamed("sandbox-07x") else { panic!("a change") };
    let driver = driver.says(&Notification::AccountChanged(id(SANDBOX_07), Box::new(change), true));
    assert_eq!(driver.app.model.accounts.get(id(SANDBOX_07)).map(|account| account.name.as_str()), Some("sandbox-07x"));
    assert!(matches!(driver.layer(), Some(Layer::Contacts(_))), "{:?}", driver.layer());
}

#[test]
fn what_aws_refuses_stays_in_the_dialog() {
    let driver = opened().press("G enter x enter enter").writing(&renamed("sandbox-07x"));
    let denied = WriteOutcome::Refused(api_error(ApiErrorKind::AccessDenied));
    let driver = driver.ends(denied.clone(), Seen::AccountName(Ok("sandbox-07".into())));
    let Some(Layer::EditAccount(dialog)) = driver.layer() else { panic!("{:?}", driver.layer()) };
    assert_eq!(dialog.form.trouble, Some(denied));
}

#[test]
fn deleting_a_contact_asks_for_the_account() {
    // From the fields over Cancel to Delete.
    let driver = opened().press("enter tab tab tab tab tab enter");
    let Some(Layer::Confirm(dialog)) = driver.layer() else { panic!("{:?}", driver.layer()) };
    let Change::Account { account, change: AccountChange::DeleteContact(kind, old), .. } = &dialog.change else {
        panic!("{:?}", dialog.change)
    };
    assert_eq!((*account, *kind), (id(SANDBOX_07), AlternateKind::Security));
    assert!(old.is_some(), "the journal keeps what is deleted");
    assert_eq!(dialog.change.token().as_deref(), Some(SANDBOX_07));
    assert!(driver.app.model.writes.is_empty());
}

#[test]
fn in_read_only_mode_they_are_shown_and_nothing_is_edited() {
    let mut driver = Driver::ready();
    driver.app.model.start.rules.read_only = true;
    let driver = driver.on(SANDBOX_07).press("C").aws_answers().press("enter");
    assert!(matches!(driver.layer(), Some(Layer::Contacts(_))), "{:?}", driver.layer());
}
