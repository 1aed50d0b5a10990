//! Bulk plans: nothing is started that was not checked, shown, owned (as the person confirms) and confirmed.

use std::path::PathBuf;

use super::harness::{Driver, start};
use super::world::*;
use crate::app::command_id::{CommandId, DisabledReason};
use crate::app::dialogs::path::{PathDialog, PathPurpose, PlanTrouble};
use crate::app::dialogs::plan_asking::{PlanAsking, PlanFrom};
use crate::app::dialogs::plan_dialog::{PlanDialog, PlanProblems, PlanStage};
use crate::app::effect::{Effect, Read, TextFile, TextUse};
use crate::app::focus::Focus;
use crate::app::key::Paste;
use crate::app::layers::Layer;
use crate::app::msg::Answer;
use crate::app::notification::{Notification, Tone};
use crate::app::state::choices::PlanChoice;
use crate::app::tests::walk::Found;
use crate::domain::account::Account;
use crate::domain::api_error::ApiErrorKind;
use crate::domain::change::Change;
use crate::domain::email_change::{EmailChangeStatus, StartedProgress};
use crate::domain::email_plan::result_file;
use crate::domain::email_plan::{
    EmailPlan, ItemState, PlanId, PlanItem, PlanNote, PlanProblem, PlanRow, Unreadable, is_result_file, parse,
};
use crate::domain::permit::{Refusal, Rules};
use crate::domain::run::{ItemReport, PlanToStart, Run, RunReport, Steering};
use crate::domain::stored::Stored;

/// A plan of three accounts, two of them at a domain that is new.
pub(crate) const FILE: &str = "account_id,new_email\n444455556666,root-sandbox07@example.com\n\
                               444455557777,root-08@corp.example\n444455558888,root-kensho@corp.example\n";

fn item(line: u64, account: &str, old: &str, new: &str, state: ItemState) -> PlanItem {
    let at = (state != ItemState::Waiting).then(noon);
    PlanItem { state, at, ..PlanItem::waiting(line, id(account), old, email(new)) }
}

/// A plan of which something was started, something was cut off and something waits.
pub(crate) fn open_plan() -> EmailPlan {
    EmailPlan {
        id: PlanId(3),
        at: noon() - jiff::SignedDuration::from_hours(2),
        by: "arn:aws:sts::111122223333:assumed-role/OrgAdmin/bob".into(),
        source: "/home/alice/plan.csv".into(),
        reason: None,
        items: vec![
            item(2, SANDBOX_07, OLD, NEW, ItemState::Started),
            item(3, SANDBOX_08, "aws+sandbox08@example.com", "root-08@corp.example", ItemState::Sending),
            item(4, KENSHO, "aws+kensho@example.com", "root-kensho@corp.example", ItemState::Waiting),
            item(5, SUSPENDED, "aws+old@example.com", "root-old@corp.example", ItemState::Waiting),
        ],
    }
}

pub(crate) fn with_open_plan() -> World {
    let mut world = World::default();
    world.stored.plans = vec![open_plan()];
    world
}

/// What a run reports of an item of a plan.
pub(crate) fn item_report(plan: &PlanToStart, account: &Account, found: &Found) -> RunReport {
    let (id, items) = match plan {
        PlanToStart::New(plan) => (PlanId(7), plan.items.clone()),
        PlanToStart::Kept(id) => (*id, open_plan().items),
    };
    let item = items.into_iter().find(|item| item.account == account.id).expect("an item");
    let new = item.new.clone();
    let change = Change::StartEmailChange { account: account.id, old: account.email.clone(), new };
    let (state, written) = match found {
        Found::Clean => (ItemState::Already, None),
        Found::Unread => (ItemState::Unknown, None),
        _ => (ItemState::Started, Some((change, noon(), super::finds::written(EmailChangeStatus::Pending)))),
    };
    let item = PlanItem { state, at: Some(noon()), ..item };
    RunReport::PlanItem(Box::new(ItemReport { plan: id, item, written }))
}

/// The changes of the plan that a dialog shows.
pub(super) fn planned(top: Option<&Layer>) -> Option<Vec<PlanItem>> {
    match top {
        Some(Layer::Plan(dialog)) => match &dialog.stage {
            PlanStage::Asking(asking) => Some(asking.checked.items()),
            _ => None,
        },
        _ => None,
    }
}

/// Whether each new domain was confirmed, the number of accounts or the one account's id typed, and
/// the button has the focus.
pub(super) fn is_confirmed_typed_and_pressed(dialog: &PlanDialog) -> bool {
    let PlanStage::Asking(asking) = &dialog.stage else { return false };
    let token = match asking.checked.changes.as_slice() {
        // Nothing is sent: what is not known is looked into.
        [] => return dialog.form.focus == Focus::Act,
        [one] => one.account.id.to_string(),
        several => several.len().to_string(),
    };
    let confirmed_domain = asking.checked.new_domains.iter().all(|new| asking.confirmed_domain.contains(&new.domain));
    dialog.form.focus == Focus::Act && confirmed_domain && asking.typed.text().trim() == token
}

/// The file has been read.
pub(crate) fn loaded(text: &str) -> Answer {
    loaded_as(text, None)
}

/// The same, of a file that is not UTF-8.
pub(crate) fn loaded_as(text: &str, encoding: Option<PlanNote>) -> Answer {
    Answer::PlanLoaded("/home/alice/plan.csv".into(), Ok((Paste::new(text.to_owned()), encoding)))
}

/// The dialog asks for the file.
pub(crate) fn naming() -> Driver {
    Driver::ready().press("2 b")
}

/// This file was named and read.
pub(crate) fn read(driver: Driver, text: &str) -> Driver {
    read_as(driver, text, None)
}

/// The same, of a file that is not UTF-8.
pub(crate) fn read_as(driver: Driver, text: &str, encoding: Option<PlanNote>) -> Driver {
    let (driver, file) = driver.types("plan.csv").press("enter enter").some_text();
    assert_eq!(file, TextFile::Load("plan.csv".into(), TextUse::Plan));
    driver.gets(loaded_as(text, encoding))
}

pub(crate) fn asking() -> Driver {
    read(naming(), FILE)
}

/// The new domain is confirmed, the number typed, and the button pressed.
pub(crate) fn begun() -> Driver {
    asking().press("space tab").types("3").press("enter enter").runs()
}

fn stage(driver: &Driver) -> &PlanStage {
    match driver.layer() {
        Some(Layer::Plan(dialog)) => &dialog.stage,
        other => panic!("no dialog: {other:?}"),
    }
}

fn shown(driver: &Driver) -> &PlanAsking {
    match stage(driver) {
        PlanStage::Asking(asking) => asking,
        other => panic!("not asking: {other:?}"),
    }
}

fn asked_for(driver: &Driver) -> &PathDialog {
    match driver.layer() {
        Some(Layer::Path(dialog)) => dialog,
        other => panic!("the file is not asked for: {other:?}"),
    }
}

fn problems(driver: &Driver) -> &PlanProblems {
    match stage(driver) {
        PlanStage::Problems(problems) => problems,
        other => panic!("no problems: {other:?}"),
    }
}

/// The run reports that each of its accounts is started.
pub(crate) fn reports_all(mut driver: Driver, found: &Found) -> Driver {
    let Run::StartEmailChanges { plan, accounts, .. } = driver.run().clone() else { panic!("no plan") };
    for account in accounts {
        driver = driver.after(1).reports(item_report(&plan, &account, found));
    }
    driver
}

#[test]
fn a_plan_is_read_checked_and_shown_before_anything_else() {
    let driver = asking().quietly();
    let asking = shown(&driver);
    assert_eq!(
        (asking.checked.changes.len(), asking.token(), asking.checked.new_domains.len()),
        (3, Some("3".into()), 1)
    );
    driver.focuses(Focus::Item(0));
}

#[test]
fn what_is_wrong_is_shown_and_read_again_once_it_is_fixed() {
    let driver = read(naming(), "account_id,new_email\n444455556666,x\n111122223333,a@example.com\n");
    let found: Vec<_> = problems(&driver).checked.problems.iter().map(|problem| problem.line).collect();
    assert_eq!(found, [2, 3]);
    let (driver, file) = driver.press("enter").some_text();
    assert_eq!(file, TextFile::Load("plan.csv".into(), TextUse::Plan));
    let driver = driver.gets(loaded(FILE));
    assert_eq!(shown(&driver).checked.changes.len(), 3);
}

#[test]
fn how_a_file_was_read_is_kept_until_it_is_read_again() {
    let notes = |driver: &Driver| match driver.layer() {
        Some(Layer::Plan(dialog)) => dialog.notes.clone(),
        other => panic!("no dialog: {other:?}"),
    };
    let driver = read_as(naming(), "account_id;new_email\n111122223333;x\n", Some(PlanNote::Cp932));
    assert_eq!(notes(&driver), [PlanNote::Cp932, PlanNote::Separator(';')]);
    let driver = driver.press("enter").some_text().0.gets(loaded(FILE));
    assert_eq!((notes(&driver), shown(&driver).checked.changes.len()), (vec![], 3));
}

#[test]
fn what_can_not_be_read_is_told_in_the_dialog_and_named_again() {
    let driver = read(naming(), "account_id;new_email\n");
    assert_eq!(asked_for(&driver).purpose, PathPurpose::Plan(Some(PlanTrouble::Unreadable(Unreadable::NoLines))));
    let (driver, _) = driver.press("enter enter").some_text();
    let driver = driver.gets(Answer::PlanLoaded("plan.csv".into(), Err(api_error(ApiErrorKind::Local))));
    let file = asked_for(&driver);
    assert_eq!((file.field.text(), &file.purpose), ("plan.csv", &PathPurpose::Plan(None)));
    assert!(file.form.trouble.is_some());
    assert_eq!(driver.notification(), None, "the dialog tells of it");
}

#[test]
fn a_plan_whose_dialog_was_closed_meanwhile_is_for_nobody() {
    let (driver, _) = naming().types("plan.csv").press("enter enter").some_text();
    let driver = driver.press("esc").gets(loaded(FILE));
    assert!(driver.layer().is_none());
}

#[test]
fn nothing_starts_before_each_new_domain_is_confirmed() {
    let driver = asking().press("enter enter tab").types("3").press("enter enter enter").quietly();
    let driver = driver.focuses(Focus::Item(0)).press("space enter enter").press("enter").runs();
    assert_eq!(driver.run().accounts(), 3);
}

#[test]
fn nothing_starts_without_the_number_of_accounts() {
    let driver = asking().press("space tab").types("2").press("enter tab tab enter").quietly();
    assert!(!shown(&driver).is_ready());
    let driver = driver.says(&Notification::NotTyped("3".into()));
    let driver = driver.press("backspace").types("3").press("enter enter").runs();
    assert!(matches!(driver.layer(), Some(Layer::PlanResults(_))));
}

#[test]
fn of_one_account_its_id_is_typed() {
    let driver = read(naming(), "account_id,new_email\n444455556666,root-sandbox07@example.com\n");
    assert_eq!(shown(&driver).token(), Some(SANDBOX_07.into()));
    driver.focuses(Focus::Field).types(SANDBOX_07).press("enter enter").runs();
}

#[test]
fn exactly_what_was_shown_is_started() {
    let driver = asking();
    let items = shown(&driver).checked.items();
    let driver = driver.press("space tab").types("3").press("enter enter").runs();
    let Run::StartEmailChanges { plan: PlanToStart::New(plan), accounts, skipped, .. } = driver.run() else {
        panic!("not a new plan: {:?}", driver.run())
    };
    assert_eq!((&plan.items, plan.source.as_str(), skipped.as_slice()), (&items, "/home/alice/plan.csv", &[][..]));
    assert_eq!(accounts.len(), 3);
}

#[test]
fn what_has_changed_since_is_shown_again() {
    let mut driver = asking().press("space tab").types("3").press("enter");
    let taken = "root-08@corp.example";
    driver.app.model.accounts.set_email(id(LONG), taken);
    let driver = driver.press("enter").quietly();
    assert!(matches!(&problems(&driver).checked.problems[0].problem, PlanProblem::Used(holder) if *holder == id(LONG)));
    driver.says(&Notification::PlanChanged);
}

#[test]
fn a_pending_change_is_not_started_again_and_one_to_another_address_is_shown_as_replaced() {
    let mut world = World::default();
    let pending = started("2025-03-14T13:02:00Z", StartedProgress::Pending);
    world.stored = Stored { started: vec![pending], ..world.stored };
    world.changes.insert(id(SANDBOX_07), EmailChangeStatus::Pending);
    let driver = read(Driver::ready_in(world).press("2 b"), FILE);
    assert_eq!((shown(&driver).checked.already.len(), shown(&driver).checked.changes.len()), (1, 2));
    let other = FILE.replace("root-sandbox07@example.com", "root-sandbox-07@example.com");
    let driver = read(driver.press("esc b"), &other);
    assert_eq!(shown(&driver).checked.replaced.len(), 1);
}

#[test]
fn addresses_that_aws_documents_as_invalid_are_insisted_on_in_a_plan_too() {
    let text = "account_id,new_email\n444455556666,o'b@example.com\n444455557777,a..b@example.com\n";
    // Enter answers nothing, and leads back to what is still to be answered.
    let driver = read(naming(), text).focuses(Focus::Other).press("enter").focuses(Focus::Other).quietly();
    let driver = driver.press("tab").types("2").press("enter").focuses(Focus::Other).quietly();
    drop(driver.press("space tab enter enter").runs());
}

#[test]
fn an_open_plan_of_the_same_file_is_continued_and_never_doubled() {
    let mut world = World::default();
    let rows = parse(FILE).expect("a plan").rows;
    let item = |row: &PlanRow| item(row.line, &row.account, "old@example.com", &row.new, ItemState::Waiting);
    let plan =
        EmailPlan { source: "/home/alice/plan.csv".into(), items: rows.iter().map(item).collect(), ..open_plan() };
    world.stored.plans = vec![plan.clone()];
    let named = || Driver::ready_in(world.clone()).press("2 b").asks(&[Read::Stored]).aws_answers().press("enter");
    let driver = read(named(), FILE);
    assert_eq!(shown(&driver).from, PlanFrom::Kept(plan.id));
    let driver = read(named(), &FILE.replace("root-08@", "root-8@"));
    assert_eq!(asked_for(&driver).purpose, PathPurpose::Plan(Some(PlanTrouble::Open(plan.id))));
}

#[test]
fn in_read_only_mode_no_file_is_asked_for_and_results_are_shown() {
    let why = || Notification::Unavailable(CommandId::BulkPlan, DisabledReason::Refusal(Refusal::ReadOnly));
    let rules = || Rules { read_only: true, ..Rules::default() };
    let driver = Driver::ready_with(crate::app::start::Start { rules: rules(), ..start() }, World::default());
    let driver = driver.press("2 b").says(&why()).quietly();
    assert_eq!(driver.layer(), None);
    let mut driver = begun();
    driver.app.model.in_progress = None;
    driver.app.model.start.rules = rules();
    driver.app.layers.clear();
    let driver = driver.press("b").asks(&[Read::Stored]).aws_answers_to(Read::Stored);
    assert!(matches!(driver.layer(), Some(Layer::Plans(_))), "{:?}", driver.layer());
    let driver = driver.press("g enter").says(&why()).quietly();
    let driver = driver.press("j enter").quietly();
    assert!(matches!(driver.layer(), Some(Layer::PlanResults(_))), "{:?}", driver.layer());
}

#[test]
fn without_trusted_access_it_is_said_and_nothing_started() {
    let driver = read(Driver::ready_in(World::untrusting()).press("2 b"), FILE);
    assert!(matches!(driver.app.model.plan_refusal(), Some(Refusal::NeedsTrustedAccess(_))));
    drop(driver.press("space tab").types("3").press("enter enter").quietly());
}

#[test]
fn before_the_listing_is_whole_nothing_is_checked() {
    let driver = Driver::started(start(), World::default()).asks(&[Read::Stored, Read::Connect]).press("2 b");
    driver.says(&Notification::Unavailable(CommandId::BulkPlan, DisabledReason::NotReadYet));
}

#[test]
fn results_come_item_by_item_and_are_written_beside_the_plan() {
    let driver = begun().reports(RunReport::PlanKept(PlanId(7)));
    let driver = reports_all(driver, &Found::Full);
    let items = &driver.app.model.plans.begun.as_ref().expect("begun").items;
    assert!(items.iter().all(|item| item.state == ItemState::Started));
    let (driver, file) = driver.reports(RunReport::Ended).some_text();
    let TextFile::Save(path, TextUse::Results, text) = file else { panic!("results") };
    assert_eq!(path, PathBuf::from("/home/alice/plan.csv.results.csv"));
    assert!(is_result_file(&text) && text.lines().count() == 4, "{text}");
    let driver = driver.gets(Answer::TextSaved(path.clone(), TextUse::Results, Ok(())));
    let driver = driver.says(&Notification::FileSaved(TextUse::Results, path));
    assert!(driver.app.model.plans.get(PlanId(7)).is_some_and(|plan| !plan.is_open()));
    assert!(
        driver.app.model.emails.get(id(KENSHO)).is_some_and(|facts| facts.is_pending(driver.now)),
        "the board has it"
    );
}

#[test]
fn what_did_not_end_well_is_bad_news_until_its_results_are_read() {
    let driver = begun().reports(RunReport::PlanKept(PlanId(7))).press("esc");
    let (driver, _) = reports_all(driver, &Found::Unread).reports(RunReport::Ended).some_text();
    let Some(Notification::RunEnded(summary)) = driver.notification() else { panic!("the end is told") };
    assert_eq!((summary.failed, driver.notification().map(Notification::tone)), (3, Some(Tone::Bad)));
    let driver = driver.press("!");
    assert!(matches!(driver.layer(), Some(Layer::PlanResults(_))));
    assert_eq!(driver.press("esc").notification(), None);
}

#[test]
fn a_reason_that_holds_for_all_is_told_and_what_is_left_stays_open() {
    let driver = begun().reports(RunReport::PlanKept(PlanId(7)));
    let why = api_error(ApiErrorKind::ExpiredCredentials);
    let (driver, _) = driver.reports(RunReport::Halted(why.clone())).reports(RunReport::Ended).some_text();
    assert_eq!(driver.app.model.plans.begun.as_ref().and_then(|begun| begun.halted.as_ref()), Some(&why));
    assert_eq!(driver.app.model.plans.open().count(), 1);
}

#[test]
fn a_plan_that_could_not_be_kept_leaves_no_result_file() {
    let driver = begun().reports(RunReport::Halted(api_error(ApiErrorKind::Local))).reports(RunReport::Ended);
    drop(driver.quietly());
}

#[test]
fn leaving_stops_a_plan_and_waits_for_what_is_in_progress_and_for_its_file() {
    let driver = begun().reports(RunReport::PlanKept(PlanId(7))).press("ctrl-c").steers(Steering::Stop).quietly();
    let (driver, file) = driver.reports(RunReport::Ended).some_text();
    let TextFile::Save(path, ..) = file else { panic!("results") };
    driver.quietly().gets(Answer::TextSaved(path, TextUse::Results, Ok(()))).wants(&Effect::Quit);
}

#[test]
fn a_plan_that_is_not_finished_is_news_at_the_start() {
    let driver = Driver::ready_in(with_open_plan());
    assert_eq!(driver.notification(), Some(&Notification::OpenPlans(1, 3)));
    let driver = driver.press("2 b").asks(&[Read::Stored]);
    let Some(Layer::Plans(menu)) = driver.layer() else { panic!("a menu") };
    let choices = [PlanChoice::Read, PlanChoice::Resume(PlanId(3)), PlanChoice::Results(PlanId(3))];
    assert_eq!(menu.items, choices);
}

/// What is left of the plan is shown.
pub(crate) fn resuming() -> Driver {
    Driver::ready_in(with_open_plan()).press("2 b").asks(&[Read::Stored]).aws_answers_to(Read::Stored).press("j enter")
}

#[test]
fn what_is_left_is_checked_again_shown_and_confirmed() {
    let driver = resuming();
    let asking = shown(&driver);
    assert_eq!((asking.unsure, asking.token()), (1, Some("2".into())));
    assert_eq!(asking.checked.problems.iter().map(|problem| problem.line).collect::<Vec<_>>(), [5]);
    let driver = driver.types("2").press("enter enter").runs();
    let Run::StartEmailChanges { plan, accounts, skipped, .. } = driver.run() else { panic!("a plan") };
    assert_eq!(*plan, PlanToStart::Kept(PlanId(3)));
    assert_eq!(accounts.iter().map(|account| account.id).collect::<Vec<_>>(), [id(SANDBOX_08), id(KENSHO)]);
    assert_eq!(skipped.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [5]);
}

#[test]
fn results_of_kept_plans_can_be_read() {
    let driver = resuming().press("esc b").asks(&[Read::Stored]).press("G enter");
    assert!(matches!(driver.layer(), Some(Layer::PlanResults(_))));
}

#[test]
fn standard_input_has_no_file_beside_it() {
    assert_eq!(result_file("-"), None);
}

#[test]
fn a_template_is_written_for_the_marked_accounts() {
    let driver = Driver::ready().on(SANDBOX_07).press("space").on(SUSPENDED).press("space").on(KENSHO).press("space T");
    let PathPurpose::Template(of) = &asked_for(&driver).purpose else { panic!("a template") };
    assert_eq!((of.accounts.len(), of.skipped.as_slice()), (2, &[id(SUSPENDED)][..]));
    let driver = driver.press("ctrl-u").types("t.csv").press("enter").types("corp").press("enter").quietly();
    let (driver, file) = driver.types(".example").press("enter enter").some_text();
    let TextFile::Save(path, TextUse::Template, text) = file else { panic!("a template") };
    assert_eq!(path, PathBuf::from("t.csv"));
    assert!(
        text.contains("444455556666,sandbox-07,Sandbox/Team A,aws+sandbox07@example.com,aws+sandbox07@corp.example"),
        "{text}"
    );
    let failed = driver.gets(Answer::TextSaved(path.clone(), TextUse::Template, Err(api_error(ApiErrorKind::Local))));
    assert!(asked_for(&failed).form.trouble.is_some());
    let (driver, _) = failed.press("enter enter enter").some_text();
    let driver = driver.gets(Answer::TextSaved(path.clone(), TextUse::Template, Ok(())));
    assert!(driver.layer().is_none());
    driver.says(&Notification::FileSaved(TextUse::Template, path));
}
