//! What every dialog and list keeps to: whom it is about, its border, its size, what can be read in it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;

use super::dialogs::{expired_code, wrong_code};
use super::picture::{COLOURED, drawn, picture, shown, words};
use crate::app::msg::Msg;
use crate::app::start::Start;
use crate::app::state::choices::RootTask;
use crate::app::tests::harness::{Driver, start};
use crate::app::tests::rooted::{at_buckets, choosing, gated, on_sandbox};
use crate::app::tests::world::*;
use crate::domain::mail::Mail;
use crate::domain::recovery::LeftOpen;
use crate::domain::root_credentials::AuditDepth;
use crate::domain::root_feature::RootFeatures;

const SIZES: [(u16, u16); 6] = [(60, 15), (80, 24), (100, 30), (120, 36), (160, 45), (200, 60)];

fn frame(driver: Driver, size: (u16, u16)) -> (Rect, Option<Color>) {
    let driver = drawn(driver, size);
    let area = Rect::new(0, 0, size.0, size.1);
    let mut buffer = Buffer::empty(area);
    let frame = crate::ui::draw(&driver.app, COLOURED, area, &mut buffer).frame.expect("a dialog");
    (frame, buffer.cell(frame.as_position()).and_then(|cell| cell.style().fg))
}

fn many(count: u64) -> World {
    let World { organization, accounts, .. } = World::of(count);
    World { organization, accounts, ..managed() }
}

fn forgetting(state: crate::domain::email_change::StartedProgress) -> Driver {
    let mut world = World::default();
    world.stored.started = vec![started("2025-03-14T13:00:00Z", state)];
    Driver::ready_in(world).press("2").on(SANDBOX_07).press("f")
}

#[test]
fn the_border_of_a_dialog_follows_the_danger_of_what_it_confirms() {
    use crate::domain::email_change::StartedProgress as P;
    let red = Some(Color::Red);
    let (open, ended) = (forgetting(P::Pending), forgetting(P::Completed));
    assert_eq!(frame(open, (80, 24)).1, red, "nobody can accept the change any more");
    assert_eq!(frame(ended, (80, 24)).1, Some(Color::Cyan));
    for (task, color) in [("enter", Some(Color::Cyan)), ("j enter", red)] {
        let sessions = on_sandbox().press(&choosing(RootTask::Session));
        assert_eq!(frame(sessions.press(task), (80, 24)).1, color, "{task}");
    }
    assert_eq!(frame(Driver::ready().on(SANDBOX_07).press("e"), (80, 24)).1, Some(Color::Cyan));
    assert_eq!(frame(on_sandbox().press(&choosing(RootTask::CloseRecovery)), (80, 24)).1, red);
}

#[test]
fn the_dialog_of_a_code_keeps_its_size() {
    for size in SIZES {
        let before = frame(Driver::awaiting_code(), size).0;
        let typed = || Driver::awaiting_code().with_code();
        let sending = || typed().press("enter enter").writes();
        for (name, driver) in [
            ("typed", Box::new(typed())),
            ("sending", Box::new(sending())),
            ("wrong", Box::new(wrong_code())),
            ("expired", Box::new(expired_code())),
            ("pasted", Box::new(Driver::awaiting_code().pastes(&mail(NEW)))),
            ("foreign", Box::new(Driver::awaiting_code().pastes(&mail("root@stranger.example")))),
        ] {
            assert_eq!(frame(*driver, size).0, before, "{name} at {size:?}");
        }
    }
}

#[test]
fn who_confirms_can_see_every_account_with_its_id() {
    for size in [(60, 15), (80, 24)] {
        for keys in ["3 * a", "3 * d"] {
            let mut driver = drawn(Driver::ready_in(many(30)).press(keys), size);
            let mut read = shown(&driver.app, size);
            for _ in 0..24 {
                driver = drawn(driver.press("page-down"), size);
                read.push_str(&shown(&driver.app, size));
            }
            for account in World::of(30).accounts.iter().filter(|it| it.id != id(MANAGEMENT)) {
                let row = format!("{} {}", account.id, account.name);
                assert!(read.contains(&row), "{keys} at {size:?}: no {row}");
            }
            assert!(!read.contains("more ("), "{read}");
        }
    }
}

#[test]
fn a_long_list_of_accounts_behind_the_question_need_not_be_read() {
    let driver = drawn(Driver::ready_in(many(30)).press("3 * a"), (80, 24));
    assert!(!driver.app.is_to_be_read_first() && !driver.app.has_unread_text());
}

#[test]
fn titles_say_which_account_they_are_about() {
    let title = |driver: Driver| {
        let text = picture(driver, (80, 24));
        let rows: Vec<&str> = text.lines().filter(|row| row.contains('┌')).collect();
        rows.last().copied().unwrap_or_default().to_owned()
    };
    let account = "sandbox-07 (444455556666)";
    for (name, driver) in [
        ("buckets", Box::new(at_buckets())),
        ("queues", Box::new(on_sandbox().press(&choosing(RootTask::UnlockQueue)))),
        ("SCPs", Box::new(on_sandbox().press("E").asks(&[crate::app::effect::Read::Controls(id(SANDBOX_07))]))),
        ("reason", Box::new(on_sandbox().press(&choosing(RootTask::CloseRecovery)).press("ctrl-r"))),
    ] {
        let title = title(*driver);
        assert!(title.contains(account), "{name}: {title}");
    }
}

#[test]
fn a_count_is_read_as_a_count_on_a_narrow_screen() {
    let mut world = World::default();
    let pending = crate::domain::email_change::StartedProgress::Pending;
    world.stored.started = vec![started("2025-03-14T13:00:00Z", pending)];
    let mut driver = Driver::ready_in(world);
    driver.app.model.board.alarms = 1;
    for (view, name) in [("1", "1 Accounts"), ("3", "3 Root"), ("4", "4 Org")] {
        let text = picture(drawn(driver_in(&driver, view), (60, 15)), (60, 15));
        let tabs = text.lines().nth(1).unwrap_or_default();
        assert!(tabs.contains(name) && tabs.contains("2 Emails 1"), "{tabs}");
    }
}

fn driver_in(of: &Driver, view: &str) -> Driver {
    let mut driver = Driver::ready_in(of.world.clone());
    driver.app.model.board.alarms = of.app.model.board.alarms;
    driver.press(view)
}

#[test]
fn the_footer_says_complete_where_tab_completes() {
    let footer = |driver: Driver| words(driver, (80, 24));
    let typed = super::layout::delegate().types("sandb");
    assert!(footer(typed).contains("tab complete"));
    let queues = on_sandbox().press(&choosing(RootTask::UnlockQueue)).press("ctrl-u").types("zzz");
    assert!(footer(queues).contains("tab next"));
}

#[test]
fn mails_of_different_changes_look_different() {
    let mail = |to: &str| Mail { to: to.into(), sent: noon(), subject: "One-time password".into(), body: "-".into() };
    let mails = vec![mail("root-a@corp.example"), mail("root-b@corp.example")];
    let mailbox = Driver::ready_with(Start { demo: true, ..start() }, World::default()).press("7");
    let driver = mailbox.send(Msg::Mail(mails));
    for size in [(60, 24), (80, 24), (120, 36)] {
        let text = picture(driver_with(&driver), size);
        for to in ["root-a@corp.example", "root-b@corp.example"] {
            assert!(text.contains(&format!("14:02 {to}")), "{size:?}: {text}");
        }
    }
}

fn driver_with(of: &Driver) -> Driver {
    let mails = of.app.model.mailbox.mails().to_vec();
    Driver::ready_with(Start { demo: true, ..start() }, World::default()).press("7").send(Msg::Mail(mails))
}

#[test]
fn the_names_of_the_features_are_whole_beside_what_they_lack() {
    let world = World { features: RootFeatures::NeedTrustedAccess, ..World::untrusting() };
    for width in 36..=200 {
        let text = words(Driver::ready_in(world.clone()).press("l l"), (width, 30));
        assert!(text.contains("? RootCredentialsManagement") && text.contains("? RootSessions"), "{width}: {text}");
        assert!(text.contains("trusted access is off"), "{width}: {text}");
    }
}

#[test]
fn the_commands_of_findings_name_the_account() {
    let driver = Driver::ready_in(managed()).press("3").on(SANDBOX_07).press("a tab enter").runs();
    let driver = driver.audits(SANDBOX_07, full(AuditDepth::Deep)).press("enter");
    let text = words(driver, (200, 60));
    assert!(text.contains("rootdeck credentials delete 444455556666"), "{text}");
    assert!(!text.contains("delete ACCOUNT"), "{text}");
}

#[test]
fn an_open_recovery_is_counted_down_in_the_lists() {
    let mut world = gated();
    let open = LeftOpen::new(id(SANDBOX_07), time("2025-03-14T13:00:00Z"), "arn:aws:iam::111122223333:user/a".into());
    for (until, shown) in
        [(Some("2025-03-14T17:10:00Z"), "◷ 3h"), (Some("2025-03-14T13:30:00Z"), "!! open"), (None, "◷ open")]
    {
        world.stored.left_open = vec![LeftOpen { until: until.map(time), ..open.clone() }];
        let row = |view: &str, size| {
            let text = picture(Driver::ready_in(world.clone()).on(SANDBOX_07).press(view), size);
            text.lines().find(|row| row.contains("444455556666 sandbox-")).unwrap_or_default().to_owned()
        };
        for (view, size) in [("3", (60, 15)), ("3", (80, 24)), ("1", (120, 36))] {
            let row = row(view, size);
            assert!(row.contains(shown), "{view} {size:?}: {row}");
        }
    }
}

#[test]
fn the_selected_command_is_told_whole_and_no_key_is_cut() {
    for size in [(60, 15), (80, 24)] {
        let text = words(Driver::ready().press(":"), size);
        assert!(text.contains("Open the account: read its primary email and its email change from AWS."), "{text}");
        let driver = Driver::ready().press("?");
        let keys: Vec<String> = crate::app::command::COMMANDS
            .iter()
            .filter(|command| command.places.contains(&crate::app::command::KeyContext::Accounts))
            .map(|command| driver.app.keys().names(command))
            .collect();
        let text = picture(driver, (size.0, 200));
        for key in keys {
            assert!(text.contains(&key), "{size:?}: {key}");
        }
    }
}

#[test]
fn the_rows_of_a_plan_have_their_ids_and_one_edit_each() {
    let listed = || {
        let marked = Driver::ready().on(SANDBOX_07).press("space").on(SANDBOX_08).press("space");
        marked.press("e").types("root-{name}@example.com").press("enter enter")
    };
    for size in SIZES {
        let text = picture(listed(), size);
        for id in [SANDBOX_07, SANDBOX_08] {
            assert!(text.matches(id).count() > usize::from(id == SANDBOX_07), "{size:?}: {text}");
        }
        let footer = words(listed(), size);
        assert!(footer.contains("enter edit address") && !footer.contains(" e edit y"), "{footer}");
    }
    assert!(words(listed(), (80, 24)).contains("e edit all"));
}
