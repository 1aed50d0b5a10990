//! How views were left is kept for the next start.

use super::harness::Driver;
use super::world::*;
use crate::app::effect::Read;
use crate::app::key::Paste;
use crate::app::shell::App;
use crate::app::start::Start;
use crate::app::state::columns::Column;
use crate::domain::stored::Stored;
use crate::domain::view_choice::ViewChoice;

fn left(view: &str, filter: &str) -> ViewChoice {
    ViewChoice { view: view.to_owned(), filter: filter.to_owned(), ..ViewChoice::default() }
}

fn accounts(columns: Option<&[&str]>, sort: &str, descending: bool, filter: &str) -> ViewChoice {
    let columns = columns.map(|columns| columns.iter().map(|&column| column.to_owned()).collect());
    ViewChoice { columns, sort: Some(sort.to_owned()), descending, ..left("accounts", filter) }
}

/// A machine that keeps this from the last run.
fn keeping(view_choices: &[ViewChoice]) -> World {
    World { stored: Stored { view_choices: view_choices.to_vec(), ..Stored::default() }, ..World::default() }
}

fn of_accounts(app: &App) -> (Option<Vec<Column>>, Column, bool, &str) {
    let accounts = &app.model.accounts;
    let columns = accounts.columns.as_ref().map(|columns| columns.iter().copied().collect());
    (columns, accounts.sort, accounts.reversed, accounts.filter.text())
}

#[test]
fn what_was_chosen_is_kept_once() {
    let mut driver = Driver::ready();
    assert_eq!(driver.left, []);
    driver = driver.press("s G enter").quietly();
    assert_eq!(std::mem::take(&mut driver.left), [accounts(None, "state", false, "")]);
    driver = driver.press("S c j j space enter j k").quietly();
    let expected = [accounts(None, "state", true, ""), accounts(Some(&["root"]), "state", true, "")];
    assert_eq!(std::mem::take(&mut driver.left), expected);
    driver = driver.press("c space j j space enter").quietly();
    assert_eq!(std::mem::take(&mut driver.left), [], "the same columns");
}

#[test]
fn automatic_columns_are_a_choice_where_the_configuration_names_others() {
    let start = || Start { columns: Some([Column::Path].into()), ..super::harness::start() };
    let mut driver = Driver::ready_with(start(), World::default());
    driver = driver.press("c space enter").quietly();
    assert_eq!(driver.app.model.accounts.columns, None);
    let left = std::mem::take(&mut driver.left);
    assert_eq!(left, [accounts(Some(&["automatic"]), "name", false, "")]);
    let next = Driver::ready_with(start(), keeping(&left)).quietly();
    assert_eq!(next.app.model.accounts.columns, None);
    // Without a choice they are those of the configuration.
    let other = Driver::ready_with(start(), keeping(&[accounts(None, "name", false, "")])).quietly();
    assert_eq!(other.app.model.accounts.columns, Some([Column::Path].into()));
}

#[test]
fn a_filter_is_kept_when_it_is_typed_to_its_end_and_so_is_none() {
    let mut driver = Driver::ready().press("/").types("kensho");
    assert_eq!(driver.left, [], "it is still being typed");
    driver = driver.press("enter").quietly();
    assert_eq!(std::mem::take(&mut driver.left), [accounts(None, "name", false, "kensho")]);
    driver = driver.press("esc").quietly();
    assert_eq!(std::mem::take(&mut driver.left), [accounts(None, "name", false, "")]);
    driver = driver.press("3 /").types("root:finding").press("enter").quietly();
    assert_eq!(std::mem::take(&mut driver.left), [left("root-access", "root:finding")]);
    assert!(!format!("{:?}", left("journal", "482915")).contains("482915"), "a code meant for another field");
}

#[test]
fn the_next_start_shows_each_view_as_it_was_left() {
    let kept = [accounts(Some(&["ou", "method", "weight"]), "change", true, "sand"), left("root-access", "kensho")];
    let driver = Driver::started(super::harness::start(), keeping(&kept)).asks(&[Read::Stored, Read::Connect]);
    let driver = driver.aws_answers_to(Read::Stored);
    let columns = Some(vec![Column::Path, Column::Method]);
    assert_eq!(of_accounts(&driver.app), (columns, Column::Change, true, "sand"), "before AWS has answered");
    let driver = driver.aws_answers();
    assert_eq!(driver.app.model.accounts.list.rows().len(), 4);
    assert_eq!(driver.app.model.root.filter.text(), "kensho");
    assert_eq!(driver.left, [], "nothing has changed");
    let driver = driver.press("esc").quietly();
    assert_eq!((driver.app.model.accounts.list.rows().len(), driver.left.len()), (8, 1), "Esc clears it");
}

#[test]
fn what_a_person_chose_meanwhile_stays_and_is_kept() {
    let driver = Driver::started(super::harness::start(), keeping(&[accounts(None, "state", true, "sand")]));
    let driver = driver.asks(&[Read::Stored, Read::Connect]).press("/").types("audit");
    let driver = driver.aws_answers_to(Read::Stored);
    assert_eq!(of_accounts(&driver.app), (None, Column::State, true, "audit"), "only the filter was chosen");
    assert_eq!(driver.left, [], "it is not certain yet whose records these are");
    let driver = driver.aws_answers().press("enter").quietly();
    assert_eq!(driver.left, [accounts(None, "state", true, "audit")]);
}

#[test]
fn a_filter_that_was_asked_for_wins_over_a_kept_one_and_is_not_kept_itself() {
    let start = Start { filter: Some(Paste::new("audit".to_owned())), ..super::harness::start() };
    let kept = accounts(Some(&["root"]), "state", true, "sand");
    let driver = Driver::ready_with(start, keeping(&[kept, left("root-access", "kensho")]));
    assert_eq!(of_accounts(&driver.app), (Some(vec![Column::Root]), Column::State, true, "audit"));
    assert_eq!(driver.app.model.root.filter.text(), "kensho", "that of another view is the kept one");
    assert_eq!(driver.left, []);
}

#[test]
fn the_records_are_applied_once() {
    let mut driver = Driver::ready_in(keeping(&[accounts(None, "name", false, "sand")])).press("esc");
    driver.left.clear();
    let driver = driver.press("r").aws_answers();
    assert_eq!((of_accounts(&driver.app).3, driver.left.len()), ("", 0));
}

#[test]
fn the_columns_of_the_configuration_hold_until_others_are_chosen_and_are_no_choice() {
    let start = || Start { columns: Some([Column::Path].into()), ..super::harness::start() };
    let columns = |driver: &Driver| of_accounts(&driver.app).0;
    let mut driver = Driver::ready_with(start(), keeping(&[accounts(None, "state", true, "")]));
    assert_eq!(columns(&driver), Some(vec![Column::Path]));
    driver = driver.press("S").quietly();
    assert_eq!(std::mem::take(&mut driver.left), [accounts(None, "state", false, "")]);
    let chosen = Driver::ready_with(start(), keeping(&[accounts(Some(&["root"]), "state", true, "")]));
    assert_eq!(columns(&chosen), Some(vec![Column::Root]));
}
