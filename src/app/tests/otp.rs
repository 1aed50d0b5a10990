//! The second step of an email change: from the one-time password to the new address in the list.

use std::time::Duration;

use super::harness::{Driver, refused};
use super::world::*;
use crate::app::command_id::{CommandId, DisabledReason};
use crate::app::dialogs::enter_code::PasteResult;
use crate::app::effect::{Effect, Read, Wake};
use crate::app::focus::Focus;
use crate::app::layers::Layer;
use crate::app::msg::Answer;
use crate::app::notification::Notification;
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiErrorKind;
use crate::domain::change::Change;
use crate::domain::email_change::EmailChangeStatus;
use crate::domain::emails::ChangeState;
use crate::domain::otp::Otp;
use crate::domain::write::{Seen, WriteOutcome};

fn sandbox() -> AccountId {
    id(SANDBOX_07)
}

fn status() -> Read {
    Read::EmailChange(sandbox())
}

fn primary() -> Read {
    Read::PrimaryEmail(sandbox())
}

fn accept() -> Change {
    Change::AcceptEmailChange { account: sandbox(), new: email(NEW), otp: Some(Otp::parse(CODE).expect("a code")) }
}

fn follow(seconds: u64) -> Effect {
    Effect::Wake(Duration::from_secs(seconds), Wake::Follow(sandbox()))
}

fn pasted(driver: &Driver) -> Option<PasteResult> {
    match driver.layer() {
        Some(Layer::EnterOtp(dialog)) => dialog.pasted.clone(),
        _ => None,
    }
}

fn accepted() -> Driver {
    Driver::awaiting_code()
        .with_code()
        .press("enter enter")
        .writing(&accept())
        .ends(WriteOutcome::Taken(Some(EmailChangeStatus::Accepted)), Driver::seen(EmailChangeStatus::Accepted))
        .wants(&follow(5))
}

fn listed(driver: &Driver) -> &str {
    driver.app.model.accounts.get(sandbox()).map_or("", |account| &account.email)
}

#[test]
fn six_typed_characters_are_accepted_with_two_enters() {
    Driver::awaiting_code()
        .focuses(Focus::Field)
        .with_code()
        .quietly()
        .press("enter")
        .focuses(Focus::Act)
        .quietly()
        .press("enter")
        .writing(&accept());
}

#[test]
fn five_characters_are_not_a_code() {
    Driver::awaiting_code().types("Q7X2K").press("enter").focuses(Focus::Field).press("shift-tab enter").quietly();
}

#[test]
fn a_whole_mail_gives_its_code_and_sends_nothing() {
    let driver = Driver::awaiting_code().pastes(&mail(NEW)).quietly().focuses(Focus::Field);
    assert_eq!((driver.code(), pasted(&driver)), (CODE, Some(PasteResult::Found)));
    driver.press("enter").focuses(Focus::Act).press("enter").writing(&accept());
}

#[test]
fn the_mail_of_another_address_is_not_taken() {
    let driver = Driver::awaiting_code().pastes(&mail("root@stranger.example")).quietly();
    assert_eq!(driver.code(), "");
    assert_eq!(pasted(&driver), Some(PasteResult::OtherAddress("root@stranger.example".into())));
}

#[test]
fn a_pasted_line_break_never_sends() {
    let driver = Driver::awaiting_code().pastes("Q7X2K9\n\r\n").quietly();
    assert_eq!(driver.code(), CODE);
    let driver = driver.press("enter").focuses(Focus::Act).pastes("\n").focuses(Focus::Field).quietly();
    assert_eq!((driver.code(), pasted(&driver)), (CODE, Some(PasteResult::NoCode)));
}

#[test]
fn the_code_is_shown_only_on_request() {
    let revealed = |driver: &Driver| matches!(driver.layer(), Some(Layer::EnterOtp(dialog)) if dialog.revealed);
    let driver = Driver::awaiting_code().with_code();
    assert!(!revealed(&driver));
    let driver = driver.press("ctrl-t");
    assert!(revealed(&driver));
    assert!(!revealed(&driver.press("ctrl-t")));
}

#[test]
fn an_accepted_change_is_followed_and_the_list_shows_the_new_address_only_when_aws_does() {
    let mut driver = accepted().says(&Notification::EmailAccepted(sandbox())).quietly();
    assert_eq!((driver.layer(), listed(&driver)), (None, OLD));
    driver.world.changes.insert(sandbox(), EmailChangeStatus::Accepted);
    for (after, next) in [(5, 30), (30, 300), (300, 300)] {
        driver = driver
            .after(after)
            .woken(Wake::Follow(sandbox()))
            .asks(&[status()])
            .quietly()
            .aws_answers_to(status())
            .wants(&follow(next))
            .quietly();
        assert_eq!(listed(&driver), OLD);
    }
    driver.world.changes.insert(sandbox(), EmailChangeStatus::Completed);
    driver.world.primary.insert(sandbox(), NEW.into());
    let driver = driver
        .after(300)
        .woken(Wake::Follow(sandbox()))
        .asks(&[status()])
        .aws_answers_to(status())
        .asks(&[primary()])
        .quietly();
    assert_eq!(listed(&driver), OLD, "completed is not yet seen");
    let driver = driver.aws_answers_to(primary()).says(&Notification::EmailCompleted(sandbox(), NEW.into())).quietly();
    assert_eq!(listed(&driver), NEW);
    assert_eq!(driver.app.model.emails.state(sandbox(), driver.now), ChangeState::Completed);
}

#[test]
fn looking_by_hand_does_not_multiply_the_looks() {
    let mut driver = accepted();
    driver.world.changes.insert(sandbox(), EmailChangeStatus::Accepted);
    let driver = driver.press("v").asks(&[status(), primary()]).aws_answers_to(status()).quietly();
    driver.woken(Wake::Follow(sandbox())).asks(&[status()]).aws_answers_to(status()).wants(&follow(30)).quietly();
}

#[test]
fn an_accepted_change_that_aws_shows_late_is_followed_all_the_same() {
    Driver::awaiting_code()
        .with_code()
        .press("enter enter")
        .writes()
        .ends(WriteOutcome::Taken(Some(EmailChangeStatus::Accepted)), Driver::seen(EmailChangeStatus::Pending))
        .wants(&follow(5))
        .quietly();
}

#[test]
fn a_look_that_fails_is_repeated_and_claims_nothing() {
    let driver = accepted().woken(Wake::Follow(sandbox())).asks(&[status()]).fails(status(), ApiErrorKind::Throttled);
    let driver = driver.wants(&follow(30)).quietly();
    assert_eq!(driver.app.model.emails.state(sandbox(), driver.now), ChangeState::Accepted);
}

#[test]
fn an_address_read_before_completion_is_not_announced_as_the_new_one() {
    let mut driver = accepted();
    driver.world.changes.insert(sandbox(), EmailChangeStatus::Completed);
    let driver = driver.press("v").asks(&[status(), primary()]);
    let before = driver.in_progress(primary());
    let driver = driver.aws_answers_to(status()).asks(&[primary()]);
    let driver = driver.send(crate::app::msg::Msg::Answer(before, Answer::PrimaryEmail(sandbox(), Ok(OLD.into()))));
    assert_eq!(driver.notification(), None);
    let driver = driver.answers(primary(), Answer::PrimaryEmail(sandbox(), Ok(NEW.into())));
    driver.says(&Notification::EmailCompleted(sandbox(), NEW.into()));
}

#[test]
fn a_change_that_fails_after_acceptance_is_told() {
    let mut driver = accepted();
    driver.world.changes.insert(sandbox(), EmailChangeStatus::Failed);
    let driver = driver.woken(Wake::Follow(sandbox())).asks(&[status()]).aws_answers_to(status()).quietly();
    assert_eq!(driver.app.model.emails.state(sandbox(), driver.now), ChangeState::Failed);
    driver.says(&Notification::EmailFailed(sandbox()));
}

#[test]
fn a_refused_code_is_cleared_and_what_is_typed_then_is_a_new_one() {
    let error = api_error(ApiErrorKind::Invalid);
    let driver = Driver::awaiting_code()
        .with_code()
        .press("enter enter")
        .writes()
        .ends(refused(error.clone()), Driver::seen(EmailChangeStatus::Pending))
        .focuses(Focus::Field)
        .quietly();
    assert_eq!(driver.code(), "", "it would be sent again");
    assert!(
        matches!(driver.layer(), Some(Layer::EnterOtp(dialog)) if dialog.form.trouble == Some(WriteOutcome::Refused(error)))
    );
    let driver = driver.press("enter enter").focuses(Focus::Field).quietly();
    let second = Change::AcceptEmailChange {
        account: sandbox(),
        new: email(NEW),
        otp: Some(Otp::parse("111122").expect("a code")),
    };
    driver.types("１１1122").press("enter enter").writing(&second);
}

#[test]
fn a_code_whose_answer_was_lost_is_kept_and_typing_begins_a_new_one() {
    let driver = Driver::awaiting_code()
        .with_code()
        .press("enter enter")
        .writes()
        .ends(WriteOutcome::Unknown(api_error(ApiErrorKind::Timeout)), Driver::seen(EmailChangeStatus::Pending));
    assert_eq!(driver.code(), CODE);
    assert_eq!(driver.types("8").code(), "8");
}

#[test]
fn a_mail_about_something_else_is_not_taken() {
    let device = "Amazon Web Services\nVerify your identity\nVerification code: 482915\n";
    let driver = Driver::awaiting_code().pastes(device).quietly();
    assert_eq!((driver.code(), pasted(&driver)), ("", Some(PasteResult::Unrelated)));
}

#[test]
fn a_lost_answer_to_a_code_that_aws_shows_as_accepted_is_an_acceptance() {
    for (shown, effect) in [(EmailChangeStatus::Accepted, Some(follow(5))), (EmailChangeStatus::Completed, None)] {
        let driver = Driver::awaiting_code()
            .with_code()
            .press("enter enter")
            .writes()
            .ends(WriteOutcome::Unknown(api_error(ApiErrorKind::Timeout)), Driver::seen(shown));
        assert_eq!(driver.layer(), None, "there is nothing left to enter");
        match effect {
            Some(effect) => driver.says(&Notification::EmailAccepted(sandbox())).wants(&effect).quietly(),
            None => driver.asks(&[primary()]).quietly(),
        };
    }
}

#[test]
fn a_lost_answer_to_a_code_that_aws_shows_as_pending_can_be_tried_again() {
    let driver = Driver::awaiting_code()
        .with_code()
        .press("enter enter")
        .writes()
        .ends(WriteOutcome::Unknown(api_error(ApiErrorKind::Timeout)), Driver::seen(EmailChangeStatus::Pending))
        .focuses(Focus::Field);
    assert!(
        matches!(driver.layer(), Some(Layer::EnterOtp(dialog)) if matches!(dialog.form.trouble, Some(WriteOutcome::Unknown(_))))
    );
    driver.press("enter enter").writing(&accept());
}

#[test]
fn the_code_can_be_sent_again() {
    let resend = Change::StartEmailChange { account: sandbox(), old: OLD.into(), new: email(NEW) };
    let driver = Driver::awaiting_code()
        .types("Q7")
        .press("tab tab")
        .focuses(Focus::Other)
        .after(3600)
        .press("enter")
        .writing(&resend)
        .ends(WriteOutcome::Taken(Some(EmailChangeStatus::Pending)), Driver::seen(EmailChangeStatus::Pending))
        .focuses(Focus::Field)
        .quietly();
    assert_eq!(driver.code(), "", "the old code is worth nothing");
    assert!(matches!(driver.layer(), Some(Layer::EnterOtp(dialog)) if dialog.resent));
    let ChangeState::Pending(started) = driver.app.model.emails.state(sandbox(), driver.now) else { panic!() };
    assert_eq!(started.started, driver.now, "its day begins anew");
}

#[test]
fn later_and_esc_leave_the_change_to_be_finished_with_o() {
    for keys in ["esc", "tab enter"] {
        let driver = Driver::awaiting_code().press(keys).quietly();
        assert_eq!(driver.layer(), None);
        assert!(matches!(driver.app.model.emails.state(sandbox(), driver.now), ChangeState::Pending(_)));
        let driver = driver.press("o").focuses(Focus::Field).with_code().press("enter enter").writing(&accept());
        drop(driver);
    }
}

#[test]
fn a_code_is_not_sent_twice_while_the_first_is_in_progress() {
    Driver::awaiting_code()
        .with_code()
        .press("enter enter")
        .writes()
        .press("enter")
        .quietly()
        .press("o")
        .says(&Notification::Unavailable(CommandId::EnterOtp, DisabledReason::InProgress))
        .quietly();
}

#[test]
fn an_account_without_a_change_has_no_code_to_enter() {
    Driver::ready()
        .on(KENSHO)
        .press("o")
        .says(&Notification::Unavailable(CommandId::EnterOtp, DisabledReason::NothingPending))
        .quietly();
}

#[test]
fn an_acceptance_that_ends_after_its_dialog_was_closed_is_followed_all_the_same() {
    Driver::awaiting_code()
        .with_code()
        .press("enter enter")
        .writes()
        .press("esc")
        .ends(
            WriteOutcome::Taken(Some(EmailChangeStatus::Accepted)),
            Seen::Email { report: Ok(report(EmailChangeStatus::Accepted)), email: Ok(OLD.into()) },
        )
        .wants(&follow(5))
        .says(&Notification::EmailAccepted(sandbox()));
}

#[test]
fn a_code_that_another_session_has_used_is_no_trouble_where_aws_shows_the_change_accepted() {
    let refused = WriteOutcome::from_fault(api_error(ApiErrorKind::Invalid));
    let driver = Driver::awaiting_code()
        .with_code()
        .press("enter enter")
        .writes()
        .ends(refused, Driver::seen(EmailChangeStatus::Accepted));
    assert_eq!(driver.layer(), None);
    assert_eq!(driver.app.model.emails.state(sandbox(), driver.now), ChangeState::Accepted);
    drop(driver.wants(&Effect::Wake(Duration::from_secs(5), Wake::Follow(sandbox()))));
}

#[test]
fn among_several_mails_the_one_of_this_change_is_found_and_two_codes_are_none() {
    let mail = |address: &str, code: &str| {
        format!(
            "a request to use your email address ({address}) ... please use the following code to verify your email \
             address: {code}.\n"
        )
    };
    let both = mail("other@corp.example", "111111") + &mail(NEW, CODE);
    let driver = Driver::awaiting_code().pastes(&both);
    assert_eq!((driver.code(), pasted(&driver)), (CODE, Some(PasteResult::Found)));
    let twice = mail(NEW, "111111") + &mail(NEW, CODE);
    let driver = Driver::awaiting_code().pastes(&twice);
    assert_eq!((driver.code(), pasted(&driver)), ("", Some(PasteResult::Several)));
}

#[test]
fn a_wrong_code_is_not_excused_by_an_earlier_change_that_was_completed() {
    let refused = WriteOutcome::from_fault(api_error(ApiErrorKind::Invalid));
    let driver = Driver::awaiting_code()
        .with_code()
        .press("enter enter")
        .writes()
        .ends(refused, Driver::seen_before(EmailChangeStatus::Completed));
    assert!(matches!(driver.layer(), Some(Layer::EnterOtp(dialog)) if dialog.form.trouble.is_some()));
}
