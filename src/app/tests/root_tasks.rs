//! The menu of the root tasks: what can be begun, what needs its gate, what is refused.

use std::time::Duration;

use super::harness::{Driver, start};
use super::rooted::*;
use super::world::*;
use crate::app::command_id::{CommandId, DisabledReason};
use crate::app::effect::{Effect, Read, Visit, Wake};
use crate::app::focus::Focus;
use crate::app::layers::Layer;
use crate::app::notification::Notification;
use crate::app::start::Start;
use crate::app::state::awaited::Then;
use crate::app::state::choices::{RootChoice, RootMenu, RootTask};
use crate::domain::account::AccountState;
use crate::domain::caller::OrgRole;
use crate::domain::change::Switch;
use crate::domain::permit::{Refusal, Rules};
use crate::domain::policy_holder::QueueSearch;
use crate::domain::root_feature::{RootFeature, RootFeatures};
use crate::domain::trusted_access::ServicePrincipal;
use crate::domain::write::{Seen, WriteOutcome};

fn is_menu(driver: &Driver) -> bool {
    matches!(driver.layer(), Some(Layer::RootMenu(menu)) if menu.kind == RootMenu::Tasks(id(SANDBOX_07)))
}

fn refused(driver: Driver, why: Refusal) {
    for task in RootTask::ALL {
        let choice = RootChoice::Task(driver.app.selected_account().expect("an account").id, task);
        assert_eq!(driver.app.can_choose_root(choice), Err(DisabledReason::Refusal(why.clone())), "{task:?}");
    }
    let driver = driver
        .press("p enter")
        .says(&Notification::Unavailable(CommandId::RootTasks, DisabledReason::Refusal(why)))
        .quietly();
    assert!(matches!(driver.layer(), Some(Layer::RootMenu(_))), "the menu stays");
}

fn confirms(driver: &Driver, switch: &Switch) {
    match driver.layer() {
        Some(Layer::Confirm(dialog)) => {
            assert_eq!(dialog.change, switch.set(true));
            assert!(matches!(dialog.then, Some(Then::Task(_))));
        }
        other => panic!("no confirmation but {other:?}"),
    }
}

#[test]
fn every_task_can_begin_where_its_gate_is_open_and_esc_leaves_no_trace() {
    let driver = on_sandbox().press("p").quietly();
    assert!(is_menu(&driver));
    assert_eq!(driver.press("esc").quietly().layer(), None);
    for task in RootTask::ALL {
        let driver = on_sandbox();
        assert_eq!(driver.app.can_choose_root(RootChoice::Task(id(SANDBOX_07), task)), Ok(()), "{task:?}");
    }
}

#[test]
fn a_run_that_writes_nothing_begins_only_what_reads() {
    let rules = Rules { read_only: true, ..Rules::default() };
    let driver = Driver::ready_with(Start { rules, ..start() }, gated()).on(SANDBOX_07);
    for task in RootTask::ALL {
        let can = driver.app.can_choose_root(RootChoice::Task(id(SANDBOX_07), task));
        let reads = matches!(task, RootTask::UnlockBucket | RootTask::UnlockQueue);
        assert_eq!(can, if reads { Ok(()) } else { Err(DisabledReason::Refusal(Refusal::ReadOnly)) }, "{task:?}");
    }
}

#[test]
fn a_caller_that_is_not_delegated_for_iam_begins_no_task() {
    let world = World { org_role: OrgRole::Member, ..gated() };
    refused(Driver::ready_in(world).on(SANDBOX_07), Refusal::NeedsDelegation(ServicePrincipal::iam()));
}

#[test]
fn the_management_account_and_accounts_that_are_not_active_are_no_targets() {
    refused(Driver::ready_in(gated()).on(MANAGEMENT), Refusal::RootOfManagement);
    refused(Driver::ready_in(gated()).on(SUSPENDED), Refusal::NotActive(AccountState::Suspended));
}

#[test]
fn a_protected_account_is_only_read_and_handed_over_for_an_audit_only() {
    let rules = Rules { protected: [id(SANDBOX_07)].into(), ..Rules::default() };
    let driver = Driver::ready_with(Start { rules, ..start() }, gated()).on(SANDBOX_07);
    for task in RootTask::ALL {
        let can = driver.app.can_choose_root(RootChoice::Task(id(SANDBOX_07), task));
        let writes = matches!(task, RootTask::AllowRecovery | RootTask::CloseRecovery);
        assert_eq!(
            can,
            if writes { Err(DisabledReason::Refusal(Refusal::Protected(id(SANDBOX_07)))) } else { Ok(()) },
            "{task:?}"
        );
    }
    let driver = driver.press(&choosing(RootTask::Session)).press("j enter");
    let why = DisabledReason::Refusal(Refusal::Protected(id(SANDBOX_07)));
    driver.says(&Notification::Unavailable(CommandId::RootTasks, why)).quietly();
}

#[test]
fn neither_feature_opens_the_tasks_of_the_other() {
    let credentials = RootFeatures::Enabled(vec![RootFeature::RootCredentialsManagement]);
    let driver = Driver::ready_in(World { features: credentials, ..World::default() }).on(SANDBOX_07);
    let can = |task| driver.app.can_choose_root(RootChoice::Task(id(SANDBOX_07), task));
    let closed = Err(DisabledReason::Refusal(Refusal::NeedsRootFeature(RootFeature::RootSessions)));
    assert_eq!(can(RootTask::AllowRecovery), Ok(()));
    assert_eq!(can(RootTask::UnlockBucket), closed);
    assert_eq!(can(RootTask::UnlockQueue), closed);
}

#[test]
fn a_closed_gate_is_opened_first_and_the_task_goes_on_then() {
    let sessions = Switch::RootFeature(RootFeature::RootSessions);
    let look = Effect::Wake(Duration::from_secs(5), Wake::LookAt(sessions.clone()));
    let driver = Driver::ready().on(SANDBOX_07).press(&choosing(RootTask::UnlockBucket)).quietly();
    confirms(&driver, &sessions);
    driver
        .press("enter")
        .writing(&sessions.set(true))
        .ends(WriteOutcome::Taken(None), Seen::RootFeatures(Ok(RootFeatures::Enabled(vec![RootFeature::RootSessions]))))
        .wants(&look)
        .visits(&Visit::Buckets(sandbox()));
}

#[test]
fn behind_trusted_access_stands_the_feature_and_behind_that_the_task() {
    const FEATURE: RootFeature = RootFeature::RootCredentialsManagement;
    let (iam, recovery) = (Switch::TrustedAccess(ServicePrincipal::iam()), Switch::RootFeature(FEATURE));
    let look = |switch: &Switch| Effect::Wake(Duration::from_secs(5), Wake::LookAt(switch.clone()));
    let mut driver = Driver::ready_in(World::untrusting()).on(SANDBOX_07).press("p enter").quietly();
    confirms(&driver, &iam);
    driver.world.features = RootFeatures::Enabled(vec![]);
    let driver = driver
        .press("enter")
        .writing(&iam.set(true))
        .ends(WriteOutcome::Taken(None), Seen::TrustedAccess(Ok(trusted(&["iam.amazonaws.com"]))))
        .wants(&look(&iam))
        .asks(&[Read::RootFeatures]);
    assert_eq!(driver.layer(), None, "the features are being read");
    let driver = driver.aws_answers_to(Read::RootFeatures);
    confirms(&driver, &recovery);
    driver
        .press("enter")
        .writing(&recovery.set(true))
        .ends(WriteOutcome::Taken(None), Seen::RootFeatures(Ok(RootFeatures::Enabled(vec![FEATURE]))))
        .wants(&look(&recovery))
        .asks(&[Read::PrimaryEmail(id(SANDBOX_07))]);
}

#[test]
fn a_gate_that_the_caller_can_not_open_is_told_with_the_reason() {
    let world = World {
        org_role: OrgRole::Delegated([ServicePrincipal::iam()].into()),
        features: RootFeatures::Enabled(vec![]),
        ..World::default()
    };
    let sessions = Switch::RootFeature(RootFeature::RootSessions);
    let why = DisabledReason::Gate(sessions, Box::new(DisabledReason::Refusal(Refusal::NeedsManagement)));
    let driver = Driver::ready_in(world).on(SANDBOX_07).press(&choosing(RootTask::UnlockQueue));
    assert!(is_menu(&driver));
    driver.says(&Notification::Unavailable(CommandId::RootTasks, why)).quietly();
}

#[test]
fn without_a_feature_the_sessions_show_their_gates_one_by_one() {
    let driver = Driver::ready().on(SANDBOX_07).press(&choosing(RootTask::Session)).quietly();
    assert!(matches!(driver.layer(), Some(Layer::RootMenu(_))));
    confirms(&driver.press("G enter"), &Switch::RootFeature(RootFeature::RootSessions));
}

#[test]
fn regions_are_suggested_and_any_other_text_stays_possible() {
    let found = |driver: &Driver| match driver.layer() {
        Some(Layer::FindQueues(find)) => {
            let all = find.suggestions(&driver.app.model);
            (find.field.text().to_owned(), all.into_iter().map(|it| it.text).collect::<Vec<_>>())
        }
        other => panic!("{other:?}"),
    };
    let driver = on_sandbox().press(&choosing(RootTask::UnlockQueue));
    assert_eq!(found(&driver), ("us-east-1".into(), vec![]), "a whole one");
    let driver = driver.types(", TOK").quietly();
    assert_eq!(found(&driver).1, ["ap-northeast-1"]);
    let driver = driver.press("tab").types(" eu-n").press("tab").focuses(Focus::Field).quietly();
    assert_eq!(found(&driver), ("us-east-1, ap-northeast-1 eu-north-1".into(), vec![]));
    let driver = driver.press("tab").focuses(Focus::Cancel).press("shift-tab ctrl-u").types("eu-west");
    // Down picks, Enter takes what is picked.
    let driver = driver.press("down down enter").focuses(Focus::Field).quietly();
    assert_eq!(found(&driver).0, "eu-west-2");
    let driver = driver.press("ctrl-u").types("eu-new-9").press("enter enter");
    drop(driver.visits(&Visit::Queues(sandbox(), QueueSearch::Regions(vec!["eu-new-9".into()]))));
}
