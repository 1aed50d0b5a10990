//! Policies and plans in the person's editor, and the list of a plan.

use std::path::PathBuf;

use super::harness::Driver;
use super::plans::{naming, read};
use super::rooted::*;
use super::world::*;
use crate::app::command_id::{CommandId, DisabledReason};
use crate::app::dialogs::new_policy::NewPolicy;
use crate::app::dialogs::plan_dialog::PlanStage;
use crate::app::dialogs::plan_list::PlanList;
use crate::app::dialogs::policies::PolicyPage;
use crate::app::draft::Draft;
use crate::app::effect::{Edit, PolicyFile, TextFile, TextUse, Visit};
use crate::app::focus::Focus;
use crate::app::key::Paste;
use crate::app::layers::Layer;
use crate::app::msg::Answer;
use crate::app::notification::Notification;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::client_error::ClientError;
use crate::domain::diff::DiffLine;
use crate::domain::email_plan::Unreadable;
use crate::domain::policy_holder::PolicyHolder;
use crate::domain::policy_judgement::LockState;
use crate::domain::root_change::RootChange::{DeletePolicy, PutPolicy};
use crate::domain::write::{Seen, WriteOutcome};

/// A statement that locks out, and one that does not.
pub(crate) const TWO: &str = r#"{"Version":"2012-10-17","Statement":[{"Sid":"Lock","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::sandbox-07-logs"},{"Sid":"Read","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::444455556666:role/Reader"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::sandbox-07-logs/*"}]}"#;

/// The policy is open in the editor, and saved.
fn opened(policy: &str) -> (Driver, String) {
    let driver = at_policy(Some(policy)).press("e");
    let driver = driver.files(&PolicyFile::Save(id(SANDBOX_07), bucket(), policy.into()));
    let (driver, edit) = driver.edits();
    let Edit::Text { name: "policy.json", text } = edit else { panic!("a policy: {edit:?}") };
    (driver.gets(Answer::Saved(bucket(), Ok(PathBuf::from(FILE)))), text.text())
}

fn becomes(driver: Driver, text: &str) -> Driver {
    driver.gets(Answer::Edited(Ok(Paste::new(text.to_owned()))))
}

/// Both statements, of which the second was changed in the editor.
pub(crate) fn edited_policy() -> Driver {
    let (driver, text) = opened(TWO);
    becomes(driver, &text.replace("role/Reader", "role/Auditor"))
}

pub(crate) fn edited_to_garbage() -> Driver {
    let (driver, text) = opened(TWO);
    becomes(driver, &text.replacen("\"Deny\",", "\"Deny\"", 1))
}

#[track_caller]
fn new_policy(driver: &Driver) -> &NewPolicy {
    match driver.layer() {
        Some(Layer::Policies(PolicyPage::New(new))) => new,
        other => panic!("no new policy but {other:?}"),
    }
}

fn unavailable(why: DisabledReason) -> Notification {
    Notification::Unavailable(CommandId::Choose, why)
}

#[test]
fn a_policy_is_edited_shown_as_a_difference_and_put_only_when_confirmed() {
    let driver = edited_policy().quietly();
    let new = new_policy(&driver);
    assert_eq!(new.text, TWO.replace("role/Reader", "role/Auditor"), "on one line, as AWS has it");
    let changed: Vec<&DiffLine> =
        new.diff.iter().filter(|it| matches!(it, DiffLine::Gone(_) | DiffLine::New(_))).collect();
    assert_eq!(changed.len(), 2);
    let put = PutPolicy(bucket(), new.text.clone());
    let driver = driver.press("enter").focuses(Focus::Field).types(SANDBOX_07).press("enter enter");
    drop(driver.writing(&change(put)));
}

#[test]
fn an_editor_that_changes_nothing_or_fails_leaves_the_policy() {
    let (driver, text) = opened(TWO);
    let driver = becomes(driver, &text).says(&Notification::NothingEdited).quietly();
    assert_eq!(view(&driver).text().map(String::as_str), Some(TWO));
    let why = ApiError::new("rootdeck:editor", ApiErrorKind::Local, "exit code 1");
    let (driver, _) = opened(TWO);
    let driver = driver.gets(Answer::Edited(Err(why.clone()))).says(&Notification::ReadFailed(why)).quietly();
    assert_eq!(view(&driver).text().map(String::as_str), Some(TWO));
}

#[test]
fn what_aws_would_refuse_is_not_put_and_goes_back_to_the_editor() {
    let driver = edited_to_garbage();
    let driver = driver.press("enter").says(&unavailable(DisabledReason::NotAPolicy)).quietly();
    let garbage = new_policy(&driver).text.clone();
    let (driver, edit) = driver.press("e").edits();
    let text = Draft::of(&garbage);
    assert_eq!(edit, Edit::Text { name: "policy.json", text }, "as it was written");
    let driver = becomes(driver, &garbage.replacen("\"Deny\"", "\"Deny\",", 1)).quietly();
    assert_eq!(new_policy(&driver).text, TWO);
}

fn reopened(driver: Driver) -> (Driver, Draft) {
    match driver.press("e").edits() {
        (driver, Edit::Text { text, .. }) => (driver, text),
        (_, other) => panic!("no text but {other:?}"),
    }
}

#[test]
fn the_next_edit_begins_with_what_the_editor_wrote_last_even_if_that_is_no_text() {
    let why = ApiError::client("rootdeck:editor", ApiErrorKind::Local, ClientError::EditedNotUtf8);
    let latin = Draft::new(vec![0xE9]);
    for open in [|| opened(TWO), || csv(listed())] {
        let (driver, text) = open();
        let driver = driver.gets(Answer::Unusable(latin.clone(), why.clone()));
        let (driver, again) = reopened(driver.says(&Notification::ReadFailed(why.clone())).quietly());
        assert_eq!(again, latin);
        // What is as it was before the first edit changes nothing, and is no edit any more.
        let driver = becomes(driver, &text).says(&Notification::NothingEdited).quietly();
        assert_eq!(reopened(driver).1, Draft::of(&text));
    }
}

#[test]
fn an_edit_that_was_not_put_is_continued_until_it_is_discarded() {
    let (driver, text) = opened(TWO);
    let auditor = text.replace("role/Reader", "role/Auditor");
    let driver = becomes(driver, &auditor).press("esc");
    assert!(view(&driver).editing.has_draft());
    let (driver, again) = reopened(driver);
    assert_eq!(again, Draft::of(&auditor));
    // What was edited on the page of the difference, too.
    let (driver, _) = reopened(becomes(driver, &auditor));
    let driver = becomes(driver, &text.replace("role/Reader", "role/Nobody")).press("esc");
    let (driver, again) = reopened(driver);
    assert_eq!(again, Draft::of(&text.replace("role/Reader", "role/Nobody")));
    let driver = becomes(driver, &again.text()).press("esc r").visits(&Visit::Policy(sandbox(), bucket()));
    let driver = driver.gets(Answer::Policy(id(SANDBOX_07), bucket(), Ok(Some(TWO.into()))));
    assert_eq!(reopened(driver).1, Draft::of(&text));
}

#[test]
fn an_edit_outlives_its_page_until_it_is_put() {
    let (driver, text) = opened(TWO);
    let auditor = text.replace("role/Reader", "role/Auditor");
    let driver = becomes(driver, &auditor).press("esc esc enter");
    let driver = driver.visits(&Visit::Policy(sandbox(), bucket()));
    let driver = driver.gets(Answer::Policy(id(SANDBOX_07), bucket(), Ok(Some(TWO.into()))));
    assert!(view(&driver).editing.has_draft());
    let (driver, again) = match driver.press("e").files(&PolicyFile::Save(id(SANDBOX_07), bucket(), TWO.into())).edits()
    {
        (driver, Edit::Text { text, .. }) => (driver.gets(Answer::Saved(bucket(), Ok(PathBuf::from(FILE)))), text),
        (_, other) => panic!("no text but {other:?}"),
    };
    assert_eq!(again, Draft::of(&auditor));
    let driver = becomes(driver, &auditor);
    let put = new_policy(&driver).text.clone();
    let driver = driver.press("enter").types(SANDBOX_07).press("enter enter");
    let driver = driver.writing(&change(PutPolicy(bucket(), put.clone())));
    let driver = driver.ends(WriteOutcome::Taken(None), Seen::Policy(Ok(Some(put))));
    assert!(!view(&driver).editing.has_draft());
}

#[test]
fn nothing_is_put_while_the_present_policy_is_not_saved() {
    let driver = at_policy(Some(TWO)).press("e");
    let (driver, _) = driver.files(&PolicyFile::Save(id(SANDBOX_07), bucket(), TWO.into())).edits();
    let full = ApiError::new("store:SavePolicy", ApiErrorKind::Local, "no space left");
    let driver = driver.gets(Answer::Saved(bucket(), Err(full))).gets(Answer::Edited(Ok(Paste::new(FIXED.into()))));
    driver.press("enter").says(&unavailable(DisabledReason::NotSaved)).quietly();
}

#[test]
fn an_answer_of_the_editor_after_its_page_was_closed_changes_nothing() {
    let (driver, text) = opened(TWO);
    let driver = becomes(driver.press("esc"), &text.replace("Reader", "x")).quietly();
    assert!(matches!(driver.layer(), Some(Layer::Policies(PolicyPage::Holders(_)))));
}

/// Only the statement that locks out is to go.
pub(crate) fn without_lock() -> Driver {
    let driver = at_policy(Some(TWO)).press("enter j j j j enter");
    let driver = driver.files(&PolicyFile::Save(id(SANDBOX_07), bucket(), TWO.into()));
    driver.gets(Answer::Saved(bucket(), Ok(PathBuf::from(FILE))))
}

#[test]
fn only_the_statement_that_locks_out_is_removed() {
    let driver = without_lock();
    assert_eq!(new_policy(&driver).text, FIXED);
    let driver = driver.press("enter").types(SANDBOX_07).press("enter enter");
    drop(driver.writing(&change(PutPolicy(bucket(), FIXED.into()))));
}

#[test]
fn the_only_statement_is_not_removed_but_the_policy_deleted() {
    let driver = at_policy(Some(LOCKED)).press("enter j j j j enter");
    let why = Notification::Unavailable(CommandId::RootTasks, DisabledReason::OnlyStatement);
    let driver = driver.says(&why).quietly();
    assert!(matches!(driver.layer(), Some(Layer::RootMenu(_))), "what is right is in the menu");
}

/// Its only statement was removed in the editor.
pub(crate) fn emptied() -> Driver {
    let (driver, text) = opened(LOCKED);
    let Some((before, _)) = text.split_once("\"Statement\"") else { panic!("{text}") };
    becomes(driver, &format!("{before}\"Statement\": []\n}}"))
}

#[test]
fn a_policy_of_which_no_statement_is_left_is_deleted_instead() {
    let driver = emptied();
    assert!(new_policy(&driver).deletes());
    let driver = driver.press("enter").types(SANDBOX_07).press("enter enter");
    drop(driver.writing(&change(DeletePolicy(bucket()))));
}

#[test]
fn a_put_that_changes_nothing_is_not_offered() {
    let (driver, text) = opened(TWO);
    let driver = becomes(driver, &text.replace("    ", " "));
    assert!(new_policy(&driver).changes_nothing());
    driver.press("enter").says(&unavailable(DisabledReason::SamePolicy)).quietly();
}

#[test]
fn a_statement_that_locks_nobody_out_is_not_offered() {
    let driver = at_policy(Some(FIXED)).press("enter").quietly();
    assert!(matches!(driver.layer(), Some(Layer::RootMenu(menu)) if menu.items.len() == 5));
}

fn site() -> PolicyHolder {
    PolicyHolder::Bucket { name: "sandbox-07-site".into(), region: "us-east-1".into() }
}

fn lock(driver: &Driver, holder: &PolicyHolder) -> Option<Result<LockState, ApiErrorKind>> {
    driver.app.model.unlocking.lock(id(SANDBOX_07), holder)
}

/// The policies of the buckets were read: one is locked, the other one could not be read.
pub(crate) fn checked_locks() -> Driver {
    let of = |holder, policy| Answer::Policy(id(SANDBOX_07), holder, policy);
    let driver = at_buckets().press("v").visits(&Visit::Policy(sandbox(), bucket())).quietly();
    assert_eq!((lock(&driver, &bucket()), lock(&driver, &site())), (None, None), "nothing is known before");
    let driver = driver.gets(of(bucket(), Ok(Some(TWO.into()))));
    let driver = driver.visits(&Visit::Policy(sandbox(), site()));
    driver.gets(of(site(), Err(api_error(ApiErrorKind::AccessDenied)))).quietly()
}

#[test]
fn the_policies_of_a_list_are_read_one_after_the_other() {
    let driver = checked_locks();
    assert_eq!(lock(&driver, &bucket()), Some(Ok(LockState::Locked)));
    assert_eq!(lock(&driver, &site()), Some(Err(ApiErrorKind::AccessDenied)));
    // Only what is not known is read again.
    let driver = driver.press("v").visits(&Visit::Policy(sandbox(), site()));
    let driver = driver.gets(Answer::Policy(id(SANDBOX_07), site(), Ok(None))).quietly();
    assert_eq!(lock(&driver, &site()), Some(Ok(LockState::NoPolicy)));
    // Then all, until it is stopped.
    let driver = driver.press("v").visits(&Visit::Policy(sandbox(), bucket())).press("v").quietly();
    let driver = driver.gets(Answer::Policy(id(SANDBOX_07), bucket(), Ok(Some(FIXED.into())))).quietly();
    assert_eq!(lock(&driver, &bucket()), Some(Ok(LockState::NotLocked)));
    let driver = driver.press("r").visits(&Visit::Buckets(sandbox()));
    assert_eq!(lock(&driver, &bucket()), None, "a list that is read again knows nothing of them");
}

/// The list of the plan for two marked accounts, whose addresses come from a pattern.
pub(crate) fn listed_as(pattern: &str) -> Driver {
    let driver = Driver::ready().on(SANDBOX_07).press("space").on(SANDBOX_08).press("space e");
    driver.types(pattern).press("enter enter").quietly()
}

pub(crate) fn listed() -> Driver {
    listed_as("root-{name}@example.com")
}

#[track_caller]
fn list(driver: &Driver) -> &PlanList {
    match driver.layer() {
        Some(Layer::PlanList(list)) => list,
        other => panic!("no list but {other:?}"),
    }
}

fn rows(driver: &Driver) -> Vec<(String, String, bool)> {
    let row = |row: &crate::app::state::plans::ListRow| (row.row.account.clone(), row.row.new.clone(), row.is_out);
    list(driver).rows.iter().map(row).collect()
}

fn row(account: &str, new: &str, is_out: bool) -> (String, String, bool) {
    (account.into(), new.into(), is_out)
}

/// What the confirmation on top would start.
fn asked(driver: &Driver) -> Vec<String> {
    let Some(Layer::Plan(dialog)) = driver.layer() else { panic!("{:?}", driver.layer()) };
    let PlanStage::Asking(asking) = &dialog.stage else { panic!("{:?}", dialog.stage) };
    asking.checked.changes.iter().map(|it| it.new.to_string()).collect()
}

#[test]
fn a_row_is_edited_in_its_place_and_esc_leaves_it_as_it_was() {
    let driver = listed().press("enter ctrl-u").types("a e@example.com").press("esc").quietly();
    assert_eq!(rows(&driver)[0], row(SANDBOX_07, "root-sandbox-07@example.com", false));
    let driver = driver.press("enter ctrl-u").types("seven@example.com").press("enter");
    assert_eq!(rows(&driver)[0], row(SANDBOX_07, "seven@example.com", false));
    assert_eq!(list(&driver).list.selected(), Some(1), "on to the next one");
    let driver = driver.press("tab tab enter").quietly();
    assert_eq!(asked(&driver), ["seven@example.com", "root-sandbox-08@example.com"]);
}

#[test]
fn a_row_that_is_taken_out_is_not_started() {
    let driver = listed().press("space tab tab enter").quietly();
    assert_eq!(asked(&driver), ["root-sandbox-08@example.com"]);
    let driver = driver.press("esc g space").quietly();
    assert!(rows(&driver).iter().all(|(.., is_out)| !is_out), "and can be taken in again");
    let none = driver.press("g space space tab tab enter").quietly();
    assert!(!list(&none).is_ready(), "a plan of nothing is none");
}

#[test]
fn the_list_is_there_as_it_was_after_each_step_back() {
    let driver = listed().press("enter ctrl-u").types("seven@example.com").press("enter tab tab enter");
    assert_eq!(asked(&driver).len(), 2);
    let driver = driver.press("esc esc").quietly();
    let driver = driver.press("enter").quietly();
    assert_eq!(rows(&driver)[0], row(SANDBOX_07, "seven@example.com", false));
    // Another choice of accounts has a list of its own.
    let driver = driver.press("esc esc").on(SANDBOX_08).press("space e").types("root-{name}@example.com");
    let driver = driver.press("enter enter").quietly();
    assert_eq!(rows(&driver), [row(SANDBOX_07, "root-sandbox-07@example.com", false)]);
}

#[test]
fn what_is_wrong_is_told_by_row_and_keeps_the_plan_from_the_confirmation() {
    let driver = listed_as("root@example.com").press("tab tab enter").quietly();
    let list = list(&driver);
    assert!(!list.is_ready());
    assert_eq!(list.checked.problems.iter().map(|it| it.line).collect::<Vec<_>>(), [2]);
    assert_eq!((list.list.selected(), list.form.focus), (Some(1), Focus::Field), "the row is in the cursor");
    let driver = driver.press("enter ctrl-u").types("eight@example.com").press("enter tab tab enter").quietly();
    assert_eq!(asked(&driver), ["root@example.com", "eight@example.com"]);
}

fn csv(driver: Driver) -> (Driver, String) {
    let (driver, edit) = driver.press("e").edits();
    let Edit::Text { name: "plan.csv", text } = edit else { panic!("a plan: {edit:?}") };
    (driver, text.text())
}

#[test]
fn the_whole_list_is_edited_as_a_file_of_a_plan() {
    let (driver, text) = csv(listed());
    assert_eq!(
        text,
        "account_id,account_name,email,new_email\n\
         444455556666,sandbox-07,aws+sandbox07@example.com,root-sandbox-07@example.com\n\
         444455557777,sandbox-08,aws+sandbox08@example.com,root-sandbox-08@example.com\n"
    );
    let driver = becomes(driver, &text).says(&Notification::NothingEdited).quietly();
    // An account that is not there any more is taken out, not forgotten.
    let (driver, _) = csv(driver);
    let driver = becomes(driver, "new_email,account_id\neight@example.com,444455557777\n").quietly();
    let expected = [row(SANDBOX_08, "eight@example.com", false), row(SANDBOX_07, "root-sandbox-07@example.com", true)];
    assert_eq!(rows(&driver), expected);
    let driver = driver.press("tab tab enter").quietly();
    assert_eq!(asked(&driver), ["eight@example.com"]);
}

/// The editor gave back what is no plan.
pub(crate) fn list_of_garbage() -> Driver {
    becomes(csv(listed()).0, "what is this")
}

#[test]
fn a_text_that_is_no_plan_changes_no_row_and_goes_back_to_the_editor() {
    let driver = list_of_garbage().quietly();
    assert!(matches!(&list(&driver).unreadable, Some(Unreadable::NoColumn(..))));
    assert_eq!(rows(&driver), rows(&listed()));
    let (driver, text) = csv(driver);
    assert_eq!(text, "what is this");
    let driver = becomes(driver, "account_id,new_email\n444455556666,x@example.com\n999999999999,y@example.com\n");
    assert!(list(&driver).unreadable.is_none() && list(&driver).rows.len() == 3);
    assert_eq!(list(&driver).checked.problems.first().map(|it| it.line), Some(2), "no such account");
}

#[test]
fn an_editor_that_fails_leaves_the_list() {
    let why = ApiError::new("rootdeck:editor", ApiErrorKind::Local, "exit code 1");
    let (driver, _) = csv(listed());
    let driver = driver.gets(Answer::Edited(Err(why.clone()))).says(&Notification::ReadFailed(why)).quietly();
    assert_eq!(rows(&driver), rows(&listed()));
}

#[test]
fn the_file_of_a_plan_with_problems_is_edited_and_checked_again() {
    let driver = read(naming(), "account_id,new_email\n444455556666,x\n").press("e");
    let (driver, edit) = driver.edits();
    assert_eq!(edit, Edit::File("plan.csv".into()));
    let driver = driver.gets(Answer::Edited(Ok(Paste::new(String::new()))));
    let driver = driver.texts(&TextFile::Load("plan.csv".into(), TextUse::Plan));
    let driver = driver.gets(super::plans::loaded("account_id,new_email\n444455556666,x@example.com\n")).quietly();
    assert_eq!(asked(&driver), ["x@example.com"]);
    let (driver, edit) = driver.press("shift-tab e").edits();
    assert_eq!(edit, Edit::File("plan.csv".into()));
    drop(driver);
    // So is one that is no plan at all.
    let (driver, _) = read(naming(), "what").press("tab e").edits();
    let driver = driver.gets(Answer::Edited(Ok(Paste::new(String::new()))));
    drop(driver.texts(&TextFile::Load("plan.csv".into(), TextUse::Plan)));
}
