//! What one reads at a glance: whole rows, a footer that says what keys do now, titles and messages cut at their end.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::picture::{ASCII, COLOURED, drawn, picture, shown, words};
use crate::app::start::Start;
use crate::app::state::choices::RootTask;
use crate::app::tests::editing::edited_policy;
use crate::app::tests::harness::{Driver, start};
use crate::app::tests::rooted::*;
use crate::app::tests::world::*;
use crate::domain::email_change::{EmailChangeStatus, StartedProgress};
use crate::domain::mail::Mail;
use crate::domain::recovery::LeftOpen;
use crate::domain::remote_data::Known;
use crate::domain::root_credentials::AuditDepth;
use crate::domain::root_feature::RootFeatures;
use crate::domain::stored::Stored;
use crate::ui::theme::Theme;

/// The rows of the screen, without their styles.
fn rows(driver: Driver, size: (u16, u16)) -> Vec<String> {
    let text = picture(driver, size);
    let row = |line: &str| line.rsplit_once('│').map_or("", |(row, _)| row).to_owned();
    text.lines().map(row).take(usize::from(size.1)).collect()
}

fn last_row(driver: Driver, size: (u16, u16)) -> String {
    rows(driver, size).pop().unwrap_or_default()
}

/// Accounts of which the last has a longer name and a longer address than all others.
fn with_a_long_one(count: u64) -> World {
    let mut world = World::of(count);
    if let Some(last) = world.accounts.last_mut() {
        last.name = "zz-workloads-customer-portal-production".into();
        last.email = "aws+workloads-customer-porta@example.com".into();
    }
    world
}

fn has_details(driver: &Driver, (width, height): (u16, u16)) -> bool {
    let area = Rect::new(0, 0, width, height);
    !crate::ui::draw(&driver.app, COLOURED, area, &mut Buffer::empty(area)).geometry.one_pane
}

#[test]
fn details_are_beside_a_list_only_where_every_row_of_the_listing_is_whole() {
    // Texts of more than 40 columns are cut beside details, as one of the default world is.
    for world in [World::of(40), with_a_long_one(40), with_a_long_one(400)] {
        for width in (100..=220).step_by(4) {
            let size = (width, 30);
            // The long one is not on the first page.
            let driver = drawn(Driver::ready_in(world.clone()), size);
            let beside = has_details(&driver, size);
            let driver = driver.press("G");
            let text = shown(&driver.app, size);
            let cut = text
                .lines()
                .skip(3)
                .take(24)
                .any(|row| row.split(['│', '┃']).nth(1).is_some_and(|it| it.contains('…')));
            assert!(!(beside && cut), "{width}: {text}");
        }
    }
    let side = |world: World, width| has_details(&Driver::ready_in(world), (width, 36));
    assert!(side(World::of(40), 120), "there is room");
    assert!(!side(with_a_long_one(40), 120) && side(with_a_long_one(40), 200));
    assert!(side(World::default(), 160), "one endless name hides no details");
}

#[test]
fn a_column_takes_what_it_holds_and_more_columns_come_where_nothing_is_cut() {
    let head = |driver: Driver, width| rows(driver, (width, 45)).get(3).cloned().unwrap_or_default();
    let wide = head(Driver::ready_in(with_a_long_one(40)), 200);
    for column in ["OU", "ROOT", "CHANGE", "JOINED", "STATE"] {
        assert!(wide.contains(column), "{column}: {wide}");
    }
    assert!(wide.contains(" ROOT CHANGE JOINED "), "empty columns are as wide as their heads: {wide}");
    // With a change it takes as much as that.
    let changed = || {
        let mut world = with_a_long_one(40);
        world.stored.started = vec![started_for("900000000003", NEW, "2025-03-14T13:14:00Z", StartedProgress::Pending)];
        world.changes.insert(id("900000000003"), EmailChangeStatus::Pending);
        Driver::ready_in(world)
    };
    let wide = head(changed(), 200);
    assert!(wide.contains(" ROOT CHANGE            JOINED "), "{wide}");
    assert!(rows(changed(), (200, 45)).concat().contains("◷ PENDING 23h 12m 2023-04-05"));
}

#[test]
fn no_name_is_cut_for_a_column_that_is_empty() {
    for width in [160, 200] {
        let text = rows(Driver::ready_in(with_a_long_one(40)).press("G"), (width, 45)).join("\n");
        assert!(text.contains("zz-workloads-customer-portal-production "), "{text}");
        assert!(text.contains("aws+workloads-customer-porta@example.com "), "{text}");
    }
}

#[test]
fn a_few_long_names_take_no_column_that_says_something() {
    let head = |driver: Driver| rows(driver, (160, 45)).get(3).cloned().unwrap_or_default();
    let mut world = with_a_long_one(400);
    for account in world.accounts.iter_mut().take(9) {
        account.name = format!("{} {}", account.name, "n".repeat(50));
        account.email = format!("{}{}@example.com", "a".repeat(40), account.id);
    }
    let before = head(Driver::ready_in(world.clone()));
    assert!(before.contains(" OU ") && before.contains(" JOINED ") && !before.contains(" ROOT "), "{before}");
    let mut driver = Driver::ready_in(world);
    let audit = Known { value: clean(AuditDepth::Quick), at: noon() };
    driver.app.model.root.audits.insert(id("900000000003"), audit);
    let audited = head(driver);
    assert!(audited.contains(" ROOT "), "{audited}");
}

fn recoveries() -> Driver {
    let mut world = gated();
    let by = "arn:aws:sts::111122223333:assumed-role/OrgAdmin/bob".into();
    world.stored.left_open = vec![LeftOpen::new(id(SANDBOX_07), noon(), by)];
    Driver::ready_in(world).press("O")
}

#[test]
fn the_footer_names_what_enter_does_in_lists_and_texts() {
    type Said = (fn() -> Driver, &'static str);
    let scenes: [Said; 13] = [
        (at_buckets, "enter show policy"),
        (|| at_policy(Some(LOCKED)), "enter actions"),
        (|| at_policy(None), "enter actions"),
        (|| at_policy(Some(LOCKED)).press("enter"), "enter save"),
        (edited_policy, "enter put policy"),
        (recoveries, "enter close recovery"),
        (|| on_sandbox().press("p j j"), "enter list buckets"),
        (|| Driver::ready().press("t j j j"), "enter enable"),
        (|| Driver::ready().press("s"), "enter sort"),
        (|| Driver::ready().press("c"), "enter apply"),
        (|| Driver::ready().press("B"), "enter show accounts"),
        (|| Driver::ready().press("A"), "enter audit"),
        (|| Driver::ready().press("y"), "enter copy"),
    ];
    for (scene, said) in scenes {
        for size in [(60, 15), (80, 24), (120, 36)] {
            let footer = last_row(scene(), size);
            assert!(footer.contains(said) && !footer.contains("choose"), "{said} at {size:?}: {footer}");
        }
    }
}

#[test]
fn enter_is_not_in_the_footer_where_no_row_can_be_chosen() {
    for scene in [|| Driver::ready().press(":").types("zzzz"), || at_buckets().press("/").types("zzz").press("enter")] {
        let footer = last_row(scene(), (80, 24));
        assert!(!footer.contains("enter"), "{footer}");
    }
}

#[test]
fn details_in_the_place_of_their_list_say_how_to_go_back() {
    let size = (60, 15);
    let reading: [fn() -> Driver; 6] = [
        || Driver::ready().on(SANDBOX_07).press("enter").aws_answers(),
        || Driver::ready().press("l l"),
        || super::board::board().press("enter").aws_answers(),
        || Driver::ready_in(managed()).press("3").on(SANDBOX_07).press("enter"),
        || Driver::ready().press("4 enter"),
        || super::readiness::opened_in(World::default()).press("tab"),
    ];
    for scene in reading {
        let footer = last_row(scene(), size);
        assert!(footer.contains("esc back"), "{footer}");
    }
    let footer = last_row(Driver::ready(), size);
    assert!(!footer.contains("esc"), "{footer}");
}

#[test]
fn the_footer_hides_a_code_that_is_shown() {
    let code = || Driver::awaiting_code().with_code();
    assert!(last_row(code(), (120, 36)).contains("ctrl-t show code"));
    let footer = last_row(code().press("ctrl-t"), (120, 36));
    assert!(footer.contains("ctrl-t hide code") && !footer.contains("show code"), "{footer}");
}

#[test]
fn a_message_is_cut_at_its_end() {
    let driver = Driver::ready();
    let mut driver = driver;
    driver.app.notifications.add(crate::app::notification::Notification::EmailChangedElsewhere(
        id(SANDBOX_07),
        "somebody@example.com".into(),
    ));
    let message = rows(driver, (60, 15)).get(13).cloned().unwrap_or_default();
    assert!(message.contains("444455556666: primary email changed elsewhe…"), "{message}");
    let text = message.split("  !").next().unwrap_or_default();
    assert!(text.trim_end().ends_with('…') && text.matches('…').count() == 1, "{message}");
}

#[test]
fn a_title_is_cut_at_the_end_of_its_name_and_keeps_the_id() {
    let mut world = World::default();
    let long = "workloads-customer-portal-production-eu-central-1";
    world.accounts.retain(|account| account.name == long || account.id == id(MANAGEMENT));
    let text = words(Driver::ready_in(world).on(LONG).press("e"), (80, 24));
    assert!(text.contains(&format!("… ({LONG})")), "{text}");
    assert!(text.contains("Change the primary email of workloads-customer-"), "{text}");
}

#[test]
fn a_window_never_covers_the_header_and_is_wider_where_there_is_room() {
    let scenes: [fn() -> Driver; 5] = [
        || Driver::ready().press("?"),
        || Driver::ready().press(":"),
        || at_policy(Some(LOCKED)),
        || Driver::ready().on(SANDBOX_07).press("e"),
        Driver::awaiting_code,
    ];
    for (index, scene) in scenes.into_iter().enumerate() {
        for size in [(60, 15), (80, 24), (100, 30), (120, 36), (160, 45), (200, 60)] {
            // The lowest screens have no other room for a form.
            if size.1 < 16 && index > 2 {
                continue;
            }
            let first = rows(scene(), size).first().cloned().unwrap_or_default();
            assert!(first.starts_with(" rootdeck"), "{size:?}: {first}");
        }
    }
    let frame = |size: (u16, u16)| {
        let driver = drawn(Driver::ready().press("?"), size);
        let area = Rect::new(0, 0, size.0, size.1);
        crate::ui::draw(&driver.app, COLOURED, area, &mut Buffer::empty(area)).frame.map_or(0, |frame| frame.width)
    };
    assert_eq!((frame((120, 36)), frame((200, 60))), (90, 120));
}

fn buffer(driver: &Driver, (width, height): (u16, u16), theme: Theme) -> String {
    let area = Rect::new(0, 0, width, height);
    let mut buffer = Buffer::empty(area);
    let _ = crate::ui::draw(&driver.app, theme, area, &mut buffer);
    let row = |y| (0..width).filter_map(|x| buffer.cell((x, y))).map(ratatui::buffer::Cell::symbol).collect::<String>();
    (0..height).map(row).collect::<Vec<_>>().join("\n")
}

#[test]
fn stacked_panes_keep_their_titles_in_ascii() {
    for keys in ["l l", "l l j j j", "", "2", "4", "7"] {
        let driver = Driver::ready_with(Start { demo: true, ..start() }, World::of(9)).press("1");
        let driver = if keys.is_empty() { driver } else { driver.press(keys) };
        for size in [(60, 15), (80, 24), (160, 45)] {
            let driver = drawn(driver_of(&driver), size);
            let nice = buffer(&driver, size, COLOURED);
            let ascii = buffer(&driver, size, ASCII);
            for title in ["Trusted access", "Root features", "Mail", "Accounts"] {
                let framed = |text: &str| text.matches(&format!(" {title} ")).count();
                assert_eq!(framed(&ascii), framed(&nice), "{title} after {keys:?} at {size:?}:\n{ascii}");
            }
        }
    }
}

/// A driver in the same state.
fn driver_of(of: &Driver) -> Driver {
    let mut driver = Driver::ready_with(Start { demo: true, ..start() }, World::of(9));
    driver.app.view = of.app.view;
    driver.app.model.accounts.pane = of.app.model.accounts.pane;
    driver
}

#[test]
fn a_mark_and_an_id_have_a_blank_between_them() {
    for view in ["1", "3"] {
        let driver = Driver::ready_in(managed()).press(view).on(SANDBOX_07).press("space").on(SANDBOX_07);
        let text = words(driver, (80, 24));
        assert!(text.contains(&format!("■ {SANDBOX_07} sandbox-07")), "{text}");
    }
}

#[test]
fn a_mail_on_a_low_screen_keeps_its_head_and_its_code() {
    let mail = Mail {
        to: NEW.into(),
        subject: "Verify your new AWS account root user email address".into(),
        body: mail(NEW),
        sent: noon(),
    };
    let driver = Driver::ready_with(Start { demo: true, ..start() }, World::default()).press("7");
    let text = words(driver.send(crate::app::msg::Msg::Mail(vec![mail])), (60, 15));
    for part in [NEW, "Verify your new AWS account", CODE, "lines hidden"] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn menus_name_the_selected_account() {
    for keys in ["A", "V"] {
        let driver = if keys == "V" { super::board::board().press("g") } else { Driver::ready() };
        let driver = driver.on(SANDBOX_07).press(keys);
        let text = words(driver, (80, 24));
        assert!(text.contains(&format!("selected: sandbox-07 ({SANDBOX_07})")), "{keys}: {text}");
    }
    // The id of one with a long name is whole.
    let text = words(Driver::ready().on(LONG).press("A"), (60, 15));
    assert!(text.contains(&format!("selected: workloads-customer-… ({LONG})")), "{text}");
}

#[test]
fn what_is_typed_for_an_account_that_several_match_says_to_choose_one() {
    let text = words(super::layout::delegate().types("sandbox-0"), (80, 24));
    assert!(text.contains("choose a match (tab)") && !text.contains("enter an account"), "{text}");
    assert!(words(super::layout::delegate(), (80, 24)).contains("enter an account"));
}

#[test]
fn forgetting_a_change_that_has_ended_warns_of_no_code() {
    let of = |progress, status: EmailChangeStatus| {
        let mut world = World { stored: Stored::default(), ..World::default() };
        world.stored.started = vec![started("2025-03-14T13:14:00Z", progress)];
        world.changes.insert(id(SANDBOX_07), status);
        words(Driver::ready_in(world).press("2").on(SANDBOX_07).press("f"), (80, 24))
    };
    let text = of(StartedProgress::Completed, EmailChangeStatus::Completed);
    assert!(text.contains("The change has ended: the account has the new address."), "{text}");
    assert!(!text.contains("24 hours") && !text.contains("PENDING"), "{text}");
    let text = of(StartedProgress::Pending, EmailChangeStatus::Pending);
    assert!(text.contains("24 hours"), "{text}");
}

#[test]
fn the_dialog_of_a_policy_s_file_names_the_backup_and_does_not_choose_it() {
    for size in [(60, 15), (80, 24), (120, 36)] {
        let text = words(saved().press("enter j j enter"), size);
        assert!(text.contains("To restore the backup, enter"), "{size:?}: {text}");
    }
}

#[test]
fn every_list_of_root_tasks_says_what_enter_starts() {
    let footer = |driver: Driver| last_row(driver, (80, 24));
    assert!(footer(on_sandbox().press("p")).contains("enter allow recovery"));
    assert!(footer(on_sandbox().press(&choosing(RootTask::Session))).contains("enter open session"));
}

#[test]
fn a_long_name_of_what_is_on_is_whole() {
    let long = "member.org.stacksets.cloudformation.amazonaws.com";
    let world = World { trusted: trusted(&[long]), features: RootFeatures::NeedTrustedAccess, ..World::default() };
    let text = words(Driver::ready_in(world.clone()).press("4"), (60, 15));
    assert!(text.contains("● member.org.stacksets.cloudformation.amazonaws.com on"), "{text}");
    let text = words(Driver::ready_in(world).press("l l"), (36, 15));
    assert!(text.contains("Features: trusted access is off") && text.contains("? RootCredentialsManagement"), "{text}");
}

#[test]
fn the_id_of_the_acting_account_is_whole_beside_a_root_session() {
    for width in [60, 64, 70, 80] {
        for demo in [false, true] {
            let mut driver = with_session().press("esc");
            driver.app.model.start.demo = demo;
            let text = picture(driver, (width, 15));
            let header = text.lines().next().unwrap_or_default();
            assert!(header.contains(MANAGEMENT), "{width} {demo}: {header}");
            assert!(header.contains("root "), "{width} {demo}: {header}");
        }
    }
}

#[test]
fn the_states_of_the_switches_are_whole_and_touch_no_border() {
    for size in [(120, 36), (160, 45), (200, 60)] {
        for world in [World::default(), World::untrusting(), managed()] {
            let driver = Driver::ready_in(world);
            if !has_details(&driver, size) {
                continue;
            }
            let rows = rows(driver, size);
            let start = rows.iter().position(|row| row.contains("Trusted access")).unwrap_or(rows.len());
            for row in rows.get(start..).unwrap_or_default().iter().filter(|row| row.trim_end().ends_with('│')) {
                let row = row.trim_end().trim_end_matches('│');
                assert!(row.ends_with(' '), "{size:?}: {row}");
                let side = row.rsplit('│').next().unwrap_or_default().trim_end();
                assert!(!side.ends_with('…'), "{size:?}: {side}");
            }
        }
    }
}

#[test]
fn the_details_cost_no_column_that_a_narrower_screen_shows() {
    let driver = || {
        let world = World { accounts: with_a_long_one(30).accounts, ..managed() };
        Driver::ready_in(world).press("3 A j enter tab enter").runs().audits_all().press("1")
    };
    for width in (100..=220).step_by(3) {
        let text = rows(driver(), (width, 45)).join("\n");
        assert!(text.contains(" ROOT"), "{width}: {text}");
    }
}
