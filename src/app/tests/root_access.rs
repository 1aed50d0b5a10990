//! View 3: audits, their order, marks, and the run in progress.

use super::harness::{Driver, start};
use super::world::*;
use crate::app::command_id::{CommandId, DisabledReason};
use crate::app::effect::{Effect, Wake};
use crate::app::focus::Focus;
use crate::app::ids::RunId;
use crate::app::layers::Layer;
use crate::app::msg::Msg;
use crate::app::notification::{Notification, Tone};
use crate::app::start::Start;
use crate::app::state::root_state::RootState;
use crate::app::view::ViewId;
use crate::domain::account::AccountState;
use crate::domain::change::Switch;
use crate::domain::permit::{Refusal, Rules};
use crate::domain::root_credentials::{AuditDepth, Presence, RootAudit};
use crate::domain::root_feature::{RootFeature, RootFeatures};
use crate::domain::run::{Run, RunReport, Steering};
use crate::domain::trusted_access::ServicePrincipal;
use crate::domain::write::{Seen, WriteOutcome};

/// The view, with the features on.
fn view() -> Driver {
    Driver::ready_in(managed()).press("3")
}

/// An audit of all accounts in progress, in the view.
pub(crate) fn auditing() -> Driver {
    view().press("A j enter tab enter").runs()
}

fn audited(driver: &Driver) -> Vec<&'static str> {
    let Run::Audit { accounts, .. } = driver.run() else { panic!("not an audit") };
    let all = [MANAGEMENT, DELEGATE, SANDBOX_07, SANDBOX_08, KENSHO, SUSPENDED, CLOSED, LONG];
    all.into_iter().filter(|number| accounts.iter().any(|account| account.id == id(number))).collect()
}

fn unavailable(driver: Driver, command: CommandId, why: DisabledReason) -> Driver {
    driver.quietly().says(&Notification::Unavailable(command, why))
}

#[test]
fn findings_stand_first_then_what_is_unknown_and_skipped_accounts_last() {
    let driver = auditing().audits_all();
    let rows = driver.app.model.root.pane.list.rows();
    let names: Vec<_> = rows.iter().filter_map(|id| Some(driver.app.model.accounts.get(*id)?.name.as_str())).collect();
    let long = "workloads-customer-portal-production-eu-central-1";
    assert_eq!(
        names,
        ["sandbox-07", "sandbox-08", "audit", long, "検証環境", "Example Corp", "retired", "sandbox-old"]
    );
}

#[test]
fn a_password_without_mfa_stands_before_every_other_finding() {
    let bare = RootAudit { password: Presence::Present(None), ..clean(AuditDepth::Quick) };
    let driver = auditing().audits_all().press("A j enter tab enter").runs().audits(KENSHO, bare);
    let first: Vec<_> = driver.app.model.root.pane.list.rows().iter().take(2).copied().collect();
    assert_eq!(first, [id(KENSHO), id(SANDBOX_07)]);
}

#[test]
fn what_is_unknown_is_counted_neither_as_clean_nor_as_a_finding() {
    let driver = auditing().audits_all();
    let count = |state| driver.app.model.root.counts.get(&state).copied().unwrap_or(0);
    assert_eq!(count(RootState::Finding), 1);
    assert_eq!(count(RootState::Unknown), 1);
    assert_eq!(count(RootState::Clean), 3);
    assert_eq!(count(RootState::Skipped), 3);
    let Some(Notification::RunEnded(summary)) = driver.notification() else { panic!("the end is told") };
    assert_eq!((summary.findings, summary.unread, summary.done, summary.total), (1, 1, 5, 5));
}

#[test]
fn an_audit_tells_the_alarms_first_until_the_person_says_that_it_need_not() {
    let driver = view().press("* a").quietly();
    let Some(Layer::AskAudit(ask)) = driver.layer() else { panic!("a confirmation") };
    assert_eq!((ask.accounts.len(), ask.skipped.len(), ask.form.focus), (5, 3, Focus::Cancel));
    let driver = driver.press("enter").quietly();
    assert!(driver.layer().is_none(), "Cancel has the focus");
    let driver = driver.press("a tab enter").runs();
    assert_eq!(audited(&driver), [DELEGATE, SANDBOX_07, SANDBOX_08, KENSHO, LONG]);
    let driver = driver.audits_all().press("* a").quietly();
    assert!(matches!(driver.layer(), Some(Layer::AskAudit(_))), "nobody said that no further question is needed");
    let driver = driver.press("tab tab space enter").quietly();
    assert!(driver.layer().is_some(), "Enter on the question leads to the button");
    let driver = driver.press("enter").runs().audits_all().press("u").on(SANDBOX_07).press("a").runs();
    assert!(driver.layer().is_none(), "it was said");
}

#[test]
fn the_menu_always_says_how_many_accounts_it_is() {
    let driver = auditing().audits_all().press("A j enter").quietly();
    assert!(matches!(driver.layer(), Some(Layer::AskAudit(ask)) if ask.depth == AuditDepth::Quick));
}

#[test]
fn accounts_that_are_skipped_are_told_with_the_reason() {
    let driver = view().press("* a");
    let Some(Layer::AskAudit(ask)) = driver.layer() else { panic!("a confirmation") };
    let reason = |number| ask.skipped.iter().find(|one| one.account == id(number)).map(|one| one.reason.clone());
    assert_eq!(reason(MANAGEMENT), Some(Refusal::RootOfManagement));
    assert_eq!(reason(SUSPENDED), Some(Refusal::NotActive(AccountState::Suspended)));
    assert_eq!(reason(CLOSED), Some(Refusal::NotActive(AccountState::Closed)));
    let alone = view().on(MANAGEMENT).press("a");
    unavailable(alone, CommandId::Audit, DisabledReason::Refusal(Refusal::RootOfManagement));
}

#[test]
fn enter_looks_and_asks_nothing_of_aws() {
    let driver = view().on(SANDBOX_07).press("enter").quietly();
    assert!(driver.app.model.root.pane.reading && driver.layer().is_none());
    assert_eq!(driver.app.details, Some(id(SANDBOX_07)));
    let skipped = view().on(MANAGEMENT).press("enter").quietly();
    assert!(skipped.app.model.root.pane.reading, "the details say why it is left out");
}

#[test]
fn the_audit_of_one_account_asks_too_since_alarms_go_off() {
    let driver = Driver::ready_in(managed()).on(SANDBOX_07).press("a").quietly();
    let Some(Layer::AskAudit(ask)) = driver.layer() else { panic!("a question") };
    assert_eq!(ask.accounts.iter().map(|account| account.id).collect::<Vec<_>>(), [id(SANDBOX_07)]);
    let driver = driver.press("tab enter").runs();
    assert!(matches!(driver.run(), Run::Audit { depth: AuditDepth::Quick, .. }));
    assert_eq!(audited(&driver), [SANDBOX_07]);
}

#[test]
fn a_second_run_waits_for_the_first() {
    let driver = unavailable(auditing().press("a"), CommandId::Audit, DisabledReason::RunInProgress);
    let driver = unavailable(driver.press("d"), CommandId::DeleteCredentials, DisabledReason::RunInProgress);
    driver.press("enter").quietly();
}

#[test]
fn marks_survive_filter_and_refresh_and_are_shared_by_the_views() {
    let driver = view().on(SANDBOX_07).press("space 1").on(KENSHO).press("space /").types("audit").press("enter");
    assert_eq!(*driver.app.model.root.marks, [id(SANDBOX_07), id(KENSHO)].into());
    let driver = driver.press("r").aws_answers().press("3 a tab enter").runs();
    assert_eq!(audited(&driver), [SANDBOX_07, KENSHO]);
    let driver = driver.press("u").quietly();
    assert!(driver.app.model.root.marks.is_empty());
}

#[test]
fn a_mark_is_taken_away_where_it_was_set() {
    let driver = view().on(SANDBOX_07).press("space k space").quietly();
    assert!(driver.app.model.root.marks.is_empty());
    unavailable(driver.press("u"), CommandId::ClearMarks, DisabledReason::NothingMarked);
}

#[test]
fn the_marks_of_accounts_that_are_gone_go_with_them() {
    let mut driver = view().on(SANDBOX_07).press("space");
    driver.world.accounts.retain(|account| account.id != id(SANDBOX_07));
    let driver = driver.press("r").aws_answers();
    assert!(driver.app.model.root.marks.is_empty());
}

#[test]
fn the_rate_comes_from_the_times_of_the_reports_and_a_pause_is_none_of_it() {
    let driver = auditing().after(2).audits(SANDBOX_07, full(AuditDepth::Quick));
    let left =
        |driver: &Driver| driver.app.model.in_progress.as_ref().and_then(crate::app::state::runs::RunInProgress::left);
    assert_eq!(left(&driver).map(|left| left.as_secs()), Some(8));
    let driver = driver.press("P").steers(Steering::Pause).after(600).press("P").steers(Steering::GoOn);
    let driver = driver.after(2).audits(SANDBOX_08, clean(AuditDepth::Quick));
    assert_eq!(left(&driver).map(|left| left.as_secs()), Some(6));
}

#[test]
fn stopping_is_asked_for_once_and_what_was_found_stays() {
    let driver = auditing().audits(SANDBOX_07, full(AuditDepth::Quick)).press("X").steers(Steering::Stop);
    let driver = driver.press("X P").quietly().reports(RunReport::Ended);
    assert!(driver.app.model.in_progress.is_none() && driver.app.model.root.audit(id(SANDBOX_07)).is_some());
    let Some(Notification::RunEnded(summary)) = driver.notification() else { panic!("the end is told") };
    assert_eq!((summary.done, summary.total), (1, 5));
    unavailable(driver.press("X"), CommandId::StopRun, DisabledReason::NoRun);
}

#[test]
fn a_report_of_another_run_brings_its_audit_and_no_progress() {
    let driver = auditing();
    let audited = RunReport::Audited(id(SANDBOX_07), Box::new(full(AuditDepth::Deep)));
    let driver = driver.send(Msg::Run(RunId(99), Box::new(audited)));
    assert_eq!(driver.app.model.root.audit(id(SANDBOX_07)), Some(&full(AuditDepth::Deep)));
    assert_eq!(driver.app.model.in_progress.as_ref().map(|run| run.done.len()), Some(0));
    let driver = driver.send(Msg::Run(RunId(99), Box::new(RunReport::Ended)));
    assert!(driver.app.model.in_progress.is_some(), "the one under way goes on");
    let driver = driver.send(Msg::Run(RunId(99), Box::new(RunReport::Throttled(7))));
    assert_eq!(driver.app.model.in_progress.as_ref().map(|run| run.throttled), Some(0));
}

#[test]
fn a_run_that_aws_has_slowed_down_says_so_until_the_rate_has_recovered() {
    let says = |driver: &Driver| {
        let run = driver.app.model.in_progress.as_ref().expect("a run");
        crate::words::root_access::progress(run, "·", true).contains("· slowed to 50% of the quota ·")
    };
    let driver = auditing();
    assert!(!says(&driver));
    let driver = driver.reports(RunReport::Slowed(Some(50)));
    assert!(says(&driver));
    let driver = driver.reports(RunReport::Slowed(None));
    assert!(!says(&driver));
}

#[test]
fn what_a_newer_audit_could_not_read_or_did_not_ask_is_still_known_from_before() {
    let earlier = |driver: &Driver| driver.app.model.root.earlier.get(&id(SANDBOX_07)).map(|known| known.value.clone());
    let driver = auditing().audits(SANDBOX_07, full(AuditDepth::Deep));
    assert_eq!(earlier(&driver), None);
    let driver = driver.audits(SANDBOX_07, full(AuditDepth::Quick));
    assert_eq!(earlier(&driver), Some(full(AuditDepth::Deep)), "dates and last uses");
    let unread = RootAudit::unknown(AuditDepth::Quick, &scp_denial());
    let driver = driver.audits(SANDBOX_07, unread.clone()).audits(SANDBOX_07, unread);
    assert!(earlier(&driver).is_some(), "two failures in a row lose nothing");
    let driver = driver.audits(SANDBOX_07, full(AuditDepth::Deep));
    assert_eq!(earlier(&driver), None, "what is read again takes its place");
    let driver = driver.audits(SANDBOX_07, clean(AuditDepth::Quick));
    assert_eq!(earlier(&driver), None, "what is gone has no details");
}

#[test]
fn an_account_that_is_reported_twice_counts_once() {
    let driver = auditing().audits(SANDBOX_07, full(AuditDepth::Quick)).audits(SANDBOX_07, clean(AuditDepth::Quick));
    let run = driver.app.model.in_progress.as_ref().expect("under way");
    assert_eq!((run.done.len(), run.total(), run.findings), (1, 5, 1));
    assert_eq!(driver.app.model.root.audit(id(SANDBOX_07)), Some(&clean(AuditDepth::Quick)), "the newest counts");
}

#[test]
fn leaving_does_not_wait_for_an_audit() {
    auditing().press("q").wants(&Effect::Quit);
}

#[test]
fn in_read_only_mode_audits_are_allowed_and_deletions_are_not() {
    let rules = Rules { read_only: true, ..Rules::default() };
    let driver = Driver::ready_with(Start { rules, ..start() }, managed()).press("3").on(SANDBOX_07);
    let driver =
        unavailable(driver.press("d"), CommandId::DeleteCredentials, DisabledReason::Refusal(Refusal::ReadOnly));
    driver.press("a tab enter").runs().audits_all();
}

#[test]
fn a_closed_gate_is_opened_first_and_the_audit_goes_on_after_it() {
    let driver = Driver::ready().press("3").on(SANDBOX_07).press("a").quietly();
    let feature = RootFeature::RootCredentialsManagement;
    let driver = driver.press("enter").writing(&Switch::RootFeature(feature).set(true));
    let seen = Seen::RootFeatures(Ok(RootFeatures::Enabled(vec![feature])));
    let look = Wake::LookAt(Switch::RootFeature(feature));
    let driver = driver.ends(WriteOutcome::Taken(None), seen);
    let driver = driver.wants(&Effect::Wake(std::time::Duration::from_secs(5), look)).press("tab enter").runs();
    assert_eq!(audited(&driver), [SANDBOX_07]);
}

#[test]
fn both_gates_are_opened_one_after_the_other() {
    let driver = Driver::ready_in(World::untrusting()).press("3").on(SANDBOX_07).press("a");
    let iam = ServicePrincipal::iam();
    let driver = driver.press("enter").writing(&Switch::TrustedAccess(iam.clone()).set(true));
    let driver = driver.ends(WriteOutcome::Taken(None), Seen::TrustedAccess(Ok(trusted(&["iam.amazonaws.com"]))));
    let look = Wake::LookAt(Switch::TrustedAccess(iam));
    let driver = driver.wants(&Effect::Wake(std::time::Duration::from_secs(5), look));
    let features = crate::app::effect::Read::RootFeatures;
    let none = crate::app::msg::Answer::RootFeatures(Ok(RootFeatures::Enabled(vec![])));
    let driver = driver.asks(&[features]).quietly().answers(features, none);
    let Some(Layer::Confirm(dialog)) = driver.layer() else { panic!("the feature is next") };
    assert_eq!(dialog.change, Switch::RootFeature(RootFeature::RootCredentialsManagement).set(true));
}

#[test]
fn who_can_not_open_the_gate_is_told_which_it_is_and_why() {
    let mut world = World {
        org_role: crate::domain::caller::OrgRole::Delegated(vec![ServicePrincipal::iam()]),
        ..World::default()
    };
    world.connection.caller.account = id(DELEGATE);
    let driver = Driver::ready_in(world).press("3").on(SANDBOX_07).press("a");
    let feature = crate::domain::change::Switch::RootFeature(RootFeature::RootCredentialsManagement);
    let why = DisabledReason::Gate(feature, Box::new(DisabledReason::Refusal(Refusal::NeedsManagement)));
    assert!(crate::words::refusal::why(&why).contains("management account only"));
    unavailable(driver, CommandId::Audit, why);
}

#[test]
fn the_filter_asks_for_what_audits_found() {
    let shown = |term: &str| {
        let driver = auditing().audits_all().press("/").types(term).press("enter");
        assert_eq!(driver.app.model.accounts.list.rows().len(), 8, "each view has its own filter");
        driver.app.model.root.pane.list.rows().to_vec()
    };
    assert_eq!(shown("root:finding"), [id(SANDBOX_07)]);
    assert_eq!(shown("root:unknown"), [id(SANDBOX_08)]);
    assert_eq!(shown("root:clean").len(), 3);
    assert_eq!(shown("root:mfa state:active"), [id(SANDBOX_07)]);
    assert!(shown("root:unaudited").is_empty());
}

#[test]
fn a_filtered_list_follows_what_audits_find() {
    let driver = view().press("/").types("root:unaudited").press("enter").on(SANDBOX_07).press("a tab enter").runs();
    let driver = driver.audits(SANDBOX_07, full(AuditDepth::Quick));
    assert!(!driver.app.model.root.pane.list.rows().contains(&id(SANDBOX_07)));
}

#[test]
fn findings_come_into_sight_and_leave_the_cursor_on_its_account() {
    let driver = view().on(KENSHO).press("A j enter tab enter").runs().audits_all();
    assert_eq!(driver.app.selected_id(), Some(id(KENSHO)));
    assert_eq!(driver.app.model.root.pane.list.visible().first(), Some(&id(SANDBOX_07)), "the list is at its top");
    // Without any row chosen by hand, too.
    let mut driver = view();
    let before = driver.app.selected_id();
    driver = driver.press("A j enter tab enter").runs().audits_all();
    assert_eq!(driver.app.selected_id(), before);
    for way in ["1 3", "4 3", "3", "2 1 3"] {
        driver = driver.press(way);
        assert_eq!(driver.app.selected_id(), before, "{way}: the view is shown again");
        assert_eq!(driver.app.details, before, "{way}");
    }
}

#[test]
fn what_an_audit_says_agrees_with_the_view_whatever_its_filter() {
    let driver = auditing().press("/").types("kensho").press("enter").audits_all();
    let Some(Notification::RunEnded(summary)) = driver.notification() else { panic!("the end is told") };
    assert_eq!((summary.findings, summary.hidden), (1, 1));
    assert_eq!(
        (driver.app.model.root.counts.get(&RootState::Finding), driver.app.model.root.hidden_findings),
        (None, 1)
    );
    let driver = driver.press("esc");
    assert_eq!(driver.app.model.root.hidden_findings, 0);
}

#[test]
fn esc_goes_back_step_by_step_and_never_leaves_the_view() {
    let driver = view().press("/").types("sandbox").press("enter tab");
    assert!(driver.app.model.root.pane.reading);
    let driver = driver.press("esc");
    assert!(!driver.app.model.root.pane.reading);
    let driver = driver.press("esc");
    assert_eq!((driver.app.model.root.filter.text(), driver.app.view), ("", ViewId::RootAccess));
    assert_eq!(driver.press("esc esc").app.view, ViewId::RootAccess);
}

#[test]
fn partly_unknown_is_unknown() {
    let partly = RootAudit { mfa_devices: Presence::Unknown(scp_denial()), ..clean(AuditDepth::Deep) };
    let driver = view().on(SANDBOX_07).press("a tab enter").runs().audits(SANDBOX_07, partly);
    let account = driver.app.model.accounts.get(id(SANDBOX_07)).expect("listed");
    assert_eq!(driver.app.model.root_state(account), RootState::Unknown);
}

#[test]
fn the_end_of_an_audit_fades() {
    let driver = auditing().audits_all();
    assert_eq!(driver.notification().map(Notification::tone), Some(Tone::Neutral));
}
