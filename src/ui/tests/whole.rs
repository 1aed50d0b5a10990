//! What is whole on narrow screens: alarms, findings, domains, ids, the ends of texts.

use jiff::SignedDuration;

use super::picture::{drawn, picture, shown, words};
use crate::app::tests::harness::Driver;
use crate::app::tests::rooted::{gated, with_session};
use crate::app::tests::world::*;
use crate::domain::account::AccountState;
use crate::domain::api_error::ApiErrorKind;
use crate::domain::email_change::EmailChangeStatus;
use crate::domain::recovery::LeftOpen;
use crate::domain::remote_data::Known;
use crate::domain::root_credentials::{AuditDepth, RootAudit};
use crate::domain::sign_in::LastSignIn;

const SMALLEST: (u16, u16) = (60, 15);

fn audited(world: World, account: &str, audit: RootAudit) -> Driver {
    let mut driver = Driver::ready_in(world);
    driver.app.model.root.audits.insert(id(account), Known { value: audit, at: noon() });
    driver
}

#[test]
fn the_details_of_an_account_can_be_read_to_their_end() {
    let mut world = gated();
    if let Some(account) = world.accounts.iter_mut().find(|account| account.id == id(SANDBOX_07)) {
        account.state = AccountState::PendingClosure;
    }
    world.changes.insert(id(SANDBOX_07), EmailChangeStatus::Pending);
    let driver = audited(world, SANDBOX_07, full(AuditDepth::Deep)).on(SANDBOX_07).press("enter").aws_answers();
    let driver = drawn(driver, SMALLEST);
    let top = shown(&driver.app, SMALLEST);
    assert!(top.contains(" more ↓ ") && !top.contains("Contacts"), "{top}");
    let driver = drawn(driver.press("G"), SMALLEST);
    let end = shown(&driver.app, SMALLEST);
    assert!(end.contains(" end ↑ ") && end.contains("Contacts"), "{end}");
    assert_eq!(shown(&drawn(driver.press("g"), SMALLEST).app, SMALLEST), top);
}

#[test]
fn the_details_of_another_account_begin_at_their_top() {
    let mut driver = Driver::ready_in(gated()).on(SANDBOX_07);
    for account in [SANDBOX_07, SANDBOX_08] {
        let audit = Known { value: full(AuditDepth::Deep), at: noon() };
        driver.app.model.root.audits.insert(id(account), audit);
    }
    let driver = drawn(driver.press("enter").aws_answers(), (60, 12)).press("G");
    let driver = drawn(driver.press("esc").on(SANDBOX_08).press("enter").aws_answers(), (60, 12));
    let text = shown(&driver.app, (60, 12));
    assert!(text.contains(&format!("{SANDBOX_08} ·")), "{text}");
}

#[test]
fn a_change_started_elsewhere_is_a_danger_in_the_list_and_the_details_of_accounts() {
    let driver = || {
        let mut world = World::default();
        world.changes.insert(id(KENSHO), EmailChangeStatus::Pending);
        Driver::ready_in(world).on(KENSHO).press("v").aws_answers()
    };
    let list = picture(driver().on(SANDBOX_07), (80, 24));
    let row = list.lines().find(|row| row.contains(KENSHO)).unwrap_or_default();
    assert!(row.contains("!! ACTIVE") && row.contains("red bold"), "{row}");
    let details = picture(driver().press("enter").aws_answers(), (80, 24));
    let row = details.lines().find(|row| row.contains("started elsewhere")).unwrap_or_default();
    assert!(row.contains("!! PENDING, started elsewhere") && row.contains("red bold"), "{details}");
    assert_eq!(details.matches("started elsewhere").count(), 1, "{details}");
    assert!(details.contains("check CloudTrail now."), "{details}");
}

#[test]
fn an_open_recovery_is_in_the_header_of_every_width_and_before_the_age() {
    for (demo, read_only) in [(false, false), (true, false), (true, true)] {
        for width in [60, 64, 70, 80, 120] {
            let mut world = gated();
            let by = "arn:aws:sts::111122223333:assumed-role/OrgAdmin/bob".into();
            let mut open = LeftOpen::new(id(SANDBOX_07), noon(), by);
            open.until = noon().checked_add(SignedDuration::from_hours(4)).ok();
            world.stored.left_open = vec![open];
            let mut driver = Driver::ready_in(world);
            driver.app.model.start.demo = demo;
            driver.app.model.start.rules.read_only = read_only;
            let text = picture(driver, (width, 15));
            let header = text.lines().next().unwrap_or_default();
            assert!(header.contains(MANAGEMENT) && header.contains("◷ recov"), "{width}: {header}");
        }
    }
}

#[test]
fn the_list_of_open_recoveries_says_when_each_ends() {
    let mut world = gated();
    let mut open = LeftOpen::new(id(SANDBOX_07), noon(), "arn:aws:iam::111122223333:user/carol".into());
    open.until = noon().checked_add(SignedDuration::from_hours(4)).ok();
    world.stored.left_open = vec![open];
    let until =
        crate::words::time::clock(world.stored.left_open.iter().find_map(|it| it.until).unwrap_or(noon()), &zone());
    let text = words(Driver::ready_in(world).press("O"), SMALLEST);
    assert!(text.contains(&format!("4h 00m left, until {until}")), "{text}");
    assert!(text.contains("Open password recoveries"), "{text}");
}

fn zone() -> jiff::tz::TimeZone {
    crate::app::tests::harness::start().time_zone
}

#[test]
fn domains_stay_whole_in_the_list_of_accounts_where_they_fit() {
    let mut world = World::default();
    for account in world.accounts.iter_mut().filter(|account| account.id != id(SANDBOX_08)) {
        account.email = format!("root-of-{}@northwind.example", account.id);
    }
    if let Some(account) = world.accounts.iter_mut().find(|account| account.id == id(SANDBOX_08)) {
        account.state = AccountState::PendingClosure;
    }
    let text = picture(Driver::ready_in(world), SMALLEST);
    assert!(text.contains("@northwind.example"), "{text}");
    assert!(!text.contains("northwind.e…") && !text.contains("@exa…"), "{text}");
    let row = text.lines().find(|row| row.contains(SANDBOX_08)).unwrap_or_default();
    assert!(row.contains("@example.com") && row.contains("PENDING_CLOSURE"), "{row}");
}

#[test]
fn services_are_whole_in_every_list_of_switches() {
    let long = "reachabilityanalyzer.networkinsights.amazonaws.com";
    let world =
        || World { trusted: trusted(&["account.amazonaws.com", "iam.amazonaws.com", long]), ..World::default() };
    for size in [SMALLEST, (80, 24), (120, 36), (160, 45), (200, 60)] {
        let text = picture(Driver::ready_in(world()), size);
        assert!(!text.contains("amazona…") && !text.contains("amazon…"), "{size:?}: {text}");
        let text = picture(Driver::ready_in(world()).press("4"), size);
        assert!(text.contains(&format!("● {long} ")), "{size:?}: {text}");
    }
}

#[test]
fn a_finding_without_a_column_is_in_its_row() {
    let recent = noon().checked_sub(SignedDuration::from_hours(35 * 24)).unwrap_or(noon());
    let audit = RootAudit { last_sign_in: LastSignIn::At(recent), ..clean(AuditDepth::Deep) };
    let driver = audited(gated(), KENSHO, audit.clone()).press("3");
    let text = picture(driver, SMALLEST);
    let row = text.lines().find(|row| row.contains(KENSHO)).unwrap_or_default();
    assert!(row.contains("! signed in 35 d ago") && row.contains("now"), "{text}");
    // Where there is a column, it is in that.
    let wide = picture(audited(gated(), KENSHO, audit).press("3"), (80, 24));
    assert!(wide.contains("  ! 35 d") && !wide.contains("signed in"), "{wide}");
}

#[test]
fn what_could_not_be_audited_has_no_age_of_an_audit() {
    let unread = RootAudit::unknown(AuditDepth::Quick, &scp_denial());
    let driver = || audited(gated(), SANDBOX_08, unread.clone()).press("3").on(SANDBOX_08);
    let text = picture(driver(), (80, 24));
    let row = text.lines().find(|row| row.contains(SANDBOX_08)).unwrap_or_default();
    let row = row.split("│ ").next().unwrap_or_default();
    assert!(row.contains("denied by an SCP") && !row.contains("now"), "{row}");
    let details = words(driver().press("enter"), (80, 24));
    assert!(details.contains("Tried just now") && !details.contains("Audited"), "{details}");
}

#[test]
fn an_account_whose_change_is_unknown_is_not_counted_as_a_change() {
    let read = crate::app::effect::Read::EmailChange(id(SANDBOX_07));
    let email = crate::app::effect::Read::PrimaryEmail(id(SANDBOX_07));
    let driver = Driver::ready().on(SANDBOX_07).press("v").asks(&[email, read]);
    let driver = driver.fails(read, ApiErrorKind::AccessDenied).press("2");
    let text = words(driver, (80, 24));
    assert!(text.contains("Email changes · 1 unknown"), "{text}");
}

#[test]
fn the_row_with_the_cursor_is_on_the_lowest_screen() {
    for (view, rows) in [("1", 6), ("1", 7), ("3", 6), ("3", 8)] {
        let size = (30, rows);
        let driver = drawn(Driver::ready_in(gated()).press(view), size);
        let text = shown(&driver.on(SANDBOX_07).app, size);
        let row = text.lines().find(|row| row.contains('▌')).unwrap_or_default();
        assert!(row.contains(SANDBOX_07), "{view} {size:?}: {text}");
    }
}

#[test]
fn the_journal_says_who_refused() {
    use crate::app::state::journal::EntryState;
    use crate::domain::journal::{JournalOutcome, OutcomeCause};
    let refused = EntryState::Ended(JournalOutcome::Refused);
    let mut entry = crate::app::tests::journaled::journal().entries.into_iter().next().expect("an entry");
    let mut said = |cause, code: Option<&str>| {
        (entry.cause, entry.code, entry.request_id) = (cause, code.map(Into::into), None);
        crate::words::journal::state_of(&entry, refused)
    };
    assert_eq!(said(Some(OutcomeCause::NotPermitted), None), "refused by rootdeck; nothing was changed");
    assert_eq!(said(None, Some("ValidationException")), "refused by AWS; nothing was changed");
}

#[test]
fn beside_the_countdown_of_a_root_session_no_time_of_day_is_alone() {
    for width in 60..=90 {
        let mut driver = with_session().press("esc");
        driver.app.model.start.demo = true;
        let text = picture(driver, (width, 15));
        let header = text.split('│').next().unwrap_or_default();
        assert!(header.contains("root ") && !header.contains("WRITE  14:02"), "{width}: {header}");
    }
}

#[test]
fn details_above_the_switches_of_a_low_screen_say_that_they_go_on() {
    for keys in ["1", "tab"] {
        for width in (100..200).step_by(9) {
            let size = (width, 16);
            let driver = drawn(Driver::ready_in(World::of(9)).press(keys), size);
            if !driver.app.geometry().one_pane {
                let text = shown(&driver.app, size);
                assert!(text.contains(" more ↓ ") && !text.contains("root fe more"), "{size:?}: {text}");
                assert!(text.contains(" Organization settings ") || text.contains(" root features "), "{text}");
            }
        }
    }
}
