//! A dialog says what it lacks, and goes there; what can't act says so at once.

use super::delegation;
use super::harness::{Driver, start};
use super::plans::naming;
use super::rooted::*;
use super::world::*;
use crate::app::command_id::{CommandId, DisabledReason};
use crate::app::focus::Focus;
use crate::app::layers::Layer;
use crate::app::notification::{Missing, Notification};
use crate::app::start::Start;
use crate::app::state::choices::RootTask;
use crate::app::state::organization::OrganizationRow;
use crate::domain::email_change::StartedProgress;
use crate::domain::permit::{Refusal, Rules};
use crate::domain::root_feature::RootFeatures;
use crate::domain::trusted_access::ServicePrincipal;

fn read_only() -> Driver {
    let rules = Rules { read_only: true, ..Rules::default() };
    let mut world = managed();
    world.stored.started = vec![started("2025-03-14T13:14:00Z", StartedProgress::Pending)];
    Driver::ready_with(Start { rules, ..start() }, world)
}

/// Enter, wherever it is pressed, says what is missing and leads there.
#[track_caller]
fn lacks(driver: Driver, what: Missing, focus: Focus) {
    let driver = driver.press("enter").says(&Notification::Missing(what)).focuses(focus).quietly();
    // Also on the disabled button.
    let mut driver = driver;
    for _ in 0..8 {
        if driver.focus() == Some(Focus::Act) {
            driver.press("enter").says(&Notification::Missing(what)).focuses(focus).quietly();
            return;
        }
        driver = driver.press("shift-tab");
    }
    panic!("no button: {:?}", driver.layer());
}

#[test]
fn enter_says_what_a_dialog_lacks_and_goes_there() {
    let email = || Driver::ready().on(SANDBOX_07).press("e");
    lacks(email(), Missing::Address, Focus::Field);
    lacks(email().types("root@"), Missing::Address, Focus::Field);
    lacks(email().types("root@corp.example"), Missing::Check, Focus::Answer);
    lacks(Driver::awaiting_code(), Missing::Code, Focus::Field);
    lacks(delegation::asked(), Missing::Account, Focus::Field);
    lacks(delegation::asked().types("sandbox-0"), Missing::Account, Focus::Field);
    let queues = || on_sandbox().press(&choosing(RootTask::UnlockQueue)).press("ctrl-u");
    lacks(queues(), Missing::Queue, Focus::Field);
    lacks(opening().press("ctrl-u"), Missing::Duration, Focus::Field);
    lacks(naming(), Missing::File, Focus::Field);
    let marked = Driver::ready().on(SANDBOX_07).press("space").on(SANDBOX_08).press("space e");
    lacks(marked, Missing::Pattern, Focus::Field);
    lacks(Driver::ready().press("2 m"), Missing::File, Focus::Field);
    let export = Driver::ready().press("x enter ctrl-u").types("accounts.txt");
    lacks(export, Missing::FileType, Focus::Field);
    let template = || Driver::ready().on(SANDBOX_07).press("T enter");
    lacks(template().types("not a domain"), Missing::Domain, Focus::Answer);
    let reason = Driver::ready().press("t j j j enter ctrl-r").types(&"x".repeat(2000));
    lacks(reason, Missing::ShorterReason, Focus::Field);
}

#[test]
fn a_box_that_stays_unchecked_is_asked_for_again() {
    let driver = Driver::ready().on(SANDBOX_07).press("e").types("root@corp.example").press("enter enter");
    let driver = driver.says(&Notification::Missing(Missing::Check)).focuses(Focus::Answer).quietly();
    driver.press("space enter").focuses(Focus::Act).quietly();
}

#[test]
fn credentials_of_no_type_are_not_previewed() {
    let driver = Driver::ready_in(managed()).press("3").on(SANDBOX_07).press("d");
    let none = driver.press("space tab space tab space tab space");
    let driver = none.press("tab tab enter").says(&Notification::Missing(Missing::CredentialType));
    driver.focuses(Focus::Item(0)).quietly();
}

#[test]
fn what_has_to_be_typed_gets_the_focus() {
    let driver = Driver::ready_in(World { delegates: vec![], ..World::default() }).press("t j enter");
    let driver = driver.press("tab tab").focuses(Focus::Act).press("enter");
    driver.focuses(Focus::Field).quietly();
}

/// In read-only mode nothing opens a dialog that can only refuse.
#[test]
fn commands_that_can_only_be_refused_say_so_at_once() {
    for (keys, command) in [
        ("t", CommandId::Toggle),
        ("2 b", CommandId::BulkPlan),
        ("2 m", CommandId::ReadMails),
        ("e", CommandId::ChangeEmail),
        ("o", CommandId::EnterOtp),
        ("2 s", CommandId::SendAgain),
        ("2 f", CommandId::ForgetChange),
        ("4 g D", CommandId::Delegate),
        ("3 d", CommandId::DeleteCredentials),
    ] {
        let mut driver = read_only().on(SANDBOX_07);
        if keys.starts_with("2 ") || keys.starts_with("3 ") {
            let (view, key) = keys.split_at(1);
            driver = driver.press(view).on(SANDBOX_07).press(key.trim());
        } else {
            driver = driver.press(keys);
        }
        assert!(driver.layer().is_none(), "{keys}: {:?}", driver.layer());
        let why = DisabledReason::Refusal(Refusal::ReadOnly);
        drop(driver.says(&Notification::Unavailable(command, why)));
    }
}

#[test]
fn a_menu_of_switches_opens_while_one_of_them_can_be_turned() {
    let driver = Driver::ready().press("t");
    assert!(matches!(driver.layer(), Some(Layer::Switches(_))));
    let untrusting = World { features: RootFeatures::NeedTrustedAccess, ..World::untrusting() };
    let driver = Driver::ready_in(untrusting).press("t");
    assert!(matches!(driver.layer(), Some(Layer::Switches(_))));
}

#[test]
fn a_service_without_such_a_command_is_no_refusal_to_be_recorded() {
    let world = World { trusted: trusted(&["sso.amazonaws.com"]), ..World::default() };
    let row = OrganizationRow::Service(ServicePrincipal::new("sso.amazonaws.com"));
    let driver = delegation::on_row(Driver::ready_in(world), &row).press("D");
    let why = DisabledReason::Refusal(Refusal::DelegateElsewhere(ServicePrincipal::new("sso.amazonaws.com")));
    let driver = driver.says(&Notification::Unavailable(CommandId::Delegate, why)).quietly();
    assert_eq!(driver.refused, []);
}

#[test]
fn a_key_without_a_meaning_in_a_dialog_says_how_to_leave_it() {
    let driver = Driver::ready().press("t j j j enter").focuses(Focus::Act).press("q");
    driver.says(&Notification::NoDialogCommand).quietly();
    let driver = Driver::ready().press("t").press("z");
    driver.says(&Notification::NoDialogCommand).quietly();
    // Where text is typed it is text.
    let driver = Driver::ready().on(SANDBOX_07).press("e").press("q");
    assert_eq!(driver.notification(), None);
    // A text is closed by it.
    assert!(Driver::ready().press("?").press("q").layer().is_none());
}

/// Enter must not put back what was just saved and removed.
#[test]
fn the_file_of_a_policy_is_not_chosen_beforehand() {
    let driver = saved().press("enter j j enter");
    let Some(Layer::Path(dialog)) = driver.layer() else { panic!("{:?}", driver.layer()) };
    assert_eq!(dialog.field.text(), "");
    let driver = driver.press("enter").says(&Notification::Missing(Missing::File)).focuses(Focus::Field);
    driver.quietly();
}
