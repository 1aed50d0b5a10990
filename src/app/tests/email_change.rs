//! The first step of an email change: from `e` to the one-time password on its way.

use super::harness::{Driver, refused, start};
use super::world::*;
use crate::app::command_id::{CommandId, DisabledReason};
use crate::app::effect::{Effect, Read, Wake};
use crate::app::focus::{Focus, Phase};
use crate::app::layers::Layer;
use crate::app::msg::Answer;
use crate::app::notification::Notification;
use crate::domain::account::AccountState;
use crate::domain::api_error::ApiErrorKind;
use crate::domain::caller::OrgRole;
use crate::domain::change::{Change, Switch};
use crate::domain::email::EmailProblem;
use crate::domain::email_change::EmailChangeStatus;
use crate::domain::email_check::AddressCheck;
use crate::domain::emails::ChangeState;
use crate::domain::permit::{Refusal, Rules};
use crate::domain::trusted_access::ServicePrincipal;
use crate::domain::write::{Seen, WriteOutcome};

pub(super) fn opened() -> Driver {
    Driver::ready().on(SANDBOX_07).press("e").focuses(Focus::Field)
}

fn check_of(driver: &Driver) -> AddressCheck {
    let Some(Layer::StartEmail(dialog)) = driver.layer() else { panic!("{:?}", driver.layer()) };
    dialog.check(&driver.app.model)
}

fn start_of(new: &str) -> Change {
    Change::StartEmailChange { account: id(SANDBOX_07), old: OLD.into(), new: email(new) }
}

#[test]
fn an_address_that_aws_documents_as_invalid_is_sent_only_if_it_is_insisted_on() {
    let odd = "o'brien@example.com";
    let asked = || Driver::ready().on(SANDBOX_07).press("e").types(odd).press("enter").focuses(Focus::Other).quietly();
    drop(asked().press("enter").focuses(Focus::Other).press("tab tab enter").quietly());
    let change = Change::StartEmailChange { account: id(SANDBOX_07), old: OLD.into(), new: email(odd) };
    asked().press("space enter").focuses(Focus::Act).press("enter").writing(&change);
    // Another address has to be confirmed again.
    let driver = asked().press("space shift-tab").focuses(Focus::Field).press("ctrl-u").types("a%b@example.com");
    drop(driver.press("enter").focuses(Focus::Other).quietly());
    // The question about a new domain comes first.
    let driver = Driver::ready().on(SANDBOX_07).press("e").types("a..b@corp.example").press("enter");
    let driver = driver.focuses(Focus::Answer).press("space enter").focuses(Focus::Other).press("space enter");
    driver.focuses(Focus::Act).press("enter").writes();
}

#[test]
fn an_address_of_a_domain_in_use_goes_out_with_enter_on_the_button() {
    let driver = opened()
        .types(NEW)
        .press("enter")
        .focuses(Focus::Act)
        .quietly()
        .press("enter")
        .writing(&start_of(NEW))
        .quietly()
        .focuses(Focus::Cancel);
    let driver =
        driver.ends(WriteOutcome::Taken(Some(EmailChangeStatus::Pending)), Driver::seen(EmailChangeStatus::Pending));
    assert!(matches!(driver.layer(), Some(Layer::EnterOtp(dialog)) if dialog.new == email(NEW)));
    driver.focuses(Focus::Field).says(&Notification::OtpSent(id(SANDBOX_07), email(NEW))).quietly();
}

#[test]
fn without_trusted_access_that_is_offered_first_and_the_address_asked_once_aws_shows_it() {
    let account = Switch::TrustedAccess(ServicePrincipal::account_management());
    let driver = Driver::ready_in(World::untrusting()).on(SANDBOX_07).press("e").focuses(Focus::Act);
    assert!(matches!(driver.layer(), Some(Layer::Confirm(dialog)) if dialog.change == account.set(true)));
    let driver = driver
        .press("enter")
        .writing(&account.set(true))
        .ends(WriteOutcome::Taken(None), Seen::TrustedAccess(Ok(trusted(&[]))))
        .wants(&Effect::Wake(std::time::Duration::from_secs(5), Wake::LookAt(account.clone())));
    assert!(matches!(driver.layer(), Some(Layer::Confirm(dialog)) if dialog.form.phase == Phase::Waiting));
    let mut driver = driver
        .after(5)
        .woken(Wake::LookAt(account.clone()))
        .wants(&Effect::Wake(std::time::Duration::from_secs(5), Wake::LookAt(account.clone())))
        .asks(&[Read::TrustedAccess]);
    driver.world.trusted = trusted(&["account.amazonaws.com"]);
    let driver = driver.aws_answers_to(Read::TrustedAccess).says(&Notification::SwitchSeen(account, true));
    assert!(matches!(driver.layer(), Some(Layer::StartEmail(dialog)) if dialog.account == id(SANDBOX_07)));
    driver.focuses(Focus::Field).quietly();
}

#[test]
fn without_trusted_access_cancel_leads_nowhere_else() {
    let driver = Driver::ready_in(World::untrusting()).on(SANDBOX_07).press("e shift-tab enter").quietly();
    assert_eq!(driver.layer(), None);
}

#[test]
fn the_address_is_checked_as_it_is_typed() {
    let check = |text: &str| check_of(&opened().types(text));
    assert_eq!(check(""), AddressCheck::Problem(EmailProblem::Empty));
    assert_eq!(check("root"), AddressCheck::Problem(EmailProblem::Shape));
    assert_eq!(check("röot@example.com"), AddressCheck::Problem(EmailProblem::BadCharacter('ö')));
    assert_eq!(check("AWS+Sandbox07@example.com"), AddressCheck::Same);
    assert_eq!(check("aws+sandbox08@EXAMPLE.com"), AddressCheck::Used(id(SANDBOX_08)));
    assert_eq!(check(NEW), AddressCheck::Good(email(NEW)));
    assert_eq!(check(ELSEWHERE), AddressCheck::NewDomain(email(ELSEWHERE), None));
}

#[test]
fn an_address_that_can_not_be_sent_keeps_the_focus_and_sends_nothing() {
    for wrong in ["", "root", "aws+sandbox07@example.com", "aws+sandbox08@example.com"] {
        opened().types(wrong).press("enter").focuses(Focus::Field).press("shift-tab enter").quietly();
    }
}

#[test]
fn a_new_domain_goes_out_only_after_the_person_has_confirmed_it() {
    let driver = opened().types(ELSEWHERE).press("enter").focuses(Focus::Answer);
    driver
        .press("tab tab")
        .focuses(Focus::Act)
        .press("enter")
        .quietly()
        .focuses(Focus::Answer)
        .press("space tab tab enter")
        .writing(&start_of(ELSEWHERE));
}

#[test]
fn a_confirmed_domain_does_not_confirm_another() {
    opened()
        .types(ELSEWHERE)
        .press("enter space shift-tab")
        .focuses(Focus::Field)
        .types("s")
        .press("shift-tab")
        .focuses(Focus::Act)
        .press("enter")
        .quietly();
}

#[test]
fn the_space_bar_takes_the_confirmation_back() {
    opened().types(ELSEWHERE).press("enter space space tab tab enter").quietly().focuses(Focus::Answer);
}

#[test]
fn the_focus_leaves_the_question_of_the_new_domain_when_the_question_goes() {
    let mut driver = opened().types(ELSEWHERE).press("enter").focuses(Focus::Answer);
    // Nothing reads while a dialog is open but what was asked before it: take a listing on its way.
    driver = driver.press("esc r").asks(&[
        Read::Organization,
        Read::Accounts,
        Read::UnitNames,
        Read::TrustedAccess,
        Read::RootFeatures,
        Read::DelegatedAdministrators,
    ]);
    let mut driver = driver.aws_answers_to(Read::TrustedAccess).press("e enter").focuses(Focus::Answer);
    driver.world.accounts[0].email = "aws@corp.example".into();
    driver.aws_answers_to(Read::Accounts).focuses(Focus::Field);
}

#[test]
fn an_allowed_domain_needs_no_vouching_and_another_is_refused() {
    let rules = Rules { allowed_email_domains: ["corp.example".to_owned()].into(), ..Rules::default() };
    let driver =
        Driver::ready_with(crate::app::start::Start { rules, ..start() }, World::default()).on(SANDBOX_07).press("e");
    let driver = driver.types(ELSEWHERE);
    assert_eq!(check_of(&driver), AddressCheck::Good(email(ELSEWHERE)));
    let driver = driver.press("ctrl-u").types(NEW);
    assert_eq!(check_of(&driver), AddressCheck::NotAllowed("example.com".into()));
    driver.press("enter").focuses(Focus::Field).press("shift-tab enter").quietly();
}

#[test]
fn a_pasted_line_break_neither_moves_nor_sends() {
    let driver = opened().pastes(&format!("{NEW}\r\n")).focuses(Focus::Field).quietly();
    assert_eq!(check_of(&driver), AddressCheck::Good(email(NEW)));
    driver.press("enter").pastes("\r\n").focuses(Focus::Act).quietly();
}

#[test]
fn the_letters_of_commands_are_text_in_the_field() {
    let driver = opened().types("yq?:e/");
    assert!(matches!(driver.layer(), Some(Layer::StartEmail(dialog)) if dialog.field.text() == "yq?:e/"));
}

#[test]
fn y_copies_the_command_outside_the_field() {
    let text = format!(
        "aws account start-primary-email-update --account-id {SANDBOX_07} --primary-email {NEW} --profile prod \
         --region us-east-1"
    );
    opened().types(NEW).press("enter y").wants(&Effect::Copy(text.clone())).says(&Notification::Copied(text));
}

#[test]
fn what_aws_refuses_stays_in_the_dialog_with_its_text() {
    let error = api_error(ApiErrorKind::Conflict);
    let driver = opened()
        .types(NEW)
        .press("enter enter")
        .writes()
        .ends(refused(error.clone()), Driver::seen(EmailChangeStatus::None))
        .focuses(Focus::Field);
    assert!(matches!(driver.layer(), Some(Layer::StartEmail(dialog))
        if dialog.form.trouble == Some(WriteOutcome::Refused(error)) && dialog.field.text() == NEW));
    assert_eq!(driver.app.model.emails.state(id(SANDBOX_07), driver.now), ChangeState::Quiet);
    driver.press("enter enter").writing(&start_of(NEW));
}

#[test]
fn a_throttled_start_has_changed_nothing_and_can_be_sent_again() {
    let error = api_error(ApiErrorKind::Throttled);
    let driver = opened()
        .types(NEW)
        .press("enter enter")
        .writes()
        .ends(WriteOutcome::from_fault(error.clone()), Driver::seen(EmailChangeStatus::None));
    assert!(
        matches!(driver.layer(), Some(Layer::StartEmail(dialog)) if dialog.form.trouble == Some(WriteOutcome::Failed(error)))
    );
    driver.press("enter enter").writes();
}

#[test]
fn after_a_lost_answer_the_dialog_says_what_aws_shows() {
    for status in [EmailChangeStatus::Pending, EmailChangeStatus::None, EmailChangeStatus::Completed] {
        let driver = opened()
            .types(NEW)
            .press("enter enter")
            .writes()
            .ends(WriteOutcome::Unknown(api_error(ApiErrorKind::ConnectionLost)), Driver::seen_before(status.clone()))
            .quietly();
        let Some(Layer::StartEmail(dialog)) = driver.layer() else { panic!("the dialog stays") };
        assert_eq!(dialog.seen, Some(status.clone()));
        let state = driver.app.model.emails.state(id(SANDBOX_07), driver.now);
        match status {
            EmailChangeStatus::Pending => assert!(matches!(state, ChangeState::Pending(_)), "{state:?}"),
            // The end of an earlier change says nothing, and "none" may be said too soon.
            _ => assert!(matches!(state, ChangeState::Unconfirmed(_)), "{state:?}"),
        }
    }
}

#[test]
fn the_report_of_an_earlier_change_is_not_taken_for_that_of_the_one_just_started() {
    let driver = opened()
        .types(NEW)
        .press("enter enter")
        .writes()
        .ends(WriteOutcome::Taken(Some(EmailChangeStatus::Pending)), Driver::seen_before(EmailChangeStatus::Completed))
        .says(&Notification::OtpSent(id(SANDBOX_07), email(NEW)))
        .quietly();
    assert!(matches!(driver.app.model.emails.state(id(SANDBOX_07), driver.now), ChangeState::Pending(_)));
    let driver = driver.press("esc o").focuses(Focus::Field);
    // Nor is it when AWS is asked again and still lags.
    let driver =
        driver.press("esc v").asks(&[Read::PrimaryEmail(id(SANDBOX_07)), Read::EmailChange(id(SANDBOX_07))]).answers(
            Read::EmailChange(id(SANDBOX_07)),
            Answer::EmailChange(id(SANDBOX_07), Ok(report_before(EmailChangeStatus::Completed))),
        );
    assert!(matches!(driver.app.model.emails.state(id(SANDBOX_07), driver.now), ChangeState::Pending(_)));
}

#[test]
fn the_mail_of_the_change_before_a_lost_start_is_taken_for_that_change() {
    let lost = WriteOutcome::Unknown(api_error(ApiErrorKind::ConnectionLost));
    let driver = Driver::awaiting_code()
        .press("esc e")
        .types("other@example.com")
        .press("enter enter")
        .writes()
        .ends(lost, Driver::seen(EmailChangeStatus::Pending))
        .press("esc o")
        .pastes(&format!(
            "a request to use your email address ({NEW}) ... please use the following code to verify your email \
             address: 482915."
        ));
    let Some(Layer::EnterOtp(dialog)) = driver.layer() else { panic!("the dialog is open") };
    assert_eq!((dialog.new.as_str(), dialog.field.len()), (NEW, 6));
}

#[test]
fn after_a_lost_answer_that_can_not_be_looked_up_nothing_is_claimed() {
    let lost = || api_error(ApiErrorKind::ConnectionLost);
    let seen = Seen::Email { report: Err(lost()), email: Err(lost()) };
    let driver = opened().types(NEW).press("enter enter").writes().ends(WriteOutcome::Unknown(lost()), seen);
    assert!(matches!(driver.layer(), Some(Layer::StartEmail(dialog)) if dialog.seen.is_none()));
    let state = driver.app.model.emails.state(id(SANDBOX_07), driver.now);
    assert!(matches!(state, ChangeState::Unconfirmed(_)), "{state:?}");
    driver.press("esc o").focuses(Focus::Field);
}

#[test]
fn accounts_that_can_not_be_changed_say_why() {
    let why = |account: &str, refusal: Refusal| {
        let notification = Notification::Unavailable(CommandId::ChangeEmail, DisabledReason::Refusal(refusal));
        let driver = Driver::ready().on(account).press("e").says(&notification).quietly();
        assert_eq!(driver.layer(), None);
    };
    why(MANAGEMENT, Refusal::ManagementAccount);
    why(CLOSED, Refusal::NotActive(AccountState::Closed));
    why(SUSPENDED, Refusal::NotActive(AccountState::Suspended));
}

#[test]
fn rules_of_this_run_are_kept_and_told() {
    let protected = Rules { protected: [id(SANDBOX_07)].into(), ..Rules::default() };
    let read_only = Rules { read_only: true, ..Rules::default() };
    for (rules, refusal) in [(protected, Refusal::Protected(id(SANDBOX_07))), (read_only, Refusal::ReadOnly)] {
        let notification = Notification::Unavailable(CommandId::ChangeEmail, DisabledReason::Refusal(refusal));
        Driver::ready_with(crate::app::start::Start { rules, ..start() }, World::default())
            .on(SANDBOX_07)
            .press("e")
            .says(&notification)
            .quietly();
    }
}

#[test]
fn a_delegate_for_another_service_may_not_and_one_for_account_management_may() {
    let account = ServicePrincipal::account_management();
    let delegated = |service| World { org_role: OrgRole::Delegated(vec![service]), ..World::default() };
    let refusal = DisabledReason::Refusal(Refusal::NeedsDelegation(account.clone()));
    Driver::ready_in(delegated(ServicePrincipal::iam()))
        .on(SANDBOX_07)
        .press("e")
        .says(&Notification::Unavailable(CommandId::ChangeEmail, refusal));
    Driver::ready_in(delegated(account)).on(SANDBOX_07).press("e").focuses(Focus::Field);
}

#[test]
fn a_second_dialog_waits_until_the_first_write_has_ended() {
    let driver = opened().types(NEW).press("enter enter").writes().press("esc e");
    driver.says(&Notification::Unavailable(CommandId::ChangeEmail, DisabledReason::InProgress)).quietly();
}

#[test]
fn a_write_that_ends_after_its_dialog_was_closed_tells_it_as_news() {
    let error = api_error(ApiErrorKind::Conflict);
    opened()
        .types(NEW)
        .press("enter enter")
        .writes()
        .press("esc")
        .ends(refused(error.clone()), Driver::seen(EmailChangeStatus::None))
        .says(&Notification::WriteTrouble(start_of(NEW), WriteOutcome::Refused(error)));
}

#[test]
fn enter_alone_does_not_confirm_a_new_domain() {
    let driver = opened().types("root@corp.exmaple").press("enter").focuses(Focus::Answer);
    driver.press("enter enter enter").focuses(Focus::Answer).quietly();
}

#[test]
fn a_refusal_for_want_of_trusted_access_has_the_switch_read_again() {
    let driver = opened()
        .types(NEW)
        .press("enter enter")
        .writes()
        .ends(
            WriteOutcome::from_fault(api_error(ApiErrorKind::TrustedAccessOff)),
            Driver::seen(EmailChangeStatus::None),
        )
        .asks(&[Read::TrustedAccess]);
    assert!(matches!(driver.layer(), Some(Layer::StartEmail(dialog)) if dialog.form.trouble.is_some()));
}

#[test]
fn an_address_that_was_typed_is_there_when_the_dialog_opens_again_and_gone_once_it_was_sent() {
    let typed = |driver: &Driver| match driver.layer() {
        Some(Layer::StartEmail(dialog)) => dialog.field.text().to_owned(),
        other => panic!("{other:?}"),
    };
    let driver = opened().types(NEW).press("esc e");
    assert_eq!(typed(&driver), NEW);
    let taken = WriteOutcome::Taken(Some(EmailChangeStatus::Pending));
    let driver = driver.press("enter enter").writes().ends(taken, Driver::seen(EmailChangeStatus::Pending));
    assert_eq!(typed(&driver.press("esc e")), "");
}

/// Started meanwhile by a second copy of the program, which keeps it in the same store.
#[test]
fn the_dialog_learns_of_a_change_that_another_copy_started() {
    let mut driver = Driver::ready().on(SANDBOX_07);
    let other = started("2025-03-14T13:14:00Z", crate::domain::email_change::StartedProgress::Pending);
    driver.world.stored.started = vec![other.clone()];
    let driver = driver.press("e").asks(&[Read::EmailChange(id(SANDBOX_07))]);
    assert_eq!(driver.app.model.emails.state(id(SANDBOX_07), driver.now), ChangeState::Pending(&other));
    driver.says(&Notification::OpenChanges(1));
}
