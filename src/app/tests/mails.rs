//! Mails that are pasted into view 2 or read from a file: matched, shown, confirmed, accepted.

use std::time::Duration;

use super::board::every_kind;
use super::harness::{Driver, start};
use super::world::*;
use crate::app::command_id::{CommandId, DisabledReason};
use crate::app::dialogs::mails::MailsDialog;
use crate::app::effect::{Effect, Read, TextFile, TextUse, Wake};
use crate::app::focus::Focus;
use crate::app::key::Paste;
use crate::app::layers::Layer;
use crate::app::msg::Answer;
use crate::app::notification::{Notification, Tone};
use crate::app::start::Start;
use crate::domain::api_error::ApiErrorKind;
use crate::domain::email_change::{EmailChangeStatus, StartedEmailChange, StartedProgress};
use crate::domain::emails::ChangeState;
use crate::domain::mail_match::MailProblem;
use crate::domain::permit::{Refusal, Rules};
use crate::domain::run::{Run, RunReport, Steering};
use crate::domain::write::{Seen, WriteOutcome, Written};

const AUDIT_NEW: &str = "root-audit@example.com";

fn follow(account: &str) -> Effect {
    Effect::Wake(Duration::from_secs(5), Wake::Follow(id(account)))
}

pub(super) fn view(world: World) -> Driver {
    Driver::ready_in(world).wants(&follow(LONG)).press("2")
}

fn mail_with(address: &str, code: &str) -> String {
    mail(address).replace(CODE, code)
}

fn dialog(driver: &Driver) -> &MailsDialog {
    match driver.layer() {
        Some(Layer::Mails(dialog)) => dialog,
        other => panic!("no mails: {other:?}"),
    }
}

fn matched(driver: &Driver) -> Vec<&str> {
    dialog(driver).matches.iter().map(|item| item.new.as_str()).collect()
}

fn left(driver: &Driver) -> Vec<(&str, &MailProblem)> {
    dialog(driver).left.iter().map(|mail| (mail.address.as_str(), &mail.why)).collect()
}

pub(super) fn both() -> String {
    mail(NEW) + &mail_with(OTHER_NEW, "Ab12Cd")
}

/// Both confirmed, the first about to be sent.
fn accepting() -> Driver {
    view(every_kind()).pastes(&both()).types("2").press("enter enter").runs()
}

fn written(driver: &Driver, index: usize, outcome: WriteOutcome, seen: Seen) -> RunReport {
    let Run::AcceptEmailChanges { items, .. } = driver.run() else { panic!("not accepting: {:?}", driver.run()) };
    RunReport::Written(Box::new(items[index].change()), driver.now, Box::new(Written { outcome, seen }))
}

fn taken() -> WriteOutcome {
    WriteOutcome::Taken(Some(EmailChangeStatus::Accepted))
}

#[test]
fn one_mail_is_matched_by_its_address_and_confirmed_with_its_button_focused() {
    let driver = view(every_kind()).pastes(&mail(NEW)).quietly().focuses(Focus::Act);
    assert_eq!((matched(&driver), left(&driver)), (vec![NEW], vec![]));
    let driver = driver.press("shift-tab").focuses(Focus::Cancel).press("enter").quietly();
    assert_eq!(driver.layer(), None, "nothing is sent by Cancel");
    let driver = driver.pastes(&mail(NEW)).press("enter").runs();
    let Run::AcceptEmailChanges { items, .. } = driver.run() else { panic!() };
    assert_eq!((items[0].account.id, items[0].otp.expose()), (id(SANDBOX_07), CODE));
    assert!(matches!(driver.layer(), Some(Layer::Results(_))));
}

#[test]
fn several_are_confirmed_by_their_number() {
    let driver = view(every_kind()).pastes(&both()).quietly().focuses(Focus::Field);
    assert_eq!(matched(&driver), [NEW, OTHER_NEW]);
    let driver = driver.press("enter").quietly().says(&Notification::NotTyped("2".into()));
    let driver = driver.types("3").press("tab tab enter").quietly().press("backspace").types("2");
    let driver = driver.press("enter").focuses(Focus::Act).press("enter").runs();
    assert_eq!(driver.run().accounts(), 2);
}

#[test]
fn a_pasted_line_break_confirms_nothing() {
    let driver = view(every_kind()).pastes(&both()).pastes("2\r\n").quietly().focuses(Focus::Field);
    drop(driver.press("tab tab").pastes("\r\n").quietly());
}

#[test]
fn mails_that_match_nothing_are_left_alone_with_the_reason() {
    let elsewhere =
        mail_with("root-kensho@example.com", "222222").replace("an AWS account", &format!("the AWS account {KENSHO}"));
    let asked = Driver::ready_in(every_kind()).wants(&follow(LONG)).on(KENSHO).press("v").aws_answers().press("2");
    let text = [
        mail_with("root@stranger.example", "111111"),
        elsewhere,
        mail_with(AUDIT_NEW, "333333"),
        mail_with("root-portal@example.com", "444444"),
    ];
    let driver = asked.pastes(&text.concat()).quietly().focuses(Focus::Cancel);
    assert!(matched(&driver).is_empty());
    assert_eq!(
        left(&driver),
        [
            ("root@stranger.example", &MailProblem::NoChange),
            ("root-kensho@example.com", &MailProblem::StartedElsewhere),
            (AUDIT_NEW, &MailProblem::Expired),
            ("root-portal@example.com", &MailProblem::Accepted),
        ]
    );
    drop(driver.press("enter").quietly());
}

#[test]
fn two_codes_for_one_address_are_none_unless_the_newest_can_be_told() {
    let driver = view(every_kind()).pastes(&(mail(NEW) + &mail_with(NEW, "111111")));
    assert_eq!((matched(&driver), left(&driver)), (vec![], vec![(NEW, &MailProblem::SeveralCodes)]));
    let dated = |day: &str, text: String| {
        format!("Received: x\nDate: {day} Mar 2025 10:00:00 +0000\nFrom: AWS <a@b.example>\nTo: {NEW}\n\n{text}\n\n")
    };
    let both = dated("14", mail_with(NEW, "111111")) + &dated("13", mail(NEW));
    let driver = driver.press("esc").pastes(&both);
    assert_eq!(dialog(&driver).matches[0].otp.expose(), "111111");
    assert_eq!(left(&driver), [(NEW, &MailProblem::Older)]);
}

#[test]
fn the_same_mail_twice_is_one() {
    let driver = view(every_kind()).pastes(&(mail(NEW) + &mail(NEW)));
    assert_eq!((matched(&driver), left(&driver)), (vec![NEW], vec![]));
}

#[test]
fn a_mail_of_an_earlier_start_is_matched_and_of_two_the_later_start_counts() {
    let mut world = every_kind();
    let earlier = StartedEmailChange {
        new: email("first-08@example.com"),
        ..started_for(SANDBOX_08, OTHER_NEW, "2025-03-14T13:00:00Z", StartedProgress::Pending)
    };
    world.stored.earlier = vec![earlier];
    let driver = view(world).pastes(&mail("first-08@example.com"));
    assert_eq!((matched(&driver), left(&driver)), (vec!["first-08@example.com"], vec![]));
    let driver = driver.press("esc").pastes(&(mail("first-08@example.com") + &mail_with(OTHER_NEW, "Ab12Cd")));
    assert_eq!(matched(&driver), [OTHER_NEW]);
    assert_eq!(left(&driver), [("first-08@example.com", &MailProblem::Superseded)]);
}

#[test]
fn protected_accounts_and_read_only_runs_refuse_with_the_reason() {
    let protected = Rules { protected: [id(SANDBOX_07)].into(), ..Rules::default() };
    let read_only = Rules { read_only: true, ..Rules::default() };
    for (rules, expected) in [(protected, Refusal::Protected(id(SANDBOX_07))), (read_only, Refusal::ReadOnly)] {
        let driver = Driver::ready_with(Start { rules, ..start() }, every_kind()).wants(&follow(LONG)).press("2");
        let driver = driver.pastes(&mail(NEW)).quietly();
        assert_eq!((matched(&driver), left(&driver)), (vec![], vec![(NEW, &MailProblem::Refused(expected))]));
    }
}

#[test]
fn a_change_that_is_over_while_the_dialog_is_open_leaves_it_and_what_was_typed_counts_no_more() {
    let mut driver = view(every_kind()).pastes(&both()).types("2").press("enter").focuses(Focus::Act);
    driver.world.changes.insert(id(SANDBOX_07), EmailChangeStatus::Completed);
    let report = driver.world.change_of(id(SANDBOX_07));
    driver.app.model.emails.entry(id(SANDBOX_07)).change.set(Ok(report), driver.now);
    // Not even drawn yet, and Enter is pressed.
    let driver = driver.press("enter").quietly().says(&Notification::MailsChanged).focuses(Focus::Cancel);
    assert_eq!((matched(&driver), left(&driver)), (vec![OTHER_NEW], vec![(NEW, &MailProblem::Over)]));
    assert_eq!(dialog(&driver).typed.text(), "");
}

#[test]
fn a_code_that_expires_while_the_dialog_is_open_is_not_sent() {
    let driver = view(every_kind()).pastes(&mail(NEW)).focuses(Focus::Act).after(86_400);
    let driver = driver.press("enter").quietly().says(&Notification::MailsChanged);
    assert_eq!(left(&driver), [(NEW, &MailProblem::Expired)]);
}

#[test]
fn while_a_run_is_in_progress_no_other_begins() {
    let driver = accepting().press("esc").pastes(&mail(NEW));
    assert_eq!(left(&driver), [(NEW, &MailProblem::InProgress)]);
    drop(driver);
    let asking = view(every_kind()).press("V G enter").runs();
    let driver = asking.pastes(&mail(NEW)).press("enter").quietly();
    driver.says(&Notification::Unavailable(CommandId::ReadMails, DisabledReason::RunInProgress));
}

#[test]
fn each_change_has_its_own_result() {
    let driver = accepting();
    let wrong = WriteOutcome::Refused(api_error(ApiErrorKind::Invalid));
    let first = written(&driver, 0, taken(), Driver::seen(EmailChangeStatus::Accepted));
    let driver = driver.after(1).reports(first).wants(&follow(SANDBOX_07)).quietly();
    let second = written(&driver, 1, wrong, Driver::seen(EmailChangeStatus::Pending));
    let driver = driver.after(1).reports(second).quietly().reports(RunReport::Ended);
    let all = driver.app.model.acceptances.as_ref().expect("results");
    assert_eq!(all.results[&id(SANDBOX_07)], Ok(()));
    assert_eq!(all.results[&id(SANDBOX_08)], Err(WriteOutcome::Refused(api_error(ApiErrorKind::Invalid))));
    assert!(all.ended);
    assert_eq!(driver.app.model.emails.state(id(SANDBOX_07), driver.now), ChangeState::Accepted);
    assert_eq!(driver.notification().map(Notification::tone), Some(Tone::Bad), "one did not end well");
    // They can be read again, and the error goes when they were.
    let driver = driver.press("esc");
    assert_ne!(driver.notification().map(Notification::tone), Some(Tone::Bad));
    let driver = driver.press("R").quietly();
    assert!(matches!(driver.layer(), Some(Layer::Results(_))));
}

#[test]
fn what_aws_shows_as_accepted_is_no_trouble_whatever_the_answer_was() {
    let driver = accepting();
    let lost = WriteOutcome::Unknown(api_error(ApiErrorKind::Timeout));
    let report = written(&driver, 0, lost, Driver::seen(EmailChangeStatus::Accepted));
    let driver = driver.reports(report).wants(&follow(SANDBOX_07));
    assert_eq!(driver.app.model.acceptances.as_ref().expect("results").results[&id(SANDBOX_07)], Ok(()));
    assert_eq!(driver.app.model.in_progress.as_ref().map(|run| run.failed), Some(0));
}

#[test]
fn an_outcome_that_is_not_known_is_not_called_done_and_its_error_leads_to_the_results() {
    let driver = accepting();
    let lost = WriteOutcome::Unknown(api_error(ApiErrorKind::Timeout));
    let report = written(&driver, 0, lost, Driver::seen(EmailChangeStatus::Pending));
    let driver = driver.press("esc").reports(report).reports(RunReport::Ended);
    let all = driver.app.model.acceptances.as_ref().expect("results");
    assert!(matches!(all.results[&id(SANDBOX_07)], Err(WriteOutcome::Unknown(_))));
    assert_eq!(all.results.get(&id(SANDBOX_08)), None, "it was never sent");
    let driver = driver.press("!");
    assert!(matches!(driver.layer(), Some(Layer::Results(_))));
}

#[test]
fn leaving_stops_the_run_and_waits_for_what_is_in_progress() {
    let driver = accepting().press("esc q").steers(Steering::Stop).quietly();
    let report = written(&driver, 0, taken(), Driver::seen(EmailChangeStatus::Accepted));
    let driver = driver.reports(report).wants(&follow(SANDBOX_07)).quietly();
    driver.reports(RunReport::Ended).wants(&Effect::Quit);
}

#[test]
fn a_code_alone_goes_to_the_selected_change_or_the_only_one_and_sends_nothing() {
    let driver = view(every_kind()).on(SANDBOX_07).pastes(" 482 915\n").quietly().focuses(Focus::Field);
    assert!(matches!(driver.layer(), Some(Layer::EnterOtp(dialog)) if dialog.account == id(SANDBOX_07)));
    assert_eq!(driver.code(), "482915");
    let driver = view(every_kind()).on(LONG).pastes(CODE).quietly();
    assert_eq!(driver.layer(), None, "two others wait for one");
    drop(driver.says(&Notification::BareCode));
    let mut world = every_kind();
    world.stored.started.remove(1);
    let driver = view(world).on(LONG).pastes(CODE).quietly();
    assert!(matches!(driver.layer(), Some(Layer::EnterOtp(dialog)) if dialog.account == id(SANDBOX_07)));
}

#[test]
fn a_paste_without_a_code_says_so_and_one_elsewhere_means_nothing() {
    let driver = view(every_kind()).pastes("Lorem ipsum").quietly().says(&Notification::NoMails);
    let driver = driver.press("1").pastes(&mail(NEW)).quietly().says(&Notification::MailsElsewhere);
    assert_eq!(driver.layer(), None);
    let driver = driver.press("2 /").pastes("sandbox").quietly();
    assert_eq!(driver.app.model.board.filter.text(), "sandbox", "the filter being typed takes it");
}

#[test]
fn a_text_about_something_else_opens_nothing_and_a_mail_in_another_language_opens_its_change() {
    let device = "Amazon Web Services\nVerify your identity\nVerification code: 482915\n";
    let driver = view(every_kind()).on(SANDBOX_07).pastes(device).quietly().says(&Notification::UnrelatedCode);
    assert_eq!(driver.layer(), None);
    let text = format!("{OTHER_NEW} を AWS アカウント {SANDBOX_08} に使用します。コード：１１１１２２");
    let driver = driver.pastes(&text).quietly();
    assert!(matches!(driver.layer(), Some(Layer::EnterOtp(dialog)) if dialog.account == id(SANDBOX_08)));
    assert_eq!(driver.code(), "111122");
}

#[test]
fn a_mail_that_names_another_account_is_left_alone() {
    let driver = view(every_kind()).pastes(&mail(NEW).replace(SANDBOX_07, KENSHO));
    assert_eq!((matched(&driver), left(&driver)), (vec![], vec![(NEW, &MailProblem::NoChange)]));
}

#[test]
fn mails_are_never_text_of_a_field() {
    let driver = view(every_kind()).press("/").types("sand").pastes(&mail(NEW)).quietly();
    assert_eq!((matched(&driver), driver.app.model.board.filter.text()), (vec![NEW], "sand"));
    let driver = driver.press("esc 1 /").pastes(&mail(NEW)).says(&Notification::MailsElsewhere);
    assert_eq!((driver.app.model.accounts.filter.text(), driver.app.model.board.filter.text()), ("", "sand"));
    let driver = driver.press("esc").on(SANDBOX_08).press("e").pastes(&mail(NEW)).says(&Notification::MailsElsewhere);
    assert!(matches!(driver.layer(), Some(Layer::StartEmail(dialog)) if dialog.field.text().is_empty()));
}

#[test]
fn mails_can_be_pasted_one_after_the_other() {
    let driver = view(every_kind()).pastes(&mail(NEW)).focuses(Focus::Act);
    let driver = driver.pastes(&mail_with(OTHER_NEW, "Ab12Cd")).quietly().focuses(Focus::Field);
    assert_eq!(matched(&driver), [NEW, OTHER_NEW]);
    drop(driver.types("2").press("enter").focuses(Focus::Act).pastes(&mail(NEW)).focuses(Focus::Act));
}

#[test]
fn the_mail_of_a_change_that_was_started_elsewhere_gives_its_address() {
    let asked = Driver::ready_in(every_kind()).wants(&follow(LONG)).on(KENSHO).press("v").aws_answers().press("2");
    let driver = asked.press("g").on(KENSHO).press("n").pastes(&mail("root-kensho@example.com")).quietly();
    assert!(
        matches!(driver.layer(), Some(Layer::StartEmail(dialog)) if dialog.field.text() == "root-kensho@example.com")
    );
    let driver = driver.press("enter").focuses(Focus::Act);
    drop(driver);
}

#[test]
fn mails_are_read_from_a_file() {
    let load = TextFile::Load("~/mails.mbox".into(), TextUse::Mails);
    let driver = view(every_kind()).press("m").focuses(Focus::Field).types("~/mails.mbox");
    let driver = driver.press("enter").focuses(Focus::Act).press("enter").texts(&load).focuses(Focus::Cancel);
    let answer = Answer::TextLoaded("~/mails.mbox".into(), TextUse::Mails, Ok(Paste::new(both())));
    let driver = driver.press("enter").quietly();
    assert_eq!(driver.layer(), None, "closed while it was read");
    let driver = driver.gets(answer.clone()).quietly();
    assert_eq!(driver.layer(), None, "nobody waits for it any more");
    let driver = driver.press("m").types("~/mails.mbox").press("enter enter").texts(&load).gets(answer);
    assert_eq!(matched(&driver), [NEW, OTHER_NEW]);
}

#[test]
fn a_file_that_can_not_be_read_or_holds_no_mail_says_so_in_its_dialog() {
    let load = TextFile::Load("x".into(), TextUse::Mails);
    let trouble = |driver: &Driver| match driver.layer() {
        Some(Layer::Path(dialog)) => dialog.form.error().cloned(),
        other => panic!("no dialog: {other:?}"),
    };
    let driver = view(every_kind()).press("m").types("x").press("enter enter").texts(&load);
    let gone = api_error(ApiErrorKind::Local);
    let driver = driver.gets(Answer::TextLoaded("x".into(), TextUse::Mails, Err(gone.clone()))).focuses(Focus::Field);
    assert_eq!(trouble(&driver), Some(gone));
    let driver = driver.press("enter enter").texts(&load);
    let driver = driver.gets(Answer::TextLoaded("x".into(), TextUse::Mails, Ok(Paste::new("nothing".into()))));
    assert!(trouble(&driver).is_some_and(|error| error.sentence().contains("no mail")));
}

#[test]
fn the_commands_are_copied_without_the_codes() {
    let driver = view(every_kind()).pastes(&mail(NEW)).press("y");
    let command = format!(
        "aws account accept-primary-email-update --account-id {SANDBOX_07} --primary-email {NEW} \
         --otp \"${{OTP_{SANDBOX_07}:?}}\" --profile prod --region us-east-1"
    );
    drop(driver.wants(&Effect::Copy(command)).quietly());
}

#[test]
fn the_mail_of_the_demo_can_be_copied_and_pasted() {
    let mut world = every_kind();
    world.stored.started.truncate(1);
    let driver = Driver::ready_with(Start { demo: true, ..start() }, world).press("7 y");
    let driver = driver.says(&Notification::Unavailable(CommandId::CopyMail, DisabledReason::NoMail));
    let body = mail(NEW);
    let one = crate::domain::mail::Mail { to: NEW.into(), subject: "Verify".into(), body: body.clone(), sent: noon() };
    let driver = driver.send(crate::app::msg::Msg::Mail(vec![one])).press("y");
    let driver = driver.wants(&Effect::CopyMail(Paste::new(body.clone()))).says(&Notification::MailCopied);
    assert_eq!(matched(&driver.press("2").pastes(&body)), [NEW]);
}

#[test]
fn a_mail_is_not_taken_for_an_account_that_is_not_listed() {
    let mut world = every_kind();
    world.accounts.retain(|account| account.id != id(SANDBOX_07));
    let driver = view(world).pastes(&mail(NEW));
    assert_eq!(left(&driver), [(NEW, &MailProblem::NotListed)]);
}

#[test]
fn of_two_accounts_with_one_address_the_mail_names_its_own() {
    let mut world = every_kind();
    world.stored.started[1].new = email(NEW);
    let driver = view(world.clone()).pastes(&mail(NEW).replace(SANDBOX_07, SANDBOX_08));
    assert_eq!(dialog(&driver).matches[0].account.id, id(SANDBOX_08));
    let driver = view(world).pastes(&mail(NEW).replace(SANDBOX_07, "-"));
    assert_eq!(left(&driver), [(NEW, &MailProblem::SeveralAccounts)]);
}

#[test]
fn an_answer_that_changes_nothing_leaves_what_was_typed() {
    let status = Read::EmailChange(id(SANDBOX_07));
    let asked = view(every_kind()).on(SANDBOX_07).press("v").asks(&[status, Read::PrimaryEmail(id(SANDBOX_07))]);
    let driver = asked.pastes(&both()).types("2").aws_answers_to(status);
    assert_eq!((matched(&driver), dialog(&driver).typed.text()), (vec![NEW, OTHER_NEW], "2"));
}
