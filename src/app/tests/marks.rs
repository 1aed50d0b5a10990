//! Marks: what works on them names those that are not shown, and takes them away once it is done.

use super::harness::Driver;
use super::world::*;
use crate::app::command_id::{CommandId, DisabledReason};
use crate::app::dialogs::plan_dialog::{PlanDialog, PlanStage};
use crate::app::effect::{Read, TextUse};
use crate::app::layers::Layer;
use crate::app::msg::Answer;
use crate::app::notification::Notification;
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiErrorKind;
use crate::domain::deletion::{DeletionCall, DeletionResult};
use crate::domain::email_change::EmailChangeStatus;
use crate::domain::email_plan::MARKED;
use crate::domain::root_credentials::{AuditDepth, RootCredential};
use crate::domain::run::{PlanToStart, Run, RunReport};
use crate::domain::write::WriteOutcome;

/// Two accounts are marked, and the filter shows none of them.
fn hidden() -> Driver {
    let driver = Driver::ready_in(managed()).press("3").on(SANDBOX_07).press("space").on(SANDBOX_08).press("space");
    driver.press("/").types("検証").press("enter")
}

fn marks(driver: &Driver) -> Vec<AccountId> {
    driver.app.model.root.marks.iter().copied().collect()
}

fn dialog(driver: &Driver) -> &PlanDialog {
    match driver.layer() {
        Some(Layer::Plan(dialog)) => dialog,
        other => panic!("no plan: {other:?}"),
    }
}

#[test]
fn what_the_filter_hides_is_counted() {
    let driver = hidden();
    assert_eq!(driver.app.hidden_marks(), [SANDBOX_07, SANDBOX_08].map(id));
    assert!(driver.press("esc").app.hidden_marks().is_empty());
    // View 2 lists changes only.
    assert_eq!(hidden().press("2").app.hidden_marks().len(), 2);
}

#[test]
fn hidden_marks_are_asked_about_even_where_no_question_was_wanted() {
    let driver = Driver::ready_in(managed()).press("3").on(KENSHO).press("a shift-tab space tab tab enter").runs();
    let driver = driver.audits_all();
    assert!(driver.app.model.root.unasked);
    let driver = driver.on(SANDBOX_07).press("space /").types("検証").press("enter a").quietly();
    let Some(Layer::AskAudit(ask)) = driver.layer() else { panic!("a question: {:?}", driver.layer()) };
    assert_eq!(ask.accounts.iter().map(|account| account.id).collect::<Vec<_>>(), [id(SANDBOX_07)]);
}

#[test]
fn more_hidden_marks_than_a_question_can_name_are_refused() {
    let mut world = World::of(60);
    (world.trusted, world.features) = (managed().trusted, managed().features);
    let driver = Driver::ready_in(world).press("* /").types("zzzz").press("enter");
    let hidden = driver.app.hidden_marks().len();
    assert!(hidden > crate::app::shell::marks::NAMED_HIDDEN);
    for (pressed, command) in [("a", CommandId::Audit), ("T", CommandId::PlanTemplate), ("e", CommandId::ChangeEmail)] {
        let driver = Driver::ready_in(World { trusted: managed().trusted, ..World::of(60) });
        let driver = driver.press("* /").types("zzzz").press("enter").press(pressed).quietly();
        driver.says(&Notification::Unavailable(command, DisabledReason::HiddenMarks(hidden)));
    }
}

#[test]
fn what_an_audit_was_done_in_is_not_marked_any_more() {
    let driver = Driver::ready_in(managed()).press("3").on(SANDBOX_07).press("space").on(SANDBOX_08).press("space");
    let driver = driver.press("a tab enter").runs().audits(SANDBOX_07, clean(AuditDepth::Quick));
    let unread = crate::domain::root_credentials::RootAudit::unknown(AuditDepth::Quick, &scp_denial());
    let driver = driver.audits(SANDBOX_08, unread).reports(RunReport::Ended);
    assert_eq!(marks(&driver), [id(SANDBOX_08)], "what could not be read stays marked");
}

#[test]
fn what_was_deleted_is_not_marked_any_more_and_what_was_not_stays_marked() {
    let driver = Driver::ready_in(managed()).press("3").on(SANDBOX_07).press("space").on(DELEGATE).press("space");
    let driver = driver.press("d enter enter").runs();
    let full = || full(AuditDepth::Deep);
    let driver = driver.audits(SANDBOX_07, full()).audits(DELEGATE, full()).reports(RunReport::Ended);
    assert_eq!(marks(&driver).len(), 2, "a look beforehand uses no marks");
    let driver = driver.types("2").press("enter enter").runs();
    let Run::DeleteCredentials { plans, .. } = driver.run().clone() else { panic!("a deletion") };
    let refused = DeletionCall::Made(WriteOutcome::Refused(scp_denial()));
    let ends = [
        (SANDBOX_07, DeletionCall::Made(WriteOutcome::Taken(None)), clean(AuditDepth::Deep)),
        (DELEGATE, refused, full()),
    ];
    let driver = ends.into_iter().fold(driver, |driver, (account, call, audit)| {
        let plan = plans.iter().find(|plan| plan.account.id == id(account)).expect("a plan");
        let of = |one: &RootCredential| DeletionResult::proved_by(one.clone(), call.clone(), &audit);
        let results = plan.credentials.iter().map(of).collect();
        driver.reports(RunReport::Deleted { account: id(account), results, audit: Box::new(audit) })
    });
    let driver = driver.reports(RunReport::Ended);
    assert_eq!(marks(&driver), [id(DELEGATE)]);
}

#[test]
fn what_has_nothing_to_delete_is_not_marked_any_more_once_the_rest_is_confirmed() {
    let driver = Driver::ready_in(managed()).press("3").on(SANDBOX_07).press("space").on(DELEGATE).press("space");
    let driver = driver.press("d enter enter").runs().audits(SANDBOX_07, full(AuditDepth::Deep));
    let driver = driver.audits(DELEGATE, clean(AuditDepth::Deep)).reports(RunReport::Ended);
    let driver = driver.types(SANDBOX_07).press("enter enter").runs();
    assert_eq!(marks(&driver), [id(SANDBOX_07)], "the deletion is not over");
}

/// The rows of view 1 from this index on.
fn rows(driver: &Driver, from: usize, count: usize) -> Vec<AccountId> {
    let mut rows = driver.app.model.accounts.list.rows()[from..from + count].to_vec();
    rows.sort_unstable();
    rows
}

#[test]
fn a_range_reaches_from_the_last_mark_to_the_cursor_in_either_direction() {
    let driver = Driver::ready().press("j space j j ctrl-space").quietly();
    assert_eq!(marks(&driver), rows(&driver, 1, 4));
    assert_eq!(driver.app.model.accounts.list.index(), 4, "the cursor stays");
    let driver = driver.press("j j ctrl-space").quietly();
    assert_eq!(marks(&driver), rows(&driver, 1, 6), "the next range begins where the last one ended");
    let driver = Driver::ready().press("j j space g ctrl-space").quietly();
    assert_eq!(marks(&driver), rows(&driver, 0, 3));
    let driver = Driver::ready().press("j ctrl-space").quietly();
    assert_eq!(marks(&driver), rows(&driver, 1, 1), "without a mark before, it is the row of the cursor");
    let driver = Driver::ready().press("space g space j j ctrl-space").quietly();
    assert_eq!(marks(&driver), rows(&driver, 3, 1), "no range begins where a mark was taken away");
}

#[test]
fn a_range_marks_nothing_that_the_filter_hides() {
    let driver = Driver::ready().on(SANDBOX_07).press("space /").types("検証|management").press("enter").on(KENSHO);
    let driver = driver.press("ctrl-space").quietly();
    assert_eq!(
        marks(&driver),
        [id(SANDBOX_07), id(KENSHO)],
        "the first end is hidden: only the cursor's row is marked"
    );
    assert_eq!(driver.app.hidden_marks(), [id(SANDBOX_07)]);
}

#[test]
fn marking_all_again_unmarks_what_is_shown_and_no_more() {
    let driver = Driver::ready().on(KENSHO).press("space /").types("sandbox-0").press("enter *").quietly();
    assert_eq!(marks(&driver), [SANDBOX_07, SANDBOX_08, KENSHO].map(id));
    assert_eq!(marks(&driver.press("*").quietly()), [id(KENSHO)]);
    let driver = Driver::ready().press("/").types("sandbox-0").press("enter").on(SANDBOX_07).press("space *").quietly();
    assert_eq!(marks(&driver), [SANDBOX_07, SANDBOX_08].map(id), "some are not marked yet");
}

#[test]
fn inverting_changes_what_is_shown_and_no_more() {
    let driver = Driver::ready().on(KENSHO).press("space").on(SANDBOX_07).press("space /").types("sandbox-0");
    let driver = driver.press("enter ~").quietly();
    assert_eq!(marks(&driver), [SANDBOX_08, KENSHO].map(id));
    assert_eq!(marks(&driver.press("~").quietly()), [SANDBOX_07, KENSHO].map(id));
}

#[test]
fn changes_of_marks_are_undone_one_after_the_other() {
    let driver = Driver::ready().on(KENSHO).press("space * ~ u").quietly();
    assert!(marks(&driver).is_empty(), "inverted, and cleared without effect");
    let driver = driver.press("U").quietly();
    assert_eq!(marks(&driver).len(), 8);
    let driver = driver.press("U").quietly();
    assert_eq!(marks(&driver), [id(KENSHO)]);
    let driver = driver.press("U").quietly();
    assert!(marks(&driver).is_empty());
    driver.press("U").says(&Notification::Unavailable(CommandId::UndoMarks, DisabledReason::NothingToUndo)).quietly();
}

#[test]
fn the_marks_that_an_audit_used_come_back_at_once() {
    let driver = Driver::ready_in(managed()).press("3").on(SANDBOX_07).press("space").on(SANDBOX_08).press("space");
    let driver = driver.press("a tab enter").runs().audits(SANDBOX_07, clean(AuditDepth::Quick));
    let driver = driver.audits(SANDBOX_08, clean(AuditDepth::Quick)).reports(RunReport::Ended);
    assert!(marks(&driver).is_empty());
    assert_eq!(marks(&driver.press("U").quietly()), [SANDBOX_07, SANDBOX_08].map(id));
}

#[test]
fn undoing_marks_no_account_that_is_gone() {
    let mut driver = Driver::ready().press("* u");
    driver.world.accounts.retain(|account| account.id != id(SANDBOX_07));
    let driver = driver.press("r").aws_answers().press("U").quietly();
    assert_eq!(marks(&driver).len(), 7);
    assert!(!marks(&driver).contains(&id(SANDBOX_07)));
}

/// View 2, with these accounts marked and the menu that asks AWS about the marked ones chosen.
fn asked(accounts: &[&str]) -> Driver {
    let mark = |driver: Driver, account: &&str| driver.on(account).press("space");
    accounts.iter().fold(Driver::ready(), mark).press("2 V enter")
}

#[test]
fn what_aws_answered_about_is_not_marked_any_more() {
    let driver = asked(&[SANDBOX_07, SANDBOX_08]).runs();
    let answered = Ok(report(EmailChangeStatus::None));
    let driver = driver.reports(RunReport::EmailChange(id(SANDBOX_07), answered));
    let failed = Err(api_error(ApiErrorKind::Throttled));
    let driver = driver.reports(RunReport::EmailChange(id(SANDBOX_08), failed)).reports(RunReport::Ended);
    assert_eq!(marks(&driver), [id(SANDBOX_08)], "what AWS did not answer about stays marked");
}

#[test]
fn a_single_marked_account_that_aws_answered_about_is_not_marked_any_more() {
    let read = Read::EmailChange(id(SANDBOX_07));
    let driver = asked(&[SANDBOX_07]).asks(&[Read::PrimaryEmail(id(SANDBOX_07)), read]);
    assert!(marks(&asked(&[SANDBOX_07]).aws_answers()).is_empty());
    let driver = driver.fails(read, ApiErrorKind::Throttled);
    assert_eq!(marks(&driver), [id(SANDBOX_07)]);
}

#[test]
fn an_audit_of_everything_uses_no_marks() {
    let driver = Driver::ready_in(managed()).press("3").on(SANDBOX_07).press("space A");
    let driver = driver.press("j j enter tab enter").runs().audits_all();
    assert_eq!(marks(&driver), [id(SANDBOX_07)]);
}

#[test]
fn a_template_uses_its_marks() {
    let driver = Driver::ready().on(SANDBOX_07).press("space T enter enter enter");
    let (driver, _) = driver.some_text();
    let saved = Answer::TextSaved("plan.csv".into(), TextUse::Template, Ok(()));
    let driver = driver.gets(saved).quietly();
    assert!(marks(&driver).is_empty());
}

#[test]
fn a_command_about_one_account_says_that_it_leaves_the_marks_alone() {
    let driver = Driver::ready_in(managed()).on(SANDBOX_08).press("space").on(SANDBOX_07).press("p");
    driver.says(&Notification::NotTheMarked(CommandId::RootTasks, id(SANDBOX_07), 1));
    let code = Driver::awaiting_code().press("esc").on(SANDBOX_08).press("space").on(SANDBOX_07).press("o");
    assert!(matches!(code.layer(), Some(Layer::EnterOtp(dialog)) if dialog.account == id(SANDBOX_07)));
    let notification = Notification::NotTheMarked(CommandId::EnterOtp, id(SANDBOX_07), 1);
    assert!(crate::words::notification::line(&notification).contains("paste their mails in view 2"));
    code.says(&notification);
}

#[test]
fn with_marks_the_email_change_is_a_plan_for_the_marked_accounts() {
    let driver = Driver::ready().on(MANAGEMENT).press("space").on(SANDBOX_07).press("space").on(SANDBOX_08);
    let driver = driver.press("space").on(KENSHO).press("e").quietly();
    let marked = dialog(&driver).marked.as_ref().expect("from marks");
    assert_eq!(marked.accounts.iter().map(|it| it.id).collect::<Vec<_>>(), [SANDBOX_07, SANDBOX_08].map(id));
    assert_eq!(marked.skipped, [id(MANAGEMENT)]);
    let driver = driver.types("root-{name}@example.com").press("enter enter").quietly();
    assert!(matches!(driver.layer(), Some(Layer::PlanList(list)) if list.is_ready()));
    let driver = driver.press("tab tab enter").quietly();
    let PlanStage::Asking(asking) = &dialog(&driver).stage else { panic!("{:?}", dialog(&driver)) };
    let planned: Vec<_> = asking.checked.changes.iter().map(|it| (it.account.id, it.new.to_string())).collect();
    let new = |number, address: &str| (id(number), address.to_owned());
    let expected = [new(SANDBOX_07, "root-sandbox-07@example.com"), new(SANDBOX_08, "root-sandbox-08@example.com")];
    assert_eq!(planned, expected);
    let driver = driver.types("2").press("enter enter").runs();
    let Run::StartEmailChanges { plan: PlanToStart::New(plan), .. } = driver.run() else { panic!("a new plan") };
    assert_eq!(plan.source, MARKED);
    let driver = super::plans::reports_all(driver, &super::steps::Found::RestAndEnd).reports(RunReport::Ended);
    assert_eq!(marks(&driver), [id(MANAGEMENT)], "those that were started are not marked any more");
    driver.quietly();
}

#[test]
fn a_pattern_that_gives_no_address_or_a_wrong_one_starts_nothing() {
    let driver = Driver::ready().on(SANDBOX_07).press("space").on(KENSHO).press("space e").quietly();
    let driver = driver.types("{name}@example.com").press("enter enter tab tab enter").quietly();
    assert!(matches!(dialog(&driver).stage, PlanStage::Pattern), "one name has no Latin letter");
    let driver = Driver::ready().on(SANDBOX_07).press("space").on(SANDBOX_08).press("space e");
    let driver = driver.types("root@example.com").press("enter enter tab tab enter").quietly();
    assert!(matches!(driver.layer(), Some(Layer::PlanList(list)) if !list.is_ready()), "two accounts, one address");
    let driver = driver.press("esc").quietly();
    assert!(matches!(dialog(&driver).stage, PlanStage::Pattern), "and the pattern is there to be changed");
}

#[test]
fn a_plan_of_marks_has_no_file_for_its_results() {
    assert_eq!(crate::domain::email_plan::result_file(MARKED), None);
}
