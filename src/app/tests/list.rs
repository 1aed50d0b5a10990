//! The list of accounts: what it shows, and what a refresh leaves as it was.

use super::harness::Driver;
use super::world::*;
use crate::app::effect::{Effect, Read};
use crate::app::msg::{Answer, Msg};
use crate::app::notification::Notification;
use crate::app::shell::REST;
use crate::app::state::columns::Column;
use crate::app::view::Pane;
use crate::domain::account::{Account, AccountId};
use crate::domain::api_error::ApiErrorKind;
use crate::domain::email_change::{EmailChangeStatus, StartedProgress};
use crate::domain::root_credentials::{AuditDepth, Presence, RootAudit};
use crate::domain::run::RunReport;

const REFRESH: [Read; 6] = [
    Read::Organization,
    Read::Accounts,
    Read::UnitNames,
    Read::TrustedAccess,
    Read::RootFeatures,
    Read::DelegatedAdministrators,
];

fn selected(driver: &Driver) -> Option<AccountId> {
    driver.app.model.accounts.list.selected()
}

#[test]
fn filter_sort_and_selection_survive_a_refresh() {
    let mut driver = Driver::ready().press("s j enter S /").types("sandbox-").press("enter").on(SANDBOX_08);
    let rows = driver.app.model.accounts.list.rows().to_vec();
    assert_eq!(rows, [SANDBOX_08, SANDBOX_07, SUSPENDED].map(id));
    driver.world.accounts.reverse();
    let driver = driver.press("r").asks(&REFRESH).aws_answers();
    assert_eq!(driver.app.model.accounts.list.rows(), rows);
    assert_eq!(selected(&driver), Some(id(SANDBOX_08)));
    assert_eq!((driver.app.model.accounts.sort, driver.app.model.accounts.reversed), (Column::Email, true));
    assert_eq!(driver.app.model.accounts.filter.text(), "sandbox-");
}

#[test]
fn an_account_whose_place_aws_does_not_tell_is_not_found_below_the_root() {
    let mut world = World::default();
    for account in &mut world.accounts {
        if account.id == id(SANDBOX_07) {
            account.unit_ids = None;
        }
    }
    let driver = Driver::ready_in(world);
    assert_eq!(driver.app.model.accounts.path(id(SANDBOX_07)), "?");
    let driver = driver.press("/").types("ou:root").press("enter").quietly();
    assert!(!driver.app.model.accounts.list.rows().contains(&id(SANDBOX_07)));
    let driver = driver.press("esc /").types("ou:?").press("enter").quietly();
    assert_eq!(driver.app.model.accounts.list.rows(), [id(SANDBOX_07)]);
}

#[test]
fn a_refresh_that_fails_keeps_the_last_values_and_says_so() {
    let driver = Driver::ready().press("r").asks(&REFRESH);
    let driver = driver
        .aws_answers_to(Read::Organization)
        .asks(&[Read::OrgRole, Read::Stored])
        .fails(Read::Accounts, ApiErrorKind::Throttled)
        .quietly();
    assert_eq!(driver.app.model.accounts.len(), 8);
    assert!(driver.app.model.accounts.read().error().is_some());
    assert!(
        matches!(driver.notification(), Some(Notification::ReadFailed(error)) if error.kind == ApiErrorKind::Throttled)
    );
    let driver = driver.fails(Read::TrustedAccess, ApiErrorKind::AccessDenied);
    assert!(driver.app.model.switches.trusted.value().is_some_and(|trusted| trusted.services().len() == 3));
    assert!(driver.app.model.switches.trusted.current().is_none(), "it is not said to be fresh");
}

#[test]
fn a_question_in_progress_is_not_asked_twice() {
    Driver::ready().press("r").asks(&REFRESH).press("r").quietly();
}

#[test]
fn the_answer_to_an_older_question_is_dropped() {
    let driver = Driver::ready().on(SANDBOX_07).press("v");
    let driver = driver.asks(&[Read::PrimaryEmail(id(SANDBOX_07)), Read::EmailChange(id(SANDBOX_07))]);
    let first = driver.in_progress(Read::PrimaryEmail(id(SANDBOX_07)));
    let driver = driver.aws_answers().press("v");
    let driver = driver.asks(&[Read::PrimaryEmail(id(SANDBOX_07)), Read::EmailChange(id(SANDBOX_07))]);
    let stale = Answer::PrimaryEmail(id(SANDBOX_07), Ok("old@example.com".into()));
    let driver = driver.send(Msg::Answer(first, stale)).quietly();
    let facts = driver.app.model.emails.get(id(SANDBOX_07)).expect("facts");
    assert!(facts.primary.is_loading());
    assert_eq!(facts.primary.value().map(String::as_str), Some(OLD));
}

#[test]
fn accounts_that_are_gone_leave_the_list_only_after_a_whole_listing() {
    let mut driver = Driver::ready();
    driver.world.accounts.truncate(3);
    let pages = driver.world.accounts.clone();
    let driver =
        driver.press("r").asks(&REFRESH).answers(Read::Accounts, Answer::AccountPages(Account::shared(&pages)));
    assert_eq!(driver.app.model.accounts.len(), 8);
    let driver = driver.answers(Read::Accounts, Answer::AccountsEnd(Ok(())));
    assert_eq!(driver.app.model.accounts.len(), 3);
}

#[test]
fn until_a_key_is_pressed_the_cursor_stays_on_the_first_row_while_pages_arrive() {
    let world = World::of(30);
    let driver = Driver::started(super::harness::start(), world.clone())
        .asks(&[Read::Stored, Read::Connect])
        .aws_answers_to(Read::Connect)
        .asks(&[Read::Organization, Read::Accounts, Read::TrustedAccess, Read::RootFeatures])
        .asks(&[Read::DelegatedAdministrators, Read::UnitNames]);
    let page = |range: std::ops::Range<usize>| Answer::AccountPages(Account::shared(&world.accounts[range]));
    let driver = driver.answers(Read::Accounts, page(20..30)).answers(Read::Accounts, page(10..20));
    assert_eq!((driver.app.model.accounts.list.index(), driver.app.model.accounts.list.top()), (0, 0));
    assert_eq!(driver.app.details, selected(&driver));
    let driver = driver.press("j k").answers(Read::Accounts, page(0..10));
    assert_eq!(selected(&driver), Some(world.accounts[10].id), "the row under the cursor stays under it");
}

#[test]
fn the_details_follow_once_the_cursor_rests() {
    let driver = Driver::ready();
    let before = driver.app.details;
    let driver = driver.press("j j");
    assert_eq!(driver.app.details, before);
    let rests: Vec<_> =
        driver.timers.iter().filter(|(delay, _)| *delay == REST).map(|(_, wake)| wake.clone()).collect();
    let driver = driver.woken(rests[0].clone());
    assert_eq!(driver.app.details, before, "the cursor has moved on since");
    let driver = driver.woken(rests[1].clone());
    assert_eq!(driver.app.details, selected(&driver));
}

#[test]
fn the_details_follow_the_filter_too() {
    let mut driver = Driver::ready().press("/").types("kensho").press("enter");
    assert_eq!(selected(&driver), Some(id(KENSHO)));
    for (_, wake) in driver.timers.clone() {
        driver = driver.woken(wake);
    }
    assert_eq!(driver.app.details, Some(id(KENSHO)));
}

#[test]
fn the_filter_keeps_what_matches_every_word_and_esc_clears_it() {
    let driver = Driver::ready().press("/").types("sand state:susp").press("enter");
    assert_eq!(driver.app.model.accounts.list.rows(), [id(SUSPENDED)]);
    let driver = driver.press("esc");
    assert_eq!((driver.app.model.accounts.list.rows().len(), driver.app.model.accounts.filter.text()), (8, ""));
    let driver = driver.press("/").types("kensho").press("esc");
    assert_eq!((driver.app.model.accounts.list.rows().len(), driver.app.model.accounts.filter.editing), (8, false));
}

#[test]
fn a_filter_that_matches_nothing_selects_nothing_and_every_account_command_says_so() {
    use crate::app::command_id::{CommandId, DisabledReason};
    let driver = Driver::ready().press("/").types("zzzz").press("enter");
    assert_eq!(selected(&driver), None);
    driver
        .press("e")
        .says(&Notification::Unavailable(CommandId::ChangeEmail, DisabledReason::NothingSelected))
        .press("enter")
        .says(&Notification::Unavailable(CommandId::Open, DisabledReason::NothingSelected))
        .quietly();
}

#[test]
fn opening_an_account_asks_for_its_email_and_its_change() {
    let driver = Driver::ready().on(SANDBOX_07).press("enter");
    let driver = driver.asks(&[Read::PrimaryEmail(id(SANDBOX_07)), Read::EmailChange(id(SANDBOX_07))]).quietly();
    assert_eq!((driver.app.model.accounts.pane, driver.app.details), (Pane::Details, Some(id(SANDBOX_07))));
}

/// The columns of one organization.
fn sortable() -> Vec<Column> {
    Column::ALL.into_iter().filter(|column| *column != Column::Org).collect()
}

/// View 1, sorted by the column on this line of the menu, from the top.
fn sorted_by(driver: Driver, column: Column) -> Driver {
    let line = sortable().iter().position(|other| *other == column).expect("a column");
    let driver = driver.press("s g");
    (0..line).fold(driver, |driver, _| driver.press("j")).press("enter")
}

fn rows(driver: &Driver) -> Vec<AccountId> {
    driver.app.model.accounts.list.rows().to_vec()
}

#[test]
fn the_column_to_sort_by_is_picked_and_the_cursor_stays_on_its_account() {
    for column in sortable() {
        let driver = sorted_by(Driver::ready().on(SANDBOX_07), column);
        assert_eq!((driver.app.model.accounts.sort, driver.app.model.accounts.reversed), (column, false));
        assert_eq!(selected(&driver), Some(id(SANDBOX_07)), "{column:?}");
        assert!(driver.layer().is_none());
        let before = rows(&driver);
        let driver = driver.press("S");
        assert!(driver.app.model.accounts.reversed);
        assert_eq!(rows(&driver), before.into_iter().rev().collect::<Vec<_>>());
        assert_eq!(selected(&driver), Some(id(SANDBOX_07)), "{column:?} reversed");
    }
}

#[test]
fn the_menu_opens_on_the_present_column_and_choosing_it_changes_nothing() {
    let driver = sorted_by(Driver::ready(), Column::State).press("S");
    let before = rows(&driver);
    let driver = driver.press("s enter").quietly();
    assert_eq!((driver.app.model.accounts.sort, driver.app.model.accounts.reversed), (Column::State, true));
    assert_eq!(rows(&driver), before);
    let driver = driver.press("s j esc");
    assert_eq!(driver.app.model.accounts.sort, Column::State);
}

#[test]
fn sorted_by_root_the_worst_comes_first_and_moves_when_an_audit_finds_it() {
    let driver = sorted_by(Driver::ready_in(managed()), Column::Root);
    let driver = driver.on(SANDBOX_07).press("space").on(KENSHO).press("space a tab enter").runs();
    assert_ne!(rows(&driver)[0], id(SANDBOX_07));
    let driver = driver.audits(KENSHO, clean(AuditDepth::Quick)).audits(SANDBOX_07, full(AuditDepth::Quick));
    let driver = driver.reports(RunReport::Ended);
    assert_eq!(rows(&driver)[..2], [SANDBOX_07, KENSHO].map(id));
    let unguarded = RootAudit { mfa_devices: Presence::Absent, ..full(AuditDepth::Quick) };
    let driver =
        driver.on(SANDBOX_08).press("a tab enter").runs().audits(SANDBOX_08, unguarded).reports(RunReport::Ended);
    assert_eq!(rows(&driver)[..2], [SANDBOX_08, SANDBOX_07].map(id), "a password without MFA is worst");
}

#[test]
fn sorted_by_change_the_open_ones_come_first() {
    let mut world = World::default();
    world.stored.started = vec![started("2025-03-14T13:14:00Z", StartedProgress::Pending)];
    world.changes.insert(id(SANDBOX_07), EmailChangeStatus::Pending);
    let driver = sorted_by(Driver::ready_in(world), Column::Change);
    assert_eq!(rows(&driver)[0], id(SANDBOX_07));
    assert_eq!(rows(&driver.press("S")).last(), Some(&id(SANDBOX_07)));
}

#[test]
fn sorted_by_what_aws_may_not_tell_the_unknown_comes_last() {
    let mut world = World::default();
    for account in &mut world.accounts {
        if account.id == id(SANDBOX_07) {
            (account.joined, account.joined_method) = (None, None);
        }
    }
    for column in [Column::Joined, Column::Method] {
        let driver = sorted_by(Driver::ready_in(world.clone()), column);
        assert_eq!(rows(&driver).last(), Some(&id(SANDBOX_07)), "{column:?}");
    }
    let driver = sorted_by(Driver::ready_in(world), Column::Method);
    assert_eq!(rows(&driver)[6], id(MANAGEMENT), "INVITED after CREATED");
}

#[test]
fn columns_are_checked_and_applied_by_enter() {
    let columns = |driver: &Driver| driver.app.model.accounts.columns.clone();
    let driver = Driver::ready().press("c j space j j space").quietly();
    assert_eq!(columns(&driver), None, "not before Enter");
    assert_eq!(columns(&driver.press("esc")), None, "nor after Esc");
    let driver = Driver::ready().press("c j space j j space enter").quietly();
    assert_eq!(columns(&driver), Some([Column::Path, Column::Change].into()));
    assert!(driver.layer().is_none());
    let driver = driver.press("c j space enter");
    assert_eq!(columns(&driver), Some([Column::Change].into()), "space takes a check away");
    let driver = driver.press("c space enter");
    assert_eq!(columns(&driver), None, "automatic again");
    let driver = driver.press("c space enter");
    assert_eq!(columns(&driver), Some([].into()), "only those that are always shown");
}

#[test]
fn what_is_copied_is_the_selected_accounts() {
    let driver = Driver::ready().on(SANDBOX_07).press("y");
    let driver =
        driver.press("enter").wants(&Effect::Copy(SANDBOX_07.into())).says(&Notification::Copied(SANDBOX_07.into()));
    driver.press("y j enter").wants(&Effect::Copy(OLD.into()));
}

/// A long listing of an earlier run on screen, and AWS's in progress.
fn refreshing() -> (Driver, World, Vec<AccountId>) {
    let world = World::of(1200);
    let driver = Driver::ready_in(world.clone()).press("ctrl-d ctrl-d");
    let shown = driver.app.model.accounts.list.visible().to_vec();
    (driver.press("r"), world, shown)
}

#[test]
fn in_a_long_listing_what_is_on_screen_is_read_first() {
    let (mut driver, world, shown) = refreshing();
    let (id, first) = driver.reads_first();
    assert!(!shown.is_empty() && shown.len() < 100);
    assert_eq!(first, shown);
    let driver = driver.asks(&REFRESH);
    assert_eq!(id, driver.in_progress(Read::Accounts), "as a part of the listing");
    let known = world.accounts.iter().find(|account| account.id == shown[0]).expect("an account");
    let email = "new@example.com".to_owned();
    let alone = Account { email: email.clone(), joined_method: None, unit_ids: None, ..known.clone() };
    let before = (selected(&driver), driver.app.model.accounts.list.visible().to_vec());
    let driver = driver.send(Msg::Answer(id, Answer::AccountFirst(Box::new(alone.clone()))));
    assert_eq!(driver.app.model.accounts.get(shown[0]), Some(&Account { email, ..known.clone() }));
    assert_eq!((selected(&driver), driver.app.model.accounts.list.visible().to_vec()), before);
    // Once the listing has ended it knows better.
    let driver = driver.aws_answers();
    let driver = driver.send(Msg::Answer(id, Answer::AccountFirst(Box::new(alone))));
    assert_eq!(driver.app.model.accounts.get(shown[0]), Some(known));
    // A short listing is there at once.
    Driver::ready().press("r").asks(&REFRESH).quietly();
}

#[test]
fn a_refresh_shows_how_far_it_is_and_what_is_not_new_changes_nothing() {
    let (mut driver, mut world, _) = refreshing();
    driver.reads_first();
    let driver = driver.asks(&REFRESH);
    assert_eq!(driver.app.model.accounts.read_so_far(), Some(0));
    let before = (driver.app.model.accounts.version(), selected(&driver));
    let driver = driver.answers(Read::Accounts, Answer::AccountPages(Account::shared(&world.accounts[..500])));
    assert_eq!(driver.app.model.accounts.read_so_far(), Some(500));
    assert_eq!((driver.app.model.accounts.version(), selected(&driver)), before);
    world.accounts[700].name = "0 first".into();
    let driver = driver.answers(Read::Accounts, Answer::AccountPages(Account::shared(&world.accounts[500..900])));
    assert!(driver.app.model.accounts.version() > before.0);
    assert_eq!(selected(&driver), before.1, "the cursor stays on its account");
    let driver = driver.fails(Read::Accounts, ApiErrorKind::Throttled);
    assert_eq!(driver.app.model.accounts.read_so_far(), None);
    assert_eq!(driver.app.model.accounts.len(), 1200, "half a listing is not the whole");
}

#[test]
fn a_filter_typed_letter_by_letter_finds_what_one_pasted_finds_whatever_comes_and_goes_meanwhile() {
    let rows = |driver: &Driver| driver.app.model.accounts.list.rows().to_vec();
    let pasted = |world: World| rows(&Driver::ready_in(world).press("/").pastes("sandbox-0").press("enter"));
    for meanwhile in ["enter /", "enter s j enter /", "enter S /"] {
        let mut driver = Driver::ready().press("/").types("sa").press("enter r").asks(&REFRESH).quietly();
        // One goes, one comes, and they come in another order.
        driver.world.accounts.retain(|account| account.id != id(SANDBOX_08));
        driver.world.accounts.reverse();
        let mut other = driver.world.accounts.last().expect("an account").clone();
        other.name = "sandbox-01".into();
        (other.id, other.email) = (id("444455558888"), "new@example.com".into());
        driver.world.accounts.push(other);
        let world = driver.world.clone();
        let driver =
            driver.press("/").types("nd").aws_answers().press(meanwhile).types("box").types("-0").press("enter");
        let found: std::collections::HashSet<AccountId> = rows(&driver).into_iter().collect();
        let expected = pasted(world);
        assert_eq!((found, expected.len()), (expected.iter().copied().collect(), 2), "{meanwhile}");
    }
}
