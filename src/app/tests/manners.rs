//! Notices, going back, leaving, and screens that are too small.

use super::harness::{Driver, refused, start};
use super::world::*;
use crate::app::effect::{Effect, Read, Wake};
use crate::app::layers::Layer;
use crate::app::msg::{Geometry, Msg};
use crate::app::notification::Notification;
use crate::app::notification_list::{FADE, Notifications};
use crate::app::start::Start;
use crate::app::view::{Pane, ViewId};
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::email_change::EmailChangeStatus;
use crate::domain::write::WriteOutcome;

fn local(text: &str) -> ApiError {
    ApiError::new("store:open", ApiErrorKind::Local, text)
}

fn reported(text: &str) -> Msg {
    Msg::Local(local(text))
}

fn in_the_demo() -> Driver {
    Driver::ready_with(Start { demo: true, ..start() }, World::default())
}

#[test]
fn a_key_right_behind_esc_that_looks_like_one_with_alt_is_both() {
    let driver = Driver::ready().press("?").press("alt-4");
    assert_eq!((driver.layer(), driver.app.view), (None, ViewId::Organization));
    // In a field of text they edit it.
    let driver = Driver::ready().press("/").types("one two").press("alt-b").types("x").press("enter");
    assert_eq!(driver.app.model.accounts.filter.text(), "one xtwo");
}

#[test]
fn neutral_news_fade() {
    let driver = Driver::ready().press("Z").says(&Notification::NoCommand);
    let (delay, fade) = driver.timers.last().cloned().expect("a timer");
    assert_eq!(delay, FADE);
    assert_eq!(driver.woken(fade).notification(), None);
}

#[test]
fn success_and_information_go_with_the_next_key_and_errors_stay() {
    let mut driver = Driver::ready().send(reported("disk full"));
    driver.app.notifications.add(Notification::NoMails);
    let driver = driver.press("j").says(&Notification::Local(local("disk full")));
    driver.press("j k").says(&Notification::Local(local("disk full")));
}

#[test]
fn bad_news_stay_and_come_back_when_the_others_have_faded() {
    let driver = Driver::ready().send(reported("disk full"));
    let timers = driver.timers.len();
    let driver = driver.says(&Notification::Local(local("disk full"))).press("Z").says(&Notification::NoCommand);
    assert_eq!(driver.timers.len(), timers + 1, "only the neutral one has a timer");
    let fade = driver.timers.last().cloned().expect("a timer").1;
    driver.woken(fade).says(&Notification::Local(local("disk full")));
}

#[test]
fn an_error_is_read_with_its_key_and_gone_then() {
    let driver = Driver::ready().send(reported("disk full")).press("!");
    assert!(matches!(driver.layer(), Some(Layer::Notification(_))));
    let driver = driver.press("esc");
    assert_eq!((driver.layer(), driver.notification()), (None, None));
}

#[test]
fn an_error_that_was_read_is_gone_even_if_another_came_meanwhile() {
    let driver = Driver::ready().send(reported("first")).press("!").send(reported("second")).press("q");
    assert_eq!(driver.app.notifications.unread(), 1);
    driver.says(&Notification::Local(local("second")));
}

#[test]
fn the_same_error_again_is_one_error() {
    let driver = Driver::ready().send(reported("disk full")).send(reported("disk full"));
    assert_eq!(driver.app.notifications.unread(), 1);
}

#[test]
fn the_same_refusal_about_many_accounts_is_one_error() {
    let refused = |account: &str| {
        let message = format!("not authorized: account:GetPrimaryEmailUpdateStatus on {account}");
        Notification::ReadFailed(ApiError {
            message,
            request_id: Some(account.into()),
            ..api_error(ApiErrorKind::AccessDenied)
        })
    };
    let mut notifications = Notifications::default();
    for account in ["444455556001", "444455556002"] {
        notifications.add(refused(account));
    }
    assert_eq!(
        (notifications.unread(), notifications.current().map(|posted| &posted.notification)),
        (1, Some(&refused("444455556002")))
    );
    notifications.add(Notification::ReadFailed(api_error(ApiErrorKind::Throttled)));
    notifications
        .add(Notification::ReadFailed(ApiError { message: "other".into(), ..api_error(ApiErrorKind::Throttled) }));
    assert_eq!(notifications.unread(), 3, "what may differ from account to account is told of each");
}

#[test]
fn an_error_can_be_copied_for_a_ticket() {
    let driver = Driver::ready().press("r").aws_answers().press("r");
    let reads = [
        Read::Organization,
        Read::Accounts,
        Read::UnitNames,
        Read::TrustedAccess,
        Read::RootFeatures,
        Read::DelegatedAdministrators,
    ];
    let driver = driver.asks(&reads).fails(Read::Accounts, ApiErrorKind::Throttled).press("! y");
    let text = "organizations:ListAccounts SomeException: AWS's own words (request id 9c2e-11)".to_owned();
    driver.wants(&Effect::Copy(text));
}

#[test]
fn esc_is_one_step_back_from_everywhere() {
    let driver = Driver::ready().press("/").types("sand").press("enter l l t");
    assert!(driver.layer().is_some());
    let driver = driver.press("esc");
    assert_eq!((driver.layer(), driver.app.model.accounts.pane), (None, Pane::Switches));
    let driver = driver.press("esc");
    assert_eq!((driver.app.model.accounts.pane, driver.app.model.accounts.filter.text()), (Pane::List, "sand"));
    let driver = driver.press("esc");
    assert_eq!(driver.app.model.accounts.filter.text(), "");
    let driver = driver.press("4 ?");
    assert!(matches!(driver.layer(), Some(Layer::Help(_))));
    let driver = driver.press("esc");
    assert_eq!((driver.layer(), driver.app.view), (None, ViewId::Organization));
    assert_eq!(driver.app.view, ViewId::Organization, "never out of a view");
    let driver = driver.press("3 esc esc").quietly();
    assert_eq!(driver.app.view, ViewId::RootAccess);
    for (key, view) in [
        ("2", ViewId::EmailChanges),
        ("4", ViewId::Organization),
        ("5", ViewId::Readiness),
        ("6", ViewId::Journal),
        ("7", ViewId::Mailbox),
    ] {
        assert_eq!(in_the_demo().press(key).aws_answers().press("esc esc").app.view, view);
    }
}

#[test]
fn q_closes_a_text_and_leaves_from_a_view() {
    Driver::ready().press("? q").quietly().press("q").wants(&Effect::Quit);
}

#[test]
fn leaving_waits_for_a_write_in_progress() {
    let driver = Driver::awaiting_code().with_code().press("enter enter").writes().press("ctrl-c").quietly();
    assert!(driver.app.quitting);
    let driver = driver.press("esc j ctrl-c").quietly();
    assert!(driver.layer().is_some(), "keys mean nothing any more");
    let driver = driver.ends(refused(api_error(ApiErrorKind::Invalid)), Driver::seen(EmailChangeStatus::Pending));
    driver.wants(&Effect::Quit).quietly();
}

#[test]
fn a_signal_waits_for_a_write_in_progress_too() {
    let driver = Driver::awaiting_code().with_code().press("enter enter").writes().send(Msg::Terminate).quietly();
    driver
        .ends(WriteOutcome::Unknown(api_error(ApiErrorKind::Timeout)), Driver::seen(EmailChangeStatus::Pending))
        .wants(&Effect::Quit);
}

#[test]
fn a_paste_while_leaving_changes_nothing() {
    let driver = Driver::awaiting_code().with_code().press("enter enter").writes().press("esc / ctrl-c");
    let driver = driver.pastes("sandbox");
    assert_eq!(driver.app.model.accounts.filter.text(), "");
}

#[test]
fn a_screen_that_is_too_small_ignores_all_but_leaving_and_suspending() {
    let small = Geometry { too_small: true, ..Geometry::default() };
    let driver = Driver::awaiting_code().send(Msg::Geometry(small)).with_code().press("esc").pastes(CODE).quietly();
    let driver = driver.press("ctrl-z").wants(&Effect::Suspend).press("ctrl-l").wants(&Effect::Redraw);
    let driver = driver.send(Msg::Geometry(Geometry { list_rows: 10, ..Geometry::default() }));
    assert_eq!(driver.code(), "", "what is typed unseen does not count");
    driver.send(Msg::Geometry(small)).press("ctrl-c").wants(&Effect::Quit);
}

#[test]
fn the_mailbox_is_the_demos() {
    use crate::app::command_id::{CommandId, DisabledReason};
    Driver::ready().press("7").says(&Notification::Unavailable(CommandId::ViewMailbox, DisabledReason::DemoOnly));
    assert_eq!(in_the_demo().press("7").app.view, ViewId::Mailbox);
}

#[test]
fn who_reads_a_mail_goes_on_reading_it() {
    use crate::domain::mail::Mail;
    let mails = |count: usize| {
        let mail = |n| Mail { to: NEW.into(), subject: format!("mail {n}"), body: String::new(), sent: noon() };
        Msg::Mail((0..count).map(mail).collect())
    };
    let subject = |driver: &Driver| driver.app.model.mailbox.selected().map(|mail| mail.subject.clone());
    let driver = in_the_demo().press("7").send(mails(2));
    assert_eq!(subject(&driver).as_deref(), Some("mail 1"));
    let driver = driver.press("j").send(mails(4));
    assert_eq!(subject(&driver).as_deref(), Some("mail 0"));
}

#[test]
fn a_countdown_ticks_once_a_minute_and_only_while_it_is_on_screen() {
    let ticks = |driver: &Driver| driver.timers.iter().filter(|(_, wake)| *wake == Wake::Minute).count();
    assert_eq!(ticks(&Driver::ready()), 0);
    let driver = Driver::awaiting_code();
    assert_eq!(ticks(&driver), 1);
    let driver = driver.after(60).woken(Wake::Minute);
    assert_eq!(ticks(&driver), 2);
    let driver = driver.press("esc 4").woken(Wake::Minute);
    assert_eq!(ticks(&driver), 2, "nothing counts down in view 4");
}

#[test]
fn what_is_wrong_with_the_configuration_is_read_in_its_own_words() {
    let wrong = "/x/config.toml: line 1: `theme` is one of default, dark; the default is used.";
    let driver = Driver::ready().send(Msg::Warning(wrong.to_owned()));
    let driver = driver.says(&Notification::Warning(wrong.to_owned())).press("!");
    let text = crate::words::notification::line(&Notification::Warning(wrong.to_owned()));
    assert!(matches!(driver.layer(), Some(Layer::Notification(reader)) if reader.about == Notification::Warning(text)));
}
